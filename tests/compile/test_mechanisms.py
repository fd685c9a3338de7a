"""An annex per mechanism: a row for each action, what the State answered, and one row where nothing is on record."""

from __future__ import annotations

from typing import Any

from reprisal_cli.compile.report import compile_annex
from reprisal_cli.compile.tree import Table, text_of
from tests.support.builders import HRC_60, case, compiled, headings, paragraphs, part, rows, sentences, shown

TEXT = {"hrc-60": {"annex": "It was reported that {p1} was threatened."}}


def table(family: str, *cases: dict[str, Any]) -> list[list[str]]:
    report, found = compiled(cases)
    assert found == []
    return rows(report, family)


def families(*cases: dict[str, Any]) -> list[str]:
    return [one.key for one in compiled(cases)[0].parts if one.key.startswith("mechanism-")]


def test_a_case_is_in_the_annex_of_each_family_that_it_has_to_do_with() -> None:
    one = case(
        cooperation=[{"body": "cat"}, {"body": "upr"}], un_actions=[{"ref": "u1", "by": ["asg", "sr-defenders"]}]
    )
    assert families(one) == [
        f"mechanism-{name}" for name in ("upr", "special-procedures", "treaty-bodies", "ohchr-and-sg")
    ]


def test_a_row_says_state_reference_date_subject_reply_and_paragraphs() -> None:
    one = case(
        text=TEXT,
        acts=[{"type": "threats", "date": "2025-01-10"}, {"type": "travel-ban"}, {"type": "threats"}],
        un_actions=[
            {"ref": "u1", "by": ["sr-defenders"], "kind": "communication", "number": "XXA 1/2025", "date": "2025-03-01"}
        ],
        responses=[{"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-25"}],
    )
    assert table("special-procedures", one) == [
        ["Exampleland", "XXA 1/2025", "1 March 2025", "Threats; travel ban", "25 April 2025", "annex I, para. 1"]
    ]


def test_none_to_date_is_said_only_where_the_file_says_so() -> None:
    actions = [{"ref": f"u{at}", "by": ["cat"], "number": f"CAT {at}"} for at in (1, 2, 3, 4)]
    replies = [
        {"ref": "r1", "to": "u1", "state": "XXA", "none_as_of": "hrc-60"},
        {"ref": "r2", "to": "u2", "state": "XXA", "summary": "x"},
        {"ref": "r3", "to": "u4", "state": "XXA", "none_as_of": "2025-05-01"},
        {"ref": "r4", "to": "u4", "state": "XXA", "date": "2025-06-01"},
    ]
    found = table("treaty-bodies", case(un_actions=actions, responses=replies))
    assert [row[4] for row in found] == ["None to date", "Not stated", "Not stated", "1 June 2025"]
    assert {row[2] for row in found} == {"Not stated"}


def test_a_family_without_an_action_has_one_row_that_says_so() -> None:
    one = case(text=TEXT, cooperation=[{"body": "cat"}, {"body": "hrc"}])
    assert table("treaty-bodies", one) == [
        ["Exampleland", "No action recorded", "", "Threats", "Not stated", "annex I, para. 1"]
    ]


def test_an_action_without_number_is_named_by_what_and_who() -> None:
    found = table(
        "ohchr-and-sg",
        case(
            un_actions=[
                {"ref": "u1", "by": ["asg"], "kind": "letter"},
                {"ref": "u2", "by": ["ohchr"]},
                {"ref": "u3", "by": ["ohchr"], "kind": "note-verbale", "number": "note-verbale:hrc-60"},
            ]
        ),
    )
    assert [row[1] for row in found] == [
        "Assistant Secretary-General for Human Rights: letter",
        "OHCHR",
        "OHCHR: note verbale",
    ]


def test_words_that_have_an_or_of_their_own_are_kept_apart_in_a_cell() -> None:
    acts = [{"type": "raid-or-search"}, {"type": "seizure-or-destruction-of-property"}]
    one = case(
        acts=acts, un_actions=[{"ref": "u1", "by": ["cat", "special-procedures"]}, {"ref": "u2", "kind": "letter"}]
    )
    assert [row[1] for row in table("treaty-bodies", one)] == [
        "Committee against Torture; special procedures mandate holders"
    ]
    assert table("treaty-bodies", one)[0][3] == "Raid or search; seizure or destruction of property"


def test_the_opening_names_the_mechanism_and_says_where_other_replies_are() -> None:
    """A reply of which nobody knows what it answers stands in no row: the annex says so, and only then."""
    apart = "Where it is not on record which action a State answered"
    for reply, said in (({"date": "2025-04-25"}, True), ({"date": "2025-04-25", "to": "u1"}, False), ({}, False)):
        one = case(
            text=TEXT,
            un_actions=[{"ref": "u1", "by": ["cat"]}],
            **({"responses": [{"ref": "r1", "state": "XXA", **reply}]} if reply else {}),
        )
        report, _ = compiled([one])
        opening = paragraphs(report, "mechanism-treaty-bodies")[0]
        assert opening.startswith("1. One case is connected with treaty bodies. The table has a row for each action")
        assert (apart in opening) is said


