"""`reprisal case`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reprisal_cli.cli.case_develop import develop
from reprisal_cli.cli.case_new import new
from reprisal_cli.cli.case_respond import respond
from reprisal_cli.cli.case_set import set_
from reprisal_cli.cli.case_steps import close, set_status
from reprisal_cli.cli.clock import today

app = typer.Typer(
    help="The cases: open one, look at them, take them on. Edits keep comments and order, and say what to commit.",
    no_args_is_help=True,
)
app.command()(new)


@app.command("list")
def list_cases(
    context: typer.Context,
    state: Annotated[str | None, typer.Option("--state", help="Only this State's, as EGY.", metavar="CODE")] = None,
    status: Annotated[str | None, typer.Option("--status", help="Only those of this status.", metavar="WORD")] = None,
    edition: Annotated[
        str | None, typer.Option("--edition", "-e", help="Only those with text or a place in it.", metavar="ID")
    ] = None,
) -> None:
    """List cases, a line each: id, State, status, kind of record, editions, title."""
    from reprisal_cli.cli.output import account_checked, say
    from reprisal_cli.pipeline.load import load

    loaded = load(context.obj, today())
    for case in sorted(loaded.corpus.cases, key=lambda case: case.id):
        editions = sorted({*case.text, *(entry.edition for entry in case.reports)})
        if state in (None, *case.states) and status in (None, case.status) and edition in (None, *editions):
            say(f"{case.id}  {case.status}  {case.record}  {','.join(editions) or '-'}  {case.title}", sys.stdout)
    say(account_checked(loaded))


@app.command()
def show(context: typer.Context, case_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Show one case: what is in its file, without any name."""
    from reprisal_cli.cli.casework import describe
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.load import load

    loaded = load(context.obj, today())
    file = loaded.corpus.by_id.get(case_id)
    if file is None:
        raise ReprisalError(f"there is no case {case_id} that can be read", "`reprisal case list` shows the ids")
    for line in describe(file):
        say(line, sys.stdout)


app.command()(set_status)
app.command("set")(set_)
app.command()(respond)
app.command()(develop)
app.command()(close)
