"""What checks look at: a case file, or the index of all cases; and the desk they sit at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple
from zlib import crc32

from msgspec import Struct, field
from msgspec.structs import replace

from reprisal_cli.checks.cycle import silent, to_be_heard
from reprisal_cli.checks.hearing import Unheard, unheard
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.practice import NOTHING, Registers
from reprisal_cli.model.prose import references
from reprisal_cli.model.prose_nodes import Reference
from reprisal_cli.model.settings import Settings
from reprisal_cli.model.values import When
from reprisal_cli.store.corpus import CaseFile
from reprisal_cli.store.manuscripts import read_manuscripts
from reprisal_cli.store.published import Published
from reprisal_cli.store.workspace import Workspace


class Desk(Struct, frozen=True):
    """What a check needs beside its subject: the workspace's editions and settings, and the day it is asked on."""

    editions: Mapping[str, Edition]
    settings: Settings
    as_of: date
    manuscripts: Mapping[str, Mapping[str, str]] | None = None
    """By edition and path, where they have been read."""
    registers: Registers = NOTHING
    published: Mapping[str, Published] = field(default_factory=dict)
    """The records of the editions that are frozen, by edition."""
    unread: frozenset[str] = frozenset()
    """The ids of editions that are there and cannot be read, and the name of the settings where they cannot: faults of
    their own."""


def desk_of(workspace: Workspace, as_of: date) -> Desk:
    """The desk of a workspace for whoever looks at one case by itself."""
    return Desk(
        {edition.id: edition for edition in workspace.editions},
        workspace.settings,
        as_of,
        published=workspace.published,
        unread=workspace.unread,
    )


def whole_desk_of(workspace: Workspace, as_of: date) -> Desk:
    """The same for whoever looks at all: with the manuscripts and the registers."""
    desk = desk_of(workspace, as_of)
    return replace(desk, manuscripts=read_manuscripts(workspace), registers=workspace.registers)


class Told(NamedTuple):
    """A dated reply as a case tells it: the place of the response, who replied, when, to which number, and a checksum
    of the summary, which itself may say too much to be kept."""

    position: int
    state: str
    date: str
    number: str
    words: int


class Entry(Struct, frozen=True):
    """The facts of one case that checks of several cases need; small, so that many fit."""

    path: str
    id: str
    state: str
    status: str
    merged_into: str
    covers: tuple[tuple[int, str], ...]
    """The position of each response with the id of a case that it covers."""
    mentions: tuple[tuple[str, str, str], ...]
    """Edition, field of its text, and id of each case that the text refers to."""
    editions: tuple[str, ...]
    states: tuple[str, ...] = ()
    replied: tuple[tuple[int, str, str], ...] = ()
    """The position of each response with the id of a case that it covers and the State."""
    unheard: tuple[Unheard, ...] = ()
    """What was put to a State and not answered in this file."""
    to_be_heard: tuple[tuple[int, str], ...] = ()
    """The action and the State without whose account the status may not stand."""
    silent: bool = False
    """Whether the status says that a State replied, and no reply stands in this file."""
    told: tuple[Told, ...] = ()
    documents: tuple[tuple[int, str], ...] = ()
    """The position of each response with the file of its document."""
    main_words: tuple[tuple[str, int], ...] = ()
    """The words of the text for the body, by edition."""
    merged_from: tuple[str, ...] = ()


class Index(Struct, frozen=True):
    """All cases by what they have in common."""

    entries: tuple[Entry, ...]
    by_id: Mapping[str, Entry]
    unread: frozenset[str] = frozenset()
    """The ids, by their files, of cases that are there and could not be read, which is a fault of its own."""


def entry_of(file: CaseFile) -> Entry:
    """The facts of a case."""
    case = file.case
    return Entry(
        file.path,
        case.id,
        case.state,
        case.status,
        case.merged_into or "",
        tuple((index, name) for index, item in enumerate(case.responses) for name in item.covers),
        _mentions(file),
        tuple(case.text),
        case.states,
        tuple((index, name, item.state) for index, item in enumerate(case.responses) for name in item.covers),
        unheard(case) if case.un_actions else (),
        to_be_heard(case),
        silent(case),
        _told(case) if case.responses else (),
        tuple((index, item.document) for index, item in enumerate(case.responses) if item.document is not None),
        tuple((edition, len(text.main.split())) for edition, text in case.text.items() if text.main is not None),
        case.merged_from,
    )


def _mentions(file: CaseFile) -> tuple[tuple[str, str, str], ...]:
    texts = file.case.text.values()
    if not any("{case " in words for text in texts for words in (text.main, text.annex) if words):
        return ()
    found = text_references(file)
    return tuple((edition, field, node.target) for edition, field, node in found if node.kind == "case" and node.target)


def _told(case: Case) -> tuple[Told, ...]:
    numbers = {action.ref: action.number or "" for action in case.un_actions}
    return tuple(
        Told(index, item.state, _as_text(item.date), numbers.get(item.to or "", ""), crc32(item.summary.encode()))
        for index, item in enumerate(case.responses)
        if item.date and item.summary is not None
    )


def _as_text(when: When) -> str:
    """The date, if it is that of one day; else nothing, since two replies of one month may be two."""
    day = when[0].start
    return day.first.isoformat() if len(when) == 1 and day.day and day == when[0].end else ""


def index_of(entries: Iterable[Entry], unread: Iterable[str] = ()) -> Index:
    """The index; of two cases with one id the first in order of path stands in `by_id`. `unread` are the paths of
    files that could not become a case."""
    listed = tuple(sorted(entries, key=lambda entry: entry.path))
    by_id: dict[str, Entry] = {}
    for entry in listed:
        by_id.setdefault(entry.id, entry)
    return Index(listed, by_id, frozenset(path.rpartition("/")[2].removesuffix(".yaml") for path in unread))


def text_references(file: CaseFile) -> list[tuple[str, str, Reference]]:
    """Every reference in the texts of a case, with its edition and field."""
    return [
        (edition, field, node)
        for edition, text in file.case.text.items()
        for field, words in (("main", text.main), ("annex", text.annex))
        if words is not None
        for node in references(words)
    ]
