"""RC3: how a consent was given, for which use, until when it holds, and what remains when it ends."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.checks.consent import MAY_BE_TOLD, on_the_way
from reprisal_cli.checks.desk import Desk, text_references
from reprisal_cli.diagnostic import Severity
from reprisal_cli.model.case import Case
from reprisal_cli.model.person import Consent
from reprisal_cli.protect.disclose import NEVER_TOLD
from reprisal_cli.rule import Finding, Stage, check
from reprisal_cli.store.corpus import CaseFile

_GIVEN = frozenset({"public-name", "public-no-name", "public-aggregate", "statistics-only"})
"""Levels that the person, or someone for the person, has agreed to for a publication that is still to come."""


@check("RC305")
def consent_past_review(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Nothing is published on a consent whose day of review has passed.

    What it does: compares `review_by` of each consent with today (`--as-of`), in a case of which something is still to
    be published: cleared up to approved, or with text for an edition in which it has not been printed yet.

    Why it is bad: people's situation changes, and what was safe to tell may no longer be. Informed consent is a
    condition for each use of information (resolution 12/2, preamble; the call for submissions), and the gate `cleared`
    refuses one past its review.

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
          level: public-no-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
          review_by: 2025-12-31
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
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
          level: public-no-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
          review_by: 2026-12-31
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    ```
    """
    if on_the_way(file.case):
        yield from _past_review(file.case, desk, "ask again before anything is published, and write the new day")


@check("RC306", Severity.WARNING)
def consent_due_for_review(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A consent is looked at again by the day that was agreed.

    What it does: as RC305 (consent-past-review), for a case of which nothing is to be published just now.

    Why it is bad: the case cannot be cleared, or followed up, until somebody has asked again; that takes time.

    Example:
    ```yaml
    status: closed
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: sealed
        consent:
          level: public-no-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
          review_by: 2025-12-31
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    ```
    Use instead:
    ```yaml
    status: closed
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: sealed
        consent:
          level: public-no-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
          review_by: 2026-12-31
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    ```
    """
    if not on_the_way(file.case) and file.case.status not in ("withdrawn", "rejected", "merged"):
        yield from _past_review(file.case, desk, "ask again, and write the new day")


def _past_review(case: Case, desk: Desk, hint: str) -> Iterator[Finding]:
    for index, person in enumerate(case.persons):
        due = person.consent.review_by
        if due is not None and due < desk.as_of and person.consent.level in _GIVEN:
            yield Finding(
                ("persons", index, "consent", "review_by"), f"the consent was to be reviewed by {due.isoformat()}", hint
            )


@check("RC307", Severity.WARNING, Stage.CLEARANCE)
def consent_without_report(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A person who may be told of has agreed to the use `report`, if the case has a text.

    What it does: finds consent at `public-name` or `public-no-name` whose `uses` lack `report`, in a case with text.

    Why it is bad: the person is left out of every edition, or the whole case is held back, while the text was drafted
    as if it could be printed. Consent covers the uses that it names (case format, "Consent decides what is shown").

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
          level: public-no-name
          uses: [state]
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
          level: public-no-name
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
    ```
    """
    if not file.case.text or file.case.status in NEVER_TOLD:
        return
    for index, person in enumerate(file.case.persons):
        if person.consent.level in ("public-name", "public-no-name") and "report" not in person.consent.uses:
            yield Finding(
                ("persons", index, "consent", "uses"),
                "the case has a text, and this consent does not cover a report",
                "ask for the use `report`, or take the text out",
            )


@check("RC308", Severity.ERROR, Stage.CLEARANCE)
def risks_not_explained(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Who agreed to be published of had the risks explained.

    What it does: finds `risks_explained: no` at a level that publishes or counts, in a case that may be told.

    Why it is bad: consent is informed or it is none. The call for submissions asks that the victim or the family has
    been informed of the security risks, understands them, and has agreed.

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
          level: public-no-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: no
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
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
          level: public-no-name
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
    ```
    """
    if file.case.status in NEVER_TOLD:
        return
    for index, person in enumerate(file.case.persons):
        if person.consent.level in _GIVEN and person.consent.risks_explained is False:
            yield Finding(
                ("persons", index, "consent", "risks_explained"),
                "the consent was given without knowledge of the risks",
                "explain them and ask again, or set the level to pending",
            )


@check("RC309", Severity.WARNING, Stage.CLEARANCE)
def consent_not_documented(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A consent says who gave it, when, and whether the risks were explained.

    What it does: asks for `given_by`, `date` and `risks_explained` of each consent that lets something be published or
    counted, in a case that may be told.

    Why it is bad: a reviewer cannot tell whether the consent is informed, nor whether it is still fresh. The call for
    submissions asks that the consent be stated, with the knowledge of the risks.

    Example:
    ```yaml
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: sealed
        consent: {level: public-no-name, review_by: 2035-02-01}
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
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
          level: public-no-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
          review_by: 2035-02-01
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    ```
    """
    if file.case.status in NEVER_TOLD:
        return
    for index, person in enumerate(file.case.persons):
        if person.consent.level in _GIVEN and (missing := _undocumented(person.consent)):
            yield Finding(
                ("persons", index, "consent"),
                f"the consent does not say {' and '.join(missing)}",
                "add what is known; ask for what is not",
            )


def _undocumented(consent: Consent) -> list[str]:
    facts = {"given_by": consent.given_by, "date": consent.date, "risks_explained": consent.risks_explained}
    return [f"`{name}`" for name, value in facts.items() if value is None]


@check("RC310")
def consent_after_review(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A consent is given before the day by which it is to be reviewed.

    What it does: compares `date` and `review_by` of each consent.

    Why it is bad: one of the two days is wrong, and with it the answer to whether the consent still holds.

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
          level: public-no-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
          review_by: 2025-01-15
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
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
          level: public-no-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
          review_by: 2035-02-01
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    ```
    """
    for index, person in enumerate(file.case.persons):
        given, due = person.consent.date, person.consent.review_by
        if given is not None and due is not None and due < given:
            yield Finding(
                ("persons", index, "consent", "review_by"),
                f"the review was due before the consent was given ({given.isoformat()})",
                "correct one of the two days",
            )


@check("RC311", Severity.WARNING)
def text_after_withdrawal(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """When a consent is withdrawn, the texts are read again.

    What it does: finds a person with `withdrawn` in a case that may still be told, because of others in it, and whose
    texts do not refer to that person; RC302 (text-about-untellable) finds those that do.

    Why it is bad: a text can tell of a person without a reference, as "his family" or "the two". A withdrawn consent
    takes the person out of the next build (protection of people, "What may be shown is a type"), which no program can
    do with free words.

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
          level: public-no-name
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
        consent: {level: withdrawn}
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
          level: public-no-name
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
    ```
    """
    case = file.case
    gone = [index for index, person in enumerate(case.persons) if person.consent.level == "withdrawn"]
    if not gone or not case.text or case.status in NEVER_TOLD:
        return
    if not any(person.consent.level in MAY_BE_TOLD for person in case.persons):
        return
    referred = {node.target for _, _, node in text_references(file)}
    for index in gone:
        if case.persons[index].ref not in referred:
            yield Finding(
                ("persons", index, "consent", "level"),
                "the consent is withdrawn; the texts may still tell of this person in other words",
                "read each text again; `reprisal consent withdrawn` lists every place",
            )


CASE = (
    consent_past_review,
    consent_due_for_review,
    consent_without_report,
    risks_not_explained,
    consent_not_documented,
    consent_after_review,
    text_after_withdrawal,
)
