"""Small numbers: tables that pin nobody down (`docs/protection.md`).

A cell is safe if it counts nobody, or at least five persons who are not publicly known. Readers subtract: one table
from another, and the persons whom the report tells of from those whom it counts. So three things hold together here.

* A cell is judged twice: by the persons whose cases are not public in full, and by those who are counted and not told.
* What is left when a cell is taken from its row is a cell too.
* All tables of an edition have the same rows, so that no difference of two tables is finer than either.

Cells are merged, never hidden: columns first, then the smallest States into "Other States".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reprisal_cli.protect.public import Counted

THRESHOLD = 5
OTHERS = "others"
"""The row of the States that are too small to stand alone, and of persons who count in world figures only."""

Member = Callable[[Counted], bool]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, and the words of its list that it holds."""

    key: str
    holds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a table breaks persons down by: `of` gives a person's words, `levels` its columns from fine to coarse."""

    key: str
    of: Callable[[Counted], frozenset[str]]
    levels: tuple[tuple[Column, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A safe table. `rows` are State codes and, last, `OTHERS`; `cells[row][column]` are numbers of persons, `totals`
    those of the rows. `merged` are the States in the last row, `level` says how far columns were merged (0: not)."""

    dimension: str
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: tuple[tuple[int, ...], ...]
    totals: tuple[int, ...]
    merged: tuple[str, ...]
    level: int


def number_of(persons: Iterable[Counted]) -> int:
    """How many persons; those of unknown number are not counted."""
    return sum(person.count.number or 0 for person in persons)


def is_safe(persons: Sequence[Counted]) -> bool:
    """Whether a cell that counts these persons pins nobody down."""
    unknown = number_of(person for person in persons if not person.public)
    untold = number_of(person for person in persons if not person.public and not person.told)
    return all(number == 0 or number >= THRESHOLD for number in (unknown, untold))


def safe_grids(persons: Sequence[Counted], dimensions: Sequence[Dimension]) -> tuple[Grid, ...]:
    """The tables of an edition, one for each dimension, with the same rows. A dimension whose columns cannot be told
    apart in safety has a grid without columns, which still has its totals. No grid at all is safe where even the whole
    world is a small number: then there is none."""
    counted = [person for person in persons if person.count.number]
    if not is_safe(counted):
        return ()
    codes = sorted({code for person in counted for code in person.states})
    merged: list[str] = []
    while not _rows_are_safe(counted, codes, merged):
        merged.append(_smallest(counted, codes, merged))
    return tuple(_grid(counted, dimension, codes, merged) for dimension in dimensions)


# --- rows -----------------------------------------------------------------------------------------------------------


def row_members(persons: Iterable[Counted], row: str, merged: Sequence[str]) -> list[Counted]:
    """The persons of a row. A person of two States counts in each State's row, and once in the last."""
    if row == OTHERS:
        return [person for person in persons if not person.states or set(person.states) & set(merged)]
    return [person for person in persons if row in person.states]


def _rows(codes: Sequence[str], merged: Sequence[str], persons: Sequence[Counted]) -> list[str]:
    own = [code for code in codes if code not in merged]
    others = [OTHERS] if merged or any(not person.states for person in persons) else []
    return [*own, *others]


def _rows_are_safe(persons: Sequence[Counted], codes: Sequence[str], merged: Sequence[str]) -> bool:
    """Each row, what is shared by two rows, and the last row (which never holds one State alone) are safe."""
    if len(merged) == len(codes):
        return True
    rows = {row: row_members(persons, row, merged) for row in _rows(codes, merged, persons)}
    if len(merged) == 1 and not any(not person.states for person in persons):
        return False
    if not all(is_safe(members) for members in rows.values()):
        return False
    seen: dict[int, int] = {}
    for members in rows.values():
        for person in members:
            seen[id(person)] = seen.get(id(person), 0) + 1
    return is_safe([person for person in persons if seen.get(id(person), 0) > 1])


def _smallest(persons: Sequence[Counted], codes: Sequence[str], merged: Sequence[str]) -> str:
    """The State with the fewest persons who are not publicly known, then the fewest of all; those without any stay."""

    def size(code: str) -> tuple[bool, int, int, str]:
        members = row_members(persons, code, merged)
        unknown = number_of(person for person in members if not person.public)
        return unknown == 0, unknown, number_of(members), code

    return min((code for code in codes if code not in merged), key=size)


# --- columns --------------------------------------------------------------------------------------------------------


def _grid(persons: Sequence[Counted], dimension: Dimension, codes: Sequence[str], merged: Sequence[str]) -> Grid:
    rows = _rows(codes, merged, persons)
    members = {row: row_members(persons, row, merged) for row in rows}
    level, columns = next(
        (level, columns)
        for level, columns in enumerate((*dimension.levels, ()))
        if _columns_are_safe([*members.values(), persons], dimension, columns)
    )
    cells = tuple(tuple(number_of(_in(members[row], dimension, column)) for column in columns) for row in rows)
    totals = tuple(number_of(members[row]) for row in rows)
    return Grid(dimension.key, tuple(rows), columns, cells, totals, tuple(sorted(merged)), level)


def _columns_are_safe(groups: Iterable[Sequence[Counted]], dimension: Dimension, columns: Sequence[Column]) -> bool:
    """Every cell of the groups, and what is left of a group when one of its cells is taken out."""
    for persons in groups:
        for column in columns:
            inside = _in(persons, dimension, column)
            chosen = {id(person) for person in inside}
            if not is_safe(inside) or not is_safe([person for person in persons if id(person) not in chosen]):
                return False
    return True


def _in(persons: Iterable[Counted], dimension: Dimension, column: Column) -> list[Counted]:
    return [person for person in persons if dimension.of(person) & column.holds]
