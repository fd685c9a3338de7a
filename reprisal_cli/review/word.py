"""What was edited in a document that left as our report, as edits of the files it was made from.

Both documents, the one that came back and the report built anew from files in which references are marked, are read the
same way; what differs is an edit. Each is placed in its file, or refused with the field to edit instead, or listed:
nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from reprisal_cli.review.align import align
from reprisal_cli.review.word_generated import frame, generated
from reprisal_cli.review.word_groups import Group, groups
from reprisal_cli.review.word_items import Found, Item, Replacement, short, whole
from reprisal_cli.review.word_merge import Laid, lay, same
from reprisal_cli.review.word_pairs import apart, cleaned, face_of, strangers
from reprisal_cli.review.word_places import field_to_edit
from reprisal_cli.review.word_read import OBJECT, Line
from reprisal_cli.review.word_reader import Reader
from reprisal_cli.review.word_sources import Piece
from reprisal_cli.review.word_tokens import BREAK, OPEN, Token, tokens_of


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
    read = Reader(texts[0], texts[1], pieces, places, reasons)
    old, new = [face_of(line) for line in read.base], [face_of(line) for line in read.edited]
    pairs = align(old, new)
    known = sum(a is not None and b is not None and bool(read.base[a].names) for a, b in pairs)
    pairs, moved = apart(pairs, old, new)
    for a, b in moved:
        words = cleaned(read.edited[b].text)
        read.list("listed", read.where(a), words, "a paragraph was moved: order is that of the files", read.edited[b])
    for part in groups(pairs, read):
        if isinstance(part, Group):
            _group(part, read)
        elif part.old is not None:
            generated(part.old, part.new, read)
        elif part.new is not None:
            _unplaced(part.new, read)
    for a, b in moved:
        if read.piece(a) is not None:
            _group(Group([a], [b]), read)
        else:
            generated(a, b, read)
    frame(base, edited, read)
    for line in edited:
        for author, words in line.said:
            read.items.append(Item("listed", _near(line, read), whole(words), "a comment, to be read", (author,)))
    return Found(tuple(read.replacements), tuple(read.items), known)


def _unplaced(b: int, read: Reader) -> None:
    hint = "nothing drafted stands beside it: add it by hand"
    read.list("listed", "a new paragraph", read.edited[b].text, hint, read.edited[b])


def _near(line: Line, read: Reader) -> str:
    return next((read.places[name] for name in line.names if name in read.places), "the document")


# --- what was drafted -----------------------------------------------------------------------------------------------


def _group(group: Group, read: Reader) -> None:
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
    known = known and not any(OBJECT in token.text for token in _deep(new))
    laid = lay(source, old, new, container.manuscript) if known else Laid(None)
    for one in dict.fromkeys(laid.refused):
        edit = field_to_edit(one.source, container)
        if one.old or one.new:
            said, hint = one.new or f"(deleted) {one.old}", f'{one.source} prints "{one.old}": {edit}'
        else:
            said, hint = words, f"a paragraph begins or ends within what {one.source} prints: {edit}"
        read.items.append(Item("refused", where, whole(said), hint, authors))
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


def _deleted(pieces: Sequence[Piece], where: str, group: Group, read: Reader) -> None:
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
