"""What is written down before files of several folders change places, and what takes it back.

No kernel renames two files at once. So a writer (`together.py`) writes down in `.reprisal-undo`, at the top of the
workspace, which files it is about to replace, once all of the new ones are on the disk and before the first is renamed.
It is done when that file is gone. If it is killed before, the next command reads it: each file gets back what it was.
Where somebody edited one of those that had changed already, that edit is kept and the others become what they were to
become, so that nothing is half of it. Where neither can be, what is left is said.

A writing that reaches into another folder too (a vault elsewhere) has a journal there, which is worth nothing without
the first one: that it is named in a file which came with a repository opens no other folder.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.root import UNDO, UNDONE
from reprisal_cli.store.write import locked, sync, temporary, write_new

_NAME = re.compile(r"[^./\\\0][^/\\\0]*")
_BESIDE = re.compile(r"\.(?:kept|writing)-[0-9a-f]{16}")
_MOST = 16 * 1024**2


class Step(Struct, frozen=True):
    """A file by its path below the folder of the journal, the digests of what it was (empty for a new file) and of what
    it becomes, and the names beside it: a second one of the old file, and the one under which the new one waits. An
    editor that writes into the old file as it stands writes into its second name too: the digest tells that."""

    path: str
    was: str
    becomes: str
    kept: str
    staged: str


class Journal(Struct, frozen=True):
    """`mark` is what the journals of one writing have in common; the first one names the other `folders`, and those
    name the folder of the `first`."""

    steps: tuple[Step, ...]
    mark: str = ""
    folders: tuple[str, ...] = ()
    first: str = ""


class Back(Struct, frozen=True):
    """What was done about a killed command: the files that are as they were `before`, those that are as they were to
    become (`after`), and those that were `left` as somebody has made them since, by their paths below the workspace."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.before or self.after or self.left)


# --- writing it down ------------------------------------------------------------------------------------------------


def note(root: Path, journal: Journal) -> None:
    """Writes down what is about to happen in a folder. It is on the disk when this returns."""
    fresh = temporary(root)
    try:
        write_new(fresh, msgspec.json.encode(journal))
        fresh.replace(root / UNDO)
        sync(root)
    finally:
        fresh.unlink(missing_ok=True)


def done(root: Path, paths: Iterable[str]) -> None:
    """From here on nothing is taken back. Raises OSError if the disk does not say so: then all may be taken back."""
    aside = temporary(root)
    (root / UNDO).rename(aside)
    try:
        sync(root)
    except OSError:
        aside.rename(root / UNDO)
        raise
    with suppress(OSError):  # what stays is swept
        aside.unlink()
        if not undone(root).keys().isdisjoint(paths):
            (root / UNDONE).unlink()


def tidy(root: Path, journal: Journal) -> None:
    """Takes away what stands beside the files of a writing that is over. What stays is swept by the next writer."""
    with suppress(OSError):
        if _read(root) == journal:
            (root / UNDO).unlink()
    for step in journal.steps:
        for name in filter(None, (step.kept, step.staged)):
            with suppress(OSError):
                if _is_ours(root, step):
                    (root / step.path).with_name(name).unlink(missing_ok=True)


def forget(root: Path) -> None:
    """Takes away the journal of a writing of which the first one is gone: it was done, or never begun."""
    journal = _read(root)
    if journal is not None and journal.first and not _is_pending_at_first(journal):
        tidy(root, journal)


def undone(root: Path) -> Mapping[str, str]:
    """What the last killed command had written before it was taken back: paths with digests. git may hold some."""
    try:
        journal = _decoded(root, UNDONE)
    except (OSError, ValueError):
        return {}
    return {step.path: step.becomes for step in journal.steps}


# --- taking back ----------------------------------------------------------------------------------------------------


def put_back(root: Path) -> Back:
    """Takes back what a killed command left half done here, or finishes it. Raises ReprisalError where that cannot be
    done, or cannot be known."""
    try:
        journal = _read(root)
        if journal is not None and _is_pending_at_first(journal):
            return put_back(Path(journal.first))
        with ExitStack() as stack:
            for place in sorted({root, *_others(journal)}):
                stack.enter_context(locked(place))
            return take_back(root, remember=True)
    except OSError as problem:
        message = f"a command was killed while it wrote, and its files cannot be put back: {problem.strerror}"
        raise ReprisalError(message, f"let this be run where {root} may be written") from None


