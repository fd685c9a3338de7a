from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from conftest import EPOCH
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator
from reading import W, fields, style_of, word_paragraph, word_text
from sample import HOSTILE, NOTICE, sample, text

from reprisal_cli.compile.tree import Blank, Para, Part, Table
from reprisal_cli.render.house import House
from reprisal_cli.render.writers import render

DOCUMENT = "word/document.xml"
NOTES = "word/footnotes.xml"


def _style(word: dict[str, Any], ident: str) -> Any:
    return next(style for style in word["word/styles.xml"].iter(f"{W}style") if style.get(f"{W}styleId") == ident)


def _list_level(word: dict[str, Any], ident: str) -> tuple[str, str]:
    properties = _style(word, ident).find(f"{W}pPr/{W}numPr")
    return properties.find(f"{W}numId").get(f"{W}val"), properties.find(f"{W}ilvl").get(f"{W}val")


def test_the_file_follows_the_schema_of_word(docx_file: bytes, tmp_path: Any) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(docx_file)
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors


@pytest.mark.parametrize(
    "text",
    [
        "United Nations",
        "General Assembly",
        "/HRC/99/1",
        "Advance edited version",
        "Distr.: General",
        "25 September 2040",
        "Original: English",
        "Human Rights Council",
        "Ninety-ninth session",
        "Agenda items 2 and 5",
        "Report of the Secretary-General",
        "Summary",
        "Contents",
        NOTICE,
    ],
)
def test_the_first_page_has_every_line_of_the_masthead(word: dict[str, Any], text: str) -> None:
    assert text in word_text(word[DOCUMENT])


def test_the_notice_stands_in_every_running_foot(word: dict[str, Any]) -> None:
    feet = [word_text(root) for name, root in word.items() if name.startswith("word/footer")]
    assert len(feet) == 3
    assert all(NOTICE in foot for foot in feet)


def test_the_symbol_stands_in_the_even_and_odd_running_heads(word: dict[str, Any]) -> None:
    heads = sorted(word_text(root) for name, root in word.items() if name.startswith("word/header"))
    assert heads == ["", "A/HRC/99/1", "A/HRC/99/1"]
    assert word["word/settings.xml"].find(f"{W}evenAndOddHeaders") is not None
    assert word[DOCUMENT].find(f".//{W}sectPr/{W}titlePg") is not None


def test_paragraph_numbers_come_from_the_style_and_are_not_typed(word: dict[str, Any]) -> None:
    paragraph = word_paragraph(word[DOCUMENT], "p_4")
    assert style_of(paragraph) == "SingleTxtG"
    assert _style(word, "SingleTxtG").find(f"{W}name").get(f"{W}val") == "_ Single Txt_G"
    assert paragraph.find(f"{W}pPr/{W}numPr") is None
    assert word_text(paragraph).startswith("It was reported")


def test_annex_paragraphs_are_a_level_below_the_label_and_so_start_again(word: dict[str, Any]) -> None:
    label, text = _list_level(word, "Annexlabel"), _list_level(word, "SingleTxtGannex")
    assert label[0] == text[0]
    assert (label[1], text[1]) == ("0", "1")
    assert style_of(word_paragraph(word[DOCUMENT], "a2_p1")) == "SingleTxtGannex"


def test_states_are_numbered_in_the_annex_and_not_in_the_body(word: dict[str, Any]) -> None:
    in_annex = style_of(word_paragraph(word[DOCUMENT], "a1_h1"))
    in_body = style_of(word_paragraph(word[DOCUMENT], "h_exl"))
    assert _list_level(word, in_annex)[0] == "4"
    assert _style(word, in_body).find(f"{W}pPr/{W}numPr") is None


@pytest.mark.parametrize(
    ("bookmark", "outline"), [("h_intro", "0"), ("h_general", "1"), ("h_1st", "2"), ("h_exl", "3")]
)
def test_headings_have_an_outline_level(word: dict[str, Any], bookmark: str, outline: str) -> None:
    style = _style(word, style_of(word_paragraph(word[DOCUMENT], bookmark)))
    assert style.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == outline


def test_a_cross_reference_is_a_field_on_a_bookmark(word: dict[str, Any]) -> None:
    assert r"REF p_5 \n \h" in fields(word_paragraph(word[DOCUMENT], "p_2"))
    assert r"REF p_2 \n \h" in fields(word[NOTES])


def test_every_field_points_to_a_bookmark_that_is_there(word: dict[str, Any]) -> None:
    bookmarks = {node.get(f"{W}name") for node in word[DOCUMENT].iter(f"{W}bookmarkStart")}
    targets = {
        field.split()[1]
        for part in (DOCUMENT, NOTES)
        for field in fields(word[part])
        if field.startswith(("REF", "PAGEREF"))
    }
    assert targets <= bookmarks


