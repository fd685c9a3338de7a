"""Key figures and trends: counted from the cases, compared, on two pages, and silent where a figure would point."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pypdf
import pytest

from reprisal_cli.compile.briefing import compile_briefing
from reprisal_cli.compile.tree import Report, Table, text_of
from reprisal_cli.pipeline.documents import build_briefing
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import Audience
from tests.support.builders import (
    HRC_60,
    HRC_63,
    ROOT,
    case,
    corpus,
    everything,
    paragraphs,
    person,
    published,
    sentences,
)

OLD = [{"edition": "hrc-60", "symbol": "A/HRC/60/999"}]


def briefing(*cases: dict[str, Any], edition: str = "hrc-60", previous: str | None = "hrc-60") -> Report:
    later = {key: value for key, value in {**HRC_63, "previous": previous}.items() if value}
    made = corpus(cases, (HRC_60, later))
    known = [one for one in made.workspace.editions if one.id <= edition]
    report, found = compile_briefing([disclose(made, one, Audience.ORAL) for one in known], sentences())
    assert found == []
    return report


def tables(report: Report) -> list[list[list[str]]]:
    found = [block for block in report.parts[0].blocks if isinstance(block, Table)]
    return [[[text_of(cell) for cell in row] for row in table.rows] for table in found]


def figure(report: Report, name: str) -> list[str] | None:
    return next((row[1:] for row in tables(report)[0] if row[0] == name), None) if tables(report) else None


def spoken(number: int, count: int, **fields: Any) -> dict[str, Any]:
    """A case that may be spoken of, with so many persons who are not publicly known."""
    consent = {"level": "public-no-name", "uses": ["report", "oral"]}
    people = [person(kind="group", gender="mixed", count=str(count), consent=consent)]
    return case(f"XXA-2025-{number}", persons=people, **fields)


def both(number: int, **fields: Any) -> dict[str, Any]:
    """A case that is public already, told in two editions."""
    source = {"level": "already-public", "source": ["A/HRC/60/999", "A/HRC/63/999"]}
    return published(
        f"XXA-2025-{number}",
        persons=[person(name="not-stated", consent=source)],
        text={"hrc-60": {"annex": "It was so."}, "hrc-63": {"annex": "It is so."}},
        **fields,
    )


def test_figures_are_counted_and_compared_with_the_edition_before() -> None:
    report = briefing(both(101), published("XXB-2025-102"), edition="hrc-63")
    assert figure(report, "Cases") == ["2", "1"]
    assert figure(report, "States concerned") == ["2", "1"]
    assert "Women or girls were told of in one of one case, concerning Exampleland. In A/HRC/60/999" in everything(
        report
    )


def test_without_an_edition_before_nothing_is_compared() -> None:
    assert figure(briefing(both(101), edition="hrc-63", previous=None), "Cases") == ["1"]


@pytest.mark.parametrize(("persons", "told"), [(1, False), (4, False), (5, True), (9, True)])
def test_a_figure_is_left_out_where_it_counts_one_to_four_who_are_not_known(persons: int, told: bool) -> None:
    online = spoken(101, persons, acts=[{"type": "threats", "mode": "online"}])
    report = briefing(online, spoken(102, 20), spoken(103, 20))
    assert (figure(report, "Cases with an online element") is not None) == told
    assert figure(report, "Cases") == ["3"]
    assert ("Figures that could point to a person are left out." in everything(report)) == (not told)


@pytest.mark.parametrize("persons", [1, 4])
def test_a_figure_is_left_out_where_what_is_left_would_point(persons: int) -> None:
    online = {"acts": [{"type": "threats", "mode": "online"}]}
    report = briefing(spoken(101, persons), spoken(102, 20, **online), spoken(103, 20, **online))
    assert figure(report, "Cases with an online element") is None


def test_what_is_already_public_is_counted_however_few_it_is() -> None:
    report = briefing(published(acts=[{"type": "threats", "mode": "online", "date": "2025-01-10"}]))
    assert figure(report, "Cases with an online element") == ["1"]


def test_who_did_not_agree_to_be_spoken_of_is_neither_told_nor_counted() -> None:
    report = briefing(case(persons=[person(described="a baker")]))
    assert "a baker" not in everything(report)
    assert figure(report, "Cases") == ["0"]


@pytest.mark.parametrize(("silent", "shown"), [(0, True), (2, False), (6, True)])
def test_the_report_and_the_briefing_together_do_not_tell_how_few_did_not_agree(silent: int, shown: bool) -> None:
    """Readers take the number of persons here from that in the tables of the report."""
    cases = [spoken(101, 20, text={"hrc-60": {"annex": "Something."}})]
    if silent:
        quiet = person(kind="group", count=silent, consent={"level": "public-no-name", "uses": ["report"]})
        cases.append(case("XXA-2025-199", record="group", persons=[quiet], text={"hrc-60": {"annex": "Something."}}))
    made = corpus(cases, (HRC_60,))
    edition = made.workspace.edition("hrc-60")
    printed = disclose(made, edition).counted
    report, _ = compile_briefing([disclose(made, edition, Audience.ORAL)], sentences(), printed)
    assert any(one.id == "b_persons" for one in report.figures) is shown


def test_an_allegation_that_comes_again_is_listed_by_state_and_report() -> None:
    report = briefing(both(101), edition="hrc-63")
    assert tables(report)[1] == [["Exampleland", "Threats", "A/HRC/60/999 and A/HRC/63/999"]]
    assert any("may be a sign of a pattern" in line for line in paragraphs(report, "main"))


def test_numbers_of_one_sentence_have_one_form() -> None:
    """Under ten in words, but in figures beside a larger number (Editorial Manual, "Numbers")."""
    few = [both(number, acts=[{"type": "threats", "mode": "online"}]) for number in range(101, 104)]
    assert "took place online in three of three cases" in everything(briefing(*few, previous=None))
    many = [both(number) for number in range(111, 119)]
    assert "took place online in 3 of 11 cases" in everything(briefing(*few, *many, previous=None))


def test_the_real_editions_fit_two_pages_and_every_figure_has_its_proof(tmp_path: Any) -> None:
    built = build_briefing(ROOT, "hrc-45", ["pdf"], tmp_path, None)
    assert built.folder is not None, built.found
    assert len(pypdf.PdfReader(BytesIO((tmp_path / "briefing.pdf").read_bytes())).pages) <= 2
    figures = {one["id"]: one for one in json.loads((tmp_path / "briefing.figures.json").read_bytes())["figures"]}
    assert figures["b_all"]["text"] == f"{len(figures['b_all']['cases'])}" == "20"
    assert figures["b_online"]["text"] == f"{len(figures['b_online']['cases'])}"
