"""Files of several folders written as one: all of them, or none.

The new files are written first, and beside each old one stands a second name of it; then `undo.py` writes down what is
about to happen, and only then the names change. A writer that fails puts the old files back; for one that was killed
the next command does, before it reads anything (as databases do).
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path, PurePosixPath

from msgspec import Struct

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.root import UNDO
from reprisal_cli.store.undo import Journal, Step, digest_of, done, forget, note, take_back, tidy
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


class Elsewhere(Struct, frozen=True):
    """Files that belong to a writing and lie below another folder, as in a vault that is a repository of its own. `new`
    ones may not be there yet."""

    root: Path
    files: Mapping[str, bytes]
    new: bool = True


def write_together(
    root: Path,
    files: Mapping[str, bytes],
    new: Collection[str] = (),
    seen: Mapping[str, bytes] | None = None,
    elsewhere: Elsewhere | None = None,
) -> None:
    """Writes files by their paths below `root`, the last one last, with those `elsewhere`. Those in `new` may not be
    there yet: FileExistsError; those in `seen` must be what they were when they were read. Each content is asked for
    once. Raises ReprisalError, after which the old files are whole."""
    folders = sorted({(root / path).parent for path in files})
    seen = {path: content for path, content in (seen or {}).items() if path in files}
    alone = len(files) == 1 or (len(folders) == 1 and not new and can_change_places(folders[0]))
    if alone and elsewhere is None:
        write_all(folders[0], _by_name(files), new=bool(new), seen=_by_name(seen))
        return
    parts = [_Part(root, files)]
    if elsewhere is not None:
        parts.insert(0, _Part(elsewhere.root, elsewhere.files))
    try:
        with ExitStack() as stack:
            for place in sorted({place for part in parts for place in _gates(part)}):
                stack.enter_context(locked(place))
            for part in parts:
                _make_ready(part)
            fresh = [root / path for path in new]
            if elsewhere is not None and elsewhere.new:
                fresh += [elsewhere.root / path for path in elsewhere.files]
            if any(map(os.path.lexists, fresh)):
                raise FileExistsError
            _write(parts, seen)
    except FileExistsError as problem:
        if problem.errno is None:
            raise
        raise _cannot(root, problem) from None
    except OSError as problem:
        raise _cannot(root, problem) from None


class _Part(Struct, frozen=True):
    """What is written below one folder. The last of several is the one whose journal decides."""

    root: Path
    files: Mapping[str, bytes]


def _by_name(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {Path(path).name: content for path, content in files.items()}


def _folders(part: _Part) -> list[Path]:
    return sorted({(part.root / path).parent for path in part.files})


def _gates(part: _Part) -> set[Path]:
    """Where writers wait for each other; the folders are made."""
    for folder in _folders(part):
        folder.mkdir(parents=True, exist_ok=True)
    return {part.root, *map(gate, (part.root, *_folders(part)))}


def _make_ready(part: _Part) -> None:
    forget(part.root)
    if os.path.lexists(part.root / UNDO):  # it was killed while this one waited: what was read since may be half of it
        raise ReprisalError("a command was killed while it wrote", "run this one again; for a vault, `vault check`")
    for folder in {part.root, *_folders(part)}:
        sweep(folder)
        check_room(folder, [Path(path).name for path in part.files if (part.root / path).parent == folder])


def _cannot(root: Path, problem: OSError) -> ReprisalError:
    later = " as soon as a command can write here" if os.path.lexists(root / UNDO) else ""
    return ReprisalError(f"cannot write to {root}: {problem.strerror}", f"the old files are back{later}")


# --- doing ----------------------------------------------------------------------------------------------------------


def _write(parts: list[_Part], seen: Mapping[str, bytes]) -> None:
    """The last part is the first to be noted as done: with its journal goes the last chance to take anything back."""
    decides, mark = parts[-1].root, secrets.token_hex(8) if len(parts) > 1 else ""
    staged: list[Path] = []
    try:
        journals = [Journal(tuple(_stage(part, staged)), mark, first=str(decides)) for part in parts[:-1]]
        journals.append(Journal(tuple(_stage(parts[-1], staged)), mark, tuple(str(part.root) for part in parts[:-1])))
        for part, journal in zip(parts, journals, strict=True):
            note(part.root, journal)
        for part, journal in zip(parts, journals, strict=True):
            _keep(part.root, journal.steps)
        _sync_all(parts)
        check_seen(decides, seen)  # what came first took a while
        for part, journal in zip(parts, journals, strict=True):
            for step in journal.steps:
                target = part.root / step.path
                target.with_name(step.staged).replace(target)
        _sync_all(parts)
        done(decides, parts[-1].files)
    except BaseException:
        with suppress(OSError, ReprisalError):  # else the next command does it
            take_back(decides)
            for part in parts[:-1]:
                take_back(part.root)
        if not os.path.lexists(decides / UNDO):
            for one in staged:
                with suppress(OSError):  # what stays is swept by the next writer
                    one.unlink(missing_ok=True)
        raise
    for part, journal in zip(parts, journals, strict=True):
        tidy(part.root, journal)


def _stage(part: _Part, staged: list[Path]) -> list[Step]:
    """Writes the new files beside the old ones."""
    steps = []
    for path, content in part.files.items():
        target = part.root / path
        staged.append(temporary(target.parent))
        write_new(staged[-1], content, target)
        was = digest_of(target)
        kept = f".kept-{secrets.token_hex(8)}" if was else ""
        steps.append(Step(path, was, hashlib.sha256(content).hexdigest(), kept, staged[-1].name))
    return steps


def _keep(root: Path, steps: Iterable[Step]) -> None:
    for step in steps:
        if step.kept:
            target = root / step.path
            os.link(target, target.with_name(step.kept), follow_symlinks=False)


def _sync_all(parts: Iterable[_Part]) -> None:
    for folder in sorted({folder for part in parts for folder in _folders(part)}):
        sync(folder)


# --- a new folder ---------------------------------------------------------------------------------------------------


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
