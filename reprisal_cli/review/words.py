"""What changed of a text, by words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from reprisal_cli.review.meaning import Words
from reprisal_cli.review.shown import MASK, has_contacts, may_be_names, tokens

CONTEXT = 12
"""So many words around a change are shown."""
_MOST = 4_000
_LONG = "too long to be compared by words"
_CONTACTS = "holds what looks like contact data"

Tag = Literal["=", "-", "+", "…"]


def by_words(old: str, new: str) -> tuple[tuple[Words, ...], str]:
    """The changed paragraphs of a text, and why one or another of them is not shown. Names may stand in what was taken
    out as well as in what came: of both sides, words that may be names are masked."""
    shown: list[Words] = []
    hidden: list[str] = []
    around = f"{old} {new}"
    for before, after in _paragraphs(old, new):
        if len(before) + len(after) > 8 * _MOST or max(len(tokens(before)), len(tokens(after))) > _MOST:
            hidden.append(_LONG)
        elif has_contacts(before) or has_contacts(after):
            hidden.append(_CONTACTS)
        elif words := _changed(tokens(before), tokens(after), around):
            shown.append(words)
    return tuple(shown), "; ".join(dict.fromkeys(hidden))


def split(text: str) -> list[str]:
    """The paragraphs of a text, each on one line: a single line end is a space."""
    return [" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def _paragraphs(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Paragraphs that differ, in pairs; of one that came or went, the other is empty."""
    before, after = split(old), split(new)
    for tag, first, last, other, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone, came = before[first:last], after[other:end]
            for at in range(max(len(gone), len(came))):
                yield gone[at] if at < len(gone) else "", came[at] if at < len(came) else ""


def _changed(before: list[str], after: list[str], around: str) -> Words:
    masked = may_be_names(before, around), may_be_names(after, around)
    steps: list[tuple[Tag, list[str]]] = []
    for tag, first, last, other, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, came = _cover(before, masked[0], first, last), _cover(after, masked[1], other, end)
        if tag == "equal":
            both = [one or two for one, two in zip(masked[0][first:last], masked[1][other:end], strict=True)]
            steps.append(("=", _covered(before[first:last], both)))
        else:
            steps += [("-", gone)] if gone else []
            steps += [("+", came)] if came else []
    return tuple(_trimmed(_joined(steps)))


def _cover(parts: list[str], masked: list[bool], first: int, last: int) -> list[str]:
    return _covered(parts[first:last], masked[first:last])


def _covered(parts: list[str], masked: list[bool]) -> list[str]:
    """Tokens with one mask for each run of words that may be names."""
    out: list[str] = []
    for part, hit in zip(parts, masked, strict=True):
        if not hit:
            out.append(part)
        elif out[-1:] == [MASK] or out[-2:] == [MASK, " "]:
            out[-2:] = [MASK] if out[-1:] == [" "] else out[-2:]
        else:
            out.append(MASK)
    return out


def _joined(steps: list[tuple[Tag, list[str]]]) -> list[tuple[Tag, list[str]]]:
    """Changes with nothing but a space between them as one: what went, then what came."""
    out: list[tuple[Tag, list[str]]] = []
    for at, (tag, parts) in enumerate(steps):
        bridge = tag == "=" and 0 < at < len(steps) - 1 and not "".join(parts).strip()
        if bridge and out and out[-1][0] != "=":
            _add(out, "-", parts)
            _add(out, "+", parts)
        elif tag == "=":
            out.append((tag, parts))
        else:
            _add(out, tag, parts)
    return out


def _add(out: list[tuple[Tag, list[str]]], tag: Tag, parts: list[str]) -> None:
    for at in (-1, -2):
        if len(out) >= -at and out[at][0] == tag:
            out[at] = (tag, [*out[at][1], *parts])
            return
        if len(out) < -at or out[at][0] == "=":
            break
    if tag == "-" and out and out[-1][0] == "+":
        out.insert(-1, (tag, parts))
    else:
        out.append((tag, parts))


def _trimmed(steps: list[tuple[Tag, list[str]]]) -> Iterator[tuple[Tag, str]]:
    """With so much around each change as shows where it is."""
    for at, (tag, parts) in enumerate(steps):
        if tag != "=" or len(parts) <= 4 * CONTEXT:
            yield tag, "".join(parts)
            continue
        first, last = parts[: 2 * CONTEXT], parts[-2 * CONTEXT :]
        if at:
            yield "=", "".join(first)
        yield "…", "…"
        if at < len(steps) - 1:
            yield "=", "".join(last)
