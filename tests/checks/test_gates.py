"""RC7: each row of the life cycle, for a status reached step by step and for one set by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.checks import seeding
from tests.checks.seeding import GONE, Seeds, seeded
from tests.support.rulebook import FIRST, SMALLEST, WHOLE, found

EGYPT = "cases/EGY/EGY-2017-001.yaml"
HISTORY: list[dict[str, str]] = yaml.load((WHOLE / FIRST).read_text(encoding="utf-8"), yaml.BaseLoader)["history"]
STEPS = [step["status"] for step in HISTORY]


def at(status: str, **changes: Any) -> dict[str, Any]:
    """The whole example as it was when it got a status."""
    steps = HISTORY[: STEPS.index(status) + 1]
    later = {} if status == "follow-up" else {"developments": GONE, "text.hrc-63": GONE}
    return {"status": status, "history": steps, **later, **changes}


def then(*steps: str, **changes: Any) -> dict[str, Any]:
    """The whole example with steps after its last, one a day from 15 January 2026 on."""
    more = [{"date": f"2026-01-{15 + i}", "status": step, "by": "desk-2"} for i, step in enumerate(steps)]
    return {"status": steps[-1], "history": [*HISTORY, *more], **changes}


def codes(*arguments: Any) -> set[str]:
    """What is found but for stale sign-offs: the example's digests are placeholders (see test_sign.py)."""
    return set(seeding.codes(*arguments)) - {"RC717"}


RISK = {"date": "2026-01-14", "by": "desk-2", "decision": "publish-withheld"}
ASKED = {"ref": "u3", "kind": "communication", "number": "XXA 1/2026", "date": "2026-01-16", "to": ["XXA"]}
REPLY = {"ref": "r4", "to": "u3", "state": "XXA", "date": "2026-01-17", "addresses_reprisal": "no", "summary": "no."}
SIGNED = [
    {"edition": "hrc-63", "of": "text", "by": "reviewer-1", "date": "2026-01-19", "digest": "sha256:…"},
    {"edition": "hrc-63", "of": "safety", "by": "reviewer-2", "date": "2026-01-19", "digest": "sha256:…"},
]
AGAIN = ("cleared", "transmitted", "answered", "drafted", "approved")
NEW: dict[str, Any] = {"risk": RISK, "un_actions.+": ASKED, "responses.+": REPLY, "signoffs": SIGNED}


@pytest.mark.parametrize("status", STEPS)
def test_the_whole_example_passed_every_gate(status: str, tmp_path: Path) -> None:
    unfrozen = {"RC718"} if status == "published" else set()  # no edition was frozen here: a warning, and no gate
    assert codes(seeded(tmp_path, at(status)), "RC7") == unfrozen


@pytest.mark.parametrize("steps", [AGAIN[: i + 1] for i in range(5)])
def test_a_second_round_passes_with_what_is_new(steps: tuple[str, ...], tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, then(*steps, **NEW)), "RC7") == set()


SCREENED = {"persons.1.limb": GONE}
VERIFIED: list[Seeds] = [
    {"corroboration": GONE},
    {"corroboration.status": "checked"},
    {"acts.1.sources": ["s1"]},
    {"acts.1.sources": GONE},
]
CLEARED: list[Seeds] = [
    {"risk": GONE},
    {"risk.date": "2024-08-01", "received": "2024-07-01"},
    {"risk.date": "2024-08-24", "received": "2024-07-01"},
    {"persons.1.consent": {"level": "pending"}},
    {"persons.1.consent.level": "withdrawn"},
    {"persons.1.consent.review_by": "2025-02-24"},
    {"developments": [{"date": "2025-02-26", "kind": "transfer"}]},
]
TRANSMITTED: list[Seeds] = [
    {"un_actions.0.to": GONE, "un_actions.1.to": ["XXB"]},
    {"persons.0.consent.uses": ["report"]},
]
APPROVED: list[Seeds] = [
    {"signoffs": GONE},
    {"signoffs.1": GONE},
    {"signoffs.1.by": "reviewer-1"},
    {"signoffs.0.by": "drafter-1"},
    {"signoffs.1.by": "drafter-1"},
    {"signoffs.1.edition": "hrc-63"},
]
ROWS: list[tuple[str, str, Seeds]] = [
    ("RC701", "screened", SCREENED),
    *(("RC702", "verified", seeds) for seeds in VERIFIED),
    *(("RC703", "cleared", seeds) for seeds in CLEARED),
    *(("RC704", "transmitted", seeds) for seeds in TRANSMITTED),
    ("RC705", "answered", {"responses.2": GONE}),
    ("RC705", "answered", {"responses.0": GONE, "responses.1": GONE}),
    ("RC707", "drafted", {"text": GONE}),
    *(("RC708", "approved", seeds) for seeds in APPROVED),
    ("RC709", "published", {"reports": GONE}),
    ("RC709", "published", {"reports.0.paras": GONE}),
]


