"""Edited words laid over drafted source: the new source, and what could not be taken over.

A reference whose words are as they were stays what it was in the source. Words that came out of the data and were
changed are refused: the reference stays, and the change is told.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from reprisal_cli.review.align import Face, Op, align
from reprisal_cli.review.word_tokens import BREAK, Token, parsed, plain_beside, trimmed

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_ESCAPE = re.compile(r"[*{\[^\\]")


@dataclass(frozen=True, slots=True)
class Refused:
    """Words out of the data that were changed: the reference, what it printed, and what stands there now."""

    source: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Laid:
    """What came of it: the source (None if it cannot be written with certainty), and what was refused."""

    source: str | None
    refused: tuple[Refused, ...] = ()


def lay(source: str, old: Sequence[Token], new: Sequence[Token], manuscript: bool) -> Laid:
    """The source with the edits that lead from its words to the new ones."""
    wanted, refused = _take(trimmed(old), trimmed(new))
    wanted = trimmed(wanted)
    before = _written(trimmed(old), escape=False)
    for escape in (False, True):
        after = _written(wanted, escape)
        for candidate in (_patched(source, before, after), after):
            if _says(candidate, wanted, manuscript):
                return Laid(candidate, tuple(refused))
    return Laid(None, tuple(refused))


def same(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether two lines say the same in the same dress. What came out of the data has the dress that it has."""
    one, other = ([token for token in trimmed(side) if token.text or token.note is not None] for side in (old, new))
    return len(one) == len(other) and all(_alike(a, b) for a, b in zip(one, other, strict=True))


def _alike(old: Token, new: Token) -> bool:
    if (old.note is None) != (new.note is None):
        return False
    if old.note is not None and new.note is not None:
        return same(old.note, new.note)
    if old.field or new.field:
        return old.field == new.field
    dressed = old.unit < 0 and old.text != " "
    return old.text == new.text and (not dressed or (old.emphasis, old.link) == (new.emphasis, new.link))


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
        if op == "replace" and (_alone(old[a:b]) or _alone(new[c:d])):
            yield "delete", a, b, c, c
            yield "insert", b, b, c, d
        else:
            yield op, a, b, c, d


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


# --- back to source -------------------------------------------------------------------------------------------------


def _written(tokens: Sequence[Token], escape: bool) -> str:
    """Tokens as source."""
    out: list[str] = []
    last = -1
    for emphasis, link, group in _dressed(tokens):
        words: list[str] = []
        for token in group:
            if token.unit >= 0:
                if token.unit != last:
                    words.append(token.source)
            elif token.note is not None:
                words.append(f"^[{_written(token.note, escape)}]")
            elif token.text == BREAK:
                words.append(token.source)
            else:
                words.append(_ESCAPE.sub(r"\\\g<0>", token.text) if escape else token.text)
            last = token.unit
        text = "".join(words)
        lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        inside = text.strip()
        if link and inside:
            inside = f"[{inside}]({link})"
        out.append(f"{lead}*{inside}*{trail}" if emphasis and inside else f"{lead}{inside}{trail}")
    return "".join(out)


def _dressed(tokens: Sequence[Token]) -> Iterator[tuple[bool, str, list[Token]]]:
    """Stretches of one dress; a blank has that of the word before it, and what came out of the data none."""
    group: list[Token] = []
    dress: tuple[bool, str] = (False, "")
    for at, token in enumerate(tokens):
        plain = token.unit >= 0 or token.text == BREAK or token.note is not None
        own = (False, "") if plain else (token.emphasis, token.link)
        if token.text == " " and token.unit < 0:
            after = tokens[at + 1] if at + 1 < len(tokens) else token
            follows = (False, "") if after.unit >= 0 or after.note is not None else (after.emphasis, after.link)
            own = dress if follows == dress else (False, "")
        if own != dress and group:
            yield *dress, group
            group = []
        dress = own
        group.append(token)
    if group:
        yield *dress, group


def _patched(source: str, before: str, after: str) -> str:
    """The source with what differs between two ways to write it anew: line ends and escapes elsewhere stay."""
    own, old, new = (_PIECE.findall(text) for text in (source, before, after))
    starts = _places([_flat(piece) for piece in old], [_flat(piece) for piece in own])
    out: list[str] = []
    at = 0
    for op, a, b, c, d in SequenceMatcher(
        None, [_flat(piece) for piece in old], [_flat(piece) for piece in new], autojunk=False
    ).get_opcodes():
        if op == "equal":
            continue
        out += own[at : starts[a]]
        out += new[c:d]
        at = max(at, starts[b])
    return "".join([*out, *own[at:]])


def _flat(piece: str) -> str:
    """Blanks are one blank, an empty line is another thing."""
    if not piece.isspace():
        return piece
    return "\n\n" if piece.count("\n") > 1 else " "


def _places(old: Sequence[str], own: Sequence[str]) -> list[int]:
    """For each piece of one text its place in the other, and the end."""
    out = [0] * (len(old) + 1)
    for op, a, b, c, d in SequenceMatcher(None, old, own, autojunk=False).get_opcodes():
        for at in range(a, b):
            out[at] = c + (at - a) if op == "equal" else c
        out[b] = d
    return out


def _says(source: str, wanted: Sequence[Token], manuscript: bool) -> bool:
    """Whether a source reads as the tokens that it should give."""
    if manuscript and not plain_beside(source):
        return False
    paragraphs: list[list[Token]] = [[]]
    for token in wanted:
        if token.text == BREAK:
            paragraphs.append([])
        else:
            paragraphs[-1].append(token)
    separators = [token.source for token in wanted if token.text == BREAK]
    parts = _split(source, separators)
    if parts is None or len(parts) != len(paragraphs):
        return False
    if manuscript and any(re.match(r"\s*(#|- )", part) for part in parts):
        return False
    read = [_meaning(trimmed(parsed(part, manuscript))) for part in parts]
    return read == [_meaning(trimmed(tokens)) for tokens in paragraphs]


def _split(source: str, separators: Sequence[str]) -> list[str] | None:
    """The paragraphs of a source. An item of a list follows at a dash, any other after an empty line."""
    if any(one.strip() for one in separators):
        return re.split(r"\n\s*- +", source.strip())
    return re.split(r"\n[ \t]*(?:\n[ \t]*)+", source.strip())


def _meaning(tokens: Sequence[Token]) -> list[Hashable]:
    out: list[Hashable] = []
    last = -1
    for at, token in enumerate(tokens):
        if token.unit >= 0:
            if token.unit != last:
                out.append(("reference", token.source))
        elif token.text == " " and (last >= 0 or (at + 1 < len(tokens) and tokens[at + 1].unit >= 0)):
            continue  # a reference that prints nothing may stand in blanks
        elif token.note is not None:
            out.append(("note", tuple(_meaning(trimmed(token.note)))))
        elif token.text == " ":
            out.append(" ")
        else:
            out.append((token.text, token.emphasis, token.link))
        last = token.unit
    return out
