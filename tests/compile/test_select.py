"""Which edition a case is in, where in it, in which order, and what of it is new there."""

from __future__ import annotations

from typing import Any

import pytest

from reprisal_cli.compile.select import select
from tests.support.builders import HRC_60, HRC_63, case, compiled, headings, paragraphs, rows, shown

HRC_57 = {
    **HRC_60,
    "id": "hrc-57",
    "session": "57",
    "symbol": "A/HRC/57/999",
    "date": "2024-08-20",
    "period": "2023-05-01/2024-04-30",
}
ALL = (HRC_57, HRC_60, HRC_63)


def editions_of(**fields: Any) -> list[str]:
    one = case(**fields)
    return [edition["id"][4:] for edition in ALL if shown([one], edition["id"], ALL).cases]


NOTHING: dict[str, Any] = {"received": None, "acts": [{"type": "threats"}]}


@pytest.mark.parametrize(
    ("fields", "editions"),
    [
        ({"acts": [{"type": "threats", "date": "2025-01-10"}]}, ["60"]),
        ({"acts": [{"type": "threats", "date": "2024-05-01"}]}, ["60"]),
        ({"acts": [{"type": "threats", "date": "2025-04-30"}]}, ["60"]),
        ({"acts": [{"type": "threats", "date": "2024-04-30"}]}, ["57"]),
        ({"acts": [{"type": "threats", "date": "2025"}]}, ["60", "63"]),
        ({"acts": [{"type": "threats", "date": "2024-01/2026-01"}]}, ["57", "60", "63"]),
        ({"acts": [{"type": "threats", "date": ["2024-01", "2026-01"]}]}, ["57", "63"]),
        ({"received": "2025-06-01"}, ["63"]),
        ({"developments": [{"date": "2026-01-10", "kind": "release"}]}, ["63"]),
        ({}, []),
        ({"status": "drafted", "received": "2025-02-03"}, ["60"]),
        ({"status": "cleared", "received": "2025-02-03"}, []),
        ({"status": "published", "received": "2025-02-03"}, []),
        ({"status": "published", "text": {"hrc-57": {"annex": "x"}}}, ["57"]),
        ({"status": "follow-up", "text": {"hrc-57": {"annex": "x"}, "hrc-63": {"annex": "x"}}}, ["57", "63"]),
        ({"status": "published", "reports": [{"edition": "hrc-57", "symbol": "A/HRC/57/999"}]}, []),
    ],
)
def test_membership(fields: dict[str, Any], editions: list[str]) -> None:
    assert editions_of(**{**NOTHING, **fields}) == editions


