"""RC1, continued: what a record says twice, and two fields that cannot both hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from reprisal_cli.checks.days import day_of_an_edition
from reprisal_cli.checks.desk import Desk, Index
from reprisal_cli.diagnostic import Applicability, Edit, Fix, Location, Related, Route, Severity
from reprisal_cli.model.case import Case
from reprisal_cli.model.values import USER_STATES
from reprisal_cli.register.states import states
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile


@check("RC111")
def id_of_no_state(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The first part of an id is the code of a State.

    What it does: looks up the first three letters of `id`.
    Why it is bad: the id, the file name and the folder would stay wrong for as long as the case lives, since an id
    never changes (case format: "State of receipt (ISO 3166-1 alpha-3)").

    Example:
    ```yaml
    # file: cases/XQQ/XQQ-2025-001.yaml
    id: XQQ-2025-001
    ```
    Use instead:
    ```yaml
    # file: cases/XXB/XXB-2025-001.yaml
    id: XXB-2025-001
    ```
    """
    if file.case.id[:3] not in _codes():
        near = states().suggest(file.case.id[:3])
        hint = f"did you mean {near}?" if near else "use the State's ISO 3166-1 alpha-3 code"
        yield Finding(("id",), "the id does not begin with the code of a State", hint)


@cache
def _codes() -> frozenset[str]:
    return frozenset((*states().codes, *USER_STATES))


