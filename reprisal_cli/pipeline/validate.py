"""`reprisal validate`: everything that is wrong in a workspace.

A run that finds nothing changed answers from the cache; it imports neither the model nor the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from reprisal_cli.diagnostic import Diagnostic, Severity
from reprisal_cli.review.clear_text import ALL as CLEAR_TEXT
from reprisal_cli.review.clear_text import lying_around
from reprisal_cli.rule import Rule, Stage
from reprisal_cli.store.cache import Cache, Row, Verdict, open_cache
from reprisal_cli.store.plain import findings_of
from reprisal_cli.store.root import find_root
from reprisal_cli.store.sight import Sight, digests, look
from reprisal_cli.store.workers import no_collection

MANY = 300


class Checked(NamedTuple):
    """What a check found, without what the files allow and at the severities that the workspace sets. `root` is the
    workspace; `read` counts the case files found, `refused` those that could not become a case. `rules` are those of
    the findings, without their pages."""

    root: Path
    read: int
    refused: int
    found: list[Diagnostic]
    rules: Mapping[str, Rule] = MappingProxyType({})
    alone: bool = False
    """Whether some files were looked at by themselves, so that the rules between cases were not asked."""


def validate(start: Path, as_of: date, cached: bool = True, only: frozenset[str] = frozenset()) -> Checked:
    """Reads and checks a workspace. Raises ReprisalError if there is none. Writes nothing but its cache.

    `only` are case files that somebody asks about. Where there are many others, and no earlier check has left what it
    found in them, these alone are read.
    """
    with no_collection():
        return _validate(find_root(start.resolve()), as_of, cached, only)


def _validate(root: Path, as_of: date, cached: bool, only: frozenset[str]) -> Checked:
    cache = open_cache(root, as_of) if cached else Cache(None)
    sight = look(root, cache.cases)
    last = cache.verdict()
    if last is not None and _stands(last, sight, root):
        return _checked(root, last)
    rows = cache.rows(last)
    known = _unchanged(rows, sight, root)
    if last is not None and len(rows) == len(known) == len(sight.files) and _refused_as(last, sight):
        last = last._replace(tree=sight.digest(), young={path: known[path][1] for path in sight.young()})
        cache.write(last, known, {})
        return _checked(root, last)

    from reprisal_cli.pipeline.survey import Before, alone, survey

    if only and not rows and len(sight.files) >= MANY and only <= sight.files.keys():
        return _checked(root, alone(root, as_of, sight, only))._replace(alone=True)
    return _checked(root, survey(root, as_of, cache, sight, Before(last, rows, known)))


def _stands(last: Verdict, sight: Sight, root: Path) -> bool:
    """Whether every file is as it was, by its stamp, or by its content where the stamp is not to be trusted."""
    return last.tree == sight.digest() and digests(root, last.young) == last.young


def _unchanged(rows: Mapping[str, Row], sight: Sight, root: Path) -> dict[str, Row]:
    """The rows of files whose content is as it was, with their stamps as they are."""
    young = set(sight.young())
    same = {
        path for path, stamp in sight.files.items() if path in rows and path not in young and rows[path][0] == stamp
    }
    asked = digests(root, (path for path in sight.files if path in rows and path not in same))
    same |= {path for path, digest in asked.items() if digest and digest == rows[path][1]}
    return {path: (stamp, *rows[path][1:]) for path, stamp in sight.files.items() if path in same}


def _refused_as(last: Verdict, sight: Sight) -> bool:
    """Whether what is refused without being opened is what it was."""
    return bool(last.answer["unopened"] == [[one.code, one.location.path] for one in sight.refused])


def _checked(root: Path, verdict: Verdict) -> Checked:
    said = verdict.answer
    rules = {
        code: Rule(code, name, Severity(severity), "", Stage(stage))
        for code, (name, severity, stage) in said["rules"].items()
    }
    rules |= {rule.code: rule for rule in CLEAR_TEXT}
    found = [*findings_of(said["found"]), *lying_around(root)]
    return Checked(root, said["read"], said["refused"], found, rules)
