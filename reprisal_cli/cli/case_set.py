"""`reprisal case set`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reprisal_cli.cli.case_steps import CaseArgument
from reprisal_cli.cli.clock import today
from reprisal_cli.cli.options import AsOf, TextOrJson, day


def set_(
    context: typer.Context,
    case_id: CaseArgument,
    fields: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE...", help="As persons.p1.limb=b, risk.decision=publish.")
    ] = None,
    unset: Annotated[list[str] | None, typer.Option("--unset", help="Take this key out.", metavar="KEY")] = None,
    as_of: AsOf = None,
    output_format: TextOrJson = "text",
) -> None:
    """Set fields of a case: what is there is changed, what is not is made in its place.

    persons.p1.consent.level=public-no-name sets one; items are called by their reference, or by their number from 0.
    A reference that is new makes an item (persons.p2.kind=..., persons.p2.gender=...), `+` one that has no reference
    (cooperation.+.body=upr). Lists have commas between. KEY=@FILE takes the value from a file.
    """
    from reprisal_cli.cli.changes import finish
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.case_set import CASE, set_fields
    from reprisal_cli.pipeline.casework import open_casework
    from reprisal_cli.pipeline.fields import setting

    if not fields and not unset:
        raise ReprisalError("nothing is to be set", "KEY=VALUE, or --unset KEY")
    settings = [setting(text, CASE, from_file(text)) for text in fields or ()]
    change = set_fields(open_casework(context.obj, day(as_of) or today()), case_id, settings, unset or ())
    finish(change, form=output_format)


def from_file(text: str) -> str | None:
    """The words of a file that a value names, or None if it names none."""
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.dialect import MAX_VALUE
    from reprisal_cli.protect.memory import read_private

    value = text.partition("=")[2]
    if not value.startswith("@"):
        return None
    raw = read_private(Path(value[1:]), MAX_VALUE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReprisalError("the file is not UTF-8", "save it as UTF-8") from None
