"""The first and the last day that a date of a case can mean, for rules that compare dates."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from reprisal_cli.checks.desk import Desk
from reprisal_cli.model.values import When


def earliest(when: When) -> date:
    """The first day that some of it can lie on; `when` is not empty."""
    return when[0].first if len(when) == 1 else min(period.first for period in when)


def latest(when: When) -> date:
    """The last day that some of it can lie on; `when` is not empty."""
    return when[-1].last if len(when) == 1 else max(period.last for period in when)


def fresh_until(decided: date) -> date:
    """The last day on which a decision on the risk is not older than six months."""
    years, month = divmod(decided.month + 5, 12)
    year = decided.year + years
    return date(year, month + 1, min(decided.day, monthrange(year, month + 1)[1]))


def day_of_an_edition(desk: Desk) -> bool:
    """Whether the day of the check is that of an edition, which is built from files that have gone on since: what came
    later is no fault then."""
    return any(edition.as_of == desk.as_of for edition in desk.editions.values())
