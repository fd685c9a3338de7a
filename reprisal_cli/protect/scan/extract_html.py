"""Web pages: text, attributes, comments, style, script."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree, html

from reprisal_cli.protect.scan.extract_xml import escaped
from reprisal_cli.protect.scan.extract_zip import Inside
from reprisal_cli.protect.scan.pieces import Found, Piece, Unread, joined

_INLINE_WORDS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rb rp rt ruby s "
    "samp small span strike strong sub sup time tt u var wbr img input tspan textpath"
)
_INLINE = frozenset(_INLINE_WORDS.split())
_RAW = frozenset({"style", "script"})
_DATA = re.compile(r"data:([\w/+.-]*)((?:;[\w=-]+)*),([^\s\"')]*)")


def html_pieces(content: bytes, place: str, inside: Inside) -> Iterator[Found]:
    """All texts of a web page."""
    from reprisal_cli.protect.scan.extract import decoded, unescaped

    where = place or "page"
    text = decoded(content)
    if text is None:
        yield Unread(where, "it is not text in UTF-8")
        return
    try:
        root = html.document_fromstring(
            text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
        )
    except (etree.LxmlError, ValueError):
        yield Piece(where, text)
        yield Unread(where, "it cannot be read as a web page")
        return
    shown, marks, notes, codes = _texts(root.getroottree().getroot())
    yield Piece(where, "".join(shown), marks, "block", body=True)
    if notes:
        yield joined(f"comments of {where}", notes)
    for code in codes:
        yield Piece(f"style or script of {where}", code, words=False)
        if code.lstrip()[:1] in ("{", "["):
            yield from inside("x.json", code.encode("utf-8", "replace"), f"data of {where}")
        yield from unescaped(code, f"style or script of {where}")
    values = list(dict.fromkeys(_values(root)))
    yield joined(f"attributes of {where}", values, words=False)
    yield from escaped(values, f"attributes of {where}")
    yield from _declared(text, where)
    yield from _data(values + codes, where, inside)
    for element in root.iter():
        if page := element.get("srcdoc"):
            yield from inside("x.html", page.encode("utf-8", "replace"), f"page in {where}")


def _texts(root: Any) -> tuple[list[str], list[int], list[str], list[str]]:
    """The text with where its blocks begin, the comments, the styles and scripts."""
    shown: list[str] = []
    marks: list[int] = [0]
    notes: list[str] = []
    codes: list[str] = []
    length = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            notes.append(element.text or "")
            add = element.tail or ""
        elif element.tag in _RAW or not isinstance(element.tag, str):
            if event == "start":
                codes.append(element.text or "")
                continue
            add = "\n" + (element.tail or "")
        elif event == "start":
            block = element.tag not in _INLINE
            add = ("\n" if block else "") + (element.text or "")
            if block:
                marks.append(length + 1)
        else:
            add = ("" if element.tag in _INLINE else "\n") + (element.tail or "")
        shown.append(add)
        length += len(add)
    return shown, marks, notes, codes


def _values(root: Any) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str):
            yield element.tag
            for key, value in element.attrib.items():
                yield value
                yield key


def _declared(text: str, where: str) -> Iterator[Piece]:
    """What a parser drops: declarations, CDATA, and what stands after the end."""
    odd = re.findall(r"<![^-][^>]*>|<\?[^>]*>", text)
    tail = text[text.lower().rfind("</html") :]
    if odd or len(tail) > 8:
        yield joined(f"declarations of {where}", [*odd, tail], words=False)


def _data(texts: list[str], where: str, inside: Inside) -> Iterator[Found]:
    """Files inside the page."""
    number = 0
    for text in texts:
        if "data:" not in text:
            continue
        for match in _DATA.finditer(text):
            number += 1
            raw = unquote_to_bytes(match[3])
            try:
                data = base64.b64decode(raw, validate=False) if ";base64" in match[2] else raw
            except (binascii.Error, ValueError):
                yield Unread(f"{where}, embedded file {number}", "the file is broken")
                continue
            if data:
                yield from inside(f"x.{match[1].rpartition('/')[2].partition('+')[0]}", data, f"{where}, file {number}")
