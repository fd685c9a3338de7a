"""Findings as plain data (JSON) and back, so that they can come from another process or from the cache."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reprisal_cli.diagnostic import (
    Applicability,
    Diagnostic,
    Edit,
    Fix,
    Location,
    Related,
    Severity,
    Span,
)


def findings_as_data(found: Iterable[Diagnostic]) -> list[Any]:
    """Findings as lists of texts and numbers."""
    return [
        [
            one.code,
            one.name,
            one.severity.value,
            one.message,
            _place(one.location),
            one.hint,
            _related(one),
            _fix(one.fix),
        ]
        for one in found
    ]


def findings_of(data: Iterable[Any]) -> list[Diagnostic]:
    """The findings that `findings_as_data` wrote down."""
    return [
        Diagnostic(
            code,
            name,
            Severity(severity),
            message,
            _location(place),
            hint,
            tuple(Related(_location(where), said) for where, said in related),
            _fix_of(fix),
        )
        for code, name, severity, message, place, hint, related, fix in data
    ]


def _place(one: Location) -> list[Any]:
    span = one.span
    lines = [span.line, span.column, span.end_line, span.end_column] if span else None
    return [one.path, list(one.route) if one.route is not None else None, lines, one.at]


def _location(data: list[Any]) -> Location:
    path, route, span, at = data
    return Location(path, tuple(route) if route is not None else None, Span(*span) if span else None, at)


def _related(one: Diagnostic) -> list[Any]:
    return [[_place(also.location), also.message] for also in one.related]


def _fix(fix: Fix | None) -> list[Any] | None:
    if fix is None:
        return None
    return [fix.message, fix.applicability.value, [[list(edit.route), edit.text, edit.at] for edit in fix.edits]]


def _fix_of(data: list[Any] | None) -> Fix | None:
    if data is None:
        return None
    message, applicability, edits = data
    return Fix(message, Applicability(applicability), tuple(Edit(tuple(route), text, at) for route, text, at in edits))
