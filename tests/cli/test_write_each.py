"""Each command that writes, on a disk that fails and killed while it writes: at every write, fsync and rename its files
are the old or the new ones, never a mix, and a second run does all of it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.cli.faulty import fail, faulty, kill, run
from tests.cli.nowhere import leaves
from tests.cli.writing import (
    READ,
    WRITING,
    begun_again,
    differing,
    files,
    left,
    lived,
    memory,
    next_command,
    prepared,
    pytestmark,
    room,
)

__all__ = ["lived", "memory", "pytestmark", "room"]
FEW = 12


def test_every_command_that_writes_is_here() -> None:
    here = {one.command for one in WRITING.values()}
    assert {" ".join(words) for words in leaves()} == here | READ
    assert not here & READ


def points(kinds: list[str]) -> list[int]:
    """Where a fault is tried: everywhere, and in a set of many files at the first and last writing of each kind and at
    every rename (`tests/store/test_write_faults.py` goes through all steps of writing a set)."""
    every = range(1, len(kinds) + 1)
    if len(kinds) <= FEW:
        return [*every]
    at = [number for number in every if kinds[number - 1] == "rename"]
    return sorted({1, 2, len(kinds) // 2, len(kinds) - 1, len(kinds), *at, *(number + 1 for number in at)} & {*every})


@pytest.mark.parametrize("name", WRITING)
def test_old_or_new_and_a_second_run_finishes(
    lived: Path, room: Path, memory: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    start, desk = prepared(lived, room, memory, monkeypatch, name)
    line = WRITING[name].line
    old = files(desk)
    kinds = run(desk, line)
    new = files(desk)
    assert new != old
    wrong: list[str] = []
    tried: set[tuple[str, ...]] = set()
    for at in points(kinds):
        for act in (kill, fail(errno.EIO if at % 2 else errno.ENOSPC)):
            begun_again(start, desk)
            end, _, said = faulty(desk, line, at, act)
            where = f"{end} at {at}, {kinds[at - 1]}, of {len(kinds)}"
            if end not in ("done", "failed with 2", "killed"):
                wrong.append(f"{where}: {said}")
            if end != "killed" and files(desk) not in (old, new):
                wrong.append(f"{where}: left a mix: {differing(files(desk), old)}\n{said}")
            if end.startswith("failed") and left(desk):
                wrong.append(f"{where}: left behind: {left(desk)}")
            next_command(desk)
            now, known = files(desk), (*left(desk), str(files(desk) == new))
            if now not in (old, new):
                wrong.append(f"{where}: a mix: {differing(now, old)}\n{said}")
            if now == new or not left(desk) or known in tried:
                continue  # where nothing is left, a second run is the first one again
            tried.add(known)
            end, _, said = faulty(desk, line, 0, kill)
            if end != "done" or files(desk) != new:
                wrong.append(f"{where}: a second run {end}, {differing(files(desk), new)}\n{said}")
            wrong += [f"{where}: still left: {name}" for name in left(desk)]
    assert not wrong, "\n".join(wrong)
