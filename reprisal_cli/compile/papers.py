"""What the documents beside the report have in common: a first page without a symbol, and small blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.front import front_matter
from reprisal_cli.compile.sentences import Sentences
from reprisal_cli.compile.tree import Cell, Front, Heading, Inline, Origin, Para, Table, Text
from reprisal_cli.protect.public import PublicCase

GENERATED = Origin(generated=True)


def paper_front(frame: Frame, title: str, **fields: str) -> Front:
    """The first page of a working paper: of the edition only its notice, since it is no document with a symbol."""
    front = front_matter(frame, ())
    empty = dict.fromkeys(("symbol", "version", "distribution", "date", "original", "body", "session"), "")
    plain = replace(front, **empty, session_dates="", agenda="", agenda_titles=(), author="", title_notes=())
    organ = frame.say.word("papers.organ")
    return replace(plain, organ=organ, title=title, job_number="", contents=False, **fields)


def case_origin(case: PublicCase, name: str = "", index: int | None = None) -> Origin:
    """Where something made from a case comes from: the case, one of its lists, or an item of it."""
    route = () if not name else (name,) if index is None else case.route(name, index)
    return Origin(case.path, case=case.id, route=route, generated=True)


def made(key: str, inlines: tuple[Inline, ...], origin: Origin = GENERATED, **more: Any) -> Para:
    """A paragraph that nobody typed."""
    return Para(key, inlines, origin=origin, **more)


def section(key: str, title: str) -> Heading:
    """A heading of the first level."""
    return Heading(f"h_{key}", 1, (Text(title),), origin=Origin(generated=True))


def words_of(say: Sentences, prefix: str, *names: str) -> tuple[Cell, ...]:
    """The head of a table: words of one section of the sentences."""
    return tuple((Text(say.word(f"{prefix}.{name}")),) for name in names)


def listing(
    key: str,
    head: tuple[Cell, ...],
    rows: Sequence[tuple[tuple[Cell, ...], Origin]],
    widths: tuple[float, ...],
    caption: tuple[Inline, ...] = (),
) -> Table:
    """A table of rows, each with where it comes from."""
    cells, origins = tuple(row for row, _ in rows), tuple(origin for _, origin in rows)
    return Table(key, head, cells, widths, caption, Origin(generated=True), origins)
