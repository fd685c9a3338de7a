"""Whole commands, run for real, as `tests/commands/*.md` tell them.

A page says in which workspace it plays (`Workspace: starter`, made on 1 September 2025, `whole`, `repository` or
`none`; `Git: yes` if all of it is committed there), may lay files into it (a fence `file PATH`), and shows commands
with what they print, both streams as a terminal shows them (a fence `console`): `$ command`, the lines, and `[1]` if
that is the exit code. A line `…` stands for any lines, `…` in a line for any text; `$HERE` stands for the folder.
`REPRISAL_UPDATE=1 pytest tests/test_commands.py` writes what is printed now into the pages.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.store.starter import make_workspace
from tests.cli.run import committed

ROOT = Path(__file__).parents[1]
PAGES = sorted((Path(__file__).parent / "commands").rglob("*.md"))
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
TODAY = date(2025, 9, 1)
UPDATE = os.environ.get("REPRISAL_UPDATE") == "1"

FENCE = re.compile(r"^```(console|file \S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
STEP = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    here = tmp_path / "w"
    text = page.read_text(encoding="utf-8")
    start(here, text)
    out: list[str] = []
    end = 0
    for fence in FENCE.finditer(text):
        kind, body = fence.groups()
        if kind == "console":
            shown = "".join(run(command, expected, here) for command, expected in STEP.findall(body))
        else:
            lay(here / kind.removeprefix("file "), body)
            shown = body
        out += [text[end : fence.start(2)], shown]
        end = fence.end(2)
    told = "".join([*out, text[end:]])
    if UPDATE and told != text:
        page.write_text(told, encoding="utf-8")
    assert told == text


def start(here: Path, text: str) -> None:
    """The workspace that a page plays in."""
    match = re.search(r"^Workspace: (\w+)$", text, re.MULTILINE)
    assert match, "a page says where it plays"
    if match[1] == "starter":
        make_workspace(here, TODAY)
    elif match[1] == "whole":
        shutil.copytree(ROOT / "tests" / "examples" / "whole", here)
    elif match[1] == "repository":
        for name in ("cases", "templates"):
            shutil.copytree(ROOT / name, here / name)
        shutil.copy(ROOT / "reprisal.yaml", here)
    else:
        assert match[1] == "none"
        here.mkdir()
    if re.search(r"^Git: yes$", text, re.MULTILINE):
        committed(here)
        (here / ".gitconfig").write_text("[user]\nname = Invented\nemail = invented@example.org\n", encoding="utf-8")
        (here / ".git/info/exclude").write_text(".gitconfig\n", encoding="utf-8")


def lay(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")


def run(command: str, expected: str, here: Path) -> str:
    """The step as it should stand in the page: as it stands, if what is printed fits it."""
    paths = [str(Path(sys.executable).parent), os.environ["PATH"]]
    env = {"PATH": os.pathsep.join(paths), "HOME": str(here), **ENVIRONMENT}
    shell = ["sh", "-c", f"exec 2>&1; {command}"]
    done = subprocess.run(shell, cwd=here, env=env, stdout=subprocess.PIPE, timeout=120, check=False)
    printed = done.stdout.decode().replace(str(here), "$HERE")
    printed = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
    if done.returncode:
        printed += f"[{done.returncode}]\n"
    return f"$ {command}\n{expected if fits(expected, printed) else printed}"


def fits(expected: str, printed: str) -> bool:
    lines = (
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in expected.splitlines()
    )
    return re.fullmatch("".join(lines), printed) is not None


def test_there_are_pages() -> None:
    assert len(PAGES) >= 8
