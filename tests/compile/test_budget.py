"""The words of the body: by section and State, what is still to come, and what would have to move."""

from __future__ import annotations

from typing import Any

from reprisal_cli.compile.budget import Budget, budget_of
from reprisal_cli.compile.select import select
from tests.support.builders import HRC_63, case, compiled, shown, with_manuscript

EDITION = with_manuscript("x")
TEXT = "# Introduction\n\nFour words are here.^[And five in a note.]\n\n## Part\n\nTwo more."


def told(number: int, words: int, state: str = "XXA") -> dict[str, Any]:
    return case(f"{state}-2025-{number}", text={"hrc-60": {"main": " ".join(["word"] * words), "annex": "Long."}})


def budget(*cases: dict[str, Any], waiting: tuple[str, ...] = (), limit: int | None = None) -> Budget:
    report, found = compiled(cases, editions=[EDITION, HRC_63], x=TEXT)
    assert found == []
    return budget_of(report, select(shown(cases, editions=[EDITION, HRC_63])), waiting, limit)


def test_words_stand_by_section_and_state_without_footnotes() -> None:
    found = budget(told(101, 10), told(101, 20, "XXB"))
    shares = [(one.name, one.depth) for one in found.shares]
    assert shares == [("I. Introduction", 1), ("A. Part", 2), ("Exampleland", 3), ("Otherland", 3)]
    assert [one.words for one in found.shares][:2] == [5, 3]
    assert found.words == sum(one.words for one in found.shares)
    assert [one.state for one in found.shares] == ["", "", "XXA", "XXB"]


def test_the_annexes_have_no_part_in_it() -> None:
    short = budget(told(101, 10))
    long = case("XXA-2025-101", text={"hrc-60": {"main": " ".join(["word"] * 10), "annex": "Long. " * 500}})
    assert budget(long).words == short.words


def test_the_forecast_adds_what_is_not_drafted_at_the_median_length() -> None:
    found = budget(
        told(101, 10), told(102, 20), told(103, 90), case("XXA-2025-104"), waiting=("XXA-2025-105", "XXA-2025-104")
    )
    assert (found.waiting, found.each) == (("XXA-2025-104", "XXA-2025-105"), 20)
    assert found.forecast == found.words + 40


def test_the_longest_texts_would_move_until_the_forecast_keeps_to_the_limit() -> None:
    cases = [told(101, 10), told(102, 30), told(103, 20)]
    whole = budget(*cases).words
    assert budget(*cases, limit=whole).moves == ()
    found = budget(*cases, limit=whole - 35)
    assert [(one.case, one.words) for one in found.moves] == [("XXA-2025-102", 30), ("XXA-2025-103", 20)]
    assert found.over == 35


def test_nothing_moves_where_there_is_no_limit_or_no_case() -> None:
    assert budget(told(101, 10)).moves == ()
    assert budget(limit=1).moves == ()
