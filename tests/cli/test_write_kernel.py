"""Each command that writes, as the kernel tells it that a disk fails: strace makes a call fail, or kills at it.

Every write, fsync and rename of a command's own is made to fail, and the program is killed at each of them and at each
link, unlink and new folder. Of a command that has many, some are tried that stay the same from run to run;
`REPRISAL_EVERY_CALL=1` tries all of all, which takes some twenty minutes.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path
from string import Template

import pytest

from tests.cli.faulty import run
from tests.cli.nowhere import Desk, parsed
from tests.cli.writing import (
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

__all__ = ["lived", "memory", "room"]
pytestmark = [*pytestmark, pytest.mark.needs("strace")]
RENAMES = ("rename", "renameat", "renameat2")
BETWEEN = ("link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat")
FAULTS = {
    "write": ("error=ENOSPC",),
    "fsync": ("error=EIO",),
    **dict.fromkeys(RENAMES, ("error=ENOSPC",)),
    **dict.fromkeys(BETWEEN, ()),
}
KILL = "signal=SIGKILL"
EVERY = bool(os.environ.get("REPRISAL_EVERY_CALL"))
MOST = 13
"""How much is tried of a command, the renames of its files before all else."""
LONG, FEWER = ("build ", "init", "rule"), 5
"""Commands that take long, and write as others do."""
Point = tuple[str, int, str]
"""A call of the system, which one of its name it is, and what happens at it."""


def traced(desk: Desk, line: str, *options: str) -> int:
    """Runs a step as a program of its own under strace; the exit code, 137 if it was killed."""
    words = [Template(word).substitute(desk.places) for word in parsed(line)[2]]
    program = [
        "strace",
        "-f",
        "-b",
        "execve",
        "-y",
        "-qq",
        "--seccomp-bpf",
        *options,
        sys.executable,
        "-m",
        "reprisal_cli",
    ]
    done = subprocess.run([*program, *words], cwd=desk.root, capture_output=True, check=False, timeout=120)
    return 137 if done.returncode in (137, -9) else done.returncode


def calls(desk: Desk, line: str, log: Path) -> list[tuple[str, int]]:
    """The calls of a step that change its files, by the program itself and none of those that it starts."""
    names = ("execve", *FAULTS)  # its own start is the first
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


def chosen(name: str, at: list[tuple[str, int]]) -> list[Point]:
    """Every call with what may happen at it, or some: half are kills at renames, where mixes come from."""
    every = [(call, number, fault) for call, number in at for fault in (*FAULTS[call], KILL)]
    most = FEWER if name.startswith(LONG) else MOST
    if EVERY or len(every) <= most:
        return every
    chance = random.Random(zlib.crc32(name.encode()))
    worst = [one for one in every if one[0] in RENAMES and one[2] == KILL]
    worst = chance.sample(worst, min(len(worst), most // 2))
    rest = [one for one in every if one not in worst]
    return [*worst, *chance.sample(rest, most - len(worst))]


@pytest.mark.parametrize("name", WRITING)
def test_old_or_new_and_a_second_run_finishes(
    lived: Path, room: Path, memory: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    start, desk = prepared(lived, room, memory, monkeypatch, name)
    line = WRITING[name].line
    old = files(desk)
    at = calls(desk, line, room / "log")
    new = files(desk)
    assert new != old
    wrong = []
    for call, number, fault in chosen(name, at):
        begun_again(start, desk)
        inject = f"inject={call}:{fault}:when={number}"
        code = traced(desk, line, "-o", "/dev/null", "-e", f"trace={call}", "-e", inject)
        where = f"{fault} at {call} {number}, ended with {code}"
        if code not in (0, 2, 137) or (
            code != 137 and (files(desk) not in (old, new) or (code == 0) != (files(desk) == new))
        ):
            wrong.append(f"{where}: {differing(files(desk), old)}, {differing(files(desk), new)}")
        next_command(desk)
        if files(desk) not in (old, new):
            wrong.append(f"{where}: a mix: {differing(files(desk), old)}")
        elif files(desk) == old:
            run(desk, line)
            if files(desk) != new or left(desk):
                wrong.append(f"{where}: a second run: {differing(files(desk), new)}, left {left(desk)}")
    assert not wrong, "\n".join(wrong)
