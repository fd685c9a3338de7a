"""`reprisal edition carry-over`: what the next edition must take up (operative paragraph 14: "regularly updated")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from reprisal_cli.checks.desk import Desk, entry_of, index_of
from reprisal_cli.checks.overdue import waiting
from reprisal_cli.checks.standing import ENDED, last_told, news, series, silent_for
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.membership import in_edition
from reprisal_cli.pipeline.load import Loaded, load

_REST = frozenset({"published", "withheld", *ENDED})


class Carried(Struct, frozen=True):
    """A case that the edition must take up, or say why not. `why` are the reasons; `here`: it is in the edition
    already."""

    case: str
    state: str
    assignee: str
    status: str
    last: str | None
    why: tuple[str, ...]
    here: bool


class CarryOver(Struct, frozen=True):
    """The list for an edition, in order of State and case."""

    edition: Edition
    as_of: date
    read: int
    refused: int
    cases: tuple[Carried, ...]


def carry_over(start: Path, edition_id: str | None, as_of: date, silent_from: int = 2) -> CarryOver:
    """The cases that are open, that hold something newer than the edition which told them last, to which a reply is
    overdue, or of which at least `silent_from` editions said nothing. Without an id, for the last edition."""
    loaded = load(start, as_of)
    editions = loaded.workspace.editions
    own = [one for one in editions if one.of is None]
    edition = loaded.workspace.edition(edition_id or (own[-1].id if own else None))
    before = [one for one in series(editions, date.max) if one.period.last < edition.period.first]
    overdue = _overdue(loaded, as_of)
    listed = (
        _carried(case, edition, before, silent_from, overdue.get(case.id, []))
        for case in sorted(loaded.corpus.cases, key=lambda case: (case.state, case.id))
        if case.status not in ENDED
    )
    return CarryOver(edition, as_of, loaded.read, loaded.refused, tuple(one for one in listed if one.why))


def _overdue(loaded: Loaded, as_of: date) -> dict[str, list[str]]:
    workspace = loaded.workspace
    desk = Desk({one.id: one for one in workspace.editions}, workspace.settings, as_of, published=workspace.published)
    found: dict[str, list[str]] = defaultdict(list)
    for entry, item, due in waiting(index_of(map(entry_of, loaded.corpus.files)), desk):
        if due is not None and due < as_of:
            ref = loaded.corpus.by_id[entry.id].case.un_actions[item.position].ref
            found[entry.id].append(f"reply of {item.state} to {ref} overdue since {due}")
    return found


def _carried(
    case: Case, edition: Edition, before: Sequence[Edition], silent_from: int, overdue: Sequence[str]
) -> Carried:
    last = last_told(case, before)
    why = [*_open(case, last), *_new(case, before, last), *overdue]
    count = silent_for(case, before)
    if not why and last is not None and count >= silent_from and case.status != "withheld":
        why.append(f"nothing told for {count} editions: ask after it, or close it")
    here = in_edition(case, edition)
    return Carried(case.id, case.state, case.assignee or "-", case.status, last, tuple(why), here)


def _open(case: Case, last: str | None) -> Iterator[str]:
    if case.status not in _REST:
        published = bool(case.reports) or any(event.status == "published" for event in case.history)
        first = "told in no edition yet" if last is None else f"not published yet (text for {last})"
        yield "open again" if last is not None and published else f"open, {first}"


def _new(case: Case, before: Sequence[Edition], last: str | None) -> Iterator[str]:
    """What is newer than the day from which the edition that told the case last speaks."""
    told = next((one for one in before if one.id == last), None)
    if told is not None and case.status != "withheld":
        for kind, word in dict.fromkeys(news(case, told.as_of)):
            yield f"new {kind}: {word}"
