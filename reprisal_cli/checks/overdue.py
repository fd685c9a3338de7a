"""RC4, continued, between cases: replies that have not come, and replies told twice (operative paragraph 14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from reprisal_cli.checks.desk import Desk, Entry, Index
from reprisal_cli.checks.hearing import Unheard, due_day
from reprisal_cli.diagnostic import Location, Related, Route, Severity
from reprisal_cli.rule import Finding, check


@check("RC431", Severity.WARNING)
def reply_overdue(index: Index, desk: Desk) -> Iterator[Finding]:
    """When a reply was due and none has come, the case says so.

    What it does: for each action and each State that it was put to, looks for a response in this case, or in another
    that covers it, once the day for a reply has passed: `reply_due`, 60 days after a communication, or the edition's
    day for its note verbale.
    Why it is bad: the report says of each transmission what the State replied, or that it did not (operative
    paragraph 14; case format, gates: "for each State it was put to: a response, or `none_as_of`").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: all had been released.}
    text: REMOVE
    signoffs: REMOVE
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: all had been released.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    text: REMOVE
    signoffs: REMOVE
    ```
    """
    for entry, item, due in replies_overdue(index, desk):
        if not _told_after(entry, due, desk):
            message = (
                f"put to {item.state}; a reply was due on {due}, and the case says neither what came nor that none did"
            )
            yield Finding(("un_actions", item.position), message, "add the response, or `none_as_of`", entry.path)


@check("RC432")
def told_without_the_states_answer(index: Index, desk: Desk) -> Iterator[Finding]:
    """A case that is told after a reply was due tells the reply, or that there was none.

    What it does: as reply-overdue (RC431), for cases with a text for an edition that was closed on or after the day on
    which the reply was due.
    Why it is bad: the report would be silent on the State's account, for which it has to give an "appropriate
    opportunity" (operative paragraph 14; model, hard stops: "published text without either response or dated
    no-response").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: all had been released.}
    ```
    Use instead:
    ```yaml
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-04-25, summary: the arrest had no link with the side event.}
      - {ref: r2, to: u2, state: XXA, date: 2025-07-15, summary: all had been released.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    ```
    """
    for entry, item, due in replies_overdue(index, desk):
        if edition := _told_after(entry, due, desk):
            message = f"put to {item.state}; a reply was due on {due}, and {edition} tells the case without one"
            yield Finding(("un_actions", item.position), message, "add the response, or `none_as_of`", entry.path)


def replies_overdue(index: Index, desk: Desk) -> Iterator[tuple[Entry, Unheard, date]]:
    """What was put to a State, is answered in no case, and was due before the day of the check."""
    return ((entry, item, due) for entry, item, due in waiting(index, desk) if due is not None and due < desk.as_of)


def waiting(index: Index, desk: Desk) -> Iterator[tuple[Entry, Unheard, date | None]]:
    """What was put to a State and is answered in no case, with the day on which a reply is or was due, if there is
    one."""
    covered = {(name, state) for entry in index.entries for _, name, state in entry.replied}
    for entry in index.entries:
        if entry.status in _ENDED:
            continue
        for item in entry.unheard:
            if (entry.id, item.state) not in covered:
                yield entry, item, due_day(item.due, desk.editions)


_ENDED = frozenset({"merged", "rejected", "withdrawn"})


def _told_after(entry: Entry, due: date, desk: Desk) -> str | None:
    """The first edition with a text of the case that is closed, and was not when the reply was due."""
    closed = (name for name in entry.editions if name in desk.editions)
    return next((name for name in closed if due <= desk.editions[name].as_of <= desk.as_of), None)


@check("RC433", Severity.WARNING)
def reply_told_in_two_cases(index: Index, desk: Desk) -> Iterator[Finding]:
    """One reply to several cases is written in one of them, with `covers`.

    What it does: looks in different cases for replies of one State, of one day, to actions of one number.
    Why it is bad: the reply is printed twice in the State's section, perhaps in two ways (case format: "written in one
    of them, counts as the answer there too, printed once in the State's section").

    Example:
    ```yaml
    responses:
      - {ref: r1, to: u2, state: XXA, date: 2025-07-15, summary: all persons concerned had been tried in public.}
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    # file: cases/XXA/XXA-2025-002.yaml
    un_actions:
      - {ref: u1, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA]}
    responses:
      - {ref: r1, to: u1, state: XXA, date: 2025-07-15, summary: nobody had been questioned.}
    ```
    Use instead:
    ```yaml
    responses:
      - ref: r1
        to: u2
        state: XXA
        date: 2025-07-15
        covers: [XXA-2025-002]
        summary: all persons concerned had been tried in public, and nobody had been questioned.
      - {ref: r3, to: u2, state: XXB, none_as_of: 2025-08-01}
    # file: cases/XXA/XXA-2025-002.yaml
    un_actions:
      - {ref: u1, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA]}
    ```
    """
    seen: dict[tuple[str, str, str], list[tuple[Entry, int, int]]] = defaultdict(list)
    for entry in index.entries:
        for told in entry.told:
            if told.date:
                seen[told.state, told.date, told.number].append((entry, told.position, told.words))
    for same in seen.values():
        first, place, words = same[0]
        for entry, position, others in same[1:]:
            if entry is not first:
                how = "in the same words" if others == words else "in other words"
                yield Finding(
                    ("responses", position),
                    f"{first.id} tells a reply of this State and date, {how}",
                    f"if it is one reply, write it in one of the two, with `covers: [{entry.id}]`",
                    entry.path,
                    (_at(first.path, ("responses", place), "the same reply?"),),
                )


def _at(path: str, route: Route, message: str) -> Related:
    return Related(Location(path, route), message)


INDEX = (reply_overdue, told_without_the_states_answer, reply_told_in_two_cases)
