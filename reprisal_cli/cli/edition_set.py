"""`reprisal edition set`."""

from __future__ import annotations

from typing import Annotated

import typer

from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, TextOrJson, day


def set_(
    context: typer.Context,
    edition_id: Annotated[str, typer.Argument(metavar="ID", help="The id of the edition, as hrc-63.")],
    fields: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE...", help="As symbol=A/HRC/63/12, version=final.")
    ] = None,
    unset: Annotated[list[str] | None, typer.Option("--unset", help="Take this key out.", metavar="KEY")] = None,
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """Set fields of an edition as they become known: symbol, date, note_verbale.reply_due, version.

    What is there is changed, what is not is made in its place; comments stay. Lists have commas between
    (order.XXA=XXA-2025-002,XXA-2025-001). An edition that is frozen is not changed.
    """
    from reprisal_cli.cli.case_set import from_file
    from reprisal_cli.cli.changes import finish
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.edition_set import EDITION, set_edition
    from reprisal_cli.pipeline.fields import setting

    if not fields and not unset:
        raise ReprisalError("nothing is to be set", "KEY=VALUE, or --unset KEY")
    settings = [setting(text, EDITION, from_file(text)) for text in fields or ()]
    change = set_edition(context.obj, edition_id, settings, day(as_of) or today(), unset or ())
    finish(change, form=output_format)
