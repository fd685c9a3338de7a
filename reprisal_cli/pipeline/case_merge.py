"""`reprisal case merge`: two files turn out to tell of one case; one goes on, the other ends and says where it went."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.pipeline.case_status import Step, stepped
from reprisal_cli.pipeline.casework import Casework, Change, changed
from reprisal_cli.store.append import append_at, put

_ORDER = tuple(Case.model_fields)


def merge(work: Casework, case_id: str, into: str, step: Step) -> Change:
    """The case ended, and the other one with what it took up; `done` says what the other still lacks of it."""
    ended, goes_on = work.file(case_id), work.file(into)
    if case_id == into:
        raise ReprisalError("a case cannot be merged into itself", "name the case that goes on: --into CASE")
    if ended.case.merged_into is not None:
        raise ReprisalError(f"{case_id} was merged already", f"it went into {ended.case.merged_into}")
    if goes_on.case.merged_into is not None:
        raise ReprisalError(f"{into} was merged itself", f"say --into {goes_on.case.merged_into}")
    raw = stepped(work.raw(ended), step)
    raw = put(raw, (), "merged_into", into, _ORDER) if raw is not None else None
    known = work.raw(goes_on)
    if goes_on.case.merged_from:
        other = append_at(known, ("merged_from",), case_id)
    else:
        other = put(known, (), "merged_from", [case_id], _ORDER)
    done = [f"{ended.path}: merged into {into}", f"{goes_on.path}: took up {case_id}", *_left(ended.case, goes_on.case)]
    files = {ended.path: raw, goes_on.path: other}
    return changed(work, files, done, f"{case_id}: merged into {into}", told=())


def _left(ended: Case, goes_on: Case) -> Iterator[str]:
    """What the case that ends holds, and where the two differ: somebody has to look what the other lacks."""
    counts = {
        "persons": len(ended.persons),
        "acts": len(ended.acts),
        "sources": len(ended.sources),
        "UN actions": len(ended.un_actions),
        "replies": len(ended.responses),
        "texts": len(ended.text),
        "places in reports": len(ended.reports),
    }
    held = ", ".join(f"{what}: {count}" for what, count in counts.items() if count)
    yield f"{ended.id} holds {held or 'nothing'}; take over into {goes_on.id} by hand what it lacks"
    lacking = [state for state in ended.states if state not in goes_on.states]
    if lacking:
        yield f"{goes_on.id} does not concern {', '.join(lacking)}: is `also_states` complete?"
    if any(person.name == "sealed" for person in ended.persons):
        yield f"names of {ended.id} are sealed under its id: `reprisal vault edit {goes_on.id}`"
