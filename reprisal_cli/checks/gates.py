"""RC7: the gates of the life cycle, up to the State's answer (case format, "Life cycle and its gates").

A status asks for its own row and those before it, for what is new since the last `published` in `history`, whether it
was reached by a step or set by hand. A case without history asks for none if all of it is already public.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reprisal_cli.checks.cycle import (
    ANSWERED,
    CLEARED,
    SCREENED,
    TRANSMITTED,
    VERIFIED,
    asks,
    is_new,
    replies_since,
    since,
    step_day,
    transmissions,
)
from reprisal_cli.checks.days import earliest, fresh_until
from reprisal_cli.checks.desk import Desk, Index
from reprisal_cli.diagnostic import Location, Related, Route
from reprisal_cli.model.act import Act
from reprisal_cli.model.case import Case
from reprisal_cli.model.person import Person
from reprisal_cli.register.bodies import bodies
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile

_NOT_GIVEN = frozenset({"pending", "none", "withdrawn"})
_TOLD_TO_THE_STATE = frozenset({"public-name", "public-no-name"})
_OF_THE_UN = frozenset({"un-field", "un-mechanism"})


@check("RC701")
def screening_incomplete(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A screened case shows a cooperation, a limb for every person, and an act or effect.

    What it does: at every status from screened on, until it is first published, looks for persons without `limb`, and
    for a case without act and effect.
    Why it is bad: without them it is not known whether the case is in scope at all (resolution 12/2, operative
    paragraph 4 (a)-(d)).

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    status: screened
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    status: screened
    persons:
      - {ref: p1, kind: individual, gender: female, limb: b, described: a woman lawyer, name: withheld,
         consent: {level: pending}}
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
    ```
    """
    case = file.case
    if not asks(case, SCREENED) or since(case) is not None:
        return
    for index, person in enumerate(case.persons):
        if person.limb is None:
            hint = "add `limb: a`, b, c or d: under which words of operative paragraph 4 the person is protected"
            yield Finding(
                ("persons", index), f"{case.status}, but {person.ref} has no limb", hint, related=_status(file)
            )
    if not case.acts and not case.effects:
        yield Finding((), f"{case.status}, but there is neither an act nor an effect", "add one", related=_status(file))


