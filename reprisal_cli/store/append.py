"""Adds an entry to a list, or a key to a mapping, of a case file and leaves all else as it is, byte for byte.

As in `edit.py`, a way to write it is tried, read again and compared with what should come out; a way that does not give
just that is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from reprisal_cli.diagnostic import Route, Span
from reprisal_cli.model.case import Case
from reprisal_cli.parse import outline, parse
from reprisal_cli.store import emit

Spans = Mapping[tuple[Any, str], Span]
_BOM = "\ufeff"


def append(raw: bytes, field: str, item: Mapping[str, Any]) -> bytes | None:
    """The file with `item` as the last entry of the list `field`, made in its place if it is not there; None if that
    cannot be done with certainty. The item's values are text, lists of text, or mappings of these."""
    before = parse(raw, "").data
    if before is None:
        return None
    if field not in before:
        return put(raw, (), field, [item], tuple(Case.model_fields))
    return append_at(raw, (field,), item)


def append_at(raw: bytes, route: Route, value: Any) -> bytes | None:
    """The file with a value as the last entry of the list at a route, or None."""
    before = parse(raw, "").data
    found = _at(before, route)
    if before is None or not isinstance(found, list):
        return None
    wanted = _with(before, route, [*found, emit.plain(value)])
    file = _File.of(raw)
    return _first_right(wanted, chain(file.after_last(route, len(found), value), file.in_brackets(route, value)))


def put(raw: bytes, route: Route, key: str, value: Any, order: Sequence[str] = ()) -> bytes | None:
    """The file with a new key in the mapping at a route (`()` is the file itself), below those that come before it in
    `order`; None if it stands there already, or if it cannot be done with certainty."""
    before = parse(raw, "").data
    found = _at(before, route)
    if before is None or not isinstance(found, dict) or key in found:
        return None
    wanted = _with(before, route, {**found, key: emit.plain(value)})
    places = [*order[: order.index(key)]] if key in order else list(found)
    earlier = [name for name in reversed(places) if name in found]
    file = _File.of(raw)
    ways = chain(file.in_braces(route, key, value, earlier), file.in_lines(route, key, value, earlier))
    return _first_right(wanted, ways)


def replace(raw: bytes, route: Route, value: Any) -> bytes | None:
    """The file with another value at a route, which is that of a key; None if it cannot be done with certainty."""
    before = parse(raw, "").data
    if before is None or not route or _at(before, route) is None:
        return None
    return _first_right(_with(before, route, emit.plain(value)), _File.of(raw).instead(route, value))


def _at(data: Any, route: Route) -> Any:
    for step in route:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _with(data: Any, route: Route, value: Any) -> Any:
    if not route:
        return value
    inner = _with(data[route[0]], route[1:], value)
    if isinstance(data, dict):
        return {**data, route[0]: inner}
    return [inner if at == route[0] else old for at, old in enumerate(data)]


def _first_right(wanted: Any, candidates: Iterable[str]) -> bytes | None:
    for candidate in candidates:
        changed = candidate.encode("utf-8")
        if _alike(parse(changed, "").data, wanted):
            return changed
    return None