@pytest.mark.parametrize(("code", "status", "seeds"), ROWS)
def test_a_status_asks_for_its_own_row(code: str, status: str, seeds: Seeds, tmp_path: Path) -> None:
    assert code in codes(seeded(tmp_path, at(status) | dict(seeds)), "RC7")


@pytest.mark.parametrize(("code", "status", "seeds"), [row for row in ROWS if "developments" not in row[2]])
def test_it_asks_for_the_rows_before_it(code: str, status: str, seeds: Seeds, tmp_path: Path) -> None:
    assert code in codes(seeded(tmp_path, at("published") | dict(seeds)), "RC7")


@pytest.mark.parametrize(("code", "status", "seeds"), ROWS)
def test_it_does_not_ask_for_the_rows_after_it(code: str, status: str, seeds: Seeds, tmp_path: Path) -> None:
    before = STEPS[STEPS.index(status) - 1]
    assert code not in codes(seeded(tmp_path, at(before) | dict(seeds)), "RC7")


@pytest.mark.parametrize(("code", "status", "seeds"), ROWS)
def test_a_status_set_by_hand_asks_for_its_row_too(code: str, status: str, seeds: Seeds, tmp_path: Path) -> None:
    """The status alone was changed: that is a fault of its own, and the gate is asked all the same."""
    before = STEPS[STEPS.index(status) - 1]
    by_hand = at(before) | {"status": status} | dict(seeds)
    assert {"RC714", code} <= codes(seeded(tmp_path, by_hand, as_of=date(2025, 3, 10)), "RC7")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("RC701", "screened"),
        ("RC702", "verified"),
        ("RC703", "cleared"),
        ("RC704", "transmitted"),
        ("RC705", "answered"),
        ("RC707", "drafted"),
        ("RC708", "approved"),
        ("RC709", "published"),
    ],
)
def test_the_smallest_case_with_a_status_set_by_hand(code: str, status: str, tmp_path: Path) -> None:
    block = f"# file: {SMALLEST}\nstatus: {status}\nhistory: [{{date: 2025-02-03, status: received, by: desk-1}}]\n"
    assert {"RC714", code} <= codes(found(tmp_path, block), "RC7")


def test_a_status_without_any_history_asks_for_both(tmp_path: Path) -> None:
    assert {"RC713", "RC701", "RC703"} <= codes(found(tmp_path, f"# file: {SMALLEST}\nstatus: cleared\n"), "RC7")


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("RC703", {"risk": {**RISK, "date": "2026-01-09"}}),  # older than the release
        ("RC704", {"un_actions.+": {**ASKED, "to": ["XXB"]}, "responses.+": {**REPLY, "state": "XXB"}}),
        ("RC705", {"responses.+": {**REPLY, "to": "u2"}}),
        ("RC707", {"text.hrc-63": GONE}),
        ("RC708", {"signoffs": [SIGNED[0], {**SIGNED[1], "by": "desk-2"}]}),  # who drafted this time
        ("RC702", {"acts.+": {"ref": "a3", "type": "threats", "date": "2026-01-05", "sources": ["s2"]}}),
    ],
)
def test_a_second_round_asks_for_what_is_new(code: str, change: Seeds, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, then(*AGAIN, **(NEW | dict(change)))), "RC7") == {code}


def test_what_was_published_is_not_asked_for_again(tmp_path: Path) -> None:
    """A person without a limb and an act with one source were in the report already."""
    old = {"persons.1.limb": GONE, "acts.1.sources": ["s1"]}
    assert codes(seeded(tmp_path, then(*AGAIN, **(NEW | old))), "RC7") == set()


