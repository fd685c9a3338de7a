"""Where in the files each paragraph of a report stands: the way back from a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from reprisal_cli.compile.manuscript import blocks_of
from reprisal_cli.compile.tree import Block, Heading, Para, Report, Route
from reprisal_cli.review.word_tokens import plain_beside, spans

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_ITEM = re.compile(r"(?:^|\n)- +")
_LAST = re.compile(r"_(\d+)(?:_x\d+)?$")


class Container(Struct, frozen=True):
    """A text that drafters wrote: the value of a field of a case file, or a manuscript (`route` is empty)."""

    path: str
    route: Route
    text: str

    @property
    def manuscript(self) -> bool:
        """Whether expressions stand in it, and headings and items."""
        return not self.route

    @property
    def shown(self) -> str:
        """How it is named to a drafter."""
        return f"{self.path} {'.'.join(map(str, self.route))}".strip()


class Piece(Struct, frozen=True):
    """One paragraph of a container: where its words stand in the text, its place among the pieces, what it is
    (`paragraph`, `item`, `heading`), and its references in order."""

    container: Container
    index: int
    start: int
    stop: int
    kind: str = "paragraph"

    @property
    def source(self) -> str:
        """Its words in the source."""
        return self.container.text[self.start : self.stop]

    @property
    def units(self) -> list[str]:
        """The references and expressions of its source."""
        return [self.source[a:b] for a, b in spans(self.source, self.container.manuscript)]

    @property
    def separator(self) -> str:
        """What stands between it and a new piece of its kind."""
        return "\n- " if self.kind == "item" else "\n\n"


def case_pieces(container: Container) -> list[Piece]:
    """The paragraphs of a field's value."""
    text = container.text
    at = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    out: list[Piece] = []
    for match in _BLANK.finditer(text, at, end):
        out.append(Piece(container, len(out), at, match.start()))
        at = match.end()
    return [*out, Piece(container, len(out), at, end)] if end > at else out


def manuscript_pieces(container: Container) -> dict[tuple[int, int], Piece]:
    """The pieces of a manuscript by the line of their block and their number in it (0 but for items)."""
    starts = [0]
    for text in container.text.splitlines(keepends=True):
        starts.append(starts[-1] + len(text))
    out: dict[tuple[int, int], Piece] = {}
    for line, block in blocks_of(container.text):
        start: int = starts[line - 1]
        last = line + block.count("\n")
        stop = len(container.text[: starts[last]].rstrip("\r\n")) if last < len(starts) else len(container.text)
        if heading := re.match(r"#{1,3} +", block):
            out[line, 0] = Piece(container, len(out), start + heading.end(), stop, "heading")
        elif re.match(r"- +", block):
            for number, piece in enumerate(_items(container, start, stop), 1):
                out[line, number] = Piece(container, len(out), *piece, "item")
        else:
            out[line, 0] = Piece(container, len(out), start, stop)
    return out


def _items(container: Container, start: int, stop: int) -> Iterator[tuple[int, int]]:
    marks = list(_ITEM.finditer(container.text[start:stop]))
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else stop - start
        inside = container.text[start + mark.end() : start + end]
        yield start + mark.end(), start + mark.end() + len(inside.rstrip())


def pieces_of(report: Report, containers: Mapping[tuple[str, Route], Container]) -> dict[str, Piece]:
    """The piece that each paragraph and heading of a report was made from, by its id; what is generated has none, nor
    has what a manuscript's statements decide on."""
    cases = {key: case_pieces(one) for key, one in containers.items() if one.route}
    manuscripts = {key: manuscript_pieces(one) for key, one in containers.items() if not one.route}
    out: dict[str, Piece] = {}
    for block in _blocks(report):
        origin = block.origin
        key = (origin.file, origin.route)
        piece: Piece | None = None
        if not origin.generated and key in cases:
            number = _number(block.id)
            piece = cases[key][number - 1] if 0 < number <= len(cases[key]) else None
        elif not origin.generated and key in manuscripts:
            number = _number(block.id) if isinstance(block, Para) and block.level else 0
            piece = manuscripts[key].get((origin.line, number))
        if piece is not None and (not piece.container.manuscript or plain_beside(piece.source)):
            out[block.id] = piece
    return out


def _blocks(report: Report) -> Iterator[Para | Heading]:
    blocks: list[Block] = [*report.front.summary, *(block for part in report.parts for block in part.blocks)]
    return (block for block in blocks if isinstance(block, Para | Heading))


def _number(name: str) -> int:
    match = _LAST.search(name)
    return int(match.group(1)) if match else 0
