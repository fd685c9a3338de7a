"""What was edited in a document that left as our report, as edits of the files it was made from.

Both documents, the one that came back and the report built anew from files in which references are marked, are read the
same way; what differs is an edit. Each is placed in its file, or refused with the field to edit instead, or listed:
nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reprisal_cli.review.align import Pair, align
from reprisal_cli.review.word_items import Found, Item, Replacement, short, whole
from reprisal_cli.review.word_merge import Laid, lay, same
from reprisal_cli.review.word_pairs import apart, cleaned, face_of, strangers
from reprisal_cli.review.word_places import field_to_edit
from reprisal_cli.review.word_read import Line
from reprisal_cli.review.word_sources import Piece
from reprisal_cli.review.word_tokens import BREAK, OPEN, Token, tokens_of


@dataclass(slots=True)
class _Group:
    """Neighbouring pieces that are compared together, with the lines that stand for them now. `alone` are the places,
    old and new, of lines that stand for no other."""

    bases: list[int]
    news: list[int] = field(default_factory=list)
    alone: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))


@dataclass(slots=True)
class _Reader:
    """The two documents, and what was found so far."""

    base: Sequence[Line]
    edited: Sequence[Line]
    pieces: Mapping[str, Piece]
    places: Mapping[str, str]
    reasons: Mapping[str, str]
    items: list[Item] = field(default_factory=list)
    replacements: list[Replacement] = field(default_factory=list)

    def piece(self, at: int) -> Piece | None:
        return next((self.pieces[name] for name in self.base[at].names if name in self.pieces), None)

    def where(self, at: int) -> str:
        for name in self.base[at].names:
            if name in self.places:
                return self.places[name]
        return {"cell": "a table", "box": "a text box"}.get(self.base[at].kind, "the first pages")

    def list(self, kind: str, where: str, words: str, hint: str, line: Line | None = None) -> None:
        self.items.append(Item(kind, where, whole(words), hint, line.authors if line else ()))


def edits(
    base: Sequence[Line],
    edited: Sequence[Line],
    pieces: Mapping[str, Piece],
    places: Mapping[str, str],
    reasons: Mapping[str, str],
) -> Found:
    """Everything that differs. `pieces`, `places` and `reasons` say for each id of the report where its words come
    from, what it is called, and what to edit where they are generated."""
    texts = [[one for one in side if one.kind not in ("contents", "head")] for side in (base, edited)]
    read = _Reader(texts[0], texts[1], pieces, places, reasons)
    old, new = [face_of(line) for line in read.base], [face_of(line) for line in read.edited]
    pairs = align(old, new)
    known = sum(a is not None and b is not None and bool(read.base[a].names) for a, b in pairs)
    pairs, moved = apart(pairs, old, new)
    for a, b in moved:
        words = cleaned(read.edited[b].text)
        read.list("listed", read.where(a), words, "a paragraph was moved: order is that of the files", read.edited[b])
    for group in _groups(pairs, read):
        _group(group, read)
    for a, b in moved:
        if read.piece(a) is not None:
            _group(_Group([a], [b]), read)
        elif not _unchanged(read, a, b):
            _generated(a, b, read)
    _contents(base, edited, read)
    for line in edited:
        for author, words in line.said:
            read.items.append(Item("listed", _near(line, read), whole(words), "a comment, to be read", (author,)))
    return Found(tuple(read.replacements), tuple(read.items), known)


def _near(line: Line, read: _Reader) -> str:
    return next((read.places[name] for name in line.names if name in read.places), "the document")


# --- groups ----------------------------------------------------------------------------------------------------


def _groups(pairs: Sequence[Pair], read: _Reader) -> Iterator[_Group]:
    """Pieces with the new lines that follow them, and with gone ones after them: a paragraph may have been split, or
    two joined. What has no piece is told of at once."""
    group: _Group | None = None
    waiting: list[int] = []
    for a, b in [*pairs, (-1, None)]:
        if a is None:
            assert b is not None
            if not read.edited[b].text.strip():
                continue
            last = read.piece(group.bases[-1]) if group else None
            if group is not None and last is not None and last.kind != "heading" and _may_follow(read, b):
                group.news.append(b)
                group.alone[1].add(b)
            else:
                waiting.append(b)
            continue
        piece = read.piece(a) if a >= 0 else None
        joined = group is not None and piece is not None and _next(read.piece(group.bases[-1]), piece)
        if piece is not None and joined and group is not None and (b is None or not group.news):
            group.bases.append(a)
            if b is None:
                group.alone[0].add(a)
            else:
                group.news.append(b)
            continue
        if group is not None:
            yield group
        group = None
        if piece is None or piece.kind == "heading" or any(not _may_follow(read, one) for one in waiting):
            for one in waiting:
                _unplaced(one, read)
            waiting = []
        if piece is None:
            if a >= 0:
                _without_piece(a, b, read)
            continue
        group = _Group(
            [a], [*waiting, *([b] if b is not None else [])], (set() if b is not None else {a}, set(waiting))
        )
        waiting = []


def _may_follow(read: _Reader, b: int) -> bool:
    """Whether a new line is a paragraph, not a heading or a cell."""
    style = read.edited[b].style.lower()
    return read.edited[b].kind == "body" and "h_" not in style and not style.startswith(("heading", "title"))


def _next(last: Piece | None, piece: Piece) -> bool:
    return (
        last is not None
        and last.container == piece.container
        and last.kind == piece.kind != "heading"
        and last.index + 1 == piece.index
    )


def _unplaced(b: int, read: _Reader) -> None:
    read.list(
        "listed",
        "a new paragraph",
        read.edited[b].text,
        "nothing drafted stands beside it: add it by hand",
        read.edited[b],
    )


# --- what is generated ----------------------------------------------------------------------------------------------


def _unchanged(read: _Reader, a: int, b: int) -> bool:
    return same(tokens_of(read.base[a].bits), tokens_of(read.edited[b].bits))


def _without_piece(a: int, b: int | None, read: _Reader) -> None:
    if b is None:
        if read.base[a].text.strip():
            hint = f"it was deleted; {_reason(a, read)}"
            read.list("refused", read.where(a), read.base[a].text, hint)
    elif not _unchanged(read, a, b) and not _only_marks(read.base[a], read.edited[b]):
        _generated(a, b, read)


def _generated(a: int, b: int, read: _Reader) -> None:
    read.list("refused", read.where(a), read.edited[b].text, _reason(a, read), read.edited[b])


def _reason(a: int, read: _Reader) -> str:
    return next(
        (read.reasons[name] for name in read.base[a].names if name in read.reasons),
        "it is made from the cases" if read.base[a].kind == "cell" else "edit edition.yaml, or the house templates",
    )


def _only_marks(one: Line, other: Line) -> bool:
    """Whether lines differ in stars and blanks alone: programs write the signs of starred notes in their own ways."""
    bare = [
        "".join(sign for sign in cleaned(line.text) if sign not in "*," and not sign.isspace()) for line in (one, other)
    ]
    return bare[0] == bare[1]


def _contents(base: Sequence[Line], edited: Sequence[Line], read: _Reader) -> None:
    """Word makes the contents anew whenever it likes; words in it that stand nowhere else are told."""
    lines = {_letters(line.text) for line in base if line.kind == "contents"}
    rest = "".join(_letters(line.text) for line in edited if line.kind != "contents")
    heads = [{_letters(line.text) for line in side if line.kind == "head"} for side in (base, edited)]
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


def _letters(text: str) -> str:
    return "".join(sign for sign in cleaned(text) if sign.isalpha())


# --- what was drafted -----------------------------------------------------------------------------------------------


def _group(group: _Group, read: _Reader) -> None:
    pieces = [piece for piece in (read.piece(at) for at in group.bases) if piece is not None]
    first, last = pieces[0], pieces[-1]
    container = first.container
    where = f"{read.where(group.bases[0])} ({container.shown})"
    if not group.news:
        _deleted(pieces, where, group, read)
        return
    gone, come = strangers([read.base[at] for at in group.bases], [read.edited[at] for at in group.news])
    old = _stream(
        [
            tokens_of(read.base[at].bits, piece.units, at in group.alone[0] and number in gone)
            for number, (at, piece) in enumerate(zip(group.bases, pieces, strict=True))
        ],
        first,
    )
    new = _stream(
        [
            tokens_of(read.edited[at].bits, alone=at in group.alone[1] and number in come)
            for number, at in enumerate(group.news)
        ],
        first,
    )
    if same(old, new):
        return
    authors = tuple(dict.fromkeys(name for at in group.news for name in read.edited[at].authors))
    words = " / ".join(whole(read.edited[at].text) for at in group.news)
    source = container.text[first.start : last.stop]
    known = all(_marks(read.base[at]) == len(one.units) for at, one in zip(group.bases, pieces, strict=True))
    laid = lay(source, old, new, container.manuscript) if known else Laid(None)
    for one in laid.refused:
        hint = f'{one.source} prints "{one.old}": {field_to_edit(one.source, container)}'
        read.items.append(Item("refused", where, whole(one.new or f"(deleted) {one.old}"), hint, authors))
    if laid.source is None:
        read.items.append(Item("listed", where, words, "it cannot be written with certainty: edit the file", authors))
    elif laid.source != source:
        item = Item("placed", where, short(words), "", authors)
        read.replacements.append(Replacement(container, first.start, last.stop, laid.source, item))
    elif not laid.refused:
        read.items.append(Item("listed", where, words, "it differs in a way that the source cannot say", authors))


def _marks(line: Line) -> int:
    """How many references a line of the report has."""
    return sum(bit.text.count(OPEN) + sum(one.text.count(OPEN) for one in bit.note or ()) for bit in line.bits)


def _stream(lines: Sequence[Sequence[Token]], piece: Piece) -> list[Token]:
    """Several lines as one row of tokens; references are numbered through it."""
    out: list[Token] = []
    shift = 0
    for number, tokens in enumerate(lines):
        if number:
            out.append(Token(BREAK, source=piece.separator))
        out += _shifted(tokens, shift)
        shift = 1 + max((token.unit for token in _deep(out)), default=-1)
    return out


def _shifted(tokens: Sequence[Token], shift: int) -> list[Token]:
    return [
        replace(
            token,
            unit=token.unit + shift if token.unit >= 0 else -1,
            note=None if token.note is None else tuple(_shifted(token.note, shift)),
        )
        for token in tokens
    ]


def _deep(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.note is not None:
            yield from _deep(token.note)


def _deleted(pieces: Sequence[Piece], where: str, group: _Group, read: _Reader) -> None:
    first, last = pieces[0], pieces[-1]
    text = first.container.text
    words = " / ".join(read.base[at].text for at in group.bases)
    before, after = text[: first.start].rstrip(), text[last.stop :].lstrip()
    if first.kind != "paragraph" or not (before or after):
        hint = "it was deleted; take it out of the file by hand, with what depends on it"
        read.list("listed", where, words, hint)
        return
    item = Item("placed", where, f"(deleted) {short(words)}")
    if after:
        stop = len(text) - len(after)
        read.replacements.append(Replacement(first.container, first.start, stop, "", item))
    else:
        read.replacements.append(Replacement(first.container, len(before), last.stop, "", item))
