"""House style of texts, as data: hedges, names, spellings and counted nouns that the rules of texts look for.

Sources are given in `data/style.yaml`, for domain experts to edit. A language without an entry has no such rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from reprisal_cli.dialect import Plain
from reprisal_cli.register.schema import LANGUAGES, RegisterError, each, fields, read, texts, within

FILE = "style.yaml"
_LISTS = (
    "hedges",
    "sources",
    "acts-of-sources",
    "alleged-acts",
    "alleged-matters",
    "actors",
    "guilt",
    "guilt-allowed",
    "guilt-nouns",
    "ise",
    "counted",
)
_PAIRS = ("states", "bodies", "spellings")
_ENDINGS = ("e", "ed", "es", "er", "ers", "ing", "ation", "ations", "ational")


class Style(Struct, frozen=True):
    """The words of one language. `states` gives codes; `bodies` and `spellings` the right form."""

    hedges: tuple[str, ...]
    sources: tuple[str, ...]
    acts_of_sources: tuple[str, ...]
    alleged_acts: tuple[str, ...]
    alleged_matters: tuple[str, ...]
    actors: tuple[str, ...]
    guilt: tuple[str, ...]
    guilt_allowed: tuple[str, ...]
    guilt_nouns: tuple[str, ...]
    counted: tuple[str, ...]
    states: Mapping[str, str]
    bodies: Mapping[str, str]
    spellings: Mapping[str, str]


@cache
def style(lang: str = "en") -> Style | None:
    """The style of a language, None where there is none. Raises RegisterError at its first fault."""
    return within(FILE, _styles).get(lang)


@cache
def _styles() -> Mapping[str, Style]:
    return each(fields(read(FILE), ("en",), LANGUAGES), _style)


def _style(_: str, data: Plain) -> Style:
    parts = fields(data, (*_LISTS, *_PAIRS))
    lists = {name: within(name, texts, parts[name]) for name in _LISTS}
    states, bodies, spellings = (within(name, _pairs, parts[name]) for name in _PAIRS)
    if same := [word for words in (bodies, spellings) for word, right in words.items() if word == right]:
        raise RegisterError(f"{same[0]} is its own right form")
    with_ize = {f"{stem}is{end}": f"{stem}iz{end}" for stem in lists.pop("ise") for end in _ENDINGS}
    by_field = {name.replace("-", "_"): words for name, words in lists.items()}
    return Style(**by_field, states=states, bodies=bodies, spellings=with_ize | spellings)


def _pairs(data: Plain) -> dict[str, str]:
    """From `wrong > right`."""
    found: dict[str, str] = {}
    for item in texts(data):
        wrong, sign, right = item.partition(" > ")
        if not sign or wrong in found:
            raise RegisterError(f"{wrong} has no right form, or stands twice")
        found[wrong] = right
    return found
