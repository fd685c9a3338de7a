"""Clear text that lies in the folders of a workspace, before anybody stages it: by names alone, and the first line of a
file of the vault (`docs/protection.md`). What is staged is looked at by `guard.py`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

from reprisal_cli.diagnostic import Diagnostic, Location
from reprisal_cli.review.guard import DOCUMENT, LEFT_OVER, VAULT, begins_sealed, is_left_over, is_received
from reprisal_cli.rule import warning

NEARBY = warning("RC855", "editor-left-over-nearby")
RULES = (NEARBY,)
ALL = (VAULT, DOCUMENT, NEARBY)
"""What this may find; `LEFT_OVER` is for what is staged."""
assert LEFT_OVER not in ALL

_FIRST = 40
_SETTING = re.compile(r"^(cases|vault): *([A-Za-z0-9_][A-Za-z0-9._/-]*) *(?:#.*)?$", re.MULTILINE)


def lying_around(root: Path) -> Iterator[Diagnostic]:
    """Documents as received among the cases, files of the vault in clear, and what editors left in either folder."""
    folders = {"cases": "cases", "vault": "vault", **_folders(root)}
    for path in _files(root, folders["cases"], but=".yaml"):
        if is_left_over(path):
            yield _nearby(path)
        elif is_received(path):
            hint = "reprisal vault put CASE FILE keeps it sealed"
            yield DOCUMENT.at(Location(path), "a document as received lies among the cases in clear", hint)
    for path in _files(root, folders["vault"]):
        if is_left_over(path):
            yield _nearby(path)
        elif not begins_sealed(path, _start(root / path)):
            yield VAULT.at(Location(path), "this file of the vault is in clear", "seal it, then take this one away")


def _nearby(path: str) -> Diagnostic:
    return NEARBY.at(
        Location(path), "an editor left this copy of a file", "take it away: it may hold what was taken out"
    )


def _folders(root: Path) -> dict[str, str]:
    """The folders that the settings name, as far as they lie in the workspace. The settings are searched, not parsed: a
    check that finds nothing changed reads no YAML."""
    try:
        text = (root / "reprisal.yaml").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    return {key: os.path.normpath(folder) for key, folder in _SETTING.findall(text)}


def _files(root: Path, folder: str, but: str = "\0") -> Iterator[str]:
    """Every file below a folder, hidden ones too, without following a link; not those with a plain name that has the
    ending `but`, which nothing here is about, and which there may be very many of."""
    try:
        with os.scandir(root / folder) as entries:
            others = [one for one in entries if not _is_plain(one, but)]
    except OSError:
        return
    for entry in sorted(others, key=attrgetter("name")):
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files(root, path, but)
        else:
            yield path


def _is_plain(entry: os.DirEntry[str], but: str) -> bool:
    return entry.name.endswith(but) and entry.name[0].isalnum() and not entry.is_dir(follow_symlinks=False)


def _start(path: Path) -> bytes:
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
            return stream.read(_FIRST)
    except OSError:
        return b""
