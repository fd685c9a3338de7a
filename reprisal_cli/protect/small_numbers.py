"""Small numbers: tables that pin nobody down (`docs/protection.md`).

A cell is safe if it counts nobody, or at least five persons who are not publicly known. Readers subtract: one table
from another, a sentence from a table, and the persons whom the report tells of from those whom it counts. So:

* Every number of an edition stands in one `Ledger`, that of a sentence as well as those of tables, and a new one is
  judged together with all before it (`protect/subtraction.py`).
* It is judged twice: by the persons whose cases are not public in full, and by those who are counted and not told.
* All tables of an edition have the same rows, so that no difference of two tables is finer than either.

Cells are merged, never hidden: columns first, then the smallest States into "Other States". A sentence cannot be
merged: one that does not fit is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from reprisal_cli.protect.public import Counted
from reprisal_cli.protect.subtraction import THRESHOLD, gives_away

_NOT_PEOPLE = frozenset({"organization", "institution"})
OTHERS = "others"
"""The row of the States that are too small to stand alone, and of persons who count in world figures only."""

Member = Callable[[Counted], bool]


class Ledger(Struct):
    """Every number that a document prints, as the set of those whom it counts. It grows as the document is made, since
    each number is judged together with those before it. `unknown`: whom a reader does not know, with how many each
    stands for, once for every kind of reader."""

    unknown: tuple[Mapping[Hashable, int], ...]
    entered: list[frozenset[Hashable]] = field(default_factory=list)

    def admits(self, sets: Iterable[frozenset[Hashable]]) -> bool:
        """Whether these numbers can be printed beside those that are there."""
        printed = [*self.entered, *sets]
        return not any(gives_away(unknown, printed) for unknown in self.unknown if unknown)

    def enter(self, sets: Iterable[frozenset[Hashable]]) -> bool:
        """Enters numbers if they can be printed; says whether they can."""
        sets = list(sets)
        if not self.admits(sets):
            return False
        self.entered += sets
        return True


def ledger_of(persons: Iterable[Counted]) -> Ledger:
    """The ledger of an edition's persons: for one who knows those whose cases are public, and for one who knows all of
    whom the edition tells."""
    hidden = [one for one in persons if not one.public]
    untold = [one for one in hidden if not one.told]
    readers = [hidden, untold] if len(untold) < len(hidden) else [hidden]
    return Ledger(tuple({one.key: one.count.number or 0 for one in reader} for reader in readers))


def ledger_of_copy(counted: Sequence[Counted], copied: Sequence[Counted], published: Ledger) -> Ledger:
    """The ledger of a copy of an edition. It begins with the numbers of that edition, as `published` holds them: they
    are out, and where the two count nearly the same people, the difference is a small number."""
    known = {person.key for person in counted}
    ledger = ledger_of((*counted, *(person for person in copied if person.key not in known)))
    ledger.entered += published.entered
    return ledger


class Column(Struct, frozen=True):
    """A column: its key, and the words of its list that it holds."""

    key: str
    holds: frozenset[str]


class Dimension(Struct, frozen=True):
    """What a table breaks persons down by: `of` gives a person's words, `levels` its columns from fine to coarse."""

    key: str
    of: Callable[[Counted], frozenset[str]]
    levels: tuple[tuple[Column, ...], ...]


class Grid(Struct, frozen=True):
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


def people(persons: Iterable[Counted]) -> list[Counted]:
    """Those whom tables of persons count: of known number, organizations and institutions apart."""
    return [person for person in persons if person.count.number and person.kind not in _NOT_PEOPLE]


def is_safe(persons: Sequence[Counted]) -> bool:
    """Whether a cell that counts these persons pins nobody down."""
    unknown = number_of(person for person in persons if not person.public)
    untold = number_of(person for person in persons if not person.public and not person.told)
    return all(number == 0 or number >= THRESHOLD for number in (unknown, untold))


def safe_grids(
    persons: Sequence[Counted], dimensions: Sequence[Dimension], ledger: Ledger | None = None
) -> tuple[Grid, ...]:
    """The tables of an edition, one for each dimension, with the same rows, entered into its ledger. A dimension whose
    columns cannot be told apart in safety has a grid without columns, which still has its totals. No grid at all is
    safe where even the whole world is a small number: then there is none."""
    ledger = ledger if ledger is not None else ledger_of(persons)
    counted = [person for person in persons if person.count.number]
    if not is_safe(counted) or not ledger.enter([keys_of(counted)]):
        return ()
    codes = sorted({code for person in counted for code in person.states})
    merged: list[str] = []
    while True:
        if _rows_are_safe(counted, codes, merged):
            grids, sets = _together(counted, dimensions, codes, merged, ledger)
            if ledger.enter(sets):
                return grids
        if len(merged) == len(codes):
            return ()
        merged.append(_smallest(counted, codes, merged))


def keys_of(persons: Iterable[Counted]) -> frozenset[Hashable]:
    """The persons of a number, as a ledger has them."""
    return frozenset(person.key for person in persons)


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


def _together(
    persons: Sequence[Counted],
    dimensions: Sequence[Dimension],
    codes: Sequence[str],
    merged: Sequence[str],
    ledger: Ledger,
) -> tuple[tuple[Grid, ...], list[frozenset[Hashable]]]:
    """The grids over one choice of rows, with as many columns as they can have side by side, and what they print."""
    rows = _rows(codes, merged, persons)
    members = {row: row_members(persons, row, merged) for row in rows}
    levels = [_first_level(dimension, [*members.values(), persons]) for dimension in dimensions]
    while True:
        grids = [_grid(one, level, members, merged) for one, level in zip(dimensions, levels, strict=True)]
        sets = [one for grid, own in zip(grids, dimensions, strict=True) for one in _sets(grid, own, members)]
        finest = [index for index, grid in enumerate(grids) if grid.columns]
        if ledger.admits(sets) or not finest:
            return tuple(grids), sets
        levels[max(finest, key=lambda index: (len(grids[index].columns), index))] += 1


def _first_level(dimension: Dimension, groups: Sequence[Sequence[Counted]]) -> int:
    """The finest columns that are safe in each of the groups by itself."""
    levels = enumerate(dimension.levels)
    safe = (level for level, columns in levels if _columns_are_safe(groups, dimension, columns))
    return next(safe, len(dimension.levels))


def _grid(dimension: Dimension, level: int, members: Mapping[str, list[Counted]], merged: Sequence[str]) -> Grid:
    columns = dimension.levels[level] if level < len(dimension.levels) else ()
    groups = members.values()
    cells = tuple(tuple(number_of(_in(one, dimension, column)) for column in columns) for one in groups)
    totals = tuple(number_of(one) for one in groups)
    return Grid(dimension.key, tuple(members), columns, cells, totals, tuple(sorted(merged)), level)


def _sets(grid: Grid, dimension: Dimension, members: Mapping[str, list[Counted]]) -> Iterator[frozenset[Hashable]]:
    """The persons of each number of a grid."""
    for persons in members.values():
        yield keys_of(persons)
        for column in grid.columns:
            yield keys_of(_in(persons, dimension, column))


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
