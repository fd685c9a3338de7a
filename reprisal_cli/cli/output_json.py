"""Findings as JSON: our own form (its keys are in docs/ci/README.md), SARIF 2.1.0, GitLab's code quality."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from reprisal_cli.cli.output import printable
from reprisal_cli.cli.placed import Placed, Results
from reprisal_cli.diagnostic import Span

VERSION = 1
"""Raised when a key is renamed, taken out or changes its meaning; a new key does not raise it."""
SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "note": "note"}
_GITLAB = {"error": "major", "warning": "minor", "note": "info"}


def as_json(results: Results) -> str:
    """The tool's own form, with a version."""
    return _dump(
        {
            "version": VERSION,
            "tool": {"name": "reprisal", "version": _version()},
            "summary": {
                "read": results.read,
                "checked": results.read - results.refused,
                "refused": results.refused,
                "errors": results.count("error"),
                "warnings": results.count("warning"),
                "notes": results.count("note"),
            },
            "diagnostics": [_diagnostic(one) for one in results.placed],
        }
    )


def _version() -> str:
    from importlib.metadata import version

    return version("reprisal")


def _diagnostic(one: Placed) -> dict[str, Any]:
    finding = one.finding
    found: dict[str, Any] = {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "path": finding.location.path,
        **_lines(one.span),
        "message": finding.message,
        "hint": finding.hint,
        "related": [
            {"path": also.location.path, **_lines(span), "message": also.message} for also, span in one.related
        ],
        "fix": None,
    }
    if finding.fix:
        found["fix"] = {"message": finding.fix.message, "applicability": str(finding.fix.applicability)}
    return found


def _lines(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def fingerprints(results: Results) -> list[str]:
    """What tells findings apart from one run to the next: file, rule and message, not the line, which moves."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found: list[str] = []
    for one in results.placed:
        key = (one.finding.location.path, one.finding.code, one.finding.message)
        found.append(hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "replace")).hexdigest())
        seen[key] += 1
    return found


def gitlab(results: Results) -> str:
    """GitLab's code quality report."""
    return _dump(
        [
            {
                "description": printable(_said(one)),
                "check_name": one.finding.code,
                "fingerprint": mark,
                "severity": _GITLAB[one.finding.severity],
                "location": {
                    "path": one.finding.location.path,
                    "positions": {"begin": {"line": one.span.line, "column": one.span.column}},
                },
            }
            for one, mark in zip(results.placed, fingerprints(results), strict=True)
        ]
    )


def sarif(results: Results) -> str:
    """SARIF 2.1.0, every rule that was raised with its page as help."""
    codes = sorted({one.finding.code for one in results.placed})
    driver = {
        "name": "reprisal",
        "version": _version(),
        "rules": [_rule(code, results) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The folder that holds reprisal.yaml."}}},
        "results": [
            _result(one, codes.index(one.finding.code), mark)
            for one, mark in zip(results.placed, fingerprints(results), strict=True)
        ],
    }
    return _dump({"$schema": SARIF, "version": "2.1.0", "runs": [run]})


def _rule(code: str, results: Results) -> dict[str, Any]:
    from reprisal_cli.cli.rule_pages import readable
    from reprisal_cli.review.rulebook import rules

    finding = next(one.finding for one in results.placed if one.finding.code == code)
    rule = rules().get(code)
    page = readable(rule.doc) if rule and rule.doc.strip() else finding.name
    first = page.splitlines()[0]
    level = rule.severity if rule else finding.severity
    return {
        "id": code,
        "name": finding.name,
        "shortDescription": {"text": first},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[level]},
    }


def _result(one: Placed, index: int, mark: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": one.finding.code,
        "ruleIndex": index,
        "level": _LEVELS[one.finding.severity],
        "message": {"text": _said(one)},
        "locations": [_location(one.finding.location.path, one.span)],
        "partialFingerprints": {"reprisal/v1": mark},
    }
    if one.related:
        found["relatedLocations"] = [
            {"id": number, "message": {"text": also.message}, **_location(also.location.path, span)}
            for number, (also, span) in enumerate(one.related)
        ]
    return found


def _location(path: str, span: Span) -> dict[str, Any]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": max(span.end_column, span.column if span.end_line == span.line else 1),
    }
    where = {"uri": quote(path), "uriBaseId": "ROOT"}
    return {"physicalLocation": {"artifactLocation": where, "region": region}}


def _said(one: Placed) -> str:
    return f"{one.finding.message}; {one.finding.hint}" if one.finding.hint else one.finding.message


def _dump(data: Any) -> str:
    return json.dumps(data, indent=1) + "\n"
