"""What of one document stands for what of another: blocks in order, and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

WORD = re.compile(r"\s+|\w+|[^\w\s]")
LIKE = 0.45
"""How much of two texts must be the same for one to be an edit of the other."""
_SQUARE = 40_000

Pair = tuple[int | None, int | None]
"""A place in the old list and one in the new; one of them None where there is nothing for the other."""


class Face(Struct, frozen=True):
    """What a block is known by: its kind (only the same kinds are compared), its stable id, its words."""

    kind: str
    id: str
    text: str


def align(old: Sequence[Face], new: Sequence[Face]) -> list[Pair]:
    """Every block of both lists once, in order. Blocks with the same words stand for each other first; between these,
    the blocks that are likest, an id that is the same counting for them."""
    out: list[Pair] = []
    matcher = SequenceMatcher(None, [_same(face) for face in old], [_same(face) for face in new], autojunk=False)
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            out.extend(zip(range(a, b), range(c, d), strict=True))
        else:
            out.extend(_between(old, new, range(a, b), range(c, d)))
    return out


def _same(face: Face) -> Hashable:
    return (face.kind, face.text) if face.text else (face.kind, face.id, "")


def _between(old: Sequence[Face], new: Sequence[Face], one: range, other: range) -> Iterator[Pair]:
    """The best pairs of two stretches that have no block in common, without crossing."""
    if len(one) * len(other) > _SQUARE:
        yield from _by_id(old, new, one, other)
        return
    worth = [[likeness(old[a], new[b]) for b in other] for a in one]
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            paired = worth[i][j] + best[i + 1][j + 1] if worth[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(one) or j < len(other):
        inside = i < len(one) and j < len(other)
        if inside and worth[i][j] and best[i][j] == worth[i][j] + best[i + 1][j + 1]:
            yield one[i], other[j]
            i, j = i + 1, j + 1
        elif j == len(other) or (i < len(one) and best[i][j] == best[i + 1][j]):
            yield one[i], None
            i += 1
        else:
            yield None, other[j]
            j += 1


def _by_id(old: Sequence[Face], new: Sequence[Face], one: range, other: range) -> Iterator[Pair]:
    matcher = SequenceMatcher(
        None, [(old[a].kind, old[a].id) for a in one], [(new[b].kind, new[b].id) for b in other], autojunk=False
    )
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            yield from zip(one[a:b], other[c:d], strict=True)
        else:
            yield from ((at, None) for at in one[a:b])
            yield from ((None, at) for at in other[c:d])


def likeness(old: Face, new: Face) -> float:
    """From 0 (not the same block) to 1.3: the share of the words that are the same, and the id."""
    from rapidfuzz.fuzz import ratio

    if old.kind != new.kind:
        return 0.0
    bonus = 0.3 if old.id and old.id == new.id else 0.0
    if not old.text and not new.text:
        return 0.1 + bonus
    share = ratio(WORD.findall(old.text), WORD.findall(new.text)) / 100
    return share + bonus if share + bonus >= LIKE else 0.0


Op = tuple[str, int, int, int, int]


def word_ops(
    old: Sequence[Hashable], new: Sequence[Hashable], blank: Callable[[Hashable], bool] = lambda key: key == " "
) -> list[Op]:
    """difflib's opcodes of two lists of words, with `equal` and `replace` alone. Two changes with nothing but blanks
    between them are one: what is read is a phrase, not its words one by one."""
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    out: list[Op] = []
    for at, (op, a, b, c, d) in enumerate(found):
        inside = 0 < at < len(found) - 1
        changed = op != "equal" or (inside and b - a == 1 and blank(old[a]))
        if changed and out and out[-1][0] == "replace":
            out[-1] = ("replace", out[-1][1], b, out[-1][3], d)
        else:
            out.append(("replace" if changed else "equal", a, b, c, d))
    return out
