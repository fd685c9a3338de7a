"""`reprisal case set-status`, `case merge` and `case close`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reprisal_cli.cli.changes import By
from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, TextOrJson, day

_HOW = {
    "": "`reprisal case set {case} KEY=VALUE` and `reprisal case develop {case}` write what is missing",
    "transmitted": "`reprisal case develop {case} --action KIND --to STATE` writes what was put to a State",
    "answered": "`reprisal case respond {case}` writes what a State replied, or that it did not",
    "unanswered": "`reprisal case respond {case} --none-as-of DATE` writes that a State did not reply",
    "drafted": "`reprisal draft {case} --edition ID` makes a start of a text; then it is edited in the file",
    "approved": "`reprisal sign {case} --edition ID --of text` (and safety) signs; `reprisal sign --list` says who",
    "published": "`reprisal publish EDITION` takes this step for all cases of an edition",
}
"""How what a gate misses is written: by the status that was asked for."""
CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The id of a case, as EGY-2020-003.")]
Reason = Annotated[str | None, typer.Option("--reason", help="Why: for an end, and for a step back.", metavar="TEXT")]


def set_status(
    context: typer.Context,
    case_id: CaseArgument,
    status: Annotated[str, typer.Argument(metavar="STATUS", help="screened, verified, cleared, transmitted….")],
    by: By,
    reason: Reason = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say whether the gate is open, and what is missing.")
    ] = False,
    on: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """Take a case a step on, if its gate is open.

    The file is looked at as it would be after the step, by the rules RC7 of `validate`. What is missing is said, and
    nothing is written (exit code 1); `--output-format json` names for each thing the gate that asks for it. Each step
    is a line in `history`.
    """
    from reprisal_cli.checks.cycle import ROW
    from reprisal_cli.cli.changes import as_data, finish, refuse
    from reprisal_cli.cli.output import form_of, say, write_json
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.case_status import Step, set_status
    from reprisal_cli.pipeline.casework import open_casework

    form_of(output_format)
    if status == "merged":
        raise ReprisalError("a case is merged into another one", f"`reprisal case merge {case_id} --into CASE`")
    now = day(on) or today()
    change = set_status(open_casework(context.obj, now), case_id, Step(status, by, now, reason))
    how = _HOW.get(status, _HOW[""]).format(case=case_id) if status in ROW or status == "follow-up" else ""
    if dry_run:
        refuse(change, output_format, how)
        if output_format == "json":
            write_json(as_data(change, tried=True))
            return
        say(f"{case_id}: the gate to {status} is open; nothing was written", sys.stdout)
        return
    finish(change, form=output_format, how=how)


def merge(
    context: typer.Context,
    case_id: CaseArgument,
    into: Annotated[str, typer.Option("--into", help="The case that goes on.", metavar="CASE")],
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="How it is known that the two are one.", metavar="TEXT")],
    on: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """End a case that is the same as another one. Both files say so; what the other lacks is taken over by hand."""
    from reprisal_cli.cli.changes import finish
    from reprisal_cli.pipeline.case_merge import merge
    from reprisal_cli.pipeline.case_status import Step
    from reprisal_cli.pipeline.casework import open_casework

    now = day(on) or today()
    finish(merge(open_casework(context.obj, now), case_id, into, Step("merged", by, now, reason)), form=output_format)


def close(
    context: typer.Context,
    case_id: CaseArgument,
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            help="It begins with one of: resolved, remedy, wish of the victim, no information for N reports, merged.",
            metavar="TEXT",
        ),
    ],
    by: By,
    on: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """Close a case that was published, with the reason. It can be opened again: `set-status CASE follow-up`."""
    from reprisal_cli.cli.changes import finish
    from reprisal_cli.pipeline.case_status import Step, set_status
    from reprisal_cli.pipeline.casework import open_casework

    now = day(on) or today()
    change = set_status(open_casework(context.obj, now), case_id, Step("closed", by, now, reason))
    finish(change, form=output_format)
