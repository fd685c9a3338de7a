"""`reprisal codeowners`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def codeowners(
    context: typer.Context,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="Compare with this file; exit code 1 if it is not up to date.", metavar="FILE"),
    ] = None,
) -> None:
    """Print a CODEOWNERS file: who is asked to review the cases of which region, and the rest.

    `owners` in reprisal.yaml names them, by regional group, by State, for all, templates, vault and settings:

    owners: {all: ['@desk'], african: ['@africa'], EGY: ['@cairo'], vault: ['@safety']}

    reprisal codeowners > .github/CODEOWNERS
    """
    from reprisal_cli.cli.output import say
    from reprisal_cli.pipeline.owners import is_fresh, owners

    _, wanted = owners(context.obj)
    if check is None:
        sys.stdout.write(wanted)
    elif not is_fresh(check, wanted):
        say(f"{check} is not what reprisal.yaml says; reprisal codeowners prints it")
        raise typer.Exit(1)
