"""What goes in as text comes out as text, whatever it looks like."""

from __future__ import annotations

import zipfile
from io import BytesIO

from conftest import EPOCH, HOUSE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from reading import page_tree, pdf_text, squeeze, word_paragraph, word_text
from sample import one

from reprisal_cli.compile.tree import Emph, Inline, Note, Para, Part, Report, Text, Value
from reprisal_cli.render.house import load_house
from reprisal_cli.render.literal import clean, text_nodes
from reprisal_cli.render.writers import render

MARKUP = r"""<b> &amp; $x$ {{z}} \input{a} [^1] #set ``` {=openxml} --- -- ... -? " ' \ \\ ![a](/etc/passwd)
=HYPERLINK(1) *a* _a_ ~ ^ @a <a> // /* # 1. - + = / ]]> <!-- --> <!--cut--> http://a.b \u{41} \n ( ) .a ;
& < > $ % | ] ];"""
SNIPPETS = st.sampled_from(MARKUP.split())
LETTERS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=12)
SIMPLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("Cc", "Cf")), max_size=12)
FAST = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _mixed(letters: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.lists(SNIPPETS | st.just(" ") | letters, max_size=6).map("".join), min_size=1, max_size=12)


def _report(texts: list[str]) -> Report:
    """Each text a paragraph of its own: plain, emphasised, from the data, and in a note."""
    paras = [Para(f"p_{at}", _inlines(text, at + 1), number=at + 1) for at, text in enumerate(texts)]
    report = one()
    return Report(report.language, report.front, (Part("main", tuple(paras)),), report.words)


def _inlines(text: str, number: int) -> tuple[Inline, ...]:
    return (Text(f"{text}|"), Emph((Text(text),)), Value(f"|{text}"), Note((Text(text),), number))


def _wanted(text: str) -> str:
    return squeeze(clean(f"{text}|{text}|{text}"))


@FAST
@given(_mixed(LETTERS))
def test_text_comes_out_of_word_and_the_web_page_as_typed(texts: list[str]) -> None:
    report, house = _report(texts), load_house(HOUSE)
    with zipfile.ZipFile(BytesIO(render(report, "docx", house, EPOCH))) as file:
        word = etree.fromstring(file.read("word/document.xml"))
        notes = etree.fromstring(file.read("word/footnotes.xml"))
    page = page_tree(render(report, "html", house, EPOCH).decode())
    for at, text in enumerate(texts):
        assert squeeze(word_text(word_paragraph(word, f"p_{at}"))) == _wanted(text)
        shown = squeeze(page.get_element_by_id(f"p_{at}").text_content())
        assert shown == f"{at + 1}.{_wanted(text)}{at + 1}"
        assert squeeze(page.get_element_by_id(f"fn-{at + 1}").text_content()) == f"{at + 1}{squeeze(clean(text))}"
    assert squeeze(word_text(notes)) == squeeze(clean("".join(texts)))


@FAST
@given(_mixed(SIMPLE))
def test_text_comes_out_of_the_pdf_as_typed(texts: list[str]) -> None:
    shown = squeeze(pdf_text(render(_report(texts), "pdf", load_house(HOUSE), EPOCH)))
    for at, text in enumerate(texts):
        assert f"{at + 1}.{_wanted(text)}{at + 1}" in shown


@given(st.text())
def test_cleaned_text_can_stand_in_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = clean(text)
    assert etree.fromstring(etree.tostring(element)).text in (clean(text) or None, clean(text))


@given(st.text(st.sampled_from("ab  سلام\u200c\u200f")))
def test_pieces_add_up_to_the_whole(text: str) -> None:
    def joined(nodes: list[dict[str, object]]) -> str:
        return "".join(node["c"] if node["t"] == "Str" else joined(node["c"][1]) for node in nodes)

    assert joined(text_nodes(text)) == clean(text)
