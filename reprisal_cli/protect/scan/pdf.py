"""PDF: pages, and every string of every object, whether something refers to it or not: properties, notes, bookmarks,
forms, links, other texts, what an earlier version held; and the files in it."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any

from pypdf import PdfReader
from pypdf.filters import ASCII85Decode, ASCIIHexDecode, FlateDecode, LZWDecode, RunLengthDecode
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from reprisal_cli.protect.scan.extract_zip import Inside
from reprisal_cli.protect.scan.pdf_text import STRINGS, Font, literal, page_text, text_of
from reprisal_cli.protect.scan.pieces import Found, Piece, Unread, joined

_STREAM = re.compile(rb">>\s*stream(?:\r\n|\n|\r)")
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_NAMES = re.compile(rb"/([^\s/()<>\[\]{}%]{4,})")
_HASHED = re.compile(rb"#([0-9A-Fa-f]{2})")
_REMARKS = re.compile(rb"%([^\r\n]*)")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_PREVIOUS = re.compile(rb"%%EOF[\r\n ]*")
_OPENING = re.compile(rb"\d{1,10}\s{1,9}\d{1,5}\s{1,9}obj\b")
_TABLE = re.compile(r"[\d\s]*[fn]?|xref|trailer|startxref|%.*")
_SKIPPED = re.compile(
    rb"/Subtype\s*/(?:Image|CIDFontType0C|Type1C|OpenType)\b|/Type\s*/XRef\b|/Length1\b|/Alternate\b|/CMapName\b"
)
"""Streams that hold no text: pictures, fonts, colours, tables."""
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_PARMS = re.compile(rb"/(Predictor|Columns|Colors|BitsPerComponent)\s+(\d+)(?!\s+\d+\s+R)")

_MOST_STREAM = 256 * 1024 * 1024
_VERSIONS = 20
_READ_ERRORS = (Exception,)
"""What a library may raise at a broken file is not known beforehand; whatever it is, the part was not read."""


def pdf_pieces(content: bytes, place: str, inside: Inside, thorough: bool = False) -> Iterator[Found]:
    """All texts of a PDF. `thorough` also lays the pages out as a reader would, and looks at earlier versions."""
    shown = f"{place}: " if place else ""
    if _encrypted(content):
        yield Unread(place or "the document", "it is encrypted")
        return
    seen: set[int] = set()
    yield from _pages(content, shown, seen, thorough)
    yield from _objects(content, shown, seen, inside, thorough)
    if thorough:
        yield from _versions(content, shown)
        yield from _outside(content, shown)


def _encrypted(content: bytes) -> bool:
    return re.search(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)", content) is not None


def _outside(content: bytes, shown: str) -> Iterator[Found]:
    """What stands before the file, after it, and between its objects: a reader passes over it."""
    rest: list[bytes] = []
    at = 0
    while opening := _OPENING.search(content, at):
        rest.append(content[at : opening.start()])
        end = content.find(b"endobj", opening.end())
        at = len(content) if end < 0 else end + 6
    lines = b"\n".join([*rest, content[at:]]).decode("utf-8", "replace").splitlines()
    text = "\n".join(line for line in lines if not _TABLE.fullmatch(line.strip()))
    if text.strip():
        yield Piece(f"{shown}what belongs to no object", text, words=False)


# --- pages ----------------------------------------------------------------------------------------------------------


def _pages(content: bytes, shown: str, seen: set[int], thorough: bool) -> Iterator[Found]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings may quote the text
    fonts: dict[int, Font] = {}
    texts: list[str] = []
    laid: list[str] = []
    marks: list[str] = []
    try:
        for number, page in enumerate(_reader(content, thorough).pages, 1):
            found = page_text(page, fonts, seen)
            text = page.extract_text() if found is None else found[0]
            if found is not None and thorough:
                laid.append(page.extract_text())
            marks += found[1] if found else []
            texts.append(text)
            if not text.strip() and _pictured(page):
                yield Unread(f"{shown}page {number}", "the page is a picture")
    except _READ_ERRORS:
        yield Unread(f"{shown}page {len(texts) + 1}", "the page cannot be read")
    yield joined(f"{shown}pages", texts, "page", body=True)
    if laid:
        yield joined(f"{shown}pages as they are laid out", laid, "page", body=True)
    if marks:
        yield joined(f"{shown}marks on the pages", list(dict.fromkeys(marks)), body=True)


def _reader(content: bytes, thorough: bool) -> PdfReader:
    """A reader that believes the table of objects, which saves half of the time; if it is wrong, one that mends it."""
    if not thorough:
        try:
            reader = PdfReader(io.BytesIO(content), strict=True)
            len(reader.pages)
            return reader
        except _READ_ERRORS:
            pass
    return PdfReader(io.BytesIO(content))


def _pictured(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    return bool(objects is not None and objects.get_object())


def _versions(content: bytes, shown: str) -> Iterator[Found]:
    """The pages of earlier versions, which an editor leaves in a file that it adds to."""
    ends = [match.end() for match in _PREVIOUS.finditer(content)][:-1]
    if len(ends) > _VERSIONS:
        yield Unread(f"{shown}earlier versions", "there are too many of them")
        return
    for number, end in enumerate(ends, 1):
        texts: list[str] = []
        try:
            texts += [page.extract_text() for page in PdfReader(io.BytesIO(content[:end])).pages]
        except _READ_ERRORS:
            if b"/Linearized" not in content[:2048]:
                yield Unread(f"{shown}version {number}", "an earlier version in the file cannot be read")
        yield joined(f"{shown}version {number}, pages", texts, "page")


# --- objects --------------------------------------------------------------------------------------------------------


def _objects(content: bytes, shown: str, seen: set[int], inside: Inside, thorough: bool) -> Iterator[Found]:
    """Strings, names and remarks of all objects, and what is in streams that are no pages."""
    from reprisal_cli.protect.scan.extract import raw_pieces

    strings: dict[str, None] = {}
    names: dict[str, None] = {}
    unread = pictures = 0
    for head, number, data in _split(content):
        _collect(head, strings, names)
        pictures += data is not None and b"/Image" in head[-4096:] and bool(_PICTURE.search(head[-4096:]))
        skipped = data is not None and _SKIPPED.search(head[-4096:])
        if data is None or (skipped and (not thorough or b"/Image" in skipped[0] or b"/XRef" in skipped[0])):
            continue
        about = head[head.rfind(b" obj") :]
        plain = _unpacked(about, data)
        if plain is None:
            unread += not re.search(rb"DCT|JPX|CCITT|JBIG2", about)
        elif skipped:
            yield from raw_pieces(plain, f"{shown}font or table {number}")
        elif re.search(rb"/Type\s*/ObjStm", about):
            _collect(plain, strings, names)
        elif re.search(rb"/Type\s*/EmbeddedFile", about):
            yield from inside("", plain, f"{shown}attachment {number}")
        elif re.search(rb"/Subtype\s*/XML", about) or plain[:64].lstrip().startswith((b"<?xml", b"<?xpacket", b"<x:")):
            yield from inside("x.xml", plain, f"{shown}metadata {number}")
        elif number not in seen:
            yield from _unseen(plain, f"{shown}stream {number}")
    yield joined(f"{shown}properties, notes, bookmarks, links and other strings", list(strings), "string", body=False)
    if marked := [_MARKUP.sub("", text) for text in strings if _MARKUP.search(text)]:
        yield joined(f"{shown}notes with marks", [unescape(text) for text in marked], "string")
    yield joined(f"{shown}names", list(names), words=False)
    if pictures and thorough:
        yield Unread(f"{shown}{pictures} pictures", "what they show was not read", picture=True)
    if unread:
        yield Unread(f"{shown}{unread} streams", "they cannot be unpacked")


def _split(content: bytes) -> Iterator[tuple[bytes, int, bytes | None]]:
    """What stands before each stream, the number of its object, and the stream; at last what stands after all."""
    at = 0
    while match := _STREAM.search(content, at):
        head = content[at : match.start() + 2]
        start = match.end()
        opening = head.rfind(b" obj")
        length = _LENGTH.search(head, max(0, opening))
        end = start + int(length[1]) if length else -1
        if end < 0 or content[end : end + 12].strip()[:9] != b"endstream":
            end = content.find(b"endstream", start)
        if end < 0:
            break
        numbers = _OBJECT.findall(head[max(0, opening - 24) :])
        yield head, int(numbers[-1]) if numbers else 0, content[start:end]
        at = end + 9
    yield content[at:], 0, None


def _collect(data: bytes, strings: dict[str, None], names: dict[str, None]) -> None:
    for token in STRINGS.findall(data):
        strings[text_of(literal(token))] = None
    for name in set(_NAMES.findall(data)):
        plain = _HASHED.sub(lambda hit: bytes.fromhex(hit[1].decode()), name)
        names[plain.decode("utf-8", "replace")] = None
    for remark in set(_REMARKS.findall(data)) if b"%" in data else ():
        names[remark.decode("utf-8", "replace")] = None


def _unpacked(about: bytes, data: bytes) -> bytes | None:
    """A stream without its filters, or None."""
    found = _FILTERS.search(about)
    for name in re.findall(rb"/(\w+)", found[1]) if found else ():
        unpack = _FILTERS_KNOWN.get(name)
        if unpack is None:
            return None
        try:
            data = bytes(unpack(data))
        except _READ_ERRORS:
            return None
    if b"/DecodeParms" not in about and b"/DP" not in about:
        return data
    return _unfiltered(data, about)


def _unfiltered(data: bytes, about: bytes) -> bytes | None:
    """Bytes that were written as differences from the row before, or None."""
    parms = {NameObject(f"/{key.decode()}"): NumberObject(int(value)) for key, value in _PARMS.findall(about)}
    if int(parms.get(NameObject("/Predictor"), 1)) < 2:
        return data if not re.search(rb"/(?:DecodeParms|DP|Predictor)\s+\d+\s+\d+\s+R", about) else None
    try:
        return bytes(FlateDecode.decode(zlib.compress(data, 1), DictionaryObject(parms)))
    except _READ_ERRORS:
        return None


def _inflate(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(data, _MOST_STREAM)
    if unpacker.unconsumed_tail:
        raise ValueError
    return plain


_FILTERS_KNOWN: Mapping[bytes, Callable[[bytes], bytes]] = {
    b"FlateDecode": _inflate,
    b"Fl": _inflate,
    b"ASCIIHexDecode": ASCIIHexDecode.decode,
    b"AHx": ASCIIHexDecode.decode,
    b"ASCII85Decode": ASCII85Decode.decode,
    b"A85": ASCII85Decode.decode,
    b"LZWDecode": LZWDecode.decode,
    b"LZW": LZWDecode.decode,
    b"RunLengthDecode": RunLengthDecode.decode,
    b"RL": RunLengthDecode.decode,
}


def _unseen(plain: bytes, place: str) -> Iterator[Piece]:
    """A stream that no page uses: its strings, and what else reads like text."""
    from reprisal_cli.protect.scan.extract import raw_pieces

    strings = [text_of(literal(token)) for token in STRINGS.findall(plain)]
    if strings:
        yield Piece(place, "".join(strings), words=False)
    yield from raw_pieces(plain, place)
