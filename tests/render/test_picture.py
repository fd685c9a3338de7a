"""A figure: seen, described in words, and with its numbers under it, in every format."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
from reading import page_tree, pdf_text, squeeze, word_text
from sample import ALTERNATIVE

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def test_a_picture_in_word_says_in_words_what_it_shows(word: dict[str, Any]) -> None:
    (drawn,) = word["word/document.xml"].iter(DRAWN)
    assert drawn.get("descr") == ALTERNATIVE
    assert "Figure I. Cases by State" in word_text(word["word/document.xml"])


def _figures(node: Any) -> list[Any]:
    node = node.get_object()
    if isinstance(node, list):
        return [one for child in node for one in _figures(child)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("/S") == "/Figure" else []
    return own + (_figures(node["/K"]) if "/K" in node else [])


def test_a_picture_in_the_pdf_is_tagged_with_its_words_and_followed_by_its_numbers(pdf_file: bytes) -> None:
    root: Any = pypdf.PdfReader(BytesIO(pdf_file)).trailer["/Root"]
    (figure,) = _figures(root["/StructTreeRoot"]["/K"])
    assert figure["/Alt"] == ALTERNATIVE
    assert "FigureI.CasesbyState" in squeeze(pdf_text(pdf_file))
    assert "Exampleland12" in squeeze(pdf_text(pdf_file))


def test_a_picture_on_the_page_is_in_the_page_with_words_and_numbers(html_page: str) -> None:
    (shown,) = page_tree(html_page).iter("img")
    assert shown.get("alt") == ALTERNATIVE
    assert shown.get("src").startswith("data:image/svg+xml")
    assert "Exampleland12" in squeeze(page_tree(html_page).get_element_by_id("fig_1_numbers").text_content())
