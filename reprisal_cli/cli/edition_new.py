"""`reprisal edition new` and `edition carry-over`."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import to_builtins

from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, TextOrJson, day

if TYPE_CHECKING:
    from reprisal_cli.pipeline.carry_over import CarryOver


def new(
    context: typer.Context,
    edition_id: Annotated[str, typer.Argument(metavar="ID", help="The id of the new edition, as hrc-63.")],
    before: Annotated[
        str | None, typer.Option("--from", help="The edition before; else the last one.", metavar="ID")
    ] = None,
    of: Annotated[
        str | None, typer.Option("--of", help="Make the General Assembly's copy of this edition.", metavar="ID")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until", help="The last day of its period, if it is not a year.", formats=["%Y-%m-%d"], metavar="DATE"
        ),
    ] = None,
) -> None:
    """Begin the next edition.

    Its period starts on the day after that of the edition before ends. The masthead and the contents are carried over
    with their comments; what is of one issue alone (symbol, dates, job number) is left out until it is known, and
    stands as comments at the end of the file. Sections that lie beside the old edition alone are copied as a start.
    """
    from reprisal_cli.cli.changes import to_commit
    from reprisal_cli.cli.output import say
    from reprisal_cli.pipeline.edition_new import new_edition, write_edition

    made = new_edition(context.obj, edition_id, before, day(until), of)
    write_edition(made)
    period = f"{made.edition.period.first}/{made.edition.period.last}"
    say(f"{made.folder}/edition.yaml: made, period {period}", sys.stdout)
    for name in made.carried:
        say(f"{made.folder}/{name}: carried over, to be written anew", sys.stdout)
    to_commit(made.root, [made.folder], f"{edition_id}: begun")


def carry_over(
    context: typer.Context,
    edition_id: Annotated[str | None, typer.Argument(metavar="ID", help="The edition; else the last one.")] = None,
    silent: Annotated[
        int, typer.Option("--silent", help="Cases of which so many editions said nothing.", metavar="N", min=1)
    ] = 2,
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """List what an edition must take up, and why.

    Cases that are open; cases with an act, a reply, a measure or a development that is newer than the edition which
    told them last; replies overdue; cases of which the last editions said nothing.
    """
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.carry_over import carry_over as carried

    if output_format not in ("text", "json"):
        raise ReprisalError(f"there is no output format {output_format} here", "choose text or json")
    found = carried(context.obj, edition_id, day(as_of) or today(), silent)
    if output_format == "json":
        sys.stdout.write(_as_json(found))
        return
    here = sum(one.here for one in found.cases)
    say(f"{found.edition.id}: {len(found.cases)} to take up, {here} of them in it already (+)", sys.stdout)
    for one in found.cases:
        last = f"last told in {one.last}" if one.last else "never told"
        say(f"  {'+' if one.here else '-'} {one.case}  {one.status}  {last}", sys.stdout)
        for reason in one.why:
            say(f"      {reason}", sys.stdout)
    say(f"read {found.read} = {found.read - found.refused} cases + {found.refused} refused")


def _as_json(found: CarryOver) -> str:
    head = {"version": 1, "edition": found.edition.id, "as_of": f"{found.as_of}"}
    return json.dumps({**head, "cases": to_builtins(found.cases)}, ensure_ascii=False, indent=1) + "\n"
