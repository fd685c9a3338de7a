"""A disk that fails and a process that is killed, at every step of writing a set: the old files or the new ones."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store import write
from reprisal_cli.store.write import write_all

OLD = {"report.docx": b"old", "report.pdf": b"old", "manifest.json": b"old"}
NEW = {"report.docx": b"new", "report.pdf": b"new", "report.html": b"new", "manifest.json": b"new"}
STEPS = 60


def state(folder: Path) -> dict[str, bytes]:
    """The files that a reader sees: a temporary one has a dot in front, and is swept by the next writer."""
    paths = sorted(folder.iterdir()) if folder.exists() else []
    return {path.name: path.read_bytes() for path in paths if not path.name.startswith(".")}


def whole(folder: Path, names: dict[str, bytes]) -> bool:
    return state(folder) == dict(sorted(names.items()))


class Steps:
    """Counts the calls that reach the disk, and does something in place of one of them, or just after it."""

    def __init__(self, at: int, act: Callable[[], None], after: bool) -> None:
        self.at, self.act, self.after, self.count = at, act, after, 0

    def wrap(self, real: Callable) -> Callable:
        def step(*arguments: object, **named: object) -> object:
            self.count += 1
            if self.count == self.at and not self.after:
                self.act()
            done = real(*arguments, **named)
            if self.count == self.at and self.after:
                self.act()
            return done

        return step


def patched(steps: Steps) -> Iterator[object]:
    for name in ("open", "fsync", "link", "mkdir", "chmod", "replace", "rename", "unlink"):
        if name in ("replace", "rename", "unlink", "mkdir", "chmod"):
            yield mock.patch.object(Path, name, steps.wrap(getattr(Path, name)))
        else:
            yield mock.patch.object(os, name, steps.wrap(getattr(os, name)))
    if write._SWAP is not None:
        yield mock.patch.object(write, "_SWAP", steps.wrap(write._SWAP))


def run(folder: Path, steps: Steps) -> None:
    from contextlib import ExitStack

    with ExitStack() as stack:
        for patch in patched(steps):
            stack.enter_context(patch)  # type: ignore[arg-type]
        write_all(folder, NEW, last="manifest.json")


@pytest.fixture(params=["folders change places", "file by file"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "file by file":
        monkeypatch.setattr(write, "_SWAP", None)
    return str(request.param)


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("before", [OLD, {}])
def test_a_disk_that_fails_at_any_step_leaves_the_old_files_or_the_new(
    tmp_path: Path, way: str, number: int, before: dict[str, bytes]
) -> None:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    for at in range(1, STEPS):
        folder = tmp_path / f"{at}" / "out"
        if before:
            write_all(folder, before, last="manifest.json")
        steps = Steps(at, fail, after=False)
        try:
            run(folder, steps)
        except ReprisalError:
            assert whole(folder, before) or whole(folder, NEW), (at, state(folder))
        else:
            assert whole(folder, NEW)
        write_all(folder, NEW, last="manifest.json")
        assert whole(folder, NEW)
        assert sorted(path.name for path in folder.iterdir()) == sorted(NEW), "nothing is left behind"
        assert [path.name for path in folder.parent.iterdir()] == ["out"]
        if steps.count < at:
            return
    pytest.fail("writing takes more steps than are tried")


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("before", [OLD, {}])
def test_a_writer_that_is_killed_at_any_step_leaves_the_old_set_or_the_new(
    tmp_path: Path, after: bool, before: dict[str, bytes]
) -> None:
    def kill() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    for at in range(1, STEPS):
        folder = tmp_path / f"{at}" / "out"
        if before:
            write_all(folder, before, last="manifest.json")
        child = os.fork()
        if child == 0:
            run(folder, Steps(at, kill, after))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert whole(folder, before) or whole(folder, NEW), (at, state(folder))
        write_all(folder, NEW, last="manifest.json")
        assert sorted(path.name for path in folder.iterdir()) == sorted(NEW), "a second run finishes and tidies up"
        assert [path.name for path in folder.parent.iterdir()] == ["out"]
        if status == 0:
            return
    pytest.fail("writing takes more steps than are tried")


def test_a_folder_that_may_not_be_written_is_an_error_and_stays_as_it_is(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        target = Path("/proc/self/out")  # root may write everywhere else
    else:
        target = tmp_path / "out"
        target.mkdir(mode=0o500)
    with pytest.raises(ReprisalError):
        write_all(target, NEW)
