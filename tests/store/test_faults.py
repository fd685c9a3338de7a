"""What is not as the format has it is told at its place, in words that say what to do."""

from __future__ import annotations

from typing import Any

import pytest

from reprisal_cli.diagnostic import Route
from reprisal_cli.model.case import Case
from reprisal_cli.store.workspace import load_record
from tests.support import builders


def told(route: Route, value: object) -> list[tuple[str, Route | None, str, str]]:
    """Rule, place, message and hint of what is found in the whole example with another value at a place; None takes
    the key out."""
    data: Any = builders.whole()
    here = data
    for step in route[:-1]:
        here = here[step]
    if value is None:
        del here[route[-1]]
    else:
        here[route[-1]] = value
    found = load_record(builders.dump(data).encode(), "a.yaml", Case)[1]
    return [(one.code, one.location.route, one.message, one.hint) for one in found]


ACT = ("acts", 0, "date")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2025-02-30", "the calendar has no such day"),
        ("2025-02-00", "the calendar has no such day"),
        ("2025-13", "the calendar has no such month"),
        ("2025-00", "the calendar has no such month"),
        ("0000", "the calendar has no such year"),
        ("2025-01/2025-13", "the calendar has no such month"),
        ("2025-04/2025-03-31", "the period ends before it begins"),
        ("last spring", "this is not a date"),
        ("2025/2026/2027", "this is not a date"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(value: str, message: str) -> None:
    [(code, route, said, _)] = told(ACT, value)
    assert (code, route, said) == ("RC014", ACT, message)


def test_each_wrong_date_of_a_list_is_told_at_its_own_place() -> None:
    found = told(ACT, ["2025-01-20", "2025-2-3", "2025", "2025-02-30"])
    assert [(route, message) for _, route, message, _ in found] == [
        ((*ACT, 1), "this is not a date"),
        ((*ACT, 3), "the calendar has no such day"),
    ]


@pytest.mark.parametrize("value", ["2025", "2025-02", "2025-13", "2025-02-03/2025-02-05", ["2025-02-03"]])
def test_where_a_day_is_wanted_a_month_is_not_said_to_be_missing_from_the_calendar(value: object) -> None:
    [(code, _, message, _)] = told(("received",), value)
    assert (code, message) == ("RC014", "this is not an exact day")


@pytest.mark.parametrize("value", [["female"], {"female": "yes"}])
def test_a_list_in_the_place_of_a_word_is_no_unknown_word(value: object) -> None:
    [(code, _, message, hint)] = told(("persons", 0, "gender"), value)
    assert code == "RC012"
    assert message == "one word of the list `genders` is wanted here"
    assert hint == "write the word alone, without brackets"


@pytest.mark.parametrize("route", [("cooperation", 0, "timing"), ("acts", 0, "mode"), ("persons", 0, "roles", 0)])
@pytest.mark.parametrize("value", ["not-stated", "unknown", "n/a"])
def test_what_is_unknown_is_to_be_left_out(route: Route, value: str) -> None:
    [(code, _, _, hint)] = told(route, value)
    assert (code, hint) == ("RC013", "take it out: unknown is left out")


def test_what_is_required_is_not_to_be_left_out() -> None:
    [(code, _, _, hint)] = told(("persons", 0, "kind"), "unknown")
    assert code == "RC013"
    assert "left out" not in hint


@pytest.mark.parametrize(
    ("route", "hint"),
    [
        (("status",), "add `status: received`, or how far the case has come"),
        (("corroboration", "status"), "add `status: unchecked`, or checked, corroborated, contradicted"),
        (("developments", 0, "date"), "add `date: …`: 2020, 2020-03 or 2020-03-10, as exactly as it is known"),
        (("risk", "date"), "add `date: …`: the day, as 2020-03-10"),
        (("acts", 0, "actor", "class"), "add `class: …`; `reprisal words actor-classes` lists its words"),
        (("cooperation", 0, "body"), "add `body: …`: `reprisal words bodies` lists them; un-unspecified if unknown"),
        (("signoffs", 0, "digest"), "let `reprisal sign` write it"),
    ],
)
def test_of_a_key_that_is_missing_it_is_said_what_to_write(route: Route, hint: str) -> None:
    assert [(code, said) for code, _, _, said in told(route, None)] == [("RC011", hint)]
