"""What the filters of a page know of the cases: no more than the document may tell."""

from __future__ import annotations

from typing import Any

from tests.support.builders import HRC_60, HRC_63, case, compiled, person


def found_by(*cases: dict[str, Any], editions: Any = (HRC_60, HRC_63)) -> dict[str, dict[str, tuple[str, ...]]]:
    report, _ = compiled(cases, editions=editions)
    return {facet.name: {choice.label: choice.cases for choice in facet.choices} for facet in report.facets}


ACT = {"ref": "a1", "type": "threats", "date": "2025-01-10"}
LETTER = {"ref": "u1", "by": ["sr-defenders"], "kind": "communication", "number": "XXA 1/2025", "date": "2025-03-01"}


def test_a_case_is_found_by_its_state_mechanism_act_and_response() -> None:
    one = case(un_actions=[LETTER], responses=[{"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-01"}])
    two = case("XXB-2025-102", responses=[{"ref": "r1", "state": "XXB", "none_as_of": "2025-04-30"}])
    three = case("XXC-2025-103", acts=[{**ACT, "type": "travel-ban"}])
    assert found_by(one, two, three) == {
        "state": {"Exampleland": ("XXA-2025-101",), "Otherland": ("XXB-2025-102",), "Thirdland": ("XXC-2025-103",)},
        "mechanism": {
            "Human Rights Council": ("XXA-2025-101", "XXB-2025-102", "XXC-2025-103"),
            "Special procedures of the Human Rights Council": ("XXA-2025-101",),
        },
        "act": {"Travel ban": ("XXC-2025-103",), "Threats": ("XXA-2025-101", "XXB-2025-102")},
        "response": {
            "Reply received": ("XXA-2025-101",),
            "None to date": ("XXB-2025-102",),
            "Not stated": ("XXC-2025-103",),
        },
    }


def test_a_case_that_is_held_back_is_in_no_filter() -> None:
    held = case("XXB-2025-102", persons=[person(consent={"level": "pending"})])
    assert "XXB-2025-102" not in str(found_by(case(), held))
    assert "Otherland" not in found_by(case(), held)["state"]


def test_a_case_without_a_paragraph_in_the_document_is_in_no_filter() -> None:
    short = {**HRC_60, "contents": [{"cases": "main"}]}
    assert found_by(case(), editions=(short,)) == {}


def test_a_confidential_action_gives_no_mechanism() -> None:
    assert list(found_by(case(un_actions=[{**LETTER, "confidential": "yes"}]))["mechanism"]) == ["Human Rights Council"]


def test_an_act_against_somebody_who_is_not_told_of_gives_no_choice() -> None:
    hidden = person("p2", consent={"level": "pending"})
    acts = [{**ACT, "persons": ["p1"]}, {**ACT, "ref": "a2", "type": "travel-ban", "persons": ["p2"]}]
    assert list(found_by(case(persons=[person(), hidden], acts=acts))["act"]) == ["Threats"]
