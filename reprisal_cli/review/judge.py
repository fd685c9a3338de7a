"""What becomes of findings: suppressions in the files, severities set in reprisal.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reprisal_cli.checks.asked import always_on
from reprisal_cli.checks.suppress import ALWAYS_ON, UNKNOWN_RULE, UNUSED, Allowance, scan, settle
from reprisal_cli.diagnostic import Diagnostic, Location, Route, Severity, Span
from reprisal_cli.parse import locate, parse
from reprisal_cli.review.rulebook import rules
from reprisal_cli.store.read import Place, read_bytes, walk

SETTINGS = "reprisal.yaml"
_WEIGHT = {"off": 0, "note": 1, "warning": 2, "error": 3}


def judge(found: list[Diagnostic], root: Place) -> list[Diagnostic]:
    """The findings that stand: without those suppressed, at the severities that the workspace sets."""
    settings = settings_of(root)
    return weigh(found, root, (one for path, raw in records(root, settings) for one in scan(raw, path)), settings)


def weigh(
    found: list[Diagnostic], root: Place, allowances: Iterable[Allowance], settings: Mapping[str, Any]
) -> list[Diagnostic]:
    """The same, with the suppressions of the files given."""
    listed = list(allowances)
    left = settle(_with_spans(found, root, {one.path for one in listed}), listed, rules())
    wished = settings.get("rules")
    return list(_weighed(left, wished)) if isinstance(wished, dict) else left


def weigh_files(found: list[Diagnostic], files: Mapping[str, bytes], settings: Mapping[str, Any]) -> list[Diagnostic]:
    """The same for some files as they would be, by what stands in them; the findings are on these alone, so that
    nothing is said of suppressions that were for others."""
    listed = [one for path, raw in files.items() for one in scan(raw, path)]
    left = settle(_spanned(found, files), listed, rules())
    wished = settings.get("rules")
    weighed = list(_weighed(left, wished)) if isinstance(wished, dict) else left
    return [one for one in weighed if one.location.path in files and one.code != UNUSED.code]


def records(root: Place, settings: Mapping[str, Any] | None = None) -> Iterator[tuple[str, bytes]]:
    """Every file of cases and editions that can be opened, with its bytes."""
    given = settings_of(root) if settings is None else settings
    for folder in (cases_folder(given), editions_folder(given)):
        for path in walk(root, folder):
            raw = read_bytes(root, path) if isinstance(path, str) else b""
            if isinstance(path, str) and isinstance(raw, bytes):
                yield path, raw


def cases_folder(settings: Mapping[str, Any]) -> str:
    """The folder of cases."""
    return str(settings.get("cases", "cases"))


def editions_folder(settings: Mapping[str, Any]) -> str:
    """The folder of editions."""
    return f"{settings.get('templates', 'templates')}/editions"


def settings_of(root: Place) -> dict[str, Any]:
    """The settings as plain data; none where they cannot be read, which is a finding of its own."""
    raw = read_bytes(root, SETTINGS)
    return {} if isinstance(raw, Diagnostic) else parse(raw, SETTINGS).data or {}


def _with_spans(found: list[Diagnostic], root: Place, paths: set[str]) -> list[tuple[Diagnostic, Span]]:
    """Findings with the line that they stand on, looked up only in files that suppress anything."""
    return _spanned(found, {path: raw for path in paths if isinstance(raw := read_bytes(root, path), bytes)})


def _spanned(found: list[Diagnostic], files: Mapping[str, bytes]) -> list[tuple[Diagnostic, Span]]:
    wanted: dict[str, set[tuple[Route, Any]]] = {path: set() for path in files}
    for one in found:
        if one.location.path in wanted and one.location.span is None and one.location.route is not None:
            wanted[one.location.path].add((one.location.route, one.location.at))
    spans = {path: locate(raw, wanted[path]) for path, raw in files.items()}
    return [(one, _span(one.location, spans)) for one in found]


def _span(place: Location, spans: Mapping[str, Mapping[tuple[Route, str], Span]]) -> Span:
    if place.span is not None or place.route is None:
        return place.span or Span()
    return spans.get(place.path, {}).get((place.route, place.at), Span())


def _weighed(found: Iterable[Diagnostic], wished: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Findings at the severities that are wished for, and what is wrong with the wishes."""
    good: dict[str, str] = {}
    for code, wish in wished.items():
        rule = rules().get(code)
        place = Location(SETTINGS, ("rules", code), at="key")
        if rule is None:
            yield UNKNOWN_RULE.at(place, "there is no rule of this code", "`reprisal rule` lists the codes")
        elif always_on(rule) and _WEIGHT.get(wish, 3) < _WEIGHT[rule.severity]:
            yield ALWAYS_ON.at(place, f"{code} cannot be switched off or made milder", "take the line out")
        elif wish in _WEIGHT:
            good[code] = wish
    for one in found:
        wish = good.get(one.code, "")
        if wish != "off":
            yield one._replace(severity=Severity(wish)) if wish else one
