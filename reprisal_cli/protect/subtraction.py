"""What a reader can work out by taking numbers from each other (`docs/protection.md`).

Every number that a document prints is the size of a set of people. Adding and subtracting the printed numbers gives
the sizes of other sets, and none of these may be one to four. Linear programming gives the reader nothing beyond that:
every group of people whom the printed numbers do not tell apart has somebody in it, so the truth lies inside what is
possible, and a size is pinned only where sums and differences alone pin it.
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Mapping, Sequence

THRESHOLD = 5
_PRIME = (1 << 61) - 1
"""Sums are compared modulo a prime: two that differ look alike once in two quintillion times."""

Vector = dict[int, int]


def gives_away(unknown: Mapping[Hashable, int], printed: Iterable[frozenset[Hashable]]) -> bool:
    """Whether some set of one to four follows from the printed numbers. `unknown` are the people whom the reader does
    not know, with how many each of them stands for; the others are known, and no secret."""
    groups, rows = _groups(unknown, printed)
    small = [index for index, size in enumerate(groups) if size < THRESHOLD]
    if not small:
        return False
    free = _unseen(rows, len(groups))
    return _small_sum([(free[index], groups[index]) for index in small])


def _groups(
    unknown: Mapping[Hashable, int], printed: Iterable[frozenset[Hashable]]
) -> tuple[list[int], list[frozenset[int]]]:
    """People whom no printed number tells apart, as one group each: their numbers, and the printed sets of groups."""
    sets = list(dict.fromkeys(kept for one in printed if (kept := frozenset(key for key in one if unknown.get(key)))))
    where: dict[Hashable, list[int]] = {}
    for number, one in enumerate(sets):
        for key in one:
            where.setdefault(key, []).append(number)
    sizes: dict[tuple[int, ...], int] = {}
    for key, seen in where.items():
        sizes[tuple(seen)] = sizes.get(tuple(seen), 0) + unknown[key]
    rows: list[set[int]] = [set() for _ in sets]
    for index, signature in enumerate(sizes):
        for number in signature:
            rows[number].add(index)
    return list(sizes.values()), [frozenset(row) for row in rows]


def _unseen(rows: Sequence[frozenset[int]], width: int) -> list[int]:
    """A change of the groups' numbers that no printed number shows, taken at random among all such changes: the size of
    a set is pinned if, and all but surely only if, the changes of its groups add up to nothing."""
    solved: dict[int, Vector] = {}
    for row in sorted(rows, key=len):
        rest = _reduced(dict.fromkeys(row, 1), solved)
        if rest:
            first = min(rest)
            scale = pow(rest[first], -1, _PRIME)
            solved[first] = {index: value * scale % _PRIME for index, value in rest.items() if index != first}
    chance = random.Random(width)  # noqa: S311 - no secret: the same numbers each time, so the same tables
    out = [chance.randrange(_PRIME) for _ in range(width)]
    for first in sorted(solved, reverse=True):
        out[first] = -sum(value * out[index] for index, value in solved[first].items()) % _PRIME
    return out


def _reduced(row: Vector, solved: Mapping[int, Vector]) -> Vector:
    """A row without the columns that are solved; each solution holds later columns only."""
    done: Vector = {}
    while row:
        first = min(row)
        value = row.pop(first)
        if first not in solved:
            done[first] = value
            continue
        for index, part in solved[first].items():
            changed = (row.get(index, 0) - value * part) % _PRIME
            if changed:
                row[index] = changed
            else:
                row.pop(index, None)
    return done


def _small_sum(groups: Sequence[tuple[int, int]]) -> bool:
    """Whether one to four people in some of the groups (change, number) have changes that add up to nothing."""
    singles: dict[int, list[int]] = {}
    for index, (change, _) in enumerate(groups):
        singles.setdefault(change, []).append(index)
    if 0 in singles:
        return True
    pairs: dict[int, list[tuple[int, int]]] = {}
    for left, (one, number) in enumerate(groups):
        for right in range(left + 1, len(groups)):
            other, more = groups[right]
            if number + more >= THRESHOLD:
                continue
            total = (one + other) % _PRIME
            room = THRESHOLD - 1 - number - more
            if not total or any(
                index > right and groups[index][1] <= room for index in singles.get(_PRIME - total, ())
            ):
                return True
            if number == more == 1:
                if any(not {left, right} & set(pair) for pair in pairs.get(_PRIME - total, ())):
                    return True
                pairs.setdefault(total, []).append((left, right))
    return False
