"""When a case was last told, what is new in it since, and for how many editions nothing was said of it (operative
paragraph 14: "regularly updated")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from reprisal_cli.checks.days import latest
from reprisal_cli.checks.hearing import replied
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.membership import opens
from reprisal_cli.model.values import When

ENDED = frozenset({"withdrawn", "rejected", "merged", "closed"})
"""Where nothing more is to be done about a case."""


def series(editions: Iterable[Edition], as_of: date) -> list[Edition]:
    """The reports to the Council that were closed by a day, the oldest first; copies for the Assembly are no issues of
    their own."""
    return [one for one in editions if one.of is None and one.body == "human-rights-council" and one.as_of <= as_of]


def told_in(case: Case, editions: Sequence[Edition]) -> list[Edition]:
    """Those of the editions that told a case: it has a text for them or an entry in `reports`."""
    named = {*case.text, *(entry.edition for entry in case.reports)}
    return [one for one in editions if one.id in named]


def last_told(case: Case, editions: Sequence[Edition]) -> str | None:
    """The id of the edition that told a case last, of this workspace or not; None if none did."""
    here = told_in(case, editions)
    if here:
        return here[-1].id
    known = {one.id for one in editions}
    others = [entry.edition for entry in case.reports if entry.edition not in known]
    return max(others, key=_order, default=None)


def silent_for(case: Case, editions: Sequence[Edition]) -> int:
    """How many of the editions came after the one that told the case last; 0 for a case that was never told."""
    last = last_told(case, editions)
    if last is None:
        return 0
    if last in {one.id for one in editions}:
        return len(editions) - 1 - [one.id for one in editions].index(last)
    return sum(_order(one.id) > _order(last) for one in editions)


def news(case: Case, after: date) -> Iterator[tuple[str, str]]:
    """What a case holds that is dated after a day: its kind (act, reply, measure, development) and its word."""
    yield from (("act", act.type) for act in case.acts if _after(act.date, after))
    yield from (("reply", item.state) for item in case.responses if replied(item) and _after(item.date, after))
    yield from (("measure", item.type) for item in case.measures if _after(item.date, after))
    yield from (("development", item.kind) for item in case.developments if _after(item.date, after))


def _after(when: When, day: date) -> bool:
    return bool(when) and latest(when) > day


def _order(edition_id: str) -> tuple[tuple[int, int], str]:
    name, number = edition_id.split("-")[:2]
    return opens(name, int(number)) or (0, int(number)), edition_id
