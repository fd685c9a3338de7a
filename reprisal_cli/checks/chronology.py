"""RC2: chronology of what happened: cooperation, acts, what followed, and what States said.

A date counts at its first and its last possible day, so that no rule rests on a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reprisal_cli.checks.days import day_of_an_edition, earliest, latest
from reprisal_cli.checks.desk import Desk
from reprisal_cli.checks.hearing import closing_day
from reprisal_cli.diagnostic import Location, Related, Route, Severity
from reprisal_cli.model.act import Act
from reprisal_cli.model.case import Case
from reprisal_cli.model.membership import place_in
from reprisal_cli.model.values import PartialDate, Period, When
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile


@check("RC201")
def response_before_action(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A response is not older than the action that it answers.

    What it does: compares the last day that a response can be of with the first that its action can be of.
    Why it is bad: it answers something else, and the State is printed with a reply to what it had not yet been asked
    (operative paragraph 14).

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-02-25, summary: the arrest had no link with the side event.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    case = file.case
    if not case.responses:
        return
    asked = {action.ref: i for i, action in enumerate(case.un_actions) if action.date}
    for index, response in enumerate(case.responses):
        place = asked.get(response.to) if response.to is not None else None
        if place is None:
            continue
        day = latest(response.date) if response.date else response.none_as_of
        first = earliest(case.un_actions[place].date)
        if isinstance(day, date) and day < first:
            field = "date" if response.date else "none_as_of"
            yield Finding(
                ("responses", index, field),
                f"the response is older than {response.to}, which it answers",
                "correct one of the dates, or `to`",
                related=(_at(file, ("un_actions", place, "date"), f"not before {first}"),),
            )


@check("RC202")
def act_before_cooperation(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An act comes after the cooperation that is said to have caused it.

    What it does: compares the last day of an act with the first day of the cooperation of the same persons, where all
    of it is dated and past.
    Why it is bad: an act that came first is no reprisal for it; the case then lacks the cooperation that counts
    (resolution 12/2, operative paragraph 4: those who have cooperated; model, life cycle: "act after or tied to
    cooperation").

    Example:
    ```yaml
    cooperation:
      - {body: hrc, mode: side-event, timing: past, date: 2025-01-30, link: timing}
    ```
    Use instead:
    ```yaml
    cooperation:
      - {body: hrc, mode: side-event, timing: past, date: 2025-01-20, link: timing}
    ```
    """
    yield from _too_early(file, ("past",))


