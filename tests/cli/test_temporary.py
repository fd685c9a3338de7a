"""A build that opens the vault makes its documents in memory: what a kill leaves of them is on no disk."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reprisal_cli.protect import memory
from tests.protect.vaults import NAME, identity, put_record, sealed_data, vault
from tests.support.builders import ROOT, person, workspace

SHM = Path("/dev/shm")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not memory.in_memory(SHM) or shutil.disk_usage(SHM).free < 2**28, reason="needs memory-backed storage with room"
    ),
]
KILLED = """
import os, signal, sys
import pypandoc
from reprisal_cli.__main__ import main
from tests.support.built import unchecked
unchecked().start()  # the case lacks what its gates ask for
real = pypandoc.convert_text
def killed(*arguments, **named):
    real(*arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv.pop(1) == "killed":
    pypandoc.convert_text = killed
main()
"""


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Path]:
    """A workspace with a name that may be printed by a build that has the key, and its folders in `tmp_path`."""
    one, two = identity(), identity()
    named = person(name="sealed", consent={"level": "public-name"})
    workspace(tmp_path / "ws", [sealed_data(persons=[named])])
    put_record(vault(tmp_path / "ws", one, two))
    (tmp_path / "key").write_text(f"{one}\n")
    (tmp_path / "tmp").mkdir()
    before = set(SHM.glob("reprisal-clear-*"))
    yield tmp_path
    for folder in set(SHM.glob("reprisal-clear-*")) - before:
        shutil.rmtree(folder)


def build(folder: Path, how: str) -> subprocess.CompletedProcess[bytes]:
    words = ["-C", str(folder / "ws"), "build", "report", "--to", "docx,html", "--identity", str(folder / "key")]
    system = {**os.environ, "TMPDIR": str(folder / "tmp"), "XDG_RUNTIME_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-c", KILLED, how, *words]
    return subprocess.run(program, capture_output=True, check=False, timeout=120, env=system)


def holding(folder: Path) -> list[Path]:
    """The files in which the name stands as it is."""
    return [path for path in folder.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]


def test_what_a_killed_build_leaves_is_in_memory_and_the_next_one_takes_it_away(mine: Path) -> None:
    before = set(SHM.glob("reprisal-clear-*"))
    assert build(mine, "killed").returncode == -signal.SIGKILL
    assert [*(mine / "tmp").iterdir()] == []
    assert holding(mine) == []
    (left,) = set(SHM.glob("reprisal-clear-*")) - before
    assert holding(left), "otherwise this would prove nothing"
    assert left.stat().st_mode & 0o077 == 0
    past = time.time() - 60
    os.utime(left, (past, past))
    done = build(mine, "whole")
    assert done.returncode == 0, done.stderr
    assert holding(mine / "ws/build"), "the name is printed, with the key"
    assert set(SHM.glob("reprisal-clear-*")) == before
    assert [*(mine / "tmp").iterdir()] == []
