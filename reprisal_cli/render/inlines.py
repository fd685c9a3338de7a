"""Our inlines -> pandoc's. What one family of outputs says differently is in its `Dialect`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reprisal_cli.compile.tree import Blank, Cross, Emph, Foreign, Inline, Link, Note, Places, Text, Value
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.nodes import Node, emph, span

WEB = ("https://", "http://")
"""Other addresses (`javascript:`, `file:`) are printed as text and do not become links."""


def marked(tag: str, children: list[Node]) -> list[Node]:
    """Words with the tag of their language."""
    return [span(children, attributes=(("lang", tag),))]


def dots(blank: Blank) -> str:
    """A place to fill in, where a format has no field."""
    return " ".join("." * 60 for _ in range(blank.lines))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one family of outputs writes text, a note with its content, a cross-reference, a link, a field, and words in
    another language."""

    text: Callable[[str], list[Node]]
    note: Callable[[Note, list[Node]], list[Node]]
    cross: Callable[[Cross], list[Node]]
    link: Callable[[str, list[Node]], list[Node]]
    blank: Callable[[Blank], list[Node]]
    foreign: Callable[[str, list[Node]], list[Node]] = marked


def inlines(children: tuple[Inline, ...], dialect: Dialect) -> list[Node]:
    """All inlines of a paragraph, heading or cell."""
    out: list[Node] = []
    for child in children:
        out += _inline(child, dialect)
    return out


def _inline(inline: Inline, dialect: Dialect) -> list[Node]:
    match inline:
        case Text(text) | Value(text):
            return dialect.text(text)
        case Emph(children):
            return [emph(inlines(children, dialect))]
        case Foreign(language, children):
            return dialect.foreign(language, inlines(children, dialect))
        case Link(url, children):
            written = inlines(children, dialect)
            return dialect.link(url, written) if url.startswith(WEB) else written
        case Note(children):
            return dialect.note(inline, inlines(children, dialect))
        case Cross():
            return dialect.cross(inline)
        case Blank():
            return dialect.blank(inline)
        case Places():
            raise ReprisalError("the document has places that were not numbered", "this is a fault of the tool")
