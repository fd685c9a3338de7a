"""The case file's schema, over the whole example: every field, every fault in one run, and no value in a message."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.model.case import Case
from reprisal_cli.parse import locate
from reprisal_cli.pipeline.validate import validate
from reprisal_cli.store.workspace import load_record
from tests.support import builders
from tests.support.rulebook import AS_OF, FIRST, workspace

SECRET = "Zarathustra"
Route = tuple[str | int, ...]


def faults(data: dict[str, Any]) -> list[Diagnostic]:
    return load_record(builders.dump(data).encode(), "a.yaml", Case)[1]


def told(data: dict[str, Any]) -> list[tuple[str, Route | None, str]]:
    return [(one.name, one.location.route, one.hint) for one in faults(data)]


def leaves(node: Any, route: Route = ()) -> Iterator[Route]:
    """The routes of all values of a file."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*route, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from leaves(value, (*route, index))
    else:
        yield route


def planted(route: Route, value: object) -> dict[str, Any]:
    """The whole example with one value in place of another."""
    data = copy.deepcopy(builders.whole())
    here: Any = data
    for step in route[:-1]:
        here = here[step]
    here[route[-1]] = value
    return data


LEAVES = list(leaves(builders.whole()))
FREE = {
    "title",
    "assignee",
    "by",
    "described",
    "name",
    "public",
    "note",
    "number",
    "summary",
    "main",
    "annex",
    "symbol",
    "reason",
    "document",
}
"""Fields that take any text, or any name of a file."""


def test_the_whole_example_has_no_fault() -> None:
    assert faults(builders.whole()) == []


@pytest.mark.parametrize("secret", [SECRET, f"{SECRET}\n{SECRET}"])
def test_no_message_holds_a_value(secret: str, tmp_path: Path) -> None:
    """A secret in place of each value in turn: it is in no diagnostic, and is refused wherever the text is not free."""
    for route in LEAVES:
        found = faults(planted(route, secret))
        field = next(step for step in reversed(route) if isinstance(step, str))
        if field not in FREE:
            assert found, route
        for one in found:
            assert secret not in f"{one.message} {one.hint}", route
            assert SECRET not in f"{one.message} {one.hint}", route


@pytest.mark.slow
def test_no_finding_of_a_whole_run_holds_a_value(tmp_path: Path) -> None:
    """The same through `validate` with all its rules, for the values that are free text, and for a key."""
    for number, route in enumerate(LEAVES):
        field = next(step for step in reversed(route) if isinstance(step, str))
        if field in FREE:
            folder = workspace(tmp_path / f"{number}")
            (folder / FIRST).write_text(builders.dump(planted(route, SECRET)), encoding="utf-8")
            for one in validate(folder, AS_OF).found:
                assert SECRET not in f"{one.message} {one.hint} {[two.message for two in one.related]}", route


def test_a_secret_that_was_typed_as_a_key_is_not_told() -> None:
    data = {**builders.whole(), SECRET: "x"}
    data["persons"][0][SECRET.lower()] = "x"
    data["text"][SECRET] = {"annex": "x"}
    found = faults(data)
    assert len(found) == 3
    assert all(SECRET.lower() not in f"{one.message} {one.hint}".lower() for one in found)


def test_all_faults_of_a_file_are_told_in_one_run_each_at_its_place() -> None:
    raw = b"""\
id: XXA-2025-001
titel: x
record: individuals
state: Turkey
status: follow up
received: 2025-02-30
persons:
  - ref: q1
    kind: individual
    gender: femal
    described: "a\\nb"
    consent: {level: public, uses: report}
cooperation: hrc
acts:
  - {ref: a1, type: treats, date: soon, actor: police}
un_actions:
  - {ref: u1, to: [XXA, XXQQ], confidential: maybe}
"""
    found = load_record(raw, "a.yaml", Case)[1]
    assert all(one.location.path == "a.yaml" for one in found)
    places = locate(raw, {(one.location.route or (), one.location.at) for one in found})
    lines = sorted((places[one.location.route or (), one.location.at].line, one.name) for one in found)
    assert lines == [
        (2, "unknown-key"),  # `title` misspelt is not missing too
        (3, "unknown-word"),
        (4, "unknown-word"),
        (5, "unknown-word"),
        (6, "not-a-date"),
        (8, "missing-key"),  # name
        (8, "wrong-form"),
        (10, "unknown-word"),
        (11, "line-break"),
        (12, "unknown-word"),
        (12, "wrong-type"),
        (13, "wrong-type"),
        (15, "not-a-date"),
        (15, "unknown-word"),
        (15, "wrong-type"),
        (17, "unknown-word"),
        (17, "wrong-type"),
    ]


@pytest.mark.parametrize("route", [route for route in LEAVES if isinstance(route[-1], str)])
def test_a_misspelt_key_is_an_error_with_the_right_one(route: Route) -> None:
    data = builders.whole()
    here: Any = data
    for step in route[:-1]:
        here = here[step]
    key = str(route[-1])
    wrong = f"{key[:-1]}{key[-1]}{key[-1]}" if len(key) > 3 else f"{key}x"
    here[wrong] = here.pop(key)
    found = [one for one in faults(data) if one.name == "unknown-key"]
    assert [one.location.route for one in found] == [(*route[:-1], wrong)]
    assert found[0].location.at == "key"
    if len(key) > 3:
        assert found[0].hint == f"did you mean `{key}`?"


