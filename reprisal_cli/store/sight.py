"""Every case file as the file system tells of it, without opening any."""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Iterable
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.store.read import read_bytes, walk

Stamp = tuple[int, int, int, int]
"""Size, time of the last change of content, time of the last change of anything, inode: what git trusts, too."""

_STAMP_OF = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
_TICK, _SECOND = 50_000_000, 2_000_000_000


class Sight(NamedTuple):
    """The case files with their stamps, in order, and what was refused by its name or kind alone."""

    files: dict[str, Stamp]
    refused: list[Diagnostic]

    def digest(self) -> str:
        """One value for all: it changes as soon as a file does, comes or goes."""
        gone = [(one.code, one.location.path) for one in self.refused]
        # as text it would take four times as long; the version has no references, which depend on what is in memory
        return hashlib.sha256(marshal.dumps((list(self.files.items()), gone), 2)).hexdigest()

    def young(self) -> list[str]:
        """Files whose stamp may stay the same through one more change: those changed in the same tick of the clock as
        the newest. (`git help racy-git`; a file system that counts whole seconds is given two.)"""
        newest = max(map(itemgetter(2), self.files.values()), default=0)
        slack = _TICK if newest % 1_000_000 else _SECOND
        return [path for path, stamp in self.files.items() if max(stamp[1], stamp[2]) > newest - slack]


def look(root: Path, folder: str) -> Sight:
    """Walks a folder of cases. A file that goes away meanwhile was not there."""
    files: dict[str, Stamp] = {}
    refused: list[Diagnostic] = []
    base = f"{root}/"
    for entry in walk(root, folder):
        if isinstance(entry, Diagnostic):
            refused.append(entry)
            continue
        try:
            files[entry] = _STAMP_OF(os.lstat(base + entry))
        except FileNotFoundError:
            continue
    return Sight(files, refused)


def digests(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """The digest of each file's content; empty for one that cannot be read."""
    return {path: digest_of(read_bytes(root, path)) for path in paths}


def digest_of(raw: bytes | Diagnostic) -> str:
    """The digest of a content; of a file that cannot be read, what kept it from that."""
    return "" if isinstance(raw, Diagnostic) else hashlib.sha256(raw).hexdigest()
