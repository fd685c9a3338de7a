"""`reprisal git`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="What git calls for case files, and how it is told to.", no_args_is_help=True)


@app.command()
def setup(context: typer.Context) -> None:
    """Tell this repository to show and merge case files by what they say. Once for each clone.

    `.gitattributes` names the files; git takes programs only from the settings of a clone, which this writes.
    """
    from reprisal_cli.cli.output import say
    from reprisal_cli.pipeline.git import set_up
    from reprisal_cli.store.root import find_root

    root = find_root(context.obj.resolve())
    set_up(root)
    say("git shows and merges case files by what they say from now on, in this clone", sys.stdout)
    if not (root / ".gitattributes").is_file():
        say("`.gitattributes` is missing: it needs the line: cases/**/*.yaml diff=reprisal merge=reprisal", sys.stdout)


@app.command()
def textconv(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Print a case file a line for each thing that it says: for `git log -p` and `git diff`."""
    from reprisal_cli.pipeline.git import shown

    sys.stdout.buffer.write(shown(file))


@app.command()
def merge(
    base: Annotated[Path, typer.Argument(metavar="BASE")],
    ours: Annotated[Path, typer.Argument(metavar="OURS")],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS")],
    marker_size: Annotated[int, typer.Option("--marker-size", help="How long conflict marks are.")] = 7,
) -> None:
    """Merge two edits of a case file, entry by entry, into OURS: what `git merge` calls.

    Two people who each add a response, a development or a sign-off do not meet. A reference that both gave (r3) becomes
    the next free one for theirs, in their texts too. What is not certain gets the conflict marks of git: exit code 1.
    """
    from reprisal_cli.pipeline.git import merge_files

    if merge_files(base, ours, theirs, marker_size).conflicts:
        raise typer.Exit(1)
