"""`reprisal rule`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def rule(
    code: Annotated[str | None, typer.Argument(help="A rule, as RC201 or its name; else all.", metavar="CODE")] = None,
    output_format: Annotated[
        str, typer.Option("--output-format", help="text, json or markdown.", metavar="FORM")
    ] = "text",
    write: Annotated[
        Path | None,
        typer.Option("--write", help="Write one page a rule, and an index, into this folder.", metavar="DIR"),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="Exit with 1 if the pages in this folder are not up to date.", metavar="DIR"),
    ] = None,
) -> None:
    """List the rules of `validate`, or show the page of one: what it finds, why that is bad, what to write instead."""
    from reprisal_cli.cli import rule_pages

    if write:
        raise typer.Exit(rule_pages.write(write))
    if check:
        raise typer.Exit(rule_pages.check(check))
    sys.stdout.write(rule_pages.show(code, output_format))
