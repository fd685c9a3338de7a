"""`reprisal validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, Ignore, OutputFormat, Preset, Select, codes, day

CHECKING, CHANGING = "What is checked and shown", "Mending files"


def validate(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Show these files or folders alone; else all.", metavar="[PATHS]...", show_default=False),
    ] = None,
    output_format: OutputFormat = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    as_of: AsOf = None,
    preset: Preset = "publish",
    select: Select = None,
    ignore: Ignore = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            help="Show what changed since the merge base with REV, and all that depends on it.",
            metavar="REV",
            rich_help_panel=CHECKING,
        ),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again at each save, until Ctrl-C.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Make the fixes that keep the meaning.", rich_help_panel=CHANGING)
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes", help="With --fix or --diff: also those that may change it.", rich_help_panel=CHANGING
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help="Show what --fix would change, values masked; writes nothing.", rich_help_panel=CHANGING
        ),
    ] = False,
    allow_dirty: Annotated[
        bool,
        typer.Option(
            "--allow-dirty",
            help="With --fix: also files with changes that git does not hold.",
            rich_help_panel=CHANGING,
        ),
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Read everything again, and keep nothing under build/cache/.")
    ] = False,
) -> None:
    """Check every case, edition and setting of the workspace. Writes nothing, unless told to --fix.

    Findings go to standard output, the account of all files to standard error. What a file allows
    (`# reprisal: allow RC203 -- reason`) and what reprisal.yaml sets under `rules` is left out. All is read, whatever
    is asked for: --since, PATHS, --select and --ignore say what is shown and counted.

    Exit code 0: no errors; 1: errors in the data; 2: there is no workspace, or a wrong option.
    """
    from reprisal_cli.cli.validate_run import Ask, run, watch_and_run

    ask = Ask(
        start=context.obj,
        as_of=day(as_of) or today(),
        form=output_format,
        strict=strict,
        paths=tuple(paths or ()),
        preset=preset,
        select=codes(select),
        ignore=codes(ignore),
        since=since,
        fix=fix,
        unsafe=unsafe_fixes,
        diff=diff,
        allow_dirty=allow_dirty,
        cached=not no_cache,
    )
    raise typer.Exit(watch_and_run(ask) if watch else run(ask))
