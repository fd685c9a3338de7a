"""Three versions of a case file -> one, where both edits can be kept with certainty.

git merges lines: two people who each add an entry to the end of one list always meet there. Here the entries of a list
are merged as entries: what each side added, took out or changed is done to the base, and text is moved as it stands,
with its comments. What is not certain is left to git and its conflict marks, so that nothing is lost in silence:

* Both added entries at one place: ours, then theirs; by their dates where both lists have them in order.
* Both gave one reference to two things (`r3`): theirs becomes the next that is free, wherever their file says it.
* One entry, or one key, changed in two ways: its lines are merged as git does; where they touch, it is a conflict.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from reprisal_cli.parse import parse
from reprisal_cli.review.diff3 import merge as merge_lists
from reprisal_cli.review.renumber import renumbered
from reprisal_cli.review.told import Data

_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):(?= |\n|$)")
_DASH = re.compile(r"( *)- ")
LISTS = frozenset(
    {"persons", "cooperation", "acts", "sources", "un_actions", "responses", "measures", "developments"}
    | {"reports", "signoffs", "history"}
)


class Entry(Struct, frozen=True):
    """An entry of a list as it stands in the file: its lines, with the comments above it, and what it says."""

    text: str
    says: str
    ref: str = ""
    date: str = ""


class Section(Struct, frozen=True):
    """One key of a file: its lines, and the entries where it is a list in lines. `head` is what stands before them."""

    text: str
    head: str = ""
    entries: tuple[Entry, ...] | None = None


def merge(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """The merged file, or None where that is not certain."""
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    theirs_now = renumbered(base, ours, theirs)
    if theirs_now is None:
        return None
    parts = [_sections(raw) for raw in (base, ours, theirs_now)]
    if any(part is None for part in parts):
        return None
    old, mine, other = (part or {} for part in parts)
    order = _order(list(old), list(mine), list(other))
    merged = [_section(*(part.get(key) for part in (old, mine, other))) for key in order]
    if any(one is None for one in merged):
        return None
    out = "".join(one or "" for one in merged).encode("utf-8")
    return out if _whole(out, ours) else None


def _whole(merged: bytes, ours: bytes) -> bool:
    """Whether what came out can be read, and no reference in it stands for two things."""
    found = parse(merged, "")
    if found.diagnostics or found.data is None:
        return False
    for key in LISTS & set(found.data):
        entries = found.data[key]
        refs = [one["ref"] for one in entries if isinstance(one, dict) and "ref" in one]
        if len(refs) != len(set(map(str, refs))):
            return False
    return found.data.get("id") == (parse(ours, "").data or {}).get("id")


# --- a file in sections ---------------------------------------------------------------------------------------------


def _sections(raw: bytes) -> dict[str, Section] | None:
    """The keys of a file in their order, with all of its lines; comments belong to what follows them. Under the empty
    key is what stands after the last."""
    data = parse(raw, "").data
    if data is None or parse(raw, "").diagnostics or b"\r" in raw:
        return None
    lines = raw.decode("utf-8").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = [at for at, line in enumerate(lines) if _KEY.match(line)]
    names = [match[1] for at in starts if (match := _KEY.match(lines[at]))]
    if names != list(data):
        return None
    firsts = [_up(lines, at, 0) for at in starts]
    out: dict[str, Section] = {}
    for number, name in enumerate(names):
        stop = firsts[number + 1] if number + 1 < len(names) else len(lines)
        own = lines[(0 if number == 0 else firsts[number]) : stop]
        out[name] = _listed(own, data[name]) if name in LISTS else Section("".join(own))
    return out


def _up(lines: Sequence[str], at: int, least: int) -> int:
    """The first of the comments and blank lines that stand directly above a line."""
    while at > least and (not lines[at - 1].strip() or lines[at - 1].startswith("#")):
        at -= 1
    return at


def _listed(lines: list[str], value: Any) -> Section:
    text = "".join(lines)
    head = next((at for at, line in enumerate(lines) if _KEY.match(line)), 0)
    dash = next((match for line in lines[head + 1 :] if (match := _DASH.match(line))), None)
    if dash is None or not isinstance(value, list):
        return Section(text)
    starts = [at for at in range(head + 1, len(lines)) if lines[at].startswith(f"{dash[1]}- ")]
    if len(starts) != len(value):
        return Section(text)
    firsts = [_comments(lines, at, head + 1) for at in starts]
    stops = [*firsts[1:], len(lines)]
    entries = tuple(_entry("".join(lines[a:b]), one) for a, b, one in zip(firsts, stops, value, strict=True))
    return Section(text, "".join(lines[: firsts[0]]), entries)


def _comments(lines: Sequence[str], at: int, least: int) -> int:
    while at > least and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")):
        at -= 1
    return at


def _entry(text: str, value: Any) -> Entry:
    data: Data = value if isinstance(value, dict) else {}
    date = data.get("date")
    return Entry(
        text, json.dumps(value, sort_keys=True), str(data.get("ref", "")), date if isinstance(date, str) else ""
    )


def _order(old: list[str], mine: list[str], other: list[str]) -> list[str]:
    """The keys of ours, each that only theirs has behind the one that it follows there."""
    out = list(mine)
    for at, key in enumerate(other):
        if key not in out and key not in old:
            before = [one for one in other[:at] if one in out]
            out.insert(out.index(before[-1]) + 1 if before else 0, key)
    return [*out, *(key for key in old if key not in out and key in other)]


# --- one section of three -------------------------------------------------------------------------------------------


def _section(old: Section | None, mine: Section | None, other: Section | None) -> str | None:
    """The merged lines; empty for what was taken out; None where that is not certain."""
    texts = [one.text if one else "" for one in (old, mine, other)]
    if texts[1] == texts[2] or texts[2] == texts[0]:
        return texts[1]
    if texts[1] == texts[0]:
        return texts[2]
    if not texts[1] or not texts[2]:
        return None  # taken out here, changed there
    if mine and other and mine.entries is not None and other.entries is not None:
        before = old.entries if old else ()
        if before is not None:
            return _lists(before, mine, other, old.head if old else "")
    return _lines(*texts) if old else None


def _lines(old: str, mine: str, other: str) -> str | None:
    merged = merge_lists(*(one.splitlines(keepends=True) for one in (old, mine, other)))
    return None if merged is None else "".join(merged)


def _lists(before: tuple[Entry, ...], mine: Section, other: Section, head: str) -> str | None:
    assert mine.entries is not None
    assert other.entries is not None
    top = mine.head if mine.head == other.head or other.head == head else other.head if mine.head == head else None
    if top is None or len({_indent(one) for one in (*mine.entries, *other.entries)}) > 1:
        return None
    ours, theirs = _followed(before, mine.entries), _followed(before, other.entries)
    if ours is None or theirs is None:
        return None
    out = _came(ours[-1], theirs[-1])
    for at, one in enumerate(before):
        kept = _kept(one, ours[at][0], theirs[at][0])
        came = _came(ours[at][1:], theirs[at][1:])
        if out is None or kept is None or came is None:
            return None
        out += [*([kept] if kept.text else []), *came]
    return top + "".join(one.text for one in out) if out else None


def _indent(one: Entry) -> str:
    line = next(line for line in one.text.splitlines() if _DASH.match(line))
    return line[: len(line) - len(line.lstrip())]


_GONE = Entry("", "")


def _followed(before: tuple[Entry, ...], side: tuple[Entry, ...]) -> dict[int, list[Entry]] | None:
    """A side's entries by the entry of the base behind which they stand (-1: none), that entry itself first (`_GONE` if
    the side took it out). None where the side put the base in another order."""
    places = _places(before, side)
    found = [place for place in places if place is not None]
    if found != sorted(found) or len(found) != len(set(found)):
        return None
    out: dict[int, list[Entry]] = {-1: []}
    out |= {at: [_GONE] for at in range(len(before)) if at not in found}
    here = -1
    for one, place in zip(side, places, strict=True):
        if place is None:
            out[here].append(one)
        else:
            here = place
            out[here] = [one]
    return out


def _places(before: tuple[Entry, ...], side: tuple[Entry, ...]) -> list[int | None]:
    """Which entry of the base each of a side's is: that of its reference, else the next that says the same; of those
    between the same neighbours, as many as there are on both, one that was changed."""
    refs = {one.ref: at for at, one in enumerate(before) if one.ref}
    out: list[int | None] = []
    taken: set[int] = set()
    for one in side:
        same = (at for at, old in enumerate(before) if at not in taken and not old.ref and old.says == one.says)
        place = refs.get(one.ref) if one.ref else next(same, None)
        if place is not None:
            taken.add(place)
        out.append(place)
    left = [at for at, old in enumerate(before) if at not in taken and not old.ref]
    for at, one in enumerate(side):
        if out[at] is None and not one.ref:
            low = max((place for place in out[:at] if place is not None), default=-1)
            high = min((place for place in out[at + 1 :] if place is not None), default=len(before))
            if fit := [place for place in left if low < place < high]:
                out[at] = fit[0]
                left.remove(fit[0])
    return out


def _kept(old: Entry, mine: Entry | None, other: Entry | None) -> Entry | None:
    """One entry of the base as both sides left it; None where they do not agree."""
    mine, other = mine or _GONE, other or _GONE
    if mine.text == other.text or other.text == old.text:
        return mine
    if mine.text == old.text:
        return other
    if not mine.text or not other.text:
        return None
    text = _lines(old.text, mine.text, other.text)
    return None if text is None else Entry(text, "", old.ref, old.date)


def _came(mine: list[Entry], other: list[Entry]) -> list[Entry] | None:
    """What both sides added at one place: what both added alike once; by date where both are in order. None where they
    added one entry with different comments."""
    texts = {one.says: one.text for one in mine}
    if any(texts.get(one.says, one.text) != one.text for one in other):
        return None
    more = [one for one in other if one.says not in texts]
    both = [*mine, *more]
    dated = all(one.date for one in both)
    rising = all(side == sorted(side) for side in ([one.date for one in mine], [one.date for one in more]))
    return sorted(both, key=lambda one: one.date) if dated and rising else both
