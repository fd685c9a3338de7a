"""XML of any kind: the text of each paragraph with its runs joined, attributes, comments, names of elements.

What is deleted in a tracked change and the codes of fields are told apart from the text that is shown, and are read
by themselves and together with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple
from xml.etree.ElementTree import (  # see `_parsed`
    Comment,
    ParseError,
    ProcessingInstruction,
    TreeBuilder,
    XMLParser,
)

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from msgspec import Struct, field

from reprisal_cli.protect.scan.extract_zip import Inside
from reprisal_cli.protect.scan.pieces import Found, Piece, Unread, joined

_INLINE_WORDS = (
    "r t delText instrText delInstrText ins del moveFrom moveTo hyperlink smartTag sdt sdtContent fldSimple rPr "
    "proofErr bookmarkStart bookmarkEnd rStyle vanish ruby rubyBase ruby-base dir bdo customXml oMath "
    "AlternateContent Choice Fallback meta meta-field "
    "span ref remark a b i em strong u s sup sub small big code q cite abbr mark font tt bdi bdo kbd samp var time "
    "change-start change-end change bookmark-start bookmark-end tspan textPath"
)
_INLINE = frozenset(_INLINE_WORDS.split())
_SPACES = {
    "tab": " ", "br": " ", "cr": " ", "s": " ", "line-break": " ", "noBreakHyphen": "-", "softHyphen": "\xad",
    "soft-hyphen": "\xad", "ptab": " ",
}  # fmt: skip
_NESTED_WORDS = "note annotation drawing pict object fldChar frame custom-shape text-box txbxContent rt ruby-text"
_NESTED = frozenset(_NESTED_WORDS.split())
"""What stands in the middle of a text and is no part of it: a note, a frame, what is said of a sign."""
_DELETED = frozenset({"delText"})
_CODES = frozenset({"instrText", "delInstrText"})
_PARAGRAPH = frozenset({"p", "h"})
_DECLARES = re.compile(rb"""<!(?!--|\[CDATA\[)|encoding\s*=\s*["'](?!utf-8["']|us-ascii["'])""", re.IGNORECASE)


class _Streams(Struct):
    """The text of the unit that is being read, by kind; it is emptied at the end of each."""

    shown: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    all: list[str] = field(default_factory=list)


class _Texts(Struct):
    """What was read so far."""

    shown: list[str] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    length: int = 0
    others: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    values: dict[str, None] = field(default_factory=dict)
    packed: list[str] = field(default_factory=list)


class _Kind(NamedTuple):
    """What the name of an element says of its text."""

    name: str
    block: bool
    nested: bool
    about: bool
    space: str | None
    packed: bool


@lru_cache(4096)
def _kind(tag: str) -> _Kind:
    name = tag.rpartition("}")[2]
    space = _SPACES.get(name)
    block = name not in _INLINE and space is None and name != "sym"
    about = name.endswith("Pr")
    return _Kind(name, block, about or name in _NESTED, about, space, name in ("binaryData", "binary-data"))


def xml_pieces(content: bytes, place: str, inside: Inside) -> Iterator[Found]:
    """All texts of an XML file."""
    where = place or "XML"
    try:
        root = _parsed(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        if b"<html" in content[:2048].lower():
            from reprisal_cli.protect.scan.extract_html import html_pieces

            yield from html_pieces(content, place, inside)
        else:
            yield Unread(where, "the XML is broken, or has entities of its own")
        return
    texts = _Texts()
    try:
        now = _Streams()
        _walk(root, texts, now)
        _end(texts, now, "")
    except RecursionError:
        yield Unread(where, "it is nested too deeply")
        return
    yield Piece(where, "".join(texts.shown), texts.marks, "paragraph", body=True)
    for kind, found in (("deleted text and field codes of", texts.others), ("comments of", texts.notes)):
        if found:
            yield joined(f"{kind} {where}", found, words=kind.startswith("comments"))
    yield joined(f"attributes of {where}", list(texts.values), words=False)
    yield from escaped(texts.values, f"attributes of {where}")
    yield from _outside(content, where)
    yield from _packed(texts, where, inside)


def escaped(values: Iterable[str], where: str) -> Iterator[Piece]:
    """Attributes in which signs are escaped: addresses, and programs' own notes."""
    from reprisal_cli.protect.scan.extract import unescaped

    yield from unescaped("\n".join(value for value in values if "%" in value or "\\" in value), where)


def _parsed(content: bytes) -> Any:
    """The tree with its comments. A file that declares nothing has nothing that could be harmful, and the faster parser
    will do."""
    target = TreeBuilder(insert_comments=True, insert_pis=True)
    plain = content.startswith((b"<", b"\xef\xbb\xbf<")) and not _DECLARES.search(content)
    parser = (
        XMLParser(target=target)  # noqa: S314  # nothing is declared
        if plain
        else DefusedXMLParser(target=target, forbid_entities=True)
    )
    parser.feed(content)
    return parser.close()


def _outside(content: bytes, where: str) -> Iterator[Piece]:
    """What stands before the root and after it, which the parser passes over: comments, instructions, a doctype."""
    head = content[: content.find(b">", max(0, _root_at(content)))]
    tail = content[content.rfind(b"</") :]
    for text in (head.decode("utf-8", "replace"), tail.decode("utf-8", "replace")):
        if "<!" in text or "<?" in text:
            yield Piece(f"outside of the root of {where}", text, words=False)


_ROOT = re.compile(rb"<[A-Za-z_\x80-\xff]")


def _root_at(content: bytes) -> int:
    match = _ROOT.search(content)
    return match.start() if match else 0


def _walk(element: Any, texts: _Texts, now: _Streams) -> None:
    tag = element.tag
    if tag is Comment or tag is ProcessingInstruction:
        texts.notes.append(element.text or "")
        return
    kind = _kind(tag)
    if kind.nested and not (kind.about and _says_nothing(element, texts)):
        inner = _Streams()
        _walk_as(kind, element, texts, inner)
        _end(texts, inner, "\n")
    elif kind.nested:
        return
    elif kind.name == "r" and _is_hidden(element):  # who reads goes on as if it was not there
        inner = _Streams()
        _walk_as(kind, element, texts, inner)
        now.deleted += inner.all
        now.all += inner.all
    else:
        _walk_as(kind, element, texts, now)


def _says_nothing(about: Any, texts: _Texts) -> bool:
    """Reads the properties of a text, which have attributes alone; False if there is a text among them after all."""
    values = texts.values
    for one in about.iter():
        if not isinstance(one.tag, str) or one.text or (one.tail and one is not about):
            return False
        values[one.tag] = None
        for key, value in one.attrib.items():
            values[value] = values[key] = None
    return True


def _is_hidden(run: Any) -> bool:
    """Whether a run of Word is not shown."""
    for about in run:
        for one in about if isinstance(about.tag, str) and about.tag.endswith("}rPr") else ():
            if isinstance(one.tag, str) and one.tag.endswith(("}vanish", "}webHidden")):
                return True
        break
    return False


def _walk_as(kind: _Kind, element: Any, texts: _Texts, now: _Streams) -> None:
    name, block, _, _, space, packed = kind
    if block and name not in _PARAGRAPH and not len(element) and not element.text:
        block = False  # a mark in the middle of a text: where a comment begins, where a page ended
    texts.values[element.tag] = None
    if attributes := element.attrib:
        for key, value in attributes.items():
            texts.values[value] = None
            texts.values[key] = None
    if block:
        _end(texts, now, "\n")
        if name in _PARAGRAPH:
            texts.marks.append(texts.length)
    elif space:
        _add(now, space, "")
    elif name == "sym":
        _add(now, _symbol(element), "")
    if text := element.text:
        _add(now, text, name)
        if packed:
            texts.packed.append(text)
    for child in element:
        _walk(child, texts, now)
        if child.tail:
            _add(now, child.tail, name)
    if block:
        _end(texts, now, "\n")


def _add(now: _Streams, text: str, name: str) -> None:
    now.all.append(text)
    if name in _DELETED:
        now.deleted.append(text)
    elif name in _CODES:
        now.codes.append(text)
    else:
        now.shown.append(text)


def _symbol(element: Any) -> str:
    code = next((value for key, value in element.attrib.items() if key.endswith("char")), "")
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return (
        chr(number - 0xF000 if 0xF000 <= number < 0xF100 else number) if 0 < number < 0xD800 or number > 0xDFFF else ""
    )


def _end(texts: _Texts, now: _Streams, sign: str) -> None:
    """The end of a unit. Where something is deleted in it, the text without that, that alone, and all are read."""
    if not now.all:
        return
    if now.shown:
        shown = "".join(now.shown) + sign
        texts.shown.append(shown)
        texts.length += len(shown)
    if now.deleted or now.codes:
        texts.others += ["".join(now.deleted), "".join(now.codes), "".join(now.all)]
        now.deleted.clear()
        now.codes.clear()
    now.shown.clear()
    now.all.clear()


def _packed(texts: _Texts, where: str, inside: Inside) -> Iterator[Found]:
    """Files inside the XML: `binaryData` of a flat file, an address that is its own content."""
    import base64
    import binascii

    addresses = [value.partition(",")[2] for value in texts.values if value.startswith("data:")]
    for number, text in enumerate((*texts.packed, *addresses), 1):
        try:
            data = base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            continue  # it was read as the text of an attribute
        yield from inside("", data, f"{where}, embedded file {number}")
