"""What a changed case is about, in a few words, for a reader who sees nothing but the comment: what kind of case it is,
and what the references in the changed texts stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from reprisal_cli.review.meaning import Detail, Meaning
from reprisal_cli.review.person_changes import described
from reprisal_cli.review.shown import safe
from reprisal_cli.review.told import DESCRIBED, Data, entries, level, mapping

_REFERENCE = re.compile(r"\{([pur][0-9]{1,4})\}")
_WHOLE = ("-added", "-removed")
_SAYING = frozenset({"described", "type", "number", "date"})
"""Fields that say what an item is: a change of one of them tells it."""
_NAMING = frozenset({"persons", "to"})
"""Fields that hold references."""
_ACTS = 5


def about(case: Data, changes: Iterable[Meaning]) -> tuple[Detail, ...]:
    """What the case is, as the field `case`, then a field for each reference that the changes name and do not tell
    whole."""
    listed = list(changes)
    if any(one.kind == "case-added" for one in listed):
        return tuple(_references(case, listed))
    acts = list(dict.fromkeys(safe(one.get("type")) for one in entries(case.get("acts"))))
    more = [f"and {len(acts) - _ACTS} more"] if len(acts) > _ACTS else []
    kind = "; ".join(part for part in (safe(case.get("record")), ", ".join([*acts[:_ACTS], *more])) if part)
    return (Detail("case", None, kind), *_references(case, listed))


def _references(case: Data, changes: list[Meaning]) -> Iterator[Detail]:
    """What stands behind the references, in the order of their first use."""
    whole = {
        one.place for one in changes if one.kind.endswith(_WHOLE) or any(it.field in _SAYING for it in one.details)
    }
    named: list[str] = []
    for one in changes:
        named += [one.place, *(ref for words in one.words for _, part in words for ref in _REFERENCE.findall(part))]
        named += [ref for it in one.details if it.field in _NAMING for ref in f"{it.before}, {it.after}".split(", ")]
    for ref in dict.fromkeys(named):
        if ref not in whole and (said := _said(case, ref)):
            yield Detail(ref, None, said)


def _said(case: Data, ref: str) -> str:
    for field, say in _LISTS.items():
        for item in entries(case.get(field)):
            if item.get("ref") == ref:
                return say(case, item)
    return ""


def _person(case: Data, person: Data) -> str:
    """The words that stand for a person, where some document may print them."""
    editions = [*mapping(case.get("text")), *(str(one.get("edition")) for one in entries(case.get("reports")))]
    told = any(level(case, person, str(edition)) >= DESCRIBED for edition in editions)
    return described(person) if told and "described" in person else ""


def _action(case: Data, action: Data) -> str:
    if action.get("confidential") == "yes":
        return ""
    said = " ".join(safe(action[field]) for field in ("kind", "number") if field in action)
    return f"{said} of {safe(action['date'])}".lstrip() if "date" in action else said


def _response(case: Data, response: Data) -> str:
    when = f", {safe(response['date'])}" if "date" in response else ""
    return f"the reply of {safe(response.get('state'))}{when}"


def _typed(case: Data, item: Data) -> str:
    return safe(item["type"]) if "type" in item else ""


_LISTS: dict[str, Callable[[Data, Data], str]] = {
    "persons": _person,
    "acts": _typed,
    "un_actions": _action,
    "responses": _response,
}
