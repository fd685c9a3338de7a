"""By what the reader of a web page can find a case: State, mechanism, act, response.

Only cases that this document tells are in it, each with what disclosure let through; so a filter says of a case no more
than its tables may. Choices carry no numbers: nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.mechanisms import families_of, in_family
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.sentences import capital
from reprisal_cli.compile.tree import Block, Choice, Facet, Para, Part, Text, text_of
from reprisal_cli.register.bodies import family_name
from reprisal_cli.register.words import words

REPLIED, NONE, NOT_STATED = "web.replied", "mechanism.none-to-date", "mechanism.not-stated"
"""What is said of a case's response, in the order in which it is offered."""


def facets(told: Sequence[Told], parts: Iterable[Part], frame: Frame) -> tuple[Facet, ...]:
    """The ways to find the cases that have a paragraph in these parts. One without a choice is left out."""
    printed = {case for part in parts for block in part.blocks for case in cases_of(block)}
    here = [one for one in told if one.case.id in printed]
    acts = words("acts")
    found = (
        ("state", _choices(here, frame.in_order(_all(here, _states)), _states, frame.state)),
        ("mechanism", _mechanisms(here, frame)),
        ("act", _choices(here, acts, _acts, lambda slug: _capital(acts.label(slug, frame.language)))),
        ("response", _choices(here, (REPLIED, NONE, NOT_STATED), _responses, frame.say.word)),
    )
    return tuple(Facet(name, choices) for name, choices in found if choices)


def cases_of(block: Block) -> tuple[str, ...]:
    """The cases that a block tells of: those whose place it is, else the one that its words come from."""
    if not isinstance(block, Para):
        return ()
    return block.cases or ((block.origin.case,) if block.origin.case else ())


def _choices(
    here: Iterable[Told], keys: Iterable[str], of: Callable[[Told], Iterable[str]], label: Callable[[str], str]
) -> tuple[Choice, ...]:
    cases = [(one.case.id, frozenset(of(one))) for one in here]
    found = ((key, tuple(case for case, own in cases if key in own)) for key in keys)
    return tuple(Choice(label(key), matching) for key, matching in found if matching)


def _mechanisms(here: Sequence[Told], frame: Frame) -> tuple[Choice, ...]:
    return tuple(
        Choice(family_name(family, frame.language), tuple(one.case.id for one in in_family(here, family)))
        for family in families_of(here)
    )


def _all(here: Iterable[Told], of: Callable[[Told], Iterable[str]]) -> list[str]:
    return [key for one in here for key in of(one)]


def _capital(label: str) -> str:
    return text_of(capital((Text(label),)))


def _states(one: Told) -> Iterable[str]:
    return one.case.states


def _acts(one: Told) -> Iterable[str]:
    return (act.type for act in one.case.acts)


def _responses(one: Told) -> Iterable[str]:
    """A reply wins over the record that none had come: it came later."""
    known = (*one.replies, *one.covered)
    if any(item.none_as_of is None for item in known):
        return (REPLIED,)
    return (NONE,) if known else (NOT_STATED,)
