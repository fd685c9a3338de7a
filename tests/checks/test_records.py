"""RC1: each fault seeded in a sound case is found by its rule, and by no other of the family."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reprisal_cli.diagnostic import Applicability
from reprisal_cli.pipeline.validate import validate
from tests.checks.seeding import GONE, ROOT, Seeds, codes, seeded
from tests.support.rulebook import AS_OF, FIRST, found, workspace

EGYPT = "cases/EGY/EGY-2017-001.yaml"
PLACE = {"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex I", "paras": ["7", "8"], "state": "XXA"}

FAULTS: list[tuple[str, str, Seeds]] = [
    ("RC101", FIRST, {"id": "XXA-2025-009"}),
    ("RC101", EGYPT, {"id": "EGY-2017-002"}),
    ("RC103", EGYPT, {"acts.1.ref": "a1"}),
    ("RC103", FIRST, {"measures.0.ref": "u1"}),
    ("RC104", EGYPT, {"acts.0.persons": ["p2"]}),
    ("RC104", FIRST, {"acts.0.sources": ["s1", "s7"]}),
    ("RC104", FIRST, {"responses.0.to": "u9"}),
    ("RC104", FIRST, {"sources.0.persons": ["p9"]}),
    ("RC105", EGYPT, {"text.hrc-36.annex": "It was reported that {p4} was seized."}),
    ("RC106", EGYPT, {"text.hrc-36.annex": "It was reported that {p1} was seized (see {case EGY-1999-001})."}),
    ("RC106", FIRST, {"responses.1.covers": ["XXA-2025-404"]}),
    ("RC107", EGYPT, {"persons": GONE}),
    ("RC109", FIRST, {"acts.0.actor.state": "XXQ", "also_states": ["XXB", "XXQ"]}),
    ("RC110", FIRST, {"responses.2.none_as_of": GONE}),
    ("RC111", "cases/XXA/XXA-2025-002.yaml", {"id": "EGI-2025-002"}),
    ("RC112", FIRST, {"received": "2023-02-03"}),
    ("RC136", EGYPT, {"text.hrc-36.annex": "It was reported that {P1} was seized."}),
    ("RC136", EGYPT, {"text.hrc-36.annex": "It was reported that { p1 } was seized."}),
    ("RC136", EGYPT, {"text.hrc-36.annex": "It was reported that {p1 was seized."}),
    ("RC136", EGYPT, {"text.hrc-36.annex": "It was reported that {p1} was seized (see {case EGY-17-1})."}),
    ("RC136", EGYPT, {"text.hrc-36.annex": "It was reported that {p1} was seized (see {report})."}),
    ("RC136", EGYPT, {"text.hrc-36.annex": "It was reported that {p1} was seized (see {a1})."}),
    ("RC136", EGYPT, {"text.hrc-36.annex": "It was reported that {p1} was seized.^[See {ref A/HRC/36/31}."}),
    ("RC136", EGYPT, {"persons.0.described": "the lawyer of {p2}"}),
    ("RC136", FIRST, {"responses.1.summary": "{p1} had been tried in public."}),
    ("RC137", FIRST, {"assignee": "not-stated"}),
    ("RC137", FIRST, {"sources.1.public": "N/A"}),
    ("RC137", FIRST, {"history.9.reason": "unknown"}),
    ("RC137", EGYPT, {"persons.0.described": "Unknown"}),
    ("RC113", EGYPT, {"also_states": ["EGY"]}),
    ("RC114", EGYPT, {"persons.0.roles": ["human-rights-defender", "human-rights-defender"]}),
    ("RC114", EGYPT, {"reports.0.paras": ["34", "34"]}),
    ("RC114", FIRST, {"un_actions.0.by": ["wgad", "sr-defenders", "wgad"]}),
    ("RC114", FIRST, {"risk.mitigations": ["withhold-name", "withhold-name"]}),
    ("RC115", EGYPT, {"cooperation.+": {"body": "special-procedures"}}),
    ("RC116", FIRST, {"responses.1.covers": ["XXA-2025-001"]}),
    ("RC118", FIRST, {"merged_into": "XXA-2025-002"}),
    ("RC118", FIRST, {"merged_into": "XXA-2025-001"}),
    ("RC118", EGYPT, {"status": "merged", "history": [{"date": "2020-01-01", "status": "merged", "by": "d"}]}),
    ("RC119", FIRST, {"responses.0.document": "XXA-2025-07-15-note.pdf"}),
    ("RC121", EGYPT, {"responses": [{"ref": "r1", "state": "EGY", "none_as_of": "hrc-63"}]}),
    ("RC121", FIRST, {"signoffs.0.edition": "hrc-61"}),
    ("RC122", EGYPT, {"persons.0.count": "at least 3"}),
    ("RC122", EGYPT, {"persons.0.gender": "mixed"}),
    ("RC123", EGYPT, {"acts.0.assertion": "found-by-body"}),
    ("RC123", EGYPT, {"acts.0.with": {"body": "wgad", "reference": "A/HRC/WGAD/2017/9"}}),
    ("RC133", EGYPT, {"acts.0.assertion": "found-by-body", "acts.0.with": {"body": "wgad"}}),
    ("RC124", EGYPT, {"acts.0.actor.kind": "armed-group"}),
    ("RC124", EGYPT, {"acts.0.actor.class": "non-state"}),
    ("RC125", EGYPT, {"acts.0.actor.state": "LBY"}),
    ("RC125", EGYPT, {"acts.0.actor": {"class": "unknown", "state": "EGY"}}),
    ("RC125", EGYPT, {"acts.0.actor": {"class": "foreign-state", "state": "EGY"}}),
    ("RC125", EGYPT, {"acts.0.state_role": "none-alleged"}),
    ("RC126", EGYPT, {"cooperation.0.mode": "online-meeting", "cooperation.0.online": "no"}),
    ("RC126", EGYPT, {"acts.0.type": "digital-attack-or-spyware", "acts.0.mode": "offline"}),
    ("RC127", FIRST, {"sources.1.public": GONE}),
    ("RC127", FIRST, {"sources.1.identity": "sealed"}),
    ("RC128", FIRST, {"reports.+": PLACE}),
    ("RC129", EGYPT, {"reports.0.edition": "hrc-39"}),
    ("RC129", EGYPT, {"reports.+": {"edition": "hrc-24", "symbol": "A/HRC/42/29"}}),
    ("RC130", EGYPT, {"reports.0.state": "LBY"}),
    ("RC131", EGYPT, {"text.hrc-36.annex": "It was reported that {p1} was seized (see {reports})."}),
    ("RC132", FIRST, {"signoffs.0.edition": "hrc-60", "text.hrc-60": GONE, "reports": GONE}),
    ("RC132", EGYPT, {"signoffs": [{"edition": "hrc-36", "of": "response", "by": "r", "date": "2017-08-01",
                                    "digest": "sha256:…"}]}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "path", "seeds"), FAULTS, ids=[f"{i}-{one[0]}" for i, one in enumerate(FAULTS)])
def test_a_seeded_fault_is_found(code: str, path: str, seeds: Seeds, tmp_path: Path) -> None:
    also = {"RC101"} if code == "RC111" else set()  # an id of no State cannot be in the folder of its State
    assert codes(seeded(tmp_path, seeds, path), "RC1") == {code} | also


SOUND: list[tuple[str, Seeds]] = [
    (EGYPT, {"persons.0.kind": "group", "persons.0.count": "at least 3", "persons.0.gender": "mixed"}),
    (EGYPT, {"acts.0.actor": {"class": "de-facto-authority", "kind": "police"}}),
    (EGYPT, {"acts.0.actor": {"class": "unknown", "kind": "online-accounts"}}),
    (EGYPT, {"acts.0.actor": {"class": "foreign-state", "kind": "police", "state": "LBY"}}),
    (EGYPT, {"reports.+": {"edition": "hrc-24", "symbol": "A/HRC/24/29"}}),
    (EGYPT, {"cooperation.+": {"body": "special-procedures", "date": "2017-01"}}),
    (FIRST, {"reports.+": {**PLACE, "state": "XXB"}}),
    (EGYPT, {"text.hrc-36.annex": "It was reported that {p1}, {{ 7*7 }} {x} {% raw %} \\{P1} [^1] \\^[ was seized."}),
    (EGYPT, {"persons.0.described": "a man of unknown {age}"}),
    (FIRST, {"text.hrc-63.annex": "On 10 January 2026, {p1} was reportedly released (see {reports})."}),
]


@pytest.mark.parametrize(("path", "seeds"), SOUND)
def test_what_is_sound_is_left_alone(path: str, seeds: Seeds, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, seeds, path), "RC1") == set()


@pytest.mark.parametrize("folder", ["cases", "cases/2025/XXA", "cases/XXB"])
def test_a_case_lies_in_the_folder_of_its_state_and_nowhere_else(folder: str, tmp_path: Path) -> None:
    listed = found(tmp_path, f"# file: {folder}/XXA-2025-003.yaml\nid: XXA-2025-003\n")
    assert [(one.code, one.hint) for one in listed] == [("RC101", "move the file to cases/XXA/")]


def test_an_id_of_a_year_that_has_not_come_is_found(tmp_path: Path) -> None:
    assert found(tmp_path / "now", "# file: cases/XXA/XXA-2026-003.yaml\nid: XXA-2026-003\n") == []
    [one] = found(tmp_path / "then", "# file: cases/XXA/XXA-2027-003.yaml\nid: XXA-2027-003\n")
    assert (one.code, one.location.route) == ("RC112", ("id",))


SEE = "On 10 January 2026, {p1} was reportedly released (see {case XXA-2025-002})."


@pytest.mark.parametrize(
    ("other", "codes_found"),
    [
        ({}, {"RC138"}),  # received, and never told
        ({"status": "follow-up"}, {"RC138"}),  # told, but not there
        ({"status": "drafted"}, set()),  # its dates may bring it in
        ({"status": "follow-up", "text": {"hrc-63": {"annex": "It was reported that all was well."}}}, set()),
        ({"gender": "femal"}, set()),  # cannot be read: a fault of its own
    ],
)
def test_a_text_points_to_what_its_edition_tells(other: Seeds, codes_found: set[str], tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    for path, seeds in ((FIRST, {"text": {"hrc-63": {"annex": SEE}}}), ("cases/XXA/XXA-2025-002.yaml", other)):
        data = yaml.load((folder / path).read_text(encoding="utf-8"), yaml.BaseLoader)
        (folder / path).write_text(yaml.safe_dump({**data, **seeds}, sort_keys=False), encoding="utf-8")
    listed = [one for one in validate(folder, AS_OF).found if one.location.path == FIRST]
    assert {one.code for one in listed} & {"RC106", "RC138"} == codes_found


def test_one_serial_with_another_number_of_zeros_is_one_id(tmp_path: Path) -> None:
    """XXA-2025-002 and XXA-2025-0002 are told apart by no reader."""
    two = found(tmp_path, "# file: cases/XXA/XXA-2025-0002.yaml\nid: XXA-2025-0002\n")
    assert [one.location.path for one in two if one.code == "RC102"] == [
        "cases/XXA/XXA-2025-0002.yaml",
        "cases/XXA/XXA-2025-002.yaml",
    ]


def test_a_shared_reply_of_one_state_does_not_answer_for_another(tmp_path: Path) -> None:
    seeds = {"responses.2": {"ref": "r3", "to": "u2", "state": "XXB", "date": "2025-07-20", "covers": ["XXA-2025-002"]}}
    assert codes(seeded(tmp_path, seeds), "RC1") == {"RC117"}


def test_a_document_is_in_one_case(tmp_path: Path) -> None:
    other = "responses:\n  - {ref: r1, state: XXA, date: 2025-07-16, document: XXA-2025-07-15-note.pdf}\n"
    two = found(tmp_path, f"# file: cases/XXA/XXA-2025-002.yaml\n{other}")
    assert [(one.location.path, one.related[0].location.path) for one in two if one.code == "RC120"] == [
        ("cases/XXA/XXA-2025-002.yaml", FIRST)
    ]


def test_a_repeated_word_is_taken_out_safely(tmp_path: Path) -> None:
    seeds = {"acts.0.qualifiers": ["repeated", "gendered", "repeated"]}
    (one,) = [one for one in seeded(tmp_path, seeds) if one.code == "RC114"]
    assert one.fix is not None
    assert (one.fix.applicability, one.fix.edits[0].route) == (Applicability.SAFE, ("acts", 0, "qualifiers", 2))


def test_no_message_holds_what_may_identify(tmp_path: Path) -> None:
    """Title, description and name are never quoted, whatever is wrong beside them."""
    secret = "Jane Roe of Exampletown"
    seeds = {"title": secret, "persons.0.described": secret, "persons.0.count": "2", "persons.1.ref": "p1"}
    for one in seeded(tmp_path, seeds):
        assert secret not in f"{one.message} {one.hint} {[related.message for related in one.related]}"


def test_the_published_cases_have_no_fault_and_one_true_warning() -> None:
    """The acts of HUN-2018-002 are of June 2018; the period of the report that tells them ended in May."""
    mine = [one for one in validate(ROOT, AS_OF).found if one.code[:3] in ("RC1", "RC2", "RC4", "RC7")]
    assert [(one.code, one.location.path) for one in mine] == [("RC206", "cases/HUN/HUN-2018-002.yaml")]


def test_a_state_has_one_entry_for_each_part_of_a_report(tmp_path: Path) -> None:
    more = {"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex I", "paras": ["9"], "state": "XXA"}
    assert "RC128" in codes(seeded(tmp_path / "same", {"reports.+": more}))
    assert "RC128" not in codes(seeded(tmp_path / "main", {"reports.+": {**more, "part": "main"}}))
