"""What keeps a case from its next step: the gates of `validate`, asked of the case as it would be after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from reprisal_cli.checks.cycle import DRAFTED, ROW, is_new, replies_since, since
from reprisal_cli.checks.desk import Desk, Entry, entry_of, index_of
from reprisal_cli.checks.engine import check_case
from reprisal_cli.checks.gates import state_not_heard
from reprisal_cli.checks.history import NEXT
from reprisal_cli.checks.overdue import told_without_the_states_answer
from reprisal_cli.diagnostic import Location, Severity
from reprisal_cli.model.case import Case, Event
from reprisal_cli.store.corpus import CaseFile


class Blocker(Struct, frozen=True):
    """One thing that is missing: the rule that says so, and its words."""

    code: str
    message: str
    hint: str


class Ahead(Struct, frozen=True):
    """The step that a case takes next, and what keeps it from it; nothing if its gate is open."""

    step: str
    blockers: tuple[Blocker, ...]


def ahead(file: CaseFile, desk: Desk, covering: Sequence[Entry] = ()) -> Ahead | None:
    """The next step of a case on its way, with all that its gate asks for and the file lacks. None for a case that
    rests: published without anything new, closed or set aside. `covering` are the other cases in which a reply to this
    one stands."""
    step = next_step(file.case, bool(covering))
    return None if step is None else Ahead(step, tuple(blockers(file, step, desk, covering)))


def next_step(case: Case, covered: bool = False) -> str | None:
    """The status that leads on from the present one; answered or unanswered, as the replies are; verified for a case in
    follow-up that has a new act. A published case waits for something new."""
    if case.status == "transmitted":
        return "answered" if covered or replies_since(case) else "unanswered"
    if case.status == "unanswered":
        return "drafted"
    if case.status == "follow-up":
        start = since(case)
        return "verified" if any(act.date and is_new(act.date, start) for act in case.acts) else "cleared"
    return None if case.status == "published" else next(iter(NEXT.get(case.status, ())), None)


def blockers(file: CaseFile, step: str, desk: Desk, covering: Sequence[Entry] = ()) -> Iterator[Blocker]:
    """What keeps a case from a status: the rules of the gates, and from the draft on any error, since a draft has to
    resolve, to hedge, and to keep to the consents. The row of `published` is written by `reprisal publish`: what the
    case has to bring along is an approval that stands."""
    after = file if step == "published" else CaseFile(file.path, _stepped(file.case, step, desk))
    found = check_case(after, desk)
    index = index_of([entry_of(after), *covering])
    for rule in _BETWEEN:
        mine = (one for one in rule.run(index, desk) if one.path == after.path)
        found += [rule.rule.at(Location(after.path), one.message, one.hint) for one in mine]
    for one in found:
        gate = one.code.startswith("RC7") or ROW.get(step, 0) >= DRAFTED
        if one.severity is Severity.ERROR and gate:
            yield Blocker(one.code, one.message.removeprefix(f"{step}, but "), one.hint)


_BETWEEN = (state_not_heard, told_without_the_states_answer)
"""The gates that look at replies which stand in another case."""


def _stepped(case: Case, step: str, desk: Desk) -> Case:
    """The case as it would be after a step on the day of the check."""
    event = Event.model_construct(date=desk.as_of, status=step, by="-", reason=None)
    return case.model_copy(update={"status": step, "history": (*case.history, event)})
