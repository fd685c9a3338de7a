"""A document as it was received: what kind it is, and its text for somebody to read. It comes from strangers: it is
read by the extraction that also looks at finished documents, which opens nothing outside and believes no size."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.dialect import FORBIDDEN
from reprisal_cli.protect.hidden import Hidden
from reprisal_cli.protect.scan.extract import extract, kind_of
from reprisal_cli.protect.scan.pieces import Piece, Unread

_BROKEN = frozenset({"pdf", "txt"})
_SHORT = 45
_ENDS = (".", ":", ";", "?", "!", "。", "؟")
_PARTS = {"docx": "word/document.xml", "odt": "content.xml"}


class Received(Hidden, frozen=True):
    """What was taken out: the ending that the document should have, its paragraphs (of a PDF or a text file: its lines,
    those put together that were broken at the margin), and what could not be read. No message and no log may hold a
    paragraph."""

    ending: str
    paragraphs: tuple[str, ...]
    unread: tuple[Unread, ...]


def read_received(name: str, content: bytes) -> Received:
    """The text of a Word, OpenDocument, PDF, HTML or text file, without what is deleted, hidden, or around it."""
    pieces: list[Piece] = []
    unread: list[Unread] = []
    for found in extract(name, content):
        if isinstance(found, Unread):
            unread.append(found)
        elif found.body:
            pieces.append(found)
    ending = _ending(name, content, pieces)
    return Received(ending, tuple(_paragraphs(ending, pieces)), tuple(unread))


def _ending(name: str, content: bytes, pieces: list[Piece]) -> str:
    kind = kind_of(name, content)
    if kind == "zip":
        places = {piece.place for piece in pieces}
        return next((ending for ending, part in _PARTS.items() if part in places), "zip")
    return {"pdf": "pdf", "text": "txt", "html": "html"}.get(kind, "bin")


def _paragraphs(ending: str, pieces: list[Piece]) -> Iterator[str]:
    wanted = _PARTS.get(ending)
    for piece in pieces:
        if wanted is not None and piece.place != wanted:
            continue
        lines = [" ".join(line.split()) for unit in _units(piece, ending) for line in unit.splitlines()]
        yield from filter(None, _unbroken(lines) if ending in _BROKEN else lines)
        return


def _units(piece: Piece, ending: str) -> Iterator[str]:
    """The paragraphs of a file that has such; all the lines of one that has only these."""
    texts = [piece.text] if ending in _BROKEN else [text for _, text in piece.units()]
    return (FORBIDDEN.sub("", text.replace("\f", "\n").replace("\v", "\n")) for text in texts)


def _unbroken(lines: list[str]) -> Iterator[str]:
    """Lines with those put together that are one sentence: a line that goes to the margin and has no end is broken
    there. Lines of a heading or an address are short, and stay apart."""
    margin = max(_SHORT, *(len(line) * 3 // 4 for line in lines), 0)
    whole = ""
    for line in lines:
        whole = f"{whole} {line}".strip() if line else whole
        if not line or len(line) < margin or line.endswith(_ENDS):
            yield whole
            whole = ""
    yield whole
