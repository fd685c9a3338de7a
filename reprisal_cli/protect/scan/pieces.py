"""What extraction hands to the search: stretches of text with their places, and parts that could not be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from reprisal_cli.protect.hidden import Hidden

MOST_BYTES = 512 * 1024 * 1024
"""All parts of a document together, unpacked."""

MOST_PARTS = 20_000
DEEPEST = 6
"""Documents in documents."""

MOST_SWELLING = 250
"""How much larger than its packed form a part of more than a megabyte may be: more is a bomb."""


class Piece(Hidden, frozen=True):
    """A text of a document. `place` says which, and `marks` where in the text each of its units begins (`unit` is
    `paragraph`, `page` or `line`); `words` is false for what steers a program, as the attributes of a file. In `body`
    text, names may stand that are printed by consent."""

    place: str
    text: str
    marks: Sequence[int] = ()
    unit: str = ""
    words: bool = True
    body: bool = False

    def where(self, offset: int) -> str:
        """The place of a sign of the text, in words."""
        if not self.marks or not self.unit:
            return self.place
        return f"{self.place}, {self.unit} {max(1, bisect_right(self.marks, offset))}"

    def units(self) -> Iterator[tuple[int, str]]:
        """The units of the text with their offsets."""
        starts = [*(self.marks or (0,)), len(self.text)]
        for start, end in pairwise(starts):
            yield start, self.text[start:end]

    def around(self, offset: int) -> str:
        """The unit in which a sign stands."""
        at = bisect_right(self.marks, offset)
        end = self.marks[at] if at < len(self.marks) else len(self.text)
        return self.text[self.marks[at - 1] if at else 0 : end]


class Unread(Struct, frozen=True):
    """A part that could not be read, and why, in words that hold nothing of it. A `picture` in a document is for people
    to look at: nearly every letter has one."""

    place: str
    why: str
    picture: bool = False


Found = Piece | Unread


class Budget(Struct):
    """How much may still be unpacked of one document: the one value here that changes. `thorough`: each part is read
    in every way there is, not in the fastest."""

    bytes: int = MOST_BYTES
    parts: int = MOST_PARTS
    thorough: bool = False

    def spend(self, size: int) -> bool:
        """Takes a part off; whether there was enough."""
        self.bytes -= size
        self.parts -= 1
        return self.bytes >= 0 and self.parts >= 0


def joined(place: str, texts: Sequence[str], unit: str = "", words: bool = True, body: bool = False) -> Piece:
    """Texts one below the other, each a unit."""
    marks: list[int] = []
    at = 0
    for text in texts:
        marks.append(at)
        at += len(text) + 1
    return Piece(place, "\n".join(texts), marks, unit, words, body)
