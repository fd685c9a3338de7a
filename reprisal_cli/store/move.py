"""An entry of a mapping that moves above another one, in lines or in braces, with the comments that stand over it.

Stretches of the text change places and nothing else is touched; `edit.py` reads what came out and takes it only if it
says the same in the new order. Where it cannot be known to what a comment belongs, nothing is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_BETWEEN = re.compile(r"\s*,\s*\Z")
_REMARK = re.compile(r"\s*(?:#.*)?\Z")


class Entry(NamedTuple):
    """An entry of a mapping: where its key starts in the text, and where its value ends."""

    key: str
    start: int
    end: int


def reordered(text: str, entries: Sequence[Entry], order: Sequence[str]) -> Iterator[str]:
    """The text with the entries of one mapping, all of them, in another order."""
    places = [next(at for at, entry in enumerate(entries) if entry.key == key) for key in order]
    yield from _in_braces(text, entries, places)
    yield from _in_lines(text, entries, places)


def _in_braces(text: str, entries: Sequence[Entry], places: Sequence[int]) -> Iterator[str]:
    """{b: 1, a: 2}: the entries change places, the commas stay."""
    own = [text[entry.start : entry.end] for entry in entries]
    between = [text[one.end : other.start] for one, other in pairwise(entries)]
    if all(map(_BETWEEN.match, between)):
        middle = "".join(f"{own[at]}{gap}" for at, gap in zip(places, [*between, ""], strict=True))
        yield text[: entries[0].start] + middle + text[entries[-1].end :]


def _in_lines(text: str, entries: Sequence[Entry], places: Sequence[int]) -> Iterator[str]:
    """An entry has a line or more, and the blank lines and comments above it. The first may stand after a dash."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    rows = [_row(starts, entry.start) for entry in entries]
    column = entries[0].start - starts[rows[0]]
    lead, indent = lines[rows[0]][:column], " " * column
    heads = [rows[0], *(_head(lines, row, above, column) for above, row in pairwise(rows))]
    end = _tail(lines, rows[-1], _row(starts, max(entries[-1].end - 1, entries[-1].start)), column)
    own = ["".join(lines[first:last]) for first, last in pairwise([*heads, end + 1])]
    if len(set(rows)) < len(rows) or not own[-1].endswith("\n"):
        return
    own[0] = indent + own[0][column:]
    if places[0] != 0 and (heads[places[0]] != rows[places[0]] if lead.strip() else _remark(lines, rows[0])):
        return  # whose comment that is cannot be known once another entry stands first
    first, *others = [own[at] for at in places]
    first = lead + first[column:] if lead.strip() else first
    yield "".join([*lines[: rows[0]], first, *others, *lines[end + 1 :]])


def _remark(lines: Sequence[str], row: int) -> bool:
    """Whether the line above a row is a comment."""
    return row > 0 and lines[row - 1].lstrip().startswith("#")


def _row(starts: Sequence[int], offset: int) -> int:
    return next(at for at in range(len(starts) - 1, -1, -1) if starts[at] <= offset)


def _head(lines: Sequence[str], row: int, above: int, column: int) -> int:
    """The first of the lines that belong to an entry: with the blank ones above it, and the comments that do not stand
    further in, which are the entry's before."""
    while row - 1 > above and _REMARK.match(lines[row - 1].rstrip("\r\n")):
        line = lines[row - 1].rstrip("\r\n")
        if line.strip() and len(line) - len(line.lstrip()) > column:
            break
        row -= 1
    return row


def _tail(lines: Sequence[str], first: int, last: int, column: int) -> int:
    """The last line of the last entry: without the blank lines and comments below it, but for those further in."""
    last = min(last, len(lines) - 1)
    while last > first and _REMARK.match(lines[last].rstrip("\r\n")):
        last -= 1
    while last + 1 < len(lines) and (below := lines[last + 1].lstrip(" ")).startswith("#"):
        if len(lines[last + 1]) - len(below) <= column:
            break
        last += 1
    return last