def test_rows_stand_in_the_order_of_states() -> None:
    cases = [case(f"{code}-2025-101", cooperation=[{"body": "cat"}]) for code in ("XXB", "PSE", "VNM", "XXA")]
    assert [row[0] for row in table("treaty-bodies", *cases)] == [
        "Exampleland",
        "Otherland",
        "Viet Nam",
        "State of Palestine",
    ]


def test_a_confidential_action_makes_no_row_and_no_annex() -> None:
    one = case(un_actions=[{"ref": "u1", "by": ["cat"], "confidential": "yes"}])
    assert families(one) == ["mechanism-hrc"]


def test_the_long_form_tells_the_cases_once_more_without_taking_their_place() -> None:
    contents = [*HRC_60["contents"][:3], {"annex": "mechanisms", "form": "long", "families": ["hrc"]}]
    report, found = compiled([case(text=TEXT)], editions=[{**HRC_60, "contents": contents}])
    assert found == []
    assert headings(report, "mechanism-hrc") == ["1. Exampleland"]
    assert paragraphs(report, "mechanism-hrc")[1] == "2. It was reported that a lawyer called p1 was threatened."
    assert rows(report, "hrc")[0][5] == "annex I, para. 1"


def test_families_can_be_chosen() -> None:
    contents = [*HRC_60["contents"][:3], {"annex": "mechanisms", "families": ["upr", "hrc"]}]
    report, _ = compiled(
        [case(cooperation=[{"body": "hrc"}, {"body": "upr"}, {"body": "cat"}])],
        editions=[{**HRC_60, "contents": contents}],
    )
    assert [one.key for one in report.parts[3:]] == ["mechanism-upr", "mechanism-hrc"]


def test_an_extract_stands_alone() -> None:
    """One mechanism's own document: the table, and the text of its cases as their place."""
    other = case("XXB-2025-101", text={"hrc-60": {"annex": "Not of this family."}})
    one = case(text={"hrc-60": {"annex": "See {case XXB-2025-101}. Here: {case}."}}, cooperation=[{"body": "cat"}])
    report, found = compile_annex(shown([one, other]), "treaty-bodies", sentences())
    assert found == []
    assert [one.key for one in report.parts] == ["main"]
    assert paragraphs(report, "main")[1] == "2. See the annual report. Here: para. 2."
    assert "Not of this family" not in repr(report)
    assert "treaty bodies" in report.front.title.lower()
    assert part(report, "main").label == ""


def test_an_extract_tells_what_the_state_replied_and_says_that_it_is_one() -> None:
    """To tell an allegation and leave the answer out is what operative paragraph 14 does not want."""
    reply = {"ref": "r1", "state": "XXA", "date": "2025-04-25", "summary": "the lawyer was never threatened"}
    public = shown([case(text=TEXT, cooperation=[{"body": "cat"}], responses=[reply])])
    report, _ = compile_annex(public, "treaty-bodies", sentences())
    assert report.front.author == "Extract from the report of the Secretary-General"
    text = paragraphs(report, "main")
    assert text[-1].endswith(
        "the Government responded to the allegations, stating that the lawyer was never threatened."
    )
    assert text[0].endswith("its reply is set out in the section of that State only.")
    short, _ = compile_annex(public, "treaty-bodies", sentences(), long=False)
    assert paragraphs(short, "main")[0].endswith("its reply is set out in the report only.")


def test_an_extract_without_cases_says_so() -> None:
    report, found = compile_annex(shown([case()]), "treaty-bodies", sentences())
    assert found == []
    assert paragraphs(report, "main") == ["1. No case is connected with treaty bodies."]


def test_an_extract_without_its_texts_points_to_the_report() -> None:
    """In the long form a row points to the paragraphs of the extract itself."""
    told = [{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex I", "paras": ["7"]}]
    public = shown([case(text=TEXT, cooperation=[{"body": "cat"}], reports=told)])
    cells = {}
    for long in (False, True):
        report, found = compile_annex(public, "treaty-bodies", sentences(), long=long)
        assert found == []
        table = next(block for block in report.parts[0].blocks if isinstance(block, Table))
        cells[long] = text_of(table.rows[0][-1])
        assert any("was threatened" in line for line in paragraphs(report, "main")) == long
    assert cells == {False: "A/HRC/60/999, annex I, para. 7", True: "para. 2"}
