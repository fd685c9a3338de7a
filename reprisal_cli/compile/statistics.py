"""The statistical annex: persons by State, gender and kind of act, under the rule of small numbers."""

from __future__ import annotations

from collections.abc import Sequence

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.tree import Block, Cell, Figure, Inline, Origin, Para, Table, Text, Value
from reprisal_cli.protect.public import Counted
from reprisal_cli.protect.small_numbers import OTHERS, Column, Dimension, Grid, number_of, safe_grids
from reprisal_cli.register.words import words


def dimensions() -> tuple[Dimension, ...]:
    """What the tables break persons down by, from fine columns to coarse ones. Each has two dimensions at most."""
    return (
        Dimension("gender", lambda person: frozenset({person.gender}), _GENDER_LEVELS),
        Dimension("acts", _act_groups, _act_levels()),
    )


def _columns(**holds: Sequence[str]) -> tuple[Column, ...]:
    return tuple(Column(key, frozenset(members)) for key, members in holds.items())


_GENDER_LEVELS = (
    tuple(Column(word, frozenset({word})) for word in ("female", "male", "other", "mixed", "not-stated")),
    _columns(female=["female"], male=["male"], rest=["other", "mixed", "not-stated"]),
    _columns(female=["female"], rest=["male", "other", "mixed", "not-stated"]),
)
_NOT_PEOPLE = frozenset({"organization", "institution"})
_GRAVE = frozenset({"life-and-integrity", "liberty"})


def _act_groups(person: Counted) -> frozenset[str]:
    listed = words("acts")
    return frozenset(group for act in person.acts if (group := listed.group(act)) is not None)


def _act_levels() -> tuple[tuple[Column, ...], ...]:
    groups = tuple(words("acts").groups)
    fine = tuple(Column(group, frozenset({group})) for group in groups)
    coarse = (Column("grave", _GRAVE), Column("rest", frozenset(groups) - _GRAVE))
    return fine, coarse


def statistics_blocks(persons: Sequence[Counted], frame: Frame) -> tuple[list[Block], list[Figure]]:
    """The blocks of the annex with the proof of its totals; nothing where no number can be given in safety."""
    counted = [person for person in persons if person.count.number and person.kind not in _NOT_PEOPLE]
    grids = safe_grids(counted, dimensions()) if counted else ()
    if not grids:
        return [], []
    cases = tuple(dict.fromkeys(person.case for person in counted))
    total = Figure("s1", f"{number_of(counted)}", "persons of known number", cases)
    blocks: list[Block] = [_intro(total, frame)]
    for grid in grids:
        blocks.append(_table(grid, frame))
        blocks += _explanation(grid, frame)
    return blocks, [total]


def _intro(total: Figure, frame: Frame) -> Para:
    sentence = frame.say.say("statistics.intro", number=(Value(total.text, total.id),))
    return Para("st_intro", sentence, origin=Origin(generated=True))


def _table(grid: Grid, frame: Frame) -> Table:
    head: list[Cell] = [_text(frame.say.word("statistics.state"))]
    head += [_text(_column_name(grid, column, frame)) for column in grid.columns]
    head.append(_text(frame.say.word("statistics.total")))
    order = [*frame.in_order(row for row in grid.rows if row != OTHERS), *[OTHERS] * (OTHERS in grid.rows)]
    rows = []
    for row in order:
        index = grid.rows.index(row)
        numbers = (*grid.cells[index], grid.totals[index])
        rows.append((_text(_row_name(row, grid, frame)), *(_text(f"{number}") for number in numbers)))
    rest = 0.7 / (len(head) - 1)
    caption = frame.say.say(f"statistics.caption.{grid.dimension}")
    widths = (0.3, *[rest] * (len(head) - 1))
    return Table(f"st_{grid.dimension}", tuple(head), tuple(rows), widths, caption, Origin(generated=True))


def _text(text: str) -> Cell:
    return (Text(text),)


def _row_name(row: str, grid: Grid, frame: Frame) -> str:
    if row == OTHERS and not grid.merged:
        return frame.say.word("statistics.no-state")
    if row == OTHERS:
        return frame.say.text("statistics.others", count=f"{len(grid.merged)}")
    return frame.state(row)


def _column_name(grid: Grid, column: Column, frame: Frame) -> str:
    if column.key in ("rest", "grave"):
        return frame.say.word(f"statistics.column.{grid.dimension}.{column.key}")
    if grid.dimension == "gender":
        return _capital(frame.label("genders", column.key))
    return words("acts").group_label(column.key, frame.language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _explanation(grid: Grid, frame: Frame) -> list[Para]:
    """What was merged and why: a reader must know what a row holds, and that nothing was left out."""
    sentences: list[Inline] = []
    if grid.dimension == "acts" and grid.columns:
        sentences += frame.say.say("statistics.note.acts")
    if grid.merged:
        sentences += [Text(" ")] * bool(sentences)
        names = frame.say.listed(frame.state(code) for code in frame.in_order(grid.merged))
        sentences += frame.say.say("statistics.merged.states", states=names)
    if grid.level:
        sentences += [Text(" ")] * bool(sentences)
        sentences += frame.say.say("statistics.merged.columns" if grid.columns else "statistics.merged.all")
    if not sentences:
        return []
    return [Para(f"st_{grid.dimension}_note", tuple(sentences), numbered=False, origin=Origin(generated=True))]
