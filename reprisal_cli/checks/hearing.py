"""What States were asked, and what of it they have answered (operative paragraph 14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from reprisal_cli.model.action import Response, UnAction
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.values import When

REPLY_TIME = timedelta(days=60)
"""How long a State has for a communication if no other day is given."""
NOTE_VERBALE = "note-verbale:"


class Unheard(Struct, frozen=True):
    """A State to which the UN action at `position` was put, and of which the file holds neither a reply to it nor that
    there was none. `due` is the day until which a reply was waited for, or the edition that sets it."""

    position: int
    state: str
    due: date | str | None


def unheard(case: Case) -> tuple[Unheard, ...]:
    """Everything put to a State that the file itself does not answer; a shared reply may stand in another file."""
    out: list[Unheard] = []
    for position, action in enumerate(case.un_actions):
        for state in action.to:
            if not any(answers(response, action, state) for response in case.responses):
                out.append(Unheard(position, state, reply_due(action)))
    return tuple(out)


def answers(response: Response, action: UnAction, state: str) -> bool:
    """Whether a response is that State's on that action; one that does not say what it answers may be on any."""
    return response.state == state and response.to in (None, action.ref)


def reply_due(action: UnAction) -> date | str | None:
    """The day until which a reply is waited for; the id of the edition for its note verbale."""
    if action.reply_due is not None:
        return action.reply_due
    if action.number is not None and action.number.startswith(NOTE_VERBALE):
        return action.number.removeprefix(NOTE_VERBALE)
    if action.kind == "communication" and action.date:
        return _last(action.date) + REPLY_TIME
    return None


def due_day(due: date | str | None, editions: Mapping[str, Edition]) -> date | None:
    """The day itself, with the edition's day for its note verbale."""
    if not isinstance(due, str):
        return due
    note = editions[due].note_verbale if due in editions else None
    return note.reply_due if note is not None else None


def closing_day(as_of: date | str, editions: Mapping[str, Edition]) -> date | None:
    """The day of a `none_as_of`, which may be that on which an edition was closed."""
    if not isinstance(as_of, str):
        return as_of
    return editions[as_of].as_of if as_of in editions else None


def replied(response: Response) -> bool:
    """Whether the response is a reply, not the record that there was none."""
    return response.none_as_of is None


def replies(case: Case) -> Iterator[tuple[int, Response]]:
    """The replies among the responses, with their places."""
    return ((index, response) for index, response in enumerate(case.responses) if response.none_as_of is None)


def _last(when: When) -> date:
    return max(period.last for period in when)
