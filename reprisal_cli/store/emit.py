"""Values as YAML, in the way in which people write a case file: short things on one line, long ones below each other.

Nothing here has to be right about all of YAML: whoever writes with it reads the file again and compares.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

MOST = 116
"""Signs of a line; what is longer is written below each other."""
_PLAIN = re.compile(r"[^\W_](?:(?:[\w ./+()';–-]|:(?=\w))*[\w./+)])?\Z")
_PLAIN_IN_BLOCK = re.compile(r"[^\W_](?:(?:[\w ./+()';,–-]|:(?=\w))*[\w./+)])?\Z")
_NOT_TEXT = frozenset({"null", "~"})


def plain(value: Any) -> Any:
    """What the strict reader gives for a value: all scalars are text."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else f"{value}"


def flow(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return _scalar(f"{value}", _PLAIN)


def entry(key: str, value: Any, indent: int) -> list[str]:
    """The lines of a key with its value, `indent` signs in, without line ends."""
    margin = " " * indent
    if isinstance(value, str) and "\n" in value.strip("\n"):
        return [f"{margin}{key}: |", *_literal(value, indent + 2)]
    one = f"{margin}{key}: {_one_line(value)}"
    if isinstance(value, list | tuple) and any(isinstance(inner, Mapping) for inner in value):
        return [f"{margin}{key}:", *(line for inner in value for line in item(inner, indent + 2))]
    if isinstance(value, str) or (len(one) <= MOST and not has_lines(value)):
        return [one]
    if isinstance(value, Mapping):
        return [f"{margin}{key}:", *_mapping(value, indent + 2)]
    return [f"{margin}{key}:", *(line for one in value for line in item(one, indent + 2))]


def item(value: Any, indent: int, braces: bool = True) -> list[str]:
    """The lines of an entry of a list, its dash `indent` signs in, without line ends; in `braces` if it is short."""
    margin = " " * indent
    one = f"{margin}- {_one_line(value)}"
    if not isinstance(value, Mapping) or (braces and len(one) <= MOST + 40 and not has_lines(value)):
        return [one]
    first, *rest = _mapping(value, indent + 2)
    return [f"{margin}- {first[indent + 2 :]}", *rest]


def _mapping(value: Mapping[str, Any], indent: int) -> list[str]:
    return [line for key, inner in value.items() for line in entry(key, inner, indent)]


def _literal(text: str, indent: int) -> Iterator[str]:
    margin = " " * indent
    return (f"{margin}{line}" if line else "" for line in text.rstrip("\n").split("\n"))


def _one_line(value: Any) -> str:
    return flow(value) if isinstance(value, Mapping | list | tuple) else _scalar(f"{value}", _PLAIN_IN_BLOCK)


def has_lines(value: Any) -> bool:
    """Whether some text in it has lines of its own."""
    if isinstance(value, Mapping):
        return any(has_lines(inner) for inner in value.values())
    if isinstance(value, list | tuple):
        return any(has_lines(inner) for inner in value)
    return "\n" in f"{value}"


def _scalar(text: str, safe: re.Pattern[str]) -> str:
    return text if safe.match(text) and text.lower() not in _NOT_TEXT else json.dumps(text, ensure_ascii=False)
