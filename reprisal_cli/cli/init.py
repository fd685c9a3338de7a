"""`reprisal init`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.", metavar="DIR")]) -> None:
    """Make a new workspace with one invented case, ready to build.

    It gets settings, an edition with its manuscript, the house style, and a case of Exampleland.
    """
    from reprisal_cli.cli.clock import today
    from reprisal_cli.cli.output import say
    from reprisal_cli.store.starter import make_workspace

    count = make_workspace(folder, today())
    say(f"{folder}: {count} files written", sys.stdout)
    say(f"Next: cd {folder}, git init, reprisal validate, reprisal build report", sys.stdout)
