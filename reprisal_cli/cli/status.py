"""`reprisal status`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, day

FORMS = ("text", "json", "markdown", "ics")


def status(
    context: typer.Context,
    assignee: Annotated[
        str | None, typer.Option("--assignee", help="Only this desk's cases; - for those nobody has.", metavar="WHO")
    ] = None,
    within: Annotated[
        int, typer.Option("--within", help="Days to look ahead for consents and risk decisions.", metavar="DAYS", min=0)
    ] = 90,
    silent: Annotated[
        int, typer.Option("--silent", help="Cases of which so many editions said nothing.", metavar="N", min=1)
    ] = 2,
    everything: Annotated[bool, typer.Option("--all", help="Every line, not only what fits on a screen.")] = False,
    as_of: AsOf = None,
    output_format: Annotated[
        str,
        typer.Option(
            "--output-format",
            help="text, json, markdown or ics (a calendar of what is due).",
            metavar="FORM",
            autocompletion=lambda: list(FORMS),
        ),
    ] = "text",
) -> None:
    """Show what is to be done: one screen for the desk.

    Cases by stage, and what keeps each from its next step; replies due and overdue by State; consents and risk
    decisions to renew; cases of which the last editions said nothing; sign-offs of what has changed since. Nothing of
    it is a name, a title or a text: it may go into a calendar or a ticket.
    """
    from reprisal_cli.cli.status_forms import as_json, as_lines, as_markdown
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.status import status as status_of

    if output_format not in FORMS:
        raise ReprisalError(f"there is no output format {output_format} here", f"choose from {', '.join(FORMS)}")
    found = status_of(context.obj, day(as_of) or today(), assignee, within, silent)
    if output_format == "json":
        sys.stdout.write(as_json(found))
    elif output_format == "markdown":
        sys.stdout.write(as_markdown(found))
    elif output_format == "ics":
        from reprisal_cli.cli.status_ics import as_calendar

        sys.stdout.write(as_calendar(found))
    else:
        from reprisal_cli.cli.output import say

        for line in as_lines(found, everything):
            say(line, sys.stdout)
    if found.refused:
        from reprisal_cli.cli.output import say

        say(f"{found.refused} of {found.read} files could not be read and are in no line: `reprisal validate`")
