"""`reprisal suggest`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from reprisal_cli.cli.case_steps import CaseArgument
from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, TextOrJson, day

if TYPE_CHECKING:
    from reprisal_cli.pipeline.suggest import Suggestion


def suggest(
    context: typer.Context,
    case_id: CaseArgument,
    brief: Annotated[bool, typer.Option("--brief", help="A line each.")] = False,
    language: Annotated[str, typer.Option("--language", help="Of the words of the toolbox.", metavar="CODE")] = "en",
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """Suggest what the United Nations could do next about a case, and why; what was done is marked.

    Out of the toolbox (docs/toolbox.md), by the acts, by whom the person cooperated with, by what has come back. What
    has to come first, a consent or a decision on the risk, is said. Nothing is written: you decide.
    """
    from msgspec import to_builtins

    from reprisal_cli.cli.output import form_of, say, write_json
    from reprisal_cli.pipeline.casework import open_casework
    from reprisal_cli.pipeline.suggest import ENDED, suggest

    form = form_of(output_format)
    now = day(as_of) or today()
    work = open_casework(context.obj, now)
    case = work.file(case_id).case
    found = suggest(work, case_id, language)
    if form == "json":
        write_json({"as_of": f"{now}", "case": case_id, "status": case.status, "suggestions": to_builtins(found)})
        return
    say(f"{case.id}  {case.status}  {case.title}", sys.stdout)
    if case.status in ENDED:
        say("the case has ended: nothing is suggested", sys.stdout)
    for group, heading in (("next", "could be done next"), ("not-now", "not for now"), ("done", "done")):
        listed = [one for one in found if one.group == group]
        if listed:
            say(f"\n{heading}", sys.stdout)
        for one in listed:
            _print(one, brief or group == "done")


def _print(one: Suggestion, brief: bool) -> None:
    from textwrap import wrap

    from reprisal_cli.cli.output import say

    marks = [f"see {', '.join(one.seen)}"] * bool(one.seen) + ["public"] * one.public
    shown = f"  ({'; '.join(marks)})" if marks else ""
    say(f"  {one.tool:<28} {one.name}{shown}", sys.stdout)
    if brief:
        return
    say(f"    by     {', '.join(one.by)}", sys.stdout)
    if one.facts:
        say(f"    fits   {'; '.join(one.facts)}", sys.stdout)
    for label, line in zip(("why", *[""] * 9), wrap(one.why, 88), strict=False):
        say(f"    {label:<6} {line}", sys.stdout)
    if one.first:
        say(f"    first  {'; '.join(one.first)}", sys.stdout)
    say(f"    basis  {one.basis}", sys.stdout)
    if one.group == "next":
        say(f"    record {one.command}", sys.stdout)
