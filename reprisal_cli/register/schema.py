"""Reads a register's file and checks its shape. Data that ships with the tool gets no mercy: the first fault stops.

The files under `data/` are YAML in the same strict dialect as case files (`parse.py`), so `no` stays text and a
duplicate key is a fault. What can be printed is keyed by language (`en: …`); English is always there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import ParamSpec, TypeVar

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.dialect import Plain
from reprisal_cli.parse import parse

P = ParamSpec("P")
T = TypeVar("T")

DATA = Path(__file__).with_name("data")
LANGUAGES = frozenset({"ar", "en", "es", "fr", "ru", "zh"})
"""The six official languages, ISO 639-1: the only language keys that a register may have."""


class RegisterError(ReprisalError):
    """A register's data is at fault, or lacks what was asked for. The message names the file or list and the entry."""


def read(name: str) -> dict[str, Plain]:
    """The data of one register's file. Raises RegisterError with line and column where it is not strict YAML."""
    parsed = parse((DATA / name).read_bytes(), name)
    for fault in parsed.diagnostics:
        span = fault.location.span
        place = f"{name}:{span.line}:{span.column}" if span else name
        raise RegisterError(f"{place}: {fault.message}", fault.hint)
    return parsed.data or {}


def within(place: str, build: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """What `build` makes; a fault in it is told with the place in front: `bodies.yaml: hrc: emrip: unknown key nam`."""
    try:
        return build(*args, **named)
    except RegisterError as fault:
        raise RegisterError(f"{place}: {fault.message}", fault.hint) from fault


def each(entries: Plain, build: Callable[[str, Plain], T]) -> dict[str, T]:
    """What `build` makes of each entry of a mapping, by the entry's key; a fault is told with the key in front."""
    return {key: within(key, build, key, data) for key, data in mapping(entries).items()}


def fields(data: Plain, required: Collection[str] = (), optional: Collection[str] = ()) -> dict[str, Plain]:
    """The mapping `data`, known to have the required keys and none but those and the optional ones."""
    found = mapping(data)
    for key in found:
        if key not in required and key not in optional:
            raise RegisterError(f"unknown key {key}")
    for key in required:
        if key not in found:
            raise RegisterError(f"{key} is missing")
    return found


def labels(data: Plain) -> dict[str, str]:
    """A text per language, and nothing else."""
    return by_language(fields(data, (), LANGUAGES), text)


def mapping(data: Plain) -> dict[str, Plain]:
    if not isinstance(data, dict):
        raise RegisterError("a mapping is needed here")
    return data


def items(data: Plain) -> list[Plain]:
    if not isinstance(data, list):
        raise RegisterError("a list is needed here")
    return data


def text(data: Plain) -> str:
    if not isinstance(data, str):
        raise RegisterError("a text is needed here")
    return data


def texts(data: Plain) -> tuple[str, ...]:
    """A list of texts, none of them twice."""
    found = tuple(text(item) for item in items(data))
    if len(set(found)) != len(found):
        raise RegisterError("an item stands twice in a list")
    return found


def day(data: Plain) -> date:
    """A date, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text(data))
    except ValueError:
        raise RegisterError("a date is written YYYY-MM-DD") from None


def by_language(data: Mapping[str, Plain], form: Callable[[Plain], T]) -> dict[str, T]:
    """The entries of `data` whose keys are languages, each read by `form`. English must be among them."""
    found = {lang: within(lang, form, value) for lang, value in data.items() if lang in LANGUAGES}
    if "en" not in found:
        raise RegisterError("en is missing")
    return found


def in_language(forms: Mapping[str, T], lang: str, what: str) -> T:
    """The form in one language; never another language's in its place, since it would be printed unseen."""
    try:
        return forms[lang]
    except KeyError:
        raise RegisterError(f"{what} has no wording in {lang}", f"add `{lang}:` to its entry in the register") from None


def unique(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From (name, id): id by folded name. Raises RegisterError where one name would stand for two ids."""
    found: dict[str, str] = {}
    for name, owner in names:
        if found.setdefault(fold(name), owner) != owner:
            raise RegisterError(f"{owner}: the name `{name}` is already that of {found[fold(name)]}")
    return found


def fold(name: str) -> str:
    """A name as it is compared: lower case, single spaces, straight apostrophes, no leading article."""
    return " ".join(name.replace("’", "'").casefold().split()).removeprefix("the ")
