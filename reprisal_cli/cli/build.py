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
    from reprisal_cli.pipeline.produce import Built

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
    final: Annotated[
        bool, typer.Option("--final", help="For publication: with --identity, of approved cases alone.")
    ] = False,
    sign: Annotated[
        Path | None,
        typer.Option("--sign", help="With --final: sign the manifest with this ssh key.", metavar="FILE"),
    ] = None,
) -> None:
    """Build the annual report of an edition.

    Beside the documents stand report.map.json (where each paragraph comes from), report.figures.json (what proves
    each figure) and manifest.json. If a case is at fault, nothing is written.
    With --identity, names in the vault are printed where their owners agreed to it; else these persons are described.
    Before anything is written, all of it is searched for what may be in no document (docs/leak-gate.md); names of the
    vault only with --identity, else the documents say that they were not checked.
    """
    from reprisal_cli.pipeline.build import build_report

    start: Path = context.obj
    if (final and identity is None) or (sign and not final):
        from reprisal_cli.diagnostic import ReprisalError

        raise ReprisalError("a final document is checked against the vault", "say --final and --identity FILE")
    signer = _signer(sign) if sign else None
    _run(lambda: build_report(start, edition, formats(to), out, day(as_of), keys_if(identity), final, signer))


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


def _signer(key: Path) -> Callable[[bytes], bytes]:
    from reprisal_cli.protect.receipt import sign

    return lambda manifest: sign(manifest, key)


def _run(work: Callable[[], Built]) -> None:
    """Builds, and says what was read, used, held back and written."""
    from reprisal_cli.cli.output import account_built, print_findings, say
    from reprisal_cli.diagnostic import has_errors
    from reprisal_cli.pipeline.prepare import FaultyWorkspaceError
    from reprisal_cli.store.root import find_root
    from reprisal_cli.store.workers import no_collection

    try:
        with quiet(), no_collection():  # a report is many small values that all live until it is written
            built = work()
    except FaultyWorkspaceError as problem:
        print_findings(problem.found, find_root(Path.cwd()), "text", sys.stderr)
        raise typer.Exit(1) from None
    root = built.loaded.workspace.root
    found = [*built.loaded.found, *built.found]
    print_findings(found, root, "text", sys.stderr)
    say(account_built(built), sys.stdout)
    if built.stamp and built.folder is not None:
        say(built.stamp, sys.stdout)
    if has_errors(found):
        raise typer.Exit(1)
