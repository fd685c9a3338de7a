"""Words of a reply as they came: which of them are in the language of the reply, and carry its mark."""

from __future__ import annotations

import re

from reprisal_cli.compile.tree import Foreign, Inline, Value
from reprisal_cli.register.tongues import tongues

_QUOTED = re.compile('([«“„"‹][^«»“”„"‹›]+[»”"›])')


def as_received(clause: str, language: str | None, own: str) -> tuple[Inline, ...]:
    """A clause out of a reply in `language`, in a document in `own`. Most clauses are the drafter's, in the language of
    the document; one that is in the reply's own, and what stands so between quotation marks, is marked."""
    if not clause or language is None or language[:2].lower() == own[:2].lower():
        return (Value(clause),)
    register = tongues()
    pieces = _QUOTED.split(clause)
    rest = "".join(pieces[::2])
    if register.is_in(rest if rest.strip(" .,;:") else clause, language, own):
        return (Foreign(language, (Value(clause),)),)
    return tuple(
        Foreign(language, (Value(piece),)) if at % 2 and register.is_in(piece, language, own) else Value(piece)
        for at, piece in enumerate(pieces)
        if piece
    )