EARLIER = {"edition": "hrc-57", "symbol": "A/HRC/57/999", "part": "annex I"}


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({}, "annex-1"),
        ({"text": {"hrc-60": {"place": "main", "annex": "x"}}}, "main"),
        ({"text": {"hrc-60": {"place": "annex-2", "annex": "x"}}}, "annex-2"),
        ({"reports": [{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "main"}]}, "main"),
        ({"reports": [{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex II"}]}, "annex-2"),
        (
            {
                "text": {"hrc-60": {"place": "annex-1", "annex": "x"}},
                "reports": [{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex II"}],
            },
            "annex-1",
        ),
        ({"reports": [EARLIER]}, "annex-1"),
        ({"reports": [EARLIER], "acts": [{"type": "threats", "date": "2023-10"}]}, "annex-2"),
        ({"reports": [{**EARLIER, "edition": "hrc-63"}], "acts": [{"type": "threats", "date": "2023-10"}]}, "annex-1"),
        ({"reports": [EARLIER], "acts": None}, "annex-2"),
    ],
)
def test_place(fields: dict[str, Any], place: str) -> None:
    assert [one.place for one in select(shown([case(**{"received": "2025-02-03", **fields})]))] == [place]


def test_a_copy_of_an_edition_tells_its_cases_in_the_same_places() -> None:
    copy = {**HRC_60, "id": "ga-80", "of": "hrc-60", "symbol": "A/80/999", "session": None}
    copy = {key: value for key, value in copy.items() if value}
    cases = [
        case("XXA-2025-101", text={"hrc-60": {"place": "annex-2", "annex": "One."}}),
        case(
            "XXA-2025-102",
            text={"hrc-60": {"annex": "Two."}},
            reports=[{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "main"}],
        ),
        case("XXA-2025-103", text={"hrc-60": {"annex": "Three."}}),
    ]
    first, second = (compiled(cases, edition, [HRC_60, copy]) for edition in ("hrc-60", "ga-80"))
    assert [paragraphs(first[0], key) for key in ("main", "annex-1", "annex-2")] == [
        paragraphs(second[0], key) for key in ("main", "annex-1", "annex-2")
    ]
    assert second[1] == []


def test_within_a_state_by_receipt_then_id() -> None:
    cases = [
        case("XXA-2025-103", received="2025-01-01"),
        case("XXA-2025-102", received="2025-03-01"),
        case("XXA-2025-101", received="2025-03-01"),
        case("XXA-2025-104", received=None),
    ]
    assert [one.case.id[-1] for one in select(shown(cases))] == ["3", "4", "1", "2"]


def test_an_edition_may_order_the_cases_of_a_state() -> None:
    edition = {**HRC_60, "order": {"XXA": ["XXA-2025-103", "XXA-2025-101"]}}
    cases = [case(f"XXA-2025-10{number}") for number in (1, 2, 3)] + [case("XXB-2025-101")]
    assert [one.case.id for one in select(shown(cases, editions=[edition]))] == [
        "XXA-2025-103",
        "XXA-2025-101",
        "XXA-2025-102",
        "XXB-2025-101",
    ]


# --- one case in several editions -----------------------------------------------------------------------------------

LONG = case(
    status="follow-up",
    text={"hrc-60": {"annex": "First told."}, "hrc-63": {"annex": "Told again."}},
    reports=[{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex I", "paras": ["7"]}],
    un_actions=[
        {
            "ref": "u1",
            "by": ["sr-defenders"],
            "kind": "communication",
            "number": "XXA 1/2025",
            "date": "2025-03-01",
            "to": ["XXA"],
        },
        {
            "ref": "u2",
            "by": ["wgad"],
            "kind": "communication",
            "number": "XXA 9/2026",
            "date": "2026-03-01",
            "to": ["XXA"],
        },
    ],
    responses=[
        {"ref": "r1", "to": "u1", "state": "XXA", "none_as_of": "hrc-60"},
        {"ref": "r2", "to": "u1", "state": "XXA", "date": "2026-01-05", "summary": "the late reply"},
        {"ref": "r3", "to": "u2", "state": "XXA", "none_as_of": "2026-08-01"},
    ],
)


def test_each_edition_has_what_came_since_the_last() -> None:
    first = paragraphs(compiled([LONG], "hrc-60")[0], "annex-1")
    second = paragraphs(compiled([LONG], "hrc-63")[0], "annex-2")
    assert [text for text in first if "Government" in text] == [
        "2. At the time of writing, the Government had not responded to the communication XXA 1/2025 "
        "dated 1 March 2025."
    ]
    assert [text[3:] for text in second if "Government" in text] == [
        "On 5 January 2026, the Government responded to the communication XXA 1/2025 dated 1 March 2025, "
        "stating that the late reply.",
        "By 1 August 2026, the Government had not responded to the communication XXA 9/2026 dated 1 March 2026.",
    ]
    assert "working group" not in " ".join(paragraphs(compiled([LONG], "hrc-60")[0], "main")).lower()


def test_the_table_of_an_edition_knows_nothing_that_came_after_it() -> None:
    first = rows(compiled([LONG], "hrc-60")[0], "special-procedures")
    second = rows(compiled([LONG], "hrc-63")[0], "special-procedures")
    assert [(row[1], row[4]) for row in first] == [("XXA 1/2025", "None to date")]
    assert [(row[1], row[4]) for row in second] == [("XXA 1/2025", "5 January 2026"), ("XXA 9/2026", "None to date")]


def test_a_state_section_is_headed_by_its_name_as_of_the_edition() -> None:
    old = {**HRC_57, "date": "2021-08-20", "period": "2020-05-01/2021-04-30"}
    new = {**HRC_60, "date": "2022-09-20", "period": "2021-05-01/2022-04-30"}
    one = case("TUR-2021-001", text={"hrc-57": {"annex": "x"}, "hrc-60": {"annex": "x"}}, status="follow-up")
    assert headings(compiled([one], "hrc-57", [old, new])[0], "annex-1") == ["1. Turkey"]
    assert headings(compiled([one], "hrc-60", [old, new])[0], "annex-1") == ["1. Türkiye"]


def test_states_stand_in_the_order_of_their_names_and_the_state_of_palestine_last() -> None:
    codes = ("VNM", "PSE", "CIV", "GBR", "TUR", "VEN", "ARE", "XXA", "KOR", "PRK", "LAO")
    cases = [case(f"{code}-2025-101") for code in codes]
    assert [text.split(". ", 1)[1] for text in headings(compiled(cases)[0], "annex-1")] == [
        "Côte d'Ivoire",
        "Democratic People's Republic of Korea",
        "Exampleland",
        "Lao People's Democratic Republic",
        "Republic of Korea",
        "Türkiye",
        "United Arab Emirates",
        "United Kingdom of Great Britain and Northern Ireland",
        "Venezuela (Bolivarian Republic of)",
        "Viet Nam",
        "State of Palestine",
    ]
