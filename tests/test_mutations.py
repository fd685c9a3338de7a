"""Altered cases raise nothing but diagnostics: 10,000 by themselves, 300 through the whole check."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.checks.desk import Desk
from reprisal_cli.checks.facts import check_contents
from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.pipeline.validate import validate
from reprisal_cli.store.plain import findings_of
from reprisal_cli.store.workspace import open_workspace
from tests.support.mutations import mutate

ROOT = Path(__file__).parents[1]
CASES = sorted((ROOT / "cases").rglob("*.yaml"))
TEXTS = [path.read_text(encoding="utf-8") for path in CASES]
AS_OF = date(2026, 2, 1)


def _altered(chance: random.Random, number: int) -> bytes:
    """Two in three changed as text, the third in its bytes as well."""
    raw = mutate(TEXTS[number % len(TEXTS)], TEXTS, chance).encode("utf-8", "surrogatepass")
    if number % 3 == 0 and raw:
        flipped = bytearray(raw)
        for _ in range(chance.randint(1, 3)):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        raw = bytes(flipped)
    return raw


@pytest.mark.slow
def test_ten_thousand_altered_cases_raise_nothing_but_diagnostics() -> None:
    workspace, _ = open_workspace(ROOT)
    desk = Desk({edition.id: edition for edition in workspace.editions}, workspace.settings, AS_OF)
    chance = random.Random(14)
    refused = 0
    for number in range(10_000):
        raw = _altered(chance, number)
        path = CASES[number % len(CASES)].relative_to(ROOT).as_posix()
        found, entry, _ = check_contents({path: raw}, desk)[path]
        refused += entry is None
        for one in findings_of(found):
            _is_placed(one, raw)
    assert 5_000 < refused < 9_900


@pytest.mark.slow
def test_three_hundred_altered_cases_at_once_raise_nothing_but_diagnostics(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copy(ROOT / "reprisal.yaml", tmp_path)
    chance = random.Random(15)
    for number in range(300):
        path = tmp_path / "cases" / CASES[number % len(CASES)].parent.name / f"{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_altered(chance, number))
    checked = validate(tmp_path, AS_OF)
    assert checked.read == 300
    assert 0 < checked.refused < 300
    assert {one.location.path.split("/")[0] for one in checked.found} <= {"cases"}
    again = validate(tmp_path, AS_OF)
    assert list(map(repr, again.found)) == list(map(repr, checked.found))


def _is_placed(one: Diagnostic, raw: bytes) -> None:
    """A finding has its words, and a place that is in the file."""
    assert one.message
    assert one.location.path
    span = one.location.span
    if span is not None:
        assert 1 <= span.line <= raw.count(b"\n") + raw.count(b"\r") + 2
        assert span.column >= 1
