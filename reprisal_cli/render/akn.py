"""Report -> Akoma Ntoso 3.0 (OASIS LegalDocML): a `statement` with its annexes as attachments.

The names follow AKN4UN, in which no class for a report of the Secretary-General is known; no more is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from reprisal_cli.compile.tree import (
    Blank,
    Block,
    Cell,
    Cross,
    Emph,
    Foreign,
    Heading,
    Inline,
    Link,
    Note,
    Para,
    Part,
    Picture,
    Places,
    Report,
    Table,
    Text,
    Value,
)
from reprisal_cli.render.house import House
from reprisal_cli.render.inlines import WEB, dots
from reprisal_cli.render.literal import clean
from reprisal_cli.render.nodes import data_address
from reprisal_cli.render.numerals import paragraph_number
from reprisal_cli.render.outline import front_texts, is_annex, part_id

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}
LEVELS = {1: "section", 2: "subsection", 3: "division", 4: "subdivision"}
ITEMS = 5
"""The depth of a paragraph that has items, which no heading reaches."""
WHO = "#un"


def akn(report: Report, house: House, epoch: int) -> bytes:
    """The document as Akoma Ntoso in UTF-8."""
    root = etree.fromstring(f'<akomaNtoso xmlns="{NAMESPACE}"/>')
    statement = _add(root, "statement", name="report")
    _meta(statement, report, epoch, "main")
    _preface(_add(statement, "preface"), report)
    if report.front.summary:
        preamble = _add(statement, "preamble")
        _add(preamble, "p", eId="summary").text = clean(report.words["summary"])
        for para in report.front.summary:
            _fill(_add(preamble, "p", eId=para.id), para.inlines)
    bodies = [part for part in report.parts if not is_annex(part)]
    _body(statement, [block for part in bodies for block in part.blocks])
    annexes = [part for part in report.parts if is_annex(part)]
    attachments = _add(statement, "attachments") if annexes else None
    for part in annexes:
        _annex(attachments, part, report, epoch)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _add(parent: Any, tag: str, text: str = "", /, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", {key: clean(one) for key, one in attributes.items()})
    element.text = clean(text) or None
    return element


# --- what it is -----------------------------------------------------------------------------------------------------


def _meta(parent: Any, report: Report, epoch: int, component: str) -> None:
    """Work, expression and manifestation. The day is that of the build's epoch, which is the edition's."""
    day = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d")
    slug = re.sub(r"[^a-z0-9]+", "-", report.front.symbol.lower()).strip("-") or "report"
    language = LANGUAGES.get(report.language, "und")
    work = f"/akn/un/statement/secretary-general/{day}/{slug}"
    meta = _add(parent, "meta")
    identification = _add(meta, "identification", source=WHO)
    addresses = (("Work", work), ("Expression", f"{work}/{language}@"), ("Manifestation", f"{work}/{language}@.akn"))
    for level, address in addresses:
        one = _add(identification, f"FRBR{level}")
        _add(one, "FRBRthis", value=f"{address}/!{component}")
        _add(one, "FRBRuri", value=address)
        _add(one, "FRBRdate", date=day, name="edition")
        _add(one, "FRBRauthor", href=WHO)
        if level == "Work":
            _add(one, "FRBRcountry", value="un")
        elif level == "Expression":
            _add(one, "FRBRlanguage", language=language)
        else:
            _add(one, "FRBRformat", value="application/akn+xml")
    if component == "main":
        name = report.front.organization or "United Nations"
        references = _add(meta, "references", source=WHO)
        _add(references, "TLCOrganization", eId="un", href="/akn/ontology/organization/un", showAs=name)


def _preface(preface: Any, report: Report) -> None:
    front = front_texts(report.front)
    names = ("notice", "organization", "organ", "symbol", "version", "distribution", "date", "original", "body")
    lines = [(name, front[name]) for name in (*names, "session", "session_dates", "agenda")]
    lines += [("agenda_title", text) for text in front["agenda_titles"]]
    elements = {"symbol": "docNumber", "title": "docTitle", "author": "docProponent"}
    for name, text in (*lines, ("title", front["title"]), ("author", front["author"]), ("job", front["job_number"])):
        if text:
            line = _add(preface, "p", **{"class": name})
            last = _add(line, elements[name], text) if name in elements else line
            if last is line:
                line.text = text
            if name == "author":
                _fill(line, report.front.title_notes)
    if not len(preface):
        _add(preface, "p")


# --- blocks ---------------------------------------------------------------------------------------------------------


def _annex(parent: Any, part: Part, report: Report, epoch: int) -> None:
    attachment = _add(parent, "attachment", eId=f"{part_id(part)}_attachment")
    statement = _add(attachment, "statement", name="annex")
    _meta(statement, report, epoch, part.key)
    preface = _add(statement, "preface")
    _add(preface, "p", part.label, **{"class": "label"})
    _add(preface, "p", part.title, eId=part_id(part), **{"class": "title"})
    _body(statement, part.blocks)


def _body(statement: Any, blocks: Any) -> None:
    """Headings hold what stands under them, and a paragraph its items."""
    body = _add(statement, "mainBody")
    opened: list[tuple[int, Any]] = [(0, body)]
    for block, after in zip(blocks, (*blocks, None)[1:], strict=True):
        if not (isinstance(block, Para) and block.level):
            while opened[-1][0] == ITEMS:
                opened.pop()
        if isinstance(block, Heading):
            while opened[-1][0] >= block.level:
                opened.pop()
            opened.append((block.level, _heading(opened[-1][1], block)))
        elif isinstance(block, Para) and not block.level and isinstance(after, Para) and after.level:
            opened.append((ITEMS, _paragraph(opened[-1][1], block, "intro")))
        else:
            _block(opened[-1][1], block)
    if not len(body):
        _add(body, "p")


def _heading(parent: Any, block: Heading) -> Any:
    section = _add(parent, LEVELS[block.level], eId=block.id)
    if block.label:
        _add(section, "num", block.label)
    _fill(_add(section, "heading"), block.inlines)
    return section


def _block(parent: Any, block: Block) -> None:
    match block:
        case Para():
            _paragraph(parent, block, "content")
        case Table():
            _table(parent, block)
        case Picture():
            holder = _add(_add(parent, "hcontainer", eId=block.id, name="figure"), "content")
            _fill(_add(holder, "p"), block.caption)
            address = data_address("image/svg+xml", block.svg)
            _add(_add(holder, "p"), "img", src=address, alt=block.alternative)
            _table(parent, block.numbers)


def _paragraph(parent: Any, block: Para, inside: str) -> Any:
    """`inside` is where its words stand: `content`, or `intro` where items follow."""
    paragraph = _add(parent, "subparagraph" if block.level else "paragraph", eId=block.id)
    if block.numbered:
        _add(paragraph, "num", paragraph_number(block))
    _fill(_add(_add(paragraph, inside), "p"), block.inlines)
    return paragraph


def _table(parent: Any, source: Table) -> None:
    holder = _add(_add(parent, "hcontainer", eId=f"{source.id}_table", name="table"), "content")
    table = _add(holder, "table", eId=source.id)
    if source.caption:
        _fill(_add(table, "caption"), source.caption)
    for row, kind in [(source.head, "th"), *((row, "td") for row in source.rows)]:
        line = _add(table, "tr")
        for cell in row:
            _fill(_add(_add(line, kind), "p"), cell)


# --- inlines --------------------------------------------------------------------------------------------------------


def _fill(parent: Any, children: Cell) -> None:
    for child in children:
        _inline(parent, child)


def _inline(parent: Any, inline: Inline) -> None:
    match inline:
        case Text(text) | Value(text):
            _append(parent, clean(text))
        case Emph(children):
            _fill(_add(parent, "i"), children)
        case Foreign(language, children):
            span = _add(parent, "span")
            span.set(LANG, language)
            _fill(span, children)
        case Link(url, children):
            _fill(_add(parent, "ref", href=url) if url.startswith(WEB) else parent, children)
        case Cross(target, text):
            _add(parent, "ref", text, href=f"#{target}")
        case Note(children):
            note = _add(parent, "authorialNote", marker=inline.mark or f"{inline.number}", placement="bottom")
            _fill(_add(note, "p"), children)
        case Blank():
            _append(parent, dots(inline))
        case Places():
            raise AssertionError("the tree is not finished")


def _append(parent: Any, text: str) -> None:
    """Text after what the element has already."""
    last = next(_backwards(parent), None)
    if last is None:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _backwards(parent: Any) -> Iterator[Any]:
    return parent.iterchildren(reversed=True)  # type: ignore[no-any-return]