def take_back(root: Path, remember: bool = False) -> Back:
    """The same for whoever has the locks of the folder, and of the others that its journal names. What was put back is
    remembered where git may have been told of it meanwhile."""
    journal = _read(root)
    if journal is None:
        return Back()
    if journal.first:
        forget(root)
        return Back()
    parts = [(root, journal), *((place, there) for place in _others(journal) if (there := _read(place)) is not None)]
    found = [_Found(place, step, root) for place, part in parts for step in part.steps if _is_ours(place, step)]
    onward = all(one.can_go_on for one in found) and not all(one.can_go_back for one in found)
    back = _finished(found) if onward else _restored(found)
    for folder in sorted({one.target.parent for one in found}):
        sync(folder)
    for place, part in parts[1:]:
        tidy(place, part)
    if remember and back.before:
        (root / UNDO).replace(root / UNDONE)
    else:
        (root / UNDO).unlink()
    sync(root)
    tidy(root, journal)
    return back


def _restored(found: list[_Found]) -> Back:
    before, left = [], []
    for one in reversed(found):
        if one.state == "new" and one.can_go_back:
            one.old.replace(one.target) if one.step.was else one.target.unlink()
            before.append(one.shown)
        elif one.state != "old":
            left.append(one.shown)
    return Back(before=tuple(before), left=tuple(left))


def _finished(found: list[_Found]) -> Back:
    after, left = [], []
    for one in found:
        if one.state == "old":
            one.staged.replace(one.target)
            after.append(one.shown)
        elif one.state == "edited":
            left.append(one.shown)
    return Back(after=tuple(after), left=tuple(left))


class _Found:
    """A step with what stands there now: the `old` file, the `new` one, or what somebody `edited` since."""

    def __init__(self, place: Path, step: Step, root: Path) -> None:
        self.step, self.target = step, place / step.path
        self.shown = step.path if place == root else os.path.relpath(self.target, root)
        self.old, self.staged = self.target.parent / step.kept, self.target.parent / step.staged
        now, waits = digest_of(self.target), digest_of(self.staged) == step.becomes
        self.state = "old" if now == step.was else "new" if now == step.becomes else "edited"
        kept = not step.was or digest_of(self.old) == step.was
        self.can_go_back = self.state == "old" or (self.state == "new" and kept) or (self.state == "edited" and waits)
        self.can_go_on = self.state == "new" or (waits if self.state == "old" else not waits)


# --- reading it -----------------------------------------------------------------------------------------------------


def _read(root: Path) -> Journal | None:
    """The journal of a folder. Raises ReprisalError for one that says nothing: it may be all that is left of it."""
    if not os.path.lexists(root / UNDO):
        return None
    try:
        return _decoded(root, UNDO)
    except FileNotFoundError:
        return None
    except ValueError:
        raise ReprisalError(
            f"a command was killed while it wrote, and {UNDO} is damaged: nobody knows which files are half of it",
            f"see `git status`; an old file may lie beside its place as .kept-…; then delete {root / UNDO}",
        ) from None


def _decoded(root: Path, name: str) -> Journal:
    """A journal. Raises OSError, for a link too, or ValueError."""
    handle = os.open(root / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        raw = stream.read(_MOST)
    try:
        return msgspec.json.decode(raw, type=Journal)
    except RecursionError:
        raise ValueError("too deep") from None


def _is_pending_at_first(journal: Journal) -> bool:
    first = Path(journal.first)
    if not journal.first or not first.is_dir():
        return False
    there = _read(first)
    return there is not None and there.mark == journal.mark and not there.first


def _others(journal: Journal | None) -> list[Path]:
    """The other folders of a writing: those that have a journal of their own with its mark."""
    if journal is None or not journal.mark:
        return []
    places = [Path(name) for name in journal.folders]
    return [
        place
        for place in places
        if place.is_dir() and (there := _read(place)) is not None and there.first and there.mark == journal.mark
    ]


def _is_ours(root: Path, step: Step) -> bool:
    """Whether a step may be taken back. The journal may have come with a copy of the repository: nothing outside the
    workspace is touched, nothing named with a dot in front, nothing behind a link."""
    path = PurePosixPath(step.path)
    if path.as_posix() != step.path or not all(_NAME.fullmatch(part) for part in path.parts) or not path.parts:
        return False
    above = (root / path).parent
    here = above.is_dir() and above.resolve() == root.resolve() / path.parent
    return here and all(_BESIDE.fullmatch(name) for name in filter(None, (step.kept, step.staged)))


def digest_of(path: Path) -> str:
    """Of a file's bytes, or of where a link leads; empty if there is neither."""
    if path.is_symlink():
        return hashlib.sha256(b"link to " + os.fsencode(path.readlink())).hexdigest()
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
