"""A table of numbers under the rule of small numbers, before any document: rows, columns, and what was merged and why.

The cells of a table are entered into the ledger of their edition (`protect/small_numbers.py`). Where they do not fit,
columns are drawn together first, then rows; nothing is hidden, and the table says what it did.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from reprisal_cli.protect.small_numbers import Ledger


class Tabled(Struct, frozen=True):
    """A table as it is printed: `head` names the columns, the first of them that of the rows' names; each row is its
    name and its numbers. `unit` is what the numbers count (`persons`, `cases`, `letters`, `States`), `notes` say what
    was merged and why. `chart` are how many of the columns a figure of the table shows, from the first (0: none)."""

    key: str
    unit: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...] = ()
    chart: int = 0


class Group(Struct, frozen=True):
    """A row or a column: its name, and whom or what it counts."""

    name: str
    holds: frozenset[Hashable]


Level = tuple[Group, ...]


class Cells(Struct, frozen=True):
    """A safe table of two dimensions. `row_level` and `column_level` say how far each was merged (0: not); no rows or
    no columns are left where even the coarsest would tell too much."""

    rows: Level
    columns: Level
    numbers: tuple[tuple[int, ...], ...]
    row_level: int
    column_level: int


def safe_cells(
    sizes: Mapping[Hashable, int], rows: Sequence[Level], columns: Sequence[Level], ledger: Ledger
) -> Cells | None:
    """The finest table whose every number fits into the ledger, entered there; None if not even its whole does.

    `sizes` are all that is counted, with how many each stands for; `rows` and `columns` go from fine to coarse. The
    last number of a row is the row's own, the last row that of all.
    """
    for row_level, chosen_rows in enumerate((*rows, ())):
        for column_level, chosen_columns in enumerate((*columns, ())):
            sets = list(_sets(frozenset(sizes), chosen_rows, chosen_columns))
            if ledger.enter(sets):
                width = len(chosen_columns) + 1
                counted = [sum(sizes[key] for key in one) for one in sets]
                lines = tuple(tuple(counted[at : at + width]) for at in range(0, len(counted), width))
                return Cells(chosen_rows, chosen_columns, lines, row_level, column_level)
    return None


def _sets(whole: frozenset[Hashable], rows: Level, columns: Level) -> Iterator[frozenset[Hashable]]:
    """The members of each number, a row after the other, those of all last."""
    for row in (*(row.holds & whole for row in rows), whole):
        for column in columns:
            yield row & column.holds
        yield row


def group(name: str, members: Iterable[Hashable]) -> Group:
    """A row or a column."""
    return Group(name, frozenset(members))


def groups_by(names: Mapping[str, str], where: Callable[[str], Iterable[Hashable]]) -> Level:
    """A row or a column for each key of `names`, in their order."""
    return tuple(group(name, where(key)) for key, name in names.items())
