"""Generated sentences as a text that somebody can go on writing (`docs/case-format.md`, "Text"): the same words, with
references where the sentences have a person or the number of an action."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from msgspec.structs import replace

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.narrate import long_paragraphs, printed_number
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.tree import Para, text_of
from reprisal_cli.model.action import UnAction

_OPEN, _CLOSE = "\ue010", "\ue011"
"""Around a reference while sentences are made of it; no file can hold these signs (`dialect.FORBIDDEN`)."""
_MARK = re.compile(f"{_OPEN}([pu][0-9]+){_CLOSE}")
_OPENS = re.compile(rf"(?:\A|(?<=[.!?] )){_OPEN}(p[0-9]+){_CLOSE}")
_SIGNS = re.compile(r"[*{\[^\\]")
_WIDTH = 112


def draft_of(told: Told, frame: Frame) -> str:
    """The text of a case that has none for the edition; empty if there is nothing to say. Paragraphs have a blank line
    between them; within one, lines are short, which prints the same and makes small differences."""
    marked = replace(
        told,
        case=replace(
            told.case,
            persons=tuple(replace(person, shown=f"{_OPEN}{person.ref}{_CLOSE}") for person in told.case.persons),
            un_actions=_marked(told.case.un_actions),
        ),
        actions=_marked(told.actions),
    )
    made = [_typed(text_of(para.inlines), told) for para in generated(marked, frame)]
    return "".join(f"{text}\n\n" for text in made).rstrip("\n") + "\n" * bool(made)


def generated(told: Told, frame: Frame) -> list[Para]:
    """The sentences made from the fields, without the one on earlier reports: it opens a drafted text too."""
    return [para for para in long_paragraphs(told, frame) if para.origin.route != ("reports",)]


def same_words(one: Iterable[Para], other: Iterable[Para]) -> bool:
    """Whether two lists of paragraphs print the same."""
    return [text_of(para.inlines, notes=True) for para in one] == [text_of(para.inlines, notes=True) for para in other]


def _marked(actions: tuple[UnAction, ...]) -> tuple[UnAction, ...]:
    """Actions with a mark in the place of the number, where one is printed."""
    return tuple(
        action.model_copy(update={"number": f"{_OPEN}{action.ref}{_CLOSE}"}) if printed_number(action) else action
        for action in actions
    )


def _typed(text: str, told: Told) -> str:
    """The words as they are typed: signs that would be marks get a backslash. Where a person opens a sentence the words
    stand written out, since a reference prints no capital."""
    shown = {person.ref: person.shown for person in told.case.persons}

    def opening(match: re.Match[str]) -> str:
        words = shown[match.group(1)]
        return match.group() if words[:1].isupper() else words[:1].upper() + words[1:]

    plain = _SIGNS.sub(lambda match: f"\\{match.group()}", _OPENS.sub(opening, text))
    filled = _MARK.sub(lambda match: f"{{{match.group(1)}}}", plain)
    return "\n".join(textwrap.wrap(filled, _WIDTH, break_long_words=False, break_on_hyphens=False))
