"""The strict dialect of YAML in which records are written: its limits, and what is a fault in it.

It takes less than YAML has (`docs/case-format.md`, "Reading it"), since a case file comes from many hands: UTF-8, all
scalars are text, no anchors, aliases, merge keys, tags, directives, second documents or duplicate keys, and limits on
size and depth.
"""

from __future__ import annotations

import re
from typing import Any

from reprisal_cli.diagnostic import Diagnostic, Location
from reprisal_cli.rule import error

MAX_BYTES = 1024 * 1024
MAX_VALUE = 64 * 1024
MAX_DEPTH = 20
MAX_NODES = 20_000

ENCODING = error("RC001", "not-utf-8")
CHARACTER = error("RC002", "forbidden-character")
SYNTAX = error("RC003", "yaml-syntax")
FEATURE = error("RC004", "yaml-feature")
DUPLICATE = error("RC005", "duplicate-key")
LIMIT = error("RC006", "over-the-limit")
EMPTY = error("RC007", "empty-value")
SHAPE = error("RC008", "not-a-mapping")
KEY = error("RC009", "key-not-a-word")
RULES = (ENCODING, CHARACTER, SYNTAX, FEATURE, DUPLICATE, LIMIT, EMPTY, SHAPE, KEY)

Plain = dict[str, Any] | list[Any] | str | None
"""What a file holds once parsed; None stands where a value was refused."""

_NEVER = (
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls: terminal escapes, and signs that XML cannot hold
    "\u2028\u2029"  # line ends that no editor shows
    "\u202a-\u202e\u2066-\u2069"  # text shown in another order than it is read (Trojan Source)
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u206f\u2800\u3164\ufeff\uffa0"  # nothing is shown, yet it
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # breaks a search for a name
    "\ufe00-\ufe0d\U000e0000-\U000e0fff"  # variation selectors and tags, which can carry hidden text
    "\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff"  # no characters, and what stands for one that was lost
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: no meaning between two machines
    "]"
)
_JOINING = "[\u200c-\u200f\u061c\ufe0e\ufe0f]"
"""What joins or turns about the signs of other scripts; between two letters of this one it only hides a name."""
FORBIDDEN = re.compile(f"{_NEVER}|(?<=[A-Za-z0-9]){_JOINING}+(?=[A-Za-z0-9])")
DOUBTFUL = re.compile(f"{_NEVER}|{_JOINING}")
"""The same for a file without its ASCII, where no letter stands next to a sign any more."""


def character(sign: str, location: Location) -> Diagnostic:
    return CHARACTER.at(location, f"the character U+{ord(sign[0]):04X} may not stand in a file", _why_not(sign[0]))


def _why_not(sign: str) -> str:
    if sign == "\ufffd":
        return "a letter was lost here when the file was saved in another encoding; write what stood here"
    if "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069":
        return "it changes the order in which the text is shown; delete it"
    if ord(sign) < 0xA0:
        return "it is a control character that Word and terminals cannot show; delete it"
    return "it is invisible or has no meaning of its own; delete it"
