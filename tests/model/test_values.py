"""Scalars of a case file: which text each takes, and what it becomes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from reprisal_cli.model.values import (
    AsOf,
    CaseId,
    Count,
    CountField,
    Day,
    Digest,
    EditionId,
    FileName,
    Line,
    PartialDate,
    Period,
    PersonRef,
    Prose,
    StateCode,
    WhenField,
    YesNo,
)


class _Sample(BaseModel):
    model_config = ConfigDict(extra="forbid")
    when: WhenField = ()
    day: Day | None = None
    count: CountField = Count()
    yes: YesNo = False
    as_of: AsOf = ""
    line: Line = ""
    prose: Prose = ""
    case: CaseId = ""
    edition: EditionId = ""
    ref: PersonRef = ""
    file: FileName = ""
    digest: Digest = ""
    state: StateCode = ""


def take(field: str, value: object) -> Any:
    return getattr(_Sample.model_validate({field: value}), field)


def refused(field: str, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        take(field, value)
    assert len(caught.value.errors()) == 1
    return str(caught.value.errors()[0]["type"])


# --- dates ----------------------------------------------------------------------------------------------------------


def span(*parts: int) -> Period:
    return Period(PartialDate(*parts), PartialDate(*parts))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2019", (span(2019),)),
        ("2019-11", (span(2019, 11),)),
        ("2019-11-08", (span(2019, 11, 8),)),
        ("2019-06/2020-04", (Period(PartialDate(2019, 6), PartialDate(2020, 4)),)),
        ("2019/2020-02-29", (Period(PartialDate(2019), PartialDate(2020, 2, 29)),)),
        (["2019-11-08", "2020"], (span(2019, 11, 8), span(2020))),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(written: object, meant: object) -> None:
    assert take("when", written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "2025-02-30",
        "2025-13",
        "2025-00",
        "2025-01-00",
        "2025-00-10",
        "2025-1-1",
        "25-01-01",
        "0000",
        "yesterday",
        "2020/2019",
        "2020/",
        "/2020",
        "2020-02/2020-01",
        "2019/2020/2021",
        "٢٠١٩",
        "2019 ",
        ["2019", "x"],
        {"a": "b"},
    ],
)
def test_what_is_no_date_is_refused(written: object) -> None:
    assert refused("when", written) == "bad-date"


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day: date) -> None:
    text = day.isoformat()
    assert take("day", text) == day
    period = take("when", text)[0]
    assert (period.first, period.last) == (day, day)
    month = take("when", text[:7])[0]
    assert month.first.day == 1
    assert month.first <= day <= month.last
    assert month.last.month == day.month
    year = take("when", text[:4])[0]
    assert (year.first, year.last) == (date(day.year, 1, 1), date(day.year, 12, 31))


@given(st.dates(), st.dates(), st.dates(), st.dates())
def test_periods_meet_if_they_share_a_day(one: date, two: date, three: date, four: date) -> None:
    first, second = sorted((one, two)), sorted((three, four))
    a = take("when", f"{first[0]}/{first[1]}")[0]
    b = take("when", f"{second[0]}/{second[1]}")[0]
    assert a.meets(b) == b.meets(a) == (max(first[0], second[0]) <= min(first[1], second[1]))


@pytest.mark.parametrize("written", ["2020", "2020-02", "2020-02-30", "2020-02-01/2020-02-02", ["2020-02-01"]])
def test_a_day_of_the_desks_own_work_is_exact(written: object) -> None:
    assert refused("day", written) == "bad-day"


def test_a_reply_may_be_missing_as_of_a_day_or_an_edition() -> None:
    assert take("as_of", "2025-08-01") == date(2025, 8, 1)
    assert take("as_of", "hrc-60") == "hrc-60"
    assert refused("as_of", "2025-08") == "bad-day"


# --- counts, yes and no ---------------------------------------------------------------------------------------------


@given(st.integers(1, 9_999_999))
def test_a_count_is_a_number_or_a_minimum(number: int) -> None:
    assert take("count", f"{number}") == Count(number)
    assert take("count", f"at least {number}") == Count(number, at_least=True)


def test_an_unknown_count_is_no_number() -> None:
    assert take("count", "unknown") == Count(None)


@pytest.mark.parametrize(
    "written", ["0", "-1", "1.5", "many", "at least", "at least 0", "01", "1,000", "at most 3", "٣", ["3"], "10000000"]
)
def test_what_is_no_count_is_refused(written: object) -> None:
    assert refused("count", written) == "bad-count"


def test_yes_and_no_are_booleans_where_one_is_asked_for() -> None:
    assert take("yes", "yes") is True
    assert take("yes", "no") is False
    for word in ("Yes", "true", "on", "y", "1", "maybe", ["yes"]):
        assert refused("yes", word) == "not-yes-or-no"


# --- forms ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "good", "bad", "fault"),
    [
        (
            "case",
            "XXA-2025-001",
            "XXA-2025-1 xxa-2025-001 XXA-25-001 XXA-2025-001x XXАA-2025-001 ../XXA-2025-001",
            "bad-case-id",
        ),
        ("edition", "hrc-60", "HRC-60 hrc60 60 hrc- hrc-60/..", "bad-edition-id"),
        ("ref", "p1", "p u1 P1 p12345 p1x p٣", "bad-ref"),
        ("file", "XXA-2025-07-15-note.pdf", "../a.pdf a/b.pdf .hidden -rf /etc/passwd", "bad-file-name"),
        ("digest", "sha256:" + "0" * 64, "sha256: md5:0 sha256:" + "g" * 64, "bad-digest"),
    ],
)
def test_a_form_is_matched_whole(field: str, good: str, bad: str, fault: str) -> None:
    assert take(field, good) == good
    for text in [*bad.split(), f"{good}\n"]:
        assert refused(field, text) == fault


def test_a_line_is_one_line_and_prose_may_have_several() -> None:
    assert take("line", " *a* <b> ") == " *a* <b> "
    assert refused("line", "one\ntwo") == "line-break"
    assert refused("line", "one\rtwo") == "line-break"
    assert refused("line", ["one"]) == "not-text"
    assert take("prose", "one\n\ntwo\n") == "one\n\ntwo"


def test_states_are_those_of_the_register_and_of_the_user() -> None:
    for code in ("TUR", "PSE", "VAT", "XXA", "XXZ"):
        assert take("state", code) == code
    for code in ("Turkey", "TR", "tur", "XYA", "ZZZ"):
        assert refused("state", code) == "unknown-word"
