"""`reprisal sign`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, Edition, day

if TYPE_CHECKING:
    from reprisal_cli.pipeline.sign import Signing


def sign(
    context: typer.Context,
    case_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[CASE]...", help="One case, or several.", show_default=False)
    ] = None,
    by: Annotated[
        str,
        typer.Option("--by", help="Who signs, as in the case files: reviewer-1.", metavar="WHO", envvar="REPRISAL_BY"),
    ] = "",
    of: Annotated[str, typer.Option("--of", help="What is signed: text, safety or response.", metavar="WHAT")] = "text",
    edition: Edition = None,
    list_unsigned: Annotated[
        bool, typer.Option("--list", help="Show what waits for a signature; with --by, only what WHO may sign.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Sign several cases without being asked.")] = False,
    as_of: AsOf = None,
) -> None:
    """Sign off the text, the safety or the responses of cases for an edition.

    A sign-off holds a digest of just what it covers: an edit of that makes it stale, an edit elsewhere does not. An
    approved case needs text and safety signed by two people, neither of them the drafter. Nothing but this command
    writes one. Several cases are listed and signed after a question.
    """
    from reprisal_cli.cli.changes import to_commit
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.sign import signing, write_signings

    if list_unsigned:
        _list(context, edition, by)
        return
    if not case_ids or not by:
        hint = "`reprisal sign CASE --of text --by WHO`; `reprisal sign --list` shows what waits for a signature"
        raise ReprisalError("which case is signed, and by whom?", hint)
    listed = signing(context.obj, case_ids, edition, of, by, day(as_of) or today())
    new = [one for one in listed if one.raw is not None]
    if len(new) > 1 and not yes:
        _ask(new, of, by)
    write_signings(listed)
    for one in listed:
        if one.raw is None:
            say(f"{one.path}: already signed, and nothing has changed since", sys.stdout)
    for one in new:
        say(f"{one.path}: {of} signed", sys.stdout)
    if new:
        named = f"{new[0].case}" if len(new) == 1 else f"{len(new)} cases"
        to_commit(new[0].root, [one.path for one in new], f"{named}: {of} signed by {by}")


def _ask(new: list[Signing], of: str, by: str) -> None:
    """Nobody signs a list unseen: it is shown, and asked about; where nobody can be asked, it has to be said."""
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError

    for one in new:
        say(f"  {one.case}")
    if not sys.stdin.isatty():
        raise ReprisalError(f"{len(new)} cases are to be signed", "say --yes once each of them has been read")
    if not typer.confirm(f"{by} has read the {of} of these {len(new)} cases, and signs?", err=True):
        raise ReprisalError("nothing was signed", "sign one by one, or name those that were read")


def _list(context: typer.Context, edition_id: str | None, by: str) -> None:
    from reprisal_cli.cli.output import say
    from reprisal_cli.pipeline.sign import unsigned

    edition, waiting = unsigned(context.obj, edition_id)
    shown = [one for one in waiting if not by or by not in one.not_by]
    for one in shown:
        but = f"  (not by {', '.join(one.not_by)})" if one.not_by else ""
        say(f"{one.case}  {one.status}  {one.of:<6}  {one.why}{but}", sys.stdout)
    say(f"{edition.id}: {len(shown)} sign-offs are wanted" + (f" that {by} may give" if by else ""))
