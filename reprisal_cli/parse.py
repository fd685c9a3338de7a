"""Strict YAML: bytes -> plain data (dicts, lists, text). The one door to PyYAML.

A case file comes from many hands, so the reader takes less than YAML has (`docs/case-format.md`, "Reading it"): UTF-8,
all scalars are text, no anchors, aliases, merge keys, tags, directives, second documents or duplicate keys, and limits
on size and depth. It works on libyaml's events: nothing recursive runs over a structure that has not been measured,
and no object is ever built from a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

import yaml
from msgspec import Struct

from reprisal_cli import quick
from reprisal_cli.diagnostic import Diagnostic, Location, Route, Span
from reprisal_cli.rule import Rule, error
from reprisal_cli.syntax import explain

MAX_BYTES = 1024 * 1024
MAX_VALUE = 64 * 1024
MAX_DEPTH = 20
MAX_NODES = 20_000

ENCODING = error("RC001", "not-utf-8")
CHARACTER = error("RC002", "forbidden-character")
SYNTAX = error("RC003", "yaml-syntax")
FEATURE = error("RC004", "yaml-feature")
DUPLICATE = error("RC005", "duplicate-key")
LIMIT = error("RC006", "over-the-limit")
EMPTY = error("RC007", "empty-value")
SHAPE = error("RC008", "not-a-mapping")
KEY = error("RC009", "key-not-a-word")
RULES = (ENCODING, CHARACTER, SYNTAX, FEATURE, DUPLICATE, LIMIT, EMPTY, SHAPE, KEY)

Plain = dict[str, Any] | list[Any] | str | None
"""What a file holds once parsed; None stands where a value was refused."""

_NEVER = (
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls: terminal escapes, and signs that XML cannot hold
    "\u2028\u2029"  # line ends that no editor shows
    "\u202a-\u202e\u2066-\u2069"  # text shown in another order than it is read (Trojan Source)
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u206f\u2800\u3164\ufeff\uffa0"  # nothing is shown, yet it
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # breaks a search for a name
    "\ufe00-\ufe0d\U000e0000-\U000e0fff"  # variation selectors and tags, which can carry hidden text
    "\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff"  # no characters, and what stands for one that was lost
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: no meaning between two machines
    "]"
)
_JOINING = "[\u200c-\u200f\u061c\ufe0e\ufe0f]"
"""What joins or turns about the signs of other scripts; between two letters of this one it only hides a name."""
FORBIDDEN = re.compile(f"{_NEVER}|(?<=[A-Za-z0-9]){_JOINING}+(?=[A-Za-z0-9])")
_DOUBTFUL = re.compile(f"{_NEVER}|{_JOINING}")
"""The same for a file without its ASCII, where no letter stands next to a sign any more."""
_HARMLESS = bytes([9, 10, 13, *range(32, 127)])
"""Of ASCII, what may stand in a file: what is left without it is little, and quickly looked through."""
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NOT_WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})


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
    reader = _Reader(path)
    data = reader.read(text)
    return Parsed(data, tuple(reader.found), frozenset(reader.faulted))


def locate(raw: bytes, routes: set[tuple[Route, Literal["key", "value"]]]) -> dict[tuple[Route, str], Span]:
    """Where nodes stand: the span of each route's key or value. A route that is not in the file gets the span of its
    nearest parent that is; an unreadable file gives the first line."""
    spans = outline(raw)
    return {(route, at): _nearest(spans, route, at) for route, at in routes}


def outline(raw: bytes) -> dict[tuple[Route, str], Span]:
    """The span of every key and of every value, as far as the file can be read."""
    text, fault = decode(raw, "")
    reader = _Reader("", keep=True)
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
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", ENCODING.at(whole, "the file is UTF-16", "save it as UTF-8")
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        place = _point(raw[: problem.start].decode("utf-8"))
        return "", ENCODING.at(Location(path, span=place), "this is not UTF-8", "save the file as UTF-8")
    if not text.strip():
        return "", SHAPE.at(whole, "the file is empty", "a file holds one mapping: key, colon, value")
    bad = _DOUBTFUL.search(raw.translate(None, _HARMLESS).decode()) and FORBIDDEN.search(text)
    if bad:
        return "", _character(bad.group(), Location(path, span=_point(text[: bad.start()])))
    return text, None


def _point(before: str) -> Span:
    """The span of the one character that follows `before`."""
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Span(line, column, line, column + 1)


def _character(sign: str, location: Location) -> Diagnostic:
    return CHARACTER.at(location, f"the character U+{ord(sign[0]):04X} may not stand in a file", _why_not(sign[0]))


def _why_not(sign: str) -> str:
    if sign == "\ufffd":
        return "a letter was lost here when the file was saved in another encoding; write what stood here"
    if "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069":
        return "it changes the order in which the text is shown; delete it"
    if ord(sign) < 0xA0:
        return "it is a control character that Word and terminals cannot show; delete it"
    return "it is invisible or has no meaning of its own; delete it"


# --- text -> data ---------------------------------------------------------------------------------------------------


class _StopError(Exception):
    """Ends the reading of a file whose rest cannot be read in safety."""


class _Reader:
    """One pass over libyaml's events. It is a class because the pass has state; it lives for one file."""

    def __init__(self, path: str, keep: bool = False) -> None:
        self.path = path
        self.keep = keep
        self.found: list[Diagnostic] = []
        self.faulted: set[Route] = set()
        self.spans: dict[tuple[Route, str], Span] = {}
        self.nodes = 0
        self.next: Callable[[], Any]

    def read(self, text: str) -> dict[str, Any] | None:
        loader = yaml.CSafeLoader(text)
        self.next = loader.get_event
        try:
            return self.document()
        except _StopError:
            return None
        except yaml.YAMLError as problem:
            span, message, hint = explain(problem, text)
            self.found.append(SYNTAX.at(Location(self.path, span=span), message, hint))
            return None
        finally:
            loader.dispose()

    def document(self) -> dict[str, Any] | None:
        self.next()  # the start of the stream
        start = self.next()
        if isinstance(start, yaml.StreamEndEvent):
            self.report(SHAPE, start, "the file holds nothing but comments", "a file holds one mapping")
            return None
        if start.version or start.tags:
            self.report(FEATURE, start, "a directive (%) may not be used", "delete the line")
        first = self.next()
        data = self.node(first, (), 1)
        self.next()  # the end of the document
        after = self.next()
        if not isinstance(after, yaml.StreamEndEvent):
            self.report(FEATURE, after, "a second document (---) may not follow", "put it into a file of its own")
        if not isinstance(data, dict):
            self.report(SHAPE, first, "the file is not a mapping", "start with keys: `id: ...`, `title: ...`")
            return None
        return data

    def node(self, event: Any, route: Route, depth: int) -> Plain:
        self.measure(event, depth)
        if isinstance(event, yaml.AliasEvent):
            self.refuse(FEATURE, event, route, "an alias (*) may not be used", "write the value out")
            return None
        if event.anchor is not None:
            self.refuse(FEATURE, event, route, "an anchor (&) may not be used", "write each value out")
        if event.tag is not None:
            self.refuse(FEATURE, event, route, "a tag (!) may not be used", "delete it, or put the text in quotes")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, route)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, route, depth)
        return self.mapping(event, route, depth)

    def measure(self, event: Any, depth: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.report(LIMIT, event, "the file holds more than 20,000 values", "split the case")
            raise _StopError
        if depth > MAX_DEPTH:
            self.report(LIMIT, event, "values are nested more than 20 levels deep", "no field is that deep")
            raise _StopError

    def scalar(self, event: Any, route: Route) -> str | None:
        value: str = event.value
        if self.keep:
            self.spans[route, "value"] = _span(event)
        if len(value) > MAX_VALUE // 4 and len(value.encode("utf-8", "replace")) > MAX_VALUE:
            self.refuse(LIMIT, event, route, "the value is larger than 64 KiB", "shorten it")
            return None
        if (not event.style and value in _NULLS) or not value.strip():
            self.refuse(
                EMPTY, event, route, "there is no value here", "give one, or leave the key out: unknown is left out"
            )
            return None
        if event.style == '"':
            bad = FORBIDDEN.search(value)
            if bad is not None:
                self.found.append(_character(bad.group(), Location(self.path, span=_span(event))))
                self.faulted.add(route)
                return None
        return value

    def sequence(self, event: Any, route: Route, depth: int) -> list[Plain]:
        out: list[Plain] = []
        while not isinstance(item := self.next(), yaml.SequenceEndEvent):
            out.append(self.node(item, (*route, len(out)), depth + 1))
        self.close(event, item, route)
        if not out:
            self.refuse(EMPTY, event, route, "the list is empty", "leave the key out: unknown is left out")
        return out

    def mapping(self, event: Any, route: Route, depth: int) -> dict[str, Plain]:
        out: dict[str, Plain] = {}
        while not isinstance(key := self.next(), yaml.MappingEndEvent):
            name = self.key(key)
            below = (*route, name)
            if not self.plain_key(key):
                self.faulted.add(below)
            if self.keep and (below, "key") not in self.spans:
                self.spans[below, "key"] = _span(key)
            if name in out:
                self.report(DUPLICATE, key, "this key stands here a second time", "keep one of the two")
                self.node(self.next(), (*below, "again"), depth + 1)
            else:
                out[name] = self.node(self.next(), below, depth + 1)
        self.close(event, key, route)
        if not out:
            self.refuse(EMPTY, event, route, "the mapping is empty", "leave the key out: unknown is left out")
        return out

    def key(self, event: Any) -> str:
        """The key's text. A key that is no scalar ends the reading: nothing after it can be placed."""
        if not isinstance(event, yaml.ScalarEvent):
            self.report(KEY, event, "a key must be a word", "write `key: value`")
            raise _StopError
        return str(event.value)

    def plain_key(self, event: Any) -> bool:
        name: str = event.value
        if name == "<<":
            self.report(FEATURE, event, "a merge key (<<) may not be used", "write the values out")
        elif event.tag is not None or event.anchor is not None:
            self.report(FEATURE, event, "a tag or an anchor may not be used on a key", "delete it")
        elif not _KEY.match(name) or name.lower() in _NOT_WORDS:
            self.report(KEY, event, "a key must be a word of ASCII letters", "see the list of keys in the case format")
        else:
            return True
        return False

    def close(self, start: Any, end: Any, route: Route) -> None:
        if self.keep:
            first, last = _span(start), _span(end)
            self.spans[route, "value"] = Span(first.line, first.column, last.end_line, last.end_column)

    def refuse(self, rule: Rule, event: Any, route: Route, message: str, hint: str) -> None:
        self.faulted.add(route)
        self.report(rule, event, message, hint)

    def report(self, rule: Rule, event: Any, message: str, hint: str) -> None:
        self.found.append(rule.at(Location(self.path, span=_span(event)), message, hint))


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
