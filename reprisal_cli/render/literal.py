"""Literal text: what may stand in a finished file, and how it enters pandoc's tree."""

from __future__ import annotations

import re

from reprisal_cli.render.nodes import Node, span

WORDS_PER_NODE = 12
"""Words that make one node. One node a word makes pandoc slow; one node a paragraph makes its line code slow."""

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
    return _FORBIDDEN.sub(UNKNOWN, _SPACE.sub(" ", text.replace(SOFT_HYPHEN, "")))


def text_nodes(text: str) -> list[Node]:
    """Text as a few `Str` nodes; runs in a right-to-left script are marked, as Word needs to be told."""
    text = clean(text)
    out: list[Node] = []
    end = 0
    for run in _RIGHT_TO_LEFT.finditer(text):
        out += _strings(text[end : run.start()])
        out.append(span(_strings(run.group()), attributes=(("dir", "rtl"),)))
        end = run.end()
    return out + _strings(text[end:])


def _strings(text: str) -> list[Node]:
    words = text.split(" ")
    parts = [" ".join(words[start : start + WORDS_PER_NODE]) for start in range(0, len(words), WORDS_PER_NODE)]
    last = len(parts) - 1
    return [{"t": "Str", "c": part if at == last else part + " "} for at, part in enumerate(parts) if part or at < last]
