"""A file within the limits of the format is judged in seconds, however much of one thing it holds."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.pipeline.validate import validate
from tests.hostile.inputs import CASE

PATH = "cases/XXA/XXA-2025-101.yaml"
COOPERATION = "  - {body: upr, date: 2025-01-20}\n"
ALLOW = "# reprisal: allow RC112 -- because"
LONG: dict[str, tuple[str, str]] = {
    "anchors": ("RC004", "".join(f"k{number}: &a{number} x\n" for number in range(19_000))),
    "comments behind values": ("RC021", CASE + "".join(f"k{number}: x {ALLOW}\n" for number in range(9_000))),
    "comments of their own": ("RC021", CASE + "".join(f"{ALLOW}\nk{number}: x\n" for number in range(9_000))),
    "comments alone": ("RC021", CASE + f"{ALLOW}\n" * 20_000),
    "cooperation": ("RC115", CASE.replace(COOPERATION, COOPERATION * 4_000)),
    "words of a list": ("RC114", CASE.replace("by: [ohchr]", f"by: [{', '.join(['ohchr'] * 15_000)}]")),
}


@pytest.mark.parametrize("name", LONG)
def test_many_of_one_thing_take_no_time_that_grows_with_their_square(name: str, workspace: Path) -> None:
    """CPU seconds, which others on the machine do not lengthen; each took more than a minute."""
    code, text = LONG[name]
    (workspace / PATH).write_text(text, encoding="utf-8")
    before = time.process_time()
    found = validate(workspace, date(2026, 2, 1)).found
    assert time.process_time() - before < 15
    assert sum(one.code == code for one in found) > 3_000
