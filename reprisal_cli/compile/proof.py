"""What stands beside a document: where each paragraph comes from, and what proves each figure."""

from __future__ import annotations

from typing import Any

from reprisal_cli.compile.tree import Para, Report

VERSION = 1


def report_map(report: Report) -> dict[str, Any]:
    """`report.map.json`: each paragraph with its place in the document and the field or line that it comes from, in
    the order of the document. `route` is the way to the field in the case file; `generated`: no one typed it."""
    entries = [
        {
            "id": block.id,
            "part": part.key,
            "number": block.number if block.numbered else None,
            "level": block.level,
            "file": block.origin.file or None,
            "line": block.origin.line or None,
            "case": block.origin.case or None,
            "route": list(block.origin.route) or None,
            "generated": block.origin.generated,
        }
        for part in report.parts
        for block in part.blocks
        if isinstance(block, Para)
    ]
    return {"version": VERSION, "paragraphs": entries}


def report_figures(report: Report) -> dict[str, Any]:
    """`report.figures.json`: each figure that came out of the data, with its question and the cases that prove it."""
    figures = [
        {"id": one.id, "text": one.text, "query": one.query, "cases": list(one.cases), "items": list(one.items)}
        for one in report.figures
    ]
    return {"version": VERSION, "figures": figures}
