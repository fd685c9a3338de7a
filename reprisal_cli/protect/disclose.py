"""From what is known to what may be shown: the only way from cases to a document (`docs/protection.md`).

A person is shown as far as the least of three allows: the consent, the risk decision of the case, and the status of
the case. An item is told if at least one person whom it concerns may be told of; the others are left out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from msgspec.structs import replace

from reprisal_cli.model.act import Act, Cooperation, Development, Measure
from reprisal_cli.model.action import Response, UnAction
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import AnnexBlock, Edition
from reprisal_cli.model.membership import Dated, in_edition, put_for
from reprisal_cli.model.person import Person
from reprisal_cli.protect.approval import approved_in
from reprisal_cli.protect.earlier import earlier
from reprisal_cli.protect.public import (
    Audience,
    Counted,
    HeldBack,
    Level,
    PublicCase,
    PublicCorpus,
    PublicPerson,
    Scope,
    Seal,
)
from reprisal_cli.store.corpus import CaseFile, Corpus

_CONSENT: Final = {
    "public-name": Level.NAMED,
    "public-no-name": Level.DESCRIBED,
    "already-public": Level.DESCRIBED,
    "public-aggregate": Level.STATE,
    "statistics-only": Level.WORLD,
}
_USE: Final = {Audience.PUBLIC: "report", Audience.STATE: "state", Audience.ORAL: "oral", Audience.PRESS: "press"}
"""The use that a consent must cover for a document to these; the office's own papers need none."""

_RISK: Final = {
    "publish": Level.NAMED,
    "publish-withheld": Level.DESCRIBED,
    "statistics-only": Level.WORLD,
    "do-not-publish": Level.NONE,
}
NEVER_TOLD: Final = frozenset({"received", "screened", "verified", "withheld", "withdrawn", "rejected", "merged"})

Names = Mapping[tuple[str, str], str]
"""Sealed names by case id and reference, from a vault that was opened for this document."""

_NO_NAMES: Final[Names] = MappingProxyType({})

Item = TypeVar("Item", Cooperation, Act, UnAction, Response, Measure, Development)


def disclose(
    corpus: Corpus,
    edition: Edition,
    audience: Audience = Audience.PUBLIC,
    state: str = "",
    names: Names = _NO_NAMES,
    final: bool = False,
    scope: Scope = Scope.EDITION,
) -> PublicCorpus:
    """As much of the corpus as the readers of an edition may see; for the audience `state`, its own cases only.

    `names` holds sealed names: one is printed where its owner may be named, and nowhere else. `final`: a case that is
    not approved for the edition, or later, is held back and not counted.
    """
    shown: list[PublicCase] = []
    counted: list[Counted] = []
    held: list[HeldBack] = []
    of_others: list[str] = []
    away: dict[bool, list[str]] = {True: [], False: []}
    editions = corpus.workspace.editions
    symbols = _all_symbols(editions) if scope is Scope.ALL else symbols_of(edition, editions)
    for file in corpus.files:
        case = file.case
        levels = levels_of(case, symbols, audience)
        public = show(file, levels, names)
        here = _MEMBERS[scope](case, edition)
        if state and state not in case.states:
            of_others.append(case.id)
        elif not here and any(in_edition(case, known) for known in editions):
            away[True].append(case.id)
        elif here and final and not approved_in(case, edition):
            held.append(HeldBack(case.id, f"status {case.status}, not approved for this edition"))
        else:
            counted += _counted(case, levels) if here else ()
            if reason := why_held(case, levels):
                held.append(HeldBack(case.id, reason))
            elif here and not _MEMBERS[scope](public, edition):
                held.append(HeldBack(case.id, "nothing of it may be told here"))
            elif here:
                shown.append(public)
            else:
                away[False].append(case.id)
    return PublicCorpus(
        Seal(),
        edition,
        corpus.workspace.editions,
        audience,
        _only_told_covers(shown),
        tuple(counted),
        tuple(held),
        elsewhere=tuple(away[True]),
        nowhere=tuple(away[False]),
        user_states=dict(corpus.workspace.settings.states),
        of_others=tuple(of_others),
        scope=scope,
        copied=tuple(_copied(corpus, edition, audience)),
        earlier={} if state else earlier(corpus, edition, lambda file, one: _told_in(file, one, corpus, audience)),
    )


