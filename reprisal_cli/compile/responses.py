"""The State's own account, which closes its section (operative paragraph 14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.narrate import paragraph_id
from reprisal_cli.compile.received import as_received
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.sentences import capital, join_text
from reprisal_cli.compile.tree import Inline, Origin, Para, Places, Text, Value
from reprisal_cli.model.action import Response, UnAction
from reprisal_cli.protect.public import PublicCase


def response_paragraphs(state: str, told: Iterable[Told], frame: Frame) -> list[Para]:
    """One paragraph for each response of a State to the cases of a section, a reply to several cases once."""
    return [
        Para(
            paragraph_id(case.id, response.ref),
            _paragraph(case, response, frame),
            origin=Origin(case.path, case=case.id, route=case.route("responses", index), generated=True),
        )
        for case, index, response in _of_state(state, told)
    ]


def _of_state(state: str, told: Iterable[Told]) -> Iterator[tuple[PublicCase, int, Response]]:
    """The responses with their places in the case."""
    for one in told:
        for index, response in enumerate(one.case.responses):
            if response.state == state and response in one.responses:
                yield one.case, index, response


def _paragraph(case: PublicCase, response: Response, frame: Frame) -> tuple[Inline, ...]:
    action = next((item for item in case.un_actions if item.ref == response.to), None)
    if response.none_as_of is not None:
        return capital(_missing(response, action, frame))
    parts = [_answer(response, action, frame), *_remarks(response, frame)]
    out: list[Inline] = []
    for number, part in enumerate(parts):
        out += [Text(" ")] * bool(number)
        out.extend(capital(part))
    return join_text(out)


def _answer(response: Response, action: UnAction | None, frame: Frame) -> tuple[Inline, ...]:
    when, stating = frame.say.opening(response.date), _stating(response, frame)
    if action is None:
        return frame.say.say("response.plain", when=when, stating=stating)
    if action.kind == "note-verbale":
        return frame.say.say("response.note-verbale", when=when, stating=stating)
    return frame.say.say("response.action", when=when, action=action_phrase(action, frame), stating=stating)


def _stating(response: Response, frame: Frame) -> tuple[Inline, ...]:
    if response.summary is None:
        return ()
    clause = " ".join(response.summary.split()).removesuffix(".")
    return frame.say.say("response.stating", summary=as_received(clause, response.language, frame.language))


def _remarks(response: Response, frame: Frame) -> Iterator[tuple[Inline, ...]]:
    if response.addresses_reprisal == "no":
        yield frame.say.say("response.missed")
    elif response.addresses_reprisal == "partly":
        yield frame.say.say("response.partly")
    if response.covers:
        places = frame.say.say("state.see", places=(Places(response.covers),))
        yield frame.say.counted("response.covers", len(response.covers), places=places)


def _missing(response: Response, action: UnAction | None, frame: Frame) -> tuple[Inline, ...]:
    to = frame.say.say("response.missing.to", action=action_phrase(action, frame)) if action is not None else ()
    if response.none_as_of is None or isinstance(response.none_as_of, str):
        return frame.say.say("response.missing.at-writing", to=to)
    return frame.say.say("response.missing.by-date", date=frame.day(response.none_as_of), to=to)


def action_phrase(action: UnAction, frame: Frame) -> tuple[Inline, ...]:
    """An action inside a sentence: `the communication XXA 1/2025 dated 1 March 2025`."""
    dated = frame.say.text("action.dated", date=frame.say.dates(action.date)) if action.date else ""
    if action.kind == "note-verbale":
        return frame.say.say("action.note-verbale")
    if action.kind == "communication" and action.number:
        return frame.say.say("action.communication", number=(Value(action.number),), dated=dated)
    when = frame.say.tail(action.date)
    if not action.by:
        return frame.say.say("action.unattributed", when=when)
    if action.kind:
        kind = frame.label("un-action-kinds", action.kind)
        return frame.say.say("action.kind", kind=kind, bodies=frame.body(action.by), dated=dated)
    return frame.say.say("action.of", bodies=frame.body(action.by), when=when)
