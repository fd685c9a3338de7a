"""Pages as a typographer sees them: no heading at the foot, no line alone at an edge; wide annexes on their side."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from conftest import EPOCH, HOUSE
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator
from reading import W, pdf_text, word_paragraph
from sample import annex, body, sample, text

from reprisal_cli.compile.tree import Heading, Para, Part, Report, Table, text_of
from reprisal_cli.render.house import load_house
from reprisal_cli.render.writers import render
from reprisal_cli.render.zip import unpack
from tests.support.pages import lines_of_pages

START = re.compile(r"^(\d+\.|\([a-z]\)) ")


def _long(words: int) -> Report:
    """A report whose paragraphs are of all lengths, so that pages end anywhere in them."""
    count = 0
    blocks: list[Any] = []
    for number in range(1, 41):
        if number % 3 == 1:
            blocks.append(Heading(f"h_{number}", 2, text(f"Heading number {number}"), label=f"{number}."))
        length = 5 + (number * words) % 83
        blocks.append(Para(f"p_{number}", text(" ".join(f"word{count + at}" for at in range(length))), number=number))
        count += length
    return replace(sample(), parts=(Part("main", tuple(blocks)),))


@pytest.mark.parametrize("words", [7, 13, 19])
def test_no_heading_and_no_line_stands_alone_at_the_edge_of_a_page(words: int) -> None:
    report = _long(words)
    headings = {
        f"{block.label}{text_of(block.inlines)}" for block in report.parts[0].blocks if isinstance(block, Heading)
    }
    pages = lines_of_pages(render(report, "pdf", load_house(HOUSE), EPOCH))[2:]
    assert len(pages) > 3
    for page, after in zip(pages, [*pages[1:], []], strict=True):
        assert page[-1].replace(" ", "") not in {one.replace(" ", "") for one in headings}, "a heading at the foot"
        if not after:
            continue
        alone_below = START.match(page[-1]) and not _starts(after[0], headings)
        assert not alone_below, "the first line of a paragraph alone at the foot"
        alone_above = not _starts(after[0], headings) and (len(after) < 2 or _starts(after[1], headings))
        assert not alone_above, "the last line of a paragraph alone at the head"


def _starts(line: str, headings: set[str]) -> bool:
    return bool(START.match(line)) or line.replace(" ", "") in {one.replace(" ", "") for one in headings}


def test_a_sentence_that_opens_items_stays_with_the_first_and_a_short_table_whole(tmp_path: Path) -> None:
    file = render(sample(), "docx", load_house(HOUSE), EPOCH)
    root = etree.fromstring(unpack(file)["word/document.xml"])
    assert word_paragraph(root, "p_3").find(f"{W}pPr/{W}keepNext") is not None
    assert word_paragraph(root, "p_4").find(f"{W}pPr/{W}keepNext") is None
    grid = list(root.iter(f"{W}tbl"))[1]
    kept = [[one.find(f"{W}pPr/{W}keepNext") is not None for one in row.iter(f"{W}p")] for row in grid.iter(f"{W}tr")]
    assert all(all(row) for row in kept[:-1])
    assert not any(kept[-1])


def _before_a_table(lines: int) -> Report:
    grid = Table("t_1", (text("Head of it"),), tuple((text(f"row {at}"),) for at in range(12)), (1.0,))
    lead = tuple(Para(f"p_{at}", text(f"Line {at}."), number=at) for at in range(1, lines))
    items = (Para("p_lead", text("As follows:"), number=lines), Para("p_item", text("Item."), level=1, number=1))
    return replace(sample(), parts=(Part("main", (*lead, *items, grid)),))


def test_the_pdf_breaks_neither_a_short_table_nor_an_opening_from_its_items() -> None:
    for lines in range(25, 45, 2):
        pages = [
            page.extract_text()
            for page in pypdf.PdfReader(BytesIO(render(_before_a_table(lines), "pdf", load_house(HOUSE), EPOCH))).pages
        ]
        assert [("row 0" in page, "Head of it" in page) for page in pages] == [
            ("row 11" in page,) * 2 for page in pages
        ]
        assert ["As follows:" in page for page in pages] == ["(a)" in page for page in pages]


def _with_note(lines: int) -> Report:
    report = _before_a_table(lines)
    note = Para("p_note", text("What a reader must know of it."), numbered=False)
    return replace(report, parts=(replace(report.parts[0], blocks=(*report.parts[0].blocks, note)),))


def test_a_table_and_the_note_under_it_are_on_one_page() -> None:
    for lines in range(25, 45, 2):
        read = pypdf.PdfReader(BytesIO(render(_with_note(lines), "pdf", load_house(HOUSE), EPOCH)))
        pages = [page.extract_text() for page in read.pages]
        assert ["row 11" in page for page in pages] == ["must know" in page for page in pages]
    root = etree.fromstring(unpack(render(_with_note(30), "docx", load_house(HOUSE), EPOCH))["word/document.xml"])
    last = list(root.iter(f"{W}tbl"))[1].findall(f"{W}tr")[-1]
    assert all(one.find(f"{W}pPr/{W}keepNext") is not None for one in last.iter(f"{W}p"))


def test_the_text_begins_on_a_page_of_its_own_after_the_contents() -> None:
    report = sample()
    first = next(block for block in report.parts[0].blocks)
    pages = lines_of_pages(render(report, "pdf", load_house(HOUSE), EPOCH))
    assert pages[1][0] == "Contents"
    assert text_of(first.inlines) in pages[2][0]  # type: ignore[union-attr]
    root = etree.fromstring(unpack(render(report, "docx", load_house(HOUSE), EPOCH))["word/document.xml"])
    assert word_paragraph(root, first.id).find(f"{W}pPr/{W}pageBreakBefore") is not None


@pytest.mark.parametrize("rows", [3, 17, 40])
@pytest.mark.parametrize("columns", [2, 9])
def test_no_row_of_a_table_is_lost_whatever_its_length(rows: int, columns: int) -> None:
    cells = tuple((text(f"row {at} of it"),) + (text("b"),) * (columns - 1) for at in range(rows))
    grid = Table("t_1", (text("A"),) * columns, cells, (1 / columns,) * columns)
    part = Part("annex-1", (grid,), "Annex I", "Wide", "a1")
    shown = pdf_text(render(replace(sample(), parts=(part,)), "pdf", load_house(HOUSE), EPOCH))
    assert all(f"row {at} of it" in shown for at in range(rows))


# --- wide tables ----------------------------------------------------------------------------------------------------


def _with_wide_annex() -> Report:
    grid = Table("t_wide", (text("A"),) * 9, ((text("b"),) * 9,) * 3, (1 / 9,) * 9)
    second = annex("annex-2", "Annex II", "Wide", 8, "a2")
    wide = replace(second, blocks=(*second.blocks[:4], grid))
    after = replace(annex("annex-3", "Annex III", "After", 10, "a3"))
    return replace(sample(), parts=(Part("main", body()), annex("annex-1", "Annex I", "First", 6, "a1"), wide, after))


def test_an_annex_with_a_wide_table_lies_on_its_side_in_the_pdf() -> None:
    pages = pypdf.PdfReader(BytesIO(render(_with_wide_annex(), "pdf", load_house(HOUSE), EPOCH))).pages
    lying = [page.extract_text() for page in pages if page.mediabox.width > page.mediabox.height]
    assert len(lying) == 1
    assert "Annex II" in lying[0]
    assert "A/HRC/99/1" in lying[0]


def test_an_annex_with_a_wide_table_is_a_section_of_its_own_in_word(tmp_path: Path) -> None:
    file = render(_with_wide_annex(), "docx", load_house(HOUSE), EPOCH)
    root = etree.fromstring(unpack(file)["word/document.xml"])
    sections = list(root.iter(f"{W}sectPr"))
    assert [one.find(f"{W}pgSz").get(f"{W}orient") for one in sections] == [None, "landscape", None]
    assert [one.find(f"{W}titlePg") is not None for one in sections] == [True, False, False]
    assert all(len(one.findall(f"{W}headerReference")) == 3 for one in sections)
    path = tmp_path / "wide.docx"
    path.write_bytes(file)
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors
