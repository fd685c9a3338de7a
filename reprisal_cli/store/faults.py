"""What pydantic found in a file, as diagnostics in the words of a drafter, without a single value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reprisal_cli.diagnostic import Applicability, Diagnostic, Edit, Fix, Location, Route
from reprisal_cli.model.values import Word, parse_partial
from reprisal_cli.register.lists import hint_for, meant_in
from reprisal_cli.register.suggest import suggest
from reprisal_cli.rule import Rule, error

UNKNOWN_KEY = error("RC010", "unknown-key")
MISSING = error("RC011", "missing-key")
TYPE = error("RC012", "wrong-type")
WORD = error("RC013", "unknown-word")
DATE = error("RC014", "not-a-date")
FORM = error("RC015", "wrong-form")
LINE = error("RC016", "line-break")
RULES = (UNKNOWN_KEY, MISSING, TYPE, WORD, DATE, FORM, LINE)

_FORMS: Mapping[str, tuple[Rule, str, str]] = {
    "bad-date": (DATE, "this is not a date", "write 2020, 2020-03, 2020-03-10, 2020-03/2020-05, or a list of these"),
    "bad-day": (DATE, "this is not an exact day", "write it as 2020-03-10"),
    "not-yes-or-no": (TYPE, "yes or no is wanted here", "write yes or no, or leave the key out if unknown"),
    "bad-count": (FORM, "this is not a count", "write a number, `at least 31`, or unknown"),
    "bad-number": (FORM, "this is not a whole number from 1", "write digits only"),
    "not-text": (TYPE, "text is wanted here", "put the text in quotes"),
    "line-break": (LINE, "this text must stand on one line", "take the line break out"),
    "bad-case-id": (FORM, "this is not the id of a case", "an id is STATE-YEAR-SERIAL: EGY-2020-003"),
    "bad-edition-id": (FORM, "this is not the id of an edition", "an id is like hrc-45"),
    "bad-ref": (
        FORM,
        "this is not a reference of its kind",
        "p1 for persons, a1 acts, s1 sources, u1 UN actions, r1 responses",
    ),
    "bad-file-name": (FORM, "this is not the name of a file", "a name without folder: letters, digits, dots, hyphens"),
    "bad-folder": (
        FORM,
        "this is not a folder below the workspace",
        "letters, digits, dots, hyphens; / between folders",
    ),
    "bad-vault-folder": (FORM, "this is not a folder", "vault, ../vault, or an absolute path: /media/vault"),
    "bad-digest": (FORM, "this is not a digest", "let `reprisal sign` write it"),
    "bad-language": (FORM, "this is not the code of a language", "write en, fr, es, ru, ar, zh, ..."),
    "bad-user-state": (FORM, "only codes that ISO leaves to users may be named here", "use XXA to XXZ"),
    "bad-rule-code": (
        FORM,
        "this is not the code of a rule",
        "a code is RC and three digits; `reprisal rule` lists all",
    ),
    "union_tag_not_found": (
        TYPE,
        "a block of the contents is wanted here",
        "manuscript: FILE, cases: main, or annex: ...",
    ),
}

_TO_ADD = {
    "id": "add `id: STATE-YEAR-SERIAL`, as in the file's name",
    "title": "add `title: …`: for those who work on the case; it holds no name",
    "record": "add `record: individual`, or group, organization, situation",
    "state": "add `state: …`: the State concerned, by its code of three letters",
    "status": "add `status: received`, or how far the case has come",
    "cooperation": "add `cooperation: [{body: …}]`: with which United Nations body; un-unspecified if unknown",
    "ref": "add `ref: …`: p1 for persons, a1 acts, s1 sources, u1 UN actions, r1 responses",
    "gender": "add `gender: …`; not-stated if unknown",
    "described": "add `described: …`: the words that stand for the person wherever no name may",
    "name": "add `name: withheld`, or sealed, not-carried, not-stated",
    "consent": "add `consent: {level: pending}`, or what the person agreed to",
    "level": "add `level: pending`, or what the person agreed to",
    "corroboration.status": "add `status: unchecked`, or checked, corroborated, contradicted",
    "developments.date": "add `date: …`: 2020, 2020-03 or 2020-03-10, as exactly as it is known",
    "date": "add `date: …`: the day, as 2020-03-10",
    "by": "add `by: …`: who did it, by office and not by name: desk-1",
    "body": "add `body: …`: `reprisal words bodies` lists them; un-unspecified if unknown",
    "edition": "add `edition: …`: its id, as hrc-45",
    "symbol": "add `symbol: …`: that of the document, as A/HRC/45/36",
    "digest": "let `reprisal sign` write it",
}
"""What to write in place of a key that is missing; with the key above it where that makes a difference."""

_LISTS = frozenset({"tuple_type", "list_type"})
_MAPPINGS = frozenset({"model_type", "model_attributes_type", "dict_type", "dataclass_type"})


def diagnose(
    problem: ValidationError, model: type[BaseModel], data: Mapping[str, Any], path: str, faulted: frozenset[Route]
) -> Iterator[Diagnostic]:
    """One diagnostic for each fault, but for places where the reader has already refused a value."""
    found = [
        (detail, _route(detail["loc"], data, detail["type"] == "missing"))
        for detail in problem.errors(include_url=False)
    ]
    misspelt = {
        near for detail, route in found if detail["type"] == "extra_forbidden" and (near := _meant(route, model))
    }
    for detail, route in found:
        if detail["type"] == "missing" and route in misspelt:
            continue  # it is there, under a slip of the pen that is a finding of its own
        if not any(route[:length] in faulted for length in range(len(route) + 1)):
            yield from _said(detail, route, model, path)


def _meant(route: Route, model: type[BaseModel]) -> Route | None:
    """The place that an unknown key was probably meant for."""
    near = suggest(str(route[-1]), _keys_at(model, route[:-1]))
    return (*route[:-1], near) if near else None


def _route(loc: tuple[int | str, ...], data: Any, missing: bool) -> Route:
    """Pydantic's place without the names of union members and dict keys, which are in no file."""
    route: list[int | str] = []
    steps = loc[:-1] if missing else loc
    for step in steps:
        known = step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int)
        if known:
            data = data[step]
            route.append(step)
    return (*route, loc[-1]) if missing else tuple(route)


