"""Bytes of a document as all texts that are in it. What cannot be read is said: nothing is passed over in silence."""

from __future__ import annotations

import base64
import json
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Any

from reprisal_cli.protect.scan.extract_html import html_pieces
from reprisal_cli.protect.scan.extract_xml import xml_pieces
from reprisal_cli.protect.scan.extract_zip import Inside, zip_pieces
from reprisal_cli.protect.scan.pieces import DEEPEST, Budget, Found, Piece, Unread, joined

_HTML = re.compile(rb"(?i)\A\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.DOTALL)
_ENDINGS = {
    "html": "html", "htm": "html", "xhtml": "xhtml", "json": "json", "txt": "text", "md": "markdown", "csv": "text",
    "css": "text", "js": "text", "yaml": "text", "yml": "text", "xml": "xml", "akn": "xml", "svg": "xml", "rels": "xml",
    "opf": "xml", "ncx": "xml", "rdf": "xml", "vml": "xml",
}  # fmt: skip
_PICTURES = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\x00", b"MM\x00*", b"\x01\x00\x00\x00",
    b"\xd7\xcd\xc6\x9a", b"\x00\x00\x01\x00",
)  # fmt: skip
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"wOFF", b"wOF2", b"true", b"ttcf")
_RUNS8 = re.compile(rb"[\x20-\x7e\x80-\xff]{5,}")
_RUNS16 = (re.compile(rb"(?:[\x20-\xff][\x00-\x06]){5,}"), re.compile(rb"(?:[\x00-\x06][\x20-\xff]){5,}"))
_ESCAPE = re.compile(
    r"\\u(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{4}))|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{2,6}) ?"
    r"|%([0-9a-fA-F]{2})|\\([nrt])"
)


def extract(
    name: str, content: bytes, place: str = "", budget: Budget | None = None, depth: int = 0
) -> Iterator[Found]:
    """All texts of a document. `name` says by its ending what it should be, `place` where it lies in another."""
    budget = budget or Budget()
    if depth > DEEPEST:
        yield Unread(place or "the document", "it lies too deep in other documents")
        return
    if not budget.spend(len(content)):
        yield Unread(place or "the document", "the document is too large")
        return

    def inside(inner: str, data: bytes, where: str) -> Iterator[Found]:
        return extract(inner, data, where, budget, depth + 1)

    kind = kind_of(name, content)
    if kind == "zip":
        yield from zip_pieces(content, place, inside)
    elif kind == "pdf":
        from reprisal_cli.protect.scan.pdf import pdf_pieces  # pypdf is a tenth of the start of a build

        yield from pdf_pieces(content, place, inside, budget.thorough)
    elif kind == "html":
        yield from html_pieces(content, place, inside)
    elif kind in ("xml", "xhtml"):
        yield from xml_pieces(content, place, inside)
    elif kind == "json":
        yield from _json(content, place)
    elif kind == "markdown":
        yield from _text(content, place, inside if budget.thorough else None)
        yield from _markdown(content, place)
    elif kind == "text":
        yield from _text(content, place, inside if budget.thorough else None)
    elif kind in ("picture", "font"):
        yield from raw_pieces(content, place)
        if kind == "picture" and depth == 0:
            yield Unread("the document", "it is a picture")
        elif kind == "picture" and budget.thorough:
            yield Unread(place, "what the picture shows was not read", picture=True)
    elif content:
        yield from raw_pieces(content, place)
        yield Unread(place or "the document", "this kind of file cannot be read")


