"""Adds an entry to a list of a case file and leaves all else as it is, byte for byte.

As in `edit.py`, a way to write it is tried, read again and compared with what should come out; a way that does not give
just that is not taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reprisal_cli.diagnostic import Span
from reprisal_cli.model.case import Case
from reprisal_cli.parse import outline, parse

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _./+-]*[A-Za-z0-9_./+-])?\Z")
_NOT_TEXT = frozenset({"null", "~"})


def append(raw: bytes, field: str, item: Mapping[str, Any]) -> bytes | None:
    """The file with `item` as the last entry of the list `field`, made in its place if it is not there; None if that
    cannot be done with certainty. The item's values are text, lists of text, or mappings of these."""
    before = parse(raw, "").data
    if before is None:
        return None
    wanted = {**before, field: [*before.get(field, []), _plain(item)]}
    for candidate in _candidates(raw.decode("utf-8"), field, _flow(item), before):
        changed = candidate.encode("utf-8")
        if parse(changed, "").data == wanted:
            return changed
    return None


def _plain(value: Any) -> Any:
    """What the strict reader will give for it: all scalars are text."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else f"{value}"


def _flow(value: Any) -> str:
    """A value in one line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    text = f"{value}"
    return text if _PLAIN.match(text) and text.lower() not in _NOT_TEXT else json.dumps(text, ensure_ascii=False)


def _candidates(text: str, field: str, item: str, before: Mapping[str, Any]) -> Iterator[str]:
    spans = outline(text.encode("utf-8"))
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if field in before:
        count = len(before[field])
        yield from _after_last(lines, spans, field, count, item, ending)
        yield from _in_brackets(lines, spans, field, item)
        return
    entry = f"{field}:{ending}  - {item}{ending}"
    for key in _keys_before(field, before):
        at = _last_line(spans, key)
        yield _inserted(lines, at, entry, ending)
    yield _inserted(lines, len(lines), entry, ending)


def _after_last(
    lines: list[str], spans: Mapping[tuple[Any, str], Span], field: str, count: int, item: str, ending: str
) -> Iterator[str]:
    """A new line below the last entry of a list in lines, as far in as its dash."""
    first = spans[(field, 0), "value"]
    dash = re.match(r"\s*- ", lines[first.line - 1])
    if dash is not None:
        at = _last_line(spans, field, count - 1)
        yield _inserted(lines, at, f"{dash.group()}{item}{ending}", ending)


def _in_brackets(lines: list[str], spans: Mapping[tuple[Any, str], Span], field: str, item: str) -> Iterator[str]:
    """Before the closing bracket of a list in brackets."""
    span = spans[(field,), "value"]
    line = lines[span.end_line - 1]
    at = line.rfind("]", 0, span.end_column)
    if at >= 0:
        comma = "" if line[:at].rstrip().endswith(",") else ","
        changed = f"{line[:at].rstrip()}{comma} {item}{line[at:]}"
        yield "".join([*lines[: span.end_line - 1], changed, *lines[span.end_line :]])


def _keys_before(field: str, before: Mapping[str, Any]) -> list[str]:
    """The keys of the file that come before the field in the order of the format, the nearest first."""
    order = list(Case.model_fields)
    return [key for key in reversed(order[: order.index(field)]) if key in before]


def _last_line(spans: Mapping[tuple[Any, str], Span], *route: str | int) -> int:
    """The number of the last line that holds something of a node."""
    parents = {known[:-1] for known, _ in spans}
    inside = [
        span
        for (known, at), span in spans.items()
        if known[: len(route)] == route and (at == "key" or known not in parents or span.line == span.end_line)
    ]
    return max(span.end_line if span.end_column > 1 else span.end_line - 1 for span in inside)


def _inserted(lines: list[str], at: int, entry: str, ending: str) -> str:
    above = lines[:at]
    if above and not above[-1].endswith("\n"):
        above = [*above[:-1], above[-1] + ending]
    return "".join([*above, entry, *lines[at:]])
