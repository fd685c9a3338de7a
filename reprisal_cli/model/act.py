"""What was done, with whom the person cooperated, and how that is known."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reprisal_cli.model.person import Record
from reprisal_cli.model.values import (
    ActRef,
    BodyId,
    Day,
    ItemRef,
    Line,
    PersonRef,
    Prose,
    SourceRef,
    StateCode,
    WhenField,
    Word,
    YesNo,
)


class Cooperation(Record):
    """What was done, or thought to be done, with the United Nations (resolution 12/2; operative paragraphs 2 and 4).

    `persons`, here and in every item of a case: whom it concerns; all if left out.
    """

    ref: ItemRef | None = None
    body: BodyId
    persons: tuple[PersonRef, ...] = ()
    mode: Annotated[str, Word("cooperation-modes")] | None = None
    timing: Annotated[str, Word("timings")] | None = None
    date: WhenField = ()
    online: YesNo | None = None
    link: Annotated[str, Word("links")] | None = None


class Actor(Record):
    """Who is said to have done it, State or non-State (operative paragraph 2); `state`: the State whose actor."""

    class_: Annotated[str, Word("actor-classes")] = Field(alias="class")
    kind: Annotated[str, Word("actor-kinds")] | None = None
    state: StateCode | None = None


class Finding(Record):
    """The body that found an allegation to be so, and where."""

    body: BodyId
    reference: Line | None = None


class Act(Record):
    """An act of intimidation or reprisal, as alleged unless `assertion` says otherwise (operative paragraphs 2 and 9).

    `with` goes with `found-by-body`: the body and the document.
    """

    ref: ActRef | None = None
    type: Annotated[str, Word("acts")]
    persons: tuple[PersonRef, ...] = ()
    date: WhenField = ()
    mode: Annotated[str, Word("act-modes")] | None = None
    actor: Actor | None = None
    state_role: Annotated[str, Word("state-roles")] | None = None
    assertion: Annotated[str, Word("assertions")] = "alleged"
    with_: Finding | None = Field(default=None, alias="with")
    qualifiers: tuple[Annotated[str, Word("act-qualifiers")], ...] = ()
    sources: tuple[SourceRef, ...] = ()


class Source(Record):
    """Where information came from (operative paragraph 9). Its identity is in the vault or public, never here."""

    ref: SourceRef
    kind: Annotated[str, Word("source-kinds")]
    received: Day | None = None
    first_hand: YesNo | None = None
    identity: Annotated[str, Word("source-identities")] | None = None
    public: Line | None = None
    persons: tuple[PersonRef, ...] = ()


class Corroboration(Record):
    """How far the information was checked and corroborated (operative paragraph 9)."""

    status: Annotated[str, Word("corroboration-statuses")]
    by: Line | None = None
    date: Day | None = None
    standard: Annotated[str, Word("corroboration-standards")] | None = None
    note: Prose | None = None


class Risk(Record):
    """The decision whether telling the case could do harm (preambular paragraph 11). It caps every consent."""

    date: Day
    by: Line
    if_published: Annotated[str, Word("risk-levels")] | None = None
    mitigations: tuple[Annotated[str, Word("mitigations")], ...] = ()
    decision: Annotated[str, Word("risk-decisions")]
    review_by: Day | None = None


class Measure(Record):
    """What the State did about it (operative paragraphs 3, 6 and 8)."""

    ref: ItemRef | None = None
    type: Annotated[str, Word("measures")]
    persons: tuple[PersonRef, ...] = ()
    date: WhenField = ()
    status: Annotated[str, Word("measure-statuses")] | None = None
    sources: tuple[SourceRef, ...] = ()


class Development(Record):
    """What has happened to the persons since (operative paragraph 14: regularly updated)."""

    ref: ItemRef | None = None
    date: WhenField
    kind: Annotated[str, Word("development-kinds")]
    persons: tuple[PersonRef, ...] = ()
    effect: Annotated[str, Word("development-effects")] | None = None
    sources: tuple[SourceRef, ...] = ()
