"""`reprisal suggest`: what fits, why, what was done, what has to come first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import reprisal
from tests.support.builders import HRC_60, case, person, workspace


def suggested(root: Path, *options: str, name: str = "XXA-2025-101", as_of: str = "2025-08-01") -> dict[str, Any]:
    """The suggestions by tool."""
    ran = reprisal(root, "suggest", name, "--as-of", as_of, "--output-format", "json", *options)
    assert ran.code == 0, ran.err
    data = json.loads(ran.out)
    assert data["version"] == 1
    return {one["tool"]: one for one in data["suggestions"]}


def made(folder: Path, **fields: Any) -> dict[str, Any]:
    return suggested(workspace(folder, [case("XXA-2025-101", **fields)], [HRC_60]))


AGREES = {"consent": {"level": "public-no-name", "uses": ["report", "state"]}}


def act(kind: str, when: str = "2025-01-10", **more: Any) -> list[dict[str, Any]]:
    return [{"ref": "a1", "type": kind, "date": when, **more}]


@pytest.mark.parametrize(
    ("kind", "bodies", "tool"),
    [
        ("enforced-disappearance", ["hrc"], "disappearance-urgent-action"),
        ("arbitrary-arrest-or-detention", ["upr"], "arbitrary-detention-opinion"),
        ("threats", ["cat"], "protection-measures"),
        ("deterioration-of-detention-conditions", ["spt"], "subcommittee"),
        ("threats", ["hrc"], "president-good-offices"),
        ("threats", ["unmiss"], "peace-and-security"),
        ("deferral-or-blocking-of-consultative-status", ["committee-on-ngos"], "accreditation"),
        ("restrictive-legislation-or-regulation", ["upr"], "law-letter"),
        ("death-threats", ["unama"], "protect-first"),
    ],
)
def test_the_kind_of_act_and_the_body_decide(tmp_path: Path, kind: str, bodies: list[str], tool: str) -> None:
    cooperation = [{"body": body} for body in bodies]
    found = made(tmp_path, acts=act(kind), cooperation=cooperation, persons=[person(**AGREES)])
    assert found[tool]["group"] == "next"
    assert any(kind in fact or bodies[0] in fact for fact in found[tool]["facts"])


def test_what_does_not_fit_is_left_out(tmp_path: Path) -> None:
    found = made(tmp_path, acts=act("travel-ban"), cooperation=[{"body": "upr"}])
    assert not {"disappearance-urgent-action", "subcommittee", "torture-fund", "peace-and-security"} & set(found)


COMMUNICATION = {
    "ref": "u1", "by": ["sr-defenders"], "kind": "communication", "letter": "UA", "date": "2025-03-01", "to": ["XXA"],
}  # fmt: skip


def test_what_was_done_is_marked_and_comes_up_again_after_a_new_act(tmp_path: Path) -> None:
    arrest = act("arbitrary-arrest-or-detention")
    found = made(tmp_path / "one", acts=arrest, un_actions=[COMMUNICATION])
    assert found["urgent-appeal"]["group"] == "done"
    assert found["urgent-appeal"]["seen"] == ["u1 of 2025-03-01"]
    assert {tool for tool, one in found.items() if one["group"] == "done"} == {"urgent-appeal", "allegation-letter"}
    again = [*arrest, {"ref": "a2", "type": "incommunicado-detention", "date": "2025-05-01"}]
    found = made(tmp_path / "two", acts=again, un_actions=[COMMUNICATION], persons=[person(**AGREES)])
    assert found["urgent-appeal"]["group"] == "next"
    assert "a2 came after that" in found["urgent-appeal"]["facts"]


def test_after_a_release_nothing_urgent_is_left(tmp_path: Path) -> None:
    released = [{"date": "2025-02-01", "kind": "release"}]
    found = made(tmp_path, acts=act("arbitrary-arrest-or-detention"), developments=released)
    assert "urgent-appeal" not in found
    assert "arbitrary-detention-opinion" in found


def test_what_came_back_decides_too(tmp_path: Path) -> None:
    reply = {"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-01", "addresses_reprisal": "no"}
    found = made(tmp_path / "one", un_actions=[COMMUNICATION], responses=[reply])
    assert {"follow-up-letter", "accountability"} <= set(found)
    assert "reminder" not in found
    found = made(tmp_path / "two", un_actions=[COMMUNICATION])
    assert "reminder" in found
    letter = {"ref": "u2", "by": ["sr-defenders"], "kind": "letter", "date": "2025-06-01", "to": ["XXA"]}
    found = made(tmp_path / "three", un_actions=[COMMUNICATION, letter])
    assert "reminder" not in found


def test_a_consent_that_is_missing_comes_first(tmp_path: Path) -> None:
    found = made(tmp_path / "one", persons=[person(consent={"level": "public-no-name", "uses": ["report"]})])
    assert found["allegation-letter"]["first"] == ["consent of p1 for the use `state`"]
    assert "consent of p1 for the use `press`" in found["press-release"]["first"]
    found = made(tmp_path / "two", persons=[person(consent={"level": "pending"})])
    assert found["allegation-letter"]["first"] == ["consent of p1 is pending"]


def test_what_people_or_risk_forbid_is_not_for_now(tmp_path: Path) -> None:
    found = made(tmp_path / "one", persons=[person(consent={"level": "none"})])
    assert found["allegation-letter"]["group"] == "not-now"
    risk = {"date": "2025-02-25", "by": "desk-1", "decision": "do-not-publish"}
    found = made(tmp_path / "two", persons=[person(**AGREES)], risk=risk)
    assert found["press-release"]["group"] == "not-now"
    assert found["allegation-letter"]["group"] == "next"


def test_nothing_is_suggested_for_a_case_that_has_ended(tmp_path: Path) -> None:
    assert made(tmp_path, status="withdrawn") == {}


def test_what_is_suggested_can_be_recorded_by_the_command_that_is_shown(tmp_path: Path) -> None:
    """For every tool that fits: the command is taken as it stands, with a day put in."""
    acts = [*act("torture-or-ill-treatment"), {"ref": "a2", "type": "restrictive-legislation-or-regulation"}]
    one = case("XXA-2025-101", acts=acts, cooperation=[{"body": "hrc"}, {"body": "cat"}], persons=[person(**AGREES)])
    root = workspace(tmp_path, [one], [HRC_60])
    commands = [found["command"] for found in suggested(root).values()]
    assert len(commands) > 12
    for command in commands:
        arguments = command.replace("DATE", "2025-03-01").split()[1:]
        ran = reprisal(root, *arguments, "--as-of", "2025-03-02")
        assert ran.code == 0, (command, ran.err)
