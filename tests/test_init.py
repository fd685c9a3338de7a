"""A new workspace is sound and builds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.pipeline.build import build_report
from reprisal_cli.pipeline.validate import validate
from reprisal_cli.store.starter import make_workspace, templates_folder

TODAY = date(2026, 1, 1)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "new", TODAY)
    return tmp_path / "new"


def test_nothing_is_found_in_it(new: Path) -> None:
    checked = validate(new, TODAY)
    assert checked.found == []
    assert checked.read == 1


def test_nothing_is_found_in_it_on_any_day(tmp_path: Path) -> None:
    make_workspace(tmp_path / "later", date(2030, 5, 6))
    assert validate(tmp_path / "later", date(2030, 5, 6)).found == []


def test_its_edition_tells_the_case(new: Path) -> None:
    built = build_report(new, None, ["html"], None, None)
    assert built.public is not None
    assert [case.id for case in built.public.cases] == ["XXA-2025-001"]
    page = (new / "build/hrc-60/report.html").read_text(encoding="utf-8")
    assert "she reportedly received anonymous threats online" in page
    assert "an inquiry that had no link with the side event" in page
    assert "Invented example; not a United Nations document" in page


def test_it_says_nothing_of_the_demonstration(new: Path) -> None:
    text = "\n".join(path.read_text(encoding="utf-8").lower() for path in (new / "templates").rglob("*.md"))
    assert "demonstration" not in text
    assert "public summar" not in text


def test_what_has_a_dot_has_it_there_alone(new: Path) -> None:
    assert (new / ".gitignore").is_file()
    assert not list(templates_folder().glob("starter/**/.*"))
    assert not list(new.rglob("dot-*"))


def test_an_empty_repository_becomes_a_workspace(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert make_workspace(tmp_path, TODAY) == sum(path.is_file() for path in tmp_path.rglob("*"))


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ReprisalError, match="not empty"):
        make_workspace(tmp_path, TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
