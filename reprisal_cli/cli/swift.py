"""`reprisal validate` as hooks and editors call it, many times a day: without the start of typer, which takes as
long as a check that finds nothing changed. What has more options than this knows is left to typer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def validate(arguments: Sequence[str]) -> int | None:
    """The exit code of `validate [--output-format FORM] [--no-cache] [PATHS]...`; None where typer has to read the
    arguments."""
    if not arguments or arguments[0] != "validate":
        return None
    form, cached, paths = "text", True, []
    words = iter(arguments[1:])
    for word in words:
        if word == "--output-format":
            form = next(words, "")
            if not form.isalpha():
                return None
        elif word == "--no-cache":
            cached = False
        elif not word or word.startswith("-"):
            return None
        else:
            paths.append(Path(word))
    from reprisal_cli.cli.clock import today
    from reprisal_cli.cli.validate_run import Ask, run

    return run(Ask(Path(), today(), form, paths=tuple(paths), cached=cached))