@check("RC112", Severity.WARNING)
def id_not_of_the_year(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The year in an id is that of receipt.

    What it does: compares the year in `id` with `received`, and finds a year that has not come yet.
    Why it is bad: serials are given by year, and people look for a case under the year in which it came in. An id that
    has been given out stays; then check `received` (case format: "State of receipt, year of receipt, serial").

    Example:
    ```yaml
    received: 2024-12-30
    ```
    Use instead:
    ```yaml
    received: 2025-02-03
    ```
    """
    received = file.case.received
    if received is not None and file.case.id[4:8] != f"{received.year:04}":
        yield Finding(
            ("received",),
            f"received in {received.year}, but the id is of {file.case.id[4:8]}",
            "correct the date; an id that has been given out is kept",
            related=(Related(Location(file.path, ("id",)), "the id"),),
        )
    elif int(file.case.id[4:8]) > desk.as_of.year and not day_of_an_edition(desk):
        yield Finding(("id",), f"the year {file.case.id[4:8]} has not come yet", "give the case an id of its year")


@check("RC113")
def state_among_the_others(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """`also_states` names States other than `state`.

    What it does: looks for the State concerned in `also_states`.
    Why it is bad: the case is told under the State and pointed to there as well, and counted twice (case format: "told
    in full under `state`; under each other State one line points there").

    Example:
    ```yaml
    also_states: [XXB, XXA]
    ```
    Use instead:
    ```yaml
    also_states: [XXB]
    ```
    """
    case = file.case
    if case.state in case.also_states:
        index = case.also_states.index(case.state)
        route: Route = ("also_states", index) if len(case.also_states) > 1 else ("also_states",)
        yield Finding(
            ("also_states", index),
            f"{case.state} is the State concerned already",
            "take it out of `also_states`",
            related=(Related(Location(file.path, ("state",)), "the State concerned"),),
            fix=_delete("take out the repeated State", route),
        )


@check("RC114", Severity.WARNING)
def word_twice(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A list names each word, State, person, source, body and paragraph once.

    What it does: looks for repeated values in the lists of a case.
    Why it is bad: what stands twice is printed twice or counted twice, or stands in place of another word that was
    meant (case format: each list says who, what or which).

    Example:
    ```yaml
    effects: [self-censorship, self-censorship]
    ```
    Use instead:
    ```yaml
    effects: [self-censorship]
    ```
    """
    for route, values in _lists(file.case):
        if len(values) > 1 and len(set(values)) < len(values):
            seen: set[object] = set()
            for place, value in enumerate(values):
                if value not in seen:
                    seen.add(value)
                else:
                    yield Finding(
                        (*route, place),
                        "this stands in the list already",
                        "take it out, or write what was meant",
                        fix=_delete("take out what is repeated", (*route, place)),
                    )


def _lists(case: Case) -> Iterator[tuple[Route, Sequence[object]]]:
    """Every list of single values in a case, with its place."""
    yield ("also_states",), case.also_states
    yield ("effects",), case.effects
    for index, person in enumerate(case.persons):
        yield ("persons", index, "roles"), person.roles
        yield ("persons", index, "consent", "uses"), person.consent.uses
        yield ("persons", index, "consent", "source"), person.consent.source
    for index, act in enumerate(case.acts):
        yield ("acts", index, "persons"), act.persons
        yield ("acts", index, "qualifiers"), act.qualifiers
        yield ("acts", index, "sources"), act.sources
    for index, cooperation in enumerate(case.cooperation):
        yield ("cooperation", index, "persons"), cooperation.persons
    for index, action in enumerate(case.un_actions):
        yield ("un_actions", index, "by"), action.by
        yield ("un_actions", index, "to"), action.to
        yield ("un_actions", index, "persons"), action.persons
    for index, response in enumerate(case.responses):
        yield ("responses", index, "kinds"), response.kinds
        yield ("responses", index, "covers"), response.covers
        yield ("responses", index, "persons"), response.persons
    for field in ("measures", "developments"):
        for index, item in enumerate(getattr(case, field)):
            yield (field, index, "persons"), item.persons
            yield (field, index, "sources"), item.sources
    if case.risk is not None:
        yield ("risk", "mitigations"), case.risk.mitigations
    for index, entry in enumerate(case.reports):
        yield ("reports", index, "paras"), entry.paras


@check("RC115", Severity.WARNING)
def cooperation_twice(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A cooperation is given once.

    What it does: looks for two entries of `cooperation` that say the same of the same body.
    Why it is bad: the body is printed twice in one sentence and counted twice. A second cooperation with the same body
    has a date, a mode or persons of its own (case format: "what was done, or thought to be done").

    Example:
    ```yaml
    cooperation:
      - {body: hrc, mode: side-event, timing: past, date: 2025-01-20}
      - {body: hrc, mode: side-event, timing: past, date: 2025-01-20}
    ```
    Use instead:
    ```yaml
    cooperation:
      - {body: hrc, mode: side-event, timing: past, date: 2025-01-20}
      - {body: hrc, mode: statement-delivered, timing: past, date: 2025-01-21}
    ```
    """
    items = file.case.cooperation
    if len(items) < 2:
        return
    seen: dict[tuple[object, ...], int] = {}
    for index, item in enumerate(items):
        said = (item.body, item.persons, item.mode, item.timing, item.date, item.online, item.link)
        before = seen.setdefault(said, index)
        if before != index:
            yield Finding(
                ("cooperation", index),
                "this cooperation is given already",
                "take it out, or say what sets it apart: date, mode, persons",
                related=(Related(Location(file.path, ("cooperation", before)), "the same"),),
            )


@check("RC116")
def reply_covers_its_own_case(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """`covers` names other cases.

    What it does: looks for the id of the case itself in `covers` of its responses.
    Why it is bad: the reply would be counted twice for the case in which it is written (case format: "one reply,
    several cases: written in one of them, counts as the answer there too").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, covers: [XXA-2025-001, XXA-2025-002], summary: all were free.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, covers: [XXA-2025-002], summary: all were free.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    for index, response in enumerate(file.case.responses):
        if response.covers and file.case.id in response.covers:
            place = response.covers.index(file.case.id)
            gone: Route = ("responses", index, "covers", place)
            yield Finding(
                gone,
                "the reply is written in this case already",
                "name the other cases alone",
                fix=_delete("take out the case itself", gone if len(response.covers) > 1 else gone[:-1]),
            )


@check("RC117")
def reply_covers_another_state(index: Index, desk: Desk) -> Iterator[Finding]:
    """A shared reply covers cases of the State that replied.

    What it does: compares the State of a response with the States of each case that it covers.
    Why it is bad: a case would count as answered by a State that it does not concern (operative paragraph 14: the
    State's own response; case format: "counts as the answer there too").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: all were free.}
      - {ref: r2, to: u2, state: XXB, date: 2025-07-25, covers: [XXA-2025-002], summary: it was not concerned.}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, covers: [XXA-2025-002], summary: all were free.}
      - {ref: r2, to: u2, state: XXB, date: 2025-07-25, summary: it was not concerned.}
    ```
    """
    for entry in index.entries:
        for position, name, state in entry.replied:
            other = index.by_id.get(name)
            if other is not None and state not in other.states:
                yield Finding(
                    ("responses", position, "covers"),
                    f"{name} does not concern {state}",
                    "check the id, or add the State to `also_states` there",
                    entry.path,
                    (Related(Location(other.path, ("state",)), f"the State of {name}"),),
                )


@check("RC118")
def merged_without_target(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A merged case says into which other case, and no case but a merged one does.

    What it does: compares `merged_into` with the status and with the id of the case.
    Why it is bad: a merged case without its successor is lost; a case with a successor that is told all the same is
    told twice (case format: "`merged_into: ID` ends a merged case").

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    merged_into: XXA-2025-001
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    status: merged
    merged_into: XXA-2025-001
    ```
    """
    case = file.case
    if case.merged_into is None:
        if case.status == "merged":
            yield Finding(("status",), "merged, but into which case is not said", "add `merged_into: ID`")
    elif case.merged_into == case.id:
        yield Finding(("merged_into",), "a case cannot be merged into itself", "name the case that goes on")
    elif case.status not in ("merged", "closed"):
        yield Finding(
            ("merged_into",),
            f"merged into another case, but the status is {case.status}",
            "set the status to merged, with its reason in `history`, or take `merged_into` out",
            related=(Related(Location(file.path, ("status",)), "the status"),),
        )


@check("RC119")
def document_twice(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Each reply has a document of its own.

    What it does: looks for two responses of a case with one file name in `document`.
    Why it is bad: the second file replaces the first in the vault, or one reply is recorded as two (case format: "kept
    as received").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, document: note.pdf, summary: all had been tried in public.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, document: note.pdf, summary: all had been released.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, document: note-1.pdf, summary: all had been tried in public.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, document: note-2.pdf, summary: all had been released.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    seen: dict[str, int] = {}
    for index, response in enumerate(file.case.responses):
        if response.document is None:
            continue
        first = seen.setdefault(response.document, index)
        if first != index:
            yield Finding(
                ("responses", index, "document"),
                "another response names this document",
                "give each reply a file of its own; one reply to two actions is one response",
                related=(Related(Location(file.path, ("responses", first, "document")), "the same document"),),
            )


@check("RC120", Severity.WARNING)
def document_in_two_cases(index: Index, desk: Desk) -> Iterator[Finding]:
    """A document belongs to one case; a reply to several cases is written in one of them.

    What it does: looks for one file name in `document` of responses of two cases.
    Why it is bad: it is one reply that is written and printed twice, or two files of one name, of which one is lost in
    the vault (case format: "written in one of them … printed once in the State's section").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, document: note.pdf, summary: all were free.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    # file: cases/XXA/XXA-2025-002.yaml
    responses:
      - {ref: r1, state: XXA, date: 2025-04-25, document: note.pdf, summary: all were free.}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, covers: [XXA-2025-002], document: note.pdf, summary: all free.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    holders: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for entry in index.entries:
        for position, name in entry.documents:
            holders[name].append((entry.path, position))
    for places in holders.values():
        path, position = places[0]
        for other, where in places[1:]:
            if other != path:
                yield Finding(
                    ("responses", where, "document"),
                    "a response of another case names this document",
                    "write the reply in one case, with `covers`; or rename the file",
                    other,
                    (Related(Location(path, ("responses", position, "document")), "the same document"),),
                )


@check("RC135")
def merged_on_one_side(index: Index, desk: Desk) -> Iterator[Finding]:
    """A case that took up another one is the case into which that one says that it went.

    What it does: looks up the ids in `merged_from`, and compares `merged_into` there.
    Why it is bad: one of the two files is wrong: a case is told twice, or lost (case format: "`merged_into: ID` ends a
    merged case").

    Example:
    ```yaml
    merged_from: [XXA-2025-002]
    ```
    Use instead:
    ```yaml
    merged_from: [XXA-2025-002]
    # file: cases/XXA/XXA-2025-002.yaml
    status: merged
    merged_into: XXA-2025-001
    history:
      - {date: 2025-02-03, status: received, by: desk-1}
      - {date: 2025-02-05, status: merged, by: desk-1, reason: the same arrest}
    ```
    """
    for entry in index.entries:
        for position, name in enumerate(entry.merged_from):
            other = index.by_id.get(name)
            if other is None:
                yield Finding(("merged_from", position), "there is no such case", "check the id", entry.path)
            elif other.merged_into != entry.id:
                related = (Related(Location(other.path, ("merged_into",) if other.merged_into else None), "there"),)
                hint = f"`reprisal case merge {name} --into {entry.id}` writes both sides; else take it out here"
                message = f"{name} does not say that it was merged into this case"
                yield Finding(("merged_from", position), message, hint, entry.path, related)


def _delete(message: str, route: Route) -> Fix:
    return Fix(message, Applicability.SAFE, (Edit(route, None),))


CASE = (
    id_of_no_state,
    id_not_of_the_year,
    state_among_the_others,
    word_twice,
    cooperation_twice,
    reply_covers_its_own_case,
    merged_without_target,
    document_twice,
)
INDEX = (reply_covers_another_state, document_in_two_cases, merged_on_one_side)
