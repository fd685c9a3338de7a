"""Two reports side by side as one page: the old one at the left, the new one at the right, changed words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.compile.tree import Block, Heading, Inline, Note, Para, Picture, Report, Table, text_of, walk_inlines
from reprisal_cli.render.fill import fill
from reprisal_cli.render.literal import clean
from reprisal_cli.render.outline import front_texts, is_annex
from reprisal_cli.review.align import WORD, Face, align, word_ops
from reprisal_cli.review.unnumbered import cell, paragraph

if TYPE_CHECKING:
    from reprisal_cli.compile.sentences import Sentences
    from reprisal_cli.render.house import House
    from reprisal_cli.review.redline_parts import Credits

TEMPLATE = "redline.html.j2"
_WORDS = ("title", "old", "new", "only", "comment")
_FRONT = ("notice", "version", "distribution", "date", "session", "session_dates", "agenda", "title", "author")


class _Line(Struct, frozen=True):
    """One line of a report: what kind it is, its number or label, its words with the notes in brackets; what it says
    apart from numbers that follow by themselves; whether it is the heading of an annex."""

    face: Face
    label: str
    words: tuple[str, ...]
    says: str
    opens: bool = False


class _Cell(Struct, frozen=True):
    """One side of a line on the page: pieces of text, each with whether it changed."""

    label: str
    pieces: tuple[tuple[str, bool], ...]


class _Row(Struct, frozen=True):
    """Both sides of a line; None where there is nothing. `state` is `same`, `moved` (nothing but numbers differ that
    follow by themselves) or `changed`; a heading over what changed is `context`, though it is the same."""

    kind: str
    state: str
    old: _Cell | None
    new: _Cell | None
    comment: str


def page(old: Report, new: Report, credits: Credits, house: House, say: Sentences) -> bytes:
    """The page, self-contained."""
    before, after = list(_lines(old)), list(_lines(new))
    pairs = align([line.face for line in before], [line.face for line in after])
    lines = [(None if a is None else before[a], None if b is None else after[b]) for a, b in pairs]
    rows = _in_context([(_row(one, other, credits), one or other) for one, other in lines])
    words = {name: say.word(f"redline.page.{name}") for name in _WORDS}
    text = fill(
        house.folder,
        TEMPLATE,
        rows=rows,
        words=words,
        front=front_texts(new.front),
        language=new.language,
        direction=new.direction,
    )
    return text.encode()


def _in_context(rows: Sequence[tuple[_Row, _Line | None]]) -> list[_Row]:
    """The rows, with the headings of the annex and of the section or table over each line that changed."""
    out = [row for row, _ in rows]
    above: dict[bool, int] = {}
    for at, (row, line) in enumerate(rows):
        if row.kind == "heading" and line is not None:
            above = {True: at} if line.opens else {**above, False: at}
        elif row.state == "changed":
            for place in above.values():
                out[place] = replace(out[place], state="context") if out[place].state != "changed" else out[place]
    return out


def _row(old: _Line | None, new: _Line | None, credits: Credits) -> _Row:
    line = new or old
    assert line is not None
    left: _Cell | None = None
    right: _Cell | None = None
    if old is not None and new is not None:
        left, right = _compared(old, new)
    elif old is not None:
        left = _Cell(old.label, (("".join(old.words), True),))
    else:
        right = _Cell(line.label, (("".join(line.words), True),))
    state = "changed"
    if old is not None and new is not None and old.says == new.says:
        state = "same" if old.words == new.words else "moved"
    comment = credits.of(new.face.id if new else "", old.face.id if old else "").comment
    return _Row(line.face.kind, state, left, right, comment if state == "changed" else "")


def _compared(old: _Line, new: _Line) -> tuple[_Cell, _Cell]:
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for op, a, b, c, d in word_ops(old.words, new.words):
        for side, words in ((left, old.words[a:b]), (right, new.words[c:d])):
            if words:
                side.append(("".join(words), op != "equal"))
    return _Cell(old.label, tuple(left)), _Cell(new.label, tuple(right))


# --- lines ----------------------------------------------------------------------------------------------------------


def _lines(report: Report) -> Iterator[_Line]:
    texts = front_texts(report.front)
    for name in _FRONT:
        if texts[name]:
            yield _line("front", name, "", texts[name])
    for note in report.front.title_notes:
        yield _line("front", f"note{note.mark}", note.mark, text_of(note.children))
    for para in report.front.summary:
        yield _line("paragraph", para.id, "", _said(para.inlines))
    for part in report.parts:
        if is_annex(part):
            yield _line("heading", part.key, part.label, part.title, opens=True)
        for block in part.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[_Line]:
    match block:
        case Para():
            number = f"({chr(96 + block.number)})" if block.level and 0 < block.number < 27 else f"{block.number}."
            yield _line(
                "paragraph", block.id, number if block.numbered else "", _said(block.inlines), paragraph(block.inlines)
            )
        case Heading():
            yield _line("heading", block.id, block.label, _said(block.inlines))
        case Picture():
            yield from _block(block.numbers)
        case Table():
            if block.caption:
                yield _line("heading", block.id, "", _said(block.caption))
            for row in (block.head, *block.rows):
                yield _line("row", "", "", " | ".join(map(_said, row)), " | ".join(map(cell, row)))


def _said(inlines: Sequence[Inline]) -> str:
    """The words, each note in brackets after the text."""
    notes = [text_of(node.children) for node in walk_inlines(tuple(inlines)) if isinstance(node, Note)]
    return text_of(tuple(inlines)) + "".join(f" [{note}]" for note in notes)


def _line(kind: str, name: str, label: str, text: str, says: str | None = None, opens: bool = False) -> _Line:
    shown = clean(text)
    words = tuple(" " if word.isspace() else word for word in _split(shown))
    return _Line(Face(kind, name, shown), clean(label), words, shown if says is None else says, opens)


def _split(text: str) -> list[Any]:
    return WORD.findall(text)
