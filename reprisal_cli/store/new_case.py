"""The text of a new case file: what is known, and as comments what the next steps will ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from reprisal_cli.store import emit


class NewCase(Struct, frozen=True):
    """What is known of a case when it comes in. Persons, cooperation, acts and sources are as in the file. `mark` is a
    number that nobody else has: two branches that take one id never write the same file, so that git cannot take two
    cases for one."""

    id: str
    title: str
    record: str
    state: str
    received: date
    by: str
    assignee: str
    mark: str
    also_states: Sequence[str] = ()
    persons: Sequence[Mapping[str, Any]] = ()
    cooperation: Sequence[Mapping[str, Any]] = ()
    acts: Sequence[Mapping[str, Any]] = ()
    effects: Sequence[str] = ()
    sources: Sequence[Mapping[str, Any]] = ()


def text_of(case: NewCase) -> bytes:
    """The file."""
    lines = [
        f"# Made by `reprisal case new`; mark {case.mark}: leave it, so that git sees where two branches took one id.",
        "# Unknown is left out. `reprisal words` lists the words that fields take, docs/case-format.md all keys.",
        "# No name of a victim, witness or source here, not even in a comment: names go into the vault.",
        *emit.entry("id", case.id, 0),
        *emit.entry("title", case.title, 0),
        *emit.entry("record", case.record, 0),
        *emit.entry("state", case.state, 0),
        *(emit.entry("also_states", list(case.also_states), 0) if case.also_states else ()),
        "status: received",
        f"received: {case.received}",
        *emit.entry("assignee", case.assignee, 0),
        "",
        *_persons(case),
        "cooperation:                     # what was done, or thought to be done, with the United Nations",
        *(line for one in case.cooperation for line in _item(one)),
        "  # mode, timing, date, online, link: how, when, and what ties the act to it",
        "",
        *_acts(case),
        *_sources(case),
        "history:",
        f"  - {emit.flow({'date': case.received, 'status': 'received', 'by': case.by})}",
    ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _persons(case: NewCase) -> list[str]:
    if not case.persons:
        return []
    lines = ["persons:                         # those affected; text and items call them by `ref`"]
    for one in case.persons:
        head, *rest = (line for key, value in one.items() for line in emit.entry(key, value, 4))
        lines += [f"  - {head[4:]}", *rest]
        if "limb" not in one:
            lines.append("    # limb: a                    # a-d of operative paragraph 4; `screened` asks for it")
        lines.append("    # consent: uses, given_by, date, risks_explained, review_by; `cleared` asks for a consent")
    return [*lines, ""]


def _acts(case: NewCase) -> list[str]:
    lines: list[str] = []
    if case.acts:
        lines += ["acts:                            # each alleged, unless `assertion` says otherwise"]
        lines += [line for one in case.acts for line in _item(one)]
        lines += [
            "  # persons, date, mode, actor, state_role, qualifiers; sources: two, or one of the UN, for `verified`"
        ]
    if case.effects:
        lines += emit.entry("effects", list(case.effects), 0)
    return [*lines, ""]


def _sources(case: NewCase) -> list[str]:
    if not case.sources:
        return ["# sources: [{ref: s1, kind: ngo, received: ..., first_hand: no, identity: sealed}]", ""]
    return ["sources:", *(line for one in case.sources for line in _item(one)), ""]


def _item(value: Mapping[str, Any]) -> list[str]:
    return emit.item(value, 2)
