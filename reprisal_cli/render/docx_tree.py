"""The tree for Word: every paragraph in a named style, numbers by style, cross-references as fields."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from xml.sax.saxutils import escape

from msgspec import Struct

from reprisal_cli.compile.tree import Blank, Block, Cell, Cross, Heading, Note, Para, Part, Picture, Report, Table
from reprisal_cli.render.fill import fill
from reprisal_cli.render.house import House
from reprisal_cli.render.inlines import Dialect, inlines, marked
from reprisal_cli.render.literal import clean, text_nodes
from reprisal_cli.render.nodes import (
    Node,
    anchor,
    data_address,
    div,
    document,
    image,
    link,
    note,
    para,
    raw,
    raw_block,
    table,
)
from reprisal_cli.render.outline import entries, front_texts, is_annex, label_id, number_columns, part_id

FORMAT = "openxml"


class Dress(Struct, frozen=True):
    """What the tree needs of the house: names of styles for pandoc, their ids for raw parts."""

    house: House
    ids: Mapping[str, str]
    labels_by_style: bool  # whether Word numbers the annexes; their labels are typed out otherwise
    dialect: Dialect


def tree(report: Report, dress: Dress) -> Node:
    """The whole document."""
    blocks = [*_masthead(report, dress), *_titles(report, dress), *_summary(report, dress), *_contents(report, dress)]
    for part in report.parts:
        blocks += _part(part, dress)
    return document(blocks, title=clean(report.front.title), lang=dress.house.locale(report.language))


# --- inlines --------------------------------------------------------------------------------------------------------


def _note(source: Note, children: list[Node]) -> list[Node]:
    return [note(children)]


def _cross(cross: Cross) -> list[Node]:
    """A field that Word fills with the number of the paragraph; `\\w` where an item is named with its paragraph."""
    switch = r"\w" if cross.text[:1].isdigit() and "(" in cross.text else r"\n"
    return [raw(FORMAT, field(f"REF {cross.target} {switch} \\h", cross.text))]


def field(instruction: str, result: str) -> str:
    """A field of Word with the result that is shown until it is updated."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t xml:space="preserve">{escape(clean(result))}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _link(url: str, children: list[Node]) -> list[Node]:
    return [link(url, children)]


def _blank(blank: Blank) -> list[Node]:
    """A content control that takes text of several lines; its empty lines go as soon as somebody types."""
    lines = "<w:r><w:t></w:t></w:r>" + "<w:r><w:br/></w:r>" * (blank.lines - 1)
    kind = '<w:showingPlcHdr/><w:text w:multiLine="1"/>'
    properties = f'<w:sdtPr><w:tag w:val="{escape(blank.key, {chr(34): "&quot;"})}"/>{kind}</w:sdtPr>'
    return [raw(FORMAT, f"<w:sdt>{properties}<w:sdtContent>{lines}</w:sdtContent></w:sdt>")]


def dialect(house: House) -> Dialect:
    """How Word has it: a language with its country."""
    return Dialect(text_nodes, _note, _cross, _link, _blank, lambda tag, children: marked(house.locale(tag), children))


# --- front matter ---------------------------------------------------------------------------------------------------


def styled(dress: Dress, part: str, children: list[Node], ident: str = "") -> Node:
    """One paragraph in the style of a part of the document, with a bookmark if it has an identifier."""
    inside = [anchor(ident), *children] if ident else children
    return div([para(inside)], attributes=(("custom-style", dress.house.style(part)),))


def _masthead(report: Report, dress: Dress) -> list[Node]:
    head, slash, tail = clean(report.front.symbol).partition("/")
    values = {"symbol_head": head if slash else "", "symbol_tail": slash + tail or head, "ids": dress.ids}
    front = front_texts(report.front)
    return [raw_block(FORMAT, fill(dress.house.folder, "docx/masthead.xml.j2", front=front, **values))]


def _titles(report: Report, dress: Dress) -> list[Node]:
    front = report.front
    lines = [
        ("notice", front.notice),
        ("body", front.body),
        ("session", front.session),
        ("session", front.session_dates),
        ("session", front.agenda),
        *(("agenda_title", title) for title in front.agenda_titles),
        ("title", front.title),
    ]
    out = [styled(dress, part, text_nodes(text)) for part, text in lines if text]
    if front.author:
        stars = inlines(front.title_notes, dress.dialect)
        out.append(styled(dress, "author", text_nodes(front.author) + _with_commas(stars)))
    return out


