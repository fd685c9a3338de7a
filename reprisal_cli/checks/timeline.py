"""RC2, continued: chronology of the desk's own work: receipt, consent, risk, sign-offs, history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reprisal_cli.checks.days import earliest
from reprisal_cli.checks.desk import Desk
from reprisal_cli.diagnostic import Location, Related, Route, Severity
from reprisal_cli.model.case import Case
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile


@check("RC221", Severity.WARNING)
def received_before_act(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case is received after the first of its acts.

    What it does: compares `received` with the first day of each act, where all acts are dated and no effect is given.
    Why it is bad: nobody can be told of an act that has not happened yet: one of the dates is wrong (model, life
    cycle: received is "information logged").

    Example:
    ```yaml
    received: 2025-01-03
    effects: REMOVE
    ```
    Use instead:
    ```yaml
    received: 2025-02-03
    effects: REMOVE
    ```
    """
    case = file.case
    if case.received is None or not case.acts or case.effects:
        return
    if all(act.date and earliest(act.date) > case.received for act in case.acts):
        first, place = min((earliest(act.date), index) for index, act in enumerate(case.acts))
        yield Finding(
            ("received",),
            "the case was received before any of its acts",
            "correct one of the dates",
            related=(_at(file, ("acts", place, "date"), f"not before {first}"),),
        )


@check("RC222", Severity.WARNING)
def source_before_act(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Information on an act is received after the act.

    What it does: compares each act with `received` of the sources that it names.
    Why it is bad: a source cannot have told of what had not happened; then the act has one source less than it seems
    to have (operative paragraph 9; case format, gates: "two sources or one of the United Nations for each act").

    Example:
    ```yaml
    sources:
      - {ref: s1, kind: ngo, received: 2025-01-03, identity: sealed}
      - {ref: s2, kind: un-field, received: 2025-02-10, identity: sealed}
    ```
    Use instead:
    ```yaml
    sources:
      - {ref: s1, kind: ngo, received: 2025-02-03, identity: sealed}
      - {ref: s2, kind: un-field, received: 2025-02-10, identity: sealed}
    ```
    """
    case = file.case
    if not case.sources:
        return
    received = {source.ref: (source.received, i) for i, source in enumerate(case.sources) if source.received}
    for index, act in enumerate(case.acts):
        if not act.date or not act.sources:
            continue
        first = earliest(act.date)
        for place, ref in enumerate(act.sources):
            day, source = received.get(ref, (None, 0))
            if day is not None and day < first:
                yield Finding(
                    ("acts", index, "sources", place),
                    f"{ref} was received before the act",
                    "correct one of the dates, or the source",
                    related=(_at(file, ("sources", source, "received"), f"received on {day}"),),
                )


@check("RC223")
def work_before_receipt(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Corroboration, risk decision and history come after receipt.

    What it does: compares their days with `received`.
    Why it is bad: nothing can be checked, weighed or decided before the case is there; a decision made for another
    case would open this one (case format, life cycle: `received` comes first).

    Example:
    ```yaml
    risk: {date: 2025-01-25, by: desk-1, decision: publish-withheld}
    ```
    Use instead:
    ```yaml
    risk: {date: 2025-02-25, by: desk-1, decision: publish-withheld}
    ```
    """
    case = file.case
    received = case.received
    if received is None:
        return
    for route, day in _work(case):
        if day < received:
            yield Finding(
                route,
                f"this is older than the receipt of the case, {received}",
                "correct one of the dates",
                related=(_at(file, ("received",), "received"),),
            )


def _work(case: Case) -> Iterator[tuple[Route, date]]:
    if case.corroboration is not None and case.corroboration.date is not None:
        yield ("corroboration", "date"), case.corroboration.date
    if case.risk is not None:
        yield ("risk", "date"), case.risk.date
    if case.history:
        yield ("history", 0, "date"), case.history[0].date


@check("RC224")
def history_out_of_order(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The steps of `history` stand in the order in which they were taken.

    What it does: compares the day of each step with that of the one before it.
    Why it is bad: what is new since the last `published` cannot be told, and the gates are asked of the wrong status
    (case format: a status asks "for what is new since the last `published` in `history`").

    Example:
    ```yaml
    history:
      - {date: 2025-02-05, status: received, by: desk-1}
      - {date: 2025-02-03, status: screened, by: desk-1}
    status: screened
    ```
    Use instead:
    ```yaml
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
    status: screened
    ```
    """
    before: date | None = None
    for index, event in enumerate(file.case.history):
        if before is not None and event.date < before:
            yield Finding(
                ("history", index, "date"),
                "this step is older than the one before it",
                "correct the date, or put the steps in order",
                related=(_at(file, ("history", index - 1, "date"), "the step before"),),
            )
        before = event.date


@check("RC225")
def reply_due_before_action(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A reply is due after the action.

    What it does: compares `reply_due` with the first day of the action.
    Why it is bad: the State would be reported as silent before it was asked; it has the right to an "appropriate
    opportunity" to respond (operative paragraph 14).

    Example:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA], reply_due: 2024-04-30}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: note-verbale:hrc-60, date: 2025-06-10, to: [XXA, XXB]}
    ```
    Use instead:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA], reply_due: 2025-04-30}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: note-verbale:hrc-60, date: 2025-06-10, to: [XXA, XXB]}
    ```
    """
    for index, action in enumerate(file.case.un_actions):
        if action.reply_due is not None and action.date and action.reply_due < earliest(action.date):
            yield Finding(
                ("un_actions", index, "reply_due"),
                "the reply is due before the action",
                "correct one of the dates; a State has 60 days for a communication",
                related=(_at(file, ("un_actions", index, "date"), "the action"),),
            )


@check("RC226")
def signoff_out_of_time(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A text is signed off after it was drafted and before it is published.

    What it does: looks, in a case whose history has the step `drafted`, for the days of sign-offs of text and safety
    between such a step and the `published` after it.
    Why it is bad: a sign-off before the draft approves other words, and one after publication approves what could no
    longer be changed (case format, gates: `approved` comes between `drafted` and `published`).

    Example:
    ```yaml
    signoffs:
      - {edition: hrc-60, of: text, by: reviewer-1, date: 2025-07-04, digest: "sha256:…"}
    ```
    Use instead:
    ```yaml
    signoffs:
      - {edition: hrc-60, of: text, by: reviewer-1, date: 2025-08-04, digest: "sha256:…"}
    ```
    """
    case = file.case
    if not case.signoffs:
        return
    spans = _drafting(case)
    for index, signoff in enumerate(case.signoffs):
        day = signoff.date
        if spans and signoff.of != "response" and not any(start <= day <= end for start, end in spans):
            yield Finding(
                ("signoffs", index, "date"),
                "signed off before the text was drafted, or after it was published",
                "correct the date, or the step in `history`; what was signed too early is to be signed again",
            )


def _drafting(case: Case) -> list[tuple[date, date]]:
    """From each first `drafted` to the `published` after it."""
    spans: list[tuple[date, date]] = []
    start: date | None = None
    for event in case.history:
        if event.status == "drafted" and start is None:
            start = event.date
        elif event.status == "published" and start is not None:
            spans.append((start, event.date))
            start = None
    return spans if start is None else [*spans, (start, date.max)]


def _at(file: CaseFile, route: Route, message: str) -> Related:
    return Related(Location(file.path, route), message)


CASE = (
    received_before_act,
    source_before_act,
    work_before_receipt,
    history_out_of_order,
    reply_due_before_action,
    signoff_out_of_time,
)
