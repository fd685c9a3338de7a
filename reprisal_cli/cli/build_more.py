"""`reprisal build`: the documents beside the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reprisal_cli.cli.build_run import run
from reprisal_cli.cli.identity import Identity, keys_if
from reprisal_cli.cli.options import ALL, AsOf, Edition, Out, To, day, formats

State = Annotated[str, typer.Argument(help="The State's code, as EGY.", metavar="STATE", show_default=False)]

UpTo = Annotated[
    str | None, typer.Option("--edition", "-e", help="Up to this edition; else all of them.", metavar="ID")
]


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


def dossier(
    context: typer.Context,
    state: State,
    edition: UpTo = None,
    to: To = ALL,
    out: Out = None,
    as_of: AsOf = None,
    identity: Identity = None,
) -> None:
    """Build all that the reports ever said of a State: places, texts, replies, measures, and what is open.

    For the State: it tells of what it may see. Measures and improvements come first; after the cases stands a form by
    which the State can inform the Council (operative paragraph 8).
    """
    from reprisal_cli.pipeline.documents import build_dossier

    start: Path = context.obj
    run(lambda: build_dossier(start, state, edition, formats(to), out, day(as_of), keys_if(identity)))


def president(
    context: typer.Context,
    session: Annotated[int, typer.Option("--session", "-s", help="The Council's session, as 54.", metavar="NUMBER")],
    edition: UpTo = None,
    to: To = ALL,
    out: Out = None,
    as_of: AsOf = None,
    identity: Identity = None,
) -> None:
    """Build the list of cases brought to the attention of the President of the Council at a session.

    A case is listed if the President took it up in these days, or if it concerns cooperation with the Council then.
    With it comes the text of the oral update. It tells of what may be said before the Council (consent with the use
    `oral`, and what is public already).
    """
    from reprisal_cli.pipeline.documents import build_president

    start: Path = context.obj
    run(lambda: build_president(start, session, edition, formats(to), out, day(as_of), keys_if(identity)))


def briefing(
    context: typer.Context,
    edition: Edition = None,
    to: To = ALL,
    out: Out = None,
    as_of: AsOf = None,
    identity: Identity = None,
) -> None:
    """Build key figures and trends on two pages, for the oral presentation.

    What may be said aloud is what consent with the use `oral` covers, and what is public already. A figure that could
    point to a person is left out. It is compared with the edition that the edition names as the one before.
    """
    from reprisal_cli.pipeline.documents import build_briefing

    start: Path = context.obj
    run(lambda: build_briefing(start, edition, formats(to), out, day(as_of), keys_if(identity)))
