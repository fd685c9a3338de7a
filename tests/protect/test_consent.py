"""Consent at work: uses as well as levels, what is to be renewed, what a withdrawn consent takes out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.checks.due import due
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.pipeline.consent import withdrawal, write_withdrawal
from reprisal_cli.protect.public import Audience
from tests.cli.run import committed, git, reprisal
from tests.support.builders import case, corpus, everything, person, published, shown, workspace
from tests.support.built import unchecked

NAME = "Inventa Nemosova"  # invented
AUDIENCES = {"report": Audience.PUBLIC, "state": Audience.STATE, "oral": Audience.ORAL, "press": Audience.PRESS}


# --- uses -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("use", AUDIENCES)
@pytest.mark.parametrize("asked", AUDIENCES)
def test_a_consent_covers_the_documents_of_its_uses_and_no_other(use: str, asked: str) -> None:
    data = case(persons=[person(consent={"level": "public-no-name", "uses": [use]})])
    told = shown([data], audience=AUDIENCES[asked], state="XXA" if asked == "state" else "").cases
    assert bool(told) is (use == asked)


@pytest.mark.parametrize("audience", AUDIENCES.values())
def test_a_name_is_printed_for_its_uses_alone(audience: Audience) -> None:
    data = case(persons=[person(name=NAME, consent={"level": "public-name", "uses": ["report", "oral"]})])
    told = shown([data], audience=audience, state="XXA" if audience is Audience.STATE else "")
    assert (NAME in repr(told.cases)) is (audience in (Audience.PUBLIC, Audience.ORAL))


# --- sealed names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["public-name", "public-no-name", "public-aggregate", "statistics-only", "withdrawn"])
def test_a_sealed_name_is_printed_at_public_name_by_a_build_that_has_the_key(level: str) -> None:
    from reprisal_cli.protect.disclose import disclose

    made = corpus([case(persons=[person(name="sealed", consent={"level": level}), person("p2")])])
    edition = made.workspace.edition("hrc-60")
    names = {("XXA-2025-101", "p1"): NAME, ("XXA-2025-101", "p2"): NAME + " two", ("XXA-2025-102", "p1"): "x"}
    assert NAME not in repr(disclose(made, edition))
    assert repr(disclose(made, edition, names=names)).count(NAME) == (1 if level == "public-name" else 0)


def test_a_risk_decision_keeps_a_sealed_name_in_even_with_the_key() -> None:
    from reprisal_cli.protect.disclose import disclose

    risk = {"date": "2025-02-25", "by": "desk-1", "decision": "publish-withheld"}
    made = corpus([case(persons=[person(name="sealed", consent={"level": "public-name"})], risk=risk)])
    names = {("XXA-2025-101", "p1"): NAME}
    assert NAME not in repr(disclose(made, made.workspace.edition("hrc-60"), names=names))


# --- due ------------------------------------------------------------------------------------------------------------


def test_what_is_due_stands_by_state_and_assignee() -> None:
    consent = {"level": "public-no-name", "review_by": "2026-03-01"}
    risk = {"date": "2026-01-01", "by": "desk-1", "decision": "publish", "review_by": "2026-02-01"}
    made = corpus([
        case("XXB-2025-001", assignee="desk-2", persons=[person(consent=consent)], risk=risk),
        case("XXA-2025-001", persons=[person(consent=consent), person("p2", consent={**consent, "level": "pending"})]),
        case("XXA-2025-002", status="closed", persons=[person(consent=consent)]),
    ])  # fmt: skip
    found = [(one.state, one.case, one.person, one.why) for one in due(made, date(2026, 2, 15), 30)]
    assert found == [
        ("XXA", "XXA-2025-001", "", "six months old"),
        ("XXA", "XXA-2025-001", "p1", "review"),
        ("XXB", "XXB-2025-001", "", "review"),
        ("XXB", "XXB-2025-001", "p1", "review"),
    ]
    assert [one.case for one in due(made, date(2026, 2, 15), 0)] == ["XXA-2025-001", "XXB-2025-001"]


def test_a_risk_decision_is_due_when_something_happened_since() -> None:
    risk = {"date": "2026-01-01", "by": "desk-1", "decision": "publish"}
    data = case(status="follow-up", risk=risk, developments=[{"date": "2026-02-01", "kind": "release"}])
    found = due(corpus([data]), date(2026, 3, 1), 0)
    assert [(one.day, one.why) for one in found] == [(date(2026, 2, 1), "older than a development")]


def test_due_is_told_as_lines_and_as_json(tmp_path: Path) -> None:
    folder = workspace(
        tmp_path, [case(persons=[person(consent={"level": "public-no-name", "review_by": "2026-03-01"})])]
    )
    ran = reprisal(folder, "consent", "due", "--as-of", "2026-04-01")
    assert "XXA-2025-101  p1    consent public-no-name            past 2026-03-01" in ran.out
    told = json.loads(reprisal(folder, "consent", "due", "--as-of", "2026-02-20", "--output-format", "json").out)
    assert [(one["person"], one["past"]) for one in told["due"]] == [("", True), ("p1", False)]


# --- withdrawn ------------------------------------------------------------------------------------------------------


def told_case() -> dict[str, object]:
    """One published and built here, with a name in clear and a second person."""
    entry = {
        "edition": "hrc-60",
        "symbol": "A/HRC/60/999",
        "part": "annex I",
        "paras": ["7"],
        "state": "XXA",
        "built": "yes",
    }
    named = person(name=NAME, consent={"level": "public-name"})
    risk = {"date": "2025-02-25", "by": "desk-1", "decision": "publish"}
    text = "It was reported that {p1} was threatened.\n\nThen {p2} was threatened."
    return published(persons=[named, person("p2")], reports=[entry], annex=text, risk=risk)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = workspace(tmp_path, [told_case()], files={".gitignore": "build/\n"})
    path = folder / "cases/XXA/XXA-2025-101.yaml"
    path.write_text("# a comment that stays\n" + path.read_text())
    with unchecked():
        ran = reprisal(folder, "build", "report", "--to", "html")
    assert ran.code == 0, ran.err
    assert NAME in (folder / "build/hrc-60/report.html").read_text()
    return committed(folder)


def test_a_withdrawn_consent_lists_every_place_and_changes_nothing_unless_told(built: Path) -> None:
    before = (built / "cases/XXA/XXA-2025-101.yaml").read_bytes()
    ran = reprisal(built, "consent", "withdrawn", "XXA-2025-101", "p1")
    assert ran.code == 0, ran.err
    assert "hrc-60  published  annex I  paras. 7  A/HRC/60/999" in ran.out
    assert "hrc-60  hrc-60/report  annex-1  paras. 1, 2 (by reference in 1)" in ran.out
    assert "table rows 1" in ran.out
    assert "persons.0.consent.level becomes withdrawn" in ran.out
    assert "nothing was changed" in ran.out
    assert NAME not in ran.out + ran.err
    assert (built / "cases/XXA/XXA-2025-101.yaml").read_bytes() == before


def test_a_withdrawn_consent_takes_the_person_out_and_drafts_a_note_that_names_nobody(built: Path) -> None:
    note = built / "build/corrigendum.md"
    ran = reprisal(built, "consent", "withdrawn", "XXA-2025-101", "p1", "--yes", "--note", str(note))
    assert ran.code == 0, ran.err
    text = note.read_text()
    assert "A/HRC/60/999" in text
    assert "annex I, para. 7" in text
    assert not [word for word in (NAME, "Nemosova", "p1", "lawyer", "XXA", "withdrawn") if word in text]
    after = (built / "cases/XXA/XXA-2025-101.yaml").read_text()
    assert after.startswith("# a comment that stays\n")
    assert NAME not in after
    assert git(built, "diff", "--numstat").split()[:2] == ["2", "2"]
    path = built / "cases/XXA/XXA-2025-101.yaml"
    path.write_text(after.replace("{p1}", "somebody"))  # the drafters' part: what is said of the person
    with unchecked():
        assert reprisal(built, "build", "report", "--to", "html").code == 0
    assert NAME not in (built / "build/hrc-60/report.html").read_text()


def test_a_case_file_with_changes_is_not_written_unless_told(built: Path) -> None:
    path = built / "cases/XXA/XXA-2025-101.yaml"
    path.write_text(path.read_text() + "# not committed\n")
    ran = reprisal(built, "consent", "withdrawn", "XXA-2025-101", "p1", "--yes")
    assert ran.code == 2
    assert "withdrawn" not in path.read_text()
    assert reprisal(built, "consent", "withdrawn", "XXA-2025-101", "p1", "--yes", "--allow-dirty").code == 0
    assert "level: withdrawn" in path.read_text()


def test_an_edit_that_comes_in_between_is_not_lost(built: Path) -> None:
    done = withdrawal(built, "XXA-2025-101", "p1")
    path = built / done.path
    path.write_bytes(path.read_bytes() + b"# edited meanwhile\n")
    with pytest.raises(ReprisalError, match="changed meanwhile"):
        write_withdrawal(done, None, change=True)
    assert path.read_bytes() == done.before + b"# edited meanwhile\n"


def test_a_second_withdrawal_says_that_it_is_done(built: Path) -> None:
    reprisal(built, "consent", "withdrawn", "XXA-2025-101", "p1", "--yes")
    assert "withdrawn already" in reprisal(built, "consent", "withdrawn", "XXA-2025-101", "p1", "--yes").out


def test_a_withdrawn_consent_is_nowhere_in_a_document() -> None:
    from tests.support.builders import compiled

    data = told_case()
    data["persons"] = [person(consent={"level": "withdrawn"}, described="a cartographer"), person("p2")]
    del data["text"]
    data["status"] = "approved"
    report, _ = compiled([data])
    assert "cartographer" not in everything(report)


def test_what_cannot_be_read_under_build_stops_the_search(built: Path) -> None:
    (built / "build/hrc-60/report.map.json").write_text("{")
    assert reprisal(built, "consent", "withdrawn", "XXA-2025-101", "p1").code == 2
