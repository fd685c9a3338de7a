"""`reprisal sign`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, Edition, day


def sign(
    context: typer.Context,
    case_id: Annotated[str, typer.Argument(metavar="CASE")],
    by: Annotated[str, typer.Option("--by", help="Who signs, as in the case files: reviewer-1.", metavar="WHO")],
    of: Annotated[str, typer.Option("--of", help="What is signed: text, safety or response.", metavar="WHAT")] = "text",
    edition: Edition = None,
    as_of: AsOf = None,
) -> None:
    """Sign off the text, the safety or the responses of a case for an edition.

    The sign-off holds a digest of just what it covers: an edit of that makes it stale, an edit elsewhere does not. An
    approved case needs text and safety signed by two people, neither of them the drafter.
    """
    from reprisal_cli.cli.output import say
    from reprisal_cli.pipeline.sign import sign as sign_case

    signed = sign_case(context.obj, case_id, edition, of, by, day(as_of) or today())
    if signed.fresh:
        say(f"{signed.path}: already signed, and nothing has changed since", sys.stdout)
    else:
        say(f"{signed.path}: signed; to commit: git add {signed.path}", sys.stdout)
