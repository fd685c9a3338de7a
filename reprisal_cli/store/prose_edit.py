"""New words for a text in a case file: comments, order, indentation and the marks of the block stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from reprisal_cli.diagnostic import Edit, Route
from reprisal_cli.parse import outline, parse
from reprisal_cli.store.edit import apply_edit

_HEAD = re.compile(r"[|>][0-9+-]*[ \t]*(?:#[^\n]*)?$")


def set_text(raw: bytes, route: Route, text: str) -> bytes | None:
    """The file with the text at `route` replaced; None if that cannot be done with certainty. What is left as it was in
    the text keeps its lines."""
    before = parse(raw, "").data
    if before is None:
        return None
    old = _at(before, route)
    text = text.rstrip("\n") + old[len(old.rstrip("\n")) :]  # how a block ends is no matter of its words
    endings = (text, f"{text}\n") if "\n" in text.rstrip("\n") else (text,)  # paragraphs become a block, which ends so
    wanted = [json.dumps(_with(before, route, one)) for one in endings]
    for candidate in (*_blocks(raw, route, text), apply_edit(raw, Edit(route, text))):
        if candidate is not None and json.dumps(parse(candidate, "").data) in wanted:
            return candidate
    return None


def _at(data: Any, route: Route) -> str:
    for step in route:
        data = data[step]
    return str(data)


def _with(data: Any, route: Route, text: str) -> Any:
    if not route:
        return text
    head, rest = route[0], route[1:]
    if isinstance(data, dict):
        return {key: _with(value, rest, text) if key == head else value for key, value in data.items()}
    return [_with(value, rest, text) if at == head else value for at, value in enumerate(data)]


def _blocks(raw: bytes, route: Route, text: str) -> Iterator[bytes]:
    """The text as a block in lines: in the block that is there, or in a new one in place of a value in one line."""
    source = raw.decode("utf-8")
    ending = "\r\n" if "\r\n" in source else "\n"
    lines = source.split("\n")
    spans = outline(raw)
    value, key = spans.get((route, "value")), spans.get((route, "key"))
    if value is None or key is None:
        return
    indent = re.match(r" *", lines[key.line - 1])
    own = len(indent.group()) if indent else 0
    head = lines[key.line - 1].rstrip("\r")
    last = key.line  # lines of the block, by their number from 1: all that are deeper or blank
    if not _HEAD.search(head):
        if value.line != value.end_line or value.line != key.line:
            return
        head = f"{head[: key.end_column - 1]}: |" if head[key.end_column - 1 : key.end_column] == ":" else ""
        if not head:
            return
        deeper = own + 2
    else:
        while last < len(lines) and (not lines[last].strip() or len(lines[last]) - len(lines[last].lstrip(" ")) > own):
            last += 1
        while last > key.line and not lines[last - 1].strip():
            last -= 1
        if last == key.line:
            return
        deeper = len(lines[key.line]) - len(lines[key.line].lstrip(" "))
    body = [f"{' ' * deeper}{line}" if line.strip() else "" for line in text.rstrip("\n").split("\n")]
    marks = {"|"} | ({head.split()[-1]} if _HEAD.search(head) else set())
    for mark in sorted(marks, key=lambda one: one != head.split()[-1]):
        first = _HEAD.sub(mark, head) if mark == "|" and not head.endswith("|") and "#" not in head else head
        made = [*lines[: key.line - 1], first, *body, *lines[last:]]
        yield ending.join(line.rstrip("\r") for line in made).encode("utf-8")
