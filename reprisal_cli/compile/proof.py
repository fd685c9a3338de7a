"""What stands beside a document: where each paragraph comes from, and what proves each figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprisal_cli.compile.tree import Heading, Origin, Para, Part, Report, Table

VERSION = 1


def report_map(report: Report) -> dict[str, Any]:
    """`report.map.json`: each paragraph with its place in the document and the field or line that it comes from, in
    the order of the document, then each table with its rows. `route` is the way to the field in the case file;
    `generated`: no one typed it."""
    entries = [entry for part in report.parts for entry in _paragraphs(part)]
    tables = [_table(block, part.key) for part in report.parts for block in part.blocks if isinstance(block, Table)]
    return {"version": VERSION, "paragraphs": entries, "tables": tables}


def _paragraphs(part: Part) -> Iterator[dict[str, Any]]:
    """The paragraphs of a part. `state` is the State in whose section one stands; `cases` are those that it tells, so
    that it is their place."""
    state = ""
    for block in part.blocks:
        if isinstance(block, Heading):
            state = block.state
        elif isinstance(block, Para):
            yield {
                "id": block.id,
                "part": part.key,
                "state": state or None,
                "number": block.number if block.numbered else None,
                "level": block.level,
                "file": block.origin.file or None,
                "line": block.origin.line or None,
                "case": block.origin.case or None,
                "route": list(block.origin.route) or None,
                "generated": block.origin.generated,
                "cases": list(block.cases),
            }


def _table(block: Table, part: str) -> dict[str, Any]:
    """A table, and each of its rows where they come from several fields."""
    rows = [{**_origin(origin), "row": at} for at, origin in enumerate(block.row_origins, 1)]
    return {"id": block.id, "part": part, **_origin(block.origin), "rows": rows}


def _origin(origin: Origin) -> dict[str, Any]:
    return {"file": origin.file or None, "case": origin.case or None, "route": list(origin.route) or None}


def report_figures(report: Report) -> dict[str, Any]:
    """`report.figures.json`: each figure that came out of the data, with its question and the cases that prove it."""
    figures = [
        {"id": one.id, "text": one.text, "query": one.query, "cases": list(one.cases), "items": list(one.items)}
        for one in report.figures
    ]
    return {"version": VERSION, "figures": figures}
