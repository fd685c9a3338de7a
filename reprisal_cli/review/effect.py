"""What a change does to a report, by its two finished trees: paragraphs that are new, gone, reworded or renumbered, and
counts and tables that move. Paragraphs are called by their numbers and cases, never quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reprisal_cli.compile.tree import (
    Cross,
    Figure,
    Inline,
    Note,
    Para,
    Picture,
    Report,
    Table,
    map_inlines,
    text_of,
    walk_inlines,
)
from reprisal_cli.protect.public import PublicCorpus

_SHORT = 40
_POINTER = re.compile(r"\bparas?\.[ \d,;–-]*(?:and )?|[\s,;–-]+|\band\b")
"""What stands around those numbers in a note."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph in its document. `part` is what its part is called; `number` is 0 where it has none."""

    part: str
    number: int
    case: str
    text: str

    @property
    def said(self) -> str:
        where = f"{self.part}, para. {self.number}" if self.number else self.part
        return f"{where} ({self.case})" if self.case else where


def effects(old: Report, new: Report) -> Iterator[str]:
    """A line for each thing that the change does; none where the reports say the same in the same places."""
    before, after = _places(old), _places(new)
    yield from _listed("new", [after[key] for key in after if key not in before])
    yield from _listed("gone", [before[key] for key in before if key not in after])
    both = [(before[key], after[key]) for key in before if key in after]
    yield from _listed("reads otherwise", [now for was, now in both if was.text != now.text])
    yield from _renumbered(both)
    yield from _counts(old.figures, new.figures)
    yield from _tables(old, new)


def held_back(old: PublicCorpus, new: PublicCorpus) -> Iterator[str]:
    """Cases that are told no more, or told now, with the reason in words of the desk."""
    was, now = ({one.id: one.reason for one in public.held_back} for public in (old, new))
    yield from (f"held back now: {case} ({reason})" for case, reason in now.items() if case not in was)
    yield from (f"no longer held back: {case}" for case in was if case not in now)


def _places(report: Report) -> dict[str, _Place]:
    return {
        block.id: _Place(
            part.label[:1].lower() + part.label[1:] or "body",
            block.number if block.numbered and not block.level else 0,
            block.origin.case,
            _words(block.inlines),
        )
        for part in report.parts
        for block in part.blocks
        if isinstance(block, Para)
    }


def _words(inlines: tuple[Inline, ...]) -> str:
    """What a text says, without the numbers of paragraphs to which it points: they move with every paragraph more."""
    notes = [node for node in walk_inlines(inlines) if isinstance(node, Note)]
    return " ".join([_unnumbered(inlines), *(_POINTER.sub(" ", _unnumbered(one.children)) for one in notes)])


def _unnumbered(inlines: tuple[Inline, ...]) -> str:
    return text_of(map_inlines(inlines, lambda node: () if isinstance(node, Cross | Note) else (node,)))


def _listed(what: str, places: list[_Place]) -> Iterator[str]:
    if places:
        shown = "; ".join(one.said for one in places[:20])
        more = f"; and {len(places) - 20} more" if len(places) > 20 else ""
        yield f"{what}: {len(places)} paragraph{'s' if len(places) > 1 else ''}: {shown}{more}"


def _renumbered(both: list[tuple[_Place, _Place]]) -> Iterator[str]:
    """Runs of paragraphs that move by the same step."""
    moved = [(was, now) for was, now in both if was.number and (was.part, was.number) != (now.part, now.number)]
    runs = groupby(moved, key=lambda pair: (pair[0].part, pair[1].part, pair[1].number - pair[0].number))
    for (old, new, _), run in runs:
        pairs = list(run)
        first, last = pairs[0], pairs[-1]
        where = f"{old}, paras. {first[0].number}-{last[0].number}"
        yield f"renumbered: {where} become {f'{new}, ' if new != old else ''}{first[1].number}-{last[1].number}"


def _counts(old: tuple[Figure, ...], new: tuple[Figure, ...]) -> Iterator[str]:
    """Figures that say something else; of long ones (lists of places) only how many."""
    was, now = _asked(old), _asked(new)
    changed = [key for key in was if key in now and was[key].text != now[key].text]
    long = 0
    for key in changed:
        before, after = was[key].text, now[key].text
        if len(before) + len(after) <= _SHORT and was[key].query:
            yield f"count: {was[key].query}: {before} becomes {after}"
        else:
            long += 1
    if long:
        yield f"lists of places or States that change: {long}"
    came, went = len(now.keys() - was.keys()), len(was.keys() - now.keys())
    if came or went:
        yield f"figures that are new: {came}; gone: {went}"


def _asked(figures: tuple[Figure, ...]) -> dict[tuple[str, int], Figure]:
    """Figures by their question, and which of several of one question."""
    seen: dict[str, int] = {}
    out: dict[tuple[str, int], Figure] = {}
    for one in figures:
        seen[one.query] = seen.get(one.query, 0) + 1
        out[one.query, seen[one.query]] = one
    return out


def _tables(old: Report, new: Report) -> Iterator[str]:
    was, now = (dict(_rows(report)) for report in (old, new))
    for key in dict.fromkeys([*was, *now]):
        before, after = was.get(key, []), now.get(key, [])
        differ = len([one for one in after if one not in before]) + len([one for one in before if one not in after])
        if differ:
            yield f"table in {key[0]}, number {key[1]}: {differ} rows differ"


def _rows(report: Report) -> Iterator[tuple[tuple[str, int], list[str]]]:
    for part in report.parts:
        blocks = [block.numbers if isinstance(block, Picture) else block for block in part.blocks]
        tables = [block for block in blocks if isinstance(block, Table)]
        for number, table in enumerate(tables, 1):
            name = part.label[:1].lower() + part.label[1:] or "body"
            yield (
                (name, number),
                [" | ".join(_POINTER.sub(" ", _unnumbered(cell)) for cell in row) for row in table.rows],
            )
