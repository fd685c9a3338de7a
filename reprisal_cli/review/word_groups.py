"""Which lines are compared together: a paragraph may have been split, or two joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from reprisal_cli.review.align import Pair
from reprisal_cli.review.word_reader import Reader
from reprisal_cli.review.word_sources import Piece


class Group(Struct):
    """Neighbouring pieces that are compared together, with the lines that stand for them now. `alone` are the places,
    old and new, of lines that stand for no other."""

    bases: list[int]
    news: list[int] = field(default_factory=list)
    alone: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))


class Left(Struct, frozen=True):
    """A line without a drafted piece: `old` is its place in the report (None for a new line), `new` that of the line
    which stands for it now (None where it is gone)."""

    old: int | None
    new: int | None


def groups(pairs: Sequence[Pair], read: Reader) -> Iterator[Group | Left]:
    """Pieces with the new lines that follow them, and with gone ones after them: a paragraph may have been split, or
    two joined. Between them, in order, what has no piece."""
    group: Group | None = None
    waiting: list[int] = []
    for a, b in [*pairs, (-1, None)]:
        if a is None:
            assert b is not None
            if not read.edited[b].text.strip():
                continue
            last = read.piece(group.bases[-1]) if group else None
            if group is not None and last is not None and last.kind != "heading" and _may_follow(read, b):
                group.news.append(b)
                group.alone[1].add(b)
            else:
                waiting.append(b)
            continue
        piece = read.piece(a) if a >= 0 else None
        joined = group is not None and piece is not None and _next(read.piece(group.bases[-1]), piece)
        if piece is not None and joined and group is not None and (b is None or not group.news):
            group.bases.append(a)
            if b is None:
                group.alone[0].add(a)
            else:
                group.news.append(b)
            continue
        if group is not None:
            yield group
        group = None
        if piece is None or piece.kind == "heading" or any(not _may_follow(read, one) for one in waiting):
            yield from (Left(None, one) for one in waiting)
            waiting = []
        if piece is None:
            if a >= 0:
                yield Left(a, b)
            continue
        group = Group([a], [*waiting, *([b] if b is not None else [])], (set() if b is not None else {a}, set(waiting)))
        waiting = []


def _may_follow(read: Reader, b: int) -> bool:
    """Whether a new line is a paragraph, not a heading or a cell."""
    style = read.edited[b].style.lower()
    return read.edited[b].kind == "body" and "h_" not in style and not style.startswith(("heading", "title"))


def _next(last: Piece | None, piece: Piece) -> bool:
    return (
        last is not None
        and last.container == piece.container
        and last.kind == piece.kind != "heading"
        and last.index + 1 == piece.index
    )
