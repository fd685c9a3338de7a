"""`reprisal build`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from reprisal_cli.cli import build_more
from reprisal_cli.cli.build_run import run
from reprisal_cli.cli.identity import Identity, keys_if
from reprisal_cli.cli.options import ALL, AsOf, Edition, Out, ReferenceDoc, To, day, formats

app = typer.Typer(help="Build documents from the cases.", no_args_is_help=True)


@app.command()
def report(
    context: typer.Context,
    edition: Edition = None,
    to: To = ALL,
    out: Out = None,
    as_of: AsOf = None,
    identity: Identity = None,
    reference_doc: ReferenceDoc = None,
    final: Annotated[
        bool, typer.Option("--final", help="For publication: with --identity, of approved cases alone.")
    ] = False,
    sign: Annotated[
        Path | None,
        typer.Option("--sign", help="With --final: sign the manifest with this ssh key.", metavar="FILE"),
    ] = None,
    budget: Annotated[
        bool, typer.Option("--budget", help="Show the words by section and State, and the forecast; write nothing.")
    ] = False,
) -> None:
    """Build the annual report of an edition.

    Beside the documents stand report.map.json (where each paragraph comes from), report.figures.json (what proves
    each figure) and manifest.json. If a case is at fault, nothing is written.
    With --identity, names in the vault are printed where their owners agreed to it; else these persons are described.
    Before anything is written, all of it is searched for what may be in no document (docs/leak-gate.md); names of the
    vault only with --identity, else the documents say that they were not checked.
    Each build says how many words the body has, of how many; --budget says where they are, what is still to come, and
    what would have to move to an annex.
    """
    from reprisal_cli.pipeline.build import build_report

    start: Path = context.obj
    if budget:
        from reprisal_cli.cli.budget import show_budget

        show_budget(start, edition, day(as_of))
        return
    if (final and identity is None) or (sign and not final):
        from reprisal_cli.diagnostic import ReprisalError

        raise ReprisalError("a final document is checked against the vault", "say --final and --identity FILE")
    signer = _signer(sign) if sign else None
    when, named = day(as_of), formats(to)
    run(lambda: build_report(start, edition, named, out, when, keys_if(identity), final, signer, reference_doc))


@app.command()
def annex(
    context: typer.Context,
    mechanism: Annotated[
        str, typer.Option("--mechanism", "-m", help="A family of bodies, as treaty-bodies.", metavar="FAMILY")
    ],
    form: Annotated[
        str, typer.Option("--form", help="table: the actions alone; long: the text of the cases too.", metavar="FORM")
    ] = "long",
    edition: Edition = None,
    to: To = ALL,
    out: Out = None,
    as_of: AsOf = None,
    identity: Identity = None,
    reference_doc: ReferenceDoc = None,
) -> None:
    """Build one family of mechanisms' own extract: what it did and, in the long form, the text of its cases.

    The families are hrc, upr, special-procedures, treaty-bodies, security-council, ohchr-and-sg, other-un, regional.
    """
    from reprisal_cli.pipeline.build import build_annex

    start: Path = context.obj
    when, named = day(as_of), formats(to)
    run(lambda: build_annex(start, edition, mechanism, named, out, when, keys_if(identity), form, reference_doc))


@app.command()
def redline(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help="The revision to compare with, as a tag or commit.", metavar="OLD")],
    new: Annotated[str, typer.Argument(help="The revision to build.", metavar="NEW")] = "HEAD",
    edition: Edition = None,
    to: To = "docx,html",
    out: Out = None,
    identity: Identity = None,
    author: Annotated[
        str,
        typer.Option("--author", help="Who stands on every change; else those who wrote the commits.", metavar="NAME"),
    ] = "",
) -> None:
    """Build the report in Word with the difference between two revisions as tracked changes; as a page, side by side.

    Accepting all changes gives the report of NEW, rejecting all that of OLD. A comment names the case and the commit.
    Both are built as ever: what may not be told is not there. Where a consent was withdrawn or narrowed since OLD, the
    whole case is left out of the old side too, and is named here (docs/word.md).
    """
    import sys

    from reprisal_cli.cli.output import say
    from reprisal_cli.pipeline.redline import Redlined, build_redline

    start: Path = context.obj
    done: list[Redlined] = []

    def work() -> Any:
        done.append(build_redline(start, old, new, edition, formats(to), out, keys_if(identity), author))
        return done[0].built

    run(work)
    if done[0].left_out:
        say(f"left out of the old side: {', '.join(done[0].left_out)} (less may be told of them now)", sys.stdout)


def _signer(key: Path) -> Callable[[bytes], bytes]:
    from reprisal_cli.protect.receipt import sign

    return lambda manifest: sign(manifest, key)


for command in (build_more.letter, build_more.dossier, build_more.president, build_more.briefing):
    app.command()(command)
