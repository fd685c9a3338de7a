"""`reprisal status` as lines for a terminal, as Markdown for a ticket or a page, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct, to_builtins

from reprisal_cli.pipeline.status import Next, Status

VERSION = 1
FEW = 6
"""Lines of a section on one screen."""


class Section(Struct, frozen=True):
    """A heading, and rows of one length with their heads. `note` is said where there is nothing."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = "nothing"


def sections(found: Status) -> Iterator[Section]:
    """The parts of the screen, what is late before what is to come."""
    yield Section("On the way", ("case", "status", "next", "what it lacks"), tuple(_blocked(found.next)))
    yield Section(
        f"Replies of States ({sum(bool(one.late) for one in found.replies)} overdue)",
        ("State", "case", "action", "due"),
        tuple((one.state, one.case, one.action, _due(one.due, one.late)) for one in found.replies),
    )
    yield Section(
        f"Consents and risk decisions to renew within {found.within} days",
        ("State", "case", "what", "by"),
        tuple(
            (
                one.state,
                one.case,
                f"{one.person} {one.what}".strip(),
                _past(one.day < found.as_of, f"{one.day}", one.why),
            )
            for one in found.renew
        ),
    )
    yield Section(
        "Sign-offs of what has changed since",
        ("case", "edition", "of", "by"),
        tuple((one.case, one.edition, one.of, one.by) for one in found.stale),
    )
    yield Section(
        f"Nothing told for {found.silent_from} editions or more",
        ("State", "case", "last told", "since"),
        tuple(
            (one.state, one.case, f"last told in {one.last}", f"{one.editions} editions since") for one in found.silent
        ),
    )
    yield Section(
        "Days of the editions",
        ("day", "edition", "what"),
        tuple((f"{one.day}", one.edition, one.what) for one in found.days),
    )


def _blocked(listed: Sequence[Next]) -> Iterator[tuple[str, ...]]:
    for one in listed:
        reasons = [blocker.message for blocker in one.ahead.blockers]
        more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
        yield one.case, one.status, one.ahead.step, f"{reasons[0]}{more}" if reasons else "ready"


def _due(day: object, late: int) -> str:
    if day is None:
        return "no day known"
    return f"{day}, {late} day{'s' * (late != 1)} overdue" if late else f"{day}"


def _past(past: bool, day: str, why: str) -> str:
    return f"{'past ' if past else ''}{day} ({why})"


# --- lines ----------------------------------------------------------------------------------------------------------


def as_lines(found: Status, everything: bool) -> Iterator[str]:
    """The screen. What does not fit is counted."""
    whose = f", {found.assignee}" if found.assignee else ""
    yield f"As of {found.as_of}{whose}: {_stages(found.stages)}"
    for section in sections(found):
        yield ""
        yield f"{section.title}: {len(section.rows) or section.note}"
        rows = section.rows if everything else section.rows[:FEW]
        widths = [max((len(row[at]) for row in rows), default=0) for at in range(len(section.heads))]
        for row in rows:
            yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        if left := len(section.rows) - len(rows):
            yield f"  … {left} more: --all"


def _stages(stages: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {name}" for name, count in stages) or "no case"


# --- Markdown -------------------------------------------------------------------------------------------------------


def as_markdown(found: Status) -> str:
    """A page with a table for each part, all rows; the cases on the way by desk."""
    whose = f" ({found.assignee})" if found.assignee else ""
    lines = [f"# Cases as of {found.as_of}{whose}", ""]
    lines += _table(("status", "cases"), [(name, f"{count}") for name, count in found.stages])
    for section in sections(found):
        lines += [f"## {section.title}", ""]
        if not section.rows:
            lines += [f"{section.note.capitalize()}.", ""]
        elif section.title == "On the way":
            for desk, own in groupby(sorted(found.next, key=lambda one: one.assignee), key=lambda one: one.assignee):
                lines += [f"### {'No desk' if desk == '-' else _cell(desk)}", ""]
                lines += _table(section.heads, _every_reason(own))
        else:
            lines += _table(section.heads, section.rows)
    return "\n".join(lines)


def _every_reason(listed: Iterable[Next]) -> Iterator[tuple[str, ...]]:
    for one in listed:
        reasons = "; ".join(blocker.message for blocker in one.ahead.blockers)
        yield one.case, one.status, one.ahead.step, reasons or "ready"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    head = f"| {' | '.join(heads)} |"
    return [head, "|" + "---|" * len(heads), *(f"| {' | '.join(map(_cell, row))} |" for row in rows), ""]


def _cell(text: str) -> str:
    """A cell that stays one, whatever it holds: who is assigned comes from a file."""
    for sign in "\\|<>*_[]":
        text = text.replace(sign, f"\\{sign}")
    return text


# --- JSON -----------------------------------------------------------------------------------------------------------


def as_json(found: Status) -> str:
    """Everything, with a version."""
    data: Mapping[str, Any] = {"version": VERSION, **to_builtins(found), "stages": dict(found.stages)}
    return json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"
