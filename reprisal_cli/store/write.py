"""The one way to write files: whole or not at all.

One file is a temporary file, an fsync, a rename and an fsync of the folder. Several files are a set: a new folder is
made beside the old one, complete and synced, and the two change places in one step of the kernel, so that whoever is
killed, or whose disk fills, leaves the old set or the new one. Where the folder cannot change places (it is a mount
point, or it holds folders), the files are renamed one by one and put back if one fails. `together.py` writes a set that
lies in several folders.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.root import UNDO

_MARK = ".writing-"
_LEFT = re.compile(r"\.(?:writing|kept)-[0-9a-f]{16}")
_FOLDER_MODE = 0o777


def write_all(
    folder: Path,
    files: Mapping[str, bytes],
    last: str = "",
    new: bool = False,
    seen: Mapping[str, bytes] | None = None,
) -> None:
    """Writes files directly into a folder; its other files stay. `last` (the manifest) never stands before the others.
    With `new` none of the files may be there yet, and FileExistsError says that one is. `seen` are files as they were
    read: if one of them is another by now, nothing is written, so that no edit is lost.

    One writer at a time: a second one waits. Raises ReprisalError, after which the old files are whole and no temporary
    file is left.
    """
    folder = folder.absolute()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(gate(folder)):
            sweep(folder)
            check_room(folder, files)
            check_seen(folder, seen or {})
            if new and any(os.path.lexists(folder / name) for name in files):
                raise FileExistsError
            if len(files) == 1 or not can_change_places(folder) or not _change_places(folder, files, seen or {}):
                folder.mkdir(exist_ok=True)
                names = sorted(files, key=lambda name: (name == last, name))
                _rename_each(folder, {name: files[name] for name in names}, seen or {})
    except FileExistsError as problem:
        if new and problem.errno is None:
            raise
        raise ReprisalError(f"cannot write to {folder}: {problem.strerror}", "nothing was changed there") from None
    except OSError as problem:
        raise ReprisalError(f"cannot write to {folder}: {problem.strerror}", "nothing was changed there") from None


def gate(folder: Path) -> Path:
    """Where writers wait for each other: the folder above, which stays itself when a set changes places."""
    if os.access(folder.parent, os.R_OK | os.W_OK):
        return folder.parent
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder for this writer alone. The lock ends with the process, whatever ends that."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Takes away what a writer that was killed left behind: nobody else writes here now. Where one has written down
    what it was about to do, nothing: it is needed to take that back."""
    if any(os.path.lexists(above / UNDO) for above in (folder, *folder.parents)):
        return
    for path in folder.parent.glob(f".{folder.name}{_MARK}*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in folder.iterdir() if folder.is_dir() else ():
        if is_left_by_writer(path.name):
            path.unlink(missing_ok=True)


def check_room(folder: Path, files: Iterable[str]) -> None:
    """Raises OSError where a folder stands in the place of a file: nothing else would find it before it is too late."""
    for name in files:
        target = folder / name
        if target.is_dir() and not target.is_symlink():
            raise IsADirectoryError(errno.EISDIR, f"{name} is a folder")


def check_seen(folder: Path, seen: Mapping[str, bytes]) -> None:
    """Raises ReprisalError if a file is no longer what somebody read. To be asked under the lock of the writer."""
    for name, content in seen.items():
        target = folder / name
        if target.is_symlink() or not target.is_file() or target.read_bytes() != content:
            raise ReprisalError(f"{name} changed meanwhile", "nothing was written; run the command again")


# --- a set of files -------------------------------------------------------------------------------------------------


def can_change_places(folder: Path) -> bool:
    """Whether a set of files can come into a folder in one step of the kernel."""
    if not folder.exists():
        return True
    with os.scandir(folder) as entries:
        plain = all(entry.is_file(follow_symlinks=False) or entry.is_symlink() for entry in entries)
    free = os.access(folder.parent, os.R_OK | os.W_OK) and not folder.is_symlink()
    return plain and free and not os.path.ismount(folder) and _SWAP is not None


def _change_places(folder: Path, files: Mapping[str, bytes], seen: Mapping[str, bytes]) -> bool:
    """Whether it was done; not where the file system cannot exchange two names."""
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}{_MARK}", dir=folder.parent))
    try:
        mode = folder.stat().st_mode & 0o7777 if folder.exists() else new_mode()
        for name, content in files.items():
            write_new(fresh / name, content, folder / name)
        for name in _others(folder, files):
            os.link(folder / name, fresh / name, follow_symlinks=False)
        fresh.chmod(mode)
        sync(fresh)
        check_seen(folder, seen)  # what came first took a while
        _put_in_place(fresh, folder)
        _bring_over(fresh, folder, files)
    except OSError as problem:
        if problem.errno in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.EPERM):
            return False
        raise
    else:
        return True
    finally:
        shutil.rmtree(fresh, ignore_errors=True)  # the old set now, or a new one that did not come about


