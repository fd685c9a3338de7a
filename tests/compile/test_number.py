"""Numbers and the places made from them: `annex I, paras. 42-43`."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprisal_cli.compile.frame import numbers
from reprisal_cli.compile.sentences import load_sentences
from reprisal_cli.compile.tree import Cross, Heading, Para, Places, Table, cells, walk_inlines
from tests.support.builders import HRC_60, ROOT, case, compiled, headings, notes, paragraphs, with_manuscript


def long(paras: int, **more: Any) -> dict[str, Any]:
    return {"hrc-60": {"annex": "\n\n".join(f"Paragraph {number}." for number in range(paras)), **more}}


def cases_with(*paras: int, places: dict[int, str] | None = None) -> list[dict[str, Any]]:
    placed = places or {}
    return [
        case(f"XXA-2025-{at:03}", text=long(count, **({"place": placed[at]} if at in placed else {})))
        for at, count in enumerate(paras, 1)
    ]


def cite(cases: list[dict[str, Any]], text: str) -> str:
    """What a manuscript's text becomes."""
    report, found = compiled(cases, editions=[with_manuscript("x")], x=text)
    assert found == []
    return paragraphs(report, "main")[0].removeprefix("1. ")


@pytest.mark.parametrize(
    ("paras", "cited"),
    [
        ((1, 1), "annex I, para. 2"),
        ((1, 2), "annex I, paras. 2-3"),
        ((3, 4), "annex I, paras. 4-7"),
    ],
)
def test_a_case_is_cited_by_its_annex_paragraphs(paras: tuple[int, ...], cited: str) -> None:
    assert cite(cases_with(*paras), "{case XXA-2025-002}") == cited


def test_runs_are_drawn_together_and_gaps_are_not() -> None:
    cases = cases_with(1, 2, 1, 1, 1)
    cases[2]["acts"] = cases[4]["acts"] = [{"type": "travel-ban", "date": "2025-01-10"}]
    assert cite(cases, '{{ cases.act("threats").states | cite }}') == "Exampleland, annex I, paras. 1-3 and 5"
    assert cite(cases, '{{ cases.act("travel-ban").states | cite }}') == "Exampleland, annex I, paras. 4 and 6"


def test_the_annex_stands_for_a_case_where_it_is_told_there() -> None:
    both = case(text={"hrc-60": {"main": "Short.", "annex": "Long.\n\nLonger."}})
    assert cite([both], "{case XXA-2025-101}") == "annex I, paras. 1-2"
    only = case(text={"hrc-60": {"main": "Short."}})
    report, found = compiled([only], editions=[with_manuscript("x")], x="{case XXA-2025-101}")
    assert found == []
    assert paragraphs(report, "main") == ["1. para. 2", "2. Short."]


def test_cases_in_several_parts_are_cited_part_by_part() -> None:
    cases = cases_with(2, 1, 1, places={1: "main", 3: "annex-2"})
    assert cite(cases, "{{ cases.states | cite }}") == "Exampleland, paras. 3-4; annex I, para. 1; annex II, para. 1"


def test_every_reference_leads_to_its_paragraph_and_moves_with_it() -> None:
    first = cite(cases_with(1, 2), "See {case XXA-2025-002}.")
    second = cite(cases_with(4, 2), "See {case XXA-2025-002}.")
    assert (first, second) == ("See annex I, paras. 2-3.", "See annex I, paras. 5-6.")
    report, _ = compiled(cases_with(1, 2), editions=[with_manuscript("x")], x="{case XXA-2025-002}")
    by_id = {block.id: block.number for part in report.parts for block in part.blocks if isinstance(block, Para)}
    crosses = [
        node
        for part in report.parts
        for block in part.blocks
        for cell in cells(block)
        for node in walk_inlines(cell)
        if isinstance(node, Cross)
    ]
    assert crosses
    assert all(by_id[cross.target] == int(cross.text) for cross in crosses)


def test_numbers_start_again_in_each_part_and_items_have_letters() -> None:
    text = "# I\n\nOne.\n\nTwo:\n\n- first\n- second\n\nThree.\n\n- again"
    report, _ = compiled(cases_with(2, 1, places={2: "annex-2"}), editions=[with_manuscript("x")], x=text)
    main = [(block.level, block.number) for block in report.parts[0].blocks if isinstance(block, Para)]
    assert main[:6] == [(0, 1), (0, 2), (1, 1), (1, 2), (0, 3), (1, 1)]
    assert [text[:2] for text in paragraphs(report, "annex-1")] == ["1.", "2."]
    assert [text[:2] for text in paragraphs(report, "annex-2")] == ["1."]
    assert [part.label for part in report.parts[:3]] == ["", "Annex I", "Annex II"]


def test_headings_are_labelled_by_their_level() -> None:
    text = "# One\n\n## A\n\n### x\n\n### y\n\n## B\n\n### z\n\n# Two\n\n## A"
    report, _ = compiled([case(), case("XXB-2025-101")], editions=[with_manuscript("x")], x=text)
    assert headings(report, "main")[:8] == ["I. One", "A. A", "1. x", "2. y", "B. B", "1. z", "II. Two", "A. A"]
    assert headings(report, "main")[8:] == ["Exampleland", "Otherland"]  # States of the body have no label
    assert headings(report, "annex-1") == ["1. Exampleland", "2. Otherland"]


