"""Edits of what nobody drafted: words out of the data, tables, running heads, the contents. They are refused, with the
field to edit instead."""

from __future__ import annotations

from collections.abc import Sequence

from reprisal_cli.review.word_merge import same
from reprisal_cli.review.word_pairs import cleaned
from reprisal_cli.review.word_read import Line
from reprisal_cli.review.word_reader import Reader
from reprisal_cli.review.word_tokens import tokens_of


def generated(a: int, b: int | None, read: Reader) -> None:
    """Refuses what was done to a line of the report that was not drafted: `b` is the line that stands for it now, None
    where it is gone."""
    if b is None:
        if read.base[a].text.strip():
            read.list("refused", read.where(a), read.base[a].text, f"it was deleted; {_reason(a, read)}")
    elif not _is_unchanged(a, b, read) and not _only_marks(read.base[a], read.edited[b]):
        read.list("refused", read.where(a), read.edited[b].text, _reason(a, read), read.edited[b])


def _is_unchanged(a: int, b: int, read: Reader) -> bool:
    return same(tokens_of(read.base[a].bits), tokens_of(read.edited[b].bits))


def _reason(a: int, read: Reader) -> str:
    return next(
        (read.reasons[name] for name in read.base[a].names if name in read.reasons),
        "it is made from the cases" if read.base[a].kind == "cell" else "edit edition.yaml, or the house templates",
    )


def _only_marks(one: Line, other: Line) -> bool:
    """Whether lines with starred notes differ in stars, blanks and commas alone: programs write the signs of such notes
    in their own ways."""
    if not all("*" in line.text for line in (one, other)):
        return False
    bare = [
        "".join(sign for sign in cleaned(line.text) if sign not in "*," and not sign.isspace()) for line in (one, other)
    ]
    return bare[0] == bare[1]


def frame(base: Sequence[Line], edited: Sequence[Line], read: Reader) -> None:
    """Refuses edits of running heads and of the contents. Word makes the contents anew whenever it likes; words in it
    that stand nowhere else are told."""
    lines = {_letters(line.text) for line in base if line.kind == "contents"}
    rest = "".join(_letters(line.text) for line in edited if line.kind != "contents")
    heads = [{_signs(line.text) for line in side if line.kind == "head"} for side in (base, edited)]
    for words in sorted(heads[1] - heads[0]):
        read.list("refused", "running head or foot", words, "edit edition.yaml, or the house templates")
    for words in sorted(heads[0] - heads[1] if heads[1] else ()):
        read.list("refused", "running head or foot", words, "it was deleted; edit edition.yaml, or the house templates")
    for line in edited:
        words = _letters(line.text)
        if line.kind == "contents" and words not in lines and words not in rest:
            parts = [_letters(bit.text) for bit in line.bits]
            if any(part not in rest and not any(part in one for one in lines) for part in parts):
                read.list("refused", "the table of contents", line.text, "edit the heading itself", line)


def _signs(text: str) -> str:
    return "".join(sign for sign in cleaned(text) if sign.isalnum())


def _letters(text: str) -> str:
    return "".join(sign for sign in cleaned(text) if sign.isalpha())
