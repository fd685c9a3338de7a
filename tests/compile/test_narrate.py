"""A case's paragraphs: references filled in, the sentence of its history, sentences made from fields."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprisal_cli.compile.tree import Link, Note, Para, text_of, walk_inlines
from reprisal_cli.dialect import FORBIDDEN
from reprisal_cli.register.words import words
from tests.support.builders import HRC_60, case, compiled, notes, paragraphs, part, person

HRC_45 = {
    **HRC_60,
    "id": "hrc-45",
    "session": "45",
    "symbol": "A/HRC/45/36",
    "date": "2020-09-25",
    "period": "2019-06-01/2020-04-30",
}
HRC_51 = {
    **HRC_60,
    "id": "hrc-51",
    "session": "51",
    "symbol": "A/HRC/51/47",
    "date": "2022-09-14",
    "period": "2021-05-01/2022-04-30",
}
EDITIONS = (HRC_45, HRC_51, HRC_60)


def told(text: str, place: str = "annex-1", **fields: Any) -> list[str]:
    """The paragraphs of a case's annex text."""
    report, found = compiled([case(text={"hrc-60": {"place": place, "annex": text}}, **fields)], "hrc-60", EDITIONS)
    assert found == []
    return [line.split(". ", 1)[1] for line in paragraphs(report, place)]


# --- references -----------------------------------------------------------------------------------------------------

ACTIONS = [
    {
        "ref": "u1",
        "by": ["sr-defenders", "wgad"],
        "kind": "communication",
        "number": "XXA 1/2025",
        "date": "2025-03-01",
    },
    {"ref": "u2", "by": ["cat"], "date": "2025-03"},
    {"ref": "u3", "by": ["ohchr"], "kind": "note-verbale", "number": "note-verbale:hrc-60", "date": "2025-06-10"},
    {"ref": "u4"},
    {"ref": "u5", "by": ["asg"]},
]
REPLIES = [
    {"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-25"},
    {"ref": "r2", "state": "XXA", "summary": "x"},
]


@pytest.mark.parametrize(
    ("ref", "printed"),
    [
        ("{p1}", "a lawyer called p1"),
        ("{u1}", "XXA 1/2025"),
        ("{u2}", "the Committee against Torture, March 2025"),
        ("{u3}", "OHCHR, 10 June 2025"),
        ("{u4}", "United Nations"),
        ("{u5}", "the Assistant Secretary-General for Human Rights"),
        ("{r1}", "reply of 25 April 2025"),
        ("{r2}", "reply of the Government"),
        ("{case}", "annex I, para. 1"),
        ("{ref A/HRC/58/999}", "A/HRC/58/999"),
        ("{ref A/HRC/58/999, paras. 12-13}", "A/HRC/58/999, paras. 12-13"),
    ],
)
def test_what_a_reference_prints(ref: str, printed: str) -> None:
    assert told(f"See {ref}.", un_actions=ACTIONS, responses=REPLIES)[0] == f"See {printed}."


def test_a_document_is_linked_in_the_language_of_the_edition() -> None:
    report, _ = compiled([case(text={"hrc-60": {"annex": "{ref A/HRC/58/999, para. 1} [x](https://a.b)"}})])
    block = next(block for block in part(report, "annex-1").blocks if isinstance(block, Para))
    links = [(node.url, text_of(node.children)) for node in walk_inlines(block.inlines) if isinstance(node, Link)]
    assert links == [("https://docs.un.org/en/A/HRC/58/999", "A/HRC/58/999"), ("https://a.b", "x")]


REPORTS = [
    {"edition": "hrc-45", "symbol": "A/HRC/45/36", "part": "annex II", "paras": ["23", "24", "30"]},
    {"edition": "hrc-51", "symbol": "A/HRC/51/47", "part": "annex I", "paras": ["7"]},
    {"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex II", "paras": ["1"]},
    {"edition": "hrc-63", "symbol": "A/HRC/63/999", "part": "annex II"},
]
CITED = "A/HRC/45/36, annex II, paras. 23-24 and 30; A/HRC/51/47, annex I, para. 7"


def test_earlier_places_leave_this_edition_and_later_ones_out() -> None:
    assert told("Earlier: {reports}.", reports=REPORTS) == [f"Earlier: {CITED}."]


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="*{[^\\\n\r")).filter(
        lambda text: not FORBIDDEN.search(text)
    )
)
@settings(max_examples=40, deadline=None)
def test_text_without_marks_is_printed_as_typed(text: str) -> None:
    if text.strip():
        assert told(f"|{text}|") == [f"|{text}|"]


# --- annex II: the history ------------------------------------------------------------------------------------------


def test_a_follow_up_opens_with_its_history_and_the_places_in_a_note() -> None:
    one = case(text={"hrc-60": {"place": "annex-2", "annex": "News.\n\nMore."}}, reports=REPORTS)
    report, found = compiled([one], "hrc-60", EDITIONS)
    assert found == []
    assert paragraphs(report, "annex-2") == [
        "1. The case of a lawyer called p1 was included in the 2020 and 2022 reports of the Secretary-General.",
        "2. News.",
        "3. More.",
    ]
    assert notes(report) == [f"1 {CITED}."]