def _said(detail: ErrorDetails, route: Route, model: type[BaseModel], path: str) -> Iterator[Diagnostic]:
    if detail["type"] in _DATES:
        yield from _not_dates(detail, route, path)
    else:
        yield _one(detail, route, model, path)


def _one(detail: ErrorDetails, route: Route, model: type[BaseModel], path: str) -> Diagnostic:
    kind = detail["type"]
    place = Location(path, route)
    if kind == "missing":
        key = str(route[-1])
        above = next((step for step in reversed(route[:-1]) if isinstance(step, str)), "")
        hint = _TO_ADD.get(f"{above}.{key}") or _TO_ADD.get(key) or f"add `{key}: …`; {_held(model, route)}"
        return MISSING.at(Location(path, route[:-1]), f"`{key}` is missing here", hint)
    if kind == "extra_forbidden":
        return _unknown_key(route, model, path)
    if kind == "unknown-word":
        return _unknown_word(detail, place, model)
    if kind in _FORMS:
        rule, message, hint = _FORMS[kind]
        return rule.at(place, message, hint, fix=_certain(detail["input"], kind, route))
    if kind in _LISTS:
        return TYPE.at(place, "a list is wanted here", "write [one, two], or a line `- one` for each")
    if kind in _MAPPINGS:
        return TYPE.at(place, "keys and values are wanted here", "write {key: value}, or a line `key: value` for each")
    if kind == "literal_error":
        return WORD.at(place, "this word is not in its list", f"one of: {detail['ctx']['expected']}")
    return TYPE.at(place, "this is not what the key holds", "see docs/case-format.md")


_DATES = frozenset({"bad-date", "bad-day"})


def _not_dates(detail: ErrorDetails, route: Route, path: str) -> Iterator[Diagnostic]:
    """One for each date of a list that is none; what the reader has refused there is told already."""
    kind, given = detail["type"], detail["input"]
    listed = kind == "bad-date" and isinstance(given, list)
    for where, value in [((*route, index), one) for index, one in enumerate(given)] if listed else [(route, given)]:
        fault = _of_the_calendar(value, kind)
        if fault is not None and value is not None:
            rule, message, hint = _FORMS[kind]
            yield rule.at(Location(path, where), fault or message, hint, fix=_certain(value, kind, where))


def _of_the_calendar(value: object, kind: str) -> str | None:
    """What is wrong with a date that is written as one; empty if it is not, None if nothing is."""
    halves = value.split("/") if isinstance(value, str) else []
    if kind == "bad-day" and [len(half) for half in halves] != [10]:
        return ""
    if not 1 <= len(halves) <= 2 or not all(_FORM_OF_A_DATE.fullmatch(half) for half in halves):
        return ""
    wrong = [half for half in halves if not _is_day(half)]
    if wrong:
        return f"the calendar has no such {_PARTS[len(wrong[0])]}"
    first, last = parse_partial(halves[0]), parse_partial(halves[-1])
    return "the period ends before it begins" if last.last < first.first else None


