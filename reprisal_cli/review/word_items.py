"""What an import finds: edits that have a place, and those that somebody has to look at."""

from __future__ import annotations

from msgspec import Struct

from reprisal_cli.review.word_pairs import cleaned
from reprisal_cli.review.word_sources import Container

_WORDS = 160
_ALL = 4000


class Item(Struct, frozen=True):
    """One thing that was found. `kind` is `placed`, `refused` (it came out of the data: `hint` says where to edit) or
    `listed` (a person has to place it); `where` is the place in the document, `words` are those that stand there."""

    kind: str
    where: str
    words: str
    hint: str = ""
    authors: tuple[str, ...] = ()


class Replacement(Struct, frozen=True):
    """New words for a stretch of a container."""

    container: Container
    start: int
    stop: int
    text: str
    item: Item


class Found(Struct, frozen=True):
    """All edits of a document: those that have a place, and everything that is told."""

    replacements: tuple[Replacement, ...]
    items: tuple[Item, ...]
    known: int  # how many paragraphs of the report are in the document


def short(text: str, most: int = _WORDS) -> str:
    """Words to be shown in a line."""
    plain = " ".join(cleaned(text).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def whole(text: str) -> str:
    """Words that somebody has to place: all of them, but for a paragraph that goes on and on."""
    return short(text, _ALL)
