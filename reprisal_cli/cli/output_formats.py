"""The output formats: a table from name to function. Each is imported when something is to be shown in it: a check that
finds nothing prints one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reprisal_cli.cli.placed import Results

Show = Callable[["Results"], str]


def _in(module: str, name: str) -> Show:
    def show(results: Results) -> str:
        return str(getattr(import_module(f"reprisal_cli.cli.{module}"), name)(results))

    return show


FORMATS: Mapping[str, Show] = {
    "text": _in("output_text", "text"),
    "concise": _in("output_text", "concise"),
    "json": _in("output_json", "as_json"),
    "sarif": _in("output_json", "sarif"),
    "github": _in("output_ci", "github"),
    "gitlab": _in("output_json", "gitlab"),
    "junit": _in("output_ci", "junit"),
    "markdown": _in("output_ci", "markdown"),
}
