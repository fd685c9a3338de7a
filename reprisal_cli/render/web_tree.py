"""The tree for a web page. Numbers are text of the page, so that they can be read aloud, searched and copied."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from reprisal_cli.compile.facets import cases_of
from reprisal_cli.compile.tree import (
    Blank,
    Block,
    Cell,
    Cross,
    Heading,
    Note,
    Para,
    Part,
    Picture,
    Report,
    Table,
    cells,
    text_of,
    walk_inlines,
)
from reprisal_cli.render.inlines import Dialect, inlines
from reprisal_cli.render.literal import clean, text_nodes
from reprisal_cli.render.nodes import (
    Node,
    data_address,
    div,
    figure,
    header,
    image,
    link,
    para,
    plain,
    raw_block,
    span,
    superscript,
    table,
)
from reprisal_cli.render.numerals import paragraph_number
from reprisal_cli.render.outline import depths, is_annex, number_columns, part_id, stays_whole

FIRST_LEVEL = 2
"""The heading level of the first headings: level 1 is the title of the document."""


def body(report: Report) -> list[Node]:
    """All parts."""
    return [_part(part, report.words["web.table"]) for part in report.parts]


def summary(report: Report) -> list[Node]:
    """The paragraphs of the summary."""
    return [_paragraph(block) for block in report.front.summary]


def author(report: Report) -> list[Node]:
    """The author's line with its starred notes."""
    line = text_nodes(report.front.author)
    for at, note in enumerate(report.front.title_notes):
        line += (text_nodes(", ") if at else []) + inlines((note,), DIALECT)
    return [plain(line)] if line else []


def stars(report: Report) -> list[Node]:
    """The starred notes, for the foot of the first screen."""
    return [_endnote(note) for note in report.front.title_notes]


def endnotes(report: Report) -> list[Node]:
    """All numbered footnotes, for the end of the page."""
    return [_endnote(note) for note in _notes(report) if not note.mark]


# --- notes ----------------------------------------------------------------------------------------------------------


def _key(note: Note) -> str:
    return f"star{len(note.mark)}" if note.mark else str(note.number)


def _sign(note: Note) -> str:
    return note.mark or str(note.number)


def _note(note: Note, children: list[Node]) -> list[Node]:
    key = _key(note)
    role = [("role", "doc-noteref")]
    return [superscript([link(f"#fn-{key}", text_nodes(_sign(note)), f"fnref-{key}", ["noteref"], role)])]


def _endnote(note: Note) -> Node:
    key = _key(note)
    back = link(f"#fnref-{key}", text_nodes(_sign(note)), "", ["back"], [("role", "doc-backlink")])
    return div([para([back, *text_nodes(" "), *inlines(note.children, DIALECT)])], f"fn-{key}", ["note"])


def _notes(report: Report) -> Iterator[Note]:
    blocks = chain(report.front.summary, *(part.blocks for part in report.parts))
    return (node for block in blocks for cell in cells(block) for node in walk_inlines(cell) if isinstance(node, Note))


def _cross(cross: Cross) -> list[Node]:
    return [link(f"#{cross.target}", text_nodes(cross.text), classes=["cross"])]


def _link(url: str, children: list[Node]) -> list[Node]:
    return [link(url, children, attributes=[("rel", "noopener noreferrer")])]


def _blank(blank: Blank) -> list[Node]:
    return [span([], classes=["blank", f"lines-{blank.lines}"])]


def _range(nodes: list[Node]) -> list[Node]:
    return [span(nodes, classes=["through"])]


DIALECT = Dialect(text=text_nodes, note=_note, cross=_cross, link=_link, blank=_blank, range=_range)


# --- blocks ---------------------------------------------------------------------------------------------------------


