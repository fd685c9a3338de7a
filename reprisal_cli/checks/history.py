"""RC7, continued: the steps of the life cycle: in which order, and how a case ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from reprisal_cli.checks.cycle import already_public
from reprisal_cli.checks.desk import Desk
from reprisal_cli.diagnostic import Applicability, Edit, Fix, Location, Related, Severity
from reprisal_cli.model.case import Case
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile

ASIDE: Final = frozenset({"withheld", "withdrawn", "rejected", "merged"})
"""The ends beside the life cycle."""
NEXT: Final[Mapping[str, tuple[str, ...]]] = {
    "received": ("screened",),
    "screened": ("verified",),
    "verified": ("cleared",),
    "cleared": ("transmitted",),
    "transmitted": ("answered", "unanswered"),
    "answered": ("drafted",),
    "unanswered": ("answered", "drafted"),
    "drafted": ("approved",),
    "approved": ("published",),
    "published": ("follow-up",),
    "follow-up": ("verified", "cleared"),
}
"""The steps that lead on from a status."""


@check("RC711")
def set_aside_without_reason(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case that is withheld, withdrawn, rejected or merged says why.

    What it does: looks for `reason` in the last step of `history` of such a case, and in each such step before.
    Why it is bad: nobody can tell later whether it may be taken up again (case format: "nothing is deleted: a case ends
    by a status with a reason").

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    status: withheld
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: withheld, by: desk-1}
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    status: withheld
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: withheld, by: desk-1, reason: consent not yet given}
    ```
    """
    case = file.case
    if case.status in ASIDE and not any(event.status == case.status for event in case.history):
        hint = f"add the step to `history`: {{date: …, status: {case.status}, by: …, reason: …}}"
        yield Finding(("status",), f"{case.status}, but why is not said", hint)
    for index, event in enumerate(case.history):
        if event.status in ASIDE and event.reason is None:
            yield Finding(("history", index), f"{event.status}, but why is not said", "add `reason`")


