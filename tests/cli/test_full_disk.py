"""A disk that is full, and one that can only be read, for real: a small file system of memory, which root can mount.

On a full one a command says so and leaves what was there; with room again it does all of it. On one that can only be
read, all commands that look still do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from string import Template

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render import pandoc, pdf
from reprisal_cli.render.house import load_house
from tests.cli.nowhere import Desk, parsed
from tests.cli.run import reprisal
from tests.cli.writing import WRITING, files, left, lived, memory, prepared, pytestmark
from tests.store.killed import OLD, THIRD, killed, seen, workspace

__all__ = ["lived", "memory", "pytestmark"]
PAGE = 4096
ROOMS = (0, 1, 3, 8)
"""How many pages of the disk are free."""
TRIED = (
    "case set",
    "case respond",
    "case merge",
    "vault put",
    "vault recipients add",
    "consent withdrawn",
    "build report",
)
LOOKING = ("validate", "case list", "status", "vault check", "words acts", "stats --edition hrc-60")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    made = mount("-t", "tmpfs", "-o", "size=64m", "none", str(place))
    if made.returncode:
        pytest.skip("only root can mount a file system of memory, and not everywhere")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True, timeout=60)


def mount(*options: str) -> subprocess.CompletedProcess[bytes]:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return subprocess.CompletedProcess([], 1)
    return subprocess.run(["mount", *options], capture_output=True, check=False, timeout=60)


def ran(desk: Desk, line: str) -> tuple[int, str]:
    """A step as a program of its own: its exit code, and what it said."""
    words = [Template(word).substitute(desk.places) for word in parsed(line)[2]]
    program = [sys.executable, "-m", "reprisal_cli", *words]
    done = subprocess.run(program, cwd=desk.root, capture_output=True, check=False, timeout=120)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


@pytest.mark.parametrize("name", TRIED)
def test_on_a_full_disk_all_is_as_it_was_and_with_room_again_it_is_done(
    lived: Path, disk: Path, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    line = WRITING[name].line
    _, desk = prepared(lived, disk, memory, monkeypatch, name)
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # what other programs say of a full disk is theirs to say
    old, refused = files(desk), 0
    for room in ROOMS:
        fill(disk, room)
        code, said = ran(desk, line)
        assert "Traceback" not in said
        if code == 0:
            break
        refused += 1
        assert (code, files(desk), left(desk)) == (2, old, ()), (room, said)
        assert "No space left" in said, said
    (disk / "filler").unlink()
    assert refused
    if code:
        assert ran(desk, line)[0] == 0
    assert files(desk) != old
    assert not left(desk)


def fill(disk: Path, room: int) -> None:
    """Leaves so many pages free."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    filler.touch()
    with filler.open("wb") as stream:
        free = os.statvfs(disk)
        os.posix_fallocate(stream.fileno(), 0, max(free.f_bavail * free.f_bsize - room * PAGE, PAGE))


@pytest.mark.parametrize("name", TRIED)
def test_where_nothing_can_be_written_a_command_says_so(
    lived: Path, disk: Path, memory: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    line = WRITING[name].line
    _, desk = prepared(lived, disk, memory, monkeypatch, name)
    old = files(desk)
    assert mount("-o", "remount,ro", str(disk)).returncode == 0
    code, said = ran(desk, line)
    assert (code, files(desk), left(desk)) == (2, old, ()), said
    assert "Traceback" not in said
    assert "ead-only" in said, said


def test_where_nothing_can_be_written_one_can_still_look(
    lived: Path, disk: Path, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, desk = prepared(lived, disk, memory, monkeypatch, "build report")
    before = {line: ran(desk, line) for line in LOOKING}
    assert mount("-o", "remount,ro", str(disk)).returncode == 0
    for line in LOOKING:
        assert ran(desk, line) == before[line]
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    code, said = ran(desk, f"build report --to html --out {tmp_path}/out")
    assert code == 0, said


def test_what_was_killed_is_taken_back_on_a_full_disk(disk: Path) -> None:
    """It takes names alone, no room."""
    killed(workspace(disk), THIRD)
    fill(disk, 0)
    back = reprisal(disk, "case", "list").err
    (disk / "filler").unlink()
    assert seen(disk) == OLD
    assert "a/one: a command was killed while it wrote, and the file is as it was before" in back


def test_where_nothing_can_be_taken_back_nothing_is_read(disk: Path) -> None:
    killed(workspace(disk), THIRD)
    assert mount("-o", "remount,ro", str(disk)).returncode == 0
    for command in (["case", "list"], ["guard"], ["validate"]):
        ran = reprisal(disk, *command)
        assert ran.code == 2
        assert "its files cannot be put back: Read-only file system" in ran.err
    assert mount("-o", "remount,rw", str(disk)).returncode == 0
    reprisal(disk, "case", "list")
    assert seen(disk) == OLD


@pytest.mark.parametrize("program", ["pandoc", "typst"])
def test_where_temporary_files_have_no_room_a_build_says_what_to_do(
    disk: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    empty = '{"pandoc-api-version":[1,23],"meta":{},"blocks":[]}'
    house = load_house(Path(__file__).parents[2] / "templates" / "house")
    fill(disk, 2)
    with pytest.raises(ReprisalError) as problem:
        pandoc.convert(empty, "docx") if program == "pandoc" else pdf._compile("text " * 20_000, house, 0, {})
    assert "make room" in problem.value.hint
