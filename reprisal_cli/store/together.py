"""Files of several folders written as one: all of them, or none.

No kernel renames two files at once. So what is about to happen is written down first, in `.reprisal-undo` at the top of
the workspace, and a second name is kept for each old file. A writer that fails puts the old files back by it; for one
that was killed the next command does, before it reads anything (as databases do). A file that somebody changed since
is left as it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path, PurePosixPath

from msgspec import Struct, to_builtins

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.root import UNDO
from reprisal_cli.store.write import (
    can_change_places,
    check_room,
    check_seen,
    gate,
    locked,
    new_mode,
    sweep,
    sync,
    temporary,
    write_all,
    write_new,
)

_NAME = re.compile(r"[^./\\\0][^/\\\0]*")
_KEPT = re.compile(r"\.kept-[0-9a-f]{16}")
_MOST = 16 * 1024**2


class _Step(Struct, frozen=True):
    """A file by its path below the workspace, the digest of what it becomes, and the second name of what it was (empty
    for a new file)."""

    path: str
    becomes: str
    kept: str


def write_together(
    root: Path, files: Mapping[str, bytes], new: Collection[str] = (), seen: Mapping[str, bytes] | None = None
) -> None:
    """Writes files by their paths below `root`, the last one last. Those in `new` may not be there yet:
    FileExistsError; those in `seen` must be what they were when they were read. Raises ReprisalError, after which the
    old files are whole."""
    folders = sorted({(root / path).parent for path in files})
    seen = {path: content for path, content in (seen or {}).items() if path in files}
    if len(files) == 1 or (len(folders) == 1 and not new and can_change_places(folders[0])):
        write_all(folders[0], _by_name(files), new=bool(new), seen=_by_name(seen))
        return
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            for place in sorted({root, *map(gate, (root, *folders))}):
                stack.enter_context(locked(place))
            _undo(root)
            sweep(root)
            for folder in folders:
                sweep(folder)
                check_room(folder, [Path(path).name for path in files if (root / path).parent == folder])
            check_seen(root, seen)
            if any(os.path.lexists(root / path) for path in new):
                raise FileExistsError
            _write(root, files)
    except FileExistsError as problem:
        if problem.errno is None:
            raise
        raise _cannot(root, problem) from None
    except OSError as problem:
        raise _cannot(root, problem) from None


def _by_name(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {Path(path).name: content for path, content in files.items()}


def write_folder(folder: Path, files: Mapping[str, bytes], last: str) -> None:
    """A new folder with all that belongs below it, in one step. Raises ReprisalError. In a folder that has a repository
    already its entries come one by one, `last` last."""
    folder = folder.absolute()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(gate(folder)):
            sweep(folder)
            fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.writing-", dir=folder.parent))
            try:
                _fill(fresh, files)
                _move(fresh, folder, last)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except OSError as problem:
        raise ReprisalError(f"cannot write to {folder}: {problem.strerror}", "run the command again") from None


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    places = {folder, *(folder / above for name in files for above in PurePosixPath(name).parents)}
    for place in sorted(places):
        place.mkdir(exist_ok=True)
    for name, content in files.items():
        write_new(folder / name, content)
    for place in sorted(places, reverse=True):
        sync(place)
    folder.chmod(new_mode())


def _move(fresh: Path, folder: Path, last: str) -> None:
    if folder.exists() and any(folder.iterdir()):
        for entry in sorted(fresh.iterdir(), key=lambda entry: entry.name == last):
            if (folder / entry.name).is_dir():
                shutil.rmtree(folder / entry.name)  # ours: what was left when this was killed before
            entry.replace(folder / entry.name)
        sync(folder)
    else:
        fresh.replace(folder)
    sync(folder.parent)


def put_back(root: Path) -> list[str]:
    """Takes back what a killed command left half done, and gives the files that are as they were before. Raises
    ReprisalError where that cannot be done."""
    try:
        with locked(root):
            return _undo(root)
    except OSError as problem:
        message = f"a command was killed while it wrote, and its files cannot be put back: {problem.strerror}"
        raise ReprisalError(message, f"let this be run where {root} may be written") from None


def _cannot(root: Path, problem: OSError) -> ReprisalError:
    later = " as soon as a command can write here" if (root / UNDO).exists() else ""
    return ReprisalError(f"cannot write to {root}: {problem.strerror}", f"the old files are back{later}")


# --- doing ----------------------------------------------------------------------------------------------------------


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    steps = [_step(root, path, content) for path, content in files.items()]
    staged = {path: temporary((root / path).parent) for path in files}
    try:
        for path, content in files.items():
            write_new(staged[path], content)
        _note(root, steps, done=False)
        for step in steps:
            if step.kept:
                os.link(root / step.path, (root / step.path).with_name(step.kept), follow_symlinks=False)
        _sync_all(root, files)
        for path in files:
            staged[path].replace(root / path)
        _sync_all(root, files)
        _note(root, steps, done=True)
    except OSError:
        with suppress(OSError):  # else the next command does it
            _undo(root, failed=True)
        raise
    finally:
        for one in staged.values():
            with suppress(OSError):  # what stays is swept by the next writer
                one.unlink(missing_ok=True)
    with suppress(OSError):
        _undo(root)


def _note(root: Path, steps: Iterable[_Step], done: bool) -> None:
    """Writes down what is about to happen, or that it has: from then on nothing is taken back."""
    fresh = temporary(root)
    try:
        write_new(fresh, json.dumps({"done": done, "steps": [to_builtins(step) for step in steps]}).encode())
        fresh.replace(root / UNDO)
        sync(root)
    finally:
        fresh.unlink(missing_ok=True)


def _step(root: Path, path: str, content: bytes) -> _Step:
    kept = f".kept-{secrets.token_hex(8)}" if os.path.lexists(root / path) else ""
    return _Step(path, hashlib.sha256(content).hexdigest(), kept)


def _sync_all(root: Path, files: Iterable[str]) -> None:
    for folder in sorted({(root / path).parent for path in files}):
        sync(folder)


# --- taking back ----------------------------------------------------------------------------------------------------


def _undo(root: Path, failed: bool = False) -> list[str]:
    """What was written down, backwards, if it was not done to the end, or if it `failed` in its very last step; then
    nothing is left of it. Gives the paths of what was put back. Whoever holds the lock of the workspace is the only
    writer."""
    if not os.path.lexists(root / UNDO):
        return []
    done, steps = _read(root)
    done = done and not failed
    back: list[str] = []
    for step in reversed(steps):
        target = root / step.path
        old = target.with_name(step.kept) if step.kept else None
        if not done and _is(target, step.becomes):
            back.append(step.path)
            if old is None:
                target.unlink()
            elif os.path.lexists(old):
                old.replace(target)
        if old is not None:
            old.unlink(missing_ok=True)
    _sync_all(root, [step.path for step in steps])
    (root / UNDO).unlink()
    sync(root)
    return back


def _read(root: Path) -> tuple[bool, list[_Step]]:
    """Whether all was done, and the steps that are ours to take back. The file may have come with a copy of the
    repository: nothing outside the workspace is touched, nothing named with a dot in front, nothing behind a link."""
    handle = os.open(root / UNDO, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        raw = stream.read(_MOST)
    try:
        data = json.loads(raw)
        return data["done"] is True, [step for step in (_Step(**one) for one in data["steps"]) if _is_ours(root, step)]
    except (ValueError, TypeError, KeyError, RecursionError):
        return True, []


def _is_ours(root: Path, step: _Step) -> bool:
    if not all(isinstance(value, str) for value in (step.path, step.becomes, step.kept)):
        return False
    path = PurePosixPath(step.path)
    if path.as_posix() != step.path or not all(_NAME.fullmatch(part) for part in path.parts):
        return False
    above = (root / path).parent
    here = above.is_dir() and above.resolve() == root.resolve() / path.parent
    return here and bool(not step.kept or _KEPT.fullmatch(step.kept))


def _is(path: Path, digest: str) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == digest