def test_footnotes_count_from_the_summary_through_the_body_and_the_annexes() -> None:
    cases = [
        case(text={"hrc-60": {"main": "Short.^[b]", "annex": "Long.^[c] Longer.^[d]"}}),
        case("XXA-2025-102", text={"hrc-60": {"place": "annex-2", "annex": "Follow-up.^[e]"}}),
    ]
    edition = with_manuscript("x", summary="sum.md")
    report, _ = compiled(cases, editions=[edition], x="First.^[a]", sum="Summary.^[s]")
    assert notes(report) == ["1 s", "2 a", "3 b", "4 c", "5 d", "6 e"]


def test_every_id_is_a_bookmark_of_word_and_stands_once() -> None:
    cases = [
        case(
            f"XXA-2025-{number:06}",
            also_states=["XXB"],
            text={"hrc-60": {"main": "a\n\nb", "annex": "a\n\nb"}},
            un_actions=[{"ref": "u1", "by": ["sr-defenders", "cat", "security-council"], "date": "2025-03-01"}],
            responses=[
                {"ref": "r1", "state": "XXA", "date": "2025-03-01"},
                {"ref": "r2", "state": "XXB", "date": "2025-03-01"},
            ],
        )
        for number in (100001, 100002)
    ]
    cases.append(case("XXB-2025-000003", cooperation=[{"body": "cat"}, {"body": "ohchr"}, {"body": "sr-defenders"}]))
    names = ("a-b", "a_b", "a-very-long-name-of-a-section-that-goes-on", "a-very-long-name-of-a-section-that-ends")
    edition = with_manuscript(*names, summary="sum.md")
    edition["contents"][-1] = {"annex": "mechanisms", "form": "long"}
    text = "# H\n\nOne.\n\n- a\n- b"
    report, found = compiled(cases, editions=[edition], sum="S.", states_XXA="Own.", **dict.fromkeys(names, text))
    assert found == []
    ids = [block.id for part in report.parts for block in part.blocks] + [part.id for part in report.parts if part.id]
    ids += [para.id for para in report.front.summary]
    assert [one for one in ids if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", one)] == []
    assert sorted(one for one in set(ids) if ids.count(one) > 1) == []
    assert any(isinstance(block, Table) for part in report.parts for block in part.blocks)


def test_no_place_is_left_open() -> None:
    report, _ = compiled(
        cases_with(1, 2), editions=[with_manuscript("x")], x="{case XXA-2025-002} {{ cases.states | cite }}"
    )
    left = [
        node
        for part in report.parts
        for block in part.blocks
        for cell in cells(block)
        for node in walk_inlines(cell)
        if isinstance(node, Places)
    ]
    assert left == []
    assert all(
        block.number for part in report.parts for block in part.blocks if isinstance(block, Para) and block.numbered
    )
    assert all(
        block.label for part in report.parts for block in part.blocks if isinstance(block, Heading) and block.labelled
    )


def test_a_reference_to_a_case_that_is_not_told_here_is_an_error_with_its_place() -> None:
    hidden = case("XXA-2025-102", risk=None)
    one = case(text={"hrc-60": {"annex": "See {case XXA-2025-102}."}})
    _, found = compiled([one, hidden], editions=[with_manuscript("x")], x="# H\n\nA.\n\nSee {case XXA-2025-102}.")
    assert [(fault.code, fault.location.path, fault.location.route) for fault in found if fault.location.route] == [
        ("RC602", "cases/XXA/XXA-2025-101.yaml", ("text", "hrc-60", "annex"))
    ]
    assert [(fault.location.path, fault.location.span.line) for fault in found if fault.location.span] == [
        ("templates/x.md", 5)
    ]
    assert len(found) == 2
    assert all("{ref SYMBOL}" in fault.hint for fault in found)


SAY = load_sentences((ROOT / "templates/sentences/en.yaml").read_bytes(), "en.yaml", "en")


@given(st.sets(st.integers(1, 60), min_size=1))
def test_numbers_with_runs_name_each_number_once(values: set[int]) -> None:
    shown: list[int] = []
    for run in numbers(values, SAY).replace(" and ", ", ").split(", "):
        first, _, last = run.partition("-")
        shown += range(int(first), int(last or first) + 1)
    assert shown == sorted(values)
    assert len(re.findall(", | and ", numbers(values, SAY))) + 1 == sum(value - 1 not in values for value in values)


def test_the_contents_may_be_in_any_order() -> None:
    edition = {**HRC_60, "contents": [{"annex": "follow-up"}, {"annex": "new"}, {"cases": "main"}]}
    report, _ = compiled(cases_with(1, 1, places={2: "annex-2"}), editions=[edition])
    assert [(part.key, part.label) for part in report.parts] == [
        ("main", ""),
        ("annex-2", "Annex I"),
        ("annex-1", "Annex II"),
    ]
