"""RC7, continued: the gates from the draft to the follow-up."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.checks.cycle import APPROVED, DRAFTED, PUBLISHED, asks, drafter, is_new, since
from reprisal_cli.checks.desk import Desk
from reprisal_cli.diagnostic import Location, Related, Route
from reprisal_cli.model.case import Case, Signoff
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile


@check("RC707")
def nothing_drafted(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A drafted case has a text for the edition.

    What it does: from drafted on, looks for a text of an edition in which the case did not stand before.
    Why it is bad: nothing could be reviewed and approved (case format, gates: "text for the edition"). That references
    resolve and allegations are hedged is looked at by RC105, RC106 and RC5 at every status.

    Example:
    ```yaml
    status: drafted
    text:
      hrc-60: {place: annex-1}
    reports: REMOVE
    signoffs: REMOVE
    ```
    Use instead:
    ```yaml
    status: drafted
    text:
      hrc-60: {place: annex-1, annex: On 10 January 2026 a woman was reportedly released.}
    reports: REMOVE
    signoffs: REMOVE
    ```
    """
    case = file.case
    if not asks(case, DRAFTED):
        return
    before = editions_before(case, desk)
    if not any(text.main or text.annex for edition, text in case.text.items() if edition not in before):
        hint = "write it; `reprisal draft CASE` makes a start"
        yield Finding((), f"{case.status}, but there is no text for the edition", hint, related=_status(file))


def editions_before(case: Case, desk: Desk) -> set[str]:
    """The editions in which the case stood before the present round."""
    start = since(case)
    if start is None:
        return set()
    return {
        entry.edition
        for entry in case.reports
        if entry.edition not in desk.editions or desk.editions[entry.edition].as_of < start
    }


@check("RC708")
def not_approved_by_two(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An approved case is signed off, for text and for safety, by two people, neither of them the drafter.

    What it does: at approved and published, looks for an edition with both sign-offs since the last publication, and
    compares who signed with each other and with `by` of the step `drafted`. RC717 looks at the digests.
    Why it is bad: what one person overlooks nobody else sees; and the drafter is the one who cannot see it (case
    format, gates: "sign-offs of text and of safety by two people, neither the drafter").

    Example:
    ```yaml
    status: approved
    signoffs:
      - {edition: hrc-60, of: text, by: reviewer-1, date: 2025-08-04, digest: "sha256:…"}
    ```
    Use instead:
    ```yaml
    status: approved
    signoffs:
      - {edition: hrc-60, of: text, by: reviewer-1, date: 2026-01-14, digest: "sha256:…"}
      - {edition: hrc-60, of: safety, by: reviewer-2, date: 2026-01-15, digest: "sha256:…"}
    ```
    """
    case = file.case
    if not asks(case, APPROVED):
        return
    start = since(case)
    signed: dict[str, dict[str, Signoff]] = {}
    for one in case.signoffs:
        if start is None or one.date >= start:
            signed.setdefault(one.edition, {})[one.of] = one
    faults = [_not_signed(by_subject, drafter(case)) for by_subject in signed.values()] or ["sign-offs are missing"]
    if all(faults):
        hint = "text and safety are signed off by two people, neither of them the drafter (`reprisal sign`)"
        route: Route = ("signoffs",) if case.signoffs else ()
        yield Finding(route, f"{case.status}, but {faults[-1]}", hint, related=_status(file))


def _not_signed(signed: dict[str, Signoff], drafted_by: str | None) -> str:
    for subject in ("text", "safety"):
        if subject not in signed:
            return f"the sign-off of {subject} is missing"
        if signed[subject].by == drafted_by:
            return f"the drafter signed off the {subject}"
    return "one person signed off both text and safety" if signed["text"].by == signed["safety"].by else ""


@check("RC709")
def not_published_anywhere(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A published case stands in a report, with its paragraphs.

    What it does: at published, looks in `reports` for an entry of an edition in which the case did not stand before,
    and for its paragraphs.
    Why it is bad: later editions cannot cite the place, and `already-public` cannot rest on it (operative paragraph 15;
    case format, gates: "an edition frozen, paragraphs written back").

    Example:
    ```yaml
    status: published
    reports: REMOVE
    ```
    Use instead:
    ```yaml
    status: published
    reports:
      - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7, 8], state: XXA, built: yes}
      - {edition: hrc-63, symbol: A/HRC/63/999, part: annex II, paras: [31], state: XXA, built: yes}
    ```
    """
    case = file.case
    if not asks(case, PUBLISHED):
        return
    before = editions_before(case, desk)
    entries = [entry for entry in case.reports if entry.edition not in before]
    if not entries:
        hint = "`reprisal publish` adds the entry"
        yield Finding((), "published, but `reports` names no place", hint, related=_status(file))
    elif not any(entry.paras for entry in entries):
        index = case.reports.index(entries[-1])
        yield Finding(("reports", index), "published, but in which paragraphs is not said", "add `part` and `paras`")


@check("RC710")
def nothing_to_follow_up(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case in follow-up has a new development, response, measure or act.

    What it does: at follow-up, looks for one of them on or after the day of the last publication. What has no date may
    be new.
    Why it is bad: the case would be told again with nothing to tell (operative paragraphs 3, 8 and 14).

    Example:
    ```yaml
    developments: REMOVE
    ```
    Use instead:
    ```yaml
    developments:
      - {date: 2026-01-10, kind: release, persons: [p1], effect: improved, sources: [s2]}
    ```
    """
    case = file.case
    if case.status != "follow-up" or not case.history:
        return
    start = since(case)
    if start is None:
        return
    dates = [development.date for development in case.developments]
    dates += [response.date for response in case.responses if response.none_as_of is None]
    dates += [measure.date for measure in case.measures]
    dates += [act.date for act in case.acts]
    if not any(is_new(when, start) for when in dates):
        message = f"follow-up, but nothing is newer than the last publication, {start}"
        yield Finding(("status",), message, "add what is new: a development, a response, a measure or an act")


def _status(file: CaseFile) -> tuple[Related, ...]:
    return (Related(Location(file.path, ("status",)), "the status"),)


CASE = (
    nothing_drafted,
    not_approved_by_two,
    not_published_anywhere,
    nothing_to_follow_up,
)
