"""The output formats: a table from name to function. Each is imported when something is to be shown in it: a check that
finds nothing prints one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reprisal_cli.cli.placed import Results

Show = Callable[["Results"], str]


def form_in(module: str, name: str) -> Callable[[Any], str]:
    """A form that a module of `cli/` gives; the module comes in when the form is asked for."""

    def show(what: Any) -> str:
        return str(getattr(import_module(f"reprisal_cli.cli.{module}"), name)(what))

    return show


FORMATS: Mapping[str, Show] = {
    "text": form_in("output_text", "text"),
    "concise": form_in("output_text", "concise"),
    "json": form_in("output_json", "as_json"),
    "sarif": form_in("output_json", "sarif"),
    "github": form_in("output_ci", "github"),
    "gitlab": form_in("output_json", "gitlab"),
    "junit": form_in("output_ci", "junit"),
    "markdown": form_in("output_ci", "markdown"),
}
