"""Text -> plain data over libyaml's events: the one door to PyYAML.

Nothing recursive runs over a structure that has not been measured, and no object is ever built from a tag. Every fault
has its span; a syntax error ends the reading of a file, others do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from reprisal_cli.diagnostic import Diagnostic, Location, Route, Span
from reprisal_cli.dialect import (
    DUPLICATE,
    EMPTY,
    FEATURE,
    FORBIDDEN,
    KEY,
    LIMIT,
    MAX_DEPTH,
    MAX_NODES,
    MAX_VALUE,
    SHAPE,
    SYNTAX,
    Plain,
    character,
)
from reprisal_cli.rule import Rule
from reprisal_cli.syntax import explain

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NOT_WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})


class _StopError(Exception):
    """Ends the reading of a file whose rest cannot be read in safety."""


class Reader:
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
                self.found.append(character(bad.group(), Location(self.path, span=_span(event))))
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
