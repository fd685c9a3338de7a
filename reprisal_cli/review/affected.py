"""What a change touches: the changed files, and all that depends on them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reprisal_cli.diagnostic import Diagnostic, Location
from reprisal_cli.review.revision import Changes
from reprisal_cli.rule import error

DELETED = error("RC025", "deleted-case")
RULES = (DELETED,)
_CASE_ID = re.compile(rb"\b[A-Z]{3}-[0-9]{4}-[0-9]{3,6}\b")
_MAY_BELONG = re.compile(rb"^status: *['\"]?(?:drafted|approved)\b", re.MULTILINE)
_TOOL = (
    "reprisal_cli/model/",
    "reprisal_cli/register/",
    "reprisal_cli/checks/",
    "reprisal_cli/parse.py",
    "reprisal_cli/store/",
)


def affected(changes: Changes, cases: Iterable[tuple[str, bytes]], editions: str) -> frozenset[str] | None:
    """The paths whose findings may have changed; None stands for all.

    `cases` are the case files with their bytes, `editions` the folder of editions. Two cases hang together if one
    names the other's id (in a text, in `covers`, in `merged_into`), so it is looked for in the bytes: that works for
    files that cannot be read, too.
    """
    paths = changes.changed | changes.deleted
    if any(path == "reprisal.yaml" or path.startswith(_TOOL) for path in paths):
        return None
    names = {path.removeprefix(f"{editions}/").split("/")[0] for path in paths if path.startswith(f"{editions}/")}
    ids = {_id(path) for path in paths if path.endswith(".yaml")}
    listed = list(cases)
    named = {found for path, raw in listed if path in paths for found in _ids(raw)}
    touched = {
        path for path, raw in listed if _id(path) in named | ids or ids & _ids(raw) or (names and _belongs(raw, names))
    }
    return frozenset(paths | touched)


def deleted_cases(changes: Changes, folder: str, present: Iterable[str]) -> list[Diagnostic]:
    """A finding for each case file that is gone, unless it was only moved."""
    names = {path.rpartition("/")[2] for path in present}
    gone = sorted(path for path in changes.deleted if path.startswith(f"{folder}/") and path.endswith(".yaml"))
    hint = "bring it back with `git restore`; a case ends by a status with a reason"
    return [
        DELETED.at(Location(path), "this case file was deleted", hint)
        for path in gone
        if path.rpartition("/")[2] not in names
    ]


def _id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _ids(raw: bytes) -> set[str]:
    return {found.decode() for found in _CASE_ID.findall(raw)}


def _belongs(raw: bytes, editions: set[str]) -> bool:
    """Whether a case may be in one of the editions: it names it, or its status lets the period decide."""
    return bool(_MAY_BELONG.search(raw)) or any(
        re.search(rb"\b%s\b" % re.escape(name.encode()), raw) for name in editions
    )
