"""The manuscripts of editions, for the rules that read them: as text, each file once."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.model.edition import Edition, Manuscript
from reprisal_cli.parse import decode
from reprisal_cli.store.read import is_inside, read_bytes, walk
from reprisal_cli.store.workspace import Workspace


def read_manuscripts(workspace: Workspace) -> dict[str, dict[str, str]]:
    """By edition and path: the files that `contents` and `summary` name, beside `edition.yaml` or in the shared folder,
    and the sections of States. A file that is not there, or cannot be read, is left out."""
    texts: dict[str, str | None] = {}
    found: dict[str, dict[str, str]] = {}
    for edition in workspace.editions:
        own: dict[str, str] = {}
        for choices in _choices(workspace, edition):
            for path in choices:
                if path not in texts:
                    texts[path] = _text(workspace, path)
                text = texts[path]
                if text is not None:
                    own[path] = text
                    break
        found[edition.id] = own
    return found


def _choices(workspace: Workspace, edition: Edition) -> Iterator[tuple[str, ...]]:
    """For each manuscript the places where it may lie, the nearest first; a copy has the words of its original."""
    folder = f"{workspace.editions_dir}/{edition.id}"
    names = [item.manuscript for item in edition.contents if isinstance(item, Manuscript)]
    names += [edition.summary] if edition.summary else []
    for name in names:
        yield places_of(workspace, edition, name)
    for path in walk(workspace.place, f"{folder}/states", ".md"):
        if isinstance(path, str) and path.count("/") == folder.count("/") + 2:
            yield (path,)


def places_of(workspace: Workspace, edition: Edition, name: str) -> tuple[str, ...]:
    """Where a manuscript of an edition may lie: beside it, beside the edition of which it is a copy, in the shared
    folder."""
    folders = [f"{workspace.editions_dir}/{own}" for own in (edition.id, edition.of) if own]
    return (*(f"{folder}/{name}" for folder in folders), f"{workspace.settings.templates}/manuscript/{name}")


def _text(workspace: Workspace, path: str) -> str | None:
    if not is_inside(workspace.place, path):
        return None
    raw = read_bytes(workspace.place, path)
    if isinstance(raw, Diagnostic):
        return None
    text, fault = decode(raw, path)
    return None if fault else text
