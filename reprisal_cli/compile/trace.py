"""Where a case was printed: read from what stands beside each document that was built, and from `reports`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from reprisal_cli.compile.communications import communication_blocks
from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.mechanisms import families_of, mechanism_blocks, title
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.tree import Block, Places, Table, walk_inlines
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import AnnexBlock

_BLANK = re.compile(r"\n\s*\n")


class Printed(Struct, frozen=True):
    """One place: paragraphs of a part, rows of a table, or figures. `where` is `published` (an entry of `reports`),
    the name of a file under build/, or `tables` (as the case stands now). `about` are the paragraphs among `numbers`
    whose text refers to the person by reference; the others may still speak of it."""

    edition: str
    where: str
    part: str
    kind: str  # paragraphs | rows | figures
    numbers: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    about: tuple[int, ...] = ()


def published(case: Case) -> Iterator[Printed]:
    """The entries of `reports` that were built here."""
    for entry in case.reports:
        if entry.built:
            yield Printed(entry.edition, "published", entry.part or "", "paragraphs", entry.paras, (entry.symbol,))


def in_map(data: Mapping[str, Any], edition: str, where: str, case: Case, ref: str) -> Iterator[Printed]:
    """The paragraphs of a case in a document that was built, part by part, then the rows of its tables that say from
    which case they come."""
    entries = [one for one in data.get("paragraphs", ()) if one.get("case") == case.id]
    for part in dict.fromkeys(str(one["part"]) for one in entries):
        mine = [one for one in entries if one["part"] == part]
        numbers = tuple(one["number"] for one in mine if isinstance(one.get("number"), int))
        about = tuple(one["number"] for one in mine if isinstance(one.get("number"), int) and _refers(one, case, ref))
        yield Printed(edition, where, part, "paragraphs", numbers, (), about)
    for table in data.get("tables", ()):
        rows = tuple(row["row"] for row in table.get("rows", ()) if row.get("case") == case.id)
        if rows:
            yield Printed(edition, where, str(table["id"]), "rows", rows)


def in_figures(data: Mapping[str, Any], edition: str, where: str, case_id: str) -> Iterator[Printed]:
    """The figures of a document whose proof has the case."""
    names = tuple(f"{one.get('id')}: {one.get('query')}" for one in data.get("figures", ()) if case_id in one["cases"])
    if names:
        yield Printed(edition, where, "", "figures", (), names)


def in_tables(told: Iterable[Told], frame: Frame, case_id: str) -> Iterator[Printed]:
    """The rows of a case in the annexes by mechanism and in the table of communications, as it stands now."""
    told = tuple(told)
    for item in frame.edition.contents:
        if not isinstance(item, AnnexBlock):
            continue
        if item.annex == "mechanisms":
            for family in item.families or families_of(told):
                blocks = mechanism_blocks(told, family, frame, long=False)
                yield from _rows(blocks, title(family, frame), frame, case_id)
        elif item.annex == "communications":
            name = item.title or frame.say.word("annex.communications")
            yield from _rows(communication_blocks(told, frame), name, frame, case_id)


def _rows(blocks: Iterable[Block], name: str, frame: Frame, case_id: str) -> Iterator[Printed]:
    for table in (block for block in blocks if isinstance(block, Table)):
        rows = tuple(number for number, row in enumerate(table.rows, 1) if _row_of(row, case_id))
        if rows:
            yield Printed(frame.edition.id, "tables", name, "rows", rows)


def _row_of(row: Iterable[Any], case_id: str) -> bool:
    return any(isinstance(node, Places) and case_id in node.cases for cell in row for node in walk_inlines(cell))


def _refers(entry: Mapping[str, Any], case: Case, ref: str) -> bool:
    """Whether a paragraph's own text refers to the person; a sentence made from fields may always."""
    route = entry.get("route") or []
    if entry.get("generated") or len(route) != 3 or route[0] != "text" or route[1] not in case.text:
        return True
    text = case.text[route[1]]
    passages = _BLANK.split((text.main if route[2] == "main" else text.annex) or "")
    index = str(entry.get("id", "")).rpartition("_")[2]
    if not index.isdigit() or not 0 < int(index) <= len(passages):
        return True
    return f"{{{ref}}}" in passages[int(index) - 1]
