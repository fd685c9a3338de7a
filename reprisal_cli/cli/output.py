"""What commands print: findings on the data, and a line that accounts for every case."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from reprisal_cli.diagnostic import Diagnostic, Location, Route, Span
    from reprisal_cli.pipeline.build import Built
    from reprisal_cli.pipeline.load import Loaded
    from reprisal_cli.pipeline.validate import Checked


def say(text: str, to: TextIO | None = None) -> None:
    """One line for people, on standard error unless told."""
    stream = to or sys.stderr
    stream.write(printable(text) + "\n")


def printable(text: str) -> str:
    """Text without signs that would steer a terminal: names of files come from strangers too."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)


def print_findings(found: Iterable[Diagnostic], root: Path, form: str, to: TextIO) -> None:
    """Findings in one of the forms `text`, `concise`, `json`, in order of place."""
    placed = sorted(((one, span) for one, span in _placed(list(found), root)), key=_order)
    if form == "json":
        import json

        data = {"version": 1, "diagnostics": [_as_data(one, span) for one, span in placed]}
        to.write(json.dumps(data, indent=1) + "\n")
        return
    for one, span in placed:
        place = f"{one.location.path}:{span.line}:{span.column}"
        if form == "concise":
            to.write(printable(f"{place}: {one.code} {one.message}") + "\n")
        else:
            help_line = f"\n  help: {one.hint}" if one.hint else ""
            to.write(printable(f"{place}: {one.severity} {one.code} {one.name}\n  {one.message}{help_line}") + "\n")


def _order(placed: tuple[Diagnostic, Span]) -> tuple[str, int, int, str]:
    one, span = placed
    return one.location.path, span.line, span.column, one.code


def _placed(found: list[Diagnostic], root: Path) -> list[tuple[Diagnostic, Span]]:
    """Each finding with its span; a route is looked up in its file, each file being read once."""
    from reprisal_cli.diagnostic import Span

    wanted: dict[str, set[tuple[Route, Any]]] = {}
    for one in found:
        if one.location.span is None and one.location.route is not None:
            wanted.setdefault(one.location.path, set()).add((one.location.route, one.location.at))
    spans = {path: _spans(root, path, routes) for path, routes in wanted.items()}

    def span(location: Location) -> Span:
        if location.span is not None or location.route is None:
            return location.span or Span()
        return spans[location.path].get((location.route, location.at), Span())

    return [(one, span(one.location)) for one in found]


def _spans(root: Path, path: str, routes: set[tuple[Route, Any]]) -> dict[tuple[Route, str], Span]:
    from reprisal_cli.diagnostic import Diagnostic
    from reprisal_cli.parse import locate
    from reprisal_cli.store.read import read_bytes

    raw = read_bytes(root, path)
    return {} if isinstance(raw, Diagnostic) else locate(raw, routes)


def _as_data(one: Diagnostic, span: Span) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "severity": str(one.severity),
        "path": one.location.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": one.message,
        "hint": one.hint,
    }


# --- accounts ----------------------------------------------------------------------------------------------------------


def account_checked(checked: Checked | Loaded) -> str:
    """What `validate` ends with: every file is accounted for."""
    errors = sum(one.severity == "error" for one in checked.found)
    warnings = sum(one.severity == "warning" for one in checked.found)
    read, refused = checked.read, checked.refused
    return f"read {read} = {read - refused} checked + {refused} refused; {errors} errors, {warnings} warnings"


def account_built(built: Built) -> str:
    """What a build ends with: where each case that was read is, and why one was held back."""
    public = built.public
    if public is None or built.folder is None:
        return f"{account_checked(built.loaded)}; nothing was written"
    told, other, held = len(public.cases), len(public.elsewhere), len(public.held_back)
    line = f"read {built.loaded.read} = {told} in this edition + {other} in other editions + {held} held back"
    if public.held_back:
        line += f" ({'; '.join(f'{one.id}: {one.reason}' for one in public.held_back)})"
    return f"{line}\n{built.folder}: {', '.join(built.files)}"
