"""The lines of a case file that a finding is about, with carets, and without any value that may hold an identity.

A value is shown only where its field takes words of a list, dates, references, ids, codes or numbers, and only if it
looks like one: whatever else stands there is a mask of fixed length. So is a key that the format
does not know; comments are left out. What is shown is plain ASCII and the mask; so a caret stands where it should.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Literal, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel

from reprisal_cli.diagnostic import Route, Span
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.settings import Settings
from reprisal_cli.model.values import Count, Form, Period, Word, closed_list
from reprisal_cli.parse import outline
from reprisal_cli.register.suggest import suggest

MASK = "•••"
WIDTH = 100
_LINE_END = re.compile(r"\r\n|\r|\n")
_PLAIN_TYPES = (datetime.date, bool, int, Count, Period)
_HARMLESS = re.compile(
    r"\d{4}(?:-\d{1,2}){0,2}(?:/\d{4}(?:-\d{1,2}){0,2})?"  # a date, or two
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}"  # a date in another order
    r"|(?:at least )?\d{1,6}|unknown|yes|no|true|false|True|False"
    r"|[a-z]\d{1,4}|[a-z]{2,3}"  # a reference, a language
    r"|[A-Z]{3}|[A-Z]{3}-\d{4}-\d{1,6}"  # a State, a case
    r"|[a-z]{2,4}-\d{1,3}(?:-[a-z0-9]{1,6})?"  # an edition
    r"|sha256:[0-9a-f…]{1,64}"
)
_ALLOW = re.compile(r"#\s*reprisal: allow(?:[ ,]+RC\d{1,3})*(?: --)?")
_PIECE = re.compile(r"[\s,:{}\[\]?&*!|>'\"-]+|[^\s,:{}\[\]'\"]+")


class Excerpt(Struct, frozen=True):
    """One line as it may be shown; `start` and `length` say where the carets stand, in signs from 0."""

    line: int
    text: str
    start: int
    length: int


Part = tuple[int, int, Route, str, Span]
"""A stretch of a line that is a key or a value: from, to, its route, which of the two it is, and its span."""


class Excerpts:
    """The excerpts of one file. It is a class because the file is measured once and shown at many places."""

    def __init__(self, raw: bytes, path: str) -> None:
        self.lines = _LINE_END.split(raw.decode("utf-8-sig", "replace"))
        self.model = model_of(path)
        self.parts = self._parts(outline(raw))

    def at(self, span: Span) -> Excerpt | None:
        """The line at which a span starts, with carets under as much of the span as stands on it."""
        if not 1 <= span.line <= len(self.lines):
            return None
        text, columns = self.masked(span.line)
        end = span.end_column if span.end_line == span.line else len(columns)
        start = columns[min(span.column - 1, len(columns) - 1)]
        stop = columns[min(max(end - 1, 0), len(columns) - 1)]
        return _cut(Excerpt(span.line, text, start, max(1, min(stop, len(text)) - start)))

    def masked(self, number: int) -> tuple[str, list[int]]:
        """A line as it may be shown, and where each of its columns (and its end) went."""
        line = self.lines[number - 1]
        columns = [-1] * (len(line) + 1)
        out, mask = "", -1  # `mask`: where the mask stands to which more hidden words are added
        for start, stop, shown in self._pieces(number, line):
            if shown:
                columns[start:stop] = range(len(out), len(out) + stop - start)
                out += line[start:stop].replace("\t", " ")
                mask = mask if not line[start:stop].strip(" '\"-") else -1
            else:
                out = out[: mask + len(MASK)] if mask >= 0 else out + MASK
                mask = len(out) - len(MASK)
                columns[start:stop] = [mask] * (stop - start)
        out = out.rstrip()
        return out, [len(out) if column < 0 else column for column in columns]

    def _pieces(self, number: int, line: str) -> Iterator[tuple[int, int, bool]]:
        """The line in pieces: from, to, and whether it may be shown."""
        here = 0
        for start, stop, route, at, span in self.parts.get(number, ()):
            shown = self._may_show(route, at, span)  # asked of the lines that are shown, not of all
            first, last = min(max(start, here), len(line)), min(stop, len(line))
            yield from self._between(line, here, first)
            if last > first:
                yield first, last, shown
            here = max(here, last)
        yield from self._between(line, here, len(line))

    def _between(self, line: str, start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
        """What lies outside of keys and values: signs of YAML, comments, and what could not be read."""
        comment = re.compile(r"(?:^|(?<=\s))#").search(line, start, stop)
        end = comment.start() if comment else stop
        for piece in _PIECE.finditer(line, start, end):
            words = piece.group()
            sign = not words.strip(" \t,:{}[]?|>'\"-")
            known = line[piece.end() : piece.end() + 1] == ":" and words in known_keys()
            yield piece.start(), piece.end(), sign or known
        allowed = _ALLOW.match(line, end, stop) if comment else None
        if allowed:  # any other comment is left out
            yield end, allowed.end(), True
            if line[allowed.end() : stop].strip():
                yield allowed.end(), allowed.end() + 1, line[allowed.end()] == " "
                yield allowed.end() + 1, stop, False

    def _parts(self, spans: dict[tuple[Route, str], Span]) -> dict[int, list[Part]]:
        """The stretches of each line that are keys or values, in order, each with whose they are."""
        parents = {route[:-1] for route, _ in spans}
        found: dict[int, list[Part]] = {}
        for (route, at), span in spans.items():
            if at == "value" and (route in parents or not route):
                continue
            for number in range(span.line, span.end_line + 1):
                start = span.column - 1 if number == span.line else 0
                stop = span.end_column - 1 if number == span.end_line else len(self._line(number))
                found.setdefault(number, []).append((start, stop, route, at, span))
        return {number: sorted(parts, key=lambda part: part[:2]) for number, parts in found.items()}

    def _line(self, number: int) -> str:
        return self.lines[number - 1] if number <= len(self.lines) else ""

    def _may_show(self, route: Route, at: str, span: Span) -> bool:
        if span.line != span.end_line:
            return False
        text = self._line(span.line)[span.column - 1 : span.end_column - 1]
        if at == "key":
            return harmless_key(text)
        return harmless(self.model, route, text.strip("'\""))


def _cut(excerpt: Excerpt) -> Excerpt:
    """A long line, cut to what stands around the carets."""
    if len(excerpt.text) <= WIDTH:
        return excerpt
    first = max(0, min(excerpt.start - WIDTH // 2, len(excerpt.text) - WIDTH))
    text = excerpt.text[first : first + WIDTH]
    text = ("…" + text[1:] if first else text) + ("…" if first + WIDTH < len(excerpt.text) else "")
    start = excerpt.start - first
    return Excerpt(excerpt.line, text, start, max(1, min(excerpt.length, len(text) - start)))


# --- which values may be shown --------------------------------------------------------------------------------------


def model_of(path: str) -> type[BaseModel]:
    """The record that a file holds, by its name."""
    name = path.rpartition("/")[2]
    if name == "reprisal.yaml":
        return Settings
    return Edition if name == "edition.yaml" else Case


def harmless_key(key: str) -> bool:
    """Whether a key may be shown: one of the format, nearly one, or an edition's id."""
    return key in known_keys() or bool(_HARMLESS.fullmatch(key)) or suggest(key, known_keys()) is not None