def _alike(one: Any, other: Any) -> bool:
    """Whether two values are the same but for the line end that a block of text ends with."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one == other or ("\n" in one.strip("\n") and one.rstrip("\n") == other.rstrip("\n"))
    return one is other


class _File:
    """A file as lines, with the places of its nodes. It is a class because all ways to write share these."""

    def __init__(self, text: str, spans: Spans) -> None:
        self.lines = text.splitlines(keepends=True)
        self.spans = spans
        self.ending = "\r\n" if self.lines and self.lines[0].endswith("\r\n") else "\n"

    @classmethod
    def of(cls, raw: bytes) -> _File:
        return cls(raw.decode("utf-8"), outline(raw))

    # --- lists ------------------------------------------------------------------------------------------------------

    def after_last(self, route: Route, count: int, value: Any) -> Iterator[str]:
        """New lines below the last entry of a list in lines, as far in as its dash."""
        first = self.spans[(*route, 0), "value"]
        dash = re.match(r"\s*- +", self.lines[first.line - 1])
        if dash is not None:
            indent = len(dash.group()) - len(dash.group().lstrip())
            last = self.spans[(*route, count - 1), "value"]
            braces = self.signs(last.line, last.column).startswith("{")
            for lines in (emit.item(value, indent, braces), [f"{' ' * indent}- {emit.flow(value)}"]):
                yield self.inserted(self.behind_remarks(self.last_line((*route, count - 1)), indent), lines)
                yield from self.below((*route, count - 1), lines)

    def in_brackets(self, route: Route, value: Any) -> Iterator[str]:
        """Before the closing bracket of a list in brackets."""
        span = self.spans[route, "value"]
        if not self.signs(span.line, span.column).startswith("["):
            return
        line = self.lines[span.end_line - 1]
        at = line.rfind("]", 0, span.end_column + self.shift(span.end_line))
        if at >= 0:
            comma = "" if line[:at].rstrip().endswith(",") else ","
            yield self.replaced(span.end_line, f"{line[:at].rstrip()}{comma} {emit.flow(value)}{line[at:]}")

    # --- mappings ---------------------------------------------------------------------------------------------------

    def in_braces(self, route: Route, key: str, value: Any, earlier: Sequence[str]) -> Iterator[str]:
        """In a mapping in braces: behind a key that comes before it, else as the first."""
        span = self.spans.get((route, "value"))
        if span is None or not self.signs(span.line, span.column).startswith("{"):
            return
        for name in earlier:
            before = self.spans[(*route, name), "value"]
            line, at = before.end_line, before.end_column - 1 + self.shift(before.end_line)
            text = self.lines[line - 1]
            yield self.replaced(line, f"{text[:at]}, {key}: {emit.flow(value)}{text[at:]}")
        at = span.column + self.shift(span.line)
        text = self.lines[span.line - 1]
        yield self.replaced(span.line, f"{text[:at]}{key}: {emit.flow(value)}, {text[at:]}")

    def in_lines(self, route: Route, key: str, value: Any, earlier: Sequence[str]) -> Iterator[str]:
        """In a mapping in lines: below a key that comes before it, else above the first, else at the end."""
        mine = [span for (known, at), span in self.spans.items() if at == "key" and known[:-1] == route]
        if not mine:
            return
        first = min(mine)
        indent = first.column - 1
        lines = emit.entry(key, value, indent)
        for name in earlier:
            yield from self.below((*route, name), lines, apart=not route)
        if not self.lines[first.line - 1][:indent].strip(f" {_BOM}"):
            yield self.inserted(first.line - 1, lines)
        yield from self.below(route, lines)
        yield from self.below(route, [f"{' ' * indent}{key}: {emit.flow(value)}"])

    # --- values -----------------------------------------------------------------------------------------------------

    def instead(self, route: Route, value: Any) -> Iterator[str]:
        """A value in the place of another: on its line if it had one, else on the lines of both."""
        span = self.spans[route, "value"]
        first, last = span.column - 1 + self.shift(span.line), span.end_column - 1 + self.shift(span.end_line)
        head, tail = self.lines[span.line - 1][:first], self.lines[span.end_line - 1][last:]
        on_its_line = [*self.lines[: span.line - 1], f"{head}{emit.flow(value)}{tail}", *self.lines[span.end_line :]]
        if not emit.has_lines(value):
            yield "".join(on_its_line)
        key = self.spans.get((route, "key"))
        if key is not None:
            indent = key.column - 1
            for lines in (
                emit.entry(f"{route[-1]}", value, indent),
                [f"{' ' * indent}{route[-1]}: {emit.flow(value)}"],
            ):
                above, below = self.lines[: key.line - 1], self.lines[self.last_line(route) :]
                yield "".join([*above, *(line + self.ending for line in lines), *below])
        yield "".join(on_its_line)

    # --- lines ------------------------------------------------------------------------------------------------------

    def below(self, route: Route, added: Sequence[str], apart: bool = False) -> Iterator[str]:
        """The text with lines below a node: above the empty lines that a block of text may end with, else below. With
        `apart` an empty line stands between, where one stands below the node."""
        last = self.last_line(route)
        at = last
        while at > 1 and not self.lines[at - 1].strip():
            at -= 1
        if apart and at < len(self.lines) and not self.lines[at].strip():
            yield self.inserted(at, ["", *added])
        yield self.inserted(at, added)
        if at != last:
            yield self.inserted(last, added)

    def behind_remarks(self, at: int, indent: int) -> int:
        """Behind the comments below a line that stand further in than `indent`: they belong to what is above."""
        while at < len(self.lines):
            line = self.lines[at]
            if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= indent:
                break
            at += 1
        return at

    def last_line(self, route: Route) -> int:
        """The number of the last line that holds something of a node."""
        parents = {known[:-1] for known, _ in self.spans}
        inside = [
            span
            for (known, at), span in self.spans.items()
            if known[: len(route)] == route and (at == "key" or known not in parents or span.line == span.end_line)
        ]
        return max(span.end_line if span.end_column > 1 else span.end_line - 1 for span in inside)

    def inserted(self, at: int, added: Sequence[str]) -> str:
        """The text with lines put behind line `at`, counted from 1."""
        above = self.lines[:at]
        if above and not above[-1].endswith(("\n", "\r")):
            above = [*above[:-1], above[-1] + self.ending]
        return "".join([*above, *(line + self.ending for line in added), *self.lines[at:]])

    def replaced(self, number: int, line: str) -> str:
        return "".join([*self.lines[: number - 1], line, *self.lines[number:]])

    def signs(self, line: int, column: int) -> str:
        return self.lines[line - 1][column - 1 + self.shift(line) :]

    def shift(self, line: int) -> int:
        """The byte order mark is no sign of the text that the reader counts."""
        return len(_BOM) if line == 1 and self.lines[0].startswith(_BOM) else 0
