"""RC4, continued: what States answered (operative paragraph 14)."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.checks.cycle import already_public
from reprisal_cli.checks.desk import Desk
from reprisal_cli.checks.hearing import closing_day, due_day, replies, reply_due
from reprisal_cli.diagnostic import Applicability, Edit, Fix, Location, Related, Route, Severity
from reprisal_cli.rule import Finding, Stage, check
from reprisal_cli.store.corpus import CaseFile


@check("RC421")
def response_of_another_state(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A response is that of a State which the case concerns or which was asked.

    What it does: compares `state` of a response with the States of the case and with `to` of its actions.
    Why it is bad: the reply is printed in the section of a State that the case does not concern (operative
    paragraph 14: the State's own response).

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: FRA, date: 2025-04-25, summary: the arrest had no link with the side event.}
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
    for index, response in enumerate(case.responses):
        state = response.state
        if state != case.state and state not in case.also_states and not any(state in u.to for u in case.un_actions):
            hint = "correct the State, or add it to `also_states` or to `to` of the action"
            yield Finding(("responses", index, "state"), f"the case does not concern {state}", hint)


@check("RC422")
def response_to_what_others_were_asked(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A response answers an action that was put to its State.

    What it does: compares `state` of a response with `to` of the action that it answers, where that is known.
    Why it is bad: the State that was asked counts as silent, and another as having replied (operative paragraph 14).

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXB, date: 2025-04-25, summary: it was not concerned.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: all had been released.}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u2, state: XXB, date: 2025-07-25, summary: it was not concerned.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: all had been released.}
    ```
    """
    case = file.case
    if not case.responses:
        return
    asked = {action.ref: (action.to, i) for i, action in enumerate(case.un_actions) if action.to}
    for index, response in enumerate(case.responses):
        to, place = asked.get(response.to or "", ((), 0))
        if to and response.state not in to:
            yield Finding(
                ("responses", index, "state"),
                f"{response.to} was put to {', '.join(to)}, not to {response.state}",
                "correct the State or `to` here, or add the State to `to` of the action",
                related=(_at(file.path, ("un_actions", place, "to"), "put to"),),
            )


