"""What was found in one case file, and what rules between cases need of it, as plain data (JSON). Nothing in it is a
value of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from reprisal_cli.checks.comments import about_persons
from reprisal_cli.checks.desk import Desk, entry_of
from reprisal_cli.checks.engine import AT_ONCE, check_cases
from reprisal_cli.checks.kept import HARMLESS, entry_as_text
from reprisal_cli.checks.suppress import Allowance, scan
from reprisal_cli.diagnostic import Diagnostic, Route, Span
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.practice import FocalPoints, Practices
from reprisal_cli.model.settings import Settings
from reprisal_cli.parse import locate
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
    for at in range(0, len(paths), AT_ONCE):
        contents = {path: read_bytes(root, path) for path in paths[at : at + AT_ONCE]}
        found = check_contents(contents, desk)
        out += [(path, digest_of(raw), found[path]) for path, raw in contents.items()]
    return out


def check_contents(contents: Mapping[str, bytes | Diagnostic], desk: Desk) -> dict[str, Facts]:
    """Everything about a few files, by path: all of them are read before any is checked (`engine.AT_ONCE`)."""
    facts: dict[str, Facts] = {}
    loaded: list[tuple[CaseFile, bytes, list[Diagnostic]]] = []
    for path, raw in contents.items():
        if isinstance(raw, Diagnostic):
            facts[path] = [findings_as_data([raw]), None, []]
            continue
        case, found = load_record(raw, path, Case)
        found += about_persons(raw, path)
        if case is not None:
            loaded.append((CaseFile(path, case), raw, found))
        else:
            facts[path] = _facts(path, raw, found, None)
    for (file, raw, found), more in zip(loaded, check_cases([file for file, *_ in loaded], desk), strict=True):
        facts[file.path] = _facts(file.path, raw, found + more, entry_as_text(entry_of(file)))
    return facts


def _facts(path: str, raw: bytes, found: list[Diagnostic], entry: Any) -> Facts:
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
    return one._replace(location=place._replace(span=span, route=place.route if _known(place.route) else None))


def _known(route: Route) -> bool:
    return all(isinstance(step, int) or step in _keys() or HARMLESS.fullmatch(step) for step in route)


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
