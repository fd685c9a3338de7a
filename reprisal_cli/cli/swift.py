"""`reprisal validate` as hooks, editors and CI call it, many times a day: without the start of typer, which takes as
long as a check that finds nothing changed. What has more options than this knows is left to typer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any


def validate(arguments: Sequence[str]) -> int | None:
    """The exit code of `[-C DIR] validate [options] [PATHS]...`; None where typer has to read the arguments."""
    start, rest = Path(), list(arguments)
    if len(rest) > 1 and rest[0] in ("-C", "--workspace"):
        start, rest = Path(rest[1]), rest[2:]
    if not rest or rest[0] != "validate":
        return None
    asked = _asked(iter(rest[1:]))
    if asked is None:
        return None
    from reprisal_cli.cli.clock import today
    from reprisal_cli.cli.killed import taken_back
    from reprisal_cli.cli.validate_run import Ask, run

    taken_back(start)
    return run(Ask(start, **{"as_of": today(), **asked}))


def _asked(words: Iterator[str]) -> dict[str, Any] | None:
    """What the options say, as fields of `Ask`; None for one that is not known here."""
    asked: dict[str, Any] = {}
    paths: list[Path] = []
    for word in words:
        if word == "--no-cache":
            asked["cached"] = False
        elif word == "--strict":
            asked["strict"] = True
        elif word in ("--output-format", "--preset"):
            value = next(words, "")
            if not value.isalpha():
                return None
            asked["form" if word == "--output-format" else "preset"] = value
        elif word == "--as-of":
            try:
                asked["as_of"] = date.fromisoformat(next(words, ""))
            except ValueError:
                return None
        elif not word or word.startswith("-"):
            return None
        else:
            paths.append(Path(word))
    return {**asked, "paths": tuple(paths)}