def _copied(corpus: Corpus, edition: Edition, audience: Audience) -> Iterator[Counted]:
    for original in corpus.workspace.editions:
        counts = any(isinstance(item, AnnexBlock) and item.annex == "statistics" for item in original.contents)
        if original.id == edition.of and counts:
            symbols = symbols_of(original, corpus.workspace.editions)
            for case in corpus.cases:
                if in_edition(case, original):
                    yield from _counted(case, levels_of(case, symbols, audience))


def _told_in(file: CaseFile, edition: Edition, corpus: Corpus, audience: Audience) -> PublicCase | None:
    levels = levels_of(file.case, symbols_of(edition, corpus.workspace.editions), audience)
    return None if why_held(file.case, levels) else show(file, levels)


_MEMBERS: Final[Mapping[Scope, Callable[[Dated, Edition], bool]]] = MappingProxyType(
    {Scope.EDITION: in_edition, Scope.PUT: put_for, Scope.ALL: lambda case, edition: True}
)


def _all_symbols(editions: Iterable[Edition]) -> frozenset[str]:
    return frozenset(edition.symbol for edition in editions if edition.symbol)


# --- persons --------------------------------------------------------------------------------------------------------


def levels_of(case: Case, symbols: frozenset[str], audience: Audience = Audience.PUBLIC) -> dict[str, Level]:
    """How far each person of a case may be shown in a document with these symbols."""
    return {person.ref: _level(case, person, symbols, audience) for person in case.persons}


def symbols_of(edition: Edition, editions: Iterable[Edition]) -> frozenset[str]:
    """The edition's symbol, and that of the edition of which it is the copy: they have one text."""
    names = {edition.id, edition.of}
    return frozenset(other.symbol for other in (edition, *editions) if other.id in names and other.symbol)


def _level(case: Case, person: Person, symbols: frozenset[str], audience: Audience) -> Level:
    consent = person.consent
    level = _CONSENT.get(consent.level, Level.NONE)
    if consent.level == "already-public":
        if not symbols & set(consent.source):
            return Level.NONE
    elif audience in _USE and _USE[audience] not in consent.uses:
        return Level.NONE
    elif audience is Audience.STATE and level < Level.DESCRIBED:
        return Level.NONE
    return min(level, _cap(case, consent.level))


def _cap(case: Case, level: str) -> Level:
    """How far the status and the risk decision of the case allow anything to be shown."""
    if case.status in NEVER_TOLD:
        return Level.NONE
    if case.risk is None:
        return Level.NAMED if level == "already-public" else Level.NONE
    return _RISK[case.risk.decision]


def why_held(case: Case, levels: dict[str, Level]) -> str:
    """Why a case is not told, or nothing if it is."""
    if case.status in NEVER_TOLD:
        return f"status {case.status}"
    if not case.persons:
        cap = _cap(case, "")
        return "" if cap >= Level.DESCRIBED else _risk_reason(case)
    if any(level >= Level.DESCRIBED for level in levels.values()):
        return ""
    consents = sorted({person.consent.level for person in case.persons})
    allowed = [level for level in consents if _CONSENT.get(level, Level.NONE) >= Level.DESCRIBED]
    if not allowed:
        return f"consent {' and '.join(consents)}"
    if any(_cap(case, level) >= Level.DESCRIBED for level in allowed):
        return "consent does not cover this document"
    return _risk_reason(case)


def _risk_reason(case: Case) -> str:
    return f"risk decision {case.risk.decision}" if case.risk else "no risk decision"


def _person(person: Person, level: Level, sealed: str | None) -> PublicPerson:
    known = sealed if person.name == "sealed" else person.name if person.named_in_clear else None
    name = known if level is Level.NAMED else None
    return PublicPerson(
        ref=person.ref,
        kind=person.kind,
        roles=person.roles,
        gender=person.gender,
        count=person.count,
        limb=person.limb,
        shown=person.described if name is None else name,
        withheld=name is None and (person.named_in_clear or person.name in ("sealed", "withheld")),
    )


