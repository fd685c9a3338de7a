"""The text of a PDF's pages, from the content of each and the tables that its fonts bring. Many times faster than a
general reader, which lays the signs out; the search wants their order alone. None where a font has no table."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from pypdf._codecs.pdfdoc import _pdfdoc_encoding
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

_SIGNS = rb"(?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+"
_STRING = rb"\(" + _SIGNS + rb"\)"
_DIGITS = rb"[0-9A-Fa-f\s]*"
_HEX = rb"<" + _DIGITS + rb">"
STRINGS = re.compile(_STRING + rb"|" + _HEX, re.DOTALL)
_FONT = rb"/(?P<font>[^\s/()<>\[\]{}%]+)\s+-?[\d.]+\s+Tf\b"
_ARRAY = rb"\[(?P<array>(?:" + _STRING + rb"|" + _HEX + rb"|[^\]()<>]++)*+)\]\s*TJ\b"
_SHOW = rb"\s*(?:Tj\b|'|\")"
_ONE = rb"\((?P<one>" + _SIGNS + rb")\)" + _SHOW
_ONE_HEX = rb"<(?P<hex>" + _DIGITS + rb")>" + _SHOW
_MARK = rb"<<(?P<mark>(?:" + _STRING + rb"|" + _HEX + rb"|<<|[^<>()]++)*)>>"
_LINE = rb"T(?<!\wT)(?P<line>[dDm]\b|\*)"
_SPAN = rb"B(?<!\wB)(?P<span>DC|MC)\b|E(?<!\wE)(?P<end>MC)\b"
_FORM = rb"/(?P<form>[^\s/()<>\[\]{}%]+)\s+Do\b"
_TOKENS = (_FONT, _ARRAY, _ONE, _ONE_HEX, _MARK, _LINE, _FORM, _STRING)
_TOKEN = re.compile(b"|".join(_TOKENS), re.DOTALL)
"""Each begins with a sign of its own: so numbers, of which a page is full, are passed over by C."""
_TOKEN_OR_SPAN = re.compile(b"|".join((*_TOKENS, _SPAN)), re.DOTALL)
"""Where a mark has a text of its own, it matters which signs stand in it."""
_ACTUAL = re.compile(rb"/ActualText\s*(" + _STRING + rb"|" + _HEX + rb")", re.DOTALL)
_GAP = re.compile(rb"[)>]\s*-(?:[2-9]\d\d|\d{4})")
_ELEMENT = re.compile(_STRING + rb"|" + _HEX + rb"|-?[\d.]+", re.DOTALL)
_ESCAPES = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ODD = re.compile(rb"\\(?:[^nrtbf0-7()\\]|[0-7]{1,2}(?![0-7])|[4-7][0-7]{2})", re.DOTALL)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_SPACE = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f\s]*)>")
_MOST_FORMS = 200
_WIDE = 200
"""From which width on a gap stands for a space, in thousandths of the size of the font (also in `_GAP`)."""

_NO_GLYPH, _GAP_SIGN = b"\xff\xff", "\uffff"
"""Between the codes of two bytes, the one that no glyph has stands for a wide gap."""

Font = tuple[int, Mapping[int, str]]
"""How many bytes a code has, and the text of each."""


class NoTableError(Exception):
    """A font says nothing about the text of its codes."""


class _Shown(Struct):
    """What a page shows: its signs in order, and the same with the texts that marks give in the place of signs."""

    signs: list[str] = field(default_factory=list)
    meant: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    replaced: bool = False

    def add(self, text: str, hidden: int) -> None:
        self.signs.append(text)
        if not hidden:
            self.meant.append(text)


def page_text(page: Any, fonts: dict[int, Font], seen: set[int]) -> tuple[str, list[str]] | None:
    """The text of a page, and the texts that marks in its content bring; None if it takes a general reader. `fonts` and
    `seen` remember the fonts and the streams that were read."""
    out = _Shown()
    try:
        resources = _object(page.get("/Resources")) or DictionaryObject()
        _show(_content(page.get("/Contents"), seen), resources, fonts, seen, out, 0)
    except NoTableError:
        return None
    if out.replaced:
        out.marks.append("".join(out.meant))
    return "".join(out.signs), out.marks


def _object(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _content(value: Any, seen: set[int]) -> bytes:
    seen.add(getattr(value, "idnum", 0))
    found = _object(value)
    if isinstance(found, ArrayObject):
        return b"\n".join(_content(part, seen) for part in list.__iter__(found))
    if not isinstance(found, StreamObject):
        return b""
    # the commonest escape, half of what typst writes, is taken out for all strings at once; first what looks like it
    return bytes(found.get_data()).replace(b"\\\\", b"\\134").replace(b"\\000", b"\0")


def _show(content: bytes, resources: Any, fonts: dict[int, Font], seen: set[int], out: _Shown, depth: int) -> None:
    """Reads what a stream of a page shows, in one pass: a page has thousands of signs, a report hundreds of pages."""
    known = _object(resources.get("/Font")) or {}
    font: Font | None = None
    named: dict[bytes, Font] = {}
    open_marks: list[bool] = []
    hidden = 0  # how many of the open marks have a text of their own
    meant: bytes | None = None
    odd = _ODD.search(content) is not None
    tokens = _TOKEN_OR_SPAN if b"/ActualText" in content else _TOKEN
    for match in tokens.finditer(content):
        kind = match.lastgroup
        if kind == "end":
            hidden -= open_marks.pop() if open_marks else 0
        elif kind == "span":
            if meant is not None and not hidden:
                out.meant.append(text_of(literal(meant)))
            out.replaced |= meant is not None
            open_marks.append(meant is not None)
            hidden += meant is not None
            meant = None
        elif kind == "mark":
            mark = match["mark"]
            if b"(" in mark or b"<" in mark:
                out.marks += [text_of(literal(one)) for one in STRINGS.findall(mark)]
                found = _ACTUAL.search(mark)
                meant = found[1] if found else None
            else:
                meant = None
        elif kind == "line":
            out.add("\n", hidden)
        elif kind == "font":
            name = match["font"]
            if name not in named:
                named[name] = _font(dict.get(known, "/" + name.decode("latin-1")), fonts)
            font = named[name]
        elif kind in ("array", "one", "hex"):
            if font is None:
                raise NoTableError
            out.add(_row(kind, match[kind], font, odd), hidden)
        elif kind == "form" and depth < 8 and len(seen) < 100_000:
            forms = _object(resources.get("/XObject")) or {}
            reference = dict.get(forms, "/" + match["form"].decode("latin-1"))
            form = _object(reference)
            if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
                inner = _object(form.get("/Resources")) or resources
                _show(_content(reference, seen), inner, fonts, seen, out, depth + 1)


def _row(kind: str, row: bytes, font: Font, odd: bool) -> str:
    if kind == "array":
        return _array(row, font, odd)
    return _shown(_unescaped(row) if kind == "one" else _from_hex(row), font)


def _array(array: bytes, font: Font, odd: bool) -> str:
    """The text of a row of signs. `odd` says whether the stream may hold what `_plain` does not read."""
    gaps = _GAP.search(array) is not None
    if (odd and _ODD.search(array)) or (gaps and font[0] == 1):
        return "".join(_parted(_ELEMENT.findall(array), font))
    elements = (_ELEMENT if gaps else STRINGS).findall(array)
    if b"<" in array and any(one[:1] == b"<" for one in elements):
        return "".join(_parted(elements, font))
    codes = _plain(b"".join([one[1:-1] if one[:1] == b"(" else _gap(one) for one in elements]))
    return _shown(codes, font).replace(_GAP_SIGN, " ") if gaps else _shown(codes, font)


def _gap(element: bytes) -> bytes:
    return _NO_GLYPH if float(element) <= -_WIDE else b""


def _parted(elements: list[bytes], font: Font) -> Iterator[str]:
    """The same one string after the other, with a space for each wide gap."""
    codes: list[bytes] = []
    for element in elements:
        if element[:1] in (b"(", b"<"):
            codes.append(literal(element))
        elif float(element) <= -_WIDE:
            yield _shown(b"".join(codes), font) + " "
            codes.clear()
    yield _shown(b"".join(codes), font)


def _shown(codes: bytes, font: Font) -> str:
    width, table = font
    if width == 1:
        return codes.decode("latin-1").translate(table)
    return codecs.utf_16_be_decode(codes[: len(codes) // 2 * 2], "surrogatepass")[0].translate(table)


# --- strings --------------------------------------------------------------------------------------------------------


def literal(token: bytes) -> bytes:
    """The bytes of a string, written in either way."""
    return _from_hex(token[1:-1]) if token[:1] == b"<" else _unescaped(token[1:-1])


def _from_hex(row: bytes) -> bytes:
    digits = b"".join(row.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _unescaped(inner: bytes) -> bytes:
    if b"\\" not in inner:
        return inner
    return _ESCAPES.sub(_unescape, inner) if _ODD.search(inner) else _plain(inner)


def _plain(inner: bytes) -> bytes:
    """Common escapes taken out, by C."""
    safe = inner.replace(b"\\\\", b"\\134").replace(b"\\(", b"(").replace(b"\\)", b")")
    return codecs.escape_decode(safe)[0]


def _unescape(match: re.Match[bytes]) -> bytes:
    octal, end, sign = match.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    return b"" if end else _PLAIN.get(sign, sign)


def text_of(raw: bytes) -> str:
    """A string outside of pages as text."""
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8")):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:  # the format's own signs
        return "".join(_pdfdoc_encoding[byte] for byte in raw)


# --- fonts ----------------------------------------------------------------------------------------------------------


def _font(reference: Any, fonts: dict[int, Font]) -> Font:
    key = getattr(reference, "idnum", 0)
    if key in fonts:
        return fonts[key]
    font = _object(reference)
    made = _table(font) if isinstance(font, DictionaryObject) else None
    if made is None:
        raise NoTableError
    if key:
        fonts[key] = made
    return made


def _table(font: DictionaryObject) -> Font | None:
    cmap = _object(font.get("/ToUnicode"))
    if not isinstance(cmap, StreamObject):
        return None
    try:
        data = bytes(cmap.get_data())
    except (PyPdfError, ValueError):
        return None
    space = _SPACE.search(data)
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    if space and len(b"".join(space[1].split())) != 2 * width:
        return None
    table: dict[int, str] = {}
    for kind, block in _BLOCK.findall(data):
        codes = [(match[1], match[2], match[3]) for match in _CODE.finditer(block)]
        _chars(codes, table) if kind == b"bfchar" else _ranges(codes, table)
    return (width, table) if table else None


Code = tuple[bytes | None, bytes | None, bytes | None]


def _chars(codes: list[Code], table: dict[int, str]) -> None:
    for (source, _, _), (target, _, _) in zip(codes[::2], codes[1::2], strict=False):
        if source and target is not None:
            table[int(source, 16)] = _unicode(target)


def _ranges(codes: list[Code], table: dict[int, str]) -> None:
    at = 0
    while at + 2 < len(codes):
        first, last = codes[at][0], codes[at + 1][0]
        if first is None or last is None:
            return
        low, high = int(first, 16), min(int(last, 16), int(first, 16) + 65535)
        target = codes[at + 2][0]
        if target is not None:
            base = _unicode(target)
            for number in range(low, high + 1):
                table[number] = base[:-1] + chr(min(ord(base[-1]) + number - low, 0x10FFFF)) if base else ""
            at += 3
        else:
            at += 3
            for number in range(low, high + 1):
                inner = codes[at][0] if at < len(codes) else None
                if inner is None:
                    break
                table[number] = _unicode(inner)
                at += 1
            while at < len(codes) and codes[at][2] is None:
                at += 1
            at += 1


def _unicode(target: bytes) -> str:
    return bytes.fromhex(b"".join(target.split()).decode("ascii")).decode("utf-16-be", "replace")
