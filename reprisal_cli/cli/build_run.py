"""What every `reprisal build` command does around its one call."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reprisal_cli.cli.identity import quiet

if TYPE_CHECKING:
    from reprisal_cli.pipeline.produce import Built


def run(work: Callable[[], Built]) -> None:
    """Builds, and says what was read, used, held back and written."""
    from reprisal_cli.cli.output import account_built, print_findings, say
    from reprisal_cli.diagnostic import has_errors
    from reprisal_cli.pipeline.prepare import FaultyWorkspaceError
    from reprisal_cli.store.root import find_root
    from reprisal_cli.store.workers import no_collection

    try:
        with quiet(), no_collection():  # a report is many small values that all live until it is written
            built = work()
    except FaultyWorkspaceError as problem:
        print_findings(problem.found, find_root(Path.cwd()), "text", sys.stderr)
        raise typer.Exit(1) from None
    root = built.loaded.workspace.root
    found = [*built.loaded.found, *built.found]
    print_findings(found, root, "text", sys.stderr)
    for remark in built.remarks if built.folder is not None else ():
        say(remark, sys.stdout)
    say(account_built(built), sys.stdout)
    if built.stamp and built.folder is not None:
        say(built.stamp, sys.stdout)
    if has_errors(found):
        raise typer.Exit(1)
