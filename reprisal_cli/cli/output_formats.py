"""The output formats: a table from name to function."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reprisal_cli.cli.output_ci import github, junit, markdown
from reprisal_cli.cli.output_json import as_json, gitlab, sarif
from reprisal_cli.cli.output_text import concise, text
from reprisal_cli.cli.placed import Results

FORMATS: Mapping[str, Callable[[Results], str]] = {
    "text": text,
    "concise": concise,
    "json": as_json,
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "markdown": markdown,
}
