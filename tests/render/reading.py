"""Reads finished files back as a reader would see them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
from lxml import html as lxml_html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeeze(text: str) -> str:
    """Text without any white space."""
    return "".join(text.split())


def word_text(root: Any) -> str:
    """All text of a Word part, without the instructions of fields."""
    return "".join(node.text or "" for node in root.iter(f"{W}t"))


def word_paragraph(root: Any, bookmark: str) -> Any:
    """The paragraph with a bookmark."""
    start = next(node for node in root.iter(f"{W}bookmarkStart") if node.get(f"{W}name") == bookmark)
    return next(start.iterancestors(f"{W}p"))


def style_of(paragraph: Any) -> str:
    """The id of a paragraph's style."""
    return str(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))


def fields(root: Any) -> list[str]:
    """The instructions of all fields."""
    return [" ".join((node.text or "").split()) for node in root.iter(f"{W}instrText")]


def pdf_text(file: bytes) -> str:
    """The text of all pages."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages)


def page_tree(page: str) -> Any:
    """A web page, parsed."""
    return lxml_html.document_fromstring(page)
