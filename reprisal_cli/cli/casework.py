"""A case as lines for the desk. Names stay in the file, even those that may be printed."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.model.values import PartialDate, Period, When
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
    for development in case.developments:
        yield _line("since", development.kind, dates(development.date))
    for entry in case.reports:
        paras = f"para. {', '.join(map(str, entry.paras))}" if entry.paras else ""
        yield _line("report", entry.edition, entry.symbol, entry.part, paras)
    for edition in case.text:
        yield _line("text", edition)


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
