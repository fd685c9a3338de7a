"""Pages lead somewhere, and those that are made from the program are as the program is."""

from __future__ import annotations

import re
import runpy
from functools import cache
from pathlib import Path

import pytest
import typer

from reprisal_cli.cli.app import application

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "templates" / "starter").glob("*.md"))
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
WHOLE = ROOT / "tests" / "examples" / "whole" / "cases" / "XXA"


def prose(page: str) -> str:
    """A page without its code."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", (ROOT / page).read_text(encoding="utf-8")))


@cache
def anchors(page: Path) -> frozenset[str]:
    """What the headings of a page are called in links."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for link in LINK.findall(prose(page)):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.resolve()), link


@pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith("docs/rules/")])
def test_commands_that_are_shown_exist(page: str) -> None:
    text = re.sub(r"^```yaml.*?^```$", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for shown in re.findall(r"(?:^|`|bin/)reprisal ([a-z][^`\n]*)", text, re.MULTILINE):
        command = typer.main.get_command(application())
        for word in shown.split():
            if not hasattr(command, "commands"):
                break
            assert word in command.commands, f"reprisal {shown}"
            command = command.commands[word]


@pytest.mark.parametrize("page", PAGES)
def test_pages_name_no_machine(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert not re.search(r"/(home|root|work|tmp)/|file://|index-url", text)


def test_vocabulary_is_that_of_the_registers() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))["vocabulary"]()
    assert (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8") == made, "run `make docs`"


@pytest.mark.parametrize(
    ("page", "name"),
    [("docs/case-format.md", "XXA-2025-001"), ("docs/case-format.md", "XXA-2025-002"), ("README.md", "XXA-2025-002")],
)
def test_the_examples_that_are_shown_are_those_that_are_tested(page: str, name: str) -> None:
    assert (WHOLE / f"{name}.yaml").read_text(encoding="utf-8") in (ROOT / page).read_text(encoding="utf-8")


def test_the_case_format_tells_of_every_field() -> None:
    from reprisal_cli.model.case import Case

    page = (ROOT / "docs/case-format.md").read_text(encoding="utf-8")
    assert [name for name in Case.model_fields if f"`{name}`" not in page] == []


def test_the_workspace_page_tells_of_every_setting() -> None:
    from reprisal_cli.model.edition import Edition
    from reprisal_cli.model.settings import Settings

    page = (ROOT / "docs/workspace.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)[`:]", page))
    assert set(Settings.model_fields) - told == set()
    assert set(Edition.model_fields) - told == set()


def test_the_manuscript_page_tells_of_every_step() -> None:
    from reprisal_cli.compile.query import Cases

    page = (ROOT / "docs/manuscript.md").read_text(encoding="utf-8")
    steps = [name for name in vars(Cases) if not name.startswith("_") and name not in ("told", "asked", "ids")]
    assert [name for name in steps if not re.search(rf"`\.{name}\b", page)] == []


def test_the_picture_is_small_enough_to_load() -> None:
    picture = ROOT / "docs" / "images" / "page.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 300_000