@check("RC702")
def verification_incomplete(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A verified case is corroborated: two sources, or one of the United Nations, for each act.

    What it does: at every status from verified on, looks at `corroboration` and at the sources of each act that is new
    since the last publication. A finding of a United Nations body counts as one of the United Nations.
    Why it is bad: the report is to rest on reliable and corroborated information (operative paragraph 9).

    Example:
    ```yaml
    status: verified
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
    acts:
      - {ref: a1, type: threats, date: 2025-01-28, sources: [s1]}
    ```
    Use instead:
    ```yaml
    status: verified
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
    acts:
      - {ref: a1, type: threats, date: 2025-01-28, sources: [s1, s2]}
    ```
    """
    case = file.case
    if not asks(case, VERIFIED):
        return
    start = since(case)
    new = [i for i, act in enumerate(case.acts) if start is None or (act.date and is_new(act.date, start))]
    if start is not None and not new:
        return
    known = case.corroboration
    if known is None:
        hint = "add `corroboration: {status: corroborated, by: ..., date: ..., standard: reasonable-grounds}`"
        yield Finding((), f"{case.status}, but `corroboration` is missing", hint, related=_status(file))
    elif known.status != "corroborated":
        route = ("corroboration", "status")
        message = f"{case.status}, but the information is {known.status}"
        yield Finding(route, message, "corroborate it, or take the status back", related=_status(file))
    elif start is not None and known.date is not None and known.date < start:
        route = ("corroboration", "date")
        message = "this is older than the last publication, and there is a new act"
        yield Finding(route, message, "corroborate the new act, and write the day", related=_status(file))
    united_nations = {source.ref for source in case.sources if source.kind in _OF_THE_UN}
    for index in new:
        if not _corroborated(case.acts[index], united_nations):
            hint = "name two sources in `sources`, or one of the kind un-field or un-mechanism"
            yield Finding(("acts", index), "verified on fewer than two sources", hint, related=_status(file))


def _corroborated(act: Act, united_nations: set[str]) -> bool:
    if len(set(act.sources)) > 1 or not united_nations.isdisjoint(act.sources):
        return True
    return act.with_ is not None and bodies().family(act.with_.body) != "regional"


@check("RC703")
def clearance_incomplete(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A cleared case has a consent for everyone, and a risk decision that is fresh.

    What it does: at every status from cleared on, looks for consents that are pending, none, withdrawn or past review,
    and for a risk decision that is missing, older than six months, or older than the last development. Dates are
    compared with the day of the step `cleared`; with the day of the check where the status was set without that step.
    Why it is bad: people could come to harm (do no harm; preambular paragraph 11; case format, gates).

    Example:
    ```yaml
    status: cleared
    risk: {date: 2024-02-25, by: desk-1, decision: publish-withheld}
    received: 2024-01-25
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
      - {date: 2025-02-25, status: cleared, by: desk-1}
    developments: REMOVE
    ```
    Use instead:
    ```yaml
    status: cleared
    risk: {date: 2025-02-25, by: desk-1, decision: publish-withheld}
    received: 2024-01-25
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
      - {date: 2025-02-25, status: cleared, by: desk-1}
    developments: REMOVE
    ```
    """
    case = file.case
    if not asks(case, CLEARED):
        return
    day = step_day(case, "cleared") or desk.as_of
    for index, person in enumerate(case.persons):
        if fault := _not_consented(person, day):
            route: Route = ("persons", index, "consent", fault[0])
            hint = _ASK.get(person.consent.level, "ask again, or take the status back")
            message = f"{case.status}, but the consent of {person.ref} {fault[1]}"
            yield Finding(route, message, hint, related=_status(file))
    if case.risk is None:
        hint = "add the decision on the risk: `risk: {date: ..., by: ..., decision: publish-withheld}`"
        yield Finding((), f"{case.status}, but `risk` is missing", hint, related=_status(file))
    elif fault_of_risk := _stale(case, case.risk.date, day):
        hint = "weigh the risk again, and write the day"
        yield Finding(
            ("risk", "date"), f"{case.status}, but the risk decision {fault_of_risk}", hint, related=_status(file)
        )


_ASK = {
    "pending": "ask, and write what was agreed to (`reprisal case set`); or take the status back",
    "none": "the case is not told without a consent: take the status back, or set it to withheld, with a reason",
    "withdrawn": "`reprisal consent withdrawn` says what follows; take the status back, or set it to withdrawn",
}
"""What to do about a consent that was not given; about one that is past its day, ask again."""


def _not_consented(person: Person, day: date) -> tuple[str, str] | None:
    consent = person.consent
    if consent.level in _NOT_GIVEN:
        return "level", f"is {consent.level}"
    if consent.review_by is not None and consent.review_by < day:
        return "review_by", "was past review"
    return None


def _stale(case: Case, decided: date, day: date) -> str:
    if fresh_until(decided) < day:
        return "was older than six months"
    published = case.history[-1].date if case.history and case.status == "published" else date.max
    known = [first for item in case.developments if (first := earliest(item.date)) <= published]
    return "is older than the last development" if known and decided < max(known) else ""


@check("RC704")
def not_transmitted(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A transmitted case was put to the State, and tells it of nobody who did not agree to that.

    What it does: at every status from transmitted on, looks for a UN action `to` the State since the last publication,
    and for persons of these actions who may be told of but whose consent lacks the use `state`.
    Why it is bad: the State has to be heard before the case is told (operative paragraph 14), and telling a State about
    a person who did not agree puts the person at risk.

    Example:
    ```yaml
    status: transmitted
    un_actions:
      - {ref: u1, by: [sr-defenders], kind: communication, number: XXA 1/2025, date: 2025-03-01}
    responses: REMOVE
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
      - {date: 2025-02-25, status: cleared, by: desk-1}
      - {date: 2025-03-01, status: transmitted, by: desk-1}
    ```
    Use instead:
    ```yaml
    status: transmitted
    un_actions:
      - {ref: u1, by: [sr-defenders], kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA]}
    responses: REMOVE
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
      - {date: 2025-02-25, status: cleared, by: desk-1}
      - {date: 2025-03-01, status: transmitted, by: desk-1}
    ```
    """
    case = file.case
    if not asks(case, TRANSMITTED):
        return
    put = transmissions(case)
    if not any(case.state in action.to for _, action in put):
        hint = f"add the communication or note verbale (`reprisal case develop --action`), with `to: [{case.state}]`"
        yield Finding((), f"{case.status}, but nothing was put to {case.state}", hint, related=_status(file))
    for index, person in enumerate(case.persons):
        if person.consent.level not in _TOLD_TO_THE_STATE or "state" in person.consent.uses:
            continue
        for place, action in put:
            if not action.persons or person.ref in action.persons:
                yield Finding(
                    ("persons", index, "consent"),
                    f"{action.ref} puts {person.ref} to a State, and the consent lacks the use `state`",
                    "ask the person, or leave the person out of the action (`persons`)",
                    related=(Related(Location(file.path, ("un_actions", place)), "put to the State"),),
                )
                break


@check("RC705")
def state_not_heard(index: Index, desk: Desk) -> Iterator[Finding]:
    """An answered or unanswered case shows for each State it was put to a response, or that there was none.

    What it does: at every status from answered on, looks for each State in `to` of the actions since the last
    publication whether a response of it is there, in this case or in another that covers it.
    Why it is bad: the report has to reflect the State's response (operative paragraph 14).

    Example:
    ```yaml
    status: answered
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
      - {date: 2025-02-25, status: cleared, by: desk-1}
      - {date: 2025-03-01, status: transmitted, by: desk-1}
      - {date: 2025-08-01, status: answered, by: desk-1}
    ```
    Use instead:
    ```yaml
    status: answered
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r2, to: u2, state: XXB, none_as_of: 2025-08-01}
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
      - {date: 2025-02-25, status: cleared, by: desk-1}
      - {date: 2025-03-01, status: transmitted, by: desk-1}
      - {date: 2025-08-01, status: answered, by: desk-1}
    ```
    """
    covered = {(name, state) for entry in index.entries for _, name, state in entry.replied}
    for entry in index.entries:
        related = (Related(Location(entry.path, ("status",)), f"the status is {entry.status}"),)
        missing = [(position, state) for position, state in entry.to_be_heard if (entry.id, state) not in covered]
        for position, state in missing:
            message = f"{entry.status}, but of {state} there is neither a response nor that there was none"
            hint = "`reprisal case respond` puts in the reply, or `none_as_of` once it was due"
            yield Finding(("un_actions", position), message, hint, entry.path, related)
        if entry.silent and not missing and not any((entry.id, state) in covered for state in entry.states):
            yield Finding(
                ("status",), "answered, but no State replied", "write unanswered, or add the reply", entry.path
            )


@check("RC706")
def unanswered_with_a_reply(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An unanswered case is one to which no State replied.

    What it does: looks, at the status unanswered, for replies to what was put to States since the last publication.
    Why it is bad: the State would be counted as silent although it replied (operative paragraph 14; case format,
    gates: "`unanswered` if none replied").

    Example:
    ```yaml
    status: unanswered
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
      - {date: 2025-02-25, status: cleared, by: desk-1}
      - {date: 2025-03-01, status: transmitted, by: desk-1}
      - {date: 2025-08-01, status: unanswered, by: desk-1}
    ```
    Use instead:
    ```yaml
    status: answered
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: screened, by: desk-1}
      - {date: 2025-02-20, status: verified, by: desk-1}
      - {date: 2025-02-25, status: cleared, by: desk-1}
      - {date: 2025-03-01, status: transmitted, by: desk-1}
      - {date: 2025-08-01, status: answered, by: desk-1}
    ```
    """
    case = file.case
    if case.status != "unanswered" or not asks(case, ANSWERED):
        return
    if came := replies_since(case):
        related = (Related(Location(file.path, ("responses", came[0])), "a reply"),)
        yield Finding(
            ("status",), "unanswered, but a State replied", "write answered, as its own step", related=related
        )


def _status(file: CaseFile) -> tuple[Related, ...]:
    return (Related(Location(file.path, ("status",)), "the status"),)


CASE = (
    screening_incomplete,
    verification_incomplete,
    clearance_incomplete,
    not_transmitted,
    unanswered_with_a_reply,
)
INDEX = (state_not_heard,)
