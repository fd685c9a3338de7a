"""`reprisal diff`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reprisal_cli.cli.options import Edition


def diff(
    context: typer.Context,
    old: Annotated[
        str | None, typer.Argument(metavar="[OLD]", help="A branch, tag or commit; else the last commit.")
    ] = None,
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="The same; else the working tree.")] = None,
    require: Annotated[
        bool, typer.Option("--require", help="Say which sign-offs the change needs; exit code 1 until they are there.")
    ] = False,
    effect: Annotated[
        bool, typer.Option("--effect", help="Also what it does to the report: paragraphs, numbers, counts.")
    ] = False,
    edition: Edition = None,
    output_format: Annotated[
        str,
        typer.Option(
            "--output-format",
            help="text, markdown (one comment), json or html.",
            metavar="FORM",
            autocompletion=lambda: ["text", "markdown", "json", "html"],
        ),
    ] = "text",
) -> None:
    """Say what changed by meaning, a case at a time, the riskiest first.

    `reprisal diff` compares the last commit with the working tree, `reprisal diff OLD NEW` two revisions, and
    `reprisal diff origin/main...HEAD` a branch with where it began, as a pull request does.

    A case is followed by its id, wherever its file moves. No name, note or title is shown, and of texts only what a
    document would print; words that may be names are masked (•••).

    Exit code 0, or 1 with --require while a sign-off is missing.
    """
    from reprisal_cli.cli.diff_forms import FORMS
    from reprisal_cli.cli.diff_said import account, missing
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.diff import tell

    if output_format not in FORMS:
        raise ReprisalError("there is no such output format", f"choose {', '.join(FORMS)}")
    told = tell(context.obj, old, new, require, effect, edition)
    sys.stdout.write(FORMS[output_format](told))
    left = missing(told.needs or ())
    say("; ".join(part for part in (account(told.diff), left) if part))
    if left:
        raise typer.Exit(1)
