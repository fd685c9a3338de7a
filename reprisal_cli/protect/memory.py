"""Clear text for an editor: in memory-backed storage only, for as long as the editor runs."""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import shutil
import signal
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.write import write_all

_PREFIX = "reprisal-clear-"
_LOCK = "lock"
_FRESH = 5.0
_IN_MEMORY = frozenset({0x01021994, 0x858458F6})  # tmpfs, ramfs
_PR_SET_DUMPABLE = 4
_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


def in_memory(path: Path) -> bool:
    """Whether a folder lies in memory-backed storage, by what the kernel says of its file system."""
    if sys.platform != "linux":
        return False
    buffer = (ctypes.c_long * 32)()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.statfs(os.fsencode(path), ctypes.byref(buffer)) != 0:
        return False
    return buffer[0] & 0xFFFFFFFF in _IN_MEMORY


def stays_in_memory() -> None:
    """From here on a crash leaves nothing of the memory of this process on a disk, or of those that it starts: names
    and keys would be in it. On Linux the process is hidden from those that save a crash by themselves, too."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


@contextmanager
def clear_folder(bases: Sequence[Path]) -> Iterator[Path]:
    """A private folder in the first of `bases` that is memory-backed; it is gone afterwards, whatever happens: an
    error, Ctrl-C, SIGTERM, SIGHUP. What a killed command left is taken away by the next. Raises ReprisalError if no
    base is memory-backed."""
    base = next((base for base in bases if base.is_dir() and in_memory(base)), None)
    if base is None:
        tried = ", ".join(map(str, bases)) or "no folder"
        hint = "on Linux, /dev/shm or $XDG_RUNTIME_DIR is one: clear text of identities is never written to a disk"
        raise ReprisalError(f"there is no memory-backed storage here (tried {tried})", hint)
    stays_in_memory()
    with _stopped_by_signals():
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _sweep(base, folder.stat().st_mtime - _FRESH)
            inside = folder / "text"
            inside.mkdir(mode=0o700)
            yield inside
        finally:
            with _undisturbed():
                shutil.rmtree(folder, ignore_errors=True)
            os.close(handle)
    if folder.exists():
        raise ReprisalError(f"{folder} could not be taken away", "it holds clear text: delete it now")


def _sweep(base: Path, before: float) -> None:
    """Takes away folders of commands that were killed: their lock went with them. A folder made a moment ago may not
    have its lock yet."""
    for folder in base.glob(f"{_PREFIX}*"):
        try:
            about = folder.lstat()
            if about.st_uid == os.getuid() and stat.S_ISDIR(about.st_mode) and about.st_mtime < before:
                _take_unlocked(folder)
        except OSError:
            continue  # another command took it away, or still holds it


def _take_unlocked(folder: Path) -> None:
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Signals that would end the process at once become an exception, so that what must be tidied is."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: Any) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No signal interrupts the tidying."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *_SIGNALS})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def write_private(file: Path, content: bytes) -> None:
    """Writes a file that only its owner may read."""
    mask = os.umask(0o077)
    try:
        write_all(file.parent, {file.name: content})
    finally:
        os.umask(mask)


def read_private(file: Path, limit: int) -> bytes:
    """The bytes at a place: of a regular file, at most one byte more than the limit. A key, or a document as received:
    they stay in memory."""
    stays_in_memory()
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise ReprisalError("the file is gone, or cannot be read", "nothing was changed") from None
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ReprisalError("this is a link or a device, not a file", "nothing was changed")
        return stream.read(limit + 1)
