from __future__ import annotations

import base64
import hashlib
import json
import shutil
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import EPOCH, HOUSE
from reading import page_tree
from sample import HOSTILE, NOTICE, sample

from reprisal_cli.render.house import load_house
from reprisal_cli.render.html import css_string
from reprisal_cli.render.writers import render

VOID = {"meta", "col", "br", "link", "img", "hr", "input"}


class _Strict(HTMLParser):
    """Sees to it that every element is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="session")
def page(html_page: str) -> Any:
    return page_tree(html_page)


def test_the_page_is_well_formed(html_page: str) -> None:
    parser = _Strict()
    parser.feed(html_page)
    parser.close()
    assert parser.open == []


def test_identifiers_are_unique_and_every_inner_link_has_its_target(page: Any) -> None:
    idents = page.xpath("//@id")
    assert len(idents) == len(set(idents))
    assert {href[1:] for href in page.xpath("//@href") if href.startswith("#")} <= set(idents)


def test_the_page_loads_nothing_and_has_no_style_or_script_but_the_house_s(html_page: str, page: Any) -> None:
    assert not page.xpath(
        "//link | //img[not(starts-with(@src, 'data:'))] | //iframe | //@style | //@*[starts-with(name(), 'on')]"
    )
    assert "url(" not in html_page
    assert "@import" not in html_page
    assert len(page.xpath("//style")) == 1
    assert [node.get("type") for node in page.xpath("//script")] == ["application/json", None]


def test_the_policy_names_the_digests_of_style_and_script_and_allows_nothing_else(page: Any) -> None:
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name, text in (
        ("style", page.xpath("string(//style)")),
        ("script", page.xpath("string(//script[not(@type)])")),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[f"{name}-src"] == f"'sha256-{digest}'"


def test_a_house_without_a_script_gives_a_page_without_search(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    shutil.copytree(HOUSE, folder)
    (folder / "report.js").unlink()
    text = render(sample(), "html", load_house(folder), EPOCH).decode()
    page = page_tree(text)
    assert not page.xpath("//script | //form | //button")
    assert "script-src 'none'" in text


def test_filters_know_the_cases_of_the_document_and_no_number(page: Any) -> None:
    data = json.loads(page.xpath("string(//script[@id='reading'])"))
    assert data["facets"][0] == {"name": "state", "choices": [["EXL-2039-001", "EXL-2039-002"], ["NEV-2040-001"]]}
    assert page.xpath("//select[@id='find-state']/option/text()") == ["All", "Exampleland", "Neverland"]
    assert page.get_element_by_id("p_7").get("data-case") == "NEV-2040-001"


def test_what_only_a_script_can_do_is_hidden_without_one(page: Any) -> None:
    assert all(node.get("hidden") is not None for node in page.xpath("//*[contains(@class, 'scripted')]"))
    assert page.xpath("//form[@id='find']/@class") == ["scripted"]


def test_language_and_direction_are_said(page: Any) -> None:
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")


def test_headings_go_down_one_level_at_a_time_from_one_title(page: Any) -> None:
    levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    ("ident", "start"),
    [
        ("p_1", "1. The present report"),
        ("p_20", "20. It was"),
        ("p_3b", "(b) A page"),
        ("a2_p1", "1. It was"),
        ("fn-10", "10 NEV 2/2040."),
        ("fn-star2", "** The annexes"),
    ],
)
def test_numbers_are_text_of_the_page(page: Any, ident: str, start: str) -> None:
    assert " ".join(page.get_element_by_id(ident).text_content().split()).startswith(start)


def test_the_anchor_of_a_heading_is_on_the_heading(page: Any) -> None:
    assert [page.get_element_by_id(ident).tag for ident in ("h_intro", "annex_1", "a1_h1")] == ["h2", "h2", "h3"]


def test_notes_are_linked_there_and_back(page: Any) -> None:
    for number in range(1, 10):
        sign = page.get_element_by_id(f"fnref-{number}")
        assert (sign.get("href"), sign.text_content()) == (f"#fn-{number}", str(number))
        note = page.get_element_by_id(f"fn-{number}")
        assert note.xpath(".//a[@role='doc-backlink']/@href") == [f"#fnref-{number}"]


def test_a_cross_reference_links_to_its_paragraph(page: Any) -> None:
    assert page.get_element_by_id("p_2").xpath(".//a[contains(@class,'cross')]/@href") == ["#p_5", "#a1_p1", "#a1_p3"]


def test_cells_of_a_head_have_their_scope(page: Any) -> None:
    assert page.xpath('//table[@id="t_1"]//th/@scope') == ["col", "col", "col"]


def test_columns_are_as_wide_as_the_document_says(page: Any, html_page: str) -> None:
    box = page.xpath("//table[@id='t_1']/..")[0]
    assert "columns-50-20-30" in box.get("class").split()
    assert ".columns-50-20-30 th:nth-child(1) { width: 50%; }" in html_page


def test_contents_name_states_of_the_annexes(page: Any) -> None:
    lines = [" ".join(line.text_content().split()) for line in page.xpath("//ul[@class='contents']/li")]
    assert lines[0] == "I. Introduction Paragraphs 1"
    assert "2. Neverland (Republic of) Paragraphs 3–4" in lines


def test_the_notice_is_the_first_thing_and_in_the_foot(page: Any) -> None:
    assert page.xpath("string(//p[@class='notice'])") == NOTICE
    assert NOTICE in page.xpath("string(//footer)")


def test_a_hostile_notice_cannot_leave_the_style_sheet() -> None:
    assert css_string('</style>"\\') == r'"\3c \2f style\3e \22 \5c "'


def test_hostile_text_comes_out_as_typed(page: Any, html_page: str) -> None:
    assert HOSTILE in page.get_element_by_id("p_5").text_content()
    assert HOSTILE in page.get_element_by_id("fn-3").text_content()
    assert "<b>" not in html_page
    assert html_page.count("<script>") == 1
