from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf
import pytest
from msgspec.structs import replace
from reading import pdf_text, squeeze
from sample import NOTICE, one, text

from reprisal_cli.compile.tree import Foreign, Heading, Para, Part
from reprisal_cli.render import glyphs
from reprisal_cli.render.house import House
from reprisal_cli.render.pdf import missing_signs
from reprisal_cli.render.writers import render


@pytest.fixture(scope="session")
def reader(pdf_file: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf_file))


def _root(reader: pypdf.PdfReader) -> Any:
    return reader.trailer["/Root"]


def _titles(outline: Any) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield item.title


def _elements(node: Any) -> Iterator[str]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from _elements(node["/K"])


def test_the_file_is_tagged_and_has_title_and_language(reader: pypdf.PdfReader) -> None:
    assert _root(reader)["/MarkInfo"]["/Marked"]
    assert _root(reader)["/Lang"] == "en"
    assert reader.metadata.title.startswith("Cooperation with the United Nations")
    assert reader.metadata.author is None


def test_the_file_says_that_it_is_pdf_a_and_pdf_ua(pdf_file: bytes, reader: pypdf.PdfReader) -> None:
    xmp = _root(reader)["/Metadata"].get_object().get_data().decode()
    assert "pdfaid:part>2<" in xmp
    assert "pdfuaid:part>1<" in xmp


def test_paragraphs_headings_tables_notes_and_contents_are_tagged(reader: pypdf.PdfReader) -> None:
    found = set(_elements(_root(reader)["/StructTreeRoot"]["/K"]))
    assert {"/P", "/H1", "/H2", "/H3", "/H4", "/Table", "/TH", "/TD", "/Note", "/TOC", "/TOCI", "/Link"} <= found


def test_bookmarks_name_headings_with_their_labels(reader: pypdf.PdfReader) -> None:
    titles = list(_titles(reader.outline))
    assert titles[:2] == ["I. Introduction", "II. Activities in response to acts of intimidation and reprisal"]
    assert "Annex II Information on alleged cases included in follow-up to previous reports" in titles


def test_every_page_has_the_notice_and_all_but_the_first_the_symbol_and_their_number(reader: pypdf.PdfReader) -> None:
    pages = [page.extract_text() for page in reader.pages]
    assert all(NOTICE in page for page in pages)
    assert all("A/HRC/99/1" in page for page in pages)
    assert all(str(at + 1) in page.split() for at, page in enumerate(pages) if at)


def test_numbers_are_those_of_the_tree(pdf_file: bytes) -> None:
    shown = " ".join(pdf_text(pdf_file).split())
    for line in (
        "Report of the Secretary-General*, **",
        "1. The present report is the thirty-first report on the subject.1",
        "(a) Letters were sent",
        "1 Invented resolution 1/1, para. 2.",
        "Annex II Information on alleged cases included in follow-up to previous reports 1. Exampleland 1. It was",
        "10 NEV 2/2040.",
        "I. Introduction 1. The present",
        "B. Summary of cases 1. First group Exampleland 6. It was",
    ):
        assert line in shown


def test_a_cross_reference_is_a_link_to_its_paragraph(reader: pypdf.PdfReader) -> None:
    links = [
        annotation.get_object()
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if annotation.get_object()["/Subtype"] == "/Link"
    ]
    inside = [link for link in links if "/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo"]
    outside = [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]
    assert len(inside) > 15
    assert set(outside) == {"https://example.org/a?b=1&c=2#d", "https://example.org/n"}


def test_all_fonts_are_embedded_and_come_from_packages(reader: pypdf.PdfReader) -> None:
    names = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all(name.startswith(("LibertinusSerif", "Amiri")) for name in names), names


def test_signs_that_no_font_has_are_shown_as_unknown_and_told(house: House) -> None:
    report = one(*text("漢字 and Привет می‌خواهم \u200f and \ue000 and x\ufeffy"))
    assert missing_signs(report, house) == ("U+5B57", "U+6F22", "U+E000", "U+FEFF")
    shown = squeeze(pdf_text(render(report, "pdf", house, 0)))
    assert "\ufffd\ufffdandПривет" in shown
    assert "and\ufffdandxy" in shown


def test_heading_levels_that_are_skipped_in_the_tree_are_not_skipped_in_the_file(house: House) -> None:
    report = one(*text("x"))
    blocks = (
        Heading("h1", 1, text("One"), label="I."),
        Heading("h4", 4, text("Deep"), labelled=False),
        Para("p1", text("x"), number=1),
    )
    file = render(replace(report, parts=(Part("main", blocks),)), "pdf", house, 0)
    found = set(_elements(_root(pypdf.PdfReader(BytesIO(file)))["/StructTreeRoot"]["/K"]))
    assert "/H2" in found
    assert "/H4" not in found


@pytest.mark.parametrize("fonts", [None, (), ("Amiri",)])
def test_the_signs_that_are_not_probed_can_be_printed_whatever_fonts_a_house_has(
    fonts: tuple[str, ...] | None, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = one(*text("".join(sorted(glyphs.IN_TYPST))))
    monkeypatch.setattr(glyphs, "IN_TYPST", frozenset())  # so that all of them are probed
    assert missing_signs(said, house if fonts is None else replace(house, fonts=fonts)) == ()


def test_words_in_another_language_are_marked_with_it(house: House) -> None:
    said = one(*text("He said "), Foreign("fr", text("voilà tout")), *text(" then."))
    pages = pypdf.PdfReader(BytesIO(render(said, "pdf", house, 0))).pages
    marks = [mark for page in pages for mark in re.findall(rb"/Lang ?\((\w+)\)", page.get_contents().get_data())]
    assert set(marks) == {b"en", b"fr"}
