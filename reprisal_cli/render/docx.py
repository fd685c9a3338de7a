"""Report -> Word. pandoc writes the text into our template; what it cannot say is put right afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from reprisal_cli.compile.tree import Report
from reprisal_cli.render.docx_keep import begin_text, keep_together
from reprisal_cli.render.docx_reference import AnnexLabel, W, annex_label, reference, style_ids
from reprisal_cli.render.docx_sections import part_tables, turn_pages
from reprisal_cli.render.docx_template import JOB, NOTICE, SYMBOL, read_template
from reprisal_cli.render.docx_tree import Dress, dialect, tree
from reprisal_cli.render.fill import fill
from reprisal_cli.render.house import House
from reprisal_cli.render.literal import clean
from reprisal_cli.render.pandoc import as_json, convert
from reprisal_cli.render.zip import pack, unpack

PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def docx(report: Report, house: House, epoch: int) -> bytes:
    """The document as a Word file."""
    return begin(report, house, epoch)()


def begin(report: Report, house: House, epoch: int) -> Callable[[], bytes]:
    """The same in two steps: the tree, and what pandoc makes of it."""
    label = annex_label(report)
    template = reference(report, house, label or AnnexLabel())
    dress = Dress(house, style_ids(template, house), label is not None and _counts(template, house), dialect(house))
    document = as_json(tree(report, dress))

    def rest() -> bytes:
        written = _write(document, template, house)
        return pack(_finish(unpack(written), unpack(template), report, house, epoch))

    return rest


def _counts(template: bytes, house: House) -> bool:
    """Whether the template numbers annexes by itself: the house's does, a workspace's own may not."""
    if house.reference is None:
        return True
    read = read_template(template)
    return read.level(read.styles.get((house.style("annex_label").lower(), "paragraph"))) is not None


def _placed(parts: dict[str, bytes], report: Report) -> dict[str, bytes]:
    """The heads and feet of a workspace's own template with what this document puts there."""
    front = report.front
    values = {SYMBOL: front.symbol, NOTICE: front.notice, JOB: front.job_number}
    out: dict[str, bytes] = {}
    for name in (name for name in parts if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")):
        text = parts[name].decode()
        for sign, value in values.items():
            text = text.replace(sign, escape(clean(value)))
        out[name] = text.encode()
    return out


def _write(document: str, template: bytes, house: House) -> bytes:
    with tempfile.TemporaryDirectory(prefix="reprisal-") as folder:
        path = Path(folder) / "reference.docx"
        path.write_bytes(template)
        body = house.folder / "docx" / "body.xml"
        return convert(document, "docx", [f"--reference-doc={path}", f"--template={body}"])


def _finish(
    parts: dict[str, bytes], template: dict[str, bytes], report: Report, house: House, epoch: int
) -> dict[str, bytes]:
    """pandoc's parts with starred notes, table rows, settings and properties as they have to be."""
    document = etree.fromstring(parts["word/document.xml"])
    notes = etree.fromstring(parts["word/footnotes.xml"])
    _keep_rows(document)
    _name_pictures(document)
    if report.direction == "rtl":
        _mirror_tables(document)
    _star(document, notes, report)
    _hang_notes(notes)
    keep_together(document, report)
    begin_text(document, report)
    turn_pages(document, report)
    part_tables(document)
    _rule_forms(document)
    own = _placed(parts, report) if house.reference else {"word/settings.xml": template["word/settings.xml"]}
    if not house.reference:
        _separators(notes, template["word/footnotes.xml"])
    moment = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    front = report.front
    values = {"title": clean(front.title), "symbol": clean(front.symbol), "moment": moment}
    core = fill(house.folder, "docx/core.xml.j2", locale=house.locale(report.language), **values)
    return {
        **parts,
        "word/document.xml": _bytes(document),
        "word/footnotes.xml": _bytes(notes),
        **own,
        "docProps/core.xml": core.encode(),
    }


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _keep_rows(document: Any) -> None:
    """No row of a table breaks over two pages."""
    for row in document.iter(f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            row.insert(0, properties)
        if properties.find(f"{W}cantSplit") is None:
            properties.insert(0, etree.Element(f"{W}cantSplit"))


def _rule_forms(document: Any) -> None:
    """A table with fields to fill in has lines on all sides, so that a reader sees where to write."""
    for properties in document.iter(f"{W}tblPr"):
        if next(properties.getparent().iter(f"{W}sdt"), None) is None:
            continue
        borders = etree.Element(f"{W}tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            line = etree.SubElement(borders, f"{W}{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "999999")):
                line.set(f"{W}{name}", value)
        later = [node for node in properties if etree.QName(node).localname in _AFTER_BORDERS]
        if later:
            later[0].addprevious(borders)
        else:
            properties.append(borders)


_AFTER_BORDERS = ("shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription")


def _name_pictures(document: Any) -> None:
    """pandoc repeats the whole picture where its file would be named."""
    for picture in document.iter(f"{PICTURE}cNvPr"):
        picture.attrib.pop("descr", None)


def _mirror_tables(document: Any) -> None:
    """The first column of a table stands at the right."""
    for properties in document.iter(f"{W}tblPr"):
        style = properties.find(f"{W}tblStyle")
        properties.insert(0 if style is None else 1, etree.Element(f"{W}bidiVisual"))


def _star(document: Any, notes: Any, report: Report) -> None:
    """Starred notes show their mark and do not count. They come first in the document, in the author's line."""
    marks = [note.mark for note in report.front.title_notes]
    by_id = {note.get(f"{W}id"): note for note in notes.iter(f"{W}footnote")}
    for sign, mark in zip(document.iter(f"{W}footnoteReference"), marks, strict=False):
        sign.set(f"{W}customMarkFollows", "1")
        for star in reversed(mark):  # one element each: LibreOffice prints the second of two in one element twice
            sign.addnext(_text(star))
        own = next(by_id[sign.get(f"{W}id")].iter(f"{W}footnoteRef"))
        for star in reversed(mark):
            own.addnext(_text(star))
        own.getparent().remove(own)


def _hang_notes(notes: Any) -> None:
    """A tab between the sign of a note and its text, where pandoc has a space."""
    for paragraph in notes.iterfind(f"{W}footnote/{W}p"):
        space = paragraph[2] if len(paragraph) > 2 else None  # after the properties and the sign
        if space is not None and "".join(space.itertext()) == " ":
            paragraph.replace(space, _tab())


def _separators(notes: Any, template: bytes) -> None:
    """The lines above notes as the template has them; pandoc brings its own."""
    kinds = {note.get(f"{W}type"): note for note in etree.fromstring(template) if note.get(f"{W}type")}
    for note in notes.findall(f"{W}footnote[@{W}type]"):
        if note.get(f"{W}type") in kinds:
            notes.replace(note, kinds[note.get(f"{W}type")])


def _tab() -> Any:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}tab")
    return run


def _text(text: str) -> Any:
    element = etree.Element(f"{W}t")
    element.set(XML_SPACE, "preserve")
    element.text = text
    return element