def _with_commas(stars: list[Node]) -> list[Node]:
    return [node for at, star in enumerate(stars) for node in ([raw(FORMAT, COMMA), star] if at else [star])]


COMMA = '<w:r><w:t xml:space="preserve">, </w:t></w:r>'


def _summary(report: Report, dress: Dress) -> list[Node]:
    if not report.front.summary:
        return []
    title = styled(dress, "summary_title", text_nodes(report.words["summary"]))
    return [title, *(_summary_para(para, dress) for para in report.front.summary)]


def _summary_para(source: Para, dress: Dress) -> Node:
    return styled(
        dress, "summary_item" if source.level else "summary", inlines(source.inlines, dress.dialect), source.id
    )


def _contents(report: Report, dress: Dress) -> list[Node]:
    lines = entries(report, dress.house.contents_body, dress.house.contents_annex)
    if not report.front.contents or not lines:
        return []
    levels = ",".join(f"{dress.house.style(part)},{level}" for part, level in TOC_STYLES)
    broken = {entry.id: wrap(entry.text, LINE) or [""] for entry in lines}
    values = {"words": report.words, "entries": lines, "lines": broken, "levels": levels, "ids": dress.ids}
    return [raw_block(FORMAT, fill(dress.house.folder, "docx/contents.xml.j2", **values))]


LINE = 68
"""Signs in a line of the contents. It is broken here, as Word would let a long title run under the numbers."""
TOC_STYLES = (("heading_1", 1), ("heading_2", 2), ("annex_label", 1), ("annex_title", 1))


# --- parts ----------------------------------------------------------------------------------------------------------


def _part(part: Part, dress: Dress) -> list[Node]:
    annex = is_annex(part)
    out = []
    if annex:
        label = [] if dress.labels_by_style else text_nodes(part.label)
        out.append(styled(dress, "annex_label", label, label_id(part)))
        out.append(styled(dress, "annex_title", text_nodes(part.title), part_id(part)))
    return out + [_block(block, annex, dress) for block in part.blocks]


def _block(block: Block, annex: bool, dress: Dress) -> Node:
    match block:
        case Para():
            return styled(dress, para_style(block, annex), inlines(block.inlines, dress.dialect), block.id)
        case Heading():
            style = heading_style(block, annex)
            literal = text_nodes(block.label + "\N{EN SPACE}") if style.endswith("_plain") and block.label else []
            return styled(dress, style, literal + inlines(block.inlines, dress.dialect), block.id)
        case Table():
            return _table(block, dress)
        case Picture():
            return _picture(block, dress)


def para_style(para: Para, annex: bool) -> str:
    """The part of `styles.yaml` that dresses a paragraph."""
    if not para.numbered:
        return "plain_item" if para.level else "plain"
    return ("annex_" if annex else "") + ("item" if para.level else "paragraph")


def heading_style(heading: Heading, annex: bool) -> str:
    """The part of `styles.yaml` that dresses a heading. A label that no list of the house makes is typed out, under a
    `_plain` style."""
    level = min(heading.level, 4)
    if level == 4:
        return "heading_4"
    if heading.labelled and heading.label:
        number = heading.label.rstrip(".").isdigit()
        if annex and level == 2:
            return "annex_heading_2_number" if number else "annex_heading_2"
        if number == (level == 3):
            return f"annex_heading_{level}" if annex else f"heading_{level}"
    return f"heading_{level}_plain"


# --- tables ---------------------------------------------------------------------------------------------------------


def _table(source: Table, dress: Dress) -> Node:
    caption = styled(dress, "caption", inlines(source.caption, dress.dialect), source.id)
    grid = table(
        "",
        [],
        source.widths,
        [_cell(cell, "table_head", dress) for cell in source.head],
        [[_cell(cell, "table_text", dress) for cell in row] for row in source.rows],
        number_columns(source),
    )
    return div([caption, grid] if source.caption else [grid])


def _cell(cell: Cell, part: str, dress: Dress) -> list[Node]:
    return [styled(dress, part, inlines(cell, dress.dialect))]


def _picture(source: Picture, dress: Dress) -> Node:
    width = (("width", f"{source.width * TEXT_WIDTH:.2f}cm"),)
    shown = styled(
        dress, "picture", [image(data_address("image/png", source.png), clean(source.alternative), source.id, width)]
    )
    caption = styled(dress, "caption", inlines(source.caption, dress.dialect))
    return div([*([caption] if source.caption else []), shown, _table(source.numbers, dress)])


TEXT_WIDTH = 17.0
"""Between the margins, in centimetres."""
