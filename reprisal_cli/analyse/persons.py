"""Persons by State, gender and kind of act, under the rule of small numbers (preambular paragraphs 6 and 7)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from reprisal_cli.analyse.tables import Level, Tabled, groups_by, safe_cells
from reprisal_cli.compile.frame import Frame
from reprisal_cli.protect.public import Counted
from reprisal_cli.protect.small_numbers import OTHERS, Column, Dimension, Grid, Ledger, people, safe_grids
from reprisal_cli.register.words import words


def dimensions() -> tuple[Dimension, ...]:
    """What the tables break persons down by, from fine columns to coarse ones. Each has two dimensions at most."""
    return (
        Dimension("gender", lambda person: frozenset({person.gender}), _GENDER_LEVELS),
        Dimension("acts", act_groups, _act_levels()),
    )


def _columns(**holds: Sequence[str]) -> tuple[Column, ...]:
    return tuple(Column(key, frozenset(members)) for key, members in holds.items())


_GENDER_LEVELS = (
    tuple(Column(word, frozenset({word})) for word in ("female", "male", "other", "mixed", "not-stated")),
    _columns(female=["female"], male=["male"], rest=["other", "mixed", "not-stated"]),
    _columns(female=["female"], others=["male", "other", "mixed", "not-stated"]),
)
GRAVE = ("life-and-integrity", "liberty")
"""The families of acts against life, integrity and liberty (preambular paragraph 17)."""


def act_groups(person: Counted) -> frozenset[str]:
    """The families of the acts that concern a person."""
    listed = words("acts")
    return frozenset(found for act in person.acts if (found := listed.group(act)) is not None)


def _act_levels() -> tuple[tuple[Column, ...], ...]:
    groups = tuple(words("acts").groups)
    fine = tuple(Column(group, frozenset({group})) for group in groups)
    coarse = (Column("grave", frozenset(GRAVE)), Column("rest", frozenset(groups) - frozenset(GRAVE)))
    return fine, coarse


def person_tables(counted: Sequence[Counted], frame: Frame, ledger: Ledger) -> Iterator[Tabled]:
    """The tables of persons; none where no number can be given in safety."""
    persons = people(counted)
    if not persons:
        return
    grids = safe_grids(persons, dimensions(), ledger)
    for grid in grids:
        yield _of_grid(grid, frame)
    if grids and (table := _gender_of_acts(persons, frame, ledger)):
        yield table


# --- by State -------------------------------------------------------------------------------------------------------


def _of_grid(grid: Grid, frame: Frame) -> Tabled:
    head = [frame.say.word("statistics.state")]
    head += [_column_name(grid.dimension, column, frame) for column in grid.columns]
    head.append(frame.say.word("statistics.total"))
    order = [*frame.in_order(row for row in grid.rows if row != OTHERS), *[OTHERS] * (OTHERS in grid.rows)]
    rows = []
    for row in order:
        index = grid.rows.index(row)
        numbers = (*grid.cells[index], grid.totals[index])
        rows.append((_row_name(row, grid, frame), tuple(f"{number}" for number in numbers)))
    caption = frame.say.word(f"statistics.caption.{grid.dimension}")
    return Tabled(grid.dimension, "persons", caption, tuple(head), tuple(rows), tuple(_notes(grid, frame)))


def _row_name(row: str, grid: Grid, frame: Frame) -> str:
    if row == OTHERS and not grid.merged:
        return frame.say.word("statistics.no-state")
    if row == OTHERS:
        return frame.say.text("statistics.others", count=f"{len(grid.merged)}")
    return frame.state(row)


def _column_name(dimension: str, column: Column, frame: Frame) -> str:
    if column.key in ("rest", "grave", "others"):
        return frame.say.word(f"statistics.column.{dimension}.{column.key}")
    if dimension == "gender":
        return sentence_case(frame.label("genders", column.key))
    return words("acts").group_label(column.key, frame.language)


def sentence_case(text: str) -> str:
    """A word as the head of a column has it."""
    return text[:1].upper() + text[1:]


def _notes(grid: Grid, frame: Frame) -> Iterator[str]:
    """What was merged and why: a reader must know what a row holds, and that nothing was left out."""
    if grid.dimension == "acts" and grid.columns:
        yield frame.say.word("statistics.note.acts")
    if grid.merged:
        names = frame.say.listed(frame.state(code) for code in frame.in_order(grid.merged))
        yield "".join(getattr(part, "text", "") for part in frame.say.say("statistics.merged.states", states=names))
    if grid.level:
        yield frame.say.word("statistics.merged.columns" if grid.columns else "statistics.merged.all")


# --- of the world ---------------------------------------------------------------------------------------------------


def _gender_of_acts(persons: Sequence[Counted], frame: Frame, ledger: Ledger) -> Tabled | None:
    """Kinds of acts by gender, all States together."""
    sizes: dict[Hashable, int] = {person.key: person.count.number or 0 for person in persons}
    rows = [act_rows({person.key: act_groups(person) for person in persons}, frame, level) for level in (0, 1)]
    columns = [
        tuple(
            groups_by(
                {column.key: _column_name("gender", column, frame)},
                lambda _, column=column: (one.key for one in persons if one.gender in column.holds),  # type: ignore[misc]
            )[0]
            for column in level
        )
        for level in _GENDER_LEVELS
    ]
    cells = safe_cells(sizes, rows, columns, ledger)
    if cells is None or not cells.rows:
        return None
    names = [*(row.name for row in cells.rows), frame.say.word("statistics.all")]
    head = (frame.say.word("statistics.act"), *(one.name for one in cells.columns), frame.say.word("statistics.total"))
    lines = tuple((name, tuple(map(str, line))) for name, line in zip(names, cells.numbers, strict=True))
    return Tabled(
        "gender-acts",
        "persons",
        frame.say.word("statistics.caption.gender-acts"),
        head,
        lines,
        tuple(merged_notes(cells.row_level, cells.column_level, frame, several=True)),
    )


def act_rows(acts: dict[Hashable, frozenset[str]], frame: Frame, level: int) -> Level:
    """A row for each family of acts (level 0), or for those against life, integrity and liberty and for all others."""
    listed = words("acts")
    if level == 0:
        names = {family: listed.group_label(family, frame.language) for family in listed.groups}
        return groups_by(names, lambda family: (key for key, found in acts.items() if family in found))
    grave = {
        "grave": frame.say.word("statistics.column.acts.grave"),
        "rest": frame.say.word("statistics.column.acts.rest"),
    }
    held = {"grave": frozenset(GRAVE), "rest": frozenset(listed.groups) - frozenset(GRAVE)}
    return groups_by(grave, lambda name: (key for key, found in acts.items() if found & held[name]))


def merged_notes(row_level: int, column_level: int, frame: Frame, several: bool) -> Iterator[str]:
    """What was merged in a table of the world, and that something may be counted in several rows."""
    if several:
        yield frame.say.word("statistics.note.several")
    if row_level:
        yield frame.say.word("statistics.merged.rows")
    if column_level:
        yield frame.say.word("statistics.merged.some-columns")
