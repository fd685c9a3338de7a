"""`reprisal status`: one screen for the desk. Nothing in it is a name, a title or a text of a case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from reprisal_cli.checks.ahead import Ahead, ahead
from reprisal_cli.checks.desk import Desk, Entry, Index, entry_of, index_of
from reprisal_cli.checks.due import Due, due
from reprisal_cli.checks.overdue import waiting
from reprisal_cli.checks.signoffs import stale
from reprisal_cli.checks.standing import ENDED, last_told, news, series, silent_for
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.pipeline.load import Loaded, load
from reprisal_cli.register.words import words


class Next(Struct, frozen=True):
    """A case on its way: its status, and the step ahead with what is missing for it."""

    case: str
    state: str
    assignee: str
    status: str
    ahead: Ahead


class Awaited(Struct, frozen=True, order=True):
    """A reply that a State owes or will owe. `due` is None where no day is known; `late` in days, 0 if not overdue."""

    state: str
    due: date | None
    case: str
    action: str
    assignee: str
    late: int


class Silent(Struct, frozen=True):
    """A case of which the last editions said nothing, and in which nothing is new. `last` told it."""

    case: str
    state: str
    assignee: str
    last: str
    editions: int


class Stale(Struct, frozen=True):
    """A sign-off of what the file no longer says."""

    case: str
    state: str
    assignee: str
    edition: str
    of: str
    by: str


class Day(Struct, frozen=True):
    """A day of an edition's own calendar."""

    edition: str
    what: str
    day: date


class Status(Struct, frozen=True):
    """All that the desk asks of its cases, as of a day. `stages` counts every case by status, in the order of the life
    cycle; `refused` are the files that could not be read."""

    as_of: date
    assignee: str | None
    within: int
    silent_from: int
    read: int
    refused: int
    stages: tuple[tuple[str, int], ...]
    next: tuple[Next, ...]
    replies: tuple[Awaited, ...]
    renew: tuple[Due, ...]
    silent: tuple[Silent, ...]
    stale: tuple[Stale, ...]
    days: tuple[Day, ...]


def status(start: Path, as_of: date, assignee: str | None = None, within: int = 90, silent_from: int = 2) -> Status:
    """The state of the workspace. `assignee` limits it to one desk's cases, `-` to those that nobody has; consents and
    risk decisions are listed if they are to be renewed `within` so many days, cases if at least `silent_from` editions
    said nothing of them."""
    loaded = load(start, as_of)
    workspace = loaded.workspace
    desk = Desk({one.id: one for one in workspace.editions}, workspace.settings, as_of, published=workspace.published)
    index = index_of(map(entry_of, loaded.corpus.files))
    mine = [file for file in loaded.corpus.files if assignee in (None, _desk(file.case))]
    cases = {file.case.id: file.case for file in mine}
    covering = _covering(index)
    steps = ((file, ahead(file, desk, covering.get(file.case.id, ()))) for file in mine)
    closed = series(workspace.editions, as_of)
    return Status(
        as_of,
        assignee,
        within,
        silent_from,
        loaded.read,
        loaded.refused,
        _stages(cases.values()),
        tuple(
            Next(file.case.id, file.case.state, _desk(file.case), file.case.status, step)
            for file, step in steps
            if step is not None
        ),
        tuple(sorted(_awaited(index, desk, cases), key=lambda one: (one.state, one.due or date.max, one.case))),
        tuple(one for one in due(loaded.corpus, as_of, within) if one.case in cases),
        tuple(sorted(_silent(cases.values(), closed, silent_from), key=lambda one: (-one.editions, one.case))),
        tuple(_stale(cases.values())),
        tuple(_days(loaded, as_of)),
    )


def _desk(case: Case) -> str:
    return case.assignee or "-"


def _stages(cases: Iterable[Case]) -> tuple[tuple[str, int], ...]:
    count = Counter(case.status for case in cases)
    return tuple((name, count[name]) for name in words("statuses") if count[name])


def _covering(index: Index) -> dict[str, list[Entry]]:
    """By case, the other cases in which a reply to it stands."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in index.entries:
        for name in dict.fromkeys(name for _, name, _ in entry.replied):
            found[name].append(entry)
    return found


def _awaited(index: Index, desk: Desk, cases: dict[str, Case]) -> Iterator[Awaited]:
    for entry, item, day in waiting(index, desk):
        case = cases.get(entry.id)
        if case is not None and not (day is None and case.status in ("published", "closed")):
            late = max(0, (desk.as_of - day).days) if day is not None else 0
            yield Awaited(item.state, day, case.id, case.un_actions[item.position].ref, _desk(case), late)


def _silent(cases: Iterable[Case], closed: list[Edition], least: int) -> Iterator[Silent]:
    ends = {one.id: one.as_of for one in closed}
    for case in cases:
        last, count = last_told(case, closed), silent_for(case, closed)
        if last is None or count < least or case.status in ENDED or case.status == "withheld":
            continue
        if not (last in ends and any(news(case, ends[last]))):
            yield Silent(case.id, case.state, _desk(case), last, count)


def _stale(cases: Iterable[Case]) -> Iterator[Stale]:
    for case in cases:
        for one in (case.signoffs[index] for index in stale(case)):
            if case.status in ("drafted", "approved", "answered", "unanswered"):
                yield Stale(case.id, case.state, _desk(case), one.edition, one.of, one.by)


def _days(loaded: Loaded, as_of: date) -> Iterator[Day]:
    """The days of editions that are still to come."""
    found: list[Day] = []
    for edition in loaded.workspace.editions:
        note = edition.note_verbale
        own = (
            ("submission deadline", edition.submission_deadline),
            ("note verbale", note.date if note is not None else None),
            ("replies due", note.reply_due if note is not None else None),
            ("date of the document", edition.date),
        )
        found += [Day(edition.id, what, day) for what, day in own if day is not None and day >= as_of]
    return iter(sorted(found, key=lambda one: (one.day, one.edition, one.what)))
