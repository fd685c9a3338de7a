"""How an action of the United Nations and the reply to it stand in a table (operative paragraph 14)."""

from __future__ import annotations

from collections.abc import Iterable

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.narrate import action_mark, printed_number
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.sentences import as_inlines, capital
from reprisal_cli.compile.tree import Cell, Text, Value
from reprisal_cli.model.action import Response, UnAction


def reference(action: UnAction, frame: Frame) -> Cell:
    """The number; else who took it and the kind of action, as far as known. The date has a column of its own."""
    if printed_number(action):
        return capital(action_mark(action, frame))
    bodies = frame.entry(action.by)
    kind = as_inlines(frame.label("un-action-kinds", action.kind)) if action.kind else ()
    if bodies and kind:
        return capital(frame.say.say("action.reference", kind=kind, bodies=bodies))
    return capital(bodies or kind) or not_stated(frame)


def dated(action: UnAction, frame: Frame) -> Cell:
    """When it was taken, or that this is not stated."""
    return (Value(frame.say.dates(action.date)),) if action.date else not_stated(frame)


def subject_of(cases: Iterable[Told], frame: Frame) -> Cell:
    """What the cases are about: the acts alleged in them."""
    acts = [act.type for one in cases for act in one.case.acts]
    return capital(frame.entries("acts", acts)) if acts else not_stated(frame)


def reply(one: Told, action: UnAction, frame: Frame) -> Cell:
    """The date of each reply to an action; "none to date" only where the case says so. Where another State that the
    case concerns was asked too, each reply has its State's name."""
    answers = answers_to(one, action)
    asked = {*(item.state for item in answers), *(state for state in action.to if state in one.case.states)}
    states = frame.in_order(asked) or [one.case.state]
    if states == [one.case.state]:
        return reply_of(answers, frame)
    parts = []
    for state in states:
        cell = reply_of([item for item in answers if item.state == state], frame)
        parts.append(frame.say.say("mechanism.reply-of", state=frame.state(state), reply=cell))
    return frame.say.joined(parts)


def answers_to(one: Told, action: UnAction) -> list[Response]:
    """What is on record in answer to an action of a case, in its own file or in that of a case answered with it."""
    return [response for response in (*one.replies, *one.covered) if response.to == action.ref]


def reply_of(answers: Iterable[Response], frame: Frame) -> Cell:
    """The dates of the replies, that there was none to date, or that this is not stated."""
    answers = list(answers)
    came = [item for item in answers if item.none_as_of is None]
    if came:
        days = dict.fromkeys(frame.say.dates(item.date) or frame.say.word("mechanism.not-stated") for item in came)
        return frame.say.joined(days)
    return (Text(frame.say.word("mechanism.none-to-date")),) if answers else not_stated(frame)


def not_stated(frame: Frame) -> Cell:
    """What a cell says where the case says nothing."""
    return (Text(frame.say.word("mechanism.not-stated")),)
