"""The tree for typst. All text goes in as typst strings, which typst prints as they are: in its markup, and in
pandoc's escaping of it, `---` or a quote would become another sign."""

from __future__ import annotations

import json
import re

from reprisal_cli.compile.tree import Blank, Block, Cell, Cross, Heading, Note, Para, Part, Picture, Report, Table
from reprisal_cli.render.inlines import Dialect, inlines
from reprisal_cli.render.literal import clean
from reprisal_cli.render.nodes import Node, document, para, plain, raw, raw_block, table
from reprisal_cli.render.numerals import paragraph_number
from reprisal_cli.render.outline import (
    depths,
    is_annex,
    is_wide,
    leads,
    number_columns,
    opens_page,
    part_id,
    stays_whole,
    table_notes,
)

FORMAT = "typst"


def tree(report: Report) -> Node:
    """The whole document; what stands around it (masthead, running heads) is in the house's template."""
    blocks = [_code("masthead()"), _author(report), *_summary(report)]
    if report.front.contents:
        blocks.append(_code("contents()"))
    if opens_page(report):
        blocks.append(_code("pagebreak(weak: true)"))
    turned = False
    for part in report.parts:
        if is_wide(part) is not turned:
            turned = not turned
            blocks.append(_code(f"set page(flipped: {json.dumps(turned)})"))
        blocks += _part(part)
    return document(blocks)


# --- inlines --------------------------------------------------------------------------------------------------------


_PARAGRAPH = re.compile(r"(?<=\bpara\.) (?=\d|$)|(?<=\bparas\.) (?=\d|$)|(?<=\bannex) (?=[IVX]+\b)")
"""Between `para.` and its number, which no line parts."""
_HELD = "\N{NO-BREAK SPACE}"


def string(text: str) -> str:
    """Text as a string of typst's."""
    return '"' + clean(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(text: str) -> list[Node]:
    # The semicolon ends the code, so that a sign that follows belongs to the text.
    if "para" in text or "annex" in text:
        text = _PARAGRAPH.sub(_HELD, text)
    return [raw(FORMAT, f"#{string(text)};")] if text else []


def _call(function: str, *arguments: str) -> str:
    return f"#{function}({', '.join(arguments)})["


def _around(start: str, children: list[Node], end: str = "];") -> list[Node]:
    return [raw(FORMAT, start), *children, raw(FORMAT, end)]


def _note(note: Note, children: list[Node]) -> list[Node]:
    return _around(_call("note", string(note.mark or str(note.number))), children)


def _cross(cross: Cross) -> list[Node]:
    return _around(_call("cross", string(cross.target)), _text(cross.text))


def _link(url: str, children: list[Node]) -> list[Node]:
    return _around(_call("link", string(url)), children)


def _blank(blank: Blank) -> list[Node]:
    return [raw(FORMAT, f"#blank({blank.lines});")]


DIALECT = Dialect(text=_text, note=_note, cross=_cross, link=_link, blank=_blank)


def _foreign(tag: str, children: list[Node]) -> list[Node]:
    language, _, _ = tag.partition("-")
    return _around(f"#text(lang: {string(language.lower())})[", children)


DIALECT = Dialect(text=_text, note=_note, cross=_cross, link=_link, blank=_blank, foreign=_foreign)


# --- blocks ---------------------------------------------------------------------------------------------------------


def _code(text: str) -> Node:
    return raw_block(FORMAT, f"#{text}")


def _author(report: Report) -> Node:
    stars: list[Node] = []
    for at, note in enumerate(report.front.title_notes):
        stars += (_text(", ") if at else []) + inlines((note,), DIALECT)
    return para(_around("#author[", _text(report.front.author) + stars))


def _summary(report: Report) -> list[Node]:
    if not report.front.summary:
        return []
    inside = [para(_around("#summary-paragraph[", inlines(block.inlines, DIALECT))) for block in report.front.summary]
    return [_code("summary["), *inside, raw_block(FORMAT, "]")]


def _part(part: Part) -> list[Node]:
    out = []
    annex = is_annex(part)
    if annex:
        out.append(_code(f"annex({string(part_id(part))}, {string(part.label)}, {string(part.title)})"))
    levels, leading, noted = depths(part), leads(part), table_notes(part)
    for block, after in zip(part.blocks, (*part.blocks[1:], None), strict=True):
        out += _block(block, annex, levels, leading, after is not None and after.id in noted)
    return out


def _block(block: Block, annex: bool, levels: dict[str, int], leading: frozenset[str], noted: bool) -> list[Node]:
    match block:
        case Para():
            arguments = (
                string(block.id),
                string(paragraph_number(block)),
                str(block.level),
                json.dumps(block.id in leading),
            )
            return [para(_around(_call("paragraph", *arguments), inlines(block.inlines, DIALECT)))]
        case Heading():
            look = str(block.level)
            listed = json.dumps(bool(block.labelled))
            values = (string(block.id), string(block.label), str(levels[block.id]), look, listed, json.dumps(annex))
            return [para(_around(_call("report-heading", *values), inlines(block.inlines, DIALECT)))]
        case Table():
            return _whole(block, noted)
        case Picture():
            return [_picture(block), *_whole(block.numbers, noted)]


def _picture(source: Picture) -> Node:
    """The picture itself is a value of the frame (`svgs`), as its text could end a string."""
    call = _call("picture", string(source.id), string(source.alternative), f"{source.width:.3f}")
    return para(_around(call, inlines(source.caption, DIALECT)))


def svgs(report: Report) -> dict[str, str]:
    """The pictures of a document by id."""
    blocks = (block for part in report.parts for block in part.blocks)
    return {block.id: block.svg.decode() for block in blocks if isinstance(block, Picture)}


def _whole(source: Table, noted: bool) -> list[Node]:
    """A table: no page breaks it if it is short, nor parts it from its note. A form has lines on all sides."""
    grid = _table(source)
    if any(isinstance(node, Blank) for row in source.rows for cell in row for node in cell):
        return [_code("["), _code("set table(stroke: 0.25pt + gray)"), grid, raw_block(FORMAT, "]")]
    if not stays_whole(source):
        return [grid]
    return [_code(f"block(breakable: false, sticky: {json.dumps(noted)})["), grid, raw_block(FORMAT, "]")]


def _table(source: Table) -> Node:
    caption = [plain(_around(f"#caption({string(source.id)})[", inlines(source.caption, DIALECT)))]
    return table(
        "",
        caption if source.caption else [],
        source.widths,
        [_cell(cell) for cell in source.head],
        [[_cell(cell) for cell in row] for row in source.rows],
        number_columns(source),
    )


def _cell(cell: Cell) -> list[Node]:
    return [plain(inlines(cell, DIALECT))]
