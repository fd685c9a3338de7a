"""Report -> OpenDocument text, and Report -> EPUB: small writers, pandoc does the work."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from reprisal_cli.compile.tree import Picture, Report
from reprisal_cli.render.book_tree import tree
from reprisal_cli.render.fill import fill
from reprisal_cli.render.house import House
from reprisal_cli.render.literal import clean
from reprisal_cli.render.pandoc import convert
from reprisal_cli.render.zip import pack, unpack

_FRAME = re.compile("<draw:image [^>]*/>")
_MODIFIED = re.compile(rb'(<meta property="dcterms:modified">)[^<]*')


def odt(report: Report, house: House, epoch: int) -> bytes:
    """The document as OpenDocument text. Its properties name no author and no program."""
    parts = unpack(convert(tree(report), "odt"))
    values = {"title": clean(report.front.title), "symbol": clean(report.front.symbol), "moment": _moment(epoch)}
    parts["content.xml"] = _described(parts["content.xml"].decode(), report).encode()
    parts["meta.xml"] = fill(house.folder, "meta.xml.j2", language=report.language, **values).encode()
    return pack(parts)


def _described(content: str, report: Report) -> str:
    """What pictures show in words, which pandoc leaves out."""
    shown = iter(block.alternative for part in report.parts for block in part.blocks if isinstance(block, Picture))
    return _FRAME.sub(lambda found: f"{found[0]}<svg:desc>{escape(clean(next(shown)))}</svg:desc>", content)


def epub(report: Report, house: House, epoch: int) -> bytes:
    """The document as a book for reading devices. Its identifier is the symbol, so that the same report is the same
    book."""
    identifier = f"urn:reprisal:{re.sub(r'[^A-Za-z0-9]+', '-', report.front.symbol)}:{report.language}"
    day = _moment(epoch)[:10]
    parts = unpack(convert(tree(report, identifier=identifier, date=day), "epub3", ["--toc-depth=2"]))
    moment = _moment(epoch).encode()
    parts["EPUB/styles/stylesheet1.css"] = fill(house.folder, "book.css").encode()
    parts["EPUB/content.opf"] = _MODIFIED.sub(rb"\g<1>" + moment, parts["EPUB/content.opf"])
    return pack(parts)


def _moment(epoch: int) -> str:
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
