"""The command line as a whole: one file a noun, put together here. Nothing heavy is imported before a command runs, and
of the commands only the one that was asked for: typer takes longer to look at all of them than most take to run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from reprisal_cli.cli.killed import taken_back

_OWN = ("-C", "--workspace")
"""Options that stand before the noun, each with a value."""

NOUNS = {
    "validate": "validate",
    "diff": "diff",
    "codeowners": "codeowners",
    "guard": "guard",
    "rule": "rule",
    "words": "words",
    "schema": "schema",
    "sign": "sign",
    "draft": "draft",
    "suggest": "suggest",
    "status": "status",
    "publish": "publish",
    "stats": "stats",
    "preview": "preview",
    "init": "init",
    "scan": "scan",
    "sign-receipt": "scan",
    "verify": "scan",
    "build": "build",
    "case": "case",
    "edition": "edition",
    "import": "import_",
    "vault": "vault",
    "consent": "consent",
    "template": "template",
    "git": "git",
}
"""What can be asked for, in the order of the help, and the module that has it: as `app` where it is a group of
commands, else as a function of its name."""


def application(words: Sequence[str] = ()) -> typer.Typer:
    """The command line, as far as it is needed for what was typed; all of it where no noun is found."""
    noun = _noun(words)
    app = typer.Typer(
        name="reprisal",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich" if sys.stdout.isatty() else None,  # a pipe gets plain lines
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(main)
    for name in [noun] if noun in NOUNS else NOUNS:
        module = import_module(f"reprisal_cli.cli.{NOUNS[name]}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command()(getattr(module, name.replace("-", "_")))
    return app


def _noun(words: Sequence[str]) -> str:
    """The first word that is no option of the whole."""
    rest = list(words)
    while len(rest) > 1 and rest[0] in _OWN:
        del rest[:2]
    return rest[0] if rest else ""


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
    taken_back(workspace)
