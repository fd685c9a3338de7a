"""A document that came back beside the report: their lines, where their words come from, and what was found so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from reprisal_cli.review.word_items import Item, Replacement, whole
from reprisal_cli.review.word_read import Line
from reprisal_cli.review.word_sources import Piece


class Reader(Struct):
    """The report (`base`) and the document, a line at a time. `pieces`, `places` and `reasons` say for each id of the
    report where its words come from, what it is called, and what to edit where they are generated; `items` and
    `replacements` grow while the lines are read."""

    base: Sequence[Line]
    edited: Sequence[Line]
    pieces: Mapping[str, Piece]
    places: Mapping[str, str]
    reasons: Mapping[str, str]
    items: list[Item] = field(default_factory=list)
    replacements: list[Replacement] = field(default_factory=list)

    def piece(self, at: int) -> Piece | None:
        """The source behind a line of the report; None where it is generated."""
        return next((self.pieces[name] for name in self.base[at].names if name in self.pieces), None)

    def where(self, at: int) -> str:
        """What the place of a line of the report is called."""
        for name in self.base[at].names:
            if name in self.places:
                return self.places[name]
        return {"cell": "a table", "box": "a text box"}.get(self.base[at].kind, "the first pages")

    def list(self, kind: str, where: str, words: str, hint: str, line: Line | None = None) -> None:
        """Notes something that a person has to look at."""
        self.items.append(Item(kind, where, whole(words), hint, line.authors if line else ()))
