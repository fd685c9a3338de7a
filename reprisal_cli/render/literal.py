"""Literal text: what may stand in a finished file, and how it enters pandoc's tree."""

from __future__ import annotations

import re

from reprisal_cli.render.nodes import Node, span

UNKNOWN = "\N{REPLACEMENT CHARACTER}"

SOFT_HYPHEN = "\u00ad"

_SPACE = re.compile(r"[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]"
    r"(?:[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\u200c-\u200f\s]*"
    r"[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\u200c-\u200f])?"
)


def clean(text: str) -> str:
    """Text that XML can hold: line ends and tabs are spaces, signs that no file may hold are shown as U+FFFD.

    Soft hyphens go: they are hints for line breaks and no text, would hide a name from a search, and pandoc loses some.
    """
    if text.isprintable():  # nearly always; soft hyphens are not
        return text
    return _FORBIDDEN.sub(UNKNOWN, _SPACE.sub(" ", text.replace(SOFT_HYPHEN, "")))


def text_nodes(text: str) -> list[Node]:
    """Text as one `Str` node, spaces and all: a node a word would make pandoc and us slower, and no output better.
    Runs in a right-to-left script are marked, as Word needs to be told."""
    text = clean(text)
    if text.isascii():
        return _string(text)
    out: list[Node] = []
    end = 0
    for run in _RIGHT_TO_LEFT.finditer(text):
        out += _string(text[end : run.start()])
        out.append(span(_string(run.group()), attributes=(("dir", "rtl"),)))
        end = run.end()
    return out + _string(text[end:])


def _string(text: str) -> list[Node]:
    return [{"t": "Str", "c": text}] if text else []