def test_the_contents_are_a_field_with_its_lines_filled_in(word: dict[str, Any]) -> None:
    lines = [
        p
        for p in word[DOCUMENT].iter(f"{W}p")
        if p.find(f"{W}pPr/{W}pStyle") is not None and style_of(p).startswith("toc")
    ]
    assert fields(lines[0])[0].startswith("TOC ")
    assert word_text(lines[1]).startswith("II.Activities in response to acts of intimidation and reprisal2–4")
    assert fields(lines[1]) == [r"REF p_2 \n \h", r"REF p_4 \n \h", r"PAGEREF h_activities \h"]
    assert all(any(field.startswith("PAGEREF") for field in fields(line)) for line in lines)


def test_starred_notes_show_their_mark_and_do_not_count(word: dict[str, Any]) -> None:
    signs = list(word[DOCUMENT].iter(f"{W}footnoteReference"))
    assert [sign.get(f"{W}customMarkFollows") for sign in signs[:3]] == ["1", "1", None]
    assert [word_text(sign.getparent()) for sign in signs[:2]] == ["*", "**"]
    notes = {note.get(f"{W}id"): note for note in word[NOTES].iter(f"{W}footnote")}
    assert word_text(notes[signs[1].get(f"{W}id")]).startswith("**The annexes")
    assert notes[signs[1].get(f"{W}id")].find(f".//{W}footnoteRef") is None


def test_the_automatic_count_of_notes_gives_their_numbers(word: dict[str, Any]) -> None:
    notes = {note.get(f"{W}id"): word_text(note) for note in word[NOTES].iter(f"{W}footnote")}
    counted = [
        notes[sign.get(f"{W}id")]
        for sign in word[DOCUMENT].iter(f"{W}footnoteReference")
        if sign.get(f"{W}customMarkFollows") is None
    ]
    assert counted[0] == "Invented resolution 1/1, para. 2."
    assert counted[5] == "EXL 1/2040."
    assert counted[9] == "NEV 2/2040."


def test_the_head_of_a_table_is_repeated_and_rows_stay_whole(word: dict[str, Any]) -> None:
    table = list(word[DOCUMENT].iter(f"{W}tbl"))[-2]
    rows = list(table.iter(f"{W}tr"))
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_hostile_text_comes_out_as_typed_in_body_table_and_note(word: dict[str, Any]) -> None:
    assert HOSTILE in word_text(word_paragraph(word[DOCUMENT], "p_5"))
    assert word_text(word[DOCUMENT]).count(HOSTILE) == 2
    assert HOSTILE in word_text(word[NOTES])


def test_right_to_left_runs_are_marked(word: dict[str, Any]) -> None:
    runs = [word_text(run) for run in word[DOCUMENT].iter(f"{W}r") if run.find(f"{W}rPr/{W}rtl") is not None]
    assert any("می‌خواهم" in run for run in runs)


def test_properties_have_the_title_the_language_and_no_author(word: dict[str, Any]) -> None:
    core = {node.tag.split("}")[1]: node.text for node in word["docProps/core.xml"]}
    assert core["title"].startswith("Cooperation with the United Nations")
    assert not core["creator"]
    assert core["created"] == "2020-09-13T12:26:40Z"
    assert word["word/styles.xml"].find(f".//{W}docDefaults//{W}lang").get(f"{W}val") == "en-GB"


def test_two_tables_that_follow_each_other_stay_two_and_a_form_has_lines_on_all_sides(
    house: House, tmp_path: Any
) -> None:
    """Word joins tables with nothing between them; a field without lines around it is not seen."""
    plain = Table("t1", (text("A"), text("B")), ((text("x"), text("1")),), (0.5, 0.5))
    form = Table("t2", (text("Item"), text("Entry")), ((text("Date"), (Blank("reply.date", 1),)),), (0.5, 0.5))
    said = Para("p_after", text("What follows."), number=1)
    report = replace(sample(), parts=(Part("main", (plain, form, said)),), facets=())
    file = render(report, "docx", house, EPOCH)
    path = tmp_path / "form.docx"
    path.write_bytes(file)
    assert OpenXmlValidator().validate(path).is_valid
    with zipfile.ZipFile(BytesIO(file)) as archive:
        body = etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    tables = [node for node in body if node.tag == f"{W}tbl"][1:]  # the masthead is one, too
    assert len(tables) == 2
    assert tables[0].getnext().tag == f"{W}p"
    sides = [table.find(f"{W}tblPr/{W}tblBorders/{W}insideV") is not None for table in tables]
    assert sides == [False, True]
    assert word_paragraph(body, "p_after").find(f"{W}pPr/{W}spacing").get(f"{W}before") == "160"
