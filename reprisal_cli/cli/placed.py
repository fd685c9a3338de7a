"""Findings with their lines and columns: what every output format starts from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from reprisal_cli.diagnostic import Diagnostic, Location, Related, Route, Span


class Placed(Struct, frozen=True):
    """A finding with its span, and those of the other places that it names."""

    finding: Diagnostic
    span: Span
    related: tuple[tuple[Related, Span], ...] = ()


class Results(Struct, frozen=True):
    """What one run of `validate` says: the findings in order of place, and where every file is."""

    placed: tuple[Placed, ...]
    root: Path = field(default_factory=Path)
    read: int = 0
    refused: int = 0

    def count(self, severity: str) -> int:
        """How many findings are of a severity."""
        return sum(one.finding.severity == severity for one in self.placed)


def results(found: Iterable[Diagnostic], root: Path, read: int = 0, refused: int = 0) -> Results:
    """The findings, placed and in order. A route is looked up in its file, each file being read once."""
    listed = list(found)
    spans = _Spans(root, listed)
    placed = [
        Placed(one, spans.of(one.location), tuple((also, spans.of(also.location)) for also in one.related))
        for one in listed
    ]
    return Results(tuple(sorted(placed, key=_order)), root, read, refused)


def _order(placed: Placed) -> tuple[str, int, int, str]:
    return placed.finding.location.path, placed.span.line, placed.span.column, placed.finding.code


class _Spans:
    """The spans of all places that findings name. A class, since files are read once, before any is asked for."""

    def __init__(self, root: Path, found: list[Diagnostic]) -> None:
        wanted: dict[str, set[tuple[Route, Any]]] = {}
        for one in found:
            for place in (one.location, *(also.location for also in one.related)):
                if place.span is None and place.route is not None:
                    wanted.setdefault(place.path, set()).add((place.route, place.at))
        self.known = {path: _located(root, path, routes) for path, routes in wanted.items()}

    def of(self, place: Location) -> Span:
        if place.span is not None or place.route is None:
            return place.span or Span()
        return self.known[place.path].get((place.route, place.at), Span())


def _located(root: Path, path: str, routes: set[tuple[Route, Any]]) -> dict[tuple[Route, str], Span]:
    from reprisal_cli.parse import locate
    from reprisal_cli.store.read import read_bytes

    raw = read_bytes(root, path)
    return {} if isinstance(raw, Diagnostic) else locate(raw, routes)
