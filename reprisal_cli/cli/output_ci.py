"""Findings for the places where changes are reviewed: GitHub's annotations, JUnit, one pull-request comment."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from reprisal_cli.cli.output import account_of, printable
from reprisal_cli.cli.placed import Placed, Results

MARKER = "<!-- reprisal validate -->"
"""The first line of the comment: what a workflow looks for to update it."""
MOST = 200
_SIZE = 60_000
"""A comment holds at most this many findings, and so many signs of them: GitHub takes 65,536."""
_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}


def github(results: Results) -> str:
    """Workflow commands that become annotations of a change."""
    return "".join(_annotation(one) + "\n" for one in results.placed)


def _annotation(one: Placed) -> str:
    finding, span = one.finding, one.span
    parts = {
        "file": finding.location.path,
        "line": str(span.line),
        "endLine": str(span.end_line),
        "title": f"{finding.code} {finding.name}",
    }
    if span.line == span.end_line:
        parts |= {"col": str(span.column), "endColumn": str(span.end_column)}
    said = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    named = ",".join(f"{key}={_property(value)}" for key, value in parts.items())
    return f"::{_GITHUB[finding.severity]} {named}::{_command(said)}"


def quoted(text: str) -> str:
    """Text as the value of an XML attribute."""
    return f'"{escape(text)}"'


def _command(text: str) -> str:
    """Text as a workflow command takes it: no sign ends it, starts another, or steers a terminal."""
    kept = "".join(sign if sign.isprintable() or sign in "\r\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return kept.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command(text).replace(":", "%3A").replace(",", "%2C")


def junit(results: Results) -> str:
    """JUnit's XML: a suite a file with findings, and a test for the run as a whole."""
    errors = results.count("error")
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="reprisal validate" tests="{len(results.placed) + 1}" failures="{errors}" errors="0">\n'
        '<testsuite name="reprisal validate" tests="1" failures="0" errors="0" skipped="0">'
        f'<testcase classname="reprisal" name={quoted(_counted(results))}/></testsuite>\n'
    )
    return head + "".join(_suite(path, found) for path, found in _by_file(results)) + "</testsuites>\n"


def _suite(path: str, found: list[Placed]) -> str:
    errors = sum(one.finding.severity == "error" for one in found)
    cases = "".join(_testcase(path, one) for one in found)
    numbers = f'tests="{len(found)}" failures="{errors}" errors="0" skipped="{len(found) - errors}"'
    return f"<testsuite name={quoted(printable(path))} {numbers}>\n{cases}</testsuite>\n"


def _testcase(path: str, one: Placed) -> str:
    finding = one.finding
    name = f"{finding.code} {finding.name} {one.span.line}:{one.span.column}"
    said = printable(finding.message)
    more = escape(printable(f"{path}:{one.span.line}:{one.span.column}\n{finding.message}\n{finding.hint}".strip()))
    if finding.severity == "error":
        inner = f"<failure type={quoted(finding.code)} message={quoted(said)}>{more}</failure>"
    else:
        inner = f"<skipped message={quoted(f'{finding.severity}: {said}')}/>"
    return f"<testcase classname={quoted(printable(path))} name={quoted(name)}>{inner}</testcase>\n"


def markdown(results: Results) -> str:
    """One comment for a pull request: a table a file, with a marker by which it is found and updated."""
    out = [MARKER, "## `reprisal validate`", "", f"{_counted(results)}.", ""]
    shown = Results(tuple(_fitting(results.placed)), results.root)
    for path, found in _by_file(shown):
        out += [f"### {cell(path)}", "", "| Line | | Rule | What is wrong | What to do |", "|---|---|---|---|---|"]
        out += [_row(one) for one in found]
        out.append("")
    left = len(results.placed) - len(shown.placed)
    if left:
        out += [f"{left} more are not shown here; `reprisal validate` lists all.", ""]
    return "\n".join(out)


def _fitting(placed: Sequence[Placed]) -> list[Placed]:
    """The first findings, as many as a comment holds, with the heads of their tables."""
    out: list[Placed] = []
    size, path = 0, ""
    for one in placed[:MOST]:
        here = one.finding.location.path
        size += len(_row(one)) + 1 + (len(cell(here)) + 100 if here != path else 0)
        if size > _SIZE:
            break
        out.append(one)
        path = here
    return out


def _row(one: Placed) -> str:
    finding = one.finding
    cells = (
        f"{one.span.line}:{one.span.column}",
        str(finding.severity),
        f"{finding.code} {finding.name}",
        finding.message,
        finding.hint,
    )
    return "| " + " | ".join(cell(one) for one in cells) + " |"


def cell(text: str) -> str:
    """Text in a table or list: `code` stays code; nothing else is markup, mentions anybody or becomes a link."""
    parts = printable(text).replace("\n", " ").split("`")
    whole = len(parts) % 2 == 1
    return "".join(
        f"`{part.replace('|', chr(92) + '|')}`" if whole and at % 2 else literal(part) for at, part in enumerate(parts)
    )


def literal(text: str) -> str:
    """Text in Markdown as typed: nothing in it is markup, mentions somebody or becomes a link."""
    for sign in "\\`*_[]|!~$":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("#", "&#35;").replace("@", "&#64;")


def _by_file(results: Results) -> list[tuple[str, list[Placed]]]:
    return [(path, list(found)) for path, found in groupby(results.placed, key=lambda one: one.finding.location.path)]


def _counted(results: Results) -> str:
    return account_of(results.read, results.refused, results.count("error"), results.count("warning"))
