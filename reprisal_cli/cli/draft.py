"""`reprisal draft`."""

from __future__ import annotations

import typer

from reprisal_cli.cli.case_steps import CaseArgument
from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, Edition, TextOrJson, day


def draft(
    context: typer.Context,
    case_id: CaseArgument,
    edition: Edition = None,
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """Write the sentences that an edition would print of a case into its file, as a start for the drafter.

    They are made from the fields, with references ({p1}, {u1}) where they name a person or an action, and print the
    same words as before. A text that is there is never written over.
    """
    from reprisal_cli.cli.changes import finish
    from reprisal_cli.pipeline.casework import open_casework
    from reprisal_cli.pipeline.draft import draft

    change = draft(open_casework(context.obj, day(as_of) or today()), case_id, edition)
    finish(change, form=output_format)
