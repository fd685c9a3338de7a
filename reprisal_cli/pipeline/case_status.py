"""`reprisal case set-status` and `close`: a step of the life cycle, if its gate is open (case format, "Life cycle and
its gates"). The gate is that of `validate`: the file is looked at as it would be after the step."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.checks.cycle import DRAFTED, ROW
from reprisal_cli.diagnostic import Diagnostic, Edit, ReprisalError, Severity
from reprisal_cli.pipeline.casework import Casework, Change, changed, refused_for
from reprisal_cli.register.lists import hint_for
from reprisal_cli.register.words import words
from reprisal_cli.store.append import append
from reprisal_cli.store.edit import apply_edits


class Step(Struct, frozen=True):
    """A step of the life cycle: to which status, who takes it, when, and why (for ends and steps back)."""

    status: str
    by: str
    day: date
    reason: str | None = None


def set_status(work: Casework, case_id: str, step: Step) -> Change:
    """The case with the step taken. What its gate asks for and the file lacks stands in `against`: a missing decision
    on the risk once, by the gate, and not by its own rule as well."""
    if step.status not in words("statuses"):
        raise ReprisalError("there is no such status", hint_for("statuses", step.status))
    file = work.file(case_id)
    before = file.case.status
    if before == step.status and file.case.history and file.case.history[-1].status == before and before not in ROW:
        raise ReprisalError(f"{case_id} is {before} already", "`reprisal case show` and its `history` tell since when")
    raw = stepped(work.raw(file), step)
    done = f"{file.path}: {before} -> {step.status}"
    change = changed(work, {file.path: raw}, [done], f"{case_id}: {step.status}", told=())
    shut = [one for one in change.found if _of_the_gate(one, step.status)]
    change = refused_for(change, [*shut, *(one for one in change.beside if one.code == "RC716")])
    gates = {one.code for one in change.against}
    return replace(change, against=[one for one in change.against if not (one.code == "RC320" and "RC703" in gates)])


def stepped(raw: bytes, step: Step) -> bytes | None:
    """A case file with its status and a line of history; None if that cannot be written with certainty."""
    event = {"date": f"{step.day}", "status": step.status, "by": step.by}
    if step.reason is not None:
        event["reason"] = step.reason
    edited = apply_edits(raw, [Edit(("status",), step.status)])
    return append(edited, "history", event) if edited is not None else None


def _of_the_gate(one: Diagnostic, status: str) -> bool:
    """Whether a finding keeps a gate shut: those of RC7, and from the draft on any error, since a draft has to resolve,
    to hedge, and to keep to the consents. That no edition was frozen is no error in a file that may be older than this
    program; a step that is taken now has no such excuse. (Nor has a new reason to close that is none of the list:
    `set_status` adds it.)"""
    if one.code == "RC718":
        return True
    return one.severity is Severity.ERROR and (one.code.startswith("RC7") or ROW.get(status, 0) >= DRAFTED)
