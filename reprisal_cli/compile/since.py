"""What changed since the version of which an edition is the copy: the General Assembly's, since the Council's
(operative paragraph 15).

It comes out of the data alone: what is dated after the other version and up to this one, and words that were written
anew. A case that may no longer be told is in neither, and is not spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.narrate import paragraph_id
from reprisal_cli.compile.papers import made
from reprisal_cli.compile.responses import response_paragraphs
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.sentences import capital
from reprisal_cli.compile.states import heading
from reprisal_cli.compile.tree import Block, Inline, Origin, Para, Places, Route, Value
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.values import When


def since_blocks(told: Sequence[Told], frame: Frame) -> list[Block]:
    """The annex: a State at a time, what is new in its cases; or that nothing is. Empty where an edition is no copy."""
    edition = frame.edition
    if edition.of is None:
        return []
    first = frame.editions.get(edition.of)
    after = first.as_of if first is not None else edition.as_of
    name = {"symbol": (first.symbol if first is not None else None) or edition.of}
    blocks: list[Block] = []
    for state in frame.in_order(one.case.state for one in told):
        mine = [one for one in told if one.case.state == state]
        paras = [para for one in mine for para in _of_case(one, edition, after, frame)]
        if paras:
            blocks += [heading(state, "changes", 2, frame), *paras]
    if not blocks:
        return [made("since_nothing", frame.say.say("since.nothing", **name))]
    return [made("since_intro", frame.say.say("since.intro", **name)), *blocks]


def _of_case(one: Told, edition: Edition, after: date, frame: Frame) -> Iterator[Para]:
    case, say = one.case, frame.say
    places: tuple[Inline, ...] = say.say("state.see", places=(Places((case.id,)),))
    before, words = case.text.get(edition.of or ""), case.text.get(edition.id)
    if before is not None:
        if words is not None and words != before:
            yield _made(one, "text", say.say("since.text", places=places), ("text", edition.id))
    elif words is not None:
        yield _made(one, "new", say.say("since.case", places=places), ("text", edition.id))
        return
    for at, action in enumerate(case.un_actions):
        if _new(action.date, after, edition.as_of):
            who = frame.body(action.by) if action.by else say.say("action.nobody")
            line = say.say("since.action", when=say.opening(action.date), bodies=who, places=places)
            yield _made(one, action.ref, line, case.route("un_actions", at))
    fresh = tuple(item for item in case.responses if _new(item.date, after, edition.as_of))
    for state in case.states:
        mine = tuple(item for item in fresh if item.state == state)
        for para in response_paragraphs(state, [replace(one, responses=mine)], frame):
            yield replace(para, id=f"since_{para.id}"[:40])
    for at, item in enumerate(case.measures):
        if _new(item.date, after, edition.as_of):
            kind = (Value(frame.label("measures", item.type)),)
            line = say.say("since.measure", when=say.opening(item.date), kind=kind, places=places)
            yield _made(one, f"m{at}", line, case.route("measures", at))
    for at, news in enumerate(case.developments):
        if _new(news.date, after, edition.as_of):
            kind = (Value(frame.label("development-kinds", news.kind)),)
            line = say.say("since.development", when=say.opening(news.date), kind=kind, places=places)
            yield _made(one, f"d{at}", line, case.route("developments", at))


def _new(when: When, after: date, until: date) -> bool:
    """Whether all of it lies after the one version, and some of it not after the other."""
    return bool(when) and all(period.first > after for period in when) and when[0].first <= until


def _made(one: Told, name: str, inlines: tuple[Inline, ...], route: Route) -> Para:
    origin = Origin(one.case.path, case=one.case.id, route=route, generated=True)
    return Para(paragraph_id(one.case.id, "since", name), capital(inlines), origin=origin)
