"""A new user breaks a real case in twenty ways: what `validate` says to each stands in `twenty/*.md`, to be judged.

`REPRISAL_UPDATE=1 pytest tests/cli/test_twenty.py` writes down anew what is said. Read it before it is committed: would
you know at once what to do?
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.run import reprisal

ROOT = Path(__file__).parents[2]
PAGES = sorted((Path(__file__).parent / "twenty").glob("*.md"))
_PAGE = re.compile(
    r"# \d+\. .*?\n\nIn `(?P<path>\S+)`, instead of\n\n```yaml\n(?P<old>.*?)\n```\n\nstands\n\n"
    r"```yaml\n(?P<new>.*?)\n```\n\n`reprisal validate` says:\n\n```console\n(?P<said>.*?)```\n",
    re.DOTALL,
)


def workspace(folder: Path, path: str) -> Path:
    """A workspace of one real case."""
    shutil.copytree(ROOT / "templates", folder / "templates", ignore=shutil.ignore_patterns("starter", "house"))
    shutil.copy(ROOT / "reprisal.yaml", folder)
    (folder / path).parent.mkdir(parents=True)
    return folder


def said(folder: Path) -> str:
    ran = reprisal(folder, "validate", "--as-of", "2026-11-01")
    return f"{ran.out}{ran.err}[{ran.code}]\n"


def test_there_are_twenty() -> None:
    assert len(PAGES) == 20


def test_the_case_was_whole_before(tmp_path: Path) -> None:
    path = "cases/AND/AND-2020-001.yaml"
    folder = workspace(tmp_path, path)
    shutil.copy(ROOT / path, folder / path)
    assert said(folder).endswith("read 1 = 1 checked + 0 refused; 0 errors, 0 warnings\n[0]\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_new_user_is_told_what_to_do(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    match = _PAGE.fullmatch(text)
    assert match, "the page has another form than the others"
    source = (ROOT / match["path"]).read_text(encoding="utf-8")
    assert match["old"] in source
    folder = workspace(tmp_path, match["path"])
    (folder / match["path"]).write_text(source.replace(match["old"], match["new"], 1), encoding="utf-8")
    answer = said(folder)
    if os.environ.get("REPRISAL_UPDATE"):
        start, end = match.span("said")
        page.write_text(text[:start] + answer + text[end:], encoding="utf-8")
    else:
        assert answer == match["said"]
