"""Which edition a case belongs to, and where in it (`docs/case-format.md`, "Which edition, which place")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, Protocol

from reprisal_cli.model.act import Act, Development
from reprisal_cli.model.action import Response
from reprisal_cli.model.case import EditionText, ReportPlace
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.values import PartialDate, Period, When

Place = Literal["main", "annex-1", "annex-2"]
_PLACE_OF_PART: Mapping[str, Place] = {"main": "main", "annex I": "annex-1", "annex II": "annex-2"}


class Dated(Protocol):
    """A case, whole or as far as it may be shown."""

    @property
    def status(self) -> str: ...
    @property
    def received(self) -> date | None: ...
    @property
    def acts(self) -> tuple[Act, ...]: ...
    @property
    def developments(self) -> tuple[Development, ...]: ...
    @property
    def responses(self) -> tuple[Response, ...]: ...
    @property
    def text(self) -> Mapping[str, EditionText]: ...
    @property
    def reports(self) -> tuple[ReportPlace, ...]: ...


def in_edition(case: Dated, edition: Edition) -> bool:
    """A case is in an edition for which it has text, or if it is drafted or approved and something of it lies in the
    edition's period: an act, its receipt, or a development."""
    if edition.id in case.text or (edition.of is not None and edition.of in case.text):
        return True
    return case.status in ("drafted", "approved") and _of_the_period(case, edition)


def put_for(case: Dated, edition: Edition) -> bool:
    """Whether a case is put to its State for an edition: it is in it, or will be. From the day on which it is cleared,
    before its words are drafted, since they have to reflect the State's response (operative paragraph 14)."""
    coming = ("cleared", "transmitted", "answered", "unanswered", "drafted", "approved", "follow-up")
    return in_edition(case, edition) or (case.status in coming and _of_the_period(case, edition))


def _of_the_period(case: Dated, edition: Edition) -> bool:
    developed = (item.date for item in case.developments)
    return new_act(case, edition) or _received(case, edition) or _any_in(developed, edition)


def new_act(case: Dated, edition: Edition) -> bool:
    """Whether an act may lie in the edition's period."""
    return _any_in((act.date for act in case.acts), edition)


def place_in(case: Dated, edition: Edition) -> Place:
    """Where the long text stands: as the text says; else in the part where it was published; else annex II for a case
    with earlier entries and no new act; else annex I."""
    text = case.text.get(edition.id) or case.text.get(edition.of or "")
    if text is not None and text.place is not None:
        return _place(text.place)
    for entry in case.reports:
        if entry.edition in (edition.id, edition.of) and entry.part is not None:
            return _PLACE_OF_PART[entry.part]
    if earlier_reports(case, edition) and not new_act(case, edition):
        return "annex-2"
    return "annex-1"


def earlier_reports(case: Dated, edition: Edition) -> tuple[ReportPlace, ...]:
    """The places of a case in other editions that come before this one, in the order of the file."""
    return tuple(entry for entry in case.reports if entry.edition != edition.id and _before(entry, edition))


def _before(entry: ReportPlace, edition: Edition) -> bool:
    """By the number in the ids, which are those of sessions: `hrc-42` comes before `hrc-45`. The General Assembly's
    copy of a report is issued for the session that opens in the same month, and so is not earlier than the report."""
    mine, other = _session(edition.of or edition.id), _session(entry.edition)
    if mine[0] == other[0]:
        return other[1] < mine[1]
    opened, before = opens(*mine), opens(*other)
    return opened is None or before is None or before < opened


def opens(series: str, number: int) -> tuple[int, int] | None:
    """The year and month in which a session opens: the Council has had three a year since June 2006 (the numbers run as
    if from March), the Assembly one, in September; None for a series that is neither's."""
    if series == "hrc":
        return 2006 + (number - 1) // 3, (2, 6, 9)[(number - 1) % 3]
    return (1945 + number, 9) if series == "ga" else None


def _session(edition_id: str) -> tuple[str, int]:
    series, number = edition_id.split("-")[:2]
    return series, int(number)


def _place(word: str) -> Place:
    return "main" if word == "main" else "annex-1" if word == "annex-1" else "annex-2"


def _received(case: Dated, edition: Edition) -> bool:
    if case.received is None:
        return False
    day = PartialDate(case.received.year, case.received.month, case.received.day)
    return Period(day, day).meets(edition.period)


def _any_in(dates: Iterable[When], edition: Edition) -> bool:
    return any(period.meets(edition.period) for when in dates for period in when)
