"""What may be shown, as types: `compile` takes a `PublicCorpus` and nothing else (principle 1 of the architecture)."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from enum import IntEnum, StrEnum
from typing import final

from msgspec import Struct, field
from msgspec.structs import replace

from reprisal_cli.model.act import Act, Cooperation, Development, Measure
from reprisal_cli.model.action import Response, UnAction
from reprisal_cli.model.case import EditionText, ReportPlace
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.values import Count


class Audience(StrEnum):
    """Who reads or hears the document: everyone, one State (its letter), the Council (the oral presentation), the
    press, or the office itself."""

    PUBLIC = "public"
    STATE = "state"
    ORAL = "oral"
    PRESS = "press"
    INTERNAL = "internal"


class Scope(StrEnum):
    """Which cases a document takes up: those of its edition; those that are put to a State for that edition, from the
    day on which they are cleared; or those of all editions and of none."""

    EDITION = "edition"
    PUT = "put"
    ALL = "all"


class Level(IntEnum):
    """How far one person may be shown; each level includes those below it."""

    NONE = 0
    WORLD = 1  # in figures of the whole world only
    STATE = 2  # in tables and counts of a State too
    DESCRIBED = 3  # told, without name
    NAMED = 4


class PublicPerson(Struct, frozen=True):
    """A person who may be told of. `shown` is the name or the words that stand for it: the one decision that all texts,
    tables and file names use. `withheld` says that a name is known and not printed."""

    ref: str
    kind: str
    roles: tuple[str, ...]
    gender: str
    count: Count
    limb: str | None
    shown: str
    withheld: bool


class Counted(Struct, frozen=True):
    """A person who may be counted. `states` is empty for one who counts in world figures only; `told` says that the
    report tells of the person, `public` that everyone in the case is already public (`protect/small_numbers.py`).
    `ref` is the person's in the case."""

    case: str
    ref: str
    states: tuple[str, ...]
    kind: str
    gender: str
    count: Count
    acts: frozenset[str]
    told: bool
    public: bool

    @property
    def key(self) -> tuple[str, str]:
        """Who it is, in all numbers of an edition."""
        return self.case, self.ref


class PublicCase(Struct, frozen=True):
    """As much of a case as its readers may see: no title, source, note, sign-off, document or confidential action."""

    id: str
    path: str
    record: str
    state: str
    also_states: tuple[str, ...]
    status: str
    received: date | None
    persons: tuple[PublicPerson, ...]
    cooperation: tuple[Cooperation, ...]
    acts: tuple[Act, ...]
    effects: tuple[str, ...]
    un_actions: tuple[UnAction, ...]
    responses: tuple[Response, ...]
    measures: tuple[Measure, ...]
    developments: tuple[Development, ...]
    text: Mapping[str, EditionText]
    reports: tuple[ReportPlace, ...]
    public: bool
    """Whether everyone in it is already public, so that numbers of its persons are no secret."""
    complete: bool
    """Whether its readers may be told of everyone in it: else its drafted words may tell more than they may see."""
    positions: Mapping[str, tuple[int, ...]]
    """For each list of items, where those that are shown stand in the file: what is printed is traced to its field."""

    def route(self, name: str, index: int) -> tuple[str, int]:
        """The way to an item in the case file, from its place in the list here."""
        return name, self.positions[name][index]

    @property
    def states(self) -> tuple[str, ...]:
        """The State under which it is told, then the others."""
        return (self.state, *self.also_states)

    @property
    def text_refs(self) -> frozenset[str]:
        """What a text can refer to: persons, actions and responses."""
        persons = {item.ref for item in self.persons}
        return frozenset(persons | {item.ref for item in self.un_actions} | {item.ref for item in self.responses})


class HeldBack(Struct, frozen=True):
    """A case that belongs in the edition and may not be told, with the reason in words of the desk."""

    id: str
    reason: str


class Seal:
    """What only `disclose` has: a `PublicCorpus` cannot be made without it."""

    __slots__ = ()


@final
class PublicCorpus(Struct, frozen=True):
    """The cases of one edition that one audience may see. `elsewhere` are the ids of cases that belong to other
    editions, `of_others` those of other States (in a document for one State), `nowhere` those that belong to no edition
    yet, `held_back` those that may not be told; with `cases` they are all that was read."""

    seal: Seal
    edition: Edition
    editions: tuple[Edition, ...]
    audience: Audience
    cases: tuple[PublicCase, ...]
    counted: tuple[Counted, ...]
    held_back: tuple[HeldBack, ...]
    elsewhere: tuple[str, ...]
    nowhere: tuple[str, ...]
    user_states: Mapping[str, str]
    of_others: tuple[str, ...] = ()
    scope: Scope = Scope.EDITION
    earlier: Mapping[str, tuple[PublicCase, ...]] = field(default_factory=dict)
    """The cases that each earlier edition told, by its id, for trends; empty where the edition has no statistics."""
    copied: tuple[Counted, ...] = ()
    """Those whom the edition counts of which this one is the copy: readers have both, and subtract. Empty
    where that one has no statistics."""

    def only(self, ids: Container[str]) -> PublicCorpus:
        """The same with these of its cases alone; the others count as belonging elsewhere."""
        left = tuple(case.id for case in self.cases if case.id not in ids)
        kept = tuple(case for case in self.cases if case.id in ids)
        return replace(self, cases=kept, elsewhere=(*self.elsewhere, *left))
