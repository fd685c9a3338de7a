"""What a text says apart from the numbers of paragraphs to which it points: they move with every paragraph more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reprisal_cli.compile.tree import Cross, Inline, Note, map_inlines, text_of, walk_inlines

_POINTER = re.compile(r"\bparas?\.[ \d,;–-]*(?:and )?|[\s,;–-]+|\band\b")
"""What stands around those numbers in a note or a cell."""


def paragraph(inlines: tuple[Inline, ...]) -> str:
    """The words of a paragraph and of its notes."""
    notes = [node for node in walk_inlines(inlines) if isinstance(node, Note)]
    return " ".join([_unnumbered(inlines), *(cell(one.children) for one in notes)])


def cell(inlines: Sequence[Inline]) -> str:
    """The words of a cell or a note, which may be nothing but places."""
    return _POINTER.sub(" ", _unnumbered(tuple(inlines)))


def _unnumbered(inlines: tuple[Inline, ...]) -> str:
    return text_of(map_inlines(inlines, lambda node: () if isinstance(node, Cross | Note) else (node,)))
