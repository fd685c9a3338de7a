"""Edited words laid over drafted source: the new source, and what could not be taken over.

A reference whose words are as they were stays what it was in the source. Words that came out of the data and were
changed are refused: the reference stays, and the change is told.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.review.align import Face, Op, align
from reprisal_cli.review.word_tokens import BREAK, Token, trimmed
from reprisal_cli.review.word_written import patched, says, written


class Refused(Struct, frozen=True):
    """Words out of the data that were changed: the reference, what it printed, and what stands there now."""

    source: str
    old: str
    new: str


class Laid(Struct, frozen=True):
    """What came of it: the source (None if it cannot be written with certainty), and what was refused."""

    source: str | None
    refused: tuple[Refused, ...] = ()


def lay(source: str, old: Sequence[Token], new: Sequence[Token], manuscript: bool) -> Laid:
    """The source with the edits that lead from its words to the new ones."""
    wanted, refused = _take(trimmed(old), trimmed(new))
    wanted = trimmed(wanted)
    before = written(trimmed(old), escape=False)
    for escape in (False, True):
        after = written(wanted, escape)
        for candidate in (patched(source, before, after), after):
            if says(candidate, wanted, manuscript):
                return Laid(candidate, tuple(refused))
    return Laid(None, tuple(refused))


def same(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether two lines say the same in the same dress. Links of what came out of the data are made by the program."""
    one, other = ([token for token in trimmed(side) if token.text or token.note is not None] for side in (old, new))
    return len(one) == len(other) and all(_alike(a, b) for a, b in zip(one, other, strict=True))


def _alike(old: Token, new: Token) -> bool:
    if (old.note is None) != (new.note is None):
        return False
    if old.note is not None and new.note is not None:
        return same(old.note, new.note)
    if old.field or new.field:
        return old.field == new.field
    if old.text != new.text or (old.text != " " and old.emphasis != new.emphasis):
        return False
    return old.unit >= 0 or old.text == " " or old.link == new.link


# --- which words stay, come, go -------------------------------------------------------------------------------------


def _take(old: list[Token], new: list[Token]) -> tuple[list[Token], list[Refused]]:
    """The tokens that should be in the source."""
    pairs = _notes(old, new)
    keys = [("gone", at) if token.alone else _key(token, pairs[0].get(at)) for at, token in enumerate(old)]
    others = [("new", at) if token.alone else _key(token, pairs[1].get(at)) for at, token in enumerate(new)]
    ops = list(_opcodes(old, new, SequenceMatcher(None, keys, others, autojunk=False).get_opcodes()))
    broken = _broken(old, ops)
    out: list[Token] = []
    refused: list[Refused] = []
    for op, a, b, c, d in ops:
        touched = sorted({token.unit for token in old[a:b] if token.unit in broken})
        beside = sorted({token.unit for token in (*old[a - 1 : a], *old[b : b + 1]) if token.unit in broken})
        if op == "equal":
            for one, other in zip(old[a:b], new[c:d], strict=True):
                kept, more = _kept(one, other)
                out.append(kept)
                refused += more
            refused += _redressed(old[a:b], new[c:d])
        elif touched or beside:
            first = (touched or beside)[0]
            source = next(token.source for token in old if token.unit == first)
            refused.append(Refused(source, _said(old[a:b]), _said(new[c:d])))
            out += old[a:b]
        else:
            out += [token for token in old[a:b] if token.unit >= 0 and not token.text and token.note is None]
            out += new[c:d]
    return out, refused


def _opcodes(old: Sequence[Token], new: Sequence[Token], ops: Sequence[Op]) -> Iterator[Op]:
    """difflib's; a line that is gone is deleted whole and one that is new comes whole, at one place or not."""
    for op, a, b, c, d in ops:
        if op != "replace":
            yield op, a, b, c, d
        elif _alone(old[a:b]) or _alone(new[c:d]):
            yield "delete", a, b, c, c
            yield "insert", b, b, c, d
        else:
            first, last = _whole_lines(old, a, b)
            if a < first:
                yield "delete", a, first, c, c
            yield "replace", first, last, c, d
            if last < b:
                yield "delete", last, b, d, d


