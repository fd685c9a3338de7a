"""The command line as a whole: one file a noun, put together here. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reprisal_cli.cli import build, case, consent, edition, git, import_, template, vault
from reprisal_cli.cli.codeowners import codeowners
from reprisal_cli.cli.diff import diff
from reprisal_cli.cli.draft import draft
from reprisal_cli.cli.guard import guard
from reprisal_cli.cli.init import init
from reprisal_cli.cli.preview import preview
from reprisal_cli.cli.publish import publish
from reprisal_cli.cli.rule import rule
from reprisal_cli.cli.scan import scan, sign_receipt, verify
from reprisal_cli.cli.schema import schema
from reprisal_cli.cli.sign import sign
from reprisal_cli.cli.stats import stats
from reprisal_cli.cli.status import status
from reprisal_cli.cli.suggest import suggest
from reprisal_cli.cli.validate import validate
from reprisal_cli.cli.words import words

app = typer.Typer(
    name="reprisal",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout.isatty() else None,  # a pipe gets plain lines
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(validate)
app.command()(diff)
app.command()(codeowners)
app.command()(guard)
app.command()(rule)
app.command()(words)
app.command()(schema)
app.command()(sign)
app.command()(draft)
app.command()(suggest)
app.command()(status)
app.command()(publish)
app.command()(stats)
app.add_typer(build.app, name="build")
app.add_typer(case.app, name="case")
app.add_typer(edition.app, name="edition")
app.add_typer(import_.app, name="import")
app.add_typer(vault.app, name="vault")
app.add_typer(consent.app, name="consent")
app.command()(preview)
app.add_typer(template.app, name="template")
app.add_typer(git.app, name="git")
app.command()(init)
app.command()(scan)
app.command()(sign_receipt)
app.command()(verify)


@app.callback()
def main(
    context: typer.Context,
    workspace: Annotated[
        Path, typer.Option("--workspace", "-C", help="A folder of the workspace, instead of this one.", metavar="DIR")
    ] = Path(),
) -> None:
    """Compiles case files in git into the report on intimidation and reprisals.

    Start with `reprisal validate`, then `reprisal build report`. `reprisal init DIR` makes a new workspace.
    """
    context.obj = workspace
