"""`reprisal init`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.", metavar="DIR")],
    git: Annotated[
        bool, typer.Option("--git", help="Make it a repository that shows and merges case files by what they say.")
    ] = False,
) -> None:
    """Make a new workspace with one invented case, ready to build.

    It gets settings, an edition with its manuscript, the house style, and a case of Exampleland.
    """
    from reprisal_cli.cli.clock import today
    from reprisal_cli.cli.output import say
    from reprisal_cli.store.starter import make_workspace

    count = make_workspace(folder, today())
    say(f"{folder}: {count} files written", sys.stdout)
    if git:
        from reprisal_cli.pipeline.git import set_up

        set_up(folder, new=True)
        say(f"Next: cd {folder}, reprisal validate, reprisal build report", sys.stdout)
    else:
        say(f"Next: cd {folder}, git init, reprisal git setup, reprisal validate, reprisal build report", sys.stdout)
