"""Dates in a letter, as the six languages of the United Nations write them: what a desk is offered as its date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
_NUMBERS = re.compile(r"(?<!\d)(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[./](\d{1,2})[./](\d{4}))(?!\d)")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_FIRST, _LAST = 1990, 2100


def dates_in(paragraphs: Iterable[str]) -> list[date]:
    """The days that a text names, each once, in the order in which they stand. 5/4/2025 is the fifth of April."""
    found: dict[date, None] = {}
    for text in paragraphs:
        for _, day in sorted(_dates(text)):
            found.setdefault(day)
    return list(found)


def _dates(text: str) -> Iterator[tuple[int, date]]:
    """Each day with its place in the text."""
    for match in _NUMBERS.finditer(text):
        year, month, day = match.group(1, 2, 3) if match.group(1) else match.group(6, 5, 4)
        yield from _day(match.start(), year, int(month), day)
    for match in _CHINESE.finditer(text):
        yield from _day(match.start(), match.group(1), int(match.group(2)), match.group(3))
    pattern, months = _months()
    for match in pattern.finditer(text):
        name = match.group("name") or match.group("first")
        year, day = match.group("year") or match.group("later"), match.group("day") or match.group("second")
        yield from _day(match.start(), year, months[name.casefold()], day)


def _day(place: int, year: str, month: int, day: str) -> Iterator[tuple[int, date]]:
    if _FIRST <= int(year) <= _LAST:
        try:
            yield place, date(int(year), month, int(day))
        except ValueError:
            return


@cache
def _months() -> tuple[re.Pattern[str], dict[str, int]]:
    """`5 April 2025`, `5 de abril de 2025`, `April 5, 2025`, and the numbers of the months by name."""
    from babel import Locale

    names: dict[str, int] = {}
    for language in _LANGUAGES:
        known = Locale.parse(language).months
        for form, width in (("format", "wide"), ("stand-alone", "wide"), ("format", "abbreviated")):
            for number, name in known[form][width].items():
                if not name[0].isdigit():
                    names.setdefault(name.casefold().rstrip("."), number)
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    between = r"(?:st|nd|rd|th|er|º|°)?\.?\s{1,3}(?:(?:de|of|día)\s{1,3})?(?:[^\W\d]{2,12}(?:\s[^\W\d]{2,12})?\s?/\s?)?"
    pattern = (
        rf"(?<!\d)(?P<day>\d{{1,2}}){between}(?P<name>{words})\.?,?\s{{1,3}}(?:del?\s{{1,3}})?(?P<year>\d{{4}})(?!\d)"
    )
    english = (
        rf"\b(?P<first>{words})\.?\s{{1,3}}(?P<second>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<later>\d{{4}})(?!\d)"
    )
    return re.compile(f"{pattern}|{english}", re.IGNORECASE), names