def _whole_lines(old: Sequence[Token], a: int, b: int) -> tuple[int, int]:
    """What is left of a stretch without the lines that are gone at its start, with the ends of paragraphs after them,
    and at its end, with those before them: they are not what stands in the place of its words."""
    first, last = a, b
    for at in range(a, b):
        if not _alone(old[at : at + 1]):
            break
        first = at + 1 if old[at].text == BREAK else first
    for at in range(b - 1, first, -1):
        if not _alone(old[at : at + 1]):
            break
        last = at if old[at].text == BREAK else last
    return first, last


def _alone(tokens: Sequence[Token]) -> bool:
    return all(token.alone or token.text == BREAK for token in tokens)


def _key(token: Token, note: int | None) -> Hashable:
    if token.note is not None:
        return ("note", note)
    if token.field:
        return ("field", token.field)
    if not token.text:
        return ("nothing", token.unit)
    return token.text


def _broken(old: Sequence[Token], ops: Sequence[Op]) -> set[int]:
    """The references of which some words stayed and some did not, or that have words of somebody else in them or in
    their place. One that went as a whole, with nothing for it, was deleted on purpose."""
    state: dict[int, set[str]] = {}
    for op, a, b, _, _ in ops:
        for token in old[a:b]:
            if token.unit >= 0 and (token.text or token.note is not None):
                state.setdefault(token.unit, set()).add(op)
        if op == "insert" and 0 < a < len(old) and old[a].unit == old[a - 1].unit >= 0:
            state.setdefault(old[a].unit, set()).add("replace")
    return {unit for unit, seen in state.items() if seen not in ({"equal"}, {"delete"})}


def _kept(old: Token, new: Token) -> tuple[Token, list[Refused]]:
    """A token that is in both: its note with its own edits, its dress the new one."""
    if old.note is not None and new.note is not None:
        if old.unit >= 0:
            changed = not same(old.note, new.note)
            return old, [Refused(old.source, _said(old.note), _said(new.note))] if changed else []
        inner, refused = _take(trimmed(old.note), trimmed(new.note))
        return replace(old, note=tuple(inner)), refused
    if old.unit >= 0:
        return old, []
    if old.text == BREAK:
        return old, []
    return replace(new, unit=-1), []


def _redressed(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Refused]:
    """Words out of the data that are in italics now, or are no more."""
    for _, both in groupby(zip(old, new, strict=True), key=lambda pair: pair[0].unit):
        words = [
            (one, other.emphasis)
            for one, other in both
            if one.unit >= 0 and one.text not in ("", " ") and not one.field and one.emphasis != other.emphasis
        ]
        if words:
            said = " ".join(one.text for one, _ in words)
            yield Refused(words[0][0].source, said, f"{said} ({'' if words[0][1] else 'not '}in italics)")


def _notes(old: Sequence[Token], new: Sequence[Token]) -> tuple[dict[int, int], dict[int, int]]:
    """Which notes stand for each other, by their places."""
    sides = [[at for at, token in enumerate(tokens) if token.note is not None] for tokens in (old, new)]
    faces = [
        [Face("note", "", _said(tokens[at].note or ())) for at in side]
        for tokens, side in zip((old, new), sides, strict=True)
    ]
    known: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for number, (a, b) in enumerate(align(faces[0], faces[1])):
        if a is not None:
            known[0][sides[0][a]] = number
        if b is not None:
            known[1][sides[1][b]] = number
    return known


def _said(tokens: Sequence[Token]) -> str:
    return "".join(f"[{_said(token.note)}]" if token.note is not None else token.text for token in tokens).strip()
