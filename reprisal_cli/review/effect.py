"""What a change does to a report, by its two finished trees: paragraphs that are new, gone, reworded or renumbered, and
counts and tables that move. Paragraphs are called by their numbers and cases, never quoted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from itertools import groupby

from msgspec import Struct

from reprisal_cli.compile.tree import (
    Figure,
    Para,
    Part,
    Picture,
    Report,
    Table,
    Value,
    walk_inlines,
)
from reprisal_cli.protect.public import PublicCorpus
from reprisal_cli.review.unnumbered import cell, paragraph

_SHORT = 40
_LONG = 140
_MOST = 20


class _Place(Struct, frozen=True):
    """A paragraph in its document. `part` is what its part is called; `number` is 0 where it has none;
    `under` is then the last that has one before it, 0 at the start of a part."""

    part: str
    number: int
    case: str
    text: str
    under: int = 0

    @property
    def said(self) -> str:
        if self.number:
            where = f"{self.part}, para. {self.number}"
        else:
            where = f"{self.part}, under para. {self.under}" if self.under else self.part
        return f"{where} ({self.case})" if self.case else where


def effects(old: Report, new: Report) -> Iterator[str]:
    """A line for each thing that the change does; none where the reports say the same in the same places."""
    before, after = _places(old), _places(new)
    both = _paired(before, after)
    known, kept = {was for was, _ in both}, {now for _, now in both}
    parts = [{one.part for one in side.values()} for side in (before, after)]
    yield from _listed("new", [one for key, one in after.items() if key not in kept], parts[1] - parts[0])
    yield from _listed("gone", [one for key, one in before.items() if key not in known], parts[0] - parts[1])
    pairs = [(before[was], after[now]) for was, now in both]
    yield from _listed("reads otherwise", [now for was, now in pairs if was.text != now.text])
    yield from _renumbered(pairs)
    yield from _counts(old, new)
    yield from _tables(old, new)


def held_back(old: PublicCorpus, new: PublicCorpus) -> Iterator[str]:
    """Cases that are told no more, or told now, with the reason in words of the desk."""
    was, now = ({one.id: one.reason for one in public.held_back} for public in (old, new))
    yield from (f"held back now: {case} ({reason})" for case, reason in now.items() if case not in was)
    yield from (f"no longer held back: {case}" for case in was if case not in now)


def _paired(before: dict[str, _Place], after: dict[str, _Place]) -> list[tuple[str, str]]:
    """Paragraphs that are one, by their ids: those that say the same under one id; then those of a part and case that
    say the same under another (an item of a list moves up where one before it is gone); then those of one id."""
    both = {key: key for key, one in before.items() if key in after and one.text == after[key].text}
    came: dict[tuple[str, str, str], list[str]] = {}
    for key, one in after.items():
        if key not in both:
            came.setdefault((one.part, one.case, one.text), []).append(key)
    for key, one in before.items():
        if key not in both and (found := came.get((one.part, one.case, one.text))):
            both[key] = found.pop(0)
    taken = set(both.values())
    both |= {key: key for key in before if key not in both and key in after and key not in taken}
    return [(key, both[key]) for key in before if key in both]


def _places(report: Report) -> dict[str, _Place]:
    out: dict[str, _Place] = {}
    for part in report.parts:
        last = 0
        for block in part.blocks:
            if isinstance(block, Para):
                number = block.number if block.numbered and not block.level else 0
                last = number or last
                out[block.id] = _Place(_name(part), number, block.origin.case, paragraph(block.inlines), last)
    return out


def _name(part: Part) -> str:
    return part.label[:1].lower() + part.label[1:] or "body"


def _listed(what: str, places: list[_Place], whole: Set[str] = frozenset()) -> Iterator[str]:
    """A line for all of one kind; a part that came or went as a whole is told as one."""
    if places:
        said = Counter(f"{one.part} as a whole" if one.part in whole else one.said for one in places)
        names = [name if count == 1 or "whole" in name else f"{name} ({count} of them)" for name, count in said.items()]
        shown = "; ".join(names[:_MOST])
        more = f"; and {len(names) - _MOST} more" if len(names) > _MOST else ""
        yield f"{what}: {_many(len(places), 'paragraph')}: {shown}{more}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _renumbered(both: list[tuple[_Place, _Place]]) -> Iterator[str]:
    """Runs of paragraphs that move by the same step."""
    moved = [(was, now) for was, now in both if was.number and (was.part, was.number) != (now.part, now.number)]
    runs = groupby(moved, key=lambda pair: (pair[0].part, pair[1].part, pair[1].number - pair[0].number))
    for (old, new, _), run in runs:
        pairs = list(run)
        first, last = pairs[0], pairs[-1]
        there = f"{new}, " if new != old else ""
        if len(pairs) == 1:
            yield f"renumbered: {old}, para. {first[0].number} becomes {there}{first[1].number}"
        else:
            where = f"{old}, paras. {first[0].number}-{last[0].number}"
            yield f"renumbered: {where} become {there}{first[1].number}-{last[1].number}"


def _counts(old: Report, new: Report) -> Iterator[str]:
    """Figures that say something else, with the paragraphs where they are printed; of long ones (lists of places) only
    how many."""
    was, now, printed = _asked(old.figures), _asked(new.figures), _printed(new)
    changed = [key for key in was if key in now and was[key].text != now[key].text]
    long = 0
    found: dict[str, list[str]] = {}
    for key in changed:
        before, after = was[key].text, now[key].text
        if len(before) + len(after) <= _SHORT and was[key].query:
            line = f"{in_words(was[key].query)}: {before} becomes {after}"
            found.setdefault(line, []).append(printed.get(now[key].id, ""))
        else:
            long += 1
    for line, places in found.items():
        where = "; ".join(dict.fromkeys(place for place in places if place))
        yield f"count of {line}{f' ({where})' if where else ''}"
    if long:
        yield f"lists of places or States that change: {long}"
    came, went = len(now.keys() - was.keys()), len(was.keys() - now.keys())
    if came or went:
        yield f"figures that are new: {came}; gone: {went}"


def in_words(query: str) -> str:
    """A question of the manuscript, to be read: `cases, act travel-ban or raid-or-search`."""
    bare = _FILTER.sub("", query)
    said = _STEP.sub(lambda step: f", {step[1].replace('_', ' ')}{_values(step[2])}", bare)
    return said if len(said) <= _LONG else f"{said[: _LONG - 1]}\N{HORIZONTAL ELLIPSIS}"


def _values(listed: str | None) -> str:
    values = re.findall(r"\"([^\"]*)\"", listed or "")
    return f" {' or '.join(values)}" if values else ""


_FILTER = re.compile(r" \| (?:count|words|list)\b")
_STEP = re.compile(r"\.(\w+)(?:\(([^)]*)\))?")


def _printed(report: Report) -> dict[str, str]:
    """Where each figure is printed, by its key."""
    places = _places(report)
    return {
        node.figure: places[block.id].said
        for part in report.parts
        for block in part.blocks
        if isinstance(block, Para)
        for node in walk_inlines(block.inlines)
        if isinstance(node, Value) and node.figure
    }


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
        came, gone = (Counter(after) - Counter(before)).total(), (Counter(before) - Counter(after)).total()
        if came or gone:
            yield f"table {key[1]} in {key[0]}: {_differ(came, gone)}"


def _differ(came: int, gone: int) -> str:
    other = min(came, gone)
    said = [f"{_many(other, 'row')} {'reads' if other == 1 else 'read'} otherwise"] if other else []
    more = came - gone
    return ", ".join([*said, *([f"{_many(abs(more), 'row')} {'new' if more > 0 else 'gone'}"] if more else [])])


def _rows(report: Report) -> Iterator[tuple[tuple[str, int], list[str]]]:
    for part in report.parts:
        blocks = [block.numbers if isinstance(block, Picture) else block for block in part.blocks]
        tables = [block for block in blocks if isinstance(block, Table)]
        for number, table in enumerate(tables, 1):
            yield (
                (_name(part), number),
                [" | ".join(cell(one) for one in row) for row in table.rows],
            )
