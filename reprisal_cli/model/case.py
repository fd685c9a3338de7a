"""The case: one file, for as long as the case lives."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reprisal_cli.model.act import Act, Cooperation, Corroboration, Development, Measure, Risk, Source
from reprisal_cli.model.action import Response, UnAction
from reprisal_cli.model.person import Person, Record
from reprisal_cli.model.values import (
    CaseId,
    Day,
    Digest,
    EditionId,
    Line,
    ParagraphNumber,
    Prose,
    StateCode,
    Word,
    YesNo,
)


class EditionText(Record):
    """The drafted words for one edition: short ones for the body, long ones for the annex, in the marks of
    `compile/prose.py`. `place` is where the long text stands, if the rule of places gives another."""

    place: Annotated[str, Word("places")] | None = None
    main: Prose | None = None
    annex: Prose | None = None


class ReportPlace(Record):
    """A place where the case was published. `part` and `paras` are left out where unknown."""

    edition: EditionId
    symbol: Line
    part: Annotated[str, Word("parts")] | None = None
    paras: tuple[ParagraphNumber, ...] = ()
    state: StateCode | None = None
    built: YesNo = False


class Signoff(Record):
    """Somebody's approval, bound by `digest` to what it covers in that edition."""

    edition: EditionId
    of: Annotated[str, Word("signoff-subjects")]
    by: Line
    date: Day
    digest: Digest


class Event(Record):
    """One step of the life cycle."""

    date: Day
    status: Annotated[str, Word("statuses")]
    by: Line
    reason: Line | None = None


class Case(Record):
    """One case (`docs/case-format.md`). The order of the fields is the order of the keys in a file."""

    id: CaseId
    title: Line
    record: Annotated[str, Word("records")]
    state: StateCode
    also_states: tuple[StateCode, ...] = ()
    status: Annotated[str, Word("statuses")]
    received: Day | None = None
    assignee: Line | None = None
    persons: tuple[Person, ...] = ()
    cooperation: tuple[Cooperation, ...]
    acts: tuple[Act, ...] = ()
    effects: tuple[Annotated[str, Word("effects")], ...] = ()
    sources: tuple[Source, ...] = ()
    corroboration: Corroboration | None = None
    risk: Risk | None = None
    un_actions: tuple[UnAction, ...] = ()
    responses: tuple[Response, ...] = ()
    measures: tuple[Measure, ...] = ()
    developments: tuple[Development, ...] = ()
    text: dict[EditionId, EditionText] = Field(default_factory=dict)
    reports: tuple[ReportPlace, ...] = ()
    signoffs: tuple[Signoff, ...] = ()
    history: tuple[Event, ...] = ()
    merged_into: CaseId | None = None
    merged_from: tuple[CaseId, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """The State concerned, then the others."""
        return (self.state, *self.also_states)

    def person(self, ref: str) -> Person | None:
        """The person of that reference."""
        return next((person for person in self.persons if person.ref == ref), None)

    @property
    def text_refs(self) -> frozenset[str]:
        """What a text can refer to: persons, actions and responses."""
        persons = {item.ref for item in self.persons}
        return frozenset(persons | {item.ref for item in self.un_actions} | {item.ref for item in self.responses})

    @property
    def follows_up(self) -> bool:
        """Whether `reports` shows that it was published before, so that it needs no act of its own."""
        return bool(self.reports)