def _part(part: Part, of_table: str) -> Node:
    levels = depths(part)
    # pandoc makes a section of a Div that begins with a heading, and gives it the heading's anchor
    inside = [raw_block("html", ""), *(_block(block, levels, of_table) for block in part.blocks)]
    if not is_annex(part):
        return div(inside, part_id(part) if part.id else "", ["part"])
    label = [span(text_nodes(part.label), classes=["label"]), *text_nodes(" ")] if part.label else []
    title = header(FIRST_LEVEL, [*label, *text_nodes(part.title)], part_id(part), ["annex-title"])
    number = [("data-annex", clean(part.label.rpartition(" ")[2]))] if part.label else []
    return div([inside[0], title, *inside[1:]], "", ["part", "annex"], number)


def _block(block: Block, levels: dict[str, int], of_table: str) -> Node:
    match block:
        case Para():
            return _paragraph(block)
        case Heading():
            label = [span(text_nodes(block.label), classes=["label"]), *text_nodes(" ")] if block.label else []
            level = min(levels[block.id] + FIRST_LEVEL - 1, 6)
            children = [*label, *inlines(block.inlines, DIALECT)]
            return header(level, children, block.id, [f"look-{block.level}", *(["state"] if block.state else [])])
        case Table():
            return _table(block, of_table)
        case Picture():
            return _picture(block, of_table)


def _paragraph(source: Para) -> Node:
    number = paragraph_number(source)
    label = [link(f"#{source.id}", text_nodes(number), "", ["number"]), *text_nodes(" ")] if number else []
    classes = ["para", "item"] if source.level else ["para"]
    told = [("data-case", " ".join(cases_of(source)))] if cases_of(source) else []
    return div([para([*label, *inlines(source.inlines, DIALECT)])], source.id, classes, told)


def _picture(source: Picture, name: str) -> Node:
    shown = image(data_address("image/svg+xml", source.svg), clean(source.alternative))
    caption = [plain(inlines(source.caption, DIALECT))] if source.caption else []
    box = div([plain([shown])], "", ["picture-box"], _scrolling(clean(text_of(source.caption)) or name))
    return div([figure(source.id, caption, [box]), _table(source.numbers, name)], "", ["picture"])


def _scrolling(label: str) -> list[tuple[str, str]]:
    """What is wide scrolls in its own box, so that the page does not on a phone; the keyboard reaches it there."""
    return [("tabindex", "0"), ("role", "group"), ("aria-label", label)]


def _table(source: Table, name: str) -> Node:
    grid = table(
        source.id,
        [plain(inlines(source.caption, DIALECT))] if source.caption else [],
        [0] * len(source.widths),  # pandoc would write styles into the text, which the page's policy refuses
        [_cell(cell) for cell in source.head],
        [[_cell(cell) for cell in row] for row in source.rows],
    )
    marks = _scrolling(clean(text_of(source.caption)) or name)
    return div([grid], "", ["table-box", _shares(source), _numbers(source), *(["whole"] * stays_whole(source))], marks)


def widths(report: Report) -> str:
    """The widths of columns, and which have numbers, as a style sheet: a class for each set of them."""
    blocks = [block for part in report.parts for block in part.blocks]
    tables = [block.numbers if isinstance(block, Picture) else block for block in blocks]
    found = [one for one in tables if isinstance(one, Table)]
    widths = [
        f".{name} th:nth-child({number}) {{ width: {round(share * 100)}%; }}"
        for name, shares in dict.fromkeys((_shares(one), one.widths) for one in found)
        for number, share in enumerate(shares, 1)
    ]
    ends = [
        f".{name} :is(th, td):nth-child({number}) {{ min-width: 2.6rem; text-align: end; }}"
        for name, columns in dict.fromkeys((_numbers(one), number_columns(one)) for one in found)
        for number, is_number in enumerate(columns, 1)
        if is_number
    ]
    return "\n".join([*widths, *ends])


def _shares(source: Table) -> str:
    return "-".join(["columns", *(f"{round(share * 100)}" for share in source.widths)])


def _numbers(source: Table) -> str:
    """The class of tables with numbers in the same columns."""
    return "-".join(["numbers", *(f"{at}" for at, one in enumerate(number_columns(source), 1) if one)])


def _cell(cell: Cell) -> list[Node]:
    return [plain(inlines(cell, DIALECT))]
