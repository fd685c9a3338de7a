"""RC4: each fault seeded in a sound case is found by its rule; forms that the Organization uses are sound."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reprisal_cli.diagnostic import Applicability
from reprisal_cli.pipeline.validate import validate
from tests.checks.seeding import GONE, Seeds, codes, seeded
from tests.support.rulebook import AS_OF, FIRST, SMALLEST, found

EGYPT = "cases/EGY/EGY-2017-001.yaml"


def letter(**fields: Any) -> dict[str, Any]:
    return {"ref": "u9", "by": ["special-procedures"], "kind": "communication", **fields}


REPLY = {"to": "u1", "state": "XXA", "date": "2025-04-25", "addresses_reprisal": "no", "summary": "all was well."}
FAULTS: list[tuple[str, str, Seeds]] = [
    ("RC401", EGYPT, {"un_actions.+": letter(number="EGY4/2017")}),
    ("RC401", EGYPT, {"un_actions.+": letter(number="UA EGY 4/2017")}),
    ("RC401", EGYPT, {"un_actions.+": letter(number="EGY 4/17")}),
    ("RC401", EGYPT, {"un_actions.0.number": "egy 4/2017"}),
    ("RC402", EGYPT, {"un_actions.+": letter(number="LBY 4/2017")}),
    ("RC402", EGYPT, {"un_actions.+": letter(number="EGI 4/2017")}),
    ("RC402", FIRST, {"un_actions.0.number": "XXB 1/2025"}),
    ("RC403", EGYPT, {"un_actions.+": letter(number="EGY 4/2017", date="2018-01")}),
    ("RC404", FIRST, {"un_actions.+": letter(number="XXA 1/2025")}),
    ("RC405", FIRST, {"un_actions.1.number": "note-verbale:60", "un_actions.1.reply_due": "2025-08-01"}),
    ("RC405", FIRST, {"un_actions.1.kind": "meeting"}),
    ("RC405", FIRST, {"un_actions.1.kind": "communication"}),
    ("RC406", FIRST, {"un_actions.1.date": "2025-06-11"}),
    ("RC407", EGYPT, {"un_actions.0.letter": "UA"}),
    ("RC407", FIRST, {"un_actions.0.kind": "meeting", "un_actions.0.number": GONE}),
    ("RC408", FIRST, {"un_actions.0.by": ["wgad"]}),
    ("RC408", FIRST, {"un_actions.0.letter": "AL"}),
    ("RC409", EGYPT, {"reports.+": {"edition": "ga-72", "symbol": "A-72-290"}}),
    ("RC409", EGYPT, {"reports.+": {"edition": "hrc-24", "symbol": "A/HRC/24/29, para. 3"}}),
    ("RC410", EGYPT, {"un_actions.0.number": "A/HRC/36-31"}),
    ("RC410", EGYPT, {"text.hrc-36.annex": "It was reported that {p1} was seized (see {ref A/HRC/36/31, para 34})."}),
    ("RC410", FIRST, {"sources.1.public": "A/HRC58/999, para. 12"}),
    ("RC421", EGYPT, {"responses": [{"ref": "r1", "state": "LBY", "date": "2017-06-01"}]}),
    ("RC422", FIRST, {"responses.+": REPLY | {"ref": "r4", "state": "XXB"}}),
    ("RC423", FIRST, {"responses.2.date": "2025-07-15"}),
    ("RC424", FIRST, {"responses.2.none_as_of": "2025-07-31"}),
    ("RC424", FIRST, {"responses.0": {"ref": "r1", "to": "u1", "state": "XXA", "none_as_of": "2025-04-29"}}),
    ("RC425", FIRST, {"responses.1.addresses_reprisal": GONE}),
    ("RC426", FIRST, {"responses.1.summary": GONE}),
    ("RC427", FIRST, {"responses.0.kinds.+": "does-not-address-reprisal", "responses.0.addresses_reprisal": "yes"}),
    ("RC430", FIRST, {"responses.1.summary": "that all had been tried in public."}),
    ("RC428", FIRST, {"responses.+": REPLY | {"ref": "r4"}}),
    ("RC431", EGYPT, {"un_actions.+": letter(number="EGY 4/2017", date="2017-05-10", to=["EGY"])}),
    ("RC431", FIRST, {"un_actions.+": letter(number="XXA 9/2025", date="2025-11-10", to=["XXA"])}),
    ("RC432", EGYPT, {"un_actions.+": letter(date="2017-01-10", to=["EGY"])}),
    ("RC432", FIRST, {"responses.0.to": "u2"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "path", "seeds"), FAULTS, ids=[f"{i}-{one[0]}" for i, one in enumerate(FAULTS)])
def test_a_seeded_fault_is_found(code: str, path: str, seeds: Seeds, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, seeds, path), "RC4") == {code}


@pytest.mark.parametrize(
    "number",
    [
        "A/HRC/45/36",
        "A/HRC/RES/12/2",
        "S/2022/31, para. 53",
        "S/RES/2514 (2020)",
        "resolution 2514 (2020)",
        "CAC/COSP/2017/14, para. 25",
        "CCPR/C/EGY/CO/5, paras. 3-5",
        "HRI/MC/2015/6",
        "A/74/256",
        "E/CN.4/2004/29",
        "A/HRC/49/72, paras. 47 and 62",
        "A/HRC/45/36, annex I, paras. 42-43",
        "A/HRC/36/31/Add.1",
        "A/HRC/S-17/2/Add.1",
        "CAT/C/57/D/477/2011",
        "CEDAW/C/RUS/CO/8, para. 12 (a)",
        "opinion No. 12/2019",
        "HRC/NONE/2019",
    ],
)
def test_forms_that_the_organization_uses_are_sound(number: str, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, {"un_actions.0.number": number}, EGYPT), "RC4") == set()


@pytest.mark.parametrize(
    "seeds",
    [
        {"un_actions.+": letter(number="XXB 3/2026", date="2026-01-10", to=["XXB"])},  # of an other State; not yet due
        {"un_actions.+": letter(date="2025-12-10", to=["XXA"])},  # 60 days are not over
        {"un_actions.+": letter(kind="press-release", date="2025-01-10", to=["XXA"])},  # waits for no reply
        {"responses.0.to": GONE},  # may answer any
        {"responses.2.none_as_of": "hrc-60"},
        {"responses.1.kinds": ["procedural-or-acknowledges-receipt"], "responses.1.summary": GONE},
        {"un_actions.0.by": ["special-procedures"]},
    ],
)
def test_what_may_be_so_is_left_alone(seeds: Seeds, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, seeds), "RC4") == set()


def test_a_number_that_can_only_mean_one_thing_is_mended_safely(tmp_path: Path) -> None:
    (one,) = [one for one in seeded(tmp_path, {"un_actions.0.number": "xxa-01/2025"}) if one.code == "RC401"]
    assert one.fix is not None
    assert (one.fix.applicability, one.fix.edits[0].text) == (Applicability.SAFE, "XXA 1/2025")


ASKED = 'un_actions: [{ref: u1, by: [ohchr], number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA]}]\n'


def test_a_shared_reply_written_in_another_case_is_an_answer(tmp_path: Path) -> None:
    found(tmp_path, f"# file: {SMALLEST}\n{ASKED}")
    assert codes(validate(tmp_path, AS_OF).found, "RC4") == {"RC431"}
    file = tmp_path / FIRST
    file.write_text(file.read_text(encoding="utf-8").replace("# covers: [ID, ID]", "covers: [XXA-2025-002]"))
    assert codes(validate(tmp_path, AS_OF).found, "RC4") == set()


def test_an_edition_that_is_not_closed_yet_still_waits_for_the_reply(tmp_path: Path) -> None:
    """Overdue is a warning while the case can still be mended; told without an answer is an error."""
    seeds = {"un_actions.+": letter(number="XXA 9/2025", date="2025-11-10", to=["XXA"])}
    assert codes(seeded(tmp_path / "before", seeds), "RC4") == {"RC431"}
    assert codes(seeded(tmp_path / "after", seeds, as_of=date(2026, 5, 1)), "RC4") == {"RC432"}


def test_one_reply_in_two_cases_is_told_twice(tmp_path: Path) -> None:
    reply = (
        "responses: [{ref: r1, to: u1, state: XXA, date: 2025-07-15, addresses_reprisal: no, summary: all was well.}]\n"
    )
    (one,) = [one for one in found(tmp_path, f"# file: {SMALLEST}\n{ASKED}{reply}") if one.code == "RC433"]
    assert (one.location.path, one.related[0].location.path) == (SMALLEST, FIRST)
    assert "well" not in f"{one.message} {one.hint}"
