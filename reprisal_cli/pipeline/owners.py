"""`reprisal codeowners`: the file for a workspace."""

from __future__ import annotations

from pathlib import Path

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.review.owners import codeowners
from reprisal_cli.review.revision import prefix_of
from reprisal_cli.store.workspace import open_workspace


def owners(start: Path) -> tuple[Path, str]:
    """The root of the workspace, and what its CODEOWNERS should say."""
    workspace, found = open_workspace(start)
    if any(one.location.path == "reprisal.yaml" and one.severity == "error" for one in found):
        raise ReprisalError("reprisal.yaml is at fault", "`reprisal validate` says how")
    folder = workspace.root / workspace.settings.cases
    present = {path.name for path in folder.glob("[A-Z][A-Z][A-Z]") if path.is_dir()}
    return workspace.root, codeowners(workspace.settings, prefix_of(workspace.root), present)


def is_fresh(path: Path, wanted: str) -> bool:
    """Whether a file says what it should."""
    return path.is_file() and path.read_bytes() == wanted.encode()
