"""Our inlines -> pandoc's. What one family of outputs says differently is in its `Dialect`."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

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


class Dialect(Struct, frozen=True):
    """How one family of outputs writes text, a note with its content, a cross-reference, a link, a field, words in
    another language, and two references with what joins them (`16-17`)."""

    text: Callable[[str], list[Node]]
    note: Callable[[Note, list[Node]], list[Node]]
    cross: Callable[[Cross], list[Node]]
    link: Callable[[str, list[Node]], list[Node]]
    blank: Callable[[Blank], list[Node]]
    foreign: Callable[[str, list[Node]], list[Node]] = marked
    range: Callable[[list[Node]], list[Node]] = list


def inlines(children: tuple[Inline, ...], dialect: Dialect) -> list[Node]:
    """All inlines of a paragraph, heading or cell."""
    out: list[Node] = []
    rest = list(children)
    while rest:
        if _is_range(rest[:3]):
            out += dialect.range([node for child in rest[:3] for node in _inline(child, dialect)])
            del rest[:3]
        else:
            out += _inline(rest.pop(0), dialect)
    return out


def _is_range(three: list[Inline]) -> bool:
    match three:
        case [Cross(), Text(joint), Cross()]:
            return not any(map(str.isspace, joint))
    return False


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
