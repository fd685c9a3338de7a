"""The list for the President of the Council: which cases are of a session, who was consulted, and the text to say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reprisal_cli.compile.president import compile_president, window_of
from reprisal_cli.compile.tree import Report, Table, text_of
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import Audience, Scope
from tests.support.builders import HRC_60, HRC_63, case, corpus, everything, paragraphs, person, sentences

ORAL = {"level": "public-no-name", "uses": ["report", "oral"]}


def listed(*cases: dict[str, Any], session: int = 58) -> Report:
    made = corpus(cases, (HRC_60, HRC_63))
    public = disclose(made, made.workspace.edition("hrc-63"), Audience.ORAL, scope=Scope.ALL)
    window = window_of(session)
    assert window is not None
    report, found = compile_president(public, window, sentences())
    assert found == []
    return report


def rows(report: Report) -> list[list[str]]:
    tables = [block for block in report.parts[0].blocks if isinstance(block, Table)]
    return [[text_of(cell) for cell in row] for table in tables for row in table.rows]


def one(**fields: Any) -> dict[str, Any]:
    return case(persons=[person(consent=ORAL)], cooperation=[{"body": "cat"}], **fields)


def test_a_session_runs_from_the_end_of_the_one_before_to_its_own() -> None:
    window = window_of(58)
    assert window is not None
    assert (window.start, window.end) == (date(2024, 10, 9), date(2025, 4, 4))
    assert window_of(61) is None


def test_what_the_president_took_up_in_these_days_is_listed_with_the_state_consulted_and_the_outcome() -> None:
    actions = [
        {"ref": "u1", "by": ["hrc-president"], "kind": "good-offices", "date": "2025-03-10", "to": ["XXA"]},
    ]
    replies = [{"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-03-20"}]
    measures = [{"type": "protection-measure", "date": "2025-03"}]
    report = listed(one(un_actions=actions, responses=replies, measures=measures))
    assert rows(report) == [
        [
            "Exampleland",
            "Threats",
            "Not stated",
            "10 March 2025",
            "The President of the Human Rights Council on 10 March 2025",
            "Reply of 20 March 2025; protection measure (March 2025)",
        ]
    ]
    said = paragraphs(report, "main")
    assert any("The President took the matter up on 10 March 2025" in line for line in said)
    assert any("The President thanks the States" in line for line in said)
    assert rows(listed(one(un_actions=actions), session=59)) == []


@pytest.mark.parametrize(
    ("cooperation", "listed_in_58"),
    [
        ({"body": "hrc", "date": "2025-03-12"}, True),
        ({"body": "hrc", "date": "2024-06-20"}, False),
        ({"body": "hrc"}, True),  # undated: an act of January 2025
        ({"body": "cat", "date": "2025-03-12"}, False),
    ],
)
def test_cooperation_with_the_council_then_puts_a_case_on_the_list(cooperation: Any, listed_in_58: bool) -> None:
    assert bool(rows(listed(one() | {"cooperation": [cooperation]}))) == listed_in_58


def test_nobody_is_told_of_who_did_not_agree_to_be_spoken_of_and_no_good_offices_in_confidence() -> None:
    secret = [{"ref": "u1", "by": ["hrc-president"], "date": "2025-03-10", "confidential": "yes"}]
    assert rows(listed(one(un_actions=secret))) == []
    quiet = case(persons=[person(described="a baker")], cooperation=[{"body": "hrc", "date": "2025-03-12"}])
    report = listed(quiet)
    assert rows(report) == []
    assert "a baker" not in everything(report)
    assert "No case of the fifty-eighth session is on record" in everything(report)
