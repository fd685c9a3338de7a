"""What Word may not part at the end of a page: a short table, a table from its note, and a sentence from its items."""

from __future__ import annotations

from itertools import chain
from typing import Any

from lxml import etree

from reprisal_cli.compile.tree import Block, Picture, Report, Table
from reprisal_cli.render.docx_reference import W
from reprisal_cli.render.outline import after_tables, is_annex, leads, opens_page, stays_whole, table_notes


def keep_together(document: Any, report: Report) -> None:
    """Marks the paragraphs that stay with the next."""
    leading = frozenset(chain.from_iterable(leads(part) for part in report.parts))
    for mark in document.iter(f"{W}bookmarkStart"):
        if mark.get(f"{W}name") in leading:
            _keep(next(mark.iterancestors(f"{W}p")))
    for grid, source in zip(_grids(document), _tables(report), strict=False):
        if stays_whole(source):
            for row in grid.findall(f"{W}tr")[:-1]:
                _keep_row(row)
    noted = frozenset(chain.from_iterable(table_notes(part) for part in report.parts))
    for mark in document.iter(f"{W}bookmarkStart"):
        if mark.get(f"{W}name") in noted:
            _join_to_table(next(mark.iterancestors(f"{W}p")))
    below = frozenset(chain.from_iterable(after_tables(part) for part in report.parts))
    for mark in document.iter(f"{W}bookmarkStart"):
        if mark.get(f"{W}name") in below:
            _air(_properties(next(mark.iterancestors(f"{W}p"))), before="160")


def begin_text(document: Any, report: Report) -> None:
    """The text begins on a page of its own, after the contents."""
    if not opens_page(report):
        return
    first = next(part for part in report.parts if not is_annex(part)).blocks[0].id
    for mark in document.iter(f"{W}bookmarkStart"):
        if mark.get(f"{W}name") == first:
            properties = _properties(next(mark.iterancestors(f"{W}p")))
            _after_style(properties, etree.Element(f"{W}pageBreakBefore"))
            return


def _join_to_table(note: Any) -> None:
    """The last row stays with the note under it, which has some air above."""
    properties = _properties(note)
    _air(properties, before="80", after="120")
    grid = note.getprevious()
    if grid is not None and grid.tag == f"{W}tbl":
        _keep_row(grid.findall(f"{W}tr")[-1])


def _air(properties: Any, **sides: str) -> None:
    """Space around a paragraph, in twips, where it has none of its own."""
    if properties.find(f"{W}spacing") is None:
        air = etree.Element(f"{W}spacing")
        for side, height in sides.items():
            air.set(f"{W}{side}", height)
        _after_style(properties, air)


def _keep_row(row: Any) -> None:
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
    properties = _properties(paragraph)
    if properties.find(f"{W}keepNext") is None:
        _after_style(properties, etree.Element(f"{W}keepNext"))


def _properties(paragraph: Any) -> Any:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties


def _after_style(properties: Any, element: Any) -> None:
    properties.insert(1 if properties.find(f"{W}pStyle") is not None else 0, element)
