"""`reprisal suggest`: what could be done next about a case, and why; what was done is marked, what has to come first is
said. It suggests; somebody who knows the persons decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from reprisal_cli.checks.days import earliest, latest
from reprisal_cli.checks.desk import entry_of, index_of
from reprisal_cli.checks.hearing import replied
from reprisal_cli.checks.overdue import replies_overdue
from reprisal_cli.model.action import UnAction
from reprisal_cli.model.case import Case
from reprisal_cli.model.person import Person
from reprisal_cli.pipeline.casework import Casework
from reprisal_cli.register.toolbox import Tool, toolbox

ENDED = frozenset({"withdrawn", "rejected", "merged", "closed"})
_TOLD = frozenset({"public-name", "public-no-name", "already-public"})
_DIGITAL = frozenset({"online-harassment", "digital-attack-or-spyware"})
_ALIKE = frozenset({"meeting", "letter"})
"""Kinds of action that can be about anything: one that is on record may be the one that a tool means, or another."""
_STOPS = {"do-not-publish", "statistics-only"}

Group = Literal["next", "done", "not-now"]


class Suggestion(Struct, frozen=True):
    """A tool for a case. `facts` are what of the case it fits, `first` what has to come before, `seen` the references
    of actions on record that are it, or may be; `command` records it."""

    tool: str
    group: Group
    name: str
    why: str
    basis: str
    by: tuple[str, ...]
    public: bool
    facts: tuple[str, ...]
    first: tuple[str, ...]
    seen: tuple[str, ...]
    command: str


def suggest(work: Casework, case_id: str, language: str) -> list[Suggestion]:
    """What the toolbox has for a case, in the order of the toolbox; nothing for one that has ended."""
    case = work.file(case_id).case
    if case.status in ENDED:
        return []
    holding = frozenset(_conditions(work, case))
    found = []
    for tool in toolbox().tools:
        facts = _facts(tool, case, holding, language)
        on_record = [action for action in case.un_actions if _is_it(tool, action)]
        if facts is None and tool.when:  # it was for something that is over; the action is shown with what it is else
            on_record = [action for action in on_record if not _is_something_else(action)]
        if facts is not None or (on_record and tool.action not in _ALIKE):
            found.append(_suggestion(tool, case, facts, on_record, language))
    return found


def _is_something_else(action: UnAction) -> bool:
    return any(_is_it(tool, action) for tool in toolbox().tools if not tool.when)


def _suggestion(
    tool: Tool, case: Case, facts: tuple[str, ...] | None, on_record: list[UnAction], language: str
) -> Suggestion:
    first, barred = _before(tool, case)
    done = bool(on_record) and tool.action not in _ALIKE and not (facts is not None and tool.when)
    again = _new_since(tool, case, on_record) if done and facts is not None else ()
    group: Group = "done" if done and not again else "not-now" if barred else "next"
    return Suggestion(
        tool.id,
        group,
        tool.name(language),
        tool.why(language),
        tool.basis,
        tool.by,
        tool.public,
        (*(facts or ()), *again),
        (*barred, *first),
        tuple(map(_shown, on_record)),
        _command(tool, case),
    )


def _new_since(tool: Tool, case: Case, on_record: list[UnAction]) -> tuple[str, ...]:
    """Acts that the tool is for and that came after the last time it was used, in words."""
    days = [latest(action.date) for action in on_record if action.date]
    if not days:
        return ()
    acts = [act for act in case.acts if act.date and (tool.acts is None or act.type in tool.acts)]
    return tuple(f"{act.ref or act.type} came after that" for act in acts if earliest(act.date) > max(days))


def _command(tool: Tool, case: Case) -> str:
    near = [item.body for item in case.cooperation if tool.with_bodies and item.body in tool.with_bodies & tool.bodies]
    letter = f" --letter {tool.letters[0]}" if tool.letters else ""
    to = f" --to {case.state}" if "state" in tool.uses else ""
    who = [*near, *tool.by][0]
    return f"reprisal case develop {case.id} --action {tool.action}{letter} --by-bodies {who} --date DATE{to}"


# --- whether it fits ------------------------------------------------------------------------------------------------


def _facts(tool: Tool, case: Case, holding: frozenset[str], language: str) -> tuple[str, ...] | None:
    """What of the case a tool fits; None if it does not."""
    out: list[str] = []
    if tool.acts is not None:
        acts = [act for act in case.acts if act.type in tool.acts]
        if not acts or _over(tool, case):
            return None
        out += [f"{act.type}{f' ({act.ref})' if act.ref else ''}" for act in acts]
    if tool.with_bodies is not None:
        bodies = [item.body for item in case.cooperation if item.body in tool.with_bodies]
        if not bodies:
            return None
        out += [f"cooperation with {body}" for body in bodies]
    if tool.when:
        if tool.when not in holding:
            return None
        out.append(toolbox().condition(tool.when, language))
    return tuple(dict.fromkeys(out))


def _over(tool: Tool, case: Case) -> bool:
    """Whether something has happened after which the tool is not needed, and no act it is for came later."""
    ends = [earliest(item.date) for item in case.developments if item.kind in tool.until]
    acts = [latest(act.date) for act in case.acts if act.type in (tool.acts or ()) and act.date]
    return bool(ends) and max(ends) >= max(acts, default=date.min)


def _conditions(work: Casework, case: Case) -> Iterator[str]:
    index = index_of(map(entry_of, work.corpus.files))
    overdue = [day for entry, _, day in replies_overdue(index, work.desk) if entry.id == case.id]
    if overdue and not _later(case, min(overdue), ("letter", "communication")):
        yield "reply-overdue"
    missed = [r for r in case.responses if replied(r) and r.addresses_reprisal in ("no", "partly")]
    days = [latest(response.date) for response in missed if response.date]
    if missed and not (days and _later(case, max(days), ("communication",))):
        yield "reprisal-not-addressed"
    put = any(action.to for action in case.un_actions)
    if put and case.responses and all(item.type == "none-reported" for item in case.measures):
        yield "no-investigation"
    if any(act.mode in ("online", "both") or act.type in _DIGITAL for act in case.acts):
        yield "online"
    if case.effects:
        yield "self-censorship"
    if not put:
        yield "nothing-put-to-the-state"
    if not case.reports and not case.text:
        yield "not-in-a-report"


def _later(case: Case, day: date, kinds: tuple[str, ...]) -> bool:
    """Whether an action of these kinds came after a day."""
    return any((action.kind or "") in kinds and action.date and latest(action.date) > day for action in case.un_actions)


def _is_it(tool: Tool, action: UnAction) -> bool:
    if action.kind != tool.action or (tool.letters and action.letter and action.letter not in tool.letters):
        return False
    return not action.by or not tool.bodies.isdisjoint(action.by)


def _shown(action: UnAction) -> str:
    day = latest(action.date) if action.date else None
    return f"{action.ref}{f' of {day}' if day else ''}"


# --- what has to come first -----------------------------------------------------------------------------------------


def _before(tool: Tool, case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What has to be done before, and what stands against it now."""
    first: list[str] = []
    barred: list[str] = []
    for use in tool.uses:
        asked = [words for person in case.persons if (words := _asked(person, use))]
        free = [person for person in case.persons if not _asked(person, use) and person.consent.level in _TOLD]
        if case.persons and not free and not any(_can_be_asked(person) for person in case.persons):
            barred.append("nobody in the case agreed to be told of")
        first += asked
    if tool.public and case.risk is None:
        first.append("a decision on the risk")
    elif tool.public and case.risk is not None and case.risk.decision in _STOPS:
        barred.append(f"the decision on the risk is {case.risk.decision}")
    return tuple(dict.fromkeys(first)), tuple(dict.fromkeys(barred))


def _asked(person: Person, use: str) -> str:
    """What of a person's consent is missing for a use; empty if nothing is, or if the person stays out of it."""
    consent = person.consent
    if consent.level == "pending":
        return f"consent of {person.ref} is pending"
    if consent.level not in _TOLD or (consent.level == "already-public" and use in ("report", "state")):
        return ""
    return "" if use in consent.uses else f"consent of {person.ref} for the use `{use}`"


def _can_be_asked(person: Person) -> bool:
    return person.consent.level in (*_TOLD, "pending")
