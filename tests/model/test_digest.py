"""A digest binds just what its sign-off covers: every field of the whole example is changed in turn."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprisal_cli.model.case import Case
from reprisal_cli.model.digest import SUBJECTS, digest
from tests.support.builders import ROOT, record, whole

EDITION = "hrc-60"
NOTHING: set[str] = set()
ALL = {"text", "safety", "response"}
COVERED = {
    # what a document prints for a reference of the text: p1 and u1 are in it, p2 and u2 are not
    "persons.0.described": {"text", "safety"},
    "un_actions.0.number": {"text", "response"},
    "un_actions.1.number": {"response"},
    "text.hrc-60": {"text", "safety"},
    "text": NOTHING,
    "persons": {"safety"},
    "acts": {"safety"},
    "risk": {"safety"},
    "also_states": {"safety"},
    "state": {"safety"},
    "un_actions": {"response"},
    "responses": {"response"},
}
"""The longest beginning of a field's way decides; what is not here is covered by nothing."""
SOURCES = ("acts.0.sources", "acts.1.sources")
OTHER: dict[str, str] = {
    "type": "interrogation-or-summons",
    "number": "XXA 9/2025",
    "described": "an invented person",
    "annex": "On 1 March 2025, {p1} was reportedly arrested ({u1}), others said.",
    "main": "Invented words of {p1} ({u1}).",
    "summary": "something else.",
    "decision": "publish",
    "level": "internal-only",
    "title": "Invented, another title",
    "note": "Another note.",
    "gender": "other",
    "body": "upr",
    "reason": "another reason",
    "assignee": "desk-9",
    "by": "somebody-9",
}
"""Another value for a field of that name."""


def leaves(data: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in leaves(value, (*way, key))]
    if isinstance(data, list):
        return [leaf for at, value in enumerate(data) for leaf in leaves(value, (*way, at))]
    return [way]


def changed(way: tuple[Any, ...]) -> Case | None:
    """The whole example with one field changed; None where there is no other value for it that the schema takes."""
    data: Any = whole()
    at = data
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = OTHER[way[-1]]
    return record(data, Case)  # type: ignore[no-any-return]


WAYS = [way for way in leaves(whole()) if way[-1] in OTHER and way[0] not in ("id",)]
WAYS = [way for way in WAYS if (way[0], way[-1]) not in (("un_actions", "by"), ("measures", "type"))]


def covered(way: tuple[Any, ...]) -> set[str]:
    name = ".".join(map(str, way))
    start = max((key for key in COVERED if name == key or name.startswith(f"{key}.")), key=len, default="")
    return COVERED.get(start, NOTHING)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(WAYS))
def test_an_edit_voids_only_the_stamps_that_it_touches(way: tuple[Any, ...]) -> None:
    before, after = record(whole(), Case), changed(way)
    voided = {of for of in SUBJECTS if digest(before, EDITION, of) != digest(after, EDITION, of)}
    assert voided == covered(way)


@pytest.mark.parametrize("way", SOURCES)
def test_who_told_of_an_act_is_in_no_document_and_in_no_digest(way: str) -> None:
    data: Any = whole()
    data["acts"][int(way.split(".")[1])]["sources"] = ["s2"]
    for of in SUBJECTS:
        assert digest(record(whole(), Case), EDITION, of) == digest(record(data, Case), EDITION, of)


def test_a_consent_that_is_withdrawn_voids_the_safety_alone() -> None:
    data: Any = whole()
    data["persons"][0]["consent"]["level"] = "withdrawn"
    before, after = record(whole(), Case), record(data, Case)
    assert [of for of in SUBJECTS if digest(before, EDITION, of) != digest(after, EDITION, of)] == ["safety"]


def test_only_sign_writes_a_sign_off() -> None:
    """In the whole program one call adds to `signoffs`; and `case set` refuses the key."""
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "reprisal_cli").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("append", "put", "append_at")
        if any(isinstance(arg, ast.Constant) and arg.value == "signoffs" for arg in node.args)
    }
    assert writers == {"reprisal_cli/pipeline/sign.py"}
    assert Path(ROOT / "reprisal_cli/pipeline/case_set.py").read_text(encoding="utf-8").count('"signoffs":') == 1
