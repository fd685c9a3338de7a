"""A merge of three lists: lines of a file, or items of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T", bound=object)


def merge(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> list[T] | None:
    """All that both sides changed, or None where they changed the same place, or two that touch, in different ways."""
    out: list[T] = []
    for mine, old, other in _regions(base, ours, theirs):
        if mine == other or list(other) == list(old):
            out += mine
        elif list(mine) == list(old):
            out += other
        else:
            return None
    return out


def _regions(
    base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]
) -> Iterator[tuple[Sequence[T], Sequence[T], Sequence[T]]]:
    """The stretches between what all three have, and what all three have itself."""
    mine, other = _kept(base, ours), _kept(base, theirs)
    at = a = b = 0
    for index in range(len(base) + 1):
        if index < len(base) and not (index in mine and index in other):
            continue
        end = (mine[index], other[index]) if index < len(base) else (len(ours), len(theirs))
        yield ours[a : end[0]], base[at:index], theirs[b : end[1]]
        if index < len(base):
            yield ours[end[0] : end[0] + 1], base[index : index + 1], theirs[end[1] : end[1] + 1]
        at, a, b = index + 1, end[0] + 1, end[1] + 1


def _kept(base: Sequence[T], side: Sequence[T]) -> dict[int, int]:
    """Where each thing of the base that a side kept is there."""
    blocks = SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
