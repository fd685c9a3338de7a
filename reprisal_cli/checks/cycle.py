"""Where a case stands in its life cycle, and since when things in it are new (case format, "Life cycle")."""

from __future__ import annotations

from datetime import date

from reprisal_cli.checks.hearing import replied
from reprisal_cli.model.action import Response, UnAction
from reprisal_cli.model.case import Case, Event
from reprisal_cli.model.values import When

SCREENED, VERIFIED, CLEARED, TRANSMITTED, ANSWERED, DRAFTED, APPROVED, PUBLISHED = range(1, 9)
ROW = {
    "screened": SCREENED,
    "verified": VERIFIED,
    "cleared": CLEARED,
    "transmitted": TRANSMITTED,
    "answered": ANSWERED,
    "unanswered": ANSWERED,
    "drafted": DRAFTED,
    "approved": APPROVED,
    "published": PUBLISHED,
}
"""The rows of the table of gates, for the statuses that ask for those before them."""
GATES = {
    "RC701": "screened",
    "RC702": "verified",
    "RC703": "cleared",
    "RC704": "transmitted",
    "RC705": "answered",
    "RC706": "unanswered",
    "RC707": "drafted",
    "RC708": "approved",
    "RC717": "approved",
    "RC709": "published",
    "RC718": "published",
    "RC719": "published",
    "RC710": "follow-up",
    "RC712": "closed",
}
"""Which row of the table a rule asks for. RC711 and RC713-RC716 ask for a history that holds together, at any row."""


def asks(case: Case, row: int) -> bool:
    """Whether the status of a case asks for a row. A case without history asks for none if it is already public."""
    return ROW.get(case.status, 0) >= row and bool(case.history or not already_public(case))


def already_public(case: Case) -> bool:
    """Whether every consent in the case is already-public."""
    return all(person.consent.level == "already-public" for person in case.persons)


def earlier(case: Case) -> tuple[Event, ...]:
    """The steps before the present status; all, where the status was set without a step."""
    events = case.history
    return events[:-1] if events and events[-1].status == case.status else events


def since(case: Case) -> date | None:
    """The day of the last `published` before the present status: what comes after it is new. None the first time."""
    events = earlier(case)
    for event in reversed(events):
        if event.status == "published":
            return event.date
    if events and events[0].status == "follow-up":  # published before it had a history
        return events[0].date
    return None


def step_day(case: Case, *statuses: str) -> date | None:
    """The day of the last step to one of these statuses since the last `published`."""
    start = since(case)
    for event in reversed(case.history):
        if event.status in statuses:
            return event.date if start is None or event.date >= start else None
    return None


def drafter(case: Case) -> str | None:
    """Who took the last step to `drafted`."""
    return next((event.by for event in reversed(case.history) if event.status == "drafted"), None)


def is_new(when: When, start: date | None) -> bool:
    """Whether something may have happened since `start`; what has no date may."""
    return start is None or not when or any(period.last >= start for period in when)


def transmissions(case: Case) -> list[tuple[int, UnAction]]:
    """The actions put to States since the last `published`, with their places."""
    start = since(case)
    return [(i, action) for i, action in enumerate(case.un_actions) if action.to and is_new(action.date, start)]


def to_be_heard(case: Case) -> tuple[tuple[int, str], ...]:
    """The States, with the place of the action put to each, whose account the status asks for and the file lacks."""
    if not asks(case, ANSWERED):
        return ()
    put = transmissions(case)
    heard = {response.state for response in case.responses if _about(response, put)}
    first = {state: position for position, action in reversed(put) for state in action.to}
    return tuple((position, state) for state, position in first.items() if state not in heard)


def silent(case: Case) -> bool:
    """Whether the status says that a State replied, and no reply to what it was asked stands in the file."""
    if case.status != "answered" or not case.history:
        return False
    put = transmissions(case)
    return not any(replied(response) and _about(response, put) for response in case.responses)


def replies_since(case: Case) -> list[int]:
    """The places of the replies to what was put to States since the last `published`."""
    put = transmissions(case)
    return [i for i, response in enumerate(case.responses) if replied(response) and _about(response, put)]


def _about(response: Response, put: list[tuple[int, UnAction]]) -> bool:
    return any(response.to in (None, action.ref) and response.state in action.to for _, action in put)
