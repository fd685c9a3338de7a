"""`reprisal case`: the commands on one case; `list` and `show` are here, those that change a case beside it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reprisal_cli.cli.case_develop import develop
from reprisal_cli.cli.case_new import new
from reprisal_cli.cli.case_respond import respond
from reprisal_cli.cli.case_set import set_
from reprisal_cli.cli.case_steps import CaseArgument, close, merge, set_status
from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, TextOrJson, day

app = typer.Typer(
    help="The cases: open one, look at them, take them on. Edits keep comments and order, and say what to commit.",
    no_args_is_help=True,
)
app.command()(new)


@app.command("list")
def list_cases(
    context: typer.Context,
    state: Annotated[str | None, typer.Option("--state", help="Only this State's, as EGY.", metavar="CODE")] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="Only those of this status; several with commas.", metavar="WORD")
    ] = None,
    edition: Annotated[
        str | None, typer.Option("--edition", "-e", help="Only those with text or a place in it.", metavar="ID")
    ] = None,
    assignee: Annotated[
        str | None, typer.Option("--assignee", help="Only those of this desk; `-` for nobody's.", metavar="WHO")
    ] = None,
    body: Annotated[
        str | None,
        typer.Option("--body", help="Only those with this body, or a family: cat, treaty-bodies.", metavar="ID"),
    ] = None,
    act: Annotated[
        str | None,
        typer.Option("--act", help="Only those with this act or group: threats, liberty.", metavar="WORD"),
    ] = None,
    overdue: Annotated[
        bool,
        typer.Option("--overdue", help="Only those with a reply, a consent or a risk decision overdue."),
    ] = False,
    text: Annotated[
        str | None, typer.Option("--text", help="Only those with these words in title or text.", metavar="WORDS")
    ] = None,
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """List cases, a line each: id, status, kind of record, editions, title. Filters narrow it, all together."""
    from reprisal_cli.cli.casework import case_as_data
    from reprisal_cli.cli.output import account_checked, form_of, say, write_json
    from reprisal_cli.pipeline.case_develop import word
    from reprisal_cli.pipeline.case_list import Filter, listed
    from reprisal_cli.pipeline.load import load

    form = form_of(output_format)
    now = day(as_of) or today()
    wanted = Filter(
        state=word("states", state, "--state"),
        statuses=tuple(word("statuses", one.strip(), "--status") or "" for one in status.split(",")) if status else (),
        edition=edition,
        assignee=assignee,
        body=body,
        act=act,
        overdue=overdue,
        text=text,
    )
    loaded = load(context.obj, now)
    found = listed(loaded, wanted, now)
    if form == "json":
        write_json({"as_of": f"{now}", "cases": [case_as_data(file) for file in found]})
    for file in found if form == "text" else ():
        case = file.case
        editions = sorted({*case.text, *(entry.edition for entry in case.reports)})
        say(f"{case.id}  {case.status}  {case.record}  {','.join(editions) or '-'}  {case.title}", sys.stdout)
    say(account_checked(loaded))


@app.command()
def show(
    context: typer.Context,
    case_id: CaseArgument,
    output_format: TextOrJson = "text",
) -> None:
    """Show one case: what is in its file, without any name."""
    from reprisal_cli.cli.casework import case_as_data, describe
    from reprisal_cli.cli.output import form_of, say, write_json
    from reprisal_cli.pipeline.casework import case_of
    from reprisal_cli.pipeline.load import load

    form = form_of(output_format)
    loaded = load(context.obj, today())
    file = case_of(loaded.corpus, case_id)
    if form == "json":
        write_json({"case": case_as_data(file, whole=True)})
        return
    for line in describe(file):
        say(line, sys.stdout)


app.command()(set_status)
app.command("set")(set_)
app.command()(respond)
app.command()(develop)
app.command()(merge)
app.command()(close)