@check("RC203", Severity.WARNING)
def act_before_ongoing_cooperation(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An act comes after the beginning of the ongoing cooperation that is said to have caused it.

    What it does: as act-before-cooperation (RC202), where some of the cooperation is ongoing: it may have begun before
    the day that is given.
    Why it is bad: an act that came first is no reprisal for it (resolution 12/2, operative paragraph 4).

    Example:
    ```yaml
    cooperation:
      - {body: hrc, timing: ongoing, date: 2025-01-30}
    ```
    Use instead:
    ```yaml
    cooperation:
      - {body: hrc, timing: ongoing, date: 2025-01/2025-06}
    ```
    """
    if any(item.timing == "ongoing" for item in file.case.cooperation):
        yield from _too_early(file, ("past", "ongoing"))


def _too_early(file: CaseFile, timings: tuple[str, ...]) -> Iterator[Finding]:
    case = file.case
    if any(item.timing not in timings or not item.date for item in case.cooperation):
        return
    begun = [(earliest(item.date), i) for i, item in enumerate(case.cooperation)]
    for index, act in enumerate(case.acts):
        mine = [one for one in begun if _same_persons(act, case, one[1])] if act.date else []
        if mine and latest(act.date) < min(mine)[0]:
            day, place = min(mine)
            yield Finding(
                ("acts", index, "date"),
                "the act is older than the cooperation that is said to have caused it",
                "correct one of the dates, or add the earlier cooperation",
                related=(_at(file, ("cooperation", place, "date"), f"not before {day}"),),
            )


def _same_persons(act: Act, case: Case, place: int) -> bool:
    theirs = case.cooperation[place].persons
    return not theirs or not act.persons or not set(theirs).isdisjoint(act.persons)


@check("RC204")
def future_date(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """What has happened does not lie in the future.

    What it does: compares each date of the case, and the day on which an edition of a `none_as_of` is closed, with the
    day of the check (`--as-of`). `review_by`, `reply_due`,
    cooperation that is sought, and measures only announced may lie ahead. An edition built at its own date is not
    asked: its cases have gone on since.
    Why it is bad: it is a slip of the pen, most often of the year, and moves the case into another edition.

    Example:
    ```yaml
    developments:
      - {date: 2062-01-10, kind: release, persons: [p1], effect: improved}
    ```
    Use instead:
    ```yaml
    developments:
      - {date: 2026-01-10, kind: release, persons: [p1], effect: improved}
    ```
    """
    routes: list[Route] = [*_happens_after(file.case, desk.as_of), *_done_after(file.case, desk.as_of)]
    for route in routes if routes and not day_of_an_edition(desk) else ():
        yield Finding(route, "this lies in the future", "correct the date; what is planned is no part of a case yet")
    for index, response in enumerate(file.case.responses):
        if isinstance(response.none_as_of, str) and _still_open(response.none_as_of, desk):
            route = ("responses", index, "none_as_of")
            yield Finding(route, f"{response.none_as_of} is not closed yet", "write the day on which you looked")


def _still_open(edition: str, desk: Desk) -> bool:
    closed = closing_day(edition, desk.editions)
    return closed is not None and closed > desk.as_of and not day_of_an_edition(desk)


def _happens_after(case: Case, limit: date) -> Iterator[Route]:
    """The places of dates of things that have happened, and are dated later."""
    for index, act in enumerate(case.acts):
        if act.date and _after(act.date, limit):
            yield "acts", index, "date"
    for index, action in enumerate(case.un_actions):
        if action.date and _after(action.date, limit):
            yield "un_actions", index, "date"
    for index, response in enumerate(case.responses):
        if response.date and _after(response.date, limit):
            yield "responses", index, "date"
    for index, development in enumerate(case.developments):
        if _after(development.date, limit):
            yield "developments", index, "date"
    for index, cooperation in enumerate(case.cooperation):
        if cooperation.date and cooperation.timing != "sought" and _after(cooperation.date, limit):
            yield "cooperation", index, "date"
    for index, measure in enumerate(case.measures):
        if measure.date and measure.status != "announced" and _after(measure.date, limit):
            yield "measures", index, "date"


def _after(when: When, limit: date) -> bool:
    return when[-1].start.year >= limit.year and earliest(when) > limit


def _done_after(case: Case, limit: date) -> Iterator[Route]:
    """The places of days of the desk's own work that are later."""
    if case.received is not None and case.received > limit:
        yield ("received",)
    for index, person in enumerate(case.persons):
        if person.consent.date is not None and person.consent.date > limit:
            yield "persons", index, "consent", "date"
    for index, source in enumerate(case.sources):
        if source.received is not None and source.received > limit:
            yield "sources", index, "received"
    if case.corroboration is not None and case.corroboration.date is not None and case.corroboration.date > limit:
        yield "corroboration", "date"
    if case.risk is not None and case.risk.date > limit:
        yield "risk", "date"
    for index, response in enumerate(case.responses):
        if isinstance(response.none_as_of, date) and response.none_as_of > limit:
            yield "responses", index, "none_as_of"
    for index, signoff in enumerate(case.signoffs):
        if signoff.date > limit:
            yield "signoffs", index, "date"
    for index, event in enumerate(case.history):
        if event.date > limit:
            yield "history", index, "date"


@check("RC205", Severity.WARNING)
def development_before_act(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A development or a measure comes after the first act.

    What it does: compares their last day with the first day of the first act, where all acts are dated.
    Why it is bad: what happened to a person since, or what the State did about it, cannot come first; it belongs to
    another case, or an act is missing (case format: developments; operative paragraphs 3, 6 and 8).

    Example:
    ```yaml
    developments:
      - {date: 2024-01-10, kind: release, persons: [p1]}
    ```
    Use instead:
    ```yaml
    developments:
      - {date: 2026-01-10, kind: release, persons: [p1]}
    ```
    """
    case = file.case
    if not case.acts or not (case.developments or case.measures) or not all(act.date for act in case.acts):
        return
    begun, place = min((earliest(act.date), i) for i, act in enumerate(case.acts))
    later = [("developments", index, item.date) for index, item in enumerate(case.developments)]
    later += [("measures", index, item.date) for index, item in enumerate(case.measures)]
    for field, index, when in later:
        if when and latest(when) < begun:
            yield Finding(
                (field, index, "date"),
                "this is older than the first act",
                "correct one of the dates, or add the act that came before",
                related=(_at(file, ("acts", place, "date"), f"not before {begun}"),),
            )


@check("RC206", Severity.WARNING)
def nothing_in_the_period(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """What an edition tells has something of its period in it.

    What it does: for each text of an edition, looks for an act, a development, a measure, a UN action, a response or
    the receipt in the period of the edition. Quiet where an act or a development has no date.
    Why it is bad: the case belongs to another edition, or a date is wrong (case format, "Which edition, which place":
    "an act, receipt or development in E's period").

    Example:
    ```yaml
    text:
      hrc-63:
        place: annex-1
        annex: On 10 January 2026, {p1} was reportedly released.
    responses: REMOVE
    un_actions: REMOVE
    measures: REMOVE
    developments: REMOVE
    signoffs: REMOVE
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        place: annex-1
        annex: On 10 January 2026, {p1} was reportedly released.
    responses: REMOVE
    un_actions: REMOVE
    measures: REMOVE
    developments: REMOVE
    signoffs: REMOVE
    ```
    """
    case = file.case
    news = [act.date for act in case.acts] + [development.date for development in case.developments]
    if not news or not all(news):
        return
    for edition_id in case.text:
        edition = desk.editions.get(edition_id)
        if edition is None or _some_in(news, edition.period) or _some_in(_other_dates(case), edition.period):
            continue
        place = "told as new" if place_in(case, edition) != "annex-2" else "followed up"
        yield Finding(
            ("text", edition_id),
            f"{place} in {edition_id}, but nothing dated in the case is of its period, {_span(edition.period)}",
            "check the dates, or tell the case in the edition of their period",
        )


@check("RC207", Severity.WARNING)
def act_after_the_period(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An act of a published case lies in or before the period of an edition that told it.

    What it does: in a case that is published, compares each act with the ends of the periods of all editions that have
    a text of it or a place. Quiet where all acts are later (nothing-in-the-period, RC206, says so).
    Why it is bad: the act is told nowhere, or as news of a period that it is not in; a new act makes the case
    `follow-up` (case format, gates: "a new development, response, measure or act").

    Example:
    ```yaml
    status: published
    acts:
      - {ref: a1, type: threats, date: 2025-01-28, sources: [s2]}
      - {ref: a2, type: surveillance, date: 2026-01-28, sources: [s2]}
    text:
      hrc-60: {annex: Special procedures mandate holders addressed the alleged threats.}
    ```
    Use instead:
    ```yaml
    status: follow-up
    acts:
      - {ref: a1, type: threats, date: 2025-01-28, sources: [s2]}
      - {ref: a2, type: surveillance, date: 2026-01-28, sources: [s2]}
    text:
      hrc-60: {annex: Special procedures mandate holders addressed the alleged threats.}
    ```
    """
    case = file.case
    if case.status != "published" or len(case.acts) < 2:
        return
    named = [*case.text, *(entry.edition for entry in case.reports)]
    ends = [desk.editions[name].period.last for name in named if name in desk.editions]
    if not ends:
        return
    end = max(ends)
    late = [index for index, act in enumerate(case.acts) if act.date and earliest(act.date) > end]
    for index in late if len(late) < len(case.acts) else ():
        message = f"the act is later than {end}, the end of the last period in which the case was told"
        yield Finding(("acts", index, "date"), message, "check the date; for a new act, set the status to follow-up")


def _other_dates(case: Case) -> list[When]:
    """The dates of receipt and of what was done, said and answered about the case."""
    dated = [measure.date for measure in case.measures]
    dated += [action.date for action in case.un_actions]
    dated += [response.date for response in case.responses]
    return dated if case.received is None else [*dated, _day(case.received)]


def _some_in(dated: list[When], period: Period) -> bool:
    return any(one.meets(period) for when in dated for one in when)


def _day(day: date) -> When:
    exact = PartialDate(day.year, day.month, day.day)
    return (Period(exact, exact),)


def _span(period: Period) -> str:
    return f"{period.first.isoformat()} to {period.last.isoformat()}"


def _at(file: CaseFile, route: Route, message: str) -> Related:
    return Related(Location(file.path, route), message)


CASE = (
    response_before_action,
    act_before_cooperation,
    act_before_ongoing_cooperation,
    future_date,
    development_before_act,
    nothing_in_the_period,
    act_after_the_period,
)
