"""Altered case files: what slips of the keyboard, merges, scripts and strangers make of a file."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

SIGNS = (
    *"{}[]:#&*!|>'\"%@`,-?~\\^<=",
    "\t",
    "\r",
    "\n",
    " ",
    "  ",
    ": ",
    " #",
    "- ",
    "---\n",
    "...\n",
    "\u00e9",
    "e\u0301",
    "\u202e",
    "\u200b",
    "\u00a0",
    "\u3000",
    "\ufeff",
    "\u2028",
    "\x00",
    "\x07",
    "\x85",
    "\U000e0041",
    "\U0001f600",
    "\u0645",
    "null",
    "yes",
    "0x1F",
    "1e9",
    "<<: ",
    "\\ud800",
)
VALUES = (
    "[]",
    "{}",
    "~",
    "''",
    '""',
    "no",
    "1.10",
    "[a, b]",
    "{a: b}",
    "|",
    ">-",
    "!!int 3",
    "*a",
    "&a b",
    "x" * 70_000,
)
_VALUE = re.compile(r"(?<=: )[^\n{}\[\],]+")


def mutate(text: str, others: Sequence[str], chance: random.Random) -> str:
    """A text with one to three changes."""
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(KINDS)(text, others, chance)
    return text


def _sign_in(text: str, others: Sequence[str], chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SIGNS) + text[at:]


def _sign_out(text: str, others: Sequence[str], chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.randint(1, 4) :]


def _sign_other(text: str, others: Sequence[str], chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chr(chance.randrange(1, 0x250)) + text[at + 1 :]


def _line_out(text: str, others: Sequence[str], chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [text]
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _line_twice(text: str, others: Sequence[str], chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [text]
    at = chance.randrange(len(lines))
    lines.insert(chance.randrange(len(lines) + 1), lines[at])
    return "".join(lines)


def _indent(text: str, others: Sequence[str], chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [text]
    at = chance.randrange(len(lines))
    lines[at] = " " * chance.randint(0, 8) + lines[at].lstrip(" ")
    return "".join(lines)


def _value_of_another(text: str, others: Sequence[str], chance: random.Random) -> str:
    """Two values change places, or one comes from another file."""
    mine, theirs = list(_VALUE.finditer(text)), _VALUE.findall(chance.choice([text, *others]))
    if not mine or not theirs:
        return text
    place = chance.choice(mine)
    return text[: place.start()] + chance.choice(theirs) + text[place.end() :]


def _other_type(text: str, others: Sequence[str], chance: random.Random) -> str:
    mine = list(_VALUE.finditer(text))
    if not mine:
        return text
    place = chance.choice(mine)
    return text[: place.start()] + chance.choice(VALUES) + text[place.end() :]


def _cut_off(text: str, others: Sequence[str], chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


KINDS = (
    _sign_in,
    _sign_out,
    _sign_other,
    _line_out,
    _line_twice,
    _indent,
    _value_of_another,
    _value_of_another,
    _other_type,
    _cut_off,
)
