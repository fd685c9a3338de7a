"""Whether a case was approved for an edition: what a document for publication takes."""

from __future__ import annotations

from typing import Final

from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition

APPROVED: Final = frozenset({"approved", "published", "follow-up", "closed"})


def approved_in(case: Case, edition: Edition) -> bool:
    """Whether a case was approved for an edition: it is approved, with sign-offs of text and of safety for it; or it
    was published in it. A case without history needs no sign-offs."""
    editions = {edition.id, edition.of}
    if not case.history:
        return case.status in APPROVED
    signed = {one.of for one in case.signoffs if one.edition in editions}
    if case.status == "approved" and signed >= {"text", "safety"}:
        return True
    return any(entry.edition in editions for entry in case.reports) and _published_by_then(case, edition)


def _published_by_then(case: Case, edition: Edition) -> bool:
    """Whether the life of a case has a publication after the edition's period: an entry of `reports` that was typed in
    beforehand opens no gate. One that was published before its history began has none for it."""
    first = case.history[0]
    began = first.date if first.status in ("published", "follow-up") else None
    steps = [event.date for event in case.history if event.status == "published"]
    return any(day > edition.period.last for day in (*steps, *([began] if began else [])))
