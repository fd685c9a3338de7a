"""`reprisal validate`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reprisal_cli.cli.options import AsOf, day, today

Form = Annotated[
    str, typer.Option("--output-format", help="text, concise or json.", metavar="FORM", show_default=True)
]


def validate(
    context: typer.Context,
    output_format: Form = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    as_of: AsOf = None,
) -> None:
    """Check every case, edition and setting of the workspace. Writes nothing.

    Exit code 0: no errors; 1: errors in the data; 2: there is no workspace.
    """
    from reprisal_cli.cli.output import account_checked, print_findings, say
    from reprisal_cli.diagnostic import ReprisalError, has_errors
    from reprisal_cli.pipeline.validate import validate as run

    if output_format not in ("text", "concise", "json"):
        raise ReprisalError(f"there is no output format {output_format}", "choose text, concise or json")
    checked = run(context.obj, day(as_of) or today())
    print_findings(checked.found, checked.root, output_format, sys.stdout)
    say(account_checked(checked))
    if has_errors(checked.found) or (strict and checked.found):
        raise typer.Exit(1)