def kind_of(name: str, content: bytes) -> str:
    """What a file is: by its first bytes, then by its ending."""
    ending = name.rpartition(".")[2].lower()
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(_PICTURES):
        return "picture"
    if content.startswith(_FONTS) or ending == "odttf":
        return "font"
    if content.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return ""
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    head = content[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(content[:4096]):
        return "html"
    if head.startswith(b"<"):
        return "xml"
    return "text" if decoded(content) is not None else ""


def decoded(content: bytes) -> str | None:
    """Bytes as text, or None if they are none."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _text(content: bytes, place: str, inside: Inside | None = None) -> Iterator[Found]:
    """A text, line by line; with `inside` also what is packed in it as base64, as in a letter of e-mail."""
    text = decoded(content)
    if text is None:
        yield from raw_pieces(content, place)
        yield Unread(place or "the document", "it is not text in UTF-8")
        return
    yield joined(place or "text", text.splitlines() or [""], "line", body=True)
    yield from unescaped(text, place or "text")
    if _SEALED.search(text):
        yield Unread(place or "the document", "it is encrypted")
    if inside is not None:
        yield from _packed(text, place or "text", inside)
        yield from _mailed(text, place or "text")


def _mailed(text: str, place: str) -> Iterator[Piece]:
    """What a letter of e-mail writes as `=C3=A9`, in its text and in its heads, in each of the encodings that it
    names."""
    if "=?" in text or (_QUOTED.search(text) and "quoted-printable" in text.lower()):
        heads = _HEADS.sub(lambda head: _head(*head.groups()), text)
        raw = quopri.decodestring(heads.encode("utf-8", "replace"))
        for encoding in dict.fromkeys(["utf-8", *(name.lower() for name in _CHARSET.findall(text))][:_ENCODINGS]):
            with suppress(LookupError):
                yield Piece(f"{place}, as e-mail in {encoding}", raw.decode(encoding, "replace"), body=True)


def _head(encoding: str, way: str, signs: str) -> str:
    try:
        raw = quopri.decodestring(signs, header=True) if way in "qQ" else base64.b64decode(signs + "==")
        return raw.decode(encoding.partition("*")[0], "replace")
    except (ValueError, LookupError):
        return signs


def _packed(text: str, place: str, inside: Inside) -> Iterator[Found]:
    """What base64 in a text stands for: another text, or a file."""
    for number, match in enumerate(_BASE64.finditer(text), 1):
        signs = "".join(match[0].split())
        data = base64.b64decode(signs[: len(signs) // 4 * 4])
        if decoded(data) is not None:
            yield from inside("x.txt", data, f"{place}, packed text {number}")
        elif len(data) >= _FILE:
            yield from inside("", data, f"{place}, packed file {number}")


_QUOTED = re.compile(r"=(?:[0-9A-F]{2}|\r?\n)")
_HEADS = re.compile(r"=\?([\w*-]+)\?([qQbB])\?([^?\s]*)\?=(?:\s+(?==\?))?")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_ENCODINGS = 8
_SEALED = re.compile(r"^-----BEGIN (?:AGE ENCRYPTED FILE|PGP MESSAGE|CMS|PKCS7)-----", re.MULTILINE)
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/]{4}[ \t]*(?:\r?\n)?){6,}(?:[A-Za-z0-9+/]{2,3}={1,2})?")
_FILE = 256
"""Bytes that are no text and so few may be a digest or a key."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>|<!--.*?-->", re.DOTALL)
_TARGET = re.compile(r"\]\((?:<[^<>\n]*>|[^()\s]*)\)|\[\^[^\[\]\s]{1,20}\]")
_BLANK = re.compile(r"\n[ \t]*\n")
_SIGNS = re.compile(r"\\([!-/:-@\[-`{-~])|[*_`\[\]]")


def _markdown(content: bytes, place: str) -> Iterator[Piece]:
    """The same as it is shown: without marks, addresses and tags between its words, each paragraph on one line. What
    is shown as it is typed is not said twice."""
    text = decoded(content) or ""
    typed = {" ".join(part.split()) for part in _BLANK.split(text)}
    bare = _SIGNS.sub(lambda sign: sign[1] or "", _TARGET.sub("", _TAG.sub("", text)))
    lines = [" ".join(part.split()) for part in _BLANK.split(unescape(bare))]
    shown = ["" if line in typed else line for line in lines]
    yield joined(f"{place or 'text'}, as shown", shown, "paragraph", body=True)


def unescaped(text: str, place: str) -> Iterator[Piece]:
    """The same with what is escaped in it (`\\u0041`, `%41`) as the signs that are meant, if there is any."""
    if "\\" in text or "%" in text:
        plain = _unescape(text)
        if plain != text:
            yield Piece(f"{place}, escaped signs", plain, words=False)


def _unescape(text: str) -> str:
    raw = _ESCAPE.sub(lambda match: " " if match[6] else _sign(next(filter(None, match.groups()))), text)
    try:  # %C3%A9 is one sign in two bytes
        return raw.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):  # a sign beyond the first plane is escaped as two
        return raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _sign(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 else "\ufffd"


def _json(content: bytes, place: str) -> Iterator[Found]:
    text = decoded(content)
    try:
        data = json.loads(text) if text is not None else None
    except (ValueError, RecursionError):
        yield from _text(content, place)
        return
    if text is None:
        yield Unread(place or "the document", "it is not text in UTF-8")
        return
    try:
        strings = list(dict.fromkeys(_strings(data)))
    except RecursionError:
        yield Unread(place or "the document", "it is nested too deeply")
        return
    yield joined(place or "values", strings, "text", words=True, body=True)


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
    elif data is not None and not isinstance(data, bool):
        yield str(data)


def raw_pieces(content: bytes, place: str) -> Iterator[Piece]:
    """What reads like text in a binary part: comments of a picture, names in a font."""
    found = [run.decode("utf-8", "replace") for run in _RUNS8.findall(content)]
    for pattern, encoding in zip(_RUNS16, ("utf-16-le", "utf-16-be"), strict=True):
        found += [run.decode(encoding, "replace") for run in pattern.findall(content)]
    if found:
        yield joined(place or "bytes", found, words=False)
