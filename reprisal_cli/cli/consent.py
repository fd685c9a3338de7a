"""`reprisal consent`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reprisal_cli.cli.clock import today
from reprisal_cli.cli.identity import quiet
from reprisal_cli.cli.options import AsOf, TextOrJson, day

if TYPE_CHECKING:
    from datetime import date

    from reprisal_cli.checks.due import Due
    from reprisal_cli.compile.trace import Printed
    from reprisal_cli.pipeline.consent import Withdrawal

app = typer.Typer(help="Consents: what is to be renewed, and what to do when one is withdrawn.", no_args_is_help=True)


@app.command("due")
def list_due(
    context: typer.Context,
    within: Annotated[int, typer.Option("--within", help="Days to look ahead.", metavar="DAYS", min=0)] = 90,
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """List consents and risk decisions that are past their day or come to it, by State and assignee."""
    from reprisal_cli.checks.due import due
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.store.corpus import load_corpus
    from reprisal_cli.store.workspace import open_workspace

    if output_format not in ("text", "json"):
        raise ReprisalError(f"there is no output format {output_format} here", "choose text or json")
    now = day(as_of) or today()
    corpus, _ = load_corpus(open_workspace(context.obj)[0])
    found = due(corpus, now, within)
    if output_format == "json":
        sys.stdout.write(_as_json(found, now))
    else:
        _print_due(found, now)
    late = sum(one.day < now for one in found)
    say(f"{len(found)} to renew by {within} days after {now}, {late} of them past their day")
    say(f"read {corpus.read} = {corpus.read - corpus.refused} cases + {corpus.refused} refused")


def _print_due(found: list[Due], now: date) -> None:
    from reprisal_cli.cli.output import say

    group = ("", "")
    for one in found:
        if (one.state, one.assignee) != group:
            group = (one.state, one.assignee)
            say(f"{one.state}  {one.assignee}", sys.stdout)
        past = "past" if one.day < now else "by"
        person = one.person or "-"
        say(f"  {one.case}  {person:<4}  {one.what:<32}  {past} {one.day}  ({one.why})", sys.stdout)


def _as_json(found: list[Due], now: date) -> str:
    import json

    from msgspec import to_builtins

    listed = [{**to_builtins(one), "day": one.day.isoformat(), "past": one.day < now} for one in found]
    return json.dumps({"version": 1, "as_of": now.isoformat(), "due": listed}, ensure_ascii=False, indent=1) + "\n"


@app.command()
@quiet()
def withdrawn(
    context: typer.Context,
    case_id: Annotated[str, typer.Argument(metavar="CASE", help="The id of a case.")],
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The reference of the person, as p1.")],
    note: Annotated[
        Path | None, typer.Option("--note", help="Write the draft of the corrigendum here.", metavar="FILE")
    ] = None,
    look_in: Annotated[
        list[Path] | None, typer.Option("--look-in", help="Another folder of built documents.", metavar="DIR")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Change the case file; without it, only say what would change.")
    ] = False,
    allow_dirty: Annotated[bool, typer.Option("--allow-dirty", help="Change a file that is not committed.")] = False,
) -> None:
    """A consent was withdrawn: list every place where the person was printed, take the person out, draft a corrigendum.

    Without --yes nothing is changed. The person, and a case with nobody left, is out of the next build.
    """
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.consent import withdrawal, write_withdrawal

    done = withdrawal(context.obj, case_id, person, look_in or ())
    if yes and done.changes and done.dirty and not allow_dirty:
        raise ReprisalError(f"{done.path} has changes that are not committed", "commit them, or say --allow-dirty")
    _print_places(done.places)
    _print_change(done, yes)
    change = yes and bool(done.changes)
    write_withdrawal(done, note, change)
    if done.note:
        say(f"the draft of a corrigendum is in {note}" if note is not None else f"\n{done.note}", sys.stdout)
    if change:
        say(f"{done.path}: written", sys.stdout)


def _print_places(places: tuple[Printed, ...]) -> None:
    from reprisal_cli.cli.output import say

    say("printed:" if places else "printed nowhere that is known here", sys.stdout)
    for one in places:
        numbers = ", ".join(map(str, one.numbers)) or "not known"
        about = f" (by reference in {', '.join(map(str, one.about))})" if one.about else ""
        what = {"paragraphs": f"paras. {numbers}{about}", "rows": f"table rows {numbers}"}.get(one.kind, "figures")
        more = f"  {'; '.join(one.names)}" if one.names else ""
        say(f"  {one.edition}  {one.where}  {one.part or '-'}  {what}{more}", sys.stdout)


def _print_change(done: Withdrawal, yes: bool) -> None:
    from reprisal_cli.cli.output import say

    for change in done.changes:
        say(f"{done.path}: {change}", sys.stdout)
    for text in done.texts:
        say(
            f"{done.path}: {text} still refers to the person: take the reference, and what is said of it, out",
            sys.stdout,
        )
    if not done.changes:
        say(f"{done.path}: the consent is withdrawn already", sys.stdout)
    elif not yes:
        say("nothing was changed; --yes writes the case file", sys.stdout)
    say("what was published, and git's history, keeps what it had: docs/threat-model.md")
