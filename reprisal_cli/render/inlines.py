"""Our inlines -> pandoc's. What one family of outputs says differently is in its `Dialect`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reprisal_cli.compile.tree import Blank, Cross, Emph, Inline, Link, Note, Places, Text, Value
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.nodes import Node, emph

WEB = ("https://", "http://")
"""Other addresses (`javascript:`, `file:`) are printed as text and do not become links."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one family of outputs writes text, a note with its content, a cross-reference, a link, and a field."""

    text: Callable[[str], list[Node]]
    note: Callable[[Note, list[Node]], list[Node]]
    cross: Callable[[Cross], list[Node]]
    link: Callable[[str, list[Node]], list[Node]]
    blank: Callable[[Blank], list[Node]]


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
