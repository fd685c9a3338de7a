"""The forms of symbols of documents and of numbers of communications within a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reprisal_cli.register.states import states

_ADDRESS = re.compile(r"https?://\S+")
_WRONG_SYMBOL = (
    re.compile(
        r"\bA/?HRC\d+(?:/\d+)?|\bA/HRC[-.\\ ]\d+|\bA[-\\. ]HRC[-/\\. ]\d+|\bA ?/ HRC|\bA /HRC"
        r"|\bA/HRC(?: /|/ )\d+|\bA/HRC/\d+(?: /|/ )\d+"
    ),
    re.compile(r"\ba/hrc/\d+"),
    re.compile(r"(?<![/\w])HRC/\d+/\d+"),
)
_SYMBOL = r"(?:A|S|E|ST|CAT|CCPR|CEDAW|CERD|CRC|CED|CMW|CRPD|HRI|CAC)/[A-Za-z0-9()./-]*[A-Za-z0-9)]"
_WRONG_PLACE = (
    (re.compile(rf"\b{_SYMBOL} (?:at )?paras?\b"), "a comma is missing between symbol and paragraph"),
    (re.compile(rf"\b{_SYMBOL},paras?\b"), "a space is missing between symbol and paragraph"),
    (re.compile(rf"\b{_SYMBOL}, paras? \d"), "`para.` lacks its full stop"),
    (re.compile(rf"\b{_SYMBOL}, paragraphs? \d"), "`paragraph` is not shortened in a citation"),
    (re.compile(rf"\b{_SYMBOL},? ?§"), "`§` stands for a paragraph"),
    (re.compile(rf"\b{_SYMBOL}, para\. \d+(?: ?[-–] ?| and |, )\d"), "`para.` stands before several paragraphs"),
    (re.compile(rf"\b{_SYMBOL}, paras\. \d+(?![\d.]|[ ,]*(?:[-–]|and|,))"), "`paras.` stands before one paragraph"),
)
_COMMUNICATION = re.compile(r"(?<![\w/])([A-Z]{3})( *)(\d{1,3})([/-])(\d{2}|\d{4})(?![\w/-])")
_LETTERS = frozenset({"JAL", "JUA", "AUA"})
_NO_STATE = frozenset({"OTH"})
"""Letters to others than States have this in place of a code."""


def misformed(text: str, extra: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the symbols and numbers of a text, with what to write. `extra` are codes of the workspace."""
    text = _ADDRESS.sub("", text)
    for pattern in _WRONG_SYMBOL:
        for match in pattern.finditer(text):
            yield f"`{match[0]}` is no symbol", "write the symbol as on the document: `A/HRC/45/36`"
    for pattern, fault in _WRONG_PLACE:
        if pattern.search(text):
            yield fault, "write `A/HRC/45/36, para. 12` or `A/HRC/45/36, paras. 12-14`"
    for match in _COMMUNICATION.finditer(text):
        code, space, number, stroke, year = match.groups()
        known = code in _codes() or code in extra or code in _NO_STATE
        if code in _LETTERS:
            yield f"`{match[0]}` lacks the State", "write kind, State and number: `JUA IDN 2/2020`"
        elif known and (space != " " or stroke != "/" or len(year) != 4 or number.startswith("0")):
            yield f"`{match[0]}` is not the form of a communication's number", "write `IDN 2/2020`"
        elif not known and space == " " and stroke == "/" and len(year) == 4 and year[:2] in ("19", "20"):
            yield f"`{match[0]}` starts with no State's code", "write the code of the State: `IDN 2/2020`"


@cache
def _codes() -> frozenset[str]:
    return frozenset(states().codes)
