"""Where a workspace begins. It needs nothing but the standard library, so that a command can ask the cache first."""

from __future__ import annotations

import os
import re
from pathlib import Path

from reprisal_cli.diagnostic import ReprisalError

MARKER = "reprisal.yaml"
UNDO = ".reprisal-undo"
"""What is written down while files of several folders are written (`undo.py`)."""
UNDONE = ".kept-undone"
"""What it becomes when they are taken back: git may hold some of them, but not this, which it is told to ignore."""
_FOLDER = r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*"


def nearest(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds `reprisal.yaml`, or None."""
    return next((folder for folder in (start, *start.parents) if (folder / MARKER).is_file()), None)


def find_root(start: Path) -> Path:
    """The workspace at or above `start`. Raises ReprisalError if there is none.

    What a command left half done that was killed there is taken back first, so that nobody reads it.
    """
    root = nearest(start)
    if root is None:
        raise ReprisalError(f"no {MARKER} here or in a folder above", "`reprisal init DIR` makes a workspace")
    if os.path.lexists(root / UNDO):
        from reprisal_cli.store.undo import put_back

        put_back(root)
    return root


def folder_in(settings: bytes, name: str) -> str:
    """A folder that the settings name, or the default, without reading YAML. It is a guess of where to look for a
    cache, never trusted: settings that say it in another way just have none."""
    match = re.search(rf"^{name}: *({_FOLDER}) *\r?$".encode(), settings, re.MULTILINE)
    return match.group(1).decode() if match else name
