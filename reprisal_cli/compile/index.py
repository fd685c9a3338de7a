"""The index: States, bodies and acts, each with the paragraphs that speak of its cases.

An entry holds the paragraphs of a case wherever it is told: in the body too, and not in its annex alone. They are
references, so that they stay right when an editor puts a paragraph in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.sentences import capital
from reprisal_cli.compile.tree import Block, Heading, Inline, Origin, Para, Places, Text
from reprisal_cli.register.bodies import bodies

Entries = Mapping[str, Sequence[str]]
"""The cases of each entry."""


def index_blocks(told: Sequence[Told], frame: Frame) -> list[Block]:
    """Three lists under a heading each; one that would be empty is left out."""
    states = _entries(told, lambda one: one.case.states)
    named = _entries(told, _bodies_of)
    acts = _entries(told, lambda one: [act.type for act in one.case.acts])
    return [
        *_section("states", frame.in_order(states), states, frame.state, frame),
        *_section("bodies", _in_alphabet(named, _body_of(frame)), named, _body_of(frame), frame),
        *_section("acts", _in_alphabet(acts, _act_of(frame)), acts, _act_of(frame), frame),
    ]


def _entries(told: Iterable[Told], keys: Callable[[Told], Iterable[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in told:
        for key in dict.fromkeys(keys(one)):
            found.setdefault(key, []).append(one.case.id)
    return found


def _bodies_of(one: Told) -> list[str]:
    return [item.body for item in one.case.cooperation] + [name for action in one.known for name in action.by]


def _in_alphabet(entries: Entries, label: Callable[[str], str]) -> list[str]:
    return sorted(entries, key=lambda key: label(key).casefold())


def _body_of(frame: Frame) -> Callable[[str], str]:
    return lambda key: bodies().name(key, frame.language)


def _act_of(frame: Frame) -> Callable[[str], str]:
    return lambda key: frame.label("acts", key)


def _section(
    name: str, order: Iterable[str], entries: Entries, label: Callable[[str], str], frame: Frame
) -> list[Block]:
    paras: list[Block] = []
    for key in order:
        places: tuple[Inline, ...] = (Places(tuple(entries[key]), everywhere=True),)
        words_of = capital((Text(label(key)),))
        paras.append(
            Para(
                _id(name, key),
                frame.say.say("index.entry", entry=words_of, places=places),
                numbered=False,
                origin=Origin(generated=True),
            )
        )
    title = (Text(frame.say.word(f"index.{name}")),)
    return [Heading(f"h_x_{name}", 2, title, labelled=False), *paras] if paras else []


def _id(name: str, key: str) -> str:
    return f"x_{name}_{key}".replace("-", "_")[:40]
