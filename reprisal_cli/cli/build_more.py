"""`reprisal build`: the documents beside the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reprisal_cli.cli.build_run import run
from reprisal_cli.cli.identity import Identity, keys_if
from reprisal_cli.cli.options import ALL, AsOf, Edition, Out, To, day, formats

State = Annotated[str, typer.Argument(help="The State's code, as EGY.", metavar="STATE", show_default=False)]


def letter(
    context: typer.Context,
    state: State,
    edition: Edition = None,
    to: To = ALL,
    out: Out = None,
    as_of: AsOf = None,
    identity: Identity = None,
) -> None:
    """Build the note verbale to a State: its own cases, what is asked, until when, and a form for the reply.

    It tells of those who agreed that their case is put to the State (consent with the use `state`), and of cases that
    are public already; from the day on which a case is cleared. The language is that of
    templates/letters/languages.yaml, English where none is set there.
    """
    from reprisal_cli.pipeline.documents import build_letter

    start: Path = context.obj
    run(lambda: build_letter(start, state, edition, formats(to), out, day(as_of), keys_if(identity)))
