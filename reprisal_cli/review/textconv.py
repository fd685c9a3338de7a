"""A case file as `git log -p` and `git diff` show it: a line for each thing that it says, so that a change is a line,
and each line says where in the case it stands.

It holds what the file holds and nothing more; the same file gives the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from reprisal_cli.parse import parse

_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z{])")
_PROSE = frozenset({"main", "annex", "summary"})


def lines_of(raw: bytes) -> bytes:
    """The lines; those of both sides, with git's marks where they part, of a file in conflict; the file as it is where
    it cannot be read."""
    found = _said(raw)
    if found is None and _MARK.search(raw):
        found = _in_conflict(raw)
    return raw if found is None else "".join(f"{line}\n" for line in found).encode()


def _said(raw: bytes) -> list[str] | None:
    data = parse(raw, "").data
    return None if data is None else list(_lines(data, ""))


def _in_conflict(raw: bytes) -> list[str] | None:
    """What both sides of a conflict say, with marks around what only one of them says. A person who solves it looks at
    `git diff`, which would else set the lines of two commits beside the YAML of the file."""
    sides = [_said(_MARKED.sub(keep, raw)) for keep in (rb"\g<ours>", rb"\g<theirs>")]
    if sides[0] is None or sides[1] is None:
        return None
    out: list[str] = []
    for op, a, b, c, d in SequenceMatcher(None, sides[0], sides[1], autojunk=False).get_opcodes():
        both = [*sides[0][a:b], "=======", *sides[1][c:d]]
        out += sides[0][a:b] if op == "equal" else ["<<<<<<< ours", *both, ">>>>>>> theirs"]
    return out


_MARK = re.compile(rb"^<{7,} ", re.MULTILINE)
_MARKED = re.compile(
    rb"^<{7,} .*\n(?P<ours>(?:.*\n)*?)(?:\|{7,}.*\n(?:.*\n)*?)?={7,}\n(?P<theirs>(?:.*\n)*?)>{7,} .*\n?", re.MULTILINE
)


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