@pytest.mark.parametrize(
    ("route", "wrong", "right"),
    [
        (("state",), "Egypt", "EGY"),
        (("state",), "Turkey", "TUR"),
        (("state",), "Syria", "SYR"),
        (("record",), "organisation", "organization"),
        (("status",), "followup", "follow-up"),
        (("acts", 0, "type"), "arbitrary-arest-or-detention", "arbitrary-arrest-or-detention"),
        (("cooperation", 0, "body"), "sr-defender", "sr-defenders"),
        (("persons", 0, "consent", "level"), "public-noname", "public-no-name"),
        (("responses", 0, "kinds", 0), "reject-allegation", "rejects-allegation"),
        (("risk", "decision"), "do-not-publsih", "do-not-publish"),
        (("un_actions", 0, "by", 1), "wgadd", "wgad"),
    ],
)
def test_a_word_that_is_not_in_its_list_gets_a_suggestion(route: Route, wrong: str, right: str) -> None:
    assert told(planted(route, wrong)) == [("unknown-word", route, f"did you mean `{right}`?")]


def test_a_short_list_is_told_whole() -> None:
    found = told(planted(("persons", 0, "limb"), "operative"))
    assert found == [("unknown-word", ("persons", 0, "limb"), "choose from a, b, c, d")]


REQUIRED = [
    ("id",),
    ("title",),
    ("record",),
    ("state",),
    ("status",),
    ("cooperation",),
    ("cooperation", 0, "body"),
    ("persons", 0, "ref"),
    ("persons", 0, "kind"),
    ("persons", 0, "gender"),
    ("persons", 0, "described"),
    ("persons", 0, "name"),
    ("persons", 0, "consent"),
    ("persons", 0, "consent", "level"),
    ("acts", 0, "type"),
    ("un_actions", 0, "ref"),
    ("responses", 0, "state"),
    ("responses", 0, "ref"),
    ("risk", "decision"),
    ("reports", 0, "edition"),
    ("reports", 0, "symbol"),
]


@pytest.mark.parametrize("route", REQUIRED)
def test_what_is_required_is_missed(route: Route) -> None:
    data = builders.whole()
    here: Any = data
    for step in route[:-1]:
        here = here[step]
    del here[route[-1]]
    found = faults(data)
    assert [(one.name, one.location.route) for one in found] == [("missing-key", route[:-1])]
    assert f"`{route[-1]}`" in found[0].message


NEEDED = {
    "actor": {"class"},
    "corroboration": {"status"},
    "measures": {"type"},
    "developments": {"date", "kind"},
    "sources": {"ref", "kind"},
    "risk": {"date", "by", "decision"},
    "signoffs": {"edition", "of", "by", "date", "digest"},
    "history": {"date", "status", "by"},
}


@pytest.mark.parametrize("route", [route for route in LEAVES if isinstance(route[-1], str)])
def test_all_else_may_be_left_out(route: Route) -> None:
    names = [step for step in route if isinstance(step, str)]
    general = tuple(0 if isinstance(step, int) else step for step in route)
    if route[:2] == ("text", "hrc-63"):
        return  # the only field there: an edition without a text is an empty mapping
    if general in REQUIRED or names[-1] in NEEDED.get(names[-2] if len(names) > 1 else "", set()):
        return
    data = builders.whole()
    here: Any = data
    for step in route[:-1]:
        here = here[step]
    del here[route[-1]]
    assert [one for one in faults(data) if one.location.route != route[:-1]] == []
    assert not [one.name for one in faults(data) if one.name == "missing-key"]


def test_a_value_of_another_shape_is_told_once_in_plain_words() -> None:
    assert [(one.name, one.message) for one in faults(planted(("acts",), "threats"))] == [
        ("wrong-type", "a list is wanted here")
    ]
    assert [(one.name, one.message) for one in faults(planted(("risk",), "high"))] == [
        ("wrong-type", "keys and values are wanted here")
    ]
    assert [one.name for one in faults(planted(("title",), ["x"]))] == ["wrong-type"]


def test_a_place_that_the_reader_refused_is_not_refused_again() -> None:
    text = builders.dump(builders.whole()).replace("state: XXA\n", "state: ~\n", 1)
    assert [one.name for one in load_record(text.encode(), "a.yaml", Case)[1]] == ["empty-value"]


def test_unknown_differs_from_a_default() -> None:
    """Left out is unknown; only what the contract gives a default has one."""
    made = builders.record(builders.case(cooperation=[{"body": "upr"}]), Case)
    assert made.acts[0].assertion == "alleged"
    assert made.persons[0].count.number == 1
    assert made.persons[0].consent.uses == ("report",)
    assert made.cooperation[0].online is None
    assert made.acts[0].mode is None
    assert made.also_states == ()
