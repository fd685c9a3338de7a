"""Tracked changes of a Word file accepted or rejected, as Word does it; and what is then in the document."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def part(document: bytes, name: str) -> Any:
    """A part of a document as a tree."""
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        return etree.fromstring(file.read(name))


def settled(root: Any, accept: bool) -> Any:
    """The part without a tracked change: those with `accept` are taken, the others undone. A paragraph whose mark goes
    runs on in the next one; a table without rows goes."""
    stays, goes = ("ins", "del") if accept else ("del", "ins")
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{goes}") is not None:
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for change in list(root.iter(f"{W}pPrChange")):
        if not accept:
            own, old = change.getparent(), change.find(f"{W}pPr")
            for child in list(own):
                if child.tag not in (f"{W}rPr", f"{W}sectPr"):
                    own.remove(child)
            own[0:0] = list(old)
        else:
            change.getparent().remove(change)
    gone = [mark.getparent().getparent().getparent() for mark in root.iterfind(f".//{W}pPr/{W}rPr/{W}{goes}")]
    for element in list(root.iter(f"{W}{goes}")):
        if element.getparent().tag != f"{W}rPr":
            element.getparent().remove(element)
    for element in list(root.iter(f"{W}{stays}")):
        parent = element.getparent()
        at = parent.index(element)
        parent.remove(element)
        if parent.tag not in (f"{W}rPr", f"{W}trPr"):
            parent[at:at] = list(element)
    for tag, plain in (("delText", "t"), ("delInstrText", "instrText")):
        for element in root.iter(f"{W}{tag}"):
            element.tag = f"{W}{plain}"
    for paragraph in gone:
        after = paragraph.getnext()
        content = [child for child in paragraph if child.tag != f"{W}pPr"]
        if after is not None and after.tag == f"{W}p":
            start = 1 if len(after) and after[0].tag == f"{W}pPr" else 0
            after[start:start] = content
        elif any(text_of(child) for child in content):
            continue
        paragraph.getparent().remove(paragraph)
    return root


def text_of(element: Any, notes: dict[str, str] | None = None) -> str:
    """The words of an element; notes in brackets, codes of fields in braces."""
    out = []
    for child in element.iter():
        if child.tag == f"{W}t":
            out.append(child.text or "")
        elif child.tag in _SIGNS:
            out.append(_SIGNS[child.tag])
        elif child.tag == f"{W}footnoteReference" and notes is not None:
            out.append(f"[{notes.get(child.get(f'{W}id'), '?')}]")
    return re.sub(r"\s+", " ", "".join(out)).strip()


def content(document: bytes, accept: bool = True) -> list[str]:
    """All paragraphs of a document and cells of its tables, in order, each with its style, the numbers that are typed,
    the targets of its links and fields as the texts that they lead to, and its notes."""
    body = settled(part(document, "word/document.xml"), accept)
    notes = settled(part(document, "word/footnotes.xml"), accept)
    said = {note.get(f"{W}id"): text_of(note) for note in notes.iter(f"{W}footnote")}
    marks = {
        mark.get(f"{W}name"): text_of(mark.getparent())[:60] for mark in body.iter(f"{W}bookmarkStart")
    }  # fmt: skip
    out = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        codes = ["".join(code.itertext()).split() for code in paragraph.iter(f"{W}instrText")]
        led = [marks.get(code[1], "nowhere") for code in codes if code and code[0] in ("REF", "PAGEREF")]
        place = "cell " if paragraph.getparent().tag == f"{W}tc" else ""
        name = "" if style is None else style.get(f"{W}val")
        out.append(
            f"{place}{name}: {text_of(paragraph, said)} -> {led}"
            if led
            else f"{place}{name}: {text_of(paragraph, said)}"
        )
    return out
