"""The tree for OpenDocument text and EPUB: numbers are text, footnotes are footnotes, references are links."""

from __future__ import annotations

from collections.abc import Mapping

from reprisal_cli.compile.tree import Blank, Block, Cell, Cross, Heading, Note, Para, Part, Picture, Report, Table
from reprisal_cli.render.inlines import Dialect, dots, inlines
from reprisal_cli.render.literal import clean, text_nodes
from reprisal_cli.render.nodes import (
    Node,
    anchor,
    data_address,
    div,
    document,
    header,
    image,
    link,
    note,
    para,
    plain,
    strong,
    table,
)
from reprisal_cli.render.numerals import paragraph_number
from reprisal_cli.render.outline import (
    depths,
    entries,
    entry_line,
    front_texts,
    heading_line,
    is_annex,
    leads,
    number_columns,
    part_id,
)

DEEPEST = 2
ABOVE = "Above"
ITEM = "Item"
"""The styles of OpenDocument for a line that stays with what stands below it, and for (a), (b) under a paragraph."""
TEXT_WIDTH = 17.0
"""Between the margins of the paper, in centimetres; a reading device makes pictures smaller where it has to."""


def tree(report: Report, **metadata: str) -> Node:
    """The whole document. `metadata` is what the format wants to know of it."""
    blocks = [*_front(report), *_contents(report)]
    for part in report.parts:
        blocks += _part(part, report.words)
    return document(blocks, title=clean(report.front.title), lang=report.language, dir=report.direction, **metadata)


# --- inlines --------------------------------------------------------------------------------------------------------


def _note(source: Note, children: list[Node]) -> list[Node]:
    return [note(children)]


def _cross(cross: Cross) -> list[Node]:
    return [link(f"#{cross.target}", text_nodes(cross.text))]


def _link(url: str, children: list[Node]) -> list[Node]:
    return [link(url, children)]


def _blank(blank: Blank) -> list[Node]:
    return text_nodes(dots(blank))


DIALECT = Dialect(text=text_nodes, note=_note, cross=_cross, link=_link, blank=_blank)


# --- blocks ---------------------------------------------------------------------------------------------------------


def _front(report: Report) -> list[Node]:
    """The first page as lines; its title comes before them, out of the metadata. The starred notes follow the author's
    line: they may not count as footnotes."""
    front = front_texts(report.front)
    names = ("notice", "organization", "organ", "symbol", "version", "distribution", "date", "original", "body")
    lines = [front[name] for name in (*names, "session", "session_dates", "agenda")] + front["agenda_titles"]
    out = [para(text_nodes(text)) for text in lines if text]
    stars = ", ".join(one.mark for one in report.front.title_notes)
    if front["author"]:
        out.append(para([strong(text_nodes(front["author"])), *text_nodes(stars)]))
    out += [para([*text_nodes(f"{one.mark} "), *inlines(one.children, DIALECT)]) for one in report.front.title_notes]
    if front["job_number"]:
        out.append(para(text_nodes(front["job_number"])))
    if report.front.summary:
        out.append(header(1, text_nodes(report.words["summary"]), "summary"))
        out += [_paragraph(one) for one in report.front.summary]
    return out


def _contents(report: Report) -> list[Node]:
    lines, words = entries(report, DEEPEST, 1) if report.front.contents else (), report.words
    if not lines:
        return []
    shown = [
        para([*text_nodes("\N{EM SPACE}" * (line.depth - 1)), link(f"#{line.id}", text_nodes(entry_line(line, words)))])
        for line in lines
    ]
    return [header(1, text_nodes(report.words["contents"]), "contents"), *shown]


def _part(part: Part, words: Mapping[str, str]) -> list[Node]:
    levels, leading = depths(part), leads(part)
    head = [header(1, text_nodes(heading_line(part, words)), part_id(part))] if is_annex(part) else []
    return head + [_block(block, levels, leading) for block in part.blocks]


def _block(block: Block, levels: dict[str, int], leading: frozenset[str]) -> Node:
    match block:
        case Para():
            return _styled(_paragraph(block), ITEM if block.level else ABOVE if block.id in leading else "")
        case Heading():
            label = text_nodes(f"{block.label} ") if block.label else []
            return header(min(levels[block.id], 6), [*label, *inlines(block.inlines, DIALECT)], block.id)
        case Table():
            return _table(block)
        case Picture():
            return _picture(block)


def _paragraph(source: Para) -> Node:
    number = paragraph_number(source)
    label = text_nodes(f"{number}\N{EN SPACE}") if number else []
    return para([anchor(source.id), *label, *inlines(source.inlines, DIALECT)])


def _styled(paragraph: Node, style: str) -> Node:
    return div([paragraph], attributes=(("custom-style", style),)) if style else paragraph


def _picture(source: Picture) -> Node:
    # no figure of pandoc's: OpenDocument would lose what the picture shows in words
    width = (("width", f"{source.width * TEXT_WIDTH:.2f}cm"),)
    shown = image(data_address("image/png", source.png), clean(source.alternative), "", width)
    caption = [para([strong(inlines(source.caption, DIALECT))])] if source.caption else []
    return div([*(_styled(one, ABOVE) for one in caption), para([anchor(source.id), shown]), _table(source.numbers)])


def _table(source: Table) -> Node:
    return table(
        source.id,
        [plain(inlines(source.caption, DIALECT))] if source.caption else [],
        source.widths,
        [_cell(cell) for cell in source.head],
        [[_cell(cell) for cell in row] for row in source.rows],
        number_columns(source),
    )


def _cell(cell: Cell) -> list[Node]:
    return [plain(inlines(cell, DIALECT))]
