"""Figures: a table and a Vega-Lite file of `templates/figures/` -> SVG and PNG.

A figure shows numbers that stand in its table and no others, so that it tells nothing more. The same numbers give the
same bytes: the text of the file's own font is measured and drawn by the library, which brings that font with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from reprisal_cli.analyse.tables import Tabled
from reprisal_cli.diagnostic import ReprisalError

FIGURES = ("modes", "replies", "editions")
"""The tables that may have a figure: the names of the files."""
_VERSION = "5.20"
"""Of Vega-Lite: named, so that a newer library draws the same."""
_SCALE = 2.5
"""Of the PNG: some 240 dots an inch over the width of a page."""

Pictured = tuple[bytes, bytes]
"""The SVG and the PNG."""


def values_of(table: Tabled) -> list[dict[str, Any]]:
    """The numbers of a figure: a bar's name (`row`), the part of it (`column`, `order` from 1), how many (`number`)."""
    return [
        {"row": name, "column": table.head[at], "order": at, "number": int(numbers[at - 1])}
        for name, numbers in table.rows[: _shown(table)]
        for at in range(1, table.chart + 1)
    ]


def _shown(table: Tabled) -> int:
    """The last row of a table of cases or letters is that of all: it has no bar."""
    return len(table.rows) if table.key == "editions" else len(table.rows) - 1


def spec_of(table: Tabled, unit: str, template: bytes, path: str) -> dict[str, Any]:
    """The file with the numbers of the table, and its words, in their places; `unit` names what is counted. Raises
    ReprisalError at the fault of the file."""
    try:
        spec = json.loads(template)
    except ValueError:
        raise ReprisalError(f"{path} is no JSON", "compare it with the file of another figure") from None
    if not isinstance(spec, dict):
        raise ReprisalError(f"{path} holds no figure", "compare it with the file of another figure")
    if _LOADED.search(template.decode("utf-8", "replace")):
        raise ReprisalError(f"{path} asks for a file or an address", "a figure has the numbers of its table alone")
    spec["data"] = {"values": values_of(table)}
    named: dict[str, Any] = _named(spec, {"$parts": list(table.head[1 : table.chart + 1]), "$unit": unit})
    return named


_LOADED = re.compile(r'"(?:url|href)"\s*:|"image"')


def _named(node: Any, names: Mapping[str, Any]) -> Any:
    """The same with each `$name` replaced by what it stands for."""
    if isinstance(node, dict):
        return {key: _named(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_named(value, names) for value in node]
    return names.get(node, node) if isinstance(node, str) else node


def drawn(spec: Mapping[str, Any], path: str) -> Pictured:
    """The figure as SVG and as PNG."""
    import vl_convert

    try:
        svg = vl_convert.vegalite_to_svg(dict(spec), vl_version=_VERSION, allowed_base_urls=[])
        png = vl_convert.svg_to_png(svg, scale=_SCALE)
    except ValueError:
        raise ReprisalError(f"{path} cannot be drawn", "compare it with the file of another figure") from None
    return svg.encode(), png