def _already_public(case: Case) -> bool:
    return all(person.consent.level == "already-public" for person in case.persons)


def _counted(case: Case, levels: dict[str, Level]) -> Iterable[Counted]:
    public = _already_public(case)
    for person in case.persons:
        level = levels[person.ref]
        if level >= Level.WORLD:
            states = case.states if level >= Level.STATE else ()
            acts = frozenset(act.type for act in case.acts if not act.persons or person.ref in act.persons)
            told = level >= Level.DESCRIBED
            yield Counted(case.id, person.ref, states, person.kind, person.gender, person.count, acts, told, public)


# --- cases ----------------------------------------------------------------------------------------------------------


def show(file: CaseFile, levels: dict[str, Level], names: Names = _NO_NAMES) -> PublicCase:
    """As much of a case as these levels allow. It becomes part of a document through `disclose` alone."""
    case = file.case
    told = frozenset(ref for ref, level in levels.items() if level >= Level.DESCRIBED)
    whole = not case.persons
    actions = _items(tuple(action for action in case.un_actions if not action.confidential), told, whole)
    secret = [at for at, action in enumerate(case.un_actions) if action.confidential]
    untold = {action.ref for action in case.un_actions} - {action.ref for action in actions}
    responses = tuple(response for response in case.responses if response.to not in untold)
    return PublicCase(
        id=case.id,
        path=file.path,
        record=case.record,
        state=case.state,
        also_states=case.also_states,
        status=case.status,
        received=case.received,
        persons=tuple(
            _person(person, levels[person.ref], names.get((case.id, person.ref)))
            for person in case.persons
            if person.ref in told
        ),
        cooperation=_items(case.cooperation, told, whole),
        acts=tuple(act.model_copy(update={"sources": ()}) for act in _items(case.acts, told, whole)),
        effects=case.effects if told or whole else (),
        un_actions=actions,
        responses=tuple(item.model_copy(update={"document": None}) for item in _items(responses, told, whole)),
        measures=tuple(item.model_copy(update={"sources": ()}) for item in _items(case.measures, told, whole)),
        developments=tuple(item.model_copy(update={"sources": ()}) for item in _items(case.developments, told, whole)),
        text=case.text,
        reports=case.reports,
        public=_already_public(case),
        complete=len(told) == len(case.persons),
        positions={
            "cooperation": _positions(case.cooperation, told, whole),
            "acts": _positions(case.acts, told, whole),
            "un_actions": tuple(at for at in _positions(case.un_actions, told, whole) if at not in secret),
            "responses": tuple(
                at for at in _positions(case.responses, told, whole) if case.responses[at].to not in untold
            ),
            "measures": _positions(case.measures, told, whole),
            "developments": _positions(case.developments, told, whole),
        },
    )


def _items(items: tuple[Item, ...], told: frozenset[str], whole: bool) -> tuple[Item, ...]:
    """The items that concern somebody who may be told of, each without the others."""
    if whole:
        return items
    out: list[Item] = []
    for item in items:
        if not item.persons:
            if told:
                out.append(item)
        elif kept := tuple(ref for ref in item.persons if ref in told):
            out.append(item if kept == item.persons else item.model_copy(update={"persons": kept}))
    return tuple(out)


def _positions(items: tuple[Item, ...], told: frozenset[str], whole: bool) -> tuple[int, ...]:
    """Where the items that `_items` keeps stand in the file."""
    kept = (at for at, item in enumerate(items) if whole or (told & set(item.persons) if item.persons else told))
    return tuple(kept)


def _only_told_covers(cases: list[PublicCase]) -> tuple[PublicCase, ...]:
    """A reply that covers several cases names only those that are told here."""
    ids = {case.id for case in cases}
    return tuple(_with_covers(case, ids) for case in cases)


def _with_covers(case: PublicCase, ids: set[str]) -> PublicCase:
    if not any(response.covers for response in case.responses):
        return case
    responses = tuple(
        response.model_copy(update={"covers": tuple(name for name in response.covers if name in ids)})
        for response in case.responses
    )
    return replace(case, responses=responses)
