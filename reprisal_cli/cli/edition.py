"""`reprisal edition`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reprisal_cli.cli.clock import today
from reprisal_cli.cli.edition_new import carry_over, new
from reprisal_cli.cli.edition_set import set_

app = typer.Typer(help="The editions of the report: look at them, begin the next one.", no_args_is_help=True)
app.command("new")(new)
app.command("set")(set_)
app.command("carry-over")(carry_over)


@app.command("list")
def list_editions(context: typer.Context) -> None:
    """List the editions, a line each: id, symbol, reporting period, number of cases."""
    from reprisal_cli.cli.output import account_checked, say
    from reprisal_cli.model.membership import in_edition
    from reprisal_cli.pipeline.load import load

    loaded = load(context.obj, today())
    workspace = loaded.workspace
    for edition in workspace.editions:
        cases = sum(in_edition(case, edition) for case in loaded.corpus.cases)
        default = "  (default)" if edition.id == workspace.settings.edition else ""
        period = f"{edition.period.first}/{edition.period.last}"
        say(f"{edition.id}  {edition.symbol or '-'}  {period}  {cases} case{'s' * (cases != 1)}{default}", sys.stdout)
    say(account_checked(loaded))


@app.command()
def show(context: typer.Context, edition_id: Annotated[str | None, typer.Argument(metavar="ID")] = None) -> None:
    """Show one edition: its masthead, its period, and the cases that it tells or holds back."""
    from reprisal_cli.cli.output import say
    from reprisal_cli.compile.select import select
    from reprisal_cli.pipeline.load import load
    from reprisal_cli.protect.disclose import disclose

    loaded = load(context.obj, today())
    edition = loaded.workspace.edition(edition_id)
    say(f"{edition.id}  {edition.symbol or 'no symbol yet'}  {edition.title}", sys.stdout)
    say(f"  period    {edition.period.first}/{edition.period.last}", sys.stdout)
    say(f"  date      {edition.date or '-'}  version {edition.version}", sys.stdout)
    public = disclose(loaded.corpus, edition)
    for told in select(public):
        say(f"  {told.place:<9} {told.case.id}", sys.stdout)
    for held in public.held_back:
        say(f"  held back {held.id}  {held.reason}", sys.stdout)
