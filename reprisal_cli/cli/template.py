"""`reprisal template`: a workspace's own Word template."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reprisal_cli.render.house import House

app = typer.Typer(help="Your own Word template: one to begin with, and what it lacks.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="A Word document (.docx).", metavar="FILE", show_default=False)]


@app.command()
def check(context: typer.Context, file: File) -> None:
    """Say in plain words what a Word template lacks: styles, outline levels, numbers, heads and feet.

    The styles are those named in templates/house/styles.yaml. Exit code 1 if it lacks something.
    """
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.render.docx_template import lacks

    try:
        content = file.read_bytes()
    except OSError:
        raise ReprisalError("the Word template cannot be read", "correct its path") from None
    found = lacks(content, _house(context.obj))
    for hint in dict.fromkeys(one.hint for one in found):
        whats = "\n".join(one.what for one in found if one.hint == hint)
        say(f"{whats}\n  help: {hint}", sys.stdout)  # once, below all that it helps with
    if found:
        lacking = "1 thing is" if len(found) == 1 else f"{len(found)} things are"
        say(f"{lacking} lacking; docs/word-template.md says how a template is made", sys.stdout)
        raise typer.Exit(1)
    say("the template has all that a document needs", sys.stdout)


@app.command()
def new(context: typer.Context, file: File) -> None:
    """Write the house's own template, to change its looks in Word: then build with --reference-doc FILE.

    What stands in {{symbol}}, {{notice}} and {{job_number}} in its heads and feet is filled in at each build.
    """
    from reprisal_cli.cli.output import say
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.render.docx_template import first_template
    from reprisal_cli.store.write import write_all

    try:
        write_all(file.absolute().parent, {file.name: first_template(_house(context.obj))}, new=True)
    except FileExistsError:
        raise ReprisalError("there is a file of that name", "choose another name") from None
    say(f"wrote {file}", sys.stdout)


def _house(start: Path) -> House:
    from reprisal_cli.render.house import load_house
    from reprisal_cli.store.workspace import open_workspace

    workspace, _ = open_workspace(start)
    return load_house(workspace.root / workspace.settings.templates / "house", own=False)
