"""Suppressions: `# reprisal: allow RC203 -- date given by the family`, in the file, each with its reason.

A comment behind a value holds for the findings of its line; a comment on a line of its own for the key or the item
that follows, with all that it holds; a comment above the first key for the whole file. What keeps a file from being
read, consent, the gates and the last scan cannot be allowed away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from reprisal_cli.checks.asked import always_on
from reprisal_cli.diagnostic import Diagnostic, Location, Route, Span
from reprisal_cli.parse import outline
from reprisal_cli.rule import Rule, error, warning

WITHOUT_REASON = error("RC020", "suppression-without-reason")
UNUSED = warning("RC021", "unused-suppression")
NOT_ALLOWED = error("RC022", "rule-cannot-be-suppressed")
UNKNOWN_RULE = error("RC023", "unknown-rule")
ALWAYS_ON = error("RC024", "rule-cannot-be-switched-off")
RULES = (WITHOUT_REASON, UNUSED, NOT_ALLOWED, UNKNOWN_RULE, ALWAYS_ON)

WORD = b"reprisal: allow"
_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*reprisal: allow\b(?P<codes>[^#]*?)(?:\s--\s*(?P<reason>.*))?$")
_CODE = re.compile(r"\bRC\d+\b")
_LINE_END = re.compile(r"\r\n|\r|\n")
_END = 10**9


class Allowance(Struct, frozen=True):
    """One code that a comment allows: where the comment stands, its reason, and the lines that it holds for."""

    path: str
    code: str
    reason: str
    span: Span
    first: int
    last: int


def scan(raw: bytes, path: str) -> tuple[Allowance, ...]:
    """The suppressions of a file. Nearly every file has none: that is seen without looking at its lines."""
    if WORD not in raw:
        return ()
    spans = outline(raw)
    lines = _LINE_END.split(raw.decode("utf-8-sig", "replace"))
    return tuple(
        found for number, line in enumerate(lines, 1) for found in _allowances(path, number, line, lines, spans)
    )


def _allowances(
    path: str, number: int, line: str, lines: list[str], spans: Mapping[tuple[Route, str], Span]
) -> Iterator[Allowance]:
    match = _COMMENT.search(line)
    if match is None or _inside(spans, number, match.start() + 1):
        return
    first, last = _reach(number, line[: match.start()], lines, spans)
    place = Span(number, match.start() + 1, number, len(line.rstrip()) + 1)
    for code in _CODE.findall(match["codes"]) or [""]:
        yield Allowance(path, code, (match["reason"] or "").strip(), place, first, last)


def _inside(spans: Mapping[tuple[Route, str], Span], line: int, column: int) -> bool:
    """Whether a place lies in a value, so that what looks like a comment is text."""
    parents = {route[:-1] for route, _ in spans}
    return any(
        (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)
        for (route, at), span in spans.items()
        if at == "value" and route not in parents
    )


def _reach(number: int, before: str, lines: list[str], spans: Mapping[tuple[Route, str], Span]) -> tuple[int, int]:
    """The lines that a comment holds for."""
    if before.strip():
        return number, number
    following = range(number + 1, len(lines) + 1)
    target = next((at for at in following if (text := lines[at - 1].strip()) and not text.startswith("#")), number)
    starts = [(span.column, route) for (route, _), span in spans.items() if span.line == target and route]
    if not starts:
        return number, target
    route = min(starts)[1]
    top = spans.get(((), "value"), Span())
    if (target, 1) <= (top.line, top.column):  # above the first key
        return 1, _END
    end = spans.get((route, "value"), Span(target, 1, target, 2))
    return number, end.end_line if end.end_column > 1 else end.end_line - 1


def settle(
    found: Iterable[tuple[Diagnostic, Span]], allowances: Iterable[Allowance], known: Mapping[str, Rule]
) -> list[Diagnostic]:
    """The findings (each with its span) that are not allowed, and those about the suppressions themselves."""
    listed = list(allowances)
    good = [one for one in listed if _fault(one, known) is None]
    used: set[Allowance] = set()
    left: list[Diagnostic] = []
    for finding, span in found:
        hits = [one for one in good if _covers(one, finding, span)]
        used.update(hits)
        if not hits:
            left.append(finding)
    faults = [fault for one in listed if (fault := _fault(one, known)) is not None]
    return [*left, *faults, *(_unused(one) for one in good if one not in used)]


def _covers(one: Allowance, finding: Diagnostic, span: Span) -> bool:
    return one.path == finding.location.path and one.code == finding.code and one.first <= span.line <= one.last


def _unused(one: Allowance) -> Diagnostic:
    return UNUSED.at(Location(one.path, span=one.span), f"{one.code} finds nothing here", "delete the comment")


def _fault(one: Allowance, known: Mapping[str, Rule]) -> Diagnostic | None:
    place = Location(one.path, span=one.span)
    if one.code not in known:
        said = f"there is no rule {one.code}" if one.code else "this suppression names no rule"
        return UNKNOWN_RULE.at(
            place, said, "write `# reprisal: allow RC203 -- reason`; `reprisal rule` lists the codes"
        )
    if always_on(known[one.code]):
        return NOT_ALLOWED.at(
            place, f"{one.code} cannot be suppressed", "delete the comment, and mend what the rule finds"
        )
    if not one.reason:
        return WITHOUT_REASON.at(
            place, "this suppression gives no reason", "add it after two hyphens: `-- date given by the family`"
        )
    return None
