"""`reprisal schema`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def schema(
    record: Annotated[
        str, typer.Argument(help="case, edition, settings, practices or focal-points.", metavar="NAME")
    ] = "case",
    write: Annotated[
        Path | None, typer.Option("--write", help="Write all of them into this folder.", metavar="DIR")
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="Exit with 1 if the schemas in this folder are not up to date.", metavar="DIR"),
    ] = None,
) -> None:
    """Print the JSON Schema (draft 7) of a kind of file, for editors: keys, words and dates complete as you type.

    Visual Studio Code with the YAML extension takes it from .vscode/settings.json. Any editor with
    yaml-language-server takes it from the first line of a file:
    `# yaml-language-server: $schema=../../docs/schema/case.json`
    """
    from reprisal_cli.cli import schema_files

    if write:
        raise typer.Exit(schema_files.write(write))
    if check:
        raise typer.Exit(schema_files.check(check))
    sys.stdout.write(schema_files.show(record))
