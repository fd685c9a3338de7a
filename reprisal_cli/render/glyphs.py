"""Signs that no font of the PDF has. typst refuses a whole PDF/A over one of them, so they are found before."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reprisal_cli.render.literal import UNKNOWN

MOST_PROBES = 400
"""A sign costs some 10 probes to find. A document with thousands has no font for its script: then whole groups count
as missing, so that the answer does not take minutes."""

NOT_FOR_ARCHIVES = frozenset("\ufeff")
"""PDF/A forbids these, whatever the fonts have."""

_BUNDLED = ((0xA1, 0xAC), (0xAE, 0x24F), (0x1E00, 0x1EFF), (0x400, 0x45F), (0x2010, 0x2027), (0x2030, 0x203A))
IN_TYPST = frozenset("\xa0\u20ac").union(chr(code) for first, last in _BUNDLED for code in range(first, last + 1))
"""Signs that the fonts inside of typst have, which stand in for any font that lacks them. Most documents have no
others, and need no probe."""


def missing(signs: Iterable[str], prints: Callable[[str], bool]) -> frozenset[str]:
    """The signs that cannot be printed. `prints` tells of a text whether all of it can."""
    wanted = sorted(sign for sign in set(signs) - IN_TYPST - NOT_FOR_ARCHIVES if not sign.isascii())
    found: set[str] = set(NOT_FOR_ARCHIVES.intersection(signs))
    groups = [wanted]
    probes = 0
    while groups:
        group = groups.pop()
        probes += 1
        if not group or prints("".join(group)):
            continue
        if len(group) == 1 or probes > MOST_PROBES:
            found.update(group)
        else:
            groups += [group[: len(group) // 2], group[len(group) // 2 :]]
    return frozenset(found)


def replace_missing(text: str, signs: frozenset[str]) -> str:
    """The text with a visible stand-in (U+FFFD) for signs that cannot be printed; the others stay as typed."""
    return text.translate({ord(sign): "" if sign in NOT_FOR_ARCHIVES else UNKNOWN for sign in signs}) if signs else text
