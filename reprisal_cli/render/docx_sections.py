"""Sections of a Word document: an annex with a wide table lies on its side, the rest stands. Gaps between tables."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from reprisal_cli.compile.tree import Report
from reprisal_cli.render.docx_reference import W
from reprisal_cli.render.outline import is_annex, is_wide, label_id


def turn_pages(document: Any, report: Report) -> None:
    """Ends a section wherever the paper turns. Heads and feet run on; only the first section has a first page."""
    wide = {label_id(part): is_wide(part) for part in report.parts if is_annex(part)}
    if not any(wide.values()):
        return
    body = document.find(f"{W}body")
    last = body.find(f"{W}sectPr")
    if last is None:  # a template without paper
        return
    turned = False
    for mark in list(body.iter(f"{W}bookmarkStart")):
        name = mark.get(f"{W}name")
        if name in wide and wide[name] is not turned:
            _end_before(next(one for one in (mark, *mark.iterancestors()) if one.getparent() is body), last, turned)
            turned = wide[name]
            _drop(last, "titlePg")
    _paper(last, turned)


def _end_before(start: Any, last: Any, turned: bool) -> None:
    """A section ends with the paragraph before `start`; after a table, with a paragraph of no height."""
    section = deepcopy(last)
    _paper(section, turned)
    before = start.getprevious()
    if before is None or before.tag != f"{W}p":
        before = _gap(20)
        start.addprevious(before)
    properties = before.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        before.insert(0, properties)
    properties.append(section)


def part_tables(document: Any) -> None:
    """A gap between two tables that follow each other: Word would make one of them."""
    for grid in list(document.iter(f"{W}tbl")):
        after = grid.getnext()
        if after is not None and after.tag == f"{W}tbl":
            after.addprevious(_gap(240))


def _gap(height: int) -> Any:
    """An empty paragraph of a height in twips."""
    paragraph = etree.Element(f"{W}p")
    spacing = etree.SubElement(etree.SubElement(paragraph, f"{W}pPr"), f"{W}spacing")
    for name, value in (("before", "0"), ("after", "0"), ("line", f"{height}"), ("lineRule", "exact")):
        spacing.set(f"{W}{name}", value)
    return paragraph


def _paper(section: Any, turned: bool) -> None:
    size = section.find(f"{W}pgSz")
    if size is None or not turned:
        return
    width, height = size.get(f"{W}w"), size.get(f"{W}h")
    size.set(f"{W}w", height)
    size.set(f"{W}h", width)
    size.set(f"{W}orient", "landscape")


def _drop(section: Any, name: str) -> None:
    for node in section.findall(f"{W}{name}"):
        section.remove(node)
