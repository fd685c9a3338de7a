"""A new workspace is sound and builds."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.pipeline.build import build_report
from reprisal_cli.pipeline.prepare import sentences_of
from reprisal_cli.pipeline.validate import validate
from reprisal_cli.store.starter import make_workspace, templates_folder
from reprisal_cli.store.workspace import open_workspace

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


def test_a_workspace_older_than_a_sentence_is_built_with_the_programs_own_and_told_so(tmp_path: Path) -> None:
    """Otherwise each new sentence of the program would stop every workspace that was made before it."""
    make_workspace(tmp_path, TODAY)
    sentences = tmp_path / "templates/sentences/en.yaml"
    own = sentences.read_text("utf-8").replace("summary: Summary", "summary: In short")
    sentences.write_text(re.sub(r"^  organization: .*\n", "", own, flags=re.MULTILINE), "utf-8")
    built = build_report(tmp_path, None, ["md"], tmp_path / "out", None)
    (told,) = [one for one in built.found if one.code == "RC604"]
    assert "`front.organization`" in told.message
    assert told.location.path == "templates/sentences/en.yaml"
    printed = (tmp_path / "out/report.md").read_text("utf-8")
    assert "United Nations\n" in printed
    assert "## In short" in printed


def test_a_language_that_the_program_does_not_speak_borrows_no_english(tmp_path: Path) -> None:
    make_workspace(tmp_path, TODAY)
    folder = tmp_path / "templates/sentences"
    french = re.sub(r"^  organization: .*\n", "", (folder / "en.yaml").read_text("utf-8"), flags=re.MULTILINE)
    (folder / "fr.yaml").write_text(french, "utf-8")
    workspace, _ = open_workspace(tmp_path)
    sentences = sentences_of(workspace, workspace.edition(None).model_copy(update={"language": "fr"}))
    with pytest.raises(ReprisalError, match=r"fr\.yaml has no `front.organization`"):
        sentences.word("front.organization")