def _others(folder: Path, files: Iterable[str]) -> list[str]:
    """The entries of a folder that are not among the files."""
    return [entry.name for entry in os.scandir(folder) if entry.name not in files] if folder.is_dir() else []


def _bring_over(old: Path, folder: Path, files: Iterable[str]) -> None:
    """An editor may have saved another file of the folder while the new set was made: it belongs into the new one."""
    with suppress(OSError):
        for name in _others(old, files):
            there = folder / name
            if not os.path.lexists(there) or not os.path.samestat((old / name).lstat(), there.lstat()):
                (old / name).replace(there)


def _put_in_place(fresh: Path, folder: Path) -> None:
    """The new set where the old one was. A failure to put that on the disk takes it back: what is said to have failed
    has not happened."""
    there = folder.exists()
    if there:
        _exchange(fresh, folder)
    else:
        fresh.rename(folder)
    try:
        sync(folder.parent)
    except OSError:
        with suppress(OSError):
            _exchange(fresh, folder) if there else folder.rename(fresh)
        raise


def _exchange(one: Path, other: Path) -> None:
    """Two names change places in one step of the kernel."""
    assert _SWAP is not None
    if _SWAP(os.fsencode(one), os.fsencode(other)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _find_swap() -> Callable[[bytes, bytes], int] | None:
    """`renameat2` of Linux or `renamex_np` of macOS; None elsewhere."""
    library = ctypes.CDLL(None, use_errno=True)
    with suppress(AttributeError):
        if sys.platform == "darwin":
            mac = library.renamex_np
            return lambda one, other: int(mac(one, other, ctypes.c_uint(2)))
        linux = library.renameat2
        here = ctypes.c_int(-100)  # AT_FDCWD; 2 is RENAME_EXCHANGE on both systems
        return lambda one, other: int(linux(here, one, here, other, ctypes.c_uint(2)))
    return None


_SWAP = _find_swap()


# --- files one by one -----------------------------------------------------------------------------------------------


def _rename_each(folder: Path, files: Mapping[str, bytes], seen: Mapping[str, bytes]) -> None:
    """In the order given. If something fails, those before it are put back from links to the old files."""
    staged: list[tuple[Path, Path]] = []
    kept: list[tuple[Path, Path | None]] = []
    try:
        for name, content in files.items():
            staged.append((temporary(folder), folder / name))
            write_new(staged[-1][0], content, folder / name)
        check_seen(folder, seen)  # what came first took a while
        for path, target in staged:
            kept.append((target, _kept(folder, target)))
            path.replace(target)
        sync(folder)
    except OSError:
        for target, old in reversed(kept):
            with suppress(OSError):
                old.replace(target) if old is not None else target.unlink(missing_ok=True)
        raise
    finally:
        for path in (*(path for path, _ in staged), *(old for _, old in kept if old is not None)):
            with suppress(OSError):  # what stays is swept by the next writer
                path.unlink(missing_ok=True)


def _kept(folder: Path, target: Path) -> Path | None:
    """A second name for a file that is about to be replaced, or a copy where files have one name only; None if there is
    no such file yet."""
    if not os.path.lexists(target):
        return None
    link = temporary(folder)
    try:
        os.link(target, link, follow_symlinks=False)
    except OSError as problem:
        if problem.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK) or target.is_symlink():
            raise
        write_new(link, target.read_bytes())
    return link


def is_left_by_writer(name: str) -> bool:
    """Whether a file has the name of what a writer that is killed leaves: the next one there takes it away."""
    return _LEFT.fullmatch(name) is not None


def temporary(folder: Path) -> Path:
    """The name of a file that the next writer sweeps away if it stays."""
    return folder / f"{_MARK}{secrets.token_hex(8)}"


def write_new(path: Path, content: bytes, old: Path | None = None) -> None:
    """A file that is not there yet, on the disk when this returns. Nobody gets more rights than to the `old` one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
    with os.fdopen(handle, "wb") as stream:
        if old is not None and old.is_file() and not old.is_symlink():
            os.fchmod(handle, stat.S_IMODE(os.fstat(handle).st_mode & old.stat().st_mode))
        stream.write(content)
        stream.flush()
        os.fsync(handle)


def sync(folder: Path) -> None:
    """The names in a folder, on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_mode() -> int:
    """The rights of a new folder."""
    mask = os.umask(0o077)
    os.umask(mask)
    return _FOLDER_MODE & ~mask
