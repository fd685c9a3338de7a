"""`reprisal validate` as hooks and editors call it, many times a day: without the start of typer, which takes as
long as a check that finds nothing changed. What has more options than this knows is left to typer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def validate(arguments: Sequence[str]) -> int | None:
    """The exit code of `validate`, alone or with `--output-format FORM`; None where typer has to read the arguments."""
    match list(arguments):
        case ["validate"]:
            form = "text"
        case ["validate", "--output-format", form] if form.isalpha():
            pass
        case _:
            return None
    from reprisal_cli.cli.clock import today
    from reprisal_cli.cli.validate_run import Ask, run

    return run(Ask(Path(), today(), form))
