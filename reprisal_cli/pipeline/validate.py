"""`reprisal validate`: everything that is wrong in a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reprisal_cli.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `root` is the workspace; `read` counts the case files found, `refused` those that could not
    become a case."""

    root: Path
    read: int
    refused: int
    found: list[Diagnostic]


def validate(start: Path, as_of: date) -> Checked:
    """Reads and checks a workspace. Raises ReprisalError if there is none."""
    from reprisal_cli.pipeline.load import load

    loaded = load(start, as_of)
    return Checked(loaded.workspace.root, loaded.read, loaded.refused, loaded.found)
