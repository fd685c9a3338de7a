"""Word and PDF are read back: the same paragraphs with the same numbers, those of the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.built import edition, sidecar
from tests.support.pages import lines_of_pages
from tests.support.reading import W, docx_parts, squeeze

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _levels(parts: dict[str, Any]) -> dict[str, tuple[str, int]]:
    """The list and level of each style that is numbered."""
    out: dict[str, tuple[str, int]] = {}
    for style in parts["word/styles.xml"].iter(f"{W}style"):
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None:
            level = properties.find(f"{W}ilvl").get(f"{W}val")
            out[style.get(f"{W}styleId")] = (properties.find(f"{W}numId").get(f"{W}val"), int(level))
    return out


def _counted(parts: dict[str, Any]) -> Iterator[tuple[set[str], int, str]]:
    """Each numbered paragraph as Word counts it: its bookmarks, its number, its text without notes."""
    levels = _levels(parts)
    counts: dict[str, list[int]] = {}
    for paragraph in parts["word/document.xml"].iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        place = levels.get(style.get(f"{W}val")) if style is not None else None
        if place is None:
            continue
        count = counts.setdefault(place[0], [0] * 9)
        count[place[1]] += 1
        count[place[1] + 1 :] = [0] * (8 - place[1])
        marks = {node.get(f"{W}name") for node in paragraph.iter(f"{W}bookmarkStart")}
        yield marks, count[place[1]], "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


@pytest.mark.slow
def test_word_and_pdf_have_the_paragraphs_and_numbers_of_the_map() -> None:
    files = edition("hrc-45")
    wanted = [one for one in sidecar(files, "map")["paragraphs"] if one["number"] is not None]
    assert len(wanted) > 80
    word = list(_counted(docx_parts(files["report.docx"])))
    printed = squeeze("".join(line for page in lines_of_pages(files["report.pdf"]) for line in page))
    at = 0
    for one in wanted:
        ((number, text),) = [(number, text) for marks, number, text in word if one["id"] in marks]
        assert number == one["number"], one["id"]
        sign = f"({LETTERS[number - 1]})" if one["level"] else f"{number}."
        found = printed.find(squeeze(sign + text), at)
        assert found >= 0, f"{one['id']} is not in the PDF, or not in its place"
        at = found + 1
