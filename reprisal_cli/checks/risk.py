"""RC3: the decision whether telling a case could do harm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reprisal_cli.checks.consent import on_the_way, wholly_public
from reprisal_cli.checks.days import fresh_until
from reprisal_cli.checks.desk import Desk
from reprisal_cli.diagnostic import Severity
from reprisal_cli.model.case import Case
from reprisal_cli.protect.disclose import NEVER_TOLD
from reprisal_cli.rule import Finding, Stage, check
from reprisal_cli.store.corpus import CaseFile

_BEYOND_CLEARED = frozenset({"transmitted", "answered", "unanswered", "drafted", "approved", "published", "follow-up"})


@check("RC320")
def no_risk_decision(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case from cleared on has a decision on the risk.

    What it does: asks for `risk` in a case whose status lets it be told, unless everyone in it is `already-public`.

    Why it is bad: a missing decision counts as "do not publish": the case would be held back in silence (case format,
    "Consent decides what is shown"; resolution 12/2, preamble: do no harm).

    Example:
    ```yaml
    risk: REMOVE
    ```
    Use instead:
    ```yaml
    risk: {date: 2025-02-25, by: desk-1, if_published: medium, decision: publish-withheld}
    ```
    """
    case = file.case
    if case.risk is None and case.status not in NEVER_TOLD and not wholly_public(case):
        yield Finding(
            (),
            "`risk` is missing: without a decision the case is not told",
            "weigh the risk of publishing it, and write date, by and decision",
        )


@check("RC321", Severity.WARNING, Stage.CLEARANCE)
def risk_decision_out_of_date(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """What is still to be published rests on a fresh decision on the risk.

    What it does: in a case from cleared up to approved, finds a decision older than six months, older than the last
    act or development, or past its own `review_by`. The gate `cleared` asks the same on the day of clearance; this
    rule asks it of today.

    Why it is bad: risk changes with what happens to people. The life cycle asks for a decision not older than six
    months or the last development (case format, "Life cycle and its gates"; do no harm).

    Example:
    ```yaml
    status: drafted
    ```
    Use instead:
    ```yaml
    status: drafted
    risk: {date: 2026-01-15, by: desk-1, if_published: medium, decision: publish-withheld, review_by: 2035-02-25}
    ```
    """
    case = file.case
    if case.risk is None or case.status in ("published", "follow-up") or not on_the_way(case) or wholly_public(case):
        return
    if reason := _out_of_date(case, case.risk.date, case.risk.review_by, desk.as_of):
        message = f"the decision on the risk {reason}"
        yield Finding(("risk", "date"), message, "weigh the risk again, and write the new day")


def _out_of_date(case: Case, decided: date, due: date | None, today: date) -> str:
    happened = [*(item.date for item in case.developments), *(item.date for item in case.acts)]
    latest = max((period.first for when in happened for period in when), default=decided)
    if latest > decided:
        return f"is older than what happened on {latest.isoformat()}"
    if due is not None and due < today:
        return f"was to be reviewed by {due.isoformat()}"
    return "is older than six months" if fresh_until(decided) < today else ""


@check("RC322", Severity.WARNING)
def status_against_risk_decision(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case that is not to be published does not go on towards publication.

    What it does: finds the decision `do-not-publish` in a case whose status is beyond cleared.

    Why it is bad: nothing of the case is told, yet its status says that it is on its way, and somebody will draft it.
    A case that is kept and counted, not told, has the status `withheld` (case format, "Life cycle and its gates").

    Example:
    ```yaml
    risk: {date: 2025-02-25, by: desk-1, if_published: high, decision: do-not-publish}
    ```
    Use instead:
    ```yaml
    risk: {date: 2025-02-25, by: desk-1, if_published: medium, decision: publish-withheld}
    ```
    """
    case = file.case
    if case.risk is not None and case.risk.decision == "do-not-publish" and case.status in _BEYOND_CLEARED:
        yield Finding(
            ("risk", "decision"),
            f"the decision is not to publish, and the status is {case.status}",
            "set the status to withheld with a reason in `history`, or decide anew",
        )


@check("RC323")
def name_not_withheld(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Where the risk decision withholds the name, no name is printed.

    What it does: finds the mitigation `withhold-name` with the decision `publish` and a person at `public-name`, whose
    name would be printed.

    Why it is bad: the one who weighed the risk asked for the name to be left out, and a build would print it: the
    decision `publish` caps nothing (case format, "Consent decides what is shown").

    Example:
    ```yaml
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: sealed
        consent:
          level: public-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    risk: {date: 2025-02-25, by: desk-1, if_published: medium, mitigations: [withhold-name], decision: publish}
    ```
    Use instead:
    ```yaml
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: sealed
        consent:
          level: public-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    risk: {date: 2025-02-25, by: desk-1, if_published: medium, mitigations: [withhold-name], decision: publish-withheld}
    ```
    """
    risk = file.case.risk
    if risk is None or risk.decision != "publish" or "withhold-name" not in risk.mitigations:
        return
    for person in file.case.persons:
        if person.consent.level == "public-name" and person.name not in ("withheld", "not-carried", "not-stated"):
            yield Finding(
                ("risk", "decision"),
                f"the name of {person.ref} is to be withheld, and `publish` would print it",
                "write `decision: publish-withheld`, or take `withhold-name` out",
            )


@check("RC324")
def risk_review_before_decision(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A decision on the risk is taken before the day by which it is to be reviewed.

    What it does: compares `date` and `review_by` of `risk`.

    Why it is bad: one of the two days is wrong, and with it the answer to whether the decision still holds.

    Example:
    ```yaml
    risk: {date: 2025-02-25, by: desk-1, decision: publish-withheld, review_by: 2024-02-25}
    ```
    Use instead:
    ```yaml
    risk: {date: 2025-02-25, by: desk-1, decision: publish-withheld, review_by: 2035-02-25}
    ```
    """
    risk = file.case.risk
    if risk is not None and risk.review_by is not None and risk.review_by < risk.date:
        yield Finding(("risk", "review_by"), "the review was due before the decision", "correct one of the two days")


CASE = (
    no_risk_decision,
    risk_decision_out_of_date,
    status_against_risk_decision,
    name_not_withheld,
    risk_review_before_decision,
)
