"""The manuscripts of editions, for the rules that read them: as text, each file once."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.model.edition import Edition, Manuscript
from reprisal_cli.parse import decode
from reprisal_cli.store.read import read_bytes
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
    """For each manuscript the places where it may lie, the nearest first."""
    folder = f"{workspace.editions_dir}/{edition.id}"
    names = [item.manuscript for item in edition.contents if isinstance(item, Manuscript)]
    names += [edition.summary] if edition.summary else []
    for name in names:
        yield f"{folder}/{name}", f"{workspace.settings.templates}/manuscript/{name}"
    for file in sorted((workspace.root / folder / "states").glob("*.md")):
        yield (f"{folder}/states/{file.name}",)


def _text(workspace: Workspace, path: str) -> str | None:
    if not (workspace.root / path).resolve().is_relative_to(workspace.root):
        return None
    raw = read_bytes(workspace.root, path)
    if isinstance(raw, Diagnostic):
        return None
    text, fault = decode(raw, path)
    return None if fault else text
