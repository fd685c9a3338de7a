"""The first and the last day that a date of a case can mean, for rules that compare dates."""

from __future__ import annotations

from datetime import date

from reprisal_cli.checks.desk import Desk
from reprisal_cli.model.values import When


def earliest(when: When) -> date:
    """The first day that some of it can lie on; `when` is not empty."""
    return when[0].first if len(when) == 1 else min(period.first for period in when)


def latest(when: When) -> date:
    """The last day that some of it can lie on; `when` is not empty."""
    return when[-1].last if len(when) == 1 else max(period.last for period in when)


def in_words(day: date) -> str:
    """A day as it stands in a message."""
    return day.isoformat()


def horizon(desk: Desk) -> date:
    """The day after which nothing can have happened yet.

    An edition that is built again at its own date is told from a file that has gone on since: then there is none.
    """
    as_of = desk.as_of
    return date.max if any(edition.as_of == as_of for edition in desk.editions.values()) else as_of
