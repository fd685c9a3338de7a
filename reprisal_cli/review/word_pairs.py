"""Which line of a document that came back is which of the report."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from reprisal_cli.review.align import Face, Pair, likeness
from reprisal_cli.review.word_read import OBJECT, Line
from reprisal_cli.review.word_tokens import CLOSE, OPEN

_PHRASE = 3
_SHARE = 0.4
MOVED = 0.8
"""How like two lines must be for one to be the other, moved."""


def face_of(line: Line) -> Face:
    """What a line is known by; numbers that follow by themselves do not count."""
    words = "".join(
        f"[{''.join(one.text for one in bit.note)}]" if bit.note is not None else "#" if bit.field else bit.text
        for bit in line.bits
    )
    name = next((name for name in line.names if not name.startswith("_")), "")
    return Face(line.kind, name, " ".join(cleaned(words).split()))


def cleaned(text: str) -> str:
    """Words without the marks of references; what is no text is named."""
    return text.replace(OPEN, "").replace(CLOSE, "").replace(OBJECT, "[picture or sign]")


def strangers(old: Sequence[Line], new: Sequence[Line]) -> tuple[set[int], set[int]]:
    """Which lines of each side have hardly a phrase of the other in them: neither split nor joined, but gone or new."""
    sides = [[cleaned(line.text).split() for line in side] for side in (old, new)]
    out: tuple[set[int], set[int]] = (set(), set())
    for mine, others, found in ((sides[0], sides[1], out[0]), (sides[1], sides[0], out[1])):
        found |= {at for at, line in enumerate(mine) if all(_share(line, one) < _SHARE for one in others)}
    return out


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    phrases = sum(block.size for block in blocks if block.size >= _PHRASE)
    return phrases / max(1, min(len(one), len(other)))


def apart(pairs: list[Pair], old: list[Face], new: list[Face]) -> tuple[list[Pair], list[tuple[int, int]]]:
    """Takes out of the pairs what is gone at one place and stands at another."""
    gone = [a for a, b in pairs if a is not None and b is None and old[a].text]
    come = [b for a, b in pairs if b is not None and a is None and new[b].text]
    moved: list[tuple[int, int]] = []
    for a in gone:
        best = max(come, key=lambda b: likeness(old[a], new[b]), default=None)
        if best is not None and likeness(old[a], new[best]) >= MOVED:
            moved.append((a, best))
            come.remove(best)
    lost, found = {a for a, _ in moved}, {b for _, b in moved}
    rest = [(a, b) for a, b in pairs if not (a in lost and b is None) and not (b in found and a is None)]
    return rest, moved