def harmless(model: type[BaseModel], route: Route, value: str) -> bool:
    """Whether the value at a route may be shown: its field cannot hold an identity, and neither does what it holds."""
    kinds = _kinds_at(model, tuple(0 if isinstance(step, int) else step for step in route))
    lists = [kind.list for kind in kinds if isinstance(kind, Word)]
    if any(value in closed_list(name) for name in lists):
        return True
    if lists and re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", value):
        return any(suggest(value, closed_list(name)) is not None for name in lists)
    options = [option for kind in kinds if get_origin(kind) is Literal for option in get_args(kind)]
    if value in options:
        return True
    plain = any(kind in _PLAIN_TYPES or (isinstance(kind, Form) and kind.fault != "bad-file-name") for kind in kinds)
    return (plain or bool(lists) or bool(options)) and _HARMLESS.fullmatch(value) is not None


@lru_cache(maxsize=1024)
def _kinds_at(model: type[BaseModel], route: Route) -> tuple[Any, ...]:
    """The types and marks of the field at a route; none for a place that the format does not have. All entries of a
    list are of one kind: their number in the route is 0."""
    here: list[Any] = [model]
    for step in route:
        here = [found for kind in here for found in _step(kind, step)]
    return tuple(part for kind in here for part in _flat(kind))


def _step(kind: Any, step: str | int) -> Iterator[Any]:
    for part in _flat(kind):
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, field in part.model_fields.items():
                if (field.alias or name) == step:
                    yield field.annotation
                    yield from field.metadata
        elif isinstance(step, int) and get_origin(part) is tuple:
            yield get_args(part)[0]
        elif isinstance(step, str) and get_origin(part) is dict:
            yield get_args(part)[1]
        elif part in _PLAIN_TYPES or isinstance(part, Word):
            yield part  # a list of dates is one field


def _flat(kind: Any) -> Iterator[Any]:
    """A type with what stands inside its unions and annotations."""
    yield kind
    if get_origin(kind) not in (tuple, dict, Literal):
        for part in get_args(kind):
            yield from _flat(part)
    elif get_origin(kind) is tuple:
        yield from (part for part in _flat(get_args(kind)[0]) if not _is_record(part))


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


@cache
def known_keys() -> frozenset[str]:
    """Every key of every record of the format."""
    found: set[str] = set()
    waiting: list[Any] = [Case, Edition, Settings]
    seen: set[Any] = set()
    while waiting:
        kind = waiting.pop()
        if _is_record(kind) and kind not in seen:
            seen.add(kind)
            found |= {field.alias or name for name, field in kind.model_fields.items()}
            waiting += [field.annotation for field in kind.model_fields.values()]
        else:
            waiting += get_args(kind)
    return frozenset(found)
