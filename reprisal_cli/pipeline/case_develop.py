"""`reprisal case develop`: what has happened since goes into the file: a development, a measure of the State, an act,
an action of the United Nations, a source, one person more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.model.values import closed_list
from reprisal_cli.pipeline.casework import Casework, Change, changed
from reprisal_cli.register.lists import hint_for
from reprisal_cli.store.append import append
from reprisal_cli.store.order import keys_at

Field = Literal["developments", "measures", "acts", "un_actions", "sources", "cooperation", "responses", "persons"]
_REFS: Mapping[str, str] = {"acts": "a", "un_actions": "u", "sources": "s", "responses": "r", "persons": "p"}
_CALLED: Mapping[str, str] = {
    "developments": "development", "measures": "measure", "acts": "act", "un_actions": "UN action", "sources": "source",
    "cooperation": "cooperation", "persons": "person",
}  # fmt: skip


def develop(work: Casework, case_id: str, field: Field, item: Mapping[str, Any]) -> Change:
    """The case with an item more; a reference is allotted where items of its kind have one. What is empty is left
    out."""
    file = work.file(case_id)
    known = {"ref": next_ref(file.case, field), **item} if field in _REFS else {**item}
    order = keys_at(Case, (field, 0))
    whole = {key: known[key] for key in sorted(known, key=order.index) if known[key] not in (None, "", [], (), {})}
    called = _CALLED[field]
    named = f" {whole['ref']}" if "ref" in whole else ""
    raw = append(work.raw(file), field, whole)
    return changed(work, {file.path: raw}, [f"{file.path}: {called}{named} added"], f"{case_id}: {called}{named}")


def next_ref(case: Case, field: str) -> str:
    """The reference after the last one of its kind."""
    letter = _REFS[field]
    used = [int(item.ref[1:]) for item in getattr(case, field) if item.ref is not None]
    return f"{letter}{max(used, default=0) + 1}"


def word(list_name: str, given: str | None, option: str) -> str | None:
    """A word of a closed list, as an option gave it. Raises ReprisalError with what was probably meant."""
    if given is None or given in closed_list(list_name):
        return given
    raise ReprisalError(f"{option}: this word is not in the list `{list_name}`", hint_for(list_name, given))
