"""Numbers as they are printed before a paragraph."""

from __future__ import annotations

from reprisal_cli.compile.tree import Para


def paragraph_number(para: Para) -> str:
    """`12.` for a paragraph, `(a)` for an item, nothing for one that is not numbered."""
    if not para.numbered:
        return ""
    return f"({_letters(para.number)})" if para.level else f"{para.number}."


def _letters(number: int) -> str:
    """a, b, ... z, aa, bb, ... as Word counts."""
    count, at = divmod(number - 1, 26)
    return chr(97 + at) * (count + 1)


def roman(number: int) -> str:
    """I, II, III, IV, ..."""
    pairs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for value, sign in pairs:
        count, number = divmod(number, value)
        out += sign * count
    return out
