"""RC2: each fault seeded in a sound case is found by its rule; what may be so is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.checks.seeding import GONE, Seeds, codes, seeded
from tests.support.rulebook import FIRST

EGYPT = "cases/EGY/EGY-2017-001.yaml"  # acts of 10 March to 27 April 2017, an action of 3 May 2017
ALONE = {"un_actions": GONE, "responses": GONE, "measures": GONE, "developments": GONE}

FAULTS: list[tuple[str, str, Seeds]] = [
    ("RC201", FIRST, {"responses.0.date": "2025-02-28"}),
    ("RC201", FIRST, {"responses.0.date": "2025-02"}),
    ("RC201", FIRST, {"responses.2.none_as_of": "2025-06-09"}),
    ("RC201", EGYPT, {"responses": [{"ref": "r1", "to": "u1", "state": "EGY", "date": "2017-04"}]}),
    ("RC202", FIRST, {"acts.0.date": "2025-01-19", "developments": GONE}),
    ("RC202", FIRST, {"cooperation.0.date": "2025-02"}),
    ("RC202", EGYPT, {"cooperation.0.timing": "past", "cooperation.0.date": "2017-05"}),
    ("RC203", EGYPT, {"cooperation.0.timing": "ongoing", "cooperation.0.date": "2017-05/2017-06"}),
    ("RC204", FIRST, {"developments.0.date": "2026-02-02"}),
    ("RC204", FIRST, {"responses.1.date": "2027"}),
    ("RC204", FIRST, {"persons.0.consent.date": "2026-03-01"}),
    ("RC204", FIRST, {"responses.2.none_as_of": "hrc-63"}),
    ("RC204", FIRST, {"sources.0.received": "2052-02-03", "acts.0.sources": ["s2"], "acts.1.sources": ["s2"]}),
    ("RC204", FIRST, {"signoffs.0": GONE, "history.9.date": "2062-01-12"}),
    ("RC204", EGYPT, {"acts.0.date": "2107-03-10"}),
    ("RC205", FIRST, {"measures.0.date": "2024-06"}),
    ("RC205", EGYPT, {"developments": [{"date": "2016-05", "kind": "release"}]}),
    ("RC206", EGYPT, {f"acts.{i}.date": "2007-03-10" for i in range(4)} | {"un_actions": GONE}),
    ("RC206", FIRST, {**ALONE, "text.hrc-60": GONE, "signoffs": GONE}),
    ("RC207", EGYPT, {"acts.0.date": "2019-03-10"}),
    ("RC221", FIRST, {"received": "2025-01-10", "effects": GONE}),
    ("RC222", FIRST, {"sources.1.received": "2025-01-10"}),
    ("RC223", FIRST, {"received": "2025-02-21"}),
    ("RC223", FIRST, {"corroboration.date": "2025-02-02"}),
    ("RC223", FIRST, {"history.0.date": "2025-02-02"}),
    ("RC224", FIRST, {"history.3.date": "2025-02-19"}),
    ("RC225", FIRST, {"un_actions.0.reply_due": "2025-02-28"}),
    ("RC226", FIRST, {"signoffs.1.date": "2025-08-01"}),
    ("RC226", FIRST, {"signoffs.0.date": "2025-09-21"}),
]


@pytest.mark.parametrize(("code", "path", "seeds"), FAULTS, ids=[f"{i}-{one[0]}" for i, one in enumerate(FAULTS)])
def test_a_seeded_fault_is_found(code: str, path: str, seeds: Seeds, tmp_path: Path) -> None:
    assert code in codes(seeded(tmp_path, seeds, path), "RC2")


@pytest.mark.parametrize(
    "seeds",
    [
        {"responses.0.date": "2025-03"},  # may be after the first of March
        {"responses.0.to": GONE, "responses.0.date": "2024-05"},  # may answer anything
        {"cooperation.0.date": "2025-01"},  # may be before the act
        {"cooperation.0.date": "2025-02", "cooperation.0.timing": "sought"},
        {"cooperation.0.date": "2025-02", "cooperation.0.timing": "perceived"},
        {"cooperation.0.date": "2025-02", "cooperation.0.persons": ["p2"], "acts.1": {"type": "threats"}},  # not of p1
        {"cooperation.+": {"body": "upr"}},  # may be before the act
        {"cooperation.+": {"body": "upr", "timing": "sought", "date": "2026-11"}},
        {"measures.0.date": "2027"},  # is announced
        {"developments.0.date": "2026"},  # may be of January
        {"received": "2025-01-03", "acts.0.date": GONE, "history.0.date": "2025-01-03"},  # may be before receipt
        {"received": "2025-01-03", "history.0.date": "2025-01-03"},  # an effect may have come first
        {"history.2.date": "2025-02-05"},  # two steps of one day
    ],
)
def test_what_may_be_so_is_left_alone(seeds: Seeds, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, seeds), "RC2") == set()


def test_an_edition_built_at_its_own_date_is_told_from_a_file_that_has_gone_on(tmp_path: Path) -> None:
    """What happened after the edition is no future date then; on any other day before it, it is."""
    assert codes(seeded(tmp_path / "own", {}, as_of=date(2025, 8, 20)), "RC2") == set()
    assert codes(seeded(tmp_path / "other", {}, as_of=date(2025, 8, 21)), "RC2") == {"RC204"}


def test_both_places_of_a_fault_are_named(tmp_path: Path) -> None:
    (one,) = [one for one in seeded(tmp_path, {"responses.0.date": "2025-02-28"}) if one.code == "RC201"]
    assert one.location.route == ("responses", 0, "date")
    assert [related.location.route for related in one.related] == [("un_actions", 0, "date")]
