"""What a comment on a change may show: it is read by machines and by many people, and what an edit takes out of a file
because it should not stand there must not stand in the comment instead (`docs/protection.md`).

A value is shown if it is a word of the format, a date, a reference, a number, or a symbol of the United Nations; a mask
stands for any other. In prose a mask stands for each word that may be part of a name: one with a capital letter that
neither the registers nor common English know, and one in another script. The registers are searched as text: reading
them would take longer than all the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from reprisal_cli import quick

MASK = "•••"
_DATA = Path(__file__).parents[1] / "register" / "data"
_VALUE = re.compile(
    r"\d{4}(?:-\d{2}){0,2}(?:/\d{4}(?:-\d{2}){0,2})?"  # a date, or two
    r"|(?:at least )?\d{1,7}|unknown|yes|no"
    r"|[a-z]\d{1,4}"  # a reference
    r"|[A-Z]{3}|[A-Z]{3}-\d{4}-\d{3,6}"  # a State, a case
    r"|[a-z]{2,4}-\d{1,3}(?:-[a-z0-9]{1,6})?|note-verbale:[a-z]{2,4}-\d{1,3}"  # an edition
    r"|(?:desk|drafter|reviewer|editor|officer)-\d{1,3}"
    r"|[A-Z]{3} \d{1,3}/\d{4}"  # a communication
    r"|[AES]/[A-Z0-9/.]{3,40}(?:, (?:annex [IVX]+, )?paras?\. \d[\d, -]{0,30})?"  # a document
)
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_CAPITAL = re.compile(r"\b[A-Z][A-Za-z'’-]*[a-z]\b")
_SPLIT = re.compile(r"\{[a-z]+[0-9]*\}|[^\W_]+(?:['’-][^\W_]+)*|\s+|.", re.DOTALL)
_CONTACT = re.compile(r"@|＠|\bat[\])]|%40|\d[\d ()./-]{6,}\d|\w\.(?:com|me|ru|app)/")
_LAST_LATIN = "\u024f"


def safe(value: Any) -> str:
    """A value as it may be shown. Lists are shown a value at a time; a mapping is a mask."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(safe(one) for one in value))
    if not isinstance(value, str):
        return MASK
    return value if _VALUE.fullmatch(value) or value in slugs() or value in listed("values") else MASK


@cache
def listed(name: str) -> frozenset[str]:
    """One of the lists of `shown.yaml`."""
    text = Path(__file__).with_name("shown.yaml").read_text(encoding="utf-8")
    return frozenset(str((quick.read(text) or {})[name]).split())


@cache
def slugs() -> frozenset[str]:
    """Every word of the closed lists, the ids of bodies and of their families."""
    words = re.findall(r"\bword: ([A-Za-z0-9 -]*[A-Za-z0-9])", _read("words.yaml"))
    bodies = re.findall(r"^ {0,2}([a-z0-9-]+):", _read("bodies.yaml"), re.MULTILINE)
    return frozenset({*words, *bodies})


@cache
def _read(name: str) -> str:
    return (_DATA / name).read_text(encoding="utf-8")


# --- prose ----------------------------------------------------------------------------------------------------------


def tokens(text: str) -> list[str]:
    """Words, references, spaces and signs, which together are the text."""
    return _SPLIT.findall(text)


def may_be_names(parts: Sequence[str], around: str = "") -> list[bool]:
    """Of each token whether it is to be masked. Where one word of several with capitals in a row is not known, none of
    them is shown: a family's name may be a country's. `around` is more text, whose small words are common."""
    small = frozenset(word for word in _WORD.findall(f"{' '.join(parts)} {around}") if word.islower())
    small |= listed("starts")
    starts = _starts(parts)
    unknown = [_unknown(part, small if starts[at] else frozenset()) for at, part in enumerate(parts)]
    found = list(unknown)
    for at, hit in enumerate(unknown):
        if hit:
            for step in (-1, 1):
                _spread(parts, found, at, step)
    return found


def _spread(parts: Sequence[str], found: list[bool], at: int, step: int) -> None:
    """Masks the words with capitals beside one that is masked, across spaces, hyphens and initials' points."""
    here = at + step
    while 0 <= here < len(parts):
        part = parts[here]
        if part[0].isupper() and part not in listed("common"):
            found[here] = True
        elif part not in (" ", ".", "-", "'", "’", "\n"):
            return
        here += step


def _starts(parts: Sequence[str]) -> list[bool]:
    """Of each token whether a sentence may start there, where any word has a capital letter."""
    found, start = [], True
    for part in parts:
        found.append(start)
        if not part.isspace() and part not in _OPENING:
            start = part in (".", "!", "?", ":", ";")
    return found


_OPENING = frozenset('“"‘([-*+#')
"""Signs that may stand before the first word of a sentence, those of a list among them."""


def _unknown(part: str, small: frozenset[str]) -> bool:
    if any(sign > _LAST_LATIN and sign.isalnum() for sign in part):
        return True
    part = part.lstrip("0123456789").removesuffix("'s").removesuffix("’s")
    if not part or not part[0].isalpha():
        return False
    start, hyphen, rest = part.partition("-")
    if hyphen and rest.islower():  # `UN-related`; with a second capital it may be a family's name
        return _unknown(start, small)
    first = part[0]
    if first.islower() and part.islower():
        return False
    if part.isupper() and len(part) > 1:
        return part not in _abbreviations() and part not in listed("abbreviations")
    return not (part in listed("common") or part.lower() in small or part in _capitals() or part in _countries())


@cache
def _capitals() -> frozenset[str]:
    """The words with a capital letter in names of States, bodies and sessions."""
    files = ("bodies.yaml", "states.yaml", "sessions.yaml", "families.yaml")
    return frozenset(word for name in files for word in _CAPITAL.findall(_read(name)))


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(re.findall(r"\b[A-Z]{2,}\b", _read("bodies.yaml")))


@cache
def _countries() -> frozenset[str]:
    """The words of the names of countries; asked last, since the list is long."""
    from reprisal_cli.register.states import states

    register = states()
    return frozenset(word for code in register.codes for word in _WORD.findall(register.full_name(code, "en")))


def has_contacts(text: str) -> bool:
    """Whether a text seems to hold a number, an address or a profile: then none of it is shown."""
    if not _CONTACT.search(text) and all(sign <= _LAST_LATIN or not sign.isalnum() for sign in text):
        return False
    from reprisal_cli.protect.scan.patterns import looks

    return next(looks(text, words=True), None) is not None
