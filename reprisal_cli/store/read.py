"""Files of a workspace as bytes: no link is followed, nothing but a regular file is opened, nothing leaves the root."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from reprisal_cli.diagnostic import Diagnostic, Location
from reprisal_cli.parse import MAX_BYTES
from reprisal_cli.rule import error

NOT_A_FILE = error("RC017", "not-a-regular-file")
UNREADABLE = error("RC018", "unreadable-file")
ENDING = error("RC019", "wrong-ending")
RULES = (NOT_A_FILE, UNREADABLE, ENDING)


def read_bytes(root: Path, path: str) -> bytes | Diagnostic:
    """The bytes of one file, at most one more than the limit, so that the reader can say that it is too large."""
    try:
        handle = os.open(root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as problem:
        return _refused(root, path, problem)
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return _not_regular(path)
        return stream.read(MAX_BYTES + 1)


def _refused(root: Path, path: str, problem: OSError) -> Diagnostic:
    if (root / path).is_symlink():
        return _not_regular(path)
    return UNREADABLE.at(Location(path), "the file cannot be read", (problem.strerror or "check its rights").lower())


def _not_regular(path: str) -> Diagnostic:
    return NOT_A_FILE.at(Location(path), "this is a link or a device, not a file", "put the file itself here")


def walk(root: Path, folder: str, ending: str = ".yaml") -> Iterator[str | Diagnostic]:
    """The files below a folder that have the ending, as paths relative to `root`, sorted. Hidden files and editors'
    backups are passed over; what looks like a record but cannot be one is a diagnostic, so that none is lost."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except NotADirectoryError:
        return
    except FileNotFoundError:
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name.endswith(ending):
                yield _not_regular(path)
            else:
                yield from walk(root, path, ending)
        elif entry.is_symlink() and (entry.name.endswith(ending) or entry.is_dir()):
            yield _not_regular(path)
        elif entry.name.endswith(ending):
            yield path
        elif entry.name.lower().endswith((".yml", ".yaml")):
            yield ENDING.at(Location(path), "a record's name ends in .yaml", "rename the file")
