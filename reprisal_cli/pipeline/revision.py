"""A workspace as a revision holds it, in memory: nothing is checked out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reprisal_cli.diagnostic import Diagnostic, ReprisalError
from reprisal_cli.review.judge import settings_of
from reprisal_cli.review.revision import blobs, commits, listing
from reprisal_cli.store.read import Held
from reprisal_cli.store.root import MARKER
from reprisal_cli.store.workspace import Workspace, workspace_at


def open_revision(root: Path, revision: str) -> tuple[Workspace, list[Diagnostic]]:
    """The workspace of a folder as a revision has it, with what is wrong in its settings and editions.

    Raises ReprisalError if git knows no such revision, or if it has no workspace there.
    """
    (commit,) = commits(root, revision)
    return workspace_at(root, held(root, listing(root, commit), {}))


def held(root: Path, listed: Mapping[str, str], known: Mapping[str, bytes]) -> Held:
    """The records and manuscripts of a listing (`review/revision.py`); `known` are contents that were read before."""
    if MARKER not in listed:
        raise ReprisalError(f"the revision has no {MARKER} in this folder", "name one in which the workspace stands")
    marker = blobs(root, [listed[MARKER]])
    settings = settings_of(Held({MARKER: marker.get(listed[MARKER])}))
    folders = tuple(f"{settings.get(name, name)}/" for name in ("cases", "templates"))
    wanted = {path: name for path, name in listed.items() if path.startswith(folders) and _read(path)}
    contents = {**known, **marker, **blobs(root, set(wanted.values()) - set(known))}
    return Held({path: contents.get(name) for path, name in {**wanted, MARKER: listed[MARKER]}.items()})


def _read(path: str) -> bool:
    """Whether it may be a record, a manuscript or a figure of the statistics: the other looks of documents are those of
    the program that compares."""
    figure = "/figures/" in path and path.lower().endswith(".json")
    return figure or path.lower().endswith((".yaml", ".yml", ".md"))