@check("RC712")
def closed_without_reason(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A closed case says why, and was published.

    What it does: looks for `reason` in each step `closed`, and for a publication before it.
    Why it is bad: the report says how many cases are resolved, and a case that was never told ends as withheld,
    withdrawn or rejected (case format, gates: "a reason: resolved, remedy, wish of the victim, no information for N
    reports, merged"; "`closed` from anywhere after `published`").

    Example:
    ```yaml
    status: closed
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-09-20, status: published, by: editor-1}
      - {date: 2026-01-12, status: closed, by: desk-1}
    ```
    Use instead:
    ```yaml
    status: closed
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-09-20, status: published, by: editor-1}
      - {date: 2026-01-12, status: closed, by: desk-1, reason: resolved}
    ```
    """
    case = file.case
    if case.status == "closed" and not any(event.status == "closed" for event in case.history):
        hint = "add the step to `history`: {date: …, status: closed, by: …, reason: resolved}"
        yield Finding(("status",), "closed, but why is not said", hint)
    told = bool(case.reports)
    for index, event in enumerate(case.history):
        told = told or event.status == "published"
        if event.status == "closed" and event.reason is None:
            hint = "add `reason`: resolved, remedy, wish of the victim, no information for N reports, or merged"
            yield Finding(("history", index), "closed, but why is not said", hint)
        if event.status == "closed" and not told:
            hint = "a case that is not told is withheld, withdrawn or rejected"
            yield Finding(("history", index, "status"), "closed, but never published", hint)


@check("RC713")
def status_without_history(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A status beyond received has a history, unless everything in the case is already public.

    What it does: looks for `history` where the status is not received and a consent is not already-public.
    Why it is bad: nobody can tell who screened, cleared and approved the case, and when (case format: "a case without
    history asks for none if every consent in it is already-public, and is at fault otherwise").

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    status: screened
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    status: received
    ```
    """
    case = file.case
    if not case.history and case.status != "received" and not already_public(case):
        hint = "add `history` with the steps that led here: {date: …, status: …, by: …}"
        yield Finding(("status",), f"{case.status}, but there is no history", hint)


@check("RC714")
def status_not_of_the_history(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The status is that of the last step of `history`.

    What it does: compares the two.
    Why it is bad: one of them was changed by hand; who took the step, and when, is not known (case format, life cycle:
    a status is entered by a step).

    Example:
    ```yaml
    status: approved
    ```
    Use instead:
    ```yaml
    status: follow-up
    ```
    """
    case = file.case
    if case.history and case.history[-1].status != case.status:
        last = case.history[-1].status
        yield Finding(
            ("status",),
            f"the status is {case.status}, the last step of the history is {last}",
            "add the step to `history`, or set the status back",
            related=(Related(Location(file.path, ("history", len(case.history) - 1, "status")), "the last step"),),
            fix=Fix("set the status of the last step", Applicability.UNSAFE, (Edit(("status",), last),)),
        )


@check("RC715")
def step_not_allowed(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Each step of `history` is one that the life cycle allows after the one before it.

    What it does: goes through `history`. A case begins as received (already-public ones also as published or
    follow-up). A step back to a status that the case had, or again to the same, is allowed with a reason; so are the
    ends `withheld`, `withdrawn`, `rejected`, `merged` from anywhere, and `closed` after a publication.
    Why it is bad: a gate was passed over: the case may be told unverified, without consent, or without the State having
    been heard (case format, life cycle).

    Example:
    ```yaml
    status: verified
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
    ```
    Use instead:
    ```yaml
    status: verified
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
    ```
    """
    case = file.case
    if not case.history:
        return
    first = case.history[0].status
    if first != "received" and not (first in ("published", "follow-up") and already_public(case)):
        yield Finding(
            ("history", 0, "status"), f"a history begins with received, not with {first}", "add the first steps"
        )
    for index in range(1, len(case.history)):
        if not _allowed(case, index):
            before, step = case.history[index - 1].status, case.history[index].status
            yield Finding(
                ("history", index, "status"),
                f"after {before} a case cannot be {step}",
                _after(before),
                related=(Related(Location(file.path, ("history", index - 1, "status")), "the step before"),),
            )


def _allowed(case: Case, index: int) -> bool:
    before, step = case.history[index - 1].status, case.history[index]
    if step.status in ASIDE or step.status in NEXT.get(before, ()):
        return True
    had = {event.status for event in case.history[:index]}
    if step.status == "closed":
        return "published" in had or bool(case.reports)
    if before == "closed" and step.status == "follow-up":
        return True
    return step.status in had and step.reason is not None and step.status != "published"


def _after(before: str) -> str:
    steps = NEXT.get(before)
    if steps is None:
        return "from here a case goes back to a status that it had, with `reason`"
    return f"from {before} it goes to {' or '.join(steps)}; back to a status that it had, or aside, with `reason`"


_REASONS = re.compile(r"resolved|remed(?:y|ied)|wish|victim|no (?:further |new )?information|merged", re.IGNORECASE)


@check("RC716", Severity.WARNING)
def closed_for_another_reason(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case is closed for one of the reasons of the life cycle.

    What it does: looks in the reason of each step `closed` for resolved, remedy, wish of the victim, no information for
    N reports, or merged.
    Why it is bad: the report counts closed cases by reason; other words are counted nowhere (case format, gates).

    Example:
    ```yaml
    status: closed
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-09-20, status: published, by: editor-1}
      - {date: 2026-01-12, status: closed, by: desk-1, reason: too old}
    ```
    Use instead:
    ```yaml
    status: closed
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-09-20, status: published, by: editor-1}
      - {date: 2026-01-12, status: closed, by: desk-1, reason: no information for three reports}
    ```
    """
    for index, event in enumerate(file.case.history):
        if event.status == "closed" and event.reason is not None and _REASONS.search(event.reason) is None:
            hint = "begin with one of: resolved, remedy, wish of the victim, no information for N reports, merged"
            yield Finding(("history", index, "reason"), "closed for a reason that is not in the list", hint)


CASE = (
    set_aside_without_reason,
    closed_without_reason,
    status_without_history,
    status_not_of_the_history,
    step_not_allowed,
    closed_for_another_reason,
)
