"""A Word file from outside, opened.

The file is input from strangers (`docs/protection.md`): what is unpacked is limited whatever the archive says of
itself, XML with a declaration of entities is refused, macros and embedded documents are not opened, nothing is fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from msgspec import Struct

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.review.redline_parts import INITIALS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_PART = 32 * 1024 * 1024
MOST_PARTS = 5_000
MOST_FILE = 64 * 1024 * 1024
_DEEPEST = 200
_HINT = "it has to be a document that `reprisal build` made, edited in Word or LibreOffice"


class WordFile(Struct, frozen=True):
    """A file that was opened: its parts as trees."""

    body: Any
    notes: Mapping[str, Any]
    links: Mapping[str, Mapping[str, str]]
    styles: Mapping[str, str]
    heads: tuple[Any, ...]
    comments: Mapping[str, tuple[str, str]]
    odd: tuple[str, ...]

    @property
    def authors(self) -> tuple[str, ...]:
        """Who made tracked changes, in the order of their first."""
        found = [
            (element.get(f"{W}date") or "", element.get(f"{W}author") or "")
            for root in (self.body, *self.notes.values())
            for element in root.iter()
            if element.tag in _CHANGES
        ]
        return tuple(dict.fromkeys(name for _, name in sorted(found)))


_CHANGES = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))


# --- opening --------------------------------------------------------------------------------------------------------


def open_word(content: bytes) -> WordFile:
    """Opens a Word file. Raises ReprisalError for one that is broken, hostile or too large."""
    parts = _parts(content)
    main = "word/document.xml"
    if main not in parts:
        raise ReprisalError("this is not a Word document", _HINT)
    trees = {name: _tree(data) for name, data in parts.items()}
    body = trees[main].find(f"{W}body")
    if body is None:
        raise ReprisalError("this Word document has no text", _HINT)
    notes: dict[str, Any] = {}
    for kind in ("footnote", "endnote"):
        root = trees.get(f"word/{kind}s.xml")
        for note in root.iter(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                notes[f"{kind}{note.get(f'{W}id')}"] = note
    links = {
        part: {one.get("Id", ""): one.get("Target", "") for one in root if one.get("TargetMode") == "External"}
        for part, root in (
            (name.split("/")[-1].removesuffix(".rels"), trees[name]) for name in trees if name.endswith(".rels")
        )
    }
    styles = {
        one.get(f"{W}styleId", ""): (
            one.find(f"{W}name").get(f"{W}val", "") if one.find(f"{W}name") is not None else ""
        )
        for one in (trees["word/styles.xml"].iter(f"{W}style") if "word/styles.xml" in trees else ())
    }
    heads = tuple(trees[name] for name in sorted(trees) if name.startswith(("word/header", "word/footer")))
    return WordFile(body, notes, links, styles, heads, _comments(trees.get("word/comments.xml")), tuple(_odd(trees)))


def _parts(content: bytes) -> dict[str, bytes]:
    if len(content) > MOST_FILE:
        raise ReprisalError("the document is too large", f"at most {MOST_FILE // 1024**2} MiB")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            if len(listed) > MOST_PARTS:
                raise ReprisalError("the document has too many parts", _HINT)
            names = [part.filename for part in listed]
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise ReprisalError("the document holds macros", "save it as .docx, without macros")
            if len(set(names)) < len(names):
                raise ReprisalError("the document has two parts of one name", _HINT)
            return {part.filename: _unpacked(archive, part) for part in listed if _wanted(part.filename)}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError, OSError):
        raise ReprisalError("this is not a Word document, or it is damaged or encrypted", _HINT) from None


def _wanted(name: str) -> bool:
    return name in ("word/styles.xml", "word/comments.xml", "word/footnotes.xml", "word/endnotes.xml") or (
        name.startswith(("word/document", "word/header", "word/footer", "word/_rels/"))
        and name.endswith((".xml", ".rels"))
    )


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part, no more of it than is allowed: neither the size that is declared nor the real one is believed."""
    if part.file_size > MOST_PART or part.flag_bits & 0x1:
        raise ReprisalError("a part of the document is too large, or encrypted", _HINT)
    with archive.open(part) as stream:
        data = stream.read(MOST_PART + 1)
    if len(data) > MOST_PART:
        raise ReprisalError("a part of the document is too large", _HINT)
    return data


def _tree(data: bytes) -> Any:
    try:
        root = fromstring(data, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        raise ReprisalError("a part of the document is no XML that can be trusted", _HINT) from None
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return root
    raise ReprisalError("a part of the document is nested too deep", _HINT)


def _comments(root: Any) -> dict[str, tuple[str, str]]:
    """The comments by their ids: who said what. Those that a redline of ours carries are left out."""
    if root is None:
        return {}
    return {
        one.get(f"{W}id", ""): (one.get(f"{W}author", ""), " ".join("".join(one.itertext()).split()))
        for one in root.iter(f"{W}comment")
        if one.get(f"{W}initials") != INITIALS
    }


def _odd(trees: Mapping[str, Any]) -> Iterator[str]:
    """What is there and is not read."""
    for root in trees.values():
        if next(root.iter(f"{W}altChunk"), None) is not None:
            yield "a document that is embedded in this one"
