"""Files of a workspace as bytes: no link is followed, nothing but a regular file is opened, nothing leaves the root.

They lie in a folder, or git holds them in a revision (`Held`): whatever reads a workspace can read either.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from reprisal_cli.diagnostic import Diagnostic, Location
from reprisal_cli.rule import error

NOT_A_FILE = error("RC017", "not-a-regular-file")
UNREADABLE = error("RC018", "unreadable-file")
ENDING = error("RC019", "wrong-ending")
NAME = error("RC026", "name-not-printable")
TAKEN = 1024 * 1024 + 1
"""One byte more than `dialect.MAX_BYTES`; named here, since a check from the cache does without the reader of YAML."""
_NAME_OF = attrgetter("name")
RULES = (NOT_A_FILE, UNREADABLE, ENDING, NAME)


class Held(NamedTuple):
    """The files of a workspace that lie in no folder, by their paths relative to it; None for what is no regular file,
    as a link."""

    files: Mapping[str, bytes | None]


Place = Path | Held
"""Where the files of a workspace are."""


def read_bytes(root: Place, path: str) -> bytes | Diagnostic:
    """The bytes of one file, at most one more than the limit, so that the reader can say that it is too large."""
    if isinstance(root, Held):
        return _held_bytes(root, path)
    try:
        handle = os.open(f"{root}/{path}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as problem:
        return _refused(root, path, problem)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            return _not_regular(path)
        return _content(handle, found.st_size)
    finally:
        os.close(handle)


def _content(handle: int, size: int) -> bytes:
    """All that is in a file, whatever its size is said to be; without a stream, which takes longer than the reading."""
    parts: list[bytes] = []
    taken = 0
    while taken < TAKEN and (part := os.read(handle, min(size + 1, TAKEN - taken))):
        parts.append(part)
        taken += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _held_bytes(held: Held, path: str) -> bytes | Diagnostic:
    if path not in held.files:
        return UNREADABLE.at(Location(path), "the file cannot be read", "no such file or directory")
    raw = held.files[path]
    return _not_regular(path) if raw is None else raw[:TAKEN]


def is_there(root: Place, path: str) -> bool:
    """Whether there is a file of that path, which may lie behind a link."""
    return path in root.files if isinstance(root, Held) else (root / path).is_file()


def is_inside(root: Place, path: str) -> bool:
    """Whether a path stays in the workspace, links followed."""
    if isinstance(root, Held):
        return ".." not in path.split("/") and not path.startswith("/")
    return (root / path).resolve().is_relative_to(root)


def _refused(root: Path, path: str, problem: OSError) -> Diagnostic:
    if (root / path).is_symlink():
        return _not_regular(path)
    return UNREADABLE.at(Location(path), "the file cannot be read", (problem.strerror or "check its rights").lower())


def _not_regular(path: str) -> Diagnostic:
    return NOT_A_FILE.at(Location(path), "this is a link or a device, not a file", "put the file itself here")


def walk(root: Place, folder: str, ending: str = ".yaml") -> Iterator[str | Diagnostic]:
    """The files below a folder that have the ending, as paths relative to `root`, sorted. Hidden files and editors'
    backups are passed over; what looks like a record but cannot be one is a diagnostic, so that none is lost."""
    if isinstance(root, Held):
        yield from _walk_held(root, folder, ending)
        return
    link = next((path for path in _upwards(folder) if (root / path).is_symlink()), None)
    if link is not None:
        yield _not_regular(link)
    else:
        yield from _walk(f"{root}/", folder, ending)


def _walk_held(held: Held, folder: str, ending: str) -> Iterator[str | Diagnostic]:
    below = [path for path in held.files if path.startswith(f"{folder}/")]
    for path in sorted(below, key=lambda path: path.split("/")):
        if any(part.startswith(".") for part in path[len(folder) + 1 :].split("/")):
            continue
        if not path.isprintable():
            yield _not_printable(path)
        elif path.endswith(ending):
            yield path if held.files[path] is not None else _not_regular(path)
        elif _meant_as_record(path.rpartition("/")[2]):
            yield ENDING.at(Location(path), "a record's name ends in .yaml", "rename the file")


def _upwards(folder: str) -> Iterator[str]:
    parts = folder.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def _walk(root: str, folder: str, ending: str) -> Iterator[str | Diagnostic]:
    try:
        entries = sorted(os.scandir(root + folder), key=_NAME_OF)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        yield _not_regular(folder)
        return
    except OSError as problem:
        yield UNREADABLE.at(Location(folder), "the folder cannot be read", (problem.strerror or "").lower())
        return
    for entry in entries:
        name = entry.name
        path = f"{folder}/{name}"
        if name.startswith("."):
            continue
        if name.endswith(ending) and name.isprintable() and entry.is_file(follow_symlinks=False):
            yield path  # as nearly all are: a workspace has many, and a check lists them all
        elif entry.is_dir(follow_symlinks=False):
            if name.endswith(ending):
                yield _not_regular(path)
            elif not name.isprintable():
                yield _not_printable(path)
            else:
                yield from _walk(root, path, ending)
        elif name.endswith(ending):
            yield _not_regular(path) if name.isprintable() else _not_printable(path)
        elif _meant_as_record(name):
            yield ENDING.at(Location(path), "a record's name ends in .yaml", "rename the file")
        elif entry.is_symlink() and entry.is_dir():
            yield _not_regular(path)


def _meant_as_record(name: str) -> bool:
    """Whether a file is a record under another name, as an editor or a browser gives it: case.yml, case.yaml.txt, or
    the id of a case with no ending or that of plain text."""
    if name.lower().rstrip(" ").removesuffix(".txt").endswith((".yml", ".yaml")):
        return True
    stem, _, ending = name.partition(".")
    state, _, number = stem.partition("-")
    plain = len(state) == 3 and state.isalpha() and number[4:5] == "-" and number.replace("-", "", 1).isdigit()
    return plain and ending.lower() in ("", "txt", "json")


def _not_printable(path: str) -> Diagnostic:
    """A name is printed in every log: one with a line break could write a line of its own."""
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in path)
    return NAME.at(
        Location(shown), "the name holds signs that cannot be printed", "rename the file: letters, digits, hyphens"
    )