def test_unanswered_is_for_silence(tmp_path: Path) -> None:
    steps = [*HISTORY[:5], {**HISTORY[5], "status": "unanswered"}]
    unanswered = {**at("answered"), "status": "unanswered", "history": steps}
    silence = [{"ref": "r1", "state": state, "none_as_of": "2025-08-01"} for state in ("XXA", "XXB")]
    assert codes(seeded(tmp_path / "replied", unanswered), "RC7") == {"RC706"}
    assert codes(seeded(tmp_path / "silent", {**unanswered, "responses": silence}), "RC7") == set()
    assert codes(seeded(tmp_path / "answered", at("answered", responses=silence)), "RC7") == {"RC705"}


def test_follow_up_is_for_news(tmp_path: Path) -> None:
    assert codes(seeded(tmp_path / "none", {"developments": GONE}), "RC7") == {"RC710"}
    assert codes(seeded(tmp_path / "act", {"developments": GONE, "acts.1.date": "2025-10"}), "RC7") == set()
    assert codes(seeded(tmp_path / "old", {"developments.0.date": "2025-09-01"}), "RC7") == {"RC710"}


# --- steps ----------------------------------------------------------------------------------------------------------


def steps(*statuses: str, reason: str = "") -> dict[str, Any]:
    """The whole example with these steps, one a month from March 2025 on, the last with a reason."""
    history = [{"date": f"2025-{3 + i:02}-01", "status": status, "by": "desk-1"} for i, status in enumerate(statuses)]
    if reason:
        history[-1]["reason"] = reason
    return {"status": statuses[-1], "history": history, "received": "2025-03-01"}


BACK = ("received", "screened", "verified", "screened")


@pytest.mark.parametrize(
    ("statuses", "reason", "expected"),
    [
        (("received", "verified"), "", {"RC715"}),
        (("screened",), "", {"RC715"}),
        (BACK, "", {"RC715"}),
        (BACK, "a new act", set()),
        (("received", "withheld"), "", {"RC711"}),
        (("received", "withheld"), "at risk", set()),
        (("received", "rejected"), "out of scope", set()),
        (("received", "withdrawn"), "wish of the victim", set()),
        (("received", "merged"), "the same event", set()),
        (("received", "merged"), "", {"RC711"}),
        (("received", "withheld", "screened"), "", {"RC711", "RC715"}),
        (("received", "closed"), "resolved", {"RC712", "RC715"}),
        ((*STEPS[:9], "closed"), "resolved", set()),
        ((*STEPS[:9], "closed"), "no information for 3 reports", set()),
        ((*STEPS[:9], "closed"), "", {"RC712"}),
        ((*STEPS[:9], "closed"), "done", {"RC716"}),
        ((*STEPS[:8], "follow-up"), "", {"RC715"}),
    ],
)
def test_steps(statuses: tuple[str, ...], reason: str, expected: set[str], tmp_path: Path) -> None:
    merged = {"merged_into": "XXA-2025-002"} if statuses[-1] == "merged" else {}
    unpublished = {} if "published" in statuses else {"reports": GONE, "signoffs": GONE}
    seeds = {**steps(*statuses, reason=reason), **merged, **unpublished}
    order = {"RC711", "RC712", "RC713", "RC714", "RC715", "RC716"}
    assert codes(seeded(tmp_path, seeds), "RC7") & order == expected


@pytest.mark.parametrize("status", ["withheld", "closed"])
def test_an_end_set_by_hand_lacks_its_reason(status: str, tmp_path: Path) -> None:
    code = "RC712" if status == "closed" else "RC711"
    assert {"RC714", code} <= codes(seeded(tmp_path, {"status": status}), "RC7")


# --- already public -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["published", "follow-up", "approved"])
def test_an_already_public_case_without_history_is_asked_for_nothing(status: str, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, {"status": status}, EGYPT), "RC7") == set()


def test_one_other_consent_asks_for_a_history(tmp_path: Path) -> None:
    seeds = {"persons.0.consent": {"level": "public-no-name"}}
    assert "RC713" in codes(seeded(tmp_path, seeds, EGYPT), "RC7")


def test_an_already_public_case_goes_on_from_where_it_was_published(tmp_path: Path) -> None:
    history = [{"date": "2026-01-05", "status": "follow-up", "by": "desk-1"}]
    seeds = {"status": "follow-up", "history": history, "developments": [{"date": "2026-01-02", "kind": "release"}]}
    assert codes(seeded(tmp_path / "follow-up", seeds, EGYPT), "RC7") == set()
    history.append({"date": "2026-01-06", "status": "cleared", "by": "desk-1"})
    assert codes(seeded(tmp_path / "cleared", {**seeds, "status": "cleared"}, EGYPT), "RC7") == {"RC703"}
