"""An entry as it is kept in the cache: one text (JSON), and back again. As one text it costs nothing until somebody
asks for it: after an edit, most are only held against what they were.

Nothing in it is a value of the case that could be a name. A text that is no word of a closed list, id or date stands as
a digest: rules between cases ask only whether two such texts are the same. How each field is written and read is worked
out once from its type, since a workspace has many entries.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from msgspec.json import decode, encode

from reprisal_cli.checks.desk import Entry
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.words import word_lists

HARMLESS = re.compile(
    r"[A-Z]{3}(?:-[0-9]{4}-[0-9]{3,6})?|[a-z]{2,4}-[0-9]{1,3}(?:-[a-z0-9]{1,3})*"
    r"|[0-9-]{4,10}|[a-z][0-9]{1,4}|RC[0-9]{3}|~[0-9a-f]{16}|"
)
"""Codes of States, ids of cases and editions, dates, refs, codes of rules: no value that could be a name."""


class _Way(NamedTuple):
    """How a value is written as data, and how it is read again."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def entry_as_text(entry: Entry) -> str:
    """An entry as lists, texts and numbers in JSON, its free texts as digests."""
    data: list[Any] = _entry().write(entry)
    data[0] = entry.path  # the folder and the id: it says where a finding lies
    return encode(data).decode()


def entry_from(text: str) -> Entry:
    """The entry that `entry_as_text` wrote down."""
    entry: Entry = _entry().read(decode(text))
    return entry


@cache
def _entry() -> _Way:
    return _way(Entry)


def _way(kind: Any) -> _Way:
    """The way of a type that an entry is made of."""
    if kind in (int, bool):
        return _Way(_same, _same)
    if kind is str:
        return _Way(_veiled, _same)
    if get_origin(kind) is tuple:
        first, *others = get_args(kind)
        return _many(_way(first)) if others == [Ellipsis] else _row(tuple, [_way(first), *map(_way, others)])
    names = getattr(kind, "__struct_fields__", None) or getattr(kind, "_fields", None)
    if names:
        hints = get_type_hints(kind)
        return _record(kind, names, [_way(hints[name]) for name in names])
    return _Way(_dated, _undated)


def _same(value: Any) -> Any:
    return value


def _many(way: _Way) -> _Way:
    """Any number of values of one type."""
    write, read = way
    if read is _same:
        return _Way(lambda values: list(map(write, values)), tuple)
    return _Way(lambda values: list(map(write, values)), lambda data: tuple(map(read, data)))


def _row(make: Callable[[Any], Any], ways: Sequence[_Way]) -> _Way:
    """Values each of a type of its own."""
    write, read = _at_places([way.write for way in ways]), _at_places([way.read for way in ways])
    return _Way(write, lambda data: make(read(data)))


def _at_places(ways: Sequence[Callable[[Any], Any]]) -> Callable[[Sequence[Any]], list[Any]]:
    """Each value in its way; those that stay as they are cost nothing."""
    places = [(place, way) for place, way in enumerate(ways) if way is not _same]

    def changed(values: Sequence[Any]) -> list[Any]:
        out = list(values)
        for place, way in places:
            out[place] = way(out[place])
        return out

    return changed


def _record(kind: Any, names: Sequence[str], ways: Sequence[_Way]) -> _Way:
    """A value with named parts."""
    parts = attrgetter(*names)
    write, read = _row(lambda values: kind(*values), ways)
    return _Way(lambda value: write(parts(value)), read)


# --- texts ----------------------------------------------------------------------------------------------------------


def _dated(value: date | str | None) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value if value is None else _veiled(value)


def _undated(data: Any) -> date | str | None:
    return date.fromisoformat(data["date"]) if isinstance(data, dict) else data


@lru_cache(maxsize=8192)
def _veiled(text: str) -> str:
    """The text itself where it cannot be a name, else a digest of it."""
    if text in _words() or HARMLESS.fullmatch(text):
        return text
    return f"~{hashlib.blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


@cache
def _words() -> frozenset[str]:
    listed = {slug for words in word_lists().values() for slug in words.slugs}
    return frozenset(listed | set(bodies().ids) | {"main", "annex"})
