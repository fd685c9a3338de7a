"""Strict YAML: bytes -> plain data (dicts, lists, text), and where in the bytes a value stands.

What a file may hold says `dialect.py`. `quick.py` reads what is plain; `events.py` the rest, and every fault.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from reprisal_cli import quick
from reprisal_cli.diagnostic import Diagnostic, Location, Route, Span
from reprisal_cli.dialect import DOUBTFUL, ENCODING, FORBIDDEN, LIMIT, MAX_BYTES, SHAPE, character

_HARMLESS = bytes([9, 10, 13, *range(32, 127)])
"""Of ASCII, what may stand in a file: what is left without it is little, and quickly looked through."""


class Parsed(Struct, frozen=True):
    """A file as plain data. `data` is None if nothing could be read; `faulted` are the routes at which a value was
    refused, so that no second fault is told about the same place."""

    data: dict[str, Any] | None
    diagnostics: tuple[Diagnostic, ...] = ()
    faulted: frozenset[Route] = frozenset()


def parse(raw: bytes, path: str) -> Parsed:
    """Reads one YAML file. Every fault has its span; a syntax error ends the reading of this file, others do not."""
    text, fault = decode(raw, path)
    if fault is not None:
        return Parsed(None, (fault,))
    sound = quick.read(text)
    if sound is not None:
        return Parsed(sound)
    from reprisal_cli.events import Reader  # PyYAML takes longer to come in than most files to be read

    reader = Reader(path)
    data = reader.read(text)
    return Parsed(data, tuple(reader.found), frozenset(reader.faulted))


def locate(raw: bytes, routes: set[tuple[Route, Literal["key", "value"]]]) -> dict[tuple[Route, str], Span]:
    """Where nodes stand: the span of each route's key or value. A route that is not in the file gets the span of its
    nearest parent that is; an unreadable file gives the first line."""
    spans = outline(raw)
    return {(route, at): _nearest(spans, route, at) for route, at in routes}


def outline(raw: bytes) -> dict[tuple[Route, str], Span]:
    """The span of every key and of every value, as far as the file can be read."""
    from reprisal_cli.events import Reader

    text, fault = decode(raw, "")
    reader = Reader("", keep=True)
    if fault is None:
        reader.read(text)
    return reader.spans


def _nearest(spans: dict[tuple[Route, str], Span], route: Route, at: str) -> Span:
    found = spans.get((route, at)) or spans.get((route, "value"))
    while found is None and route:
        route = route[:-1]
        found = spans.get((route, "key")) or (spans.get((route, "value")) if route else None)
    return found or Span()


# --- bytes -> text --------------------------------------------------------------------------------------------------


def decode(raw: bytes, path: str) -> tuple[str, Diagnostic | None]:
    """A file's text without its byte order mark, or the fault that ends the reading. Manuscripts are read by it too."""
    whole = Location(path)
    if len(raw) > MAX_BYTES:
        return "", LIMIT.at(whole, "the file is larger than 1 MiB", "split the case, or shorten its text")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:2]:
        return "", ENCODING.at(whole, "the file is UTF-16", "save it as UTF-8")
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        place = _point(raw[: problem.start].decode("utf-8"))
        return "", ENCODING.at(Location(path, span=place), "this is not UTF-8", "save the file as UTF-8")
    if not text.strip():
        return "", SHAPE.at(whole, "the file is empty", "a file holds one mapping: key, colon, value")
    bad = DOUBTFUL.search(raw.translate(None, _HARMLESS).decode()) and FORBIDDEN.search(text)
    if bad:
        return "", character(bad.group(), Location(path, span=_point(text[: bad.start()])))
    return text, None


def _point(before: str) -> Span:
    """The span of the one character that follows `before`."""
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Span(line, column, line, column + 1)
