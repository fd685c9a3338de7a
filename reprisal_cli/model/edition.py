"""An edition: one issue of the report, as `templates/editions/<id>/edition.yaml` describes it."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Discriminator, Field, PlainValidator, Tag
from pydantic_core import PydanticCustomError

from reprisal_cli.model.person import Record
from reprisal_cli.model.values import (
    Day,
    EditionId,
    Language,
    Line,
    ParagraphNumber,
    Period,
    Prose,
    StateCode,
    parse_period,
)


def _reporting_period(value: object) -> Period:
    try:
        found = parse_period(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None:
        raise PydanticCustomError("bad-date", "not a period")
    return found


ReportingPeriod = Annotated[Period, PlainValidator(_reporting_period)]
"""`FROM/TO`, both included. It is data: it has moved more than once."""


class Manuscript(Record):
    """A section that drafters write: `file` lies beside `edition.yaml` or in the shared `templates/manuscript/`."""

    manuscript: Line


class CaseBlock(Record):
    """The cases of the body, a State at a time."""

    cases: Literal["main"]


class AnnexBlock(Record):
    """An annex: `new` (cases at length), `follow-up`, `mechanisms` (one annex for each family of bodies),
    `communications` (all letters, in one table), `statistics`, `index` (of States, bodies and acts), or `changes` (of a
    copy: what changed since the version of which it is one).

    `families` limits the mechanisms to these; `long` asks for the cases' text after the table.
    """

    annex: Literal["new", "follow-up", "mechanisms", "communications", "statistics", "index", "changes"]
    title: Line | None = None
    families: tuple[Line, ...] = ()
    form: Literal["table", "long"] = "table"


def _block(value: object) -> str | None:
    keys = value if isinstance(value, dict) else {}
    return next((key for key in ("manuscript", "cases", "annex") if key in keys), None)


Contents = Annotated[
    Annotated[Manuscript, Tag("manuscript")] | Annotated[CaseBlock, Tag("cases")] | Annotated[AnnexBlock, Tag("annex")],
    Discriminator(_block),
]


class NoteVerbale(Record):
    """When the States were asked (operative paragraph 14) and until when a reply was waited for."""

    date: Day | None = None
    reply_due: Day | None = None


class AgendaItem(Record):
    """An item of the agenda with its title."""

    number: ParagraphNumber
    title: Line


class Edition(Record):
    """One issue of the report. What is not known is left out, and then it is not printed.

    `order` puts cases of a State into another order than by date of receipt and id. `notice` stands on the first page
    and in every running foot.
    """

    id: EditionId
    language: Language = "en"
    symbol: Line | None = None
    body: Literal["human-rights-council", "general-assembly"] = "human-rights-council"
    of: EditionId | None = None
    session: ParagraphNumber | None = None
    session_dates: Line | None = None
    agenda: tuple[AgendaItem, ...] = ()
    title: Line
    author: Line | None = None
    title_notes: tuple[Prose, ...] = ()
    date: Day | None = None
    distribution: Line | None = None
    original_language: Line | None = None
    version: Literal["draft", "advance-unedited", "advance-edited", "final"] = "draft"
    job_number: Line | None = None
    ordinal: ParagraphNumber | None = None
    period: ReportingPeriod
    submission_deadline: Day | None = None
    note_verbale: NoteVerbale | None = None
    previous: EditionId | None = None
    mandates: tuple[Line, ...] = ()
    word_limit: ParagraphNumber | None = None
    notice: Line | None = None
    summary: Line | None = None
    order: dict[StateCode, tuple[Line, ...]] = Field(default_factory=dict)
    contents: tuple[Contents, ...]

    @property
    def as_of(self) -> datetime.date:
        """The day that the edition speaks from: its own date, which cannot lie before the end of its period."""
        return max(self.date or self.period.last, self.period.last)
