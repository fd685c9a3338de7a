"""The check of a whole workspace: a look at the files that changed, and what is known of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from reprisal_cli.checks.desk import Desk, desk_of, index_of, whole_desk_of
from reprisal_cli.checks.engine import check_index
from reprisal_cli.checks.facts import allowance_from, check_files, placed
from reprisal_cli.checks.kept import entry_from
from reprisal_cli.checks.suppress import Allowance, scan
from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.rule import Rule
from reprisal_cli.store.cache import Cache, Row, Verdict
from reprisal_cli.store.plain import findings_as_data, findings_of
from reprisal_cli.store.read import read_bytes, walk
from reprisal_cli.store.sight import Sight, look
from reprisal_cli.store.workers import no_collection, spread
from reprisal_cli.store.workspace import Workspace, open_workspace


class Before(Struct, frozen=True):
    """What the last check left: its verdict, the rows of all files as they were, and of those that have not changed."""

    verdict: Verdict | None = None
    rows: Mapping[str, Row] | None = None
    known: Mapping[str, Row] | None = None


def survey(root: Path, as_of: date, cache: Cache, sight: Sight, before: Before) -> Verdict:
    """Checks everything, and keeps what it found."""
    workspace, wrong = open_workspace(root)
    if workspace.settings.cases != cache.cases:  # the settings say it in a way that only YAML understands
        cache, sight, before = Cache(None), look(root, workspace.settings.cases), Before()
    desk = whole_desk_of(workspace, as_of)
    with no_collection():
        changed = _checked(root, desk, sight, before.known or {})
        rows = {path: changed.get(path) or (before.known or {})[path] for path in sight.files}
        between = _between(rows, changed, desk, before)
        found = [*_located(wrong, root), *sight.refused, *_in_files(rows), *findings_of(between)]
        answer = _answer(_judged(found, rows, workspace), rows, sight, between)
        young = {path: rows[path][1] for path in sight.young()}
        verdict = Verdict(sight.digest(), young, answer, before.verdict.rows if before.verdict else {})
        cache.write(verdict, rows, changed)
    return verdict


def alone(root: Path, as_of: date, sight: Sight, only: frozenset[str]) -> Verdict:
    """Checks some files by themselves; nothing is kept of it."""
    workspace, wrong = open_workspace(root)
    desk = desk_of(workspace, as_of)
    part = Sight({path: sight.files[path] for path in sorted(only)}, [])
    rows = _checked(root, desk, part, {})
    found = [*_located(wrong, root), *_in_files(rows)]
    return Verdict("", {}, _answer(_judged(found, rows, workspace), rows, part, []))


def _checked(root: Path, desk: Desk, sight: Sight, known: Mapping[str, Row]) -> dict[str, Row]:
    """The rows of the files that are not known."""
    new = [path for path in sight.files if path not in known]
    found = spread(partial(check_files, root, desk), new)
    return {path: (sight.files[path], digest, facts) for path, digest, facts in found}


def _between(rows: Mapping[str, Row], changed: Mapping[str, Row], desk: Desk, before: Before) -> list[Any]:
    """What is wrong between cases: as last time, if nothing that other cases look at has changed."""
    if before.verdict is not None and before.rows is not None and before.rows.keys() == rows.keys():
        old = before.rows
        if all(old[path][2][1] == row[2][1] for path, row in changed.items()):
            return list(before.verdict.answer["between"])
    entries = (entry_from(row[2][1]) for row in rows.values() if row[2][1] is not None)
    unread = [path for path, row in rows.items() if row[2][1] is None]
    return findings_as_data(check_index(index_of(entries, unread), desk))


def _in_files(rows: Mapping[str, Row]) -> Iterator[Diagnostic]:
    return (finding for row in rows.values() if row[2][0] for finding in findings_of(row[2][0]))


def _located(found: list[Diagnostic], root: Path) -> Iterator[Diagnostic]:
    """What is wrong with settings and editions, with its lines."""
    for path in dict.fromkeys(one.location.path for one in found):
        raw = read_bytes(root, path)
        here = [one for one in found if one.location.path == path]
        yield from here if isinstance(raw, Diagnostic) else placed(here, raw)


def _judged(found: list[Diagnostic], rows: Mapping[str, Row], workspace: Workspace) -> list[Diagnostic]:
    """The findings that stand. Where there is nothing to judge, the pages of all rules are not brought in."""
    allowed = list(_allowed(rows, workspace))
    if not found and not allowed and not workspace.settings.rules:
        return []
    from reprisal_cli.review.judge import settings_of, weigh

    return weigh(found, workspace.root, allowed, settings_of(workspace.root))


def _allowed(rows: Mapping[str, Row], workspace: Workspace) -> Iterator[Allowance]:
    """The suppressions in cases and editions."""
    for row in rows.values():
        yield from map(allowance_from, row[2][2])
    for path in walk(workspace.root, workspace.editions_dir):
        raw = read_bytes(workspace.root, path) if isinstance(path, str) else None
        if isinstance(path, str) and isinstance(raw, bytes):
            yield from scan(raw, path)


def _rules() -> Mapping[str, Rule]:
    from reprisal_cli.review.rulebook import rules

    return rules()


def _answer(found: list[Diagnostic], rows: Mapping[str, Row], sight: Sight, between: list[Any]) -> dict[str, Any]:
    known = _rules() if found else {}
    refused = len(sight.refused) + sum(row[2][1] is None for row in rows.values())
    codes = {one.code for one in found}
    return {
        "read": len(rows) + len(sight.refused),
        "refused": refused,
        "unopened": [[one.code, one.location.path] for one in sight.refused],
        "found": findings_as_data(found),
        "between": between,
        "rules": {code: [known[code].name, known[code].severity, known[code].stage] for code in codes if code in known},
    }
