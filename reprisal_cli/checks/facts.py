"""What was found in one case file, and what rules between cases need of it, as plain data (JSON).

Nothing in it is a value of the case. A text of an entry that is no word of a closed list, id or date stands as a
digest: rules between cases ask only whether two such texts are the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from reprisal_cli.checks.desk import Desk, Entry, entry_of
from reprisal_cli.checks.engine import check_case
from reprisal_cli.checks.suppress import Allowance, scan
from reprisal_cli.diagnostic import Diagnostic, Route, Span
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.practice import FocalPoints, Practices
from reprisal_cli.model.settings import Settings
from reprisal_cli.parse import locate
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.words import word_lists
from reprisal_cli.store.corpus import CaseFile
from reprisal_cli.store.plain import findings_as_data
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.sight import digest_of
from reprisal_cli.store.workspace import load_record

Facts = list[Any]
"""Of one file: its findings, its entry (None if it could not become a case), its suppressions."""


def check_files(root: Path, desk: Desk, paths: Sequence[str]) -> list[tuple[str, str, Facts]]:
    """Path, digest of the content and facts of each file."""
    out: list[tuple[str, str, Facts]] = []
    for path in paths:
        raw = read_bytes(root, path)
        out.append((path, digest_of(raw), check_file(raw, path, desk)))
    return out


def check_file(raw: bytes | Diagnostic, path: str, desk: Desk) -> Facts:
    """Everything about one file."""
    if isinstance(raw, Diagnostic):
        return [findings_as_data([raw]), None, []]
    case, found = load_record(raw, path, Case)
    entry: Any = None
    if case is not None:
        file = CaseFile(path, case)
        found += check_case(file, desk)
        entry = entry_as_data(entry_of(file))
    return [findings_as_data(placed(found, raw)) if found else [], entry, allowances_as_data(scan(raw, path))]


# --- findings -------------------------------------------------------------------------------------------------------


def placed(found: list[Diagnostic], raw: bytes) -> list[Diagnostic]:
    """Findings about one file with their spans, and without a route that holds a key of somebody's own."""
    wanted = {(one.location.route, one.location.at) for one in found if one.location.route is not None}
    spans = locate(raw, wanted) if wanted else {}
    return [_kept(one, spans) for one in found]


def _kept(one: Diagnostic, spans: dict[tuple[Route, str], Span]) -> Diagnostic:
    place = one.location
    if place.route is None:
        return one
    span = place.span or spans.get((place.route, place.at))
    return replace(one, location=replace(place, span=span, route=place.route if _known(place.route) else None))


def _known(route: Route) -> bool:
    return all(isinstance(step, int) or step in _keys() or _FORM.fullmatch(step) for step in route)


@cache
def _keys() -> frozenset[str]:
    """Every key that the format has."""
    return frozenset(key for model in (Case, Edition, Settings, Practices, FocalPoints) for key in _keys_of(model))


def _keys_of(kind: Any) -> Iterator[str]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, info in kind.model_fields.items():
            yield info.alias or name
            yield from _keys_of(info.annotation)
    for part in get_args(kind):
        yield from _keys_of(part)


# --- entries --------------------------------------------------------------------------------------------------------

_FORM = re.compile(
    r"[A-Z]{3}(?:-[0-9]{4}-[0-9]{3,6})?|[a-z]{2,4}-[0-9]{1,3}(?:-[a-z0-9]{1,3})*"
    r"|[0-9-]{4,10}|[a-z][0-9]{1,4}|RC[0-9]{3}|~[0-9a-f]{16}|"
)
"""Codes of States, ids of cases and editions, dates, refs, codes of rules: no value that could be a name."""


def entry_as_data(entry: Entry) -> Any:
    """An entry as lists, texts and numbers, its free texts as digests."""
    return [entry.path, *(_data(getattr(entry, name)) for name in _names()[1:])]


def entry_from(data: list[Any]) -> Entry:
    """The entry that `entry_as_data` wrote down."""
    return Entry(data[0], *map(_value, data[1:]))


def _data(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return value if value in _words() or _FORM.fullmatch(value) else f"~{_digest(value)}"
    if isinstance(value, date):
        return {"date": value.isoformat()}
    kind = type(value)
    if kind is tuple:
        return [_data(item) for item in value]
    parts = value if isinstance(value, tuple) else [getattr(value, field.name) for field in fields(value)]
    return {kind.__name__: [_data(item) for item in parts]}


def _value(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(map(_value, data))
    if isinstance(data, dict):
        ((name, parts),) = data.items()
        return date.fromisoformat(parts) if name == "date" else _kinds()[name](*map(_value, parts))
    return data


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@cache
def _names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Entry))


@cache
def _words() -> frozenset[str]:
    listed = {slug for words in word_lists().values() for slug in words.slugs}
    return frozenset(listed | set(bodies().ids) | {"main", "annex"})


@cache
def _kinds() -> dict[str, Any]:
    """The records that an entry is made of, by name."""
    return {kind.__name__: kind for kind in _parts(Entry)}


def _parts(kind: Any) -> Iterator[Any]:
    if isinstance(kind, type) and (is_dataclass(kind) or hasattr(kind, "_fields")):
        yield kind
        for hint in get_type_hints(kind).values():
            yield from _parts(hint)
    for part in get_args(kind):
        yield from _parts(part)


# --- suppressions ---------------------------------------------------------------------------------------------------


def allowances_as_data(listed: Sequence[Allowance]) -> list[Any]:
    """Suppressions without the words of their reasons."""
    return [[one.path, one.code, bool(one.reason), _lines(one.span), one.first, one.last] for one in listed]


def allowance_from(data: list[Any]) -> Allowance:
    """The suppression that `allowances_as_data` wrote down; its reason is only known to be there."""
    path, code, given, span, first, last = data
    return Allowance(path, code, "given" if given else "", Span(*span), first, last)


def _lines(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]
