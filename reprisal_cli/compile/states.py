"""The sections of States: in the body, in annex I and in annex II."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.narrate import at_length, long_paragraphs, main_paragraphs
from reprisal_cli.compile.responses import response_paragraphs
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.sentences import capital
from reprisal_cli.compile.tree import Block, Heading, Inline, Origin, Para, Places, Text

_FRAME = Origin(generated=True)


def body_section(told: Sequence[Told], frame: Frame, own: Mapping[str, tuple[Para, ...]]) -> list[Block]:
    """The cases of the body, a State at a time. `own` are the openings that drafters wrote for States."""
    blocks: list[Block] = []
    for state in frame.in_order(code for one in told for code in one.case.states):
        mine = [one for one in told if one.case.state == state]
        here = [one for one in told if one.place == "main"]
        paras = [*(own.get(state) or opening(state, mine, frame))]
        for one in mine:
            paras += main_paragraphs(one, frame)
        paras += _elsewhere(state, here, frame, "main")
        paras += response_paragraphs(state, [one for one in here if state in one.case.states], frame)
        if paras:
            blocks += [heading(state, "main", 3, frame), *paras]
    return blocks


def annex_section(told: Sequence[Told], place: str, frame: Frame) -> list[Block]:
    """The cases of one annex, a State at a time; the State's responses close its section."""
    here = [one for one in told if one.place == place]
    blocks: list[Block] = []
    for state in frame.in_order(code for one in here for code in one.case.states):
        mine = [one for one in here if one.case.state == state]
        paras = [para for one in mine for para in long_paragraphs(one, frame)]
        paras += _elsewhere(state, here, frame, place)
        paras += response_paragraphs(state, [one for one in here if state in one.case.states], frame)
        if paras:
            blocks += [heading(state, place, 2, frame), *paras]
    return blocks


def heading(state: str, place: str, level: Literal[2, 3], frame: Frame) -> Heading:
    """The State's name over its section: numbered in an annex, not in the body."""
    key = f"h_{place}_{state}".replace("-", "_")
    name = (Text(frame.state(state)),)
    return Heading(key, level, name, labelled=level == 2, state=state)


def opening(state: str, mine: Iterable[Told], frame: Frame) -> list[Para]:
    """Who addressed the State's cases, where they are told, and whether names are withheld."""
    told = [one for one in mine if at_length(one) or one.place == "main"]
    addressed = [one for one in told if any(action.by for action in one.actions)]
    others = [one for one in told if one not in addressed and one.place != "main"]
    sentences: list[tuple[Inline, ...]] = []
    if addressed:
        bodies = [name for one in addressed for action in one.actions for name in action.by]
        sentences.append(
            frame.say.counted(
                "state.addressed",
                len(addressed),
                bodies=frame.body(bodies),
                places=frame.say.say("state.see", places=_places(addressed)),
            )
        )
    if others:
        name = "state.further" if addressed else "state.told"
        sentences.append(frame.say.counted(name, len(others), places=_places(others)))
    if any(person.withheld for one in told for person in one.case.persons):
        sentences.append(frame.say.say("state.withheld"))
    if not sentences:
        return []
    return [_made(f"s_{state}_opening", _joined(sentences))]


def _places(told: Iterable[Told]) -> tuple[Inline, ...]:
    return (Places(tuple(one.case.id for one in told)),)


def _elsewhere(state: str, here: Iterable[Told], frame: Frame, place: str) -> list[Para]:
    """A line for each case that is told under another State and concerns this one too."""
    return [
        _made(
            f"s_{state}_{one.case.id}_{place}".replace("-", "_"),
            frame.say.say(
                "state.elsewhere",
                state=frame.state_running(one.case.state),
                here=frame.state_running(state),
                places=frame.say.say("state.see", places=(Places((one.case.id,)),)),
            ),
            Origin(one.case.path, case=one.case.id, route=("also_states",), generated=True),
        )
        for one in here
        if state in one.case.also_states
    ]


def _joined(sentences: Iterable[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for number, sentence in enumerate(sentences):
        out += [Text(" ")] * bool(number)
        out.extend(capital(sentence))
    return tuple(out)


def _made(name: str, inlines: tuple[Inline, ...], origin: Origin = _FRAME) -> Para:
    return Para(name, inlines, origin=origin)
