"""Workspaces that hold a hostile input."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

WHOLE = Path(__file__).parents[1] / "examples" / "whole"
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def make_workspace(folder: Path) -> Path:
    """The two examples of the case format, with what a build needs."""
    root = folder / "workspace"
    shutil.copytree(WHOLE, root)
    for name in ("house", "sentences"):
        shutil.copytree(TEMPLATES / name, root / "templates" / name)
    return root
