"""Word, OpenDocument and EPUB files, and any other archive: every part, its name, and what lies between the parts."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from reprisal_cli.protect.scan.pieces import MOST_BYTES, MOST_PARTS, MOST_SWELLING, Found, Piece, Unread, joined

Inside = Callable[[str, bytes, str], Iterator[Found]]
_MEGABYTE = 1024 * 1024
_HEADER = 30


def zip_pieces(content: bytes, place: str, inside: Inside) -> Iterator[Found]:
    """All texts of an archive."""
    shown = f"{place}: " if place else ""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        yield Unread(place or "the document", "the archive is broken")
        return
    with archive:
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            yield Unread(place or "the document", "the archive is too large")
            return
        names = [part.orig_filename for part in parts] + [part.filename for part in parts]
        yield joined(f"{shown}names of the parts", list(dict.fromkeys(names)), "part", words=False)
        comments = [archive.comment, *(part.comment for part in parts), *(part.extra for part in parts)]
        yield Piece(f"{shown}comments of the archive", _lines(comments), words=False)
        yield from _between(content, parts, place or "the document")
        for number, part in enumerate(parts, 1):
            where = f"{shown}{part.filename}"
            if part.is_dir() and not part.file_size:
                continue
            data = _read(archive, part)
            if data is None:
                yield Unread(f"{shown}part {number}", "the part is encrypted, broken, or swells when unpacked")
            else:
                yield from inside(part.filename, data, where)


def _lines(pieces: list[bytes]) -> str:
    return "\n".join(dict.fromkeys(piece.decode("utf-8", "replace") for piece in pieces if piece))


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes | None:
    """A part unpacked, or None. Its size is not believed: no more than it says is unpacked."""
    if part.flag_bits & 0x1:
        return None
    swelling = part.file_size / max(1, part.compress_size)
    if swelling > (MOST_SWELLING if part.file_size < 16 * _MEGABYTE else MOST_SWELLING / 2) and (
        part.file_size > _MEGABYTE
    ):
        return None
    try:
        with archive.open(part) as stream:
            data = stream.read(part.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError, OSError):
        return None
    return data if len(data) == part.file_size else None


def _between(content: bytes, parts: list[zipfile.ZipInfo], place: str) -> Iterator[Found]:
    """Bytes that belong to no part: before the first, between two (a part that was deleted), after the last."""
    at = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset - at > 24:  # a description of sizes may follow a part
            yield Unread(place, "the archive has bytes that belong to no part")
            return
        header = content[part.header_offset : part.header_offset + _HEADER]
        if len(header) < _HEADER:
            yield Unread(place, "the archive is broken")
            return
        name, extra = struct.unpack("<HH", header[26:30])
        at = max(at, part.header_offset + _HEADER + name + extra + part.compress_size)
    directory = content.find(b"PK\x01\x02", at)
    ending = content.rfind(b"PK\x05\x06")
    if parts and (directory < 0 or directory - at > 24 + 1024 * content[at : at + 4].startswith(b"PK\x06\x08")):
        yield Unread(place, "the archive has bytes that belong to no part")
    elif ending >= 0 and len(content) - ending - 22 - int.from_bytes(content[ending + 20 : ending + 22], "little") > 0:
        yield Unread(place, "the archive has bytes after its end")
