"""A case as lines for the desk. Names stay in the file, even those that may be printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from reprisal_cli.model.values import Count, PartialDate, Period, When
from reprisal_cli.store.corpus import CaseFile


def describe(file: CaseFile) -> Iterator[str]:
    """One case, a line for each thing that is known of it."""
    case = file.case
    yield f"{case.id}  {case.title}"
    yield f"  file      {file.path}"
    yield f"  States    {', '.join(case.states)}"
    yield f"  record    {case.record}, {case.status}" + (f", received {case.received}" if case.received else "")
    for person in case.persons:
        yield f"  person    {person.ref}  {person.described} ({person.gender}; consent {person.consent.level})"
    for item in case.cooperation:
        yield _line("with", item.body, item.mode, dates(item.date))
    for act in case.acts:
        yield _line("act", act.type, dates(act.date), act.assertion)
    for effect in case.effects:
        yield _line("effect", effect)
    for action in case.un_actions:
        who = ", ".join(action.by)
        yield _line(
            "action",
            action.ref,
            who,
            action.kind,
            action.number,
            dates(action.date),
            "confidential" if action.confidential else "",
        )
    for response in case.responses:
        none = f"none as of {response.none_as_of}" if response.none_as_of else ""
        yield _line("response", response.ref, response.state, dates(response.date), none)
    for measure in case.measures:
        yield _line("measure", measure.type, dates(measure.date), measure.status)
    for development in case.developments:
        yield _line("since", development.kind, dates(development.date))
    for entry in case.reports:
        paras = f"para. {', '.join(map(str, entry.paras))}" if entry.paras else ""
        yield _line("report", entry.edition, entry.symbol, entry.part, paras)
    for edition in case.text:
        yield _line("text", edition)
    if case.merged_into is not None:
        yield _line("merged", f"into {case.merged_into}")
    if case.merged_from:
        yield _line("took up", *case.merged_from)


_HELD_BACK = frozenset({"name", "note", "reason", "summary", "text", "public", "digest"})
"""Keys whose values may hold an identity, or are long: who wants them looks into the file."""
_WHO = frozenset({"corroboration", "risk", "signoffs", "history"})
"""Records whose `by` is a person at the desk; elsewhere it is a body."""
_SHORT = ("id", "title", "record", "state", "also_states", "status", "received", "assignee", "merged_into")


def case_as_data(file: CaseFile, whole: bool = False) -> dict[str, Any]:
    """A case for programs: the keys of the file, without any name and without words that may hold one; of the texts,
    which editions have them."""
    case = file.case
    data: dict[str, Any] = {"path": file.path}
    for name in type(case).model_fields:
        if (whole or name in _SHORT) and name not in _HELD_BACK:
            value = _as_data(getattr(case, name), "by" if name in _WHO else "")
            data |= {name: value} if value not in (None, [], {}) else {}
    parts = {edition: [one for one in ("main", "annex") if getattr(text, one)] for edition, text in case.text.items()}
    return {**data, "text": parts} if parts else data


def _as_data(value: Any, without: str = "") -> Any:
    """A value as JSON has it: dates as a file writes them, what is left out left out."""
    if isinstance(value, BaseModel):
        found = {
            field.alias or name: _as_data(getattr(value, name), without)
            for name, field in type(value).model_fields.items()
            if (field.alias or name) not in (*_HELD_BACK, without)
        }
        return {key: inner for key, inner in found.items() if inner not in (None, [], {})}
    if isinstance(value, tuple):
        return [_as_data(inner, without) for inner in value]
    if isinstance(value, Period):
        return _period(value)
    if isinstance(value, Count):
        return "unknown" if value.number is None else f"at least {value.number}" if value.at_least else value.number
    return value if value is None or isinstance(value, bool | int | str) else f"{value}"


def dates(when: When) -> str:
    """Dates as a file writes them."""
    return ", ".join(_period(period) for period in when)


def _period(period: Period) -> str:
    return _date(period.start) if period.start == period.end else f"{_date(period.start)}/{_date(period.end)}"


def _date(day: PartialDate) -> str:
    parts = [f"{day.year:04}", *(f"{part:02}" for part in (day.month, day.day) if part)]
    return "-".join(parts)


def _line(name: str, *parts: str | None) -> str:
    return f"  {name:<9} {'  '.join(part for part in parts if part)}"
