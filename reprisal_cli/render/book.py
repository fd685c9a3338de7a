"""Report -> OpenDocument text, and Report -> EPUB: small writers, pandoc does the work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from xml.sax.saxutils import escape

from reprisal_cli.compile.tree import Picture, Report
from reprisal_cli.render.book_tree import ABOVE, ITEM, tree
from reprisal_cli.render.fill import fill
from reprisal_cli.render.house import House
from reprisal_cli.render.literal import clean
from reprisal_cli.render.pandoc import as_json, convert
from reprisal_cli.render.zip import pack, unpack

_FRAME = re.compile("<draw:image [^>]*/>")
_MODIFIED = re.compile(rb'(<meta property="dcterms:modified">)[^<]*')


def odt(report: Report, house: House, epoch: int) -> bytes:
    """The document as OpenDocument text. Its properties name no author and no program."""
    parts = unpack(convert(as_json(tree(report)), "odt"))
    values = {"title": clean(report.front.title), "symbol": clean(report.front.symbol), "moment": _moment(epoch)}
    content = parts["content.xml"].decode().replace(_CELL, _RULED).replace(_TABLE, _SPACED)
    content = content.replace("<table:table-row>", '<table:table-row table:style-name="Row">')
    content = content.replace("</office:automatic-styles>", f"{_ROW}</office:automatic-styles>", 1)
    parts["content.xml"] = _described(content, report).encode()
    parts["styles.xml"] = _dressed(parts["styles.xml"].decode()).encode()
    parts["meta.xml"] = fill(house.folder, "meta.xml.j2", language=report.language, **values).encode()
    return pack(parts)


def _dressed(styles: str) -> str:
    """pandoc's styles on the paper of the United Nations, with tables in small print and no caption left behind."""
    for pattern, sizes in _PAPER.items():
        styles = re.sub(pattern, sizes, styles)
    for name, inside in _STYLES.items():
        whole = rf'(<style:style [^>]*style:name="{name}"[^>]*>.*?)(</style:style>)'
        styles = re.sub(whole, rf"\1{inside}\2", styles, count=1, flags=re.DOTALL)
    styles = styles.replace(_ANY, f'{_ANY} fo:orphans="2" fo:widows="2"', 1)
    return styles.replace("</office:styles>", f"{_OWN}</office:styles>", 1)


_ANY = '<style:default-style style:family="paragraph">\n      <style:paragraph-properties'
_PAPER = {
    r'fo:margin-(bottom|left|right|top)="1in"': r'fo:margin-\1="2cm"',
    r'fo:page-height="11in"': 'fo:page-height="29.7cm"',
    r'fo:page-width="8.5in"': 'fo:page-width="21cm"',
}
_STYLES = {
    "Table": '<style:paragraph-properties fo:keep-with-next="always"/>',
    "TableCaption": '<style:paragraph-properties fo:keep-with-next="always"/>',
    "Table_20_Contents": '<style:text-properties fo:font-size="8.5pt"/>',
    "Table_20_Heading": '<style:text-properties fo:font-size="7.5pt"/>',
}


_CELL = '<style:table-cell-properties fo:border="none" />'
_RULED = '<style:table-cell-properties fo:border="none" fo:border-bottom="0.5pt solid #999999" fo:padding="0.03cm" />'


_TABLE = 'table:align="center" style:rel-width="100%" />'
_SPACED = 'table:align="center" style:rel-width="100%" fo:margin-top="0.1cm" fo:margin-bottom="0.4cm" />'
_ROW = (
    '<style:style style:name="Row" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always" /></style:style>'
)
_OWN = "".join(
    f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Text_20_body">'
    f"<style:paragraph-properties {properties} /></style:style>"
    for name, properties in ((ABOVE, 'fo:keep-with-next="always"'), (ITEM, 'fo:margin-left="1cm"'))
)


def _described(content: str, report: Report) -> str:
    """What pictures show in words, which pandoc leaves out."""
    shown = iter(block.alternative for part in report.parts for block in part.blocks if isinstance(block, Picture))
    return _FRAME.sub(lambda found: f"{found[0]}<svg:desc>{escape(clean(next(shown)))}</svg:desc>", content)


def epub(report: Report, house: House, epoch: int) -> bytes:
    """The document as a book for reading devices. Its identifier is the symbol, so that the same report is the same
    book."""
    identifier = f"urn:reprisal:{re.sub(r'[^A-Za-z0-9]+', '-', report.front.symbol)}:{report.language}"
    day = _moment(epoch)[:10]
    parts = unpack(convert(as_json(tree(report, identifier=identifier, date=day)), "epub3", ["--toc-depth=2"]))
    moment = _moment(epoch).encode()
    parts |= _numbered({name: part.decode() for name, part in parts.items() if name.startswith("EPUB/text/")})
    parts["EPUB/styles/stylesheet1.css"] = fill(house.folder, "book.css").encode()
    parts["EPUB/content.opf"] = _MODIFIED.sub(rb"\g<1>" + moment, parts["EPUB/content.opf"])
    return pack(parts)


_DATE = re.compile(r'\s*<p class="date">[^<]*</p>')
_CALL = re.compile(r'(<a href="#fn[^>]* class="footnote-ref"[^>]*>)\d+(?=</a>)')
_NOTE = re.compile(r'(<aside epub:type="footnote"[^>]*>\s*<p>)')


def _numbered(chapters: Mapping[str, str]) -> dict[str, bytes]:
    """The chapters with footnotes that count through the whole book, as its index and its readers do: pandoc begins
    again in each and leaves the numbers out where a note stands. No date on the title page: the masthead has it."""
    calls, notes = count(1), count(1)
    out: dict[str, bytes] = {}
    for name in sorted(chapters):
        text = _CALL.sub(lambda found: f"{found[1]}{next(calls)}", _DATE.sub("", chapters[name]))
        out[name] = _NOTE.sub(lambda found: f"{found[1]}{next(notes)}\N{EN SPACE}", text).encode()
    return out


def _moment(epoch: int) -> str:
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
