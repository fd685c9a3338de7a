"""`reprisal guard`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reprisal_cli.cli.clock import today


def guard(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="Look at all that git holds, not only at what is staged.")
    ] = False,
) -> None:
    """Stop names and secrets before they are committed. Looks at the staged content, as a pre-commit hook does.

    Finds names in clear without consent, files of the vault that are not sealed, documents as received among the cases,
    secret keys, and editors' left-overs. git never forgets: what was committed once stays in the history.
    """
    from reprisal_cli.cli.output import print_findings, say
    from reprisal_cli.pipeline.guard import guard_workspace

    root, count, found = guard_workspace(context.obj, today(), everything)
    print_findings(found, root, "concise", sys.stdout)
    say(f"looked at {count} files: {len(found)} findings")
    if found:
        if not everything:
            say("  help: git holds a copy of what was staged: mend it, stage it anew, then `git prune --expire=now`")
        raise typer.Exit(1)
