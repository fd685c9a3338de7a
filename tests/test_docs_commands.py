"""The commands that pages show can be typed: those of `docs/casework.md` are run, the options of all others known."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from reprisal_cli.cli.app import application
from tests.cli.run import reprisal
from tests.protect.vaults import identity, vault
from tests.support.builders import ROOT, WHOLE
from tests.test_docs import PAGES
from tests.test_respond import pdf, word

BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`(reprisal [a-z][^`\n]*)`")
ENDS = re.compile(r"\A(?:[|>;&]+|[0-9]?>.*|…|\.\.\.)\Z")


def lines(page: str) -> Iterator[str]:
    """The commands of the blocks of a page, each on one line."""
    for block in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        for line in re.sub(r" *\\\n\s*", " ", block).splitlines():
            shown = line.removeprefix("$ ").strip().removeprefix(".venv/bin/")
            if shown.startswith("reprisal "):
                yield shown


def words(line: str) -> list[str]:
    """The words of a command, without what the shell does with it."""
    out: list[str] = []
    for word_ in shlex.split(line, comments=True)[1:]:
        if ENDS.match(word_):
            break
        out.append(word_.removesuffix(";"))
    return out


@pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith("docs/rules/")])
def test_options_that_are_shown_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for line in [*lines(page), *INLINE.findall(BLOCK.sub("", text))]:
        try:
            known(words(line))
        except ValueError:  # a quotation mark that is closed on another line
            continue


@cache
def whole() -> Any:
    """The command line, built once."""
    return typer.main.get_command(application())


def known(arguments: list[str]) -> None:
    """Fails for an option that a command does not have. What is left out, or stands for a value, is no matter."""
    command = whole()
    while arguments and hasattr(command, "commands") and arguments[0] in command.commands:
        command, arguments = command.commands[arguments[0]], arguments[1:]
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help", "-h"}
    used = [one.partition("=")[0] for one in arguments if re.match(r"--?[a-z]", one)]
    assert set(used) <= options, f"{command.name}: {' '.join(sorted(set(used) - options))}"


REFUSED = {
    "reprisal draft XXA-2025-003 --edition hrc-60": "has a text for hrc-60",
}
"""What the order of the page makes impossible, and is right by itself: with the words that refuse it."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = tmp_path / "w"
    shutil.copytree(WHOLE, root)
    for part in ("sentences", "letters", "house"):
        shutil.copytree(ROOT / "templates" / part, root / "templates" / part)
    vault(root, identity(), identity())
    (root / "reply.docx").write_bytes(word("Geneva, 20 April 2025", "The search had been ordered by a court."))
    (root / "note.pdf").write_bytes(pdf("Geneva, 20 July 2025", "Nothing happened."))
    (root / "annex.txt").write_text("It was alleged that the office of {p1} was searched.\n")
    return root


@pytest.mark.slow
def test_the_commands_of_casework_are_run_as_they_stand(desk: Path, tmp_path: Path) -> None:
    """In their order; where a block shows two ways, each is tried from where the block begins."""
    page = (ROOT / "docs/casework.md").read_text(encoding="utf-8")
    count = 0
    for number, block in enumerate(BLOCK.findall(page)):
        before = tmp_path / f"before-{number}"
        shutil.copytree(desk, before)
        for line in re.sub(r" *\\\n\s*", " ", block).splitlines():
            if not line.startswith("reprisal "):
                continue
            ran = reprisal(desk, *words(line))
            if ran.code and line not in REFUSED:
                other = tmp_path / f"other-{count}"
                shutil.copytree(before, other)
                ran = reprisal(other, *words(line))
            assert ran.code == (2 if line in REFUSED else 0), f"{line}\n{ran.out}{ran.err}"
            assert REFUSED.get(line, "") in ran.err
            count += 1
    assert count > 20
