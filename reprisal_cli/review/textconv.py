"""A case file as `git log -p` and `git diff` show it: a line for each thing that it says, so that a change is a line,
and each line says where in the case it stands.

It holds what the file holds and nothing more; the same file gives the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reprisal_cli.parse import parse

_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z{])")
_PROSE = frozenset({"main", "annex", "summary"})


def lines_of(raw: bytes) -> bytes:
    """The lines; the file as it is where it cannot be read."""
    data = parse(raw, "").data
    if data is None:
        return raw
    return "".join(f"{line}\n" for line in _lines(data, "")).encode()


def _lines(value: Any, above: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _PROSE and isinstance(inner, str):
                yield from _prose(inner, f"{above}{key}")
            elif isinstance(inner, dict):
                yield from _lines(inner, f"{above}{key} ")
            elif isinstance(inner, list) and any(isinstance(one, dict) for one in inner):
                yield from _entries(inner, f"{above}{key}")
            else:
                yield f"{above}{key}: {_plain(inner)}"
    else:
        yield f"{above.rstrip()}: {_plain(value)}"


def _entries(listed: list[Any], name: str) -> Iterator[str]:
    """The entries of a list by their references; those without one by what they are, so that one more in between
    changes no other line."""
    for one in listed:
        if not isinstance(one, dict):
            yield f"{name}: {_plain(one)}"
        elif "ref" in one:
            yield from _lines({key: inner for key, inner in one.items() if key != "ref"}, f"{name} {one['ref']} ")
        else:
            yield f"{name}: " + ", ".join(f"{key} {_plain(inner)}" for key, inner in one.items())


def _prose(text: str, name: str) -> Iterator[str]:
    """A sentence a line; an empty line between paragraphs."""
    for number, paragraph in enumerate(re.split(r"\n[ \t]*\n", text.strip("\n"))):
        if number:
            yield ""
        for sentence in _SENTENCE.split(" ".join(paragraph.split())):
            yield f"{name} | {sentence}"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{key} {_plain(inner)}" for key, inner in value.items()) + ")"
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    return " ".join(str(value).split())
