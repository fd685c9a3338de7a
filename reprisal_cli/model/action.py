"""What United Nations actors did about a case, and what the State answered."""

from __future__ import annotations

from typing import Annotated

from reprisal_cli.model.person import Record
from reprisal_cli.model.values import (
    ActionRef,
    AsOf,
    BodyId,
    CaseId,
    Day,
    FileName,
    Language,
    Line,
    PersonRef,
    Prose,
    ResponseRef,
    StateCode,
    WhenField,
    Word,
    YesNo,
)


class UnAction(Record):
    """What a United Nations actor did (operative paragraphs 10, 11 and 13).

    `number` is that of a communication (`XXA 1/2025`), the symbol of a document with its paragraphs, or
    `note-verbale:EDITION`. `to` are the States it was put to: that is what "transmitted" means (operative 14). A
    confidential action is in no document.
    """

    ref: ActionRef
    by: tuple[BodyId, ...] = ()
    kind: Annotated[str, Word("un-action-kinds")] | None = None
    letter: Annotated[str, Word("letters")] | None = None
    number: Line | None = None
    persons: tuple[PersonRef, ...] = ()
    date: WhenField = ()
    to: tuple[StateCode, ...] = ()
    reply_due: Day | None = None
    confidential: YesNo = False


class Response(Record):
    """The State's own account, or the record that none had come (operative paragraph 14).

    `to` is the action that it answers. `summary` is the clause after "stating that", in the language of the edition;
    `language` is that of the reply as received. `covers` are other cases that the same reply answers.
    """

    ref: ResponseRef
    to: ActionRef | None = None
    state: StateCode
    persons: tuple[PersonRef, ...] = ()
    date: WhenField = ()
    none_as_of: AsOf | None = None
    covers: tuple[CaseId, ...] = ()
    kinds: tuple[Annotated[str, Word("response-kinds")], ...] = ()
    addresses_reprisal: Annotated[str, Word("addresses")] | None = None
    language: Language | None = None
    document: FileName | None = None
    summary: Prose | None = None
