"""The desk's screen says what the gates say, and nothing of a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.cli.run import reprisal
from tests.support.builders import HRC_60, HRC_63, case, corpus, published, workspace
from tests.support.rulebook import FIRST
from tests.support.rulebook import workspace as whole
from tests.test_casework import NO_LIMB, NOTHING_PUT, at

DAY = "2025-08-06"


def screen(root: Path, *options: str, as_of: str = DAY) -> Any:
    ran = reprisal(root, "status", "--as-of", as_of, "--output-format", "json", *options)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


@pytest.mark.parametrize(
    ("block", "step", "ready"),
    [
        (at("received", NO_LIMB), "screened", False),
        (at("received"), "screened", True),
        (at("screened", "corroboration: REMOVE\n"), "verified", False),
        (at("screened"), "verified", True),
        (at("verified", "risk: REMOVE\n"), "cleared", False),
        (at("cleared", NOTHING_PUT), "transmitted", False),
        (at("cleared"), "transmitted", True),
        (at("transmitted", "responses: REMOVE\ntext: REMOVE\n"), "unanswered", False),
        (at("transmitted"), "answered", True),
        (at("answered", "text: REMOVE\n"), "drafted", False),
        (at("drafted"), "approved", False),
    ],
)
def test_what_is_ready_on_the_screen_can_be_done(tmp_path: Path, block: str, step: str, ready: bool) -> None:
    """The screen and `case set-status` ask the same gates."""
    root = whole(tmp_path, block)
    ahead = next(one["ahead"] for one in screen(root)["next"] if one["case"] == "XXA-2025-001")
    assert ahead["step"] == step
    assert (ahead["blockers"] == []) == ready, ahead
    done = reprisal(root, "case", "set-status", "XXA-2025-001", step, "--by", "desk-1", "--as-of", DAY)
    assert (done.code == 0) == ready, done.err
    assert all(one["code"] in done.err for one in ahead["blockers"])


def test_replies_are_due_then_overdue_then_answered(tmp_path: Path) -> None:
    root = whole(tmp_path, at("transmitted", "responses: REMOVE\ntext: REMOVE\n"))
    early = screen(root, as_of="2025-04-01")["replies"]
    assert [(one["state"], one["action"], one["due"], one["late"]) for one in early] == [
        ("XXA", "u1", "2025-04-30", 0),
        ("XXA", "u2", "2025-08-01", 0),
        ("XXB", "u2", "2025-08-01", 0),
    ]
    assert [one["late"] for one in screen(root)["replies"]] == [98, 5, 5]
    reprisal(root, "case", "respond", "XXA-2025-001", "--state", "XXB", "--none-as-of", "2025-08-01", "--as-of", DAY)
    assert [one["state"] for one in screen(root)["replies"]] == ["XXA", "XXA"]


def test_a_case_is_silent_until_something_is_new(tmp_path: Path) -> None:
    editions = [HRC_60, HRC_63, {**HRC_60, "id": "hrc-66", "session": "66", "symbol": "A/HRC/66/999",
                                 "period": "2026-05-01/2027-04-30", "date": "2027-08-20"}]  # fmt: skip
    root = workspace(tmp_path, [published()], editions)
    assert [(one["last"], one["editions"]) for one in screen(root, as_of="2027-09-01")["silent"]] == [("hrc-60", 2)]
    assert screen(root, as_of="2026-09-01")["silent"] == []
    assert len(screen(root, "--silent", "1", as_of="2026-09-01")["silent"]) == 1
    fresh = published(developments=[{"date": "2026-01-10", "kind": "release"}])
    assert screen(workspace(tmp_path, [fresh], editions), as_of="2027-09-01")["silent"] == []


def test_a_sign_off_gone_stale_is_on_the_screen(tmp_path: Path) -> None:
    root = whole(tmp_path, at("drafted"))
    for of, who in (("text", "reviewer-1"), ("safety", "reviewer-2")):
        reprisal(root, "sign", "XXA-2025-001", "--of", of, "--by", who, "-e", "hrc-60", "--as-of", "2025-08-04")
    assert screen(root)["stale"] == []
    file = root / FIRST
    file.write_text(file.read_text().replace("a woman human rights defender", "a defender"))
    both = [("text", "reviewer-1"), ("safety", "reviewer-2")]  # the text prints these words for the person
    assert [(one["of"], one["by"]) for one in screen(root)["stale"]] == both


def test_a_desk_sees_its_own(tmp_path: Path) -> None:
    cases = [case("XXA-2025-101", assignee="desk-1"), case("XXA-2025-102", assignee="desk-2"), case("XXB-2025-103")]
    root = workspace(tmp_path, cases)
    for who, own in (("desk-1", 101), ("desk-2", 102), ("-", 103)):
        assert [one["case"][-3:] for one in screen(root, "--assignee", who)["next"]] == [f"{own}"]
    assert sum(screen(root)["stages"].values()) == 3


@pytest.mark.parametrize("form", ["text", "json", "markdown", "ics"])
def test_no_form_holds_a_title_or_a_text(tmp_path: Path, form: str) -> None:
    secret = "Nemosova"
    root = workspace(tmp_path, [case(title=f"Invented, {secret}", persons=None, record="situation")])
    ran = reprisal(root, "status", "--as-of", DAY, "--all", "--output-format", form)
    assert ran.code == 0
    assert secret not in ran.out + ran.err


def test_a_calendar_is_read_back_and_is_the_same_each_time(tmp_path: Path) -> None:
    root = whole(tmp_path, at("transmitted", "responses: REMOVE\ntext: REMOVE\n"))
    options = ("status", "--as-of", "2025-04-01", "--within", "9999", "--output-format", "ics")
    first = reprisal(root, *options).out
    assert first == reprisal(root, *options).out
    assert first.count("\r\n") == first.count("\n")
    events = list(Calendar.from_ical(first).walk("VEVENT"))
    days = {str(event["uid"]): f"{event.decoded('dtstart')}" for event in events}
    assert days["reply-XXA-2025-001-u2-XXB@reprisal"] == "2025-08-01"
    assert len(days) == len(events)
    later = reprisal(root, "status", "--as-of", "2025-04-02", "--within", "9999", "--output-format", "ics").out
    assert {str(event["uid"]) for event in Calendar.from_ical(later).walk("VEVENT")} == set(days)


def test_a_file_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    root = whole(tmp_path)
    (root / "cases/XXA/XXA-2025-009.yaml").write_text("id: [")
    ran = reprisal(root, "status", "--as-of", DAY)
    assert "1 of 3 files could not be read" in ran.err


def test_places_in_another_series_come_before_by_their_session() -> None:
    """A copy for the Assembly is no earlier place of the report that it copies."""
    from reprisal_cli.model.membership import earlier_reports

    entries = [
        {"edition": name, "symbol": f"A/{name}", "part": "annex I", "state": "XXA"}
        for name in ("ga-79", "ga-80", "hrc-57", "hrc-60", "hrc-63")
    ]
    made = corpus([published(reports=entries)])
    one = next(made.cases)
    assert [entry.edition for entry in earlier_reports(one, made.workspace.edition("hrc-60"))] == ["ga-79", "hrc-57"]
    assert [entry.edition for entry in earlier_reports(one, made.workspace.edition("hrc-63"))] == [
        "ga-79",
        "ga-80",
        "hrc-57",
        "hrc-60",
    ]
