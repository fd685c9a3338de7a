"""Which line of a document that came back is which of the report."""

from __future__ import annotations

from reprisal_cli.review.align import Face, Pair, likeness
from reprisal_cli.review.word_read import Line
from reprisal_cli.review.word_tokens import CLOSE, OPEN

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
    """Words without the marks of references."""
    return text.replace(OPEN, "").replace(CLOSE, "")


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
