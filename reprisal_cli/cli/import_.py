"""`reprisal import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reprisal_cli.cli.identity import Identity, keys_if, quiet
from reprisal_cli.cli.options import Edition

app = typer.Typer(help="Bring edits back that were made elsewhere.", no_args_is_help=True)


@app.command()
def word(
    context: typer.Context,
    document: Annotated[Path, typer.Argument(help="The report as it came back.", metavar="DOCX", show_default=False)],
    edition: Edition = None,
    identity: Identity = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")] = False,
    commit: Annotated[
        bool, typer.Option("--commit", help="One commit for each editor, under the editor's name.")
    ] = False,
) -> None:
    """Bring edits back that were made in the report in Word: into the case files and manuscripts.

    Tracked changes count as accepted. Words that came out of the data are refused, with the field to edit instead;
    what cannot be placed, and every comment, is listed. Exit code 0: all is placed; 1: something is listed or refused;
    2: not a document of ours. Look at the difference before you commit it, and `reprisal validate` it (docs/word.md).
    """
    from reprisal_cli.cli.output import print_findings, say
    from reprisal_cli.pipeline.import_word import import_word

    start: Path = context.obj
    with quiet():
        done = import_word(start, document, edition, keys_if(identity), dry_run, commit)
    if done.found:
        print_findings(done.found, done.loaded.workspace.root, "text", sys.stderr)
        raise typer.Exit(1)
    for item in done.items:
        by = f" [{', '.join(name for name in item.authors if name)}]" if any(item.authors) else ""
        say(f"{item.kind}: {item.where}{by}: {item.words}", sys.stdout)
        if item.hint:
            say(f"  {item.hint}", sys.stdout)
    count = {kind: sum(item.kind == kind for item in done.items) for kind in ("placed", "refused", "listed")}
    verb = "would change" if dry_run else "changed"
    made = f", {done.commits} commits" if done.commits else ""
    say(
        f"{count['placed']} placed, {count['refused']} refused, {count['listed']} listed; "
        f"{verb} {', '.join(sorted(done.files)) or 'nothing'}{made}",
        sys.stdout,
    )
    if not done.whole:
        raise typer.Exit(1)
