"""`reprisal status` as a calendar (RFC 5545): what is due on a day. The same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from reprisal_cli.pipeline.status import Status


def as_calendar(found: Status) -> str:
    """An event for each day on which something is due. Its stamp is the day of the status, since a clock would make
    each export another; its id stays the same, so that a calendar that is read in again moves events and doubles
    none. It holds ids of cases, codes of States and days: no name, title or text."""
    calendar = Calendar()
    calendar.add("prodid", "-//reprisal//status//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Reprisals, {found.assignee}" if found.assignee else "Reprisals")
    stamp = datetime.combine(found.as_of, time(), UTC)
    for uid, day, summary, about in _events(found):
        event = Event()
        event.add("uid", f"{uid}@reprisal")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", summary)
        event.add("description", about)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    raw: bytes = calendar.to_ical(sorted=True)
    return raw.decode("utf-8")


def _events(found: Status) -> Iterator[tuple[str, date, str, str]]:
    """Id, day, title and explanation of each, in order of day."""
    listed = [*_replies(found), *_renewals(found), *_of_editions(found)]
    return iter(sorted(listed, key=lambda event: (event[1], event[0])))


def _replies(found: Status) -> Iterator[tuple[str, date, str, str]]:
    for one in found.replies:
        if one.due is not None:
            how = f"`reprisal case respond {one.case} --to {one.action}`, or --none-as-of {one.due}"
            yield f"reply-{one.case}-{one.action}-{one.state}", one.due, f"{one.case}: reply of {one.state} due", how


def _renewals(found: Status) -> Iterator[tuple[str, date, str, str]]:
    for one in found.renew:
        who = f"{one.person} " if one.person else ""
        what = one.what.split()[0]
        yield f"renew-{one.case}-{one.person or what}", one.day, f"{one.case}: {who}{one.what} to renew", one.why


def _of_editions(found: Status) -> Iterator[tuple[str, date, str, str]]:
    for one in found.days:
        yield f"edition-{one.edition}-{one.what.replace(' ', '-')}", one.day, f"{one.edition}: {one.what}", one.edition
