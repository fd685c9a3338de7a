"""Suppressions: `# reprisal: allow RC203 -- date given by the family`, in the file, each with its reason.

A comment behind a value holds for the findings of its line; a comment on a line of its own for the key or the item
that follows, with all that it holds; a comment above the first key for the whole file. What keeps a file from being
read, consent, the gates and the last scan cannot be allowed away.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
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
    layout = Layout(raw)
    lines = enumerate(layout.lines, 1)
    return tuple(found for number, line in lines for found in _allowances(path, number, line, layout))


class Layout:
    """What stands where in a file. It is a class because it is worked out once: a file may hold thousands of comments,
    and none of them may make the reading of it slow."""

    def __init__(self, raw: bytes) -> None:
        self.lines = _LINE_END.split(raw.decode("utf-8-sig", "replace"))
        self.spans = outline(raw)
        parents = {route[:-1] for route, _ in self.spans}
        self.values = sorted(span for (route, at), span in self.spans.items() if at == "value" and route not in parents)
        self.starts: dict[int, tuple[int, Route]] = {}
        for (route, _), span in self.spans.items():
            if route:
                here = self.starts.get(span.line, (span.column, route))
                self.starts[span.line] = min(here, (span.column, route), key=lambda start: (start[0], len(start[1])))
        self.next = self._next_of_substance()

    def _next_of_substance(self) -> list[int]:
        """For each line, the next one that is neither blank nor a comment; the line itself where there is none."""
        out, after = [0] * (len(self.lines) + 1), 0
        for number in range(len(self.lines), 0, -1):
            out[number] = after or number
            text = self.lines[number - 1].strip()
            if text and not text.startswith("#"):
                after = number
        return out

    def in_value(self, line: int, column: int) -> bool:
        """Whether a place lies in a value, so that what looks like a comment is text."""
        before = bisect_right(self.values, (line, column), key=lambda span: (span.line, span.column)) - 1
        span = self.values[before] if before >= 0 else Span()
        return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)

    def reach(self, number: int, before: str) -> tuple[int, int]:
        """The lines that a comment holds for."""
        if before.strip():
            return number, number
        target = self.next[number]
        if target not in self.starts:
            return number, target
        top = self.spans.get(((), "value"), Span())
        if (target, 1) <= (top.line, top.column):  # above the first key
            return 1, _END
        end = self.spans.get((self.starts[target][1], "value"), Span(target, 1, target, 2))
        return number, end.end_line if end.end_column > 1 else end.end_line - 1


def _allowances(path: str, number: int, line: str, layout: Layout) -> Iterator[Allowance]:
    match = _COMMENT.search(line)
    if match is None or layout.in_value(number, match.start() + 1):
        return
    first, last = layout.reach(number, line[: match.start()])
    place = Span(number, match.start() + 1, number, len(line.rstrip()) + 1)
    for code in _CODE.findall(match["codes"]) or [""]:
        yield Allowance(path, code, (match["reason"] or "").strip(), place, first, last)


def settle(
    found: Iterable[tuple[Diagnostic, Span]], allowances: Iterable[Allowance], known: Mapping[str, Rule]
) -> list[Diagnostic]:
    """The findings (each with its span) that are not allowed, and those about the suppressions themselves."""
    listed = list(allowances)
    if not listed:
        return [finding for finding, _ in found]
    good: dict[tuple[str, str], list[Allowance]] = {}
    for one in listed:
        if _fault(one, known) is None:
            good.setdefault((one.path, one.code), []).append(one)
    allowed = {key: _together(ones) for key, ones in good.items()}
    hit: dict[tuple[str, str], list[int]] = {}
    left: list[Diagnostic] = []
    for finding, span in found:
        key = finding.location.path, finding.code
        if key in allowed and _covers(allowed[key], span.line):
            hit.setdefault(key, []).append(span.line)
        else:
            left.append(finding)
    faults = [fault for one in listed if (fault := _fault(one, known)) is not None]
    unused = [one for key, ones in good.items() for one in _idle(ones, sorted(hit.get(key, ())))]
    return [*left, *faults, *(_unused(one) for one in unused)]


def _together(ones: list[Allowance]) -> list[tuple[int, int]]:
    """The stretches of lines for which some suppression holds, in order and apart."""
    out: list[tuple[int, int]] = []
    for first, last in sorted((one.first, one.last) for one in ones):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def _covers(stretches: list[tuple[int, int]], line: int) -> bool:
    at = bisect_right(stretches, (line, _END)) - 1
    return at >= 0 and stretches[at][0] <= line <= stretches[at][1]


def _idle(ones: list[Allowance], lines: list[int]) -> Iterator[Allowance]:
    """Those of the suppressions in whose lines nothing was found."""
    for one in ones:
        at = bisect_left(lines, one.first)
        if at == len(lines) or lines[at] > one.last:
            yield one


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