@check("RC423")
def reply_and_none(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A response is a reply, or says that there was none.

    What it does: looks for `none_as_of` together with a date, kinds, a summary or a document.
    Why it is bad: the State would be printed as having replied and as silent (operative paragraph 14; case format:
    "one of `date`, `none_as_of`, `summary`").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, none_as_of: 2025-08-01, summary: all had been released.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: all had been released.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    for index, response in enumerate(file.case.responses):
        if response.none_as_of is not None and (
            response.date or response.kinds or response.summary or response.document or response.covers
        ):
            yield Finding(
                ("responses", index, "none_as_of"),
                "there was none, but it has a date, a kind, a document, other cases or words",
                "take `none_as_of` out if a reply came; otherwise the others",
            )


@check("RC424")
def silence_before_the_reply_was_due(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """That there was no reply is said for a day on or after which it was due.

    What it does: compares `none_as_of` with `reply_due` of the action, with 60 days after a communication, or with the
    edition's day for its note verbale.
    Why it is bad: the State is reported as silent while it still had time (operative paragraph 14: "appropriate
    opportunity"; case format, gates: "`none_as_of` on or after `reply_due`").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-07-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    case = file.case
    for index, response in enumerate(case.responses):
        if response.none_as_of is None:
            continue
        day = closing_day(response.none_as_of, desk.editions)
        for place, action in enumerate(case.un_actions):
            if response.to != action.ref or day is None:
                continue
            due = due_day(reply_due(action), desk.editions)
            if due is not None and day < due:
                yield Finding(
                    ("responses", index, "none_as_of"),
                    f"the State had until {due} to reply",
                    "wait until then, and write the day on which you looked",
                    related=(_at(file.path, ("un_actions", place), f"a reply was due on {due}"),),
                )


@check("RC425", Severity.WARNING, Stage.CLEARANCE)
def reprisal_not_weighed(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Of each reply it is said whether it addresses the reprisal.

    What it does: asks for `addresses_reprisal` of replies. Quiet for cases that are already public: there the source
    may not tell.
    Why it is bad: whether States address the allegation of reprisal, and not the charges alone, is a figure of the
    report (operative paragraph 14; model, State response).

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, addresses_reprisal: partly, summary: it had no link with it.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    case = file.case
    for index, response in replies(case):
        if response.addresses_reprisal is None and not already_public(case):
            hint = "add `addresses_reprisal: yes`, partly, no or unclear"
            yield Finding(("responses", index), "does the reply address the reprisal?", hint)


@check("RC426", Severity.WARNING, Stage.CLEARANCE)
def kinds_without_summary(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A reply of which kinds are given has a summary.

    What it does: looks for replies with `kinds` and without `summary`, but for those that only acknowledge receipt or
    ask for details. Quiet for cases that are already public.
    Why it is bad: the report can say that the State replied, not what (operative paragraph 14: "to reflect the State's
    response").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, kinds: [rejects-allegation]}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, kinds: [rejects-allegation], summary: there was no such link.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    case = file.case
    for index, response in replies(case):
        if response.summary is None and not _FORMAL.issuperset(response.kinds) and not already_public(case):
            message = "kinds are given, but not what the State said"
            yield Finding(("responses", index), message, 'add `summary`, the clause after "stating that"')


_FORMAL = frozenset({"procedural-or-acknowledges-receipt", "asks-for-details"})


@check("RC427")
def addressed_and_not(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Kinds of a reply and `addresses_reprisal` agree.

    What it does: looks for the kind does-not-address-reprisal with `addresses_reprisal: yes`, and for the kind
    denies-link-with-un-cooperation with `no`.
    Why it is bad: the same reply is counted both ways (model, State response).

    Example:
    ```yaml
    responses:
      - ref: r1
        to: u1
        state: XXA
        date: 2025-04-25
        kinds: [does-not-address-reprisal]
        addresses_reprisal: yes
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - ref: r1
        to: u1
        state: XXA
        date: 2025-04-25
        kinds: [does-not-address-reprisal]
        addresses_reprisal: no
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    for index, response in enumerate(file.case.responses):
        said = response.addresses_reprisal
        for kind, against in _AGAINST:
            if said == against and kind in response.kinds:
                route = ("responses", index, "addresses_reprisal")
                yield Finding(route, f"{said}, but one of the kinds is {kind}", "correct one of the two")


_AGAINST = (("does-not-address-reprisal", "yes"), ("denies-link-with-un-cooperation", "no"))


@check("RC428")
def reply_told_twice(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A reply is told once in a case.

    What it does: looks for two replies of one State, of one day, to one action.
    Why it is bad: one reply is printed in two ways, and readers cannot tell which the State gave (operative
    paragraph 14; case format: a reply is "printed once").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r2, to: u1, state: XXA, date: 2025-04-25, summary: there had been no arrest.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: there had been no arrest.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    if len(file.case.responses) < 2:
        return
    seen: dict[tuple[object, ...], int] = {}
    for index, response in replies(file.case):
        if not response.date:
            continue
        first = seen.setdefault((response.state, response.date, response.to, response.persons), index)
        if first != index:
            yield Finding(
                ("responses", index),
                "a reply of this State, of this date, to this action stands here already",
                "make the two one; a second reply has its own date or action",
                related=(_at(file.path, ("responses", first), "the same reply"),),
            )


@check("RC429", Severity.WARNING)
def silence_after_a_reply(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Where a State had replied by a day, it is not said that none had come by then.

    What it does: looks for `none_as_of` of a day after the date of a reply of the same State to the same action, about
    the same persons.
    Why it is bad: the State is told as silent and as answering in one document (operative paragraph 14; case format:
    `none_as_of` is for a State that sent none). A letter that came late, with an earlier date, is told with a word on
    that in its summary, and the other entry goes.

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r2, to: u1, state: XXA, none_as_of: 2025-08-01}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r2, to: u2, state: XXA, none_as_of: 2025-08-01}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    if len(file.case.responses) < 2:
        return
    dated = [(index, response) for index, response in replies(file.case) if response.date]
    for index, silence in enumerate(file.case.responses):
        day = closing_day(silence.none_as_of, desk.editions) if silence.none_as_of is not None else None
        if day is None:
            continue
        about = (silence.state, silence.to, silence.persons)
        earlier = [
            other
            for other, reply in dated
            if (reply.state, reply.to, reply.persons) == about and max(period.last for period in reply.date) < day
        ]
        if earlier:
            yield Finding(
                ("responses", index, "none_as_of"),
                f"a reply of {silence.state} to this of an earlier day stands here",
                "take this entry out, or correct what the reply answers, or its date",
                related=(_at(file.path, ("responses", earlier[0]), "the reply"),),
            )


_OPENS_A_SENTENCE = frozenset(
    {"The", "It", "There", "This", "These", "They", "He", "She", "His", "Her", "Their", "No", "All"}
)


@check("RC430", Severity.WARNING, Stage.CLEARANCE)
def summary_not_a_clause(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A summary of a reply begins as the clause that it is.

    What it does: finds a `summary` that begins with The, It, There and the like, in a capital, or with another "that".
    Why it is bad: it is printed after "stating that": the capital stands in the middle of the sentence, and "that"
    stands twice (case format: "the clause after 'stating that'"; operative paragraph 14).

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: The arrest had no link with the side event.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    for index, response in replies(file.case):
        summary = response.summary or ""
        first, _, rest = summary.partition(" ")
        route: Route = ("responses", index, "summary")
        if first in ("that", "That") and rest:
            fix = Fix("take `that` out", Applicability.SAFE, (Edit(route, rest.lstrip()),))
            yield Finding(route, '"that" would stand twice: the summary is printed after it', "take it out", fix=fix)
        elif first in _OPENS_A_SENTENCE:
            small = Edit(route, summary[0].lower() + summary[1:])
            fix = Fix("begin the summary with a small letter", Applicability.SAFE, (small,))
            hint = 'begin it with a small letter: it is printed after "stating that"'
            yield Finding(route, "the summary begins as a sentence of its own", hint, fix=fix)


def _at(path: str, route: Route, message: str) -> Related:
    return Related(Location(path, route), message)


CASE = (
    response_of_another_state,
    response_to_what_others_were_asked,
    reply_and_none,
    silence_before_the_reply_was_due,
    reprisal_not_weighed,
    kinds_without_summary,
    addressed_and_not,
    reply_told_twice,
    silence_after_a_reply,
    summary_not_a_clause,
)
