"""`reprisal case list`: which cases a question is about."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reprisal_cli.checks.desk import Desk, entry_of, index_of
from reprisal_cli.checks.due import due
from reprisal_cli.checks.overdue import replies_overdue
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.membership import in_edition
from reprisal_cli.pipeline.load import Loaded
from reprisal_cli.register.bodies import bodies, families
from reprisal_cli.register.lists import hint_for
from reprisal_cli.register.words import words
from reprisal_cli.store.corpus import CaseFile

NOBODY = "-"


class Filter(Struct, frozen=True):
    """What is asked for, all of it together; what is None is not asked. `body` is a body or a family, `act` an act or a
    group of acts, `text` words in the title or in a drafted text."""

    state: str | None = None
    statuses: tuple[str, ...] = ()
    edition: str | None = None
    assignee: str | None = None
    body: str | None = None
    act: str | None = None
    overdue: bool = False
    text: str | None = None


def listed(loaded: Loaded, wanted: Filter, now: date) -> list[CaseFile]:
    """The case files that fit, by id. Raises ReprisalError for a body or an act that there is none of."""
    editions = {one.id: one for one in loaded.workspace.editions}
    edition = editions.get(wanted.edition or "")
    by_bodies, types = _bodies(wanted.body), _acts(wanted.act)
    late = _late(loaded, editions, now) if wanted.overdue else frozenset[str]()
    found = [
        file
        for file in loaded.corpus.files
        if _fits(file.case, wanted, edition)
        and (by_bodies is None or not by_bodies.isdisjoint(_of(file.case)))
        and (types is None or any(act.type in types for act in file.case.acts))
        and (not wanted.overdue or file.case.id in late)
    ]
    return sorted(found, key=lambda file: file.case.id)


def _fits(case: Case, wanted: Filter, edition: Edition | None) -> bool:
    if wanted.edition is not None:
        told = {*case.text, *(entry.edition for entry in case.reports)}
        if wanted.edition not in told and not (edition is not None and in_edition(case, edition)):
            return False
    return (
        wanted.state in (None, *case.states)
        and (not wanted.statuses or case.status in wanted.statuses)
        and wanted.assignee in (None, case.assignee or NOBODY)
        and (wanted.text is None or _says(case, wanted.text.casefold()))
    )


def _says(case: Case, sought: str) -> bool:
    texts = [case.title, *(part or "" for text in case.text.values() for part in (text.main, text.annex))]
    return any(sought in " ".join(text.split()).casefold() for text in texts)


def _of(case: Case) -> set[str]:
    """The bodies that the persons cooperated with, and those that did something about it."""
    return {item.body for item in case.cooperation} | {body for action in case.un_actions for body in action.by}


def _bodies(given: str | None) -> frozenset[str] | None:
    if given is None:
        return None
    if given in families():
        return frozenset(body for body in bodies() if bodies().family(body) == given)
    if given not in bodies():
        hint = f"{hint_for('bodies', given)} (or a family: {', '.join(families())})"
        raise ReprisalError("--body: there is no such body", hint)
    return frozenset({given})


def _acts(given: str | None) -> frozenset[str] | None:
    if given is None:
        return None
    known = words("acts")
    if given in known.groups:
        return frozenset(slug for slug in known if known.group(slug) == given)
    if given not in known:
        hint = f"{hint_for('acts', given)} (or a group: {', '.join(known.groups)})"
        raise ReprisalError("--act: this word is not in the list `acts`", hint)
    return frozenset({given})


def _late(loaded: Loaded, editions: dict[str, Edition], now: date) -> frozenset[str]:
    """The cases with a reply that is overdue, or with a consent or a decision on the risk past its day."""
    desk = Desk(editions, loaded.workspace.settings, now)
    index = index_of(map(entry_of, loaded.corpus.files))
    past = {one.case for one in due(loaded.corpus, now, 0) if one.day < now}
    return frozenset(past | {entry.id for entry, _, _ in replies_overdue(index, desk)})
