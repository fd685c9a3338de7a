"""Consents and risk decisions that are to be renewed: what `reprisal consent due` lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from reprisal_cli.checks.days import fresh_until
from reprisal_cli.model.case import Case
from reprisal_cli.store.corpus import Corpus

_ENDED = frozenset({"withdrawn", "rejected", "merged", "closed"})
_ON_THE_WAY = frozenset({"cleared", "transmitted", "answered", "unanswered", "drafted", "approved"})
_NOTHING_TO_RENEW = frozenset({"none", "pending", "withdrawn"})


class Due(Struct, frozen=True, order=True):
    """Something to renew by a day. `person` is empty for the risk decision of the whole case."""

    state: str
    assignee: str
    day: date
    case: str
    person: str
    what: str
    why: str


def due(corpus: Corpus, as_of: date, within: int) -> list[Due]:
    """What is past its day, or comes to it within so many days, by State and assignee, the oldest first."""
    horizon = as_of + timedelta(days=within)
    return sorted(one for case in corpus.cases if case.status not in _ENDED for one in _of(case) if one.day <= horizon)


def _of(case: Case) -> Iterator[Due]:
    desk = case.assignee or "-"
    for person in case.persons:
        consent = person.consent
        if consent.review_by is not None and consent.level not in _NOTHING_TO_RENEW:
            what = f"consent {consent.level}"
            yield Due(case.state, desk, consent.review_by, case.id, person.ref, what, "review")
    if case.risk is not None:
        day, why = min(_risk(case))
        if day < date.max:
            yield Due(case.state, desk, day, case.id, "", f"risk decision {case.risk.decision}", why)


def _risk(case: Case) -> Iterable[tuple[date, str]]:
    """The days by which the risk decision of a case is to be taken anew, and why."""
    yield date.max, ""
    if case.risk is None:
        return
    if case.risk.review_by is not None:
        yield case.risk.review_by, "review"
    if case.status in _ON_THE_WAY:
        yield fresh_until(case.risk.date), "six months old"
    for development in case.developments:
        for period in development.date:
            if period.first > case.risk.date:
                yield period.first, "older than a development"
