"""Most paragraphs, read in one pass, with what markdown-it's machine would give (`prose.py`)."""

from __future__ import annotations

import re

from reprisal_cli.model.prose_nodes import (
    IN_BRACES,
    SLOT_OPEN,
    Emphasis,
    Footnote,
    Node,
    Reference,
    Words,
    meaning,
)

_SIMPLE = re.compile(
    rf"[*{{\[\]\\^{SLOT_OPEN}]"
    rf"(?:(?<={{){IN_BRACES}"
    r"|(?<=\^)\[(?P<note>[^\[\]*^\\]*)\]"
    r"|(?:(?<=\A\*)|(?<=[ (]\*))(?P<words>[A-Za-z](?:[A-Za-z ,-]*[A-Za-z])?)\*(?![^ ,.;:)])"
    r"|(?P<other>))",
    re.ASCII,
)
"""A sign that a rule of the machine may want, and what it begins. The set of signs comes first, as the search for it is
done by C without a look at what follows."""
_DOUBTFUL = frozenset("[]*^\\")


def simple(line: str, note: bool = False) -> tuple[Node, ...] | None:
    """A paragraph with nothing but references, plain notes and emphasised words, as nearly all are, in one pass; None
    where the machine has to look at it. What is found here the machine finds too, in five times the time."""
    out: list[Node] = []
    at = 0
    for match in _SIMPLE.finditer(line):
        start, end = match.span()
        first = line[start]
        if match["other"] is not None:
            if first == "^":
                continue  # text, unless a bracket follows, which is looked at next
            return None
        if start > at:
            out.append(Words(line[at:start]))
        at = end
        if first == "{" and _DOUBTFUL.isdisjoint(match[0]):
            out.append(Reference(*meaning(match)))
        elif first == "^" and not note and (inside := simple(match["note"], note=True)) is not None:
            out.append(Footnote(inside))
        elif first == "*":
            out.append(Emphasis((Words(match["words"]),)))
        else:
            return None
    if at < len(line):
        out.append(Words(line[at:]))
    return tuple(out)
