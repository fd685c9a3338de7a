"""Hostile input that is refused: told as the fault that it is, at its line, and nothing is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import Diagnostic, Span, has_errors
from reprisal_cli.parse import locate
from reprisal_cli.pipeline.build import build_report
from reprisal_cli.pipeline.validate import validate
from tests.hostile.inputs import HERE, LITERAL, REFUSED, Hostile

AS_OF = date(2026, 2, 1)
PATH = "cases/XXA/XXA-2025-101.yaml"


@pytest.mark.parametrize("hostile", [*REFUSED, *LITERAL], ids=lambda one: one.name)
def test_the_file_beside_this_test_is_what_the_script_writes(hostile: Hostile) -> None:
    assert (HERE / f"{hostile.name}.yaml").read_bytes() == hostile.content()


@pytest.mark.parametrize("hostile", REFUSED, ids=lambda one: one.name)
def test_the_fault_is_told_at_its_line(hostile: Hostile, workspace: Path) -> None:
    raw = _put(hostile, workspace)
    checked = validate(workspace, AS_OF)
    found = [one for one in checked.found if one.location.path == PATH]
    assert set(hostile.at) <= {(one.code, _span(one, raw).line) for one in found}
    assert hostile.says in " ".join(f"{one.message} {one.hint}" for one in found)
    assert (checked.read, checked.refused) == (3, 1)


@pytest.mark.parametrize("hostile", REFUSED, ids=lambda one: one.name)
def test_no_second_fault_hides_the_first(hostile: Hostile, workspace: Path) -> None:
    """A place where the reader has refused a value is not told of again as a missing field or a wrong type."""
    _put(hostile, workspace)
    found = {one.code for one in validate(workspace, AS_OF).found if one.location.path == PATH}
    expected = {code for code, _ in hostile.at}
    assert found - expected <= {"RC010"}  # the keys that carry the construct are unknown to the format, too
    assert not Path("/tmp/reprisal-pwned").exists()


@pytest.mark.parametrize("hostile", REFUSED, ids=lambda one: one.name)
def test_nothing_is_written(hostile: Hostile, workspace: Path) -> None:
    _put(hostile, workspace)
    before = _files(workspace)
    built = build_report(workspace, "hrc-60", ["docx", "pdf", "html"], None, None)
    assert has_errors([*built.loaded.found, *built.found])
    assert built.files == ()
    assert _files(workspace) == before


def _put(hostile: Hostile, workspace: Path) -> bytes:
    raw = (HERE / f"{hostile.name}.yaml").read_bytes()
    (workspace / PATH).write_bytes(raw)
    return raw


def _span(one: Diagnostic, raw: bytes) -> Span:
    place = one.location
    if place.span is not None or place.route is None:
        return place.span or Span()
    return locate(raw, {(place.route, place.at)})[place.route, place.at]


def _files(root: Path) -> set[Path]:
    return set(root.rglob("*"))
