"""Each command that writes, as the kernel tells it that a disk fails: strace makes a call fail, or kills at it.

`test_write_each.py` goes through all writes, fsyncs and renames by patched calls; here all of them are tried for real
for a command that writes one file and for one that writes into two folders, and some of each other command.
`REPRISAL_EVERY_CALL=1` tries all of all, which takes half an hour.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path
from string import Template

import pytest

from reprisal_cli.store.root import find_root
from tests.cli.nowhere import Desk, command_of, parsed
from tests.cli.test_write_each import (
    WRITING,
    differing,
    files,
    left,
    lived,
    memory,
    prepared,
    pytestmark,
    run,
)

__all__ = ["lived", "memory"]
pytestmark = [*pytestmark, pytest.mark.needs("strace")]
RENAMES = ("rename", "renameat", "renameat2")
FAULTS = {"write": ("error=ENOSPC",), "fsync": ("error=EIO",), **dict.fromkeys(RENAMES, ("error=ENOSPC",))}
KILL = "signal=SIGKILL"
EVERY = bool(os.environ.get("REPRISAL_EVERY_CALL"))
WHOLE = ("sign", "case merge")
"""Of these every call is tried."""
Point = tuple[str, int, str]
"""A call of the system, which one of its name it is, and what happens at it."""


def traced(desk: Desk, line: str, *options: str) -> int:
    """Runs a step as a program of its own under strace; the exit code, 137 if it was killed."""
    words = [Template(word).substitute(desk.places) for word in parsed(line)[2]]
    program = ["strace", "-f", "-y", "-qq", "--seccomp-bpf", *options, sys.executable, "-m", "reprisal_cli"]
    done = subprocess.run([*program, *words], cwd=desk.root, capture_output=True, check=False, timeout=120)
    return 137 if done.returncode in (137, -9) else done.returncode


def calls(desk: Desk, line: str, log: Path) -> list[tuple[str, int]]:
    """The calls of a step that change its files, by the program itself and none of those that it starts."""
    names = ("execve", "write", "fsync", *RENAMES)  # its own start is the first
    assert traced(desk, line, "-o", str(log), "-e", f"trace={','.join(names)}") == 0, line
    found: list[tuple[str, int]] = []
    count: Counter[str] = Counter()
    text = log.read_text(errors="replace")
    entries = [re.match(r"(\d+) +(\w+)\((.*)", entry) for entry in text.splitlines()]
    for who, name, rest in (entry.groups() for entry in entries if entry is not None):
        if who != text.split(maxsplit=1)[0]:
            continue
        count[name] += 1
        if name != "execve" and f"{desk.base}/" in rest and f"{desk.base}/tmp" not in rest and "/cache/" not in rest:
            found.append((name, count[name]))
    return found


def chosen(line: str, at: list[tuple[str, int]]) -> list[Point]:
    """Every call with its faults, or two: one that fails, and one rename at which the program is killed."""
    every = [(name, number, fault) for name, number in at for fault in (*FAULTS[name], KILL)]
    if EVERY or " ".join(command_of(parsed(line)[2])) in WHOLE:
        return every
    chance = random.Random(zlib.crc32(line.encode()))
    failing = [one for one in every if one[2] != KILL]
    killed = [one for one in every if one[2] == KILL and one[0] in (*RENAMES, "fsync")]
    return [chance.choice(failing), chance.choice(killed)]


@pytest.mark.parametrize("line", WRITING, ids=lambda line: " ".join(command_of(parsed(line)[2])))
def test_old_or_new_and_a_second_run_finishes(
    lived: Path, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    start, desk = prepared(lived, tmp_path, memory, monkeypatch, line)
    old = files(desk)
    at = calls(desk, line, tmp_path / "log")
    new = files(desk)
    assert new != old
    wrong = []
    for name, number, fault in chosen(line, at):
        shutil.rmtree(desk.base)
        shutil.copytree(start.base, desk.base, symlinks=True)
        inject = f"inject={name}:{fault}:when={number}"
        code = traced(desk, line, "-o", "/dev/null", "-e", f"trace={name}", "-e", inject)
        where = f"{fault} at {name} {number}, ended with {code}"
        if code != 137 and (files(desk) not in (old, new) or (code == 0) != (files(desk) == new)):
            wrong.append(f"{where}: {differing(files(desk), old)}, {differing(files(desk), new)}")
        find_root(desk.root)  # what every command does before it reads anything
        if files(desk) not in (old, new):
            wrong.append(f"{where}: a mix: {differing(files(desk), old)}")
        elif files(desk) == old:
            run(desk, line)
            if files(desk) != new or left(desk):
                wrong.append(f"{where}: a second run: {differing(files(desk), new)}, left {left(desk)}")
    assert not wrong, "\n".join(wrong)
