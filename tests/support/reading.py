"""Reads finished files as a reader sees them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pypdf
from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeeze(text: str) -> str:
    """Text without white space: pages break lines where they must."""
    return "".join(text.split())


def plain(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split())


def pdf_text(data: bytes) -> str:
    """All pages, with properties and bookmarks."""
    reader = pypdf.PdfReader(BytesIO(data))
    extra = [str(value) for value in (reader.metadata or {}).values()]
    extra += [str(value.get("/Title")) for value in _flat(reader.outline)]
    return "\n".join([*(page.extract_text() for page in reader.pages), *extra])


def _flat(outline: Any) -> list[Any]:
    return [one for item in outline for one in (_flat(item) if isinstance(item, list) else [item])]


def docx_parts(data: bytes) -> dict[str, Any]:
    """The XML parts of a Word file."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: etree.fromstring(file.read(name)) for name in file.namelist() if name.endswith((".xml", ".rels"))}


def docx_text(data: bytes) -> str:
    """The text of every part: the body, notes, headers, properties."""
    return "\n".join(_runs(root) for root in docx_parts(data).values())


def _runs(root: Any) -> str:
    out = []
    for paragraph in root.iter(f"{W}p"):
        out.append("".join(node.text or "" for node in paragraph.iter(f"{W}t")))
    return "\n".join(out) if out else " ".join(root.itertext())


def docx_sections(data: bytes, ids: Mapping[str, str]) -> dict[str, str]:
    """The text of each part of a report in Word. `ids` says for a paragraph's bookmark in which part it stands."""
    body = docx_parts(data)["word/document.xml"]
    out: dict[str, list[str]] = {}
    for paragraph in body.iter(f"{W}p"):
        marks = [node.get(f"{W}name") for node in paragraph.iter(f"{W}bookmarkStart")]
        for mark in marks:
            if mark in ids:
                text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
                out.setdefault(ids[mark], []).append(text)
    return {key: plain(" ".join(texts)) for key, texts in out.items()}


def page(data: bytes) -> Any:
    """A web page, parsed."""
    return html.document_fromstring(data.decode())


def html_text(data: bytes) -> str:
    """All that a page shows or reads out, without its style."""
    root = page(data)
    for node in root.iter("style"):
        node.text = ""
    attributes = [value for node in root.iter() if isinstance(node.tag, str) for value in node.attrib.values()]
    return plain(" ".join([root.text_content(), *attributes]))


def html_sections(data: bytes) -> dict[str, str]:
    """The text of each part of a report on the web: `main`, and `annex-1`, … by the id of their heading."""
    root = page(data)
    for sign in [
        *root.iter("sup"),
        *root.find_class("number"),
    ]:  # signs of notes and numbers of paragraphs are no words
        tail = sign.tail or ""
        sign.clear()
        sign.tail = tail
    out = {
        "main": plain(
            " ".join(node.text_content() for node in root.find_class("part") if "annex" not in node.get("class"))
        )
    }
    for title in root.find_class("annex-title"):
        key = re.sub(r"^h_", "", title.get("id")).replace("_", "-")
        out[key] = plain(title.getparent().text_content())
    return out


def html_lines(data: bytes) -> list[str]:
    """A report on the web as plain lines: headings with `#`, a paragraph a line, a row of a table a line."""
    out: list[str] = []
    for node in page(data).iter("h1", "h2", "h3", "h4", "h5", "p", "li", "tr"):
        if node.tag in ("p", "li") and any(parent.tag in ("td", "th", "tr", "li") for parent in node.iterancestors()):
            continue
        cells = node.iter("td", "th") if node.tag == "tr" else [node]
        text = " | ".join(plain(cell.text_content()) for cell in cells)
        mark = "#" * int(node.tag[1]) + " " if re.fullmatch("h[1-6]", node.tag) else ""
        out.append(f"{mark}{text}")
    return [line for line in out if line.strip()]


def odt_text(data: bytes) -> str:
    """A line for each paragraph of an OpenDocument text, its notes after it, and what pictures show in words."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return xml_text(file.read("content.xml"))


def epub_text(data: bytes) -> str:
    """The text of all chapters of a book."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return "\n".join(xml_text(file.read(name)) for name in file.namelist() if name.endswith(".xhtml"))


def akn_text(data: bytes) -> str:
    """The text of an Akoma Ntoso document."""
    return xml_text(data)


_NOTES = ("note", "authorialNote", "noteref", "footnote-ref")


def xml_text(data: bytes) -> str:
    """Text without footnotes, then the footnotes, then alternative texts."""
    root = etree.fromstring(data)
    notes, shown = [], []
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            continue
        name = etree.QName(node).localname
        shown += [value for key, value in node.attrib.items() if key.rpartition("}")[2] == "alt"]
        shown += ["".join(node.itertext())] if name == "desc" else []
        if name in ("note", "authorialNote") or "footnote-ref" in (node.get("class") or ""):
            notes.append("".join(node.itertext()))
            node.clear(keep_tail=True)
    return "\n".join(["".join(root.itertext()), *notes, *shown])


def markdown_text(data: bytes) -> str:
    """The words of a Markdown file, read as CommonMark: signs of notes and tags are left out."""
    from markdown_it import MarkdownIt

    text = re.sub(r"(?m)^\[\^\d+\]: ", "", data.decode())
    text = re.sub(r"(?<!\\)\[\^\d+\]", "", text)
    page = MarkdownIt("commonmark").enable("table").render(text)
    return str(html.document_fromstring(page).text_content())
