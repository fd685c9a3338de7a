"""What a change does to the report: both sides compiled in memory, out of git, and compared. Two compiles, no more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from reprisal_cli.diagnostic import ReprisalError, has_errors
from reprisal_cli.pipeline.diff import Effect, Sides
from reprisal_cli.pipeline.prepare import Compiled, compiled, ready_in
from reprisal_cli.pipeline.revision import held
from reprisal_cli.review.compare import safe_path
from reprisal_cli.review.effect import effects, held_back
from reprisal_cli.review.revision import listing
from reprisal_cli.store.read import Held
from reprisal_cli.store.workspace import workspace_at

_MOST = 10
"""So many errors are told."""


def effect(two: Sides, edition: str | None) -> Effect:
    """What changes in an edition's report, without any key: the one that the workspace names if none is named here."""
    root = two.root
    before = listing(root, two.old)
    old = held(root, before, {})
    new = None
    if two.new is not None:
        known = {before[path]: raw for path, raw in old.files.items() if raw is not None}
        new = held(root, listing(root, two.new), known)
    try:
        now = _compiled(root, new, edition)
    except ReprisalError as problem:  # the change took away what a build needs; else nothing could be told, ever
        was = _compiled(root, old, edition)
        return Effect(was.edition.id, (f"the report could not be built now: {problem.message}",))
    try:
        was = _compiled(root, old, now.edition.id)
    except ReprisalError as problem:  # the edition is new, or its templates are older than the program
        return Effect(
            now.edition.id, (f"the report could not be built before: {problem.message}", *_faults("now", now))
        )
    lines = [line for side, one in (("before", was), ("now", now)) for line in _faults(side, one)]
    if was.public is not None and now.public is not None:
        lines += held_back(was.public, now.public)
    if was.report is not None and now.report is not None:
        lines += list(effects(was.report, now.report)) or ["nothing changes in it"]
    return Effect(now.edition.id, tuple(lines))


def _compiled(root: Path, files: Held | None, edition: str | None) -> Compiled:
    workspace, found = workspace_at(root, files)
    return compiled(*ready_in(workspace, found, edition, None))


def _faults(side: str, one: Compiled) -> list[str]:
    errors = [each for each in (*one.loaded.found, *one.found) if each.severity == "error"]
    if one.report is not None and not has_errors(list(one.found)):
        return []
    count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
    said = Counter(f"{each.code} {each.name}, {safe_path(each.location.path)}: {each.message}" for each in errors)
    lines = [f"{line} ({times} times)" if times > 1 else line for line, times in said.items()]
    more = [f"and {len(lines) - _MOST} more errors"] if len(lines) > _MOST else []
    return [f"the report could not be built {side}: {count}", *lines[:_MOST], *more]
