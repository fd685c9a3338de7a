"""What a table of contents says, and how deep each heading is, in every output alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from reprisal_cli.compile.tree import Block, Cell, Front, Heading, Para, Part, Picture, Report, Table, text_of
from reprisal_cli.render.literal import clean

MAIN = "main"


class Entry(Struct, frozen=True):
    """One line of the contents: the title of an annex or a heading, with the paragraphs under it."""

    id: str
    depth: int
    label: str
    text: str
    annex: bool
    first: Para | None = None
    last: Para | None = None


def running_head(front: Front) -> str:
    """What stands at the head of each page but the first: the symbol; a paper without one has its title there."""
    return clean(front.symbol or front.title)


def front_texts(front: Front) -> dict[str, Any]:
    """The texts of the first page for a template, fit for any file."""
    texts = asdict(front)
    out: dict[str, Any] = {name: clean(text) for name, text in texts.items() if isinstance(text, str)}
    return {**out, "agenda_titles": [clean(title) for title in front.agenda_titles]}


def is_annex(part: Part) -> bool:
    """Whether a part is an annex, with a title and paragraph numbers of its own."""
    return part.key != MAIN


_NUMBER = re.compile(r"[\d.,%]*")


def number_columns(table: Table) -> tuple[bool, ...]:
    """Which columns stand at the end of their width, number under number. Where most columns after the first hold
    numbers alone, all do: a word among them ("not stated") stands for a number."""
    rest = range(1, len(table.widths))
    texts = {at: [text_of(row[at]) for row in table.rows] for at in rest}
    found = {at for at in rest if any(texts[at]) and all(map(_NUMBER.fullmatch, texts[at]))}
    return (False, *(at in found or 2 * len(found) > len(rest) for at in rest))


WIDE = 8
"""Columns of a table that is too wide for a page that stands. One of numbers needs half as much room."""


def is_wide(part: Part) -> bool:
    """Whether the pages of an annex lie on their side: it has a table with many columns."""
    return is_annex(part) and any(isinstance(block, Table) and _columns(block) >= WIDE for block in part.blocks)


def _columns(table: Table) -> float:
    return sum(0.5 if number else 1 for number in number_columns(table))


MOST_HEIGHT = 110.0
"""Millimetres of a table that is kept on one page: it has to fit even where the page lies on its side."""
LINE, SPACE = 3.9, 2.4
"""Millimetres of a line, and of what stands above and below the lines of a row."""
SIGNS = 110
"""Signs in a line of a table that stands, about."""


def stays_whole(table: Table) -> bool:
    """Whether a table is so short that no page should break it."""
    widths = [max(1.0, width * SIGNS) for width in table.widths]
    return sum(_lines(row, widths) * LINE + SPACE for row in (table.head, *table.rows)) <= MOST_HEIGHT


def _lines(row: tuple[Cell, ...], widths: list[float]) -> int:
    lengths = (len(text_of(cell)) / width for cell, width in zip(row, widths, strict=False))
    return max((int(length) + 1 for length in lengths), default=1)


def leads(part: Part) -> frozenset[str]:
    """The paragraphs that end in items, and lines without a number that end in a colon: one may not stand at the foot
    of a page without what it announces."""
    pairs = zip(part.blocks, part.blocks[1:], strict=False)
    return frozenset(
        one.id
        for one, after in pairs
        if isinstance(one, Para) and isinstance(after, Para) and not one.level and (after.level or _announces(one))
    )


def _announces(para: Para) -> bool:
    return not para.numbered and text_of(para.inlines).rstrip().endswith((":", "\N{FULLWIDTH COLON}"))


def table_notes(part: Part) -> frozenset[str]:
    """The paragraphs without a number right after a table: what a reader must know of it. No page parts them."""
    pairs = zip(part.blocks, part.blocks[1:], strict=False)
    return frozenset(
        after.id
        for one, after in pairs
        if isinstance(one, Table | Picture) and isinstance(after, Para) and not after.numbered and not after.level
    )


def after_tables(part: Part) -> frozenset[str]:
    """The numbered paragraphs right after a table: they need some air above."""
    pairs = zip(part.blocks, part.blocks[1:], strict=False)
    return frozenset(
        after.id
        for one, after in pairs
        if isinstance(one, Table | Picture) and isinstance(after, Para) and after.numbered
    )


def opens_page(report: Report) -> bool:
    """Whether the text begins on a page of its own: it does after a table of contents, which has one."""
    return report.front.contents and any(not is_annex(part) and part.blocks for part in report.parts)


def part_id(part: Part) -> str:
    """The anchor of a part."""
    return part.id or "part_" + "".join(sign if sign.isalnum() else "_" for sign in part.key)


def label_id(part: Part) -> str:
    """The anchor of the line with the label of an annex, above its title."""
    return (part_id(part) + "_label")[-40:]


def heading_line(part: Part, words: Mapping[str, str]) -> str:
    """The label and the title of an annex in one line, where a format has no line for each: `Annex I. New cases`."""
    return _line_of(part.label, part.title, words)


def entry_line(entry: Entry, words: Mapping[str, str]) -> str:
    """The same of a line of the contents; a heading has its full stop already."""
    if entry.annex:
        return _line_of(entry.label, entry.text, words)
    return f"{entry.label} {entry.text}".strip()


def _line_of(label: str, title: str, words: Mapping[str, str]) -> str:
    if not (label and title):
        return clean(label or title)
    return clean(words.get("annex-line", "{label} {title}").replace("{label}", label).replace("{title}", title))


def entries(report: Report, body: int, annex: int) -> tuple[Entry, ...]:
    """The lines of the contents: labelled headings down to level `body` in the body and `annex` in the annexes."""
    return tuple(entry for part in report.parts for entry in _part_entries(part, annex if is_annex(part) else body))


def _part_entries(part: Part, deepest: int) -> Iterator[Entry]:
    if is_annex(part):
        first, last = _range(part.blocks)
        yield Entry(part_id(part), 1, clean(part.label), clean(part.title), True, first, last)
    for at, block in enumerate(part.blocks):
        if isinstance(block, Heading) and block.labelled and block.level <= deepest:
            first, last = _range(_under(part.blocks, at))
            text = clean(text_of(block.inlines))
            yield Entry(block.id, block.level, clean(block.label), text, False, first, last)


def _under(blocks: tuple[Block, ...], at: int) -> tuple[Block, ...]:
    """The blocks between a heading and the next that is not below it."""
    heading = blocks[at]
    assert isinstance(heading, Heading)
    end = at + 1
    while end < len(blocks):
        block = blocks[end]
        if isinstance(block, Heading) and block.level <= heading.level:
            break
        end += 1
    return blocks[at + 1 : end]


def _range(blocks: tuple[Block, ...]) -> tuple[Para | None, Para | None]:
    numbered = [block for block in blocks if isinstance(block, Para) and block.numbered and block.level == 0]
    return (numbered[0], numbered[-1]) if numbered else (None, None)


def depths(part: Part) -> dict[str, int]:
    """The level of each heading in the whole document, 1 for the title of an annex, without a skipped level: readers
    of tagged files go from heading to heading by it."""
    annex = is_annex(part)
    out: dict[str, int] = {}
    above = [1] if annex else []  # the levels of the headings that the next may stand under
    for block in part.blocks:
        if isinstance(block, Heading):
            level = max(block.level, 2) if annex else block.level
            above = [*(one for one in above if one < level), level]
            out[block.id] = len(above)
    return out
