"""What a change means as JSON: our own form (its keys are in docs/review.md)."""

from __future__ import annotations

import json
from typing import Any

from reprisal_cli.pipeline.diff import Told
from reprisal_cli.review.meaning import CaseChange, FileChange, Meaning

VERSION = 1
"""Raised when a key is renamed, taken out or changes its meaning; a new key does not raise it."""


def as_json(told: Told) -> str:
    """The change, a case at a time, with the sign-offs and the effect where they were asked for."""
    diff = told.diff
    found: dict[str, Any] = {
        "version": VERSION,
        "old": diff.old,
        "new": diff.new,
        "summary": {"cases": len(diff.cases), **{risk: diff.count(risk) for risk in ("high", "medium", "low")}},
        "cases": [_case(one) for one in diff.cases],
        "files": [_file(one) for one in diff.files],
    }
    if told.needs is not None:
        found["needs"] = [
            {"case": one.case, "met": one.met, "said": one.said, "how": one.how or None} for one in told.needs
        ]
    if told.effect is not None:
        found["effect"] = {"edition": told.effect.edition, "lines": list(told.effect.lines)}
    return json.dumps(found, indent=1) + "\n"


def _case(one: CaseChange) -> dict[str, Any]:
    return {
        "id": one.id,
        "path": one.path,
        "before": one.before or None,
        "state": one.state or None,
        "status": one.status or None,
        "risk": one.risk,
        "about": {each.field: each.after for each in one.about},
        "changes": [_meaning(each) for each in one.changes],
    }


def _file(one: FileChange) -> dict[str, Any]:
    return {"path": one.path or None, "count": one.count, **_meaning(one.change)}


def _meaning(one: Meaning) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "risk": one.of.risk,
        "place": one.place or None,
        "details": [{"field": each.field, "before": each.before, "after": each.after} for each in one.details],
        "words": [[[tag, part] for tag, part in words] for words in one.words],
        "hidden": one.hidden or None,
    }
