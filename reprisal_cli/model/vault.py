"""What lies sealed in the vault for one case (`docs/vault.md`): the record inside an age file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reprisal_cli.model.person import OneOrMore, Record
from reprisal_cli.model.values import CaseId, Line, PersonRef, Prose, SourceRef


class Sealed(Record):
    """A record that shows nothing of itself: not in a message, not in a traceback."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__


class SealedPerson(Sealed):
    """Who a person of the case is. `latin` is the spelling that a document in Latin letters prints, if `name` is in
    other letters; `spellings` are other ways to write the name, for the scan of documents; `evidence` shows that the
    consent was given."""

    name: Line
    latin: Line | None = None
    spellings: Annotated[tuple[Line, ...], OneOrMore] = ()
    contact: Annotated[tuple[Line, ...], OneOrMore] = ()
    evidence: Annotated[tuple[Prose, ...], OneOrMore] = ()


class SealedSource(Sealed):
    """Who a source of the case is."""

    identity: Line
    spellings: Annotated[tuple[Line, ...], OneOrMore] = ()
    contact: Annotated[tuple[Line, ...], OneOrMore] = ()


class SealedCase(Sealed):
    """The file of one case. `case` is its id, so that a file moved to another case is refused."""

    case: CaseId
    persons: dict[PersonRef, SealedPerson] = Field(default_factory=dict)
    sources: dict[SourceRef, SealedSource] = Field(default_factory=dict)
