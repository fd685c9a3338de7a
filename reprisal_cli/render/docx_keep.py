"""What Word may not part at the end of a page: a short table, and a sentence from the items that it opens."""

from __future__ import annotations

from itertools import chain
from typing import Any

from lxml import etree

from reprisal_cli.compile.tree import Block, Picture, Report, Table
from reprisal_cli.render.docx_reference import W
from reprisal_cli.render.outline import leads, stays_whole


def keep_together(document: Any, report: Report) -> None:
    """Marks the paragraphs that stay with the next."""
    leading = frozenset(chain.from_iterable(leads(part) for part in report.parts))
    for mark in document.iter(f"{W}bookmarkStart"):
        if mark.get(f"{W}name") in leading:
            _keep(next(mark.iterancestors(f"{W}p")))
    for grid, source in zip(_grids(document), _tables(report), strict=False):
        if stays_whole(source):
            for row in grid.findall(f"{W}tr")[:-1]:
                for paragraph in row.iter(f"{W}p"):
                    _keep(paragraph)


def _grids(document: Any) -> list[Any]:
    """The tables of the text; the masthead is one, too, and comes first."""
    return list(document.iter(f"{W}tbl"))[1:]


def _tables(report: Report) -> list[Table]:
    blocks = (block for part in report.parts for block in part.blocks)
    return [found for block in blocks if (found := _table(block)) is not None]


def _table(block: Block) -> Table | None:
    if isinstance(block, Picture):
        return block.numbers
    return block if isinstance(block, Table) else None


def _keep(paragraph: Any) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{W}keepNext") is None:
        properties.insert(1 if properties.find(f"{W}pStyle") is not None else 0, etree.Element(f"{W}keepNext"))
