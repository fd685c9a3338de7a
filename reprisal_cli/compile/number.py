"""Numbers: paragraphs, headings, footnotes; then the references that had to wait for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.sentences import join_text
from reprisal_cli.compile.tree import (
    Block,
    Cell,
    Cross,
    Heading,
    Inline,
    Note,
    Para,
    Part,
    Picture,
    Places,
    Report,
    Table,
    Text,
    map_inlines,
    walk_inlines,
)
from reprisal_cli.diagnostic import Diagnostic, Location, Span
from reprisal_cli.rule import error

B = TypeVar("B", Para, Block)

NOWHERE = error("RC602", "case-not-in-edition")
RULES = (NOWHERE,)


class Place(Struct, frozen=True):
    """A numbered paragraph: its part, its number, its bookmark."""

    part: str
    number: int
    id: str


def number(report: Report, frame: Frame, elsewhere: tuple[Inline, ...] = ()) -> tuple[Report, list[Diagnostic]]:
    """The finished tree, with a diagnostic for each reference to a case that has no paragraph here; in an extract,
    `elsewhere` is printed for such a case instead."""
    numbered = _unique(replace(report, parts=tuple(_part(part) for part in report.parts)))
    places = _places(numbered)
    labels = {part.key: part.label for part in numbered.parts}
    found: list[Diagnostic] = []
    notes = _Counter()

    def settle(block: Block) -> Block:
        def change(node: Inline) -> tuple[Inline, ...]:
            if isinstance(node, Places):
                node = replace(node, otherwise=node.otherwise or elsewhere)
                found.extend(_nowhere(node, places, block))
                return _place_text(node, places, labels, frame)
            return (node,)

        return _over(block, lambda cell: _count_notes(join_text(map_inlines(cell, change)), notes))

    # the summary is read first: notes count from it on
    summary = tuple(para for para in map(settle, numbered.front.summary) if isinstance(para, Para))
    front = replace(numbered.front, summary=summary)
    parts = tuple(replace(part, blocks=tuple(settle(block) for block in part.blocks)) for part in numbered.parts)
    return replace(numbered, parts=parts, front=front), found


class _Counter:
    """Counts footnotes through the document."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


# --- numbers --------------------------------------------------------------------------------------------------------


def _part(part: Part) -> Part:
    paragraph = item = 0
    counts = [0, 0, 0, 0]
    out: list[Block] = []
    for block in part.blocks:
        if isinstance(block, Heading) and block.labelled:
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            out.append(replace(block, label=_label(part, block.level, counts[block.level - 1])))
        elif isinstance(block, Para) and block.numbered:
            item = item + 1 if block.level else 0
            paragraph += 0 if block.level else 1
            out.append(replace(block, number=item if block.level else paragraph))
        else:
            out.append(block)
    return replace(part, blocks=tuple(out))


def _label(part: Part, level: int, count: int) -> str:
    """`I.`, `A.`, `1.` in the body; in an annex the sections of States are `1.`, `2.`."""
    if part.key != "main":
        return f"{count}." if level == 2 else ""
    return {1: f"{roman(count)}.", 2: f"{chr(64 + count)}.", 3: f"{count}."}.get(level, "")


def roman(value: int) -> str:
    """Roman numerals, as annexes and the report's sections have them."""
    out = ""
    for worth, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += sign * (value // worth)
        value %= worth
    return out


def _count_notes(cell: Cell, notes: _Counter) -> Cell:
    def change(node: Inline) -> tuple[Inline, ...]:
        if isinstance(node, Note) and not node.mark:
            return (replace(node, number=notes.next()),)
        return (node,)

    return map_inlines(cell, change) if any(isinstance(node, Note) for node in walk_inlines(cell)) else cell


def _over(block: Block, change: Callable[[Cell], Cell]) -> Block:
    """The block with each of its cells changed, in reading order."""
    if isinstance(block, Picture):
        caption = change(block.caption)
        return replace(block, caption=caption, numbers=_over_table(block.numbers, change))
    if isinstance(block, Table):
        return _over_table(block, change)
    return replace(block, inlines=change(block.inlines))


def _over_table(table: Table, change: Callable[[Cell], Cell]) -> Table:
    caption, head = change(table.caption), tuple(change(cell) for cell in table.head)
    rows = tuple(tuple(change(cell) for cell in row) for row in table.rows)
    return replace(table, caption=caption, head=head, rows=rows)


def _unique(report: Report) -> Report:
    """No id twice: two manuscripts may have names that differ only where a bookmark cannot."""
    seen = {part.id for part in report.parts}

    def own(block: B) -> B:
        name, count = block.id, 1
        while name in seen:
            count += 1
            name = f"{block.id[:35]}_x{count}"
        seen.add(name)
        return block if name == block.id else replace(block, id=name)

    front = replace(report.front, summary=tuple(own(para) for para in report.front.summary))
    parts = tuple(replace(part, blocks=tuple(own(block) for block in part.blocks)) for part in report.parts)
    return replace(report, front=front, parts=parts)


# --- places ---------------------------------------------------------------------------------------------------------


def _places(report: Report) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for part in report.parts:
        for block in part.blocks:
            if isinstance(block, Para) and block.numbered and not block.level:
                for case in block.cases:
                    found.setdefault(case, []).append(Place(part.key, block.number, block.id))
    return found


def _nowhere(node: Places, places: Mapping[str, list[Place]], block: Block) -> Iterator[Diagnostic]:
    if not node.otherwise and not any(case in places for case in node.cases):
        origin = block.origin
        line = Span(origin.line, 1, origin.line, 2) if origin.line else None
        location = Location(origin.file, origin.route or None, line)
        yield NOWHERE.at(
            location,
            "a text refers to a case that has no paragraph in this edition",
            "cite its earlier place: {ref SYMBOL}",
        )


def _place_text(
    node: Places, places: Mapping[str, list[Place]], labels: Mapping[str, str], frame: Frame
) -> tuple[Inline, ...]:
    """`annex I, paras. 42-43`, part by part; the annex paragraphs of a case stand for it where there are any."""
    by_part: dict[str, dict[int, str]] = {}
    for case in node.cases:
        mine = places.get(case, [])
        for place in mine if node.everywhere else [place for place in mine if place.part != "main"] or mine:
            by_part.setdefault(place.part, {})[place.number] = place.id
    if not by_part:
        return node.otherwise
    say = frame.say
    out: list[tuple[Inline, ...]] = []
    for key in (key for key in labels if key in by_part):
        paragraphs = say.say(
            f"place.paragraph.{'one' if len(by_part[key]) == 1 else 'many'}", numbers=_runs(by_part[key], frame)
        )
        if key == "main":
            out.append(paragraphs)
        else:
            roman_label = labels[key].rsplit(" ", 1)[-1]
            out.append(say.say("place.annex", number=roman_label, paragraphs=paragraphs))
    return say.joined(out)


def _runs(numbered: Mapping[int, str], frame: Frame) -> tuple[Inline, ...]:
    """Numbers with runs drawn together, each a reference that follows its paragraph."""
    runs: list[list[int]] = []
    for value in sorted(numbered):
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    parts: list[tuple[Inline, ...]] = []
    for run in runs:
        ends = [run[0]] if len(run) == 1 else [run[0], run[-1]]
        parts.append(_joined((Cross(numbered[value], f"{value}") for value in ends), frame.say.word("place.through")))
    return frame.say.listed(parts)


def _joined(parts: Iterable[Inline], separator: str) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for index, part in enumerate(parts):
        out += [Text(separator)] * bool(index)
        out.append(part)
    return tuple(out)
