"""A workspace's own Word template: made, checked, used."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from conftest import EPOCH, HOUSE
from docx.enum.style import WD_STYLE_TYPE
from reading import W, word_text
from sample import NOTICE, sample

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.docx_template import first_template, lacks
from reprisal_cli.render.house import House, load_house
from reprisal_cli.render.writers import render
from reprisal_cli.render.zip import pack, unpack


def _changed(house: House, change: Callable[[str], str], part: str) -> bytes:
    parts = unpack(first_template(house))
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part].decode() != before
    return pack(parts)


def _said(template: bytes, house: House) -> str:
    return "\n".join(one.what for one in lacks(template, house))


def test_the_template_to_begin_with_lacks_nothing(house: House) -> None:
    assert lacks(first_template(house), house) == ()


def test_a_document_with_the_template_to_begin_with_is_that_without_it(
    house: House, tmp_path: Path, docx_file: bytes
) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes(first_template(house))
    ours, other = unpack(docx_file), unpack(render(sample(), "docx", load_house(HOUSE, own), EPOCH))
    assert other["word/document.xml"] == ours["word/document.xml"]
    texts = sorted(
        word_text(docx.oxml.parse_xml(other[name])) for name in other if "/header" in name or "/footer" in name
    )
    assert texts.count("A/HRC/99/1") == 2
    assert sum(NOTICE in text for text in texts) == 3
    assert not any("{{" in text for text in texts)


def test_a_template_beside_the_styles_is_used_without_being_named(tmp_path: Path, house: House) -> None:
    for path in HOUSE.rglob("*.*"):
        target = tmp_path / path.relative_to(HOUSE)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    (tmp_path / "reference.docx").write_bytes(first_template(house))
    assert load_house(tmp_path).reference == tmp_path / "reference.docx"


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("word/styles.xml", '"_ Single Txt_G"', '"Body"', "no paragraph style named `_ Single Txt_G`"),
        ("word/styles.xml", '<w:outlineLvl w:val="2"/>', "", "(heading 3) has not the outline level 3"),
        (
            "word/styles.xml", '<w:ilvl w:val="0"/><w:numId w:val="1"/>', '<w:numId w:val="0"/>',
            "(paragraph) is not numbered",
        ),
        ("word/numbering.xml", "upperRoman", "decimal", "(heading 1) does not count I, II, III"),
        ("word/numbering.xml", '<w:pStyle w:val="SingleTxtG"/>', "", "(paragraph) is not linked to it"),
        ("word/styles.xml", '<w:ilvl w:val="1"/><w:numId w:val="3"/>', '<w:ilvl w:val="0"/><w:numId w:val="1"/>',
         "numbers of the annex paragraph would run on"),
        ("word/settings.xml", "<w:evenAndOddHeaders/>", "", "even and odd pages have the same head"),
        ("word/document.xml", "<w:titlePg/>", "", "the first page has the running head"),
        ("word/header-even.xml", "{{symbol}}", "X", "the header of even pages lacks the symbol"),
        ("word/footer-odd.xml", " PAGE ", " DATE ", "the footer of odd pages lacks the page number"),
        ("word/footer-odd.xml", "{{notice}}", "", "the footer of odd pages lacks the place of a notice"),
    ],
)  # fmt: skip
def test_what_a_template_lacks_is_said_in_plain_words(house: House, part: str, old: str, new: str, said: str) -> None:
    assert said in _said(_changed(house, lambda text: text.replace(old, new), part), house)


def test_a_plain_word_document_lacks_nearly_everything(house: House) -> None:
    out = BytesIO()
    plain = docx.Document()
    plain.styles.add_style("footnote reference", WD_STYLE_TYPE.PARAGRAPH)
    plain.save(out)
    said = _said(out.getvalue(), house)
    assert "no paragraph style named `_ H_1_G`, which dresses: heading 1" in said
    assert "the style `footnote reference` is a paragraph style" in said
    assert "`header`" not in said


@pytest.mark.parametrize("content", [b"", b"not a document", pack({"a.txt": b"x"})])
def test_what_is_no_word_document_is_refused(house: House, content: bytes) -> None:
    with pytest.raises(ReprisalError):
        lacks(content, house)


def test_labels_of_annexes_are_typed_where_the_template_does_not_count_them(house: House, tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes(
        _changed(
            house,
            lambda text: text.replace('<w:ilvl w:val="0"/><w:numId w:val="3"/>', '<w:numId w:val="0"/>'),
            "word/styles.xml",
        )
    )
    written = docx.Document(BytesIO(render(sample(), "docx", load_house(HOUSE, own), EPOCH)))
    assert [p.text for p in written.paragraphs if p.style.name == "_ Annex label"] == ["Annex I", "Annex II"]
    assert W