_PARTS = {4: "year", 7: "month", 10: "day"}
"""What a date is exact to, by its length."""


_YES_NO = {"true": "yes", "on": "yes", "y": "yes", "yes": "yes", "false": "no", "off": "no", "n": "no", "no": "no"}
_FORM_OF_A_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_SPOKEN = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\Z", re.ASCII | re.IGNORECASE)
_SHORT_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)


def _certain(value: object, kind: str, route: Route) -> Fix | None:
    """The fix of a value that can mean one thing alone: `true` for yes, 2025-3-1 or 1 March 2025 for 2025-03-01."""
    if not isinstance(value, str):
        return None
    meant: str | None = None
    if kind == "not-yes-or-no":
        meant = _YES_NO.get(value.casefold())
    elif kind in ("bad-date", "bad-day"):
        meant = _plain_day(value)
    return Fix(f"write `{meant}`", Applicability.SAFE, (Edit(route, meant),)) if meant else None


def _plain_day(text: str) -> str | None:
    """A day that is written in another way, as the format has it; None if it is none."""
    if match := _SHORT_DATE.match(text):
        year, month, day = match[1], match[2], match[3]
    elif match := _SPOKEN.match(" ".join(text.split())):
        year, month, day = match[3], f"{_MONTHS.index(match[2].lower()) + 1}", match[1]
    else:
        return None
    plain = f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return plain if _is_day(plain) else None


def _is_day(text: str) -> bool:
    try:
        return parse_partial(text) is not None
    except ValueError:
        return False


def _unknown_key(route: Route, model: type[BaseModel], path: str) -> Diagnostic:
    known = _keys_at(model, route[:-1])
    near = suggest(str(route[-1]), known)
    hint = f"did you mean `{near}`?" if near else f"the keys here are: {', '.join(known)}"
    fix = Fix(f"write `{near}`", Applicability.UNSAFE, (Edit(route, near, at="key"),)) if near else None
    return UNKNOWN_KEY.at(Location(path, route, at="key"), "the format has no such key here", hint, fix=fix)


_UNKNOWN = frozenset({"not-stated", "not stated", "unknown", "not-known", "not known", "n/a", "na", "tbc", "tbd", "?"})


def _unknown_word(detail: ErrorDetails, place: Location, model: type[BaseModel]) -> Diagnostic:
    name, given = detail["ctx"]["list"], detail["input"]
    if not isinstance(given, str):
        return TYPE.at(place, f"one word of the list `{name}` is wanted here", "write the word alone, without brackets")
    message = f"this word is not in the list `{name}`"
    if given.casefold() in _UNKNOWN and not _required(model, place.route or ()):
        return WORD.at(place, message, "take it out: unknown is left out")
    meant = meant_in(name, given)
    fix = Fix(f"write `{meant}`", Applicability.UNSAFE, (Edit(place.route or (), meant),)) if meant else None
    return WORD.at(place, message, hint_for(name, given), fix=fix)


def _required(model: type[BaseModel], route: Route) -> bool:
    """Whether the format asks for the key at a route."""
    here = _record_at(model, route[:-1])
    known = {info.alias or name: info for name, info in here.model_fields.items()} if here is not None else {}
    return route[-1] in known and known[str(route[-1])].is_required()


def _keys_at(model: type[BaseModel], route: Route) -> tuple[str, ...]:
    """The keys that the format has at a route."""
    here = _record_at(model, route)
    return tuple(_fields(here)) if here is not None else ()


def _held(model: type[BaseModel], route: Route) -> str:
    """Where it stands what a key holds: its list of words, if it has one."""
    here = _record_at(model, route[:-1])
    fields = here.model_fields if here is not None else {}
    marks = [mark for name, info in fields.items() if (info.alias or name) == route[-1] for mark in info.metadata]
    names = [mark.list for mark in marks if isinstance(mark, Word)]
    return f"`reprisal words {names[0]}` lists its words" if names else "docs/case-format.md says what it holds"


def _record_at(model: type[BaseModel], route: Route) -> type[BaseModel] | None:
    here: type[BaseModel] | None = model
    for step in route:
        if isinstance(step, str) and here is not None and step in (fields := _fields(here)):
            here = _model_in(fields[step])
    return here


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The record inside a field's type: `tuple[Person, ...]` gives `Person`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)
