"""Sums and differences of printed numbers, against a search through all sets and exact fractions."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import pytest

from reprisal_cli.protect.subtraction import gives_away


def sets(*names: str) -> list[frozenset[str]]:
    return [frozenset(one) for one in names]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (sets(), False),
        (sets("abcdef"), False),
        (sets("abcd"), True),
        (sets("abcdef", "abc"), True),  # itself, and what is left
        (sets("abcdefghij", "abcde"), False),
        (sets("abcdefghij", "abcdeg", "hij"), True),
        (sets("abcdefgh", "abcde", "defgh"), True),  # the two parts overlap in two
        (sets("abcdefghi", "efghijkl"), False),  # the overlap is no sum of the two
    ],
)
def test_a_small_set_that_follows_is_found(printed: list[frozenset[str]], expected: bool) -> None:
    unknown = dict.fromkeys("abcdefghijkl", 1)
    assert gives_away(unknown, printed) is expected


def test_those_who_are_known_are_no_secret_and_one_record_can_stand_for_many() -> None:
    assert not gives_away({"a": 5, "b": 5}, sets("a", "b", "c"))
    assert gives_away({"a": 5, "b": 4}, sets("a", "b"))
    assert not gives_away({}, sets("a"))


def test_it_is_as_exact_as_a_search_through_all_sets() -> None:
    outcomes = []
    for seed in range(400):
        chance = random.Random(seed)
        unknown = {name: chance.choice([1, 1, 2, 3, 6]) for name in "abcdefghi"[: chance.randint(3, 9)]}
        printed = [frozenset(name for name in unknown if chance.random() < 0.6) for _ in range(chance.randint(1, 5))]
        expected = any(
            0 < sum(unknown[name] for name in chosen) < 5 and _follows(chosen, printed, list(unknown))
            for size in range(1, len(unknown) + 1)
            for chosen in combinations(unknown, size)
        )
        assert gives_away(unknown, printed) is expected, seed
        outcomes.append(expected)
    assert {True, False} == set(outcomes)


def _follows(chosen: tuple[str, ...], printed: list[frozenset[str]], names: list[str]) -> bool:
    """Whether the size of a set is a sum and difference of printed sizes: the rank does not grow with it."""
    rows = [[Fraction(name in one) for name in names] for one in printed]
    return _rank(rows) == _rank([*rows, [Fraction(name in chosen) for name in names]])


def _rank(rows: list[list[Fraction]]) -> int:
    rows, rank = [row[:] for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((at for at in range(rank, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for at in range(rank + 1, len(rows)):
            factor = rows[at][column] / rows[rank][column]
            rows[at] = [left - factor * right for left, right in zip(rows[at], rows[rank], strict=True)]
        rank += 1
    return rank
