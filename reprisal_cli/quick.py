"""A quick reader for the plain part of YAML in which nearly every case file is written.

It gives the data, or None where it is not sure: then `parse.py` reads the text again with libyaml, which alone decides
what is a fault. It takes less than YAML on purpose: mappings and lists by indentation, `{...}` and `[...]` that close
on their line or open at the end of one, text without quotes or in simple ones on one line, `|` and `>-` for more.
Whatever it takes, libyaml reads in the same way: `tests/test_quick.py` compares the two over thousands of altered
files. Five times as fast (`benchmarks/validate.md`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

LONGEST = 32 * 1024
"""Longer texts are left to libyaml; so no limit on values or their number can be passed here."""
_DEEPEST = 6

_WORD = r"[A-Za-z][A-Za-z0-9_-]*"
_LINE = re.compile(rf"( *)(- +)?(?:({_WORD}):(?=[ \n]))? *(.*)\n")
"""No possessive group (`?+`): before 3.11.5, Python loses signs behind one."""
_QUOTED = re.compile(r"\"([^\"\\]*)\" *(?: #.*)?\Z|'([^']*)' *(?: #.*)?\Z")
_FLOW = re.compile(
    rf" *(?:([\[\]{{}},])|({_WORD}):(?= )|\"([^\"\\]*)\"|'([^']*)'"
    r"|([^\W_][^,\[\]{}:#]*(?::(?=[^ ,\[\]{}])[^,\[\]{}:#]*)*)|(.))"
)
_NEVER = ("\t", "\r", "\n---", "\n...", "\n%")
_START = ("---", "...", "%")
_NULLS = frozenset({"null", "Null", "NULL"})
_NOT_KEYS = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})

Row = tuple[str, str, str, str]
"""One line: its indentation, its dash, its key, the rest."""


class _UnsureError(Exception):
    """What stands here is for libyaml to read."""


def read(text: str) -> dict[str, Any] | None:
    """The data of a text, or None where libyaml should be asked."""
    if len(text) > LONGEST or not text.endswith("\n") or text.startswith(_START):
        return None
    if any(sign in text for sign in _NEVER):
        return None
    rows = _LINE.findall(text)
    reader = _Lines(rows, text[:-1].split("\n"))
    try:
        at, data = reader.mapping(reader.skip(0), 0, 0)
    except _UnsureError:
        return None
    return data if at == len(rows) and data else None


class _Lines:
    """The lines of one text. Each method gives the number of the line after what it read, and what that was."""

    __slots__ = ("lines", "rows")

    def __init__(self, rows: list[Row], lines: list[str]) -> None:
        self.rows = rows
        self.lines = lines

    def skip(self, at: int) -> int:
        """The next line that is neither blank nor a comment."""
        rows = self.rows
        while at < len(rows):
            _, dash, key, rest = rows[at]
            if key or dash or (rest and rest[0] != "#"):
                break
            at += 1
        return at

    def mapping(self, at: int, indent: int, depth: int) -> tuple[int, dict[str, Any]]:
        out: dict[str, Any] = {}
        rows = self.rows
        while at < len(rows):
            before, dash, key, rest = rows[at]
            if len(before) < indent:
                break
            if len(before) > indent or dash or not key or key in out or key.lower() in _NOT_KEYS:
                raise _UnsureError
            if not rest or rest[0] == "#":
                at, out[key] = self.below(at + 1, indent, depth + 1)
            elif rest[0] in "|>":
                at, out[key] = self.block(at + 1, indent, rest)
            elif rest in ("[", "{"):
                at, out[key] = self.flow(at, indent)
            else:
                out[key] = _value(rest)
                at += 1
                if at < len(rows) and rows[at][2]:
                    continue
            at = self.skip(at)
        return at, out

    def below(self, at: int, indent: int, depth: int) -> tuple[int, Any]:
        """The value of a key that stands on the next lines."""
        at = self.skip(at)
        if at == len(self.rows) or depth > _DEEPEST:
            raise _UnsureError
        before, dash, _, _ = self.rows[at]
        if dash and len(before) >= indent:
            return self.sequence(at, len(before), depth)
        if len(before) > indent:
            return self.mapping(at, len(before), depth)
        raise _UnsureError

    def sequence(self, at: int, indent: int, depth: int) -> tuple[int, list[Any]]:
        out: list[Any] = []
        rows = self.rows
        while at < len(rows):
            before, dash, key, rest = rows[at]
            if len(before) < indent or (len(before) == indent and not dash):
                break
            if len(before) > indent:
                raise _UnsureError
            if key:
                column = indent + len(dash)
                rows[at] = (" " * column, "", key, rest)
                at, item = self.mapping(at, column, depth + 1)
            else:
                item = _value(rest)
                at = self.skip(at + 1)
            out.append(item)
        return at, out

    def block(self, at: int, indent: int, rest: str) -> tuple[int, str]:
        """The lines under a `|`, or under a `>-` as one line."""
        if rest not in ("|", "|-", ">-"):
            raise _UnsureError
        taken: list[str] = []
        lines = self.lines
        column = 0
        while at < len(lines):
            line = lines[at]
            text = line.lstrip(" ")
            if text:
                before = len(line) - len(text)
                if not column:
                    column = before
                    if column <= indent or taken:
                        raise _UnsureError
                elif before < column:
                    break
                taken.append(line[column:])
            elif len(line) > column:
                raise _UnsureError
            else:
                taken.append("")
            at += 1
        while taken and not taken[-1]:
            taken.pop()
        if not taken:
            raise _UnsureError
        if rest == ">-":
            if any(not line or line[0] == " " for line in taken):
                raise _UnsureError
            return self.skip(at), " ".join(taken)
        return self.skip(at), "\n".join(taken) + ("\n" if rest == "|" else "")

    def flow(self, at: int, indent: int) -> tuple[int, Any]:
        """What stands between brackets, from the line after the first to the one that ends with the last."""
        parts = [self.rows[at][3]]
        closed = "]" if parts[0] == "[" else "}"
        while parts[-1][-1] != closed:
            at += 1
            line = self.lines[at] if at < len(self.rows) else ""
            text = line.strip(" ")
            if not text or "#" in text or len(line) - len(line.lstrip(" ")) <= indent:
                raise _UnsureError
            parts.append(text)
        return self.skip(at + 1), _value(" ".join(parts))


@lru_cache(maxsize=8192)
def _value(rest: str) -> Any:
    """A value on the line of its key or dash; the same value for the same words, which a corpus says again and again
    (`alleged`, `2025-02-03`, `[p1]`, a step of a history): nobody changes what was read."""
    first = rest[:1]
    if first.isalnum() or first == "(":
        return _plain(rest)
    if first in ("{", "["):
        return _flow(rest)
    if first in ("'", '"'):
        match = _QUOTED.match(rest)
        value: str = match[match.lastindex or 0] if match else ""
        if value.strip():
            return value
    raise _UnsureError


def _plain(rest: str) -> str:
    comment = rest.find(" #")
    value = (rest if comment < 0 else rest[:comment]).rstrip(" ")
    if ": " in value or value[-1] == ":" or value in _NULLS:
        raise _UnsureError
    return value


def _flow(rest: str) -> Any:
    """What stands between brackets, on one line. `holders` are the containers around the one that is being filled, each
    with the key that waits for it."""
    comment = rest.find(" #")
    out: Any = None
    holders: list[Any] = []
    keys: list[str | None] = []
    holder: Any = None
    key: str | None = None
    ready = True  # a value, or in a mapping a key, may come
    for sign, name, double, single, plain, other in _FLOW.findall(rest if comment < 0 else rest[:comment].rstrip(" ")):
        if sign in ("{", "["):
            if not ready or (holders and type(holder) is dict and key is None) or len(holders) == _DEEPEST or out:
                raise _UnsureError
            holders.append(holder)
            keys.append(key)
            holder, key = ({} if sign == "{" else []), None
            continue
        if sign == ",":
            if ready or not holders:
                raise _UnsureError
            ready = True
            continue
        if sign:
            if ready or not holders or (sign == "}") != (type(holder) is dict):
                raise _UnsureError
            value: Any = holder
            holder, key = holders.pop(), keys.pop()
            if not holders:
                out = value
                continue
        elif name:
            if not ready or type(holder) is not dict or key is not None or name in holder or name.lower() in _NOT_KEYS:
                raise _UnsureError
            key = name
            continue
        else:
            value = double or single or plain.rstrip(" ")
            if other or not ready or not holders or not value.strip() or (plain and value in _NULLS):
                raise _UnsureError
        if type(holder) is list:
            holder.append(value)
        elif key is not None:
            holder[key] = value
            key = None
        else:
            raise _UnsureError
        ready = False
    if not out or holders:
        raise _UnsureError
    return out