def test_one_earlier_report_is_one_report() -> None:
    assert told("News.", "annex-2", reports=REPORTS[:1])[0] == (
        "The case of a lawyer called p1 was included in the 2020 report of the Secretary-General."
    )


def test_two_places_in_one_year_are_one_report() -> None:
    twice = [REPORTS[0], {**REPORTS[0], "part": "main", "paras": ["3"]}]
    assert "in the 2020 report of" in told("News.", "annex-2", reports=twice)[0]


def test_a_year_that_is_not_known_is_not_made_up() -> None:
    unknown = [{"edition": "xyz-9", "symbol": "X/9"}]
    assert told("News.", "annex-2", reports=unknown)[0].startswith(
        "The case of a lawyer called p1 was included in earlier reports"
    )


def test_without_an_earlier_place_there_is_no_history() -> None:
    assert told("News.", "annex-2") == ["News."]


def test_history_names_those_who_may_be_told_of() -> None:
    persons = [person("p1"), person("p2", consent={"level": "statistics-only"}), person("p3")]
    assert told("News.", "annex-2", record="group", persons=persons, reports=REPORTS[:1])[0].startswith(
        "The case of a lawyer called p1 and a lawyer called p3 was"
    )
    nobody = told("News.", "annex-2", record="situation", persons=None, reports=REPORTS[:1])[0]
    assert nobody.startswith("The case of those concerned was included")


# --- sentences made from fields -------------------------------------------------------------------------------------


def made(**fields: Any) -> str:
    report, found = compiled([case(**fields)], "hrc-60", EDITIONS)
    assert found == []
    return "\n".join(paragraphs(report, "annex-1"))


def test_a_case_without_text_is_told_from_its_fields() -> None:
    text = made(
        record="group",
        persons=[person("p1"), person("p2")],
        acts=[
            {"type": "travel-ban", "date": "2025-01-10", "persons": ["p1"]},
            {"type": "surveillance", "date": "2025-01-10", "persons": ["p1"]},
            {"type": "threats", "date": "2024-11/2025-02"},
        ],
        cooperation=[{"body": "upr"}, {"body": "cat"}],
        effects=["self-censorship"],
        un_actions=[ACTIONS[0], {"ref": "u9", "by": ["asg"], "date": "2025-04"}],
        developments=[{"date": "2025-03-02", "kind": "release", "persons": ["p1"]}],
        measures=[{"type": "investigation-opened", "date": "2025-03"}],
    )
    assert "It was reported that a lawyer called p1 had faced a travel ban and surveillance on 10 January 2025." in text
    assert (
        "that a lawyer called p1 and a lawyer called p2 had faced threats between November 2024 and February 2025."
        in text
    )
    assert "connected with cooperation with the universal periodic review and the Committee against Torture." in text
    assert "refrained from cooperating" in text
    assert "On 1 March 2025, " in text
    assert "(XXA 1/2025)." in text
    assert "In April 2025, the Assistant Secretary-General for Human Rights addressed the case." in text
    assert "On 2 March 2025, the following was reported about a lawyer called p1" in text
    assert "The Government reported the following measure in March 2025" in text


HEDGES = ("reported", "alleged", "allegations", "addressed the case", "refrained from", "asked not to be identified")


@pytest.mark.parametrize("field", ["acts", "effects", "measures", "developments"])
def test_every_generated_sentence_is_hedged(field: str) -> None:
    name = {"developments": "development-kinds"}.get(field, field)
    for slug in words(name).slugs:
        item: Any = {
            "acts": {"type": slug, "date": "2025-01-10"},
            "effects": slug,
            "measures": {"type": slug},
            "developments": {"date": "2025-01-10", "kind": slug},
        }[field]
        for persons in ({}, {"persons": None, "record": "situation"}):
            text = made(**{field: [item]}, **persons)
            for line in text.splitlines():
                for sentence in line.split(". ", 1)[1].rstrip(".").split(". "):
                    assert any(hedge in sentence for hedge in HEDGES), sentence
                    assert sentence[0].isupper()


def test_an_edition_with_a_place_and_no_words_is_an_edition_without_text() -> None:
    report, found = compiled([case(text={"hrc-60": {"place": "annex-1"}})])
    assert found == []
    assert len(paragraphs(report, "annex-1")) == 1


def test_generated_paragraphs_are_marked_as_such() -> None:
    report, _ = compiled([case(), case("XXA-2025-102", text={"hrc-60": {"annex": "Typed."}})])
    blocks = [block for block in part(report, "annex-1").blocks if isinstance(block, Para)]
    assert [block.origin.generated for block in blocks] == [True, False]


def test_notes_stand_where_they_were_typed() -> None:
    report, _ = compiled([case(text={"hrc-60": {"annex": "One^[a] two^[b]."}})])
    block = next(block for block in part(report, "annex-1").blocks if isinstance(block, Para))
    assert [type(node).__name__ for node in block.inlines] == ["Text", "Note", "Text", "Note", "Text"]
    assert sum(isinstance(node, Note) for node in walk_inlines(block.inlines)) == 2
