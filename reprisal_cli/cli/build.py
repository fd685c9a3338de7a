"""`reprisal build`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reprisal_cli.cli.identity import Identity, keys_if, quiet
from reprisal_cli.cli.options import AsOf, Edition, Out, To, day, formats

if TYPE_CHECKING:
    from reprisal_cli.pipeline.build import Built

app = typer.Typer(help="Build documents from the cases.", no_args_is_help=True)
ALL = "docx,pdf,html"


@app.command()
def report(
    context: typer.Context,
    edition: Edition = None,
    to: To = ALL,
    out: Out = None,
    as_of: AsOf = None,
    identity: Identity = None,
) -> None:
    """Build the annual report of an edition.

    Beside the documents stand report.map.json (where each paragraph comes from), report.figures.json (what proves
    each figure) and manifest.json. If a case is at fault, nothing is written.
    With --identity, names in the vault are printed where their owners agreed to it; else these persons are described.
    """
    from reprisal_cli.pipeline.build import build_report

    start: Path = context.obj
    _run(lambda: build_report(start, edition, formats(to), out, day(as_of), keys_if(identity)))


@app.command()
def annex(
    context: typer.Context,
    mechanism: Annotated[
        str, typer.Option("--mechanism", "-m", help="A family of bodies, as treaty-bodies.", metavar="FAMILY")
    ],
    edition: Edition = None,
    to: To = ALL,
    out: Out = None,
    as_of: AsOf = None,
    identity: Identity = None,
) -> None:
    """Build one family of mechanisms' own extract: what it did, and the text of its cases.

    The families are hrc, upr, special-procedures, treaty-bodies, security-council, ohchr-and-sg, other-un, regional.
    """
    from reprisal_cli.pipeline.build import build_annex

    start: Path = context.obj
    _run(lambda: build_annex(start, edition, mechanism, formats(to), out, day(as_of), keys_if(identity)))


def _run(work: Callable[[], Built]) -> None:
    """Builds, and says what was read, used, held back and written."""
    from reprisal_cli.cli.output import account_built, print_findings, say
    from reprisal_cli.diagnostic import has_errors
    from reprisal_cli.pipeline.build import FaultyWorkspace
    from reprisal_cli.store.root import find_root

    try:
        with quiet():
            built = work()
    except FaultyWorkspace as problem:
        print_findings(problem.found, find_root(Path.cwd()), "text", sys.stderr)
        raise typer.Exit(1) from None
    root = built.loaded.workspace.root
    found = [*built.loaded.found, *built.found]
    print_findings(found, root, "text", sys.stderr)
    say(account_built(built), sys.stdout)
    if has_errors(found):
        raise typer.Exit(1)
