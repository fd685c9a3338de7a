"""The 70 published records: each is told word for word in the edition and the part where it was published."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reprisal_cli.diagnostic import Severity
from reprisal_cli.pipeline.load import load
from reprisal_cli.store.workspace import open_workspace
from tests.support import built
from tests.support.builders import ROOT
from tests.support.reading import docx_sections, docx_text, html_sections, html_text, plain

RECORDS: list[dict[str, Any]] = yaml.load((ROOT / "tests/data/published-records.yaml").read_text(), yaml.BaseLoader)[
    "records"
]
PARTS = {"main": "main", "annex I": "annex-1", "annex II": "annex-2"}
FILES = {path.stem: path for path in sorted((ROOT / "cases").rglob("*.yaml"))}


@cache
def web(edition: str) -> dict[str, str]:
    return html_sections(built.edition(edition)["report.html"])


@cache
def word(edition: str) -> dict[str, str]:
    files = built.edition(edition)
    return docx_sections(files["report.docx"], built.parts_by_id(files))


def data(case: str) -> dict[str, Any]:
    return dict(yaml.load(FILES[case].read_text(encoding="utf-8"), yaml.BaseLoader))


def test_all_records_are_there_once() -> None:
    assert [record["record"] for record in RECORDS] == [f"rec-{number:03}" for number in range(1, 71)]
    assert {record["case"] for record in RECORDS} == set(FILES)
    assert {record["edition"] for record in RECORDS} == set(built.EDITIONS)


@pytest.mark.parametrize("record", RECORDS, ids=[record["record"] for record in RECORDS])
def test_a_record_is_told_word_for_word_where_it_was_published(record: dict[str, Any]) -> None:
    summary, edition = plain(record["summary"]), record["edition"]
    if record["part"] in PARTS:
        part = PARTS[record["part"]]
        assert summary in web(edition)[part]
        assert summary in word(edition)[part]
    else:
        assert any(summary in text for text in web(edition).values())
        assert any(summary in text for text in word(edition).values())
    assert plain(record["summary"]) in plain(docx_text(built.edition(edition)["report.docx"]))


@pytest.mark.parametrize("record", RECORDS, ids=[record["record"] for record in RECORDS])
def test_a_record_is_in_the_reports_of_its_case(record: dict[str, Any]) -> None:
    case = data(record["case"])
    entries = [entry for entry in case["reports"] if entry["edition"] == record["edition"]]
    assert entries
    if record["part"] != "null":
        assert record["part"] in [entry.get("part") for entry in entries]
    assert record["state"] in {case["state"], *case.get("also_states", [])}


def test_the_real_cases_have_no_error() -> None:
    found = [one for one in load(ROOT, date(2026, 11, 1)).found if one.severity is Severity.ERROR]
    assert [(one.location.path, one.code, one.message) for one in found] == []


@pytest.mark.parametrize("case", FILES)
def test_a_case_file_says_no_more_than_its_records(case: str) -> None:
    """No desk's work is made up for a case that is known from a report alone, and nobody's name is held."""
    one = data(case)
    assert (
        set(one) & {"sources", "risk", "history", "signoffs", "corroboration", "assignee", "received", "merged_into"}
        == set()
    )
    assert one["status"] == "published"
    years = [int(edition_year(entry["edition"])) for entry in one["reports"]]
    assert int(case.split("-")[1]) == min(years)
    for person in one.get("persons", []):
        assert person["consent"]["level"] == "already-public"
        assert person["name"] in ("not-carried", "not-stated", "withheld")
        assert "limb" not in person


def edition_year(name: str) -> str:
    known = {edition.id: edition for edition in open_workspace(ROOT)[0].editions}
    return str(known[name].as_of.year)


@pytest.mark.parametrize("edition", built.EDITIONS)
def test_an_edition_says_that_it_is_a_demonstration(edition: str) -> None:
    notice = "Demonstration compiled from public summaries; not a United Nations document"
    files = built.edition(edition)
    assert notice in html_text(files["report.html"])
    assert docx_text(files["report.docx"]).count(notice) >= 2  # the first page, and a foot


@pytest.mark.parametrize("edition", built.EDITIONS)
def test_all_that_was_read_is_accounted_for(edition: str) -> None:
    told = Counter(
        entry["case"] for entry in built.sidecar(built.edition(edition), "map")["paragraphs"] if entry["case"]
    )
    assert set(told) == {record["case"] for record in RECORDS if record["edition"] == edition}


def test_nothing_outside_the_project_is_named_in_it() -> None:
    """No file that the program or its tests read lies outside the folder."""
    for folder in ("reprisal_cli", "templates", "cases"):
        for path in (ROOT / folder).rglob("*"):
            assert not path.is_symlink(), path
            if path.suffix in (".py", ".yaml", ".md"):
                text = path.read_text(encoding="utf-8")
                assert "/work/" not in text, path
                assert "shared/" not in text, path


# --- the text of hrc-45 as a reviewer reads it ----------------------------------------------------------------------

SNAPSHOT = Path(__file__).parent / "snapshots" / "hrc-45.txt"


def test_the_text_of_hrc_45_is_as_it_was() -> None:
    """Every change shows in a review. `REPRISAL_UPDATE_SNAPSHOTS=1 pytest tests/test_real_cases.py` writes it anew."""
    import os

    from tests.support.reading import html_lines

    text = "\n".join(html_lines(built.edition("hrc-45")["report.html"])) + "\n"
    if os.environ.get("REPRISAL_UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == SNAPSHOT.read_text(encoding="utf-8")
