"""What the last check found, kept under `build/cache/` so that the next need not find it again.

Two files, each JSON behind a checksum of its own. `verdict` is what the whole check said, for the case files as they
were; `cases` is what was found in each file, by the digest of its content. Both hold a key made of everything else that
can change a verdict: the program and its libraries, the settings, all templates, the day. A file that is missing, cut
off, altered or of another key is no cache, and no fault. Neither holds a value of a case: findings quote none, and
facts are those of `checks/desk.Entry` (`checks/kept.py` sees to it).
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypedDict

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.root import MARKER, folder_in
from reprisal_cli.store.sight import Stamp

VERSION = 1
FOLDER = "cache"
VERDICT, CASES = "verdict", "cases"
_MOST = 500
"""So many changed files are kept beside `cases` before it is written anew."""

Row = tuple[Stamp, str, Any]
"""Of one case file: its stamp, the digest of its content, what was found in it (JSON)."""


class _Known(TypedDict):
    """What the file `cases` holds."""

    version: int
    key: str
    rows: dict[str, Row]


def _known(body: bytes) -> Any:
    # five times as fast as json; a check that finds nothing changed does without
    from msgspec import MsgspecError
    from msgspec.json import decode

    try:
        return decode(body, type=_Known)
    except MsgspecError:  # an older program wrote it in another form
        return {}


class Verdict(NamedTuple):
    """What a whole check said. `tree` stands for the stamps of all files; `young` are files whose stamp alone is not
    trusted, with their digests; `answer` is the check's own (JSON)."""

    tree: str
    young: dict[str, str]
    answer: Any
    rows: Mapping[str, Row] = MappingProxyType({})
    """Files that changed since `cases` was written, with what was found in them."""


class Cache(NamedTuple):
    """The cache of one workspace, for one key. `folder` is None where there can be none."""

    folder: Path | None
    key: str = ""
    cases: str = "cases"

    def verdict(self) -> Verdict | None:
        """What the last check said, if it was one of the same key."""
        data = self._read(VERDICT)
        if data is None:
            return None
        rows = {path: (tuple(row[0]), row[1], row[2]) for path, row in data["rows"].items()}
        return Verdict(data["tree"], data["young"], data["answer"], rows)

    def rows(self, verdict: Verdict | None) -> dict[str, Row]:
        """What is known of each file; `verdict` has the latest."""
        data = self._read(CASES, _known)
        return {**(data["rows"] if data is not None else {}), **(verdict.rows if verdict else {})}

    def write(self, verdict: Verdict, rows: Mapping[str, Row], changed: Mapping[str, Row]) -> None:
        """Keeps a verdict: with all rows if many changed, else with those that did. Where nothing can be written, the
        next check is slower, and that is all."""
        if self.folder is None:
            return
        late = {**verdict.rows, **changed}
        files: dict[str, bytes] = {}
        if len(late) > _MOST or not (self.folder / CASES).is_file():
            files[CASES] = self._sealed({"rows": rows})
            late = {}
        said = {"tree": verdict.tree, "young": verdict.young, "answer": verdict.answer}
        files[VERDICT] = self._sealed({**said, "rows": late})
        from reprisal_cli.store.write import write_all  # a check that finds nothing changed writes nothing

        try:
            write_all(self.folder, files, last=VERDICT)
        except ReprisalError:
            return

    def _sealed(self, data: Mapping[str, Any]) -> bytes:
        from msgspec.json import encode

        body = encode({"version": VERSION, "key": self.key, **data})
        return hashlib.sha256(body).hexdigest().encode() + b"\n" + body

    def _read(self, name: str, decode: Callable[[bytes], Any] = json.loads) -> Any:
        if self.folder is None:
            return None
        try:
            handle = os.open(self.folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            with os.fdopen(handle, "rb") as stream:
                seal, _, body = stream.read().partition(b"\n")
        except OSError:
            return None
        if hashlib.sha256(body).hexdigest().encode() != seal:
            return None
        data = decode(body)
        return data if (data.get("version"), data.get("key")) == (VERSION, self.key) else None


def open_cache(root: Path, as_of: date) -> Cache:
    """The cache of a workspace for this day. It is not looked for behind a link, which may lead anywhere."""
    settings = read_bytes(root, MARKER)
    if not isinstance(settings, bytes):
        return Cache(None)
    build = folder_in(settings, "build")
    below = [build.rsplit("/", depth)[0] for depth in range(build.count("/") + 1)]
    if any((root / path).is_symlink() for path in (*below, f"{build}/{FOLDER}")):
        return Cache(None)
    place = root.stat()  # a cache that came with the files, or from another machine, is none
    key = hashlib.sha256(repr((str(as_of), settings, place.st_dev, place.st_ino)).encode())
    for part in (*_program(), *_templates(root, folder_in(settings, "templates"))):
        key.update(part)
    return Cache(root / build / FOLDER, key.hexdigest(), folder_in(settings, "cases"))


def _program() -> Iterator[bytes]:
    """The program's own files as Python itself knows that a module changed (size and time), and the names of the
    installed packages, which hold their versions."""
    yield sys.version.encode()
    waiting = [str(Path(__file__).parents[1])]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.is_dir() and entry.name != "__pycache__":
                    waiting.append(entry.path)
                elif entry.name.endswith((".py", ".yaml")):
                    seen = entry.stat()
                    yield f"{entry.path} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns}\n".encode()
    for place in sys.path:
        if place.endswith("-packages"):
            names = os.listdir(place)  # noqa: PTH208 -- names alone, and five times as fast
            yield "\n".join(sorted(name for name in names if name.endswith(".dist-info"))).encode()


def _templates(root: Path, folder: str) -> Iterator[bytes]:
    """Editions, manuscripts and everything else that drafters edit, links not followed."""
    base = str(root / folder)
    for place, names, files in os.walk(base):
        names.sort()
        for name in sorted(files):
            path = f"{folder}{place[len(base) :]}/{name}"
            content = read_bytes(root, path)
            raw = content if isinstance(content, bytes) else content.code.encode()
            yield f"{path} {len(raw)}\n".encode("utf-8", "surrogateescape") + raw
