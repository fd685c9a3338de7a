"""`reprisal preview`, before anything is served: what is shown after each save, and where its paragraphs stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprisal_cli.pipeline.preview import Shown, line_of, show
from reprisal_cli.store.corpus import Memory
from tests.support.builders import HRC_60, published, put, put_case, with_manuscript, workspace
from tests.support.built import build

TWO = "It was reported that {p1} was threatened.\n\nIt was also reported that {p1} had left."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with two cases and a manuscript, all of it invented."""
    edition = with_manuscript("introduction", base={**HRC_60, "contents": [{"annex": "new"}]})
    made = workspace(tmp_path, [published(annex=TWO), published("XXA-2025-102")], [edition])
    put(
        made, "templates/editions/hrc-60/introduction.md", "# Introduction\n\nThe first.\n\n- one\n- two\n\nThe last.\n"
    )
    return made


def seen(folder: Path, before: Shown | None = None, memory: Memory | None = None) -> Shown:
    return show(folder, "hrc-60", before or Shown(), {} if memory is None else memory)


def edit(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


CASE = "cases/XXA/XXA-2025-101.yaml"


def test_the_page_is_the_one_that_a_build_writes(folder: Path) -> None:
    assert seen(folder).page == build(folder, "hrc-60", "html")["report.html"]


def test_nothing_is_written(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert seen(folder).fresh
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_save_gives_a_new_page_and_only_the_changed_file_is_parsed(folder: Path) -> None:
    memory: Memory = {}
    first = seen(folder, memory=memory)
    kept = {path: entry[1] for path, entry in memory.items()}
    edit(folder, CASE, "was threatened", "was followed")
    second = seen(folder, first, memory)
    assert second.fresh
    assert b"was followed" in (second.page or b"")
    assert {path for path, entry in memory.items() if entry[1] is not kept[path]} == {CASE}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (CASE, "id: [\n"),
        ("templates/editions/hrc-60/introduction.md", "The {{ cases.nonsense }}.\n"),
        ("templates/editions/hrc-60/edition.yaml", "id: hrc-60\nnonsense: yes\n"),
        ("reprisal.yaml", "nonsense: [\n"),
    ],
)
def test_where_a_file_is_broken_the_last_good_page_stays_with_what_is_wrong(folder: Path, path: str, text: str) -> None:
    first = seen(folder)
    put(folder, path, text)
    second = seen(folder, first)
    assert (second.fresh, second.page, second.sources) == (False, first.page, first.sources)
    assert [one.location.path for one in second.found if one.severity == "error"] or second.failure


def test_a_mended_file_gives_a_page_again(folder: Path) -> None:
    first = seen(folder)
    text = (folder / CASE).read_text(encoding="utf-8")
    put(folder, CASE, "id: [\n")
    broken = seen(folder, first)
    put(folder, CASE, text)
    mended = seen(folder, broken)
    assert mended.fresh
    assert mended.page == first.page


def test_a_page_that_says_too_much_is_not_shown(folder: Path) -> None:
    first = seen(folder)
    put(folder, "templates/editions/hrc-60/introduction.md", "Write to someone@example.org.\n")
    second = seen(folder, first)
    assert not second.fresh
    assert second.page == first.page
    assert any(one.code.startswith("RC9") for one in second.found)
    assert "someone" not in str(second.found)


def test_each_paragraph_has_its_file_and_line(folder: Path) -> None:
    shown = seen(folder)
    put_case(folder, published("XXA-2025-103"))

    def line(ident: str) -> str:
        source = shown.sources[ident]
        return (folder / source.origin.file).read_text(encoding="utf-8").splitlines()[line_of(folder, source) - 1]

    assert line("m_introduction_2") == "The first."
    assert line("m_introduction_4") == "The last."
    assert line("h_m_introduction_1") == "# Introduction"
    assert "was threatened" in line("c_XXA_2025_101_annex_1")
    assert "had left" in line("c_XXA_2025_101_annex_2")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('annex: "one line"', {0: 3}),
        ("annex: |\n      first\n      goes on\n\n\n      second\n\n      third", {0: 4, 1: 8, 2: 10, 9: 4}),
        ("annex: >-\n\n      first\n\n      second", {0: 5, 1: 7}),
        ("annex: 'first\n\n      second'", {0: 3, 1: 5}),
    ],
)
def test_paragraphs_of_one_field_are_counted_in_every_style_of_yaml(
    tmp_path: Path, text: str, lines: dict[int, int]
) -> None:
    from reprisal_cli.compile.tree import Origin
    from reprisal_cli.pipeline.preview import Source

    put(tmp_path, "case.yaml", f"text:\n  hrc-60:\n    {text}\nstatus: published\n")
    origin = Origin("case.yaml", case="x", route=("text", "hrc-60", "annex"))
    assert {nth: line_of(tmp_path, Source(origin, nth)) for nth in lines} == lines
