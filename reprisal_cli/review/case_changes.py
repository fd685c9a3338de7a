"""Two states of one case, as plain data -> what the edit means. Each pass looks at one part of the file.

Plain data and not records: a comment on a change should not wait for the model to be read, and a file that breaks a
rule can be compared all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reprisal_cli.review.items import details, paired, place_of
from reprisal_cli.review.meaning import Detail, Meaning, ordered
from reprisal_cli.review.person_changes import persons
from reprisal_cli.review.shown import safe
from reprisal_cli.review.told import NEVER_TOLD, RISKS, Data, entries, kept_back, mapping, prints
from reprisal_cli.review.words import by_words, split

Pass = Callable[[Data, Data], Iterator[Meaning]]
_NOBODY: Data = {}
_UNSEEN = "consent, the decision on the risk or the status does not let this text be printed"


def changes(old: Data, new: Data) -> tuple[Meaning, ...]:
    """What an edit of a case means, the loudest first. `old` is empty for a new case."""
    return ordered([one for look in PASSES for one in look(old, new)])


def new_case(new: Data) -> tuple[Meaning, ...]:
    """What a new case says: first what it is, then each part of it."""
    acts = sorted({safe(one.get("type")) for one in entries(new.get("acts"))})
    told = (
        Detail("record", None, safe(new.get("record"))),
        Detail("status", None, safe(new.get("status"))),
        Detail("persons", None, str(len(entries(new.get("persons"))))),
        *((Detail("acts", None, ", ".join(acts)),) if acts else ()),
    )
    quiet = {
        "history-added",
        "source-added",
        "field-changed",
        "status-changed",
        "cooperation-added",
        "corroboration-changed",
    }
    rest = [one for one in changes(_NOBODY, new) if one.kind not in quiet]
    return ordered([Meaning("case-added", "", told), *rest])


def _status(old: Data, new: Data) -> Iterator[Meaning]:
    before, after = old.get("status"), new.get("status")
    if before == after:
        return
    detail = Detail("status", safe(before) if before else None, safe(after))
    if (before in NEVER_TOLD or before is None) and after not in NEVER_TOLD and after:
        yield Meaning("told-now", "", (detail,))
    elif old and before not in NEVER_TOLD and after in NEVER_TOLD:
        yield Meaning("told-no-more", "", (detail,))
    else:
        yield Meaning("status-changed", "", (detail,))
    if old and not _is_recorded(old, new):
        yield Meaning("status-unrecorded")


def _is_recorded(old: Data, new: Data) -> bool:
    """Whether the history goes on with a step to the status that the case has now."""
    before, after = entries(old.get("history")), entries(new.get("history"))
    return any(one.get("status") == new.get("status") for one in after if one not in before)


def _state(old: Data, new: Data) -> Iterator[Meaning]:
    if not old:
        return
    found = tuple(
        details(
            {key: old.get(key) for key in _STATES if key in old}, {key: new.get(key) for key in _STATES if key in new}
        )
    )
    if found:
        yield Meaning("state-changed", "", found)


_STATES = ("state", "also_states")


def _risk(old: Data, new: Data) -> Iterator[Meaning]:
    before, after = mapping(old.get("risk")), mapping(new.get("risk"))
    if before == after:
        return
    found = tuple(details(before, after))
    was, now = (RISKS.get(str(one.get("decision")), 0) for one in (before, after))
    if now > was:
        yield Meaning("risk-loosened", "", found)
    elif now < was:
        yield Meaning("risk-tightened", "", found)
    elif _lighter(before, after):
        yield Meaning("risk-loosened", "", found)
    else:
        yield Meaning("risk-renewed", "", found)


def _lighter(before: Data, after: Data) -> bool:
    """Whether something that should lessen the risk was taken out."""
    kept = after.get("mitigations")
    had = before.get("mitigations")
    return isinstance(had, list) and bool(set(map(str, had)) - set(map(str, kept if isinstance(kept, list) else ())))


def _actions(old: Data, new: Data) -> Iterator[Meaning]:
    for before, after in paired(old.get("un_actions"), new.get("un_actions")):
        place = place_of(after or before)
        found = tuple(details(before, after))
        if before and after and before.get("confidential") == "yes" != after.get("confidential"):
            yield Meaning("confidential-lifted", place, found)
        elif after.get("confidential") == "yes" or (before.get("confidential") == "yes" and not after):
            said = tuple(Detail(one.field, None, None) for one in found if one.field not in ("ref", "confidential"))
            kind = (
                "confidential-set" if before.get("confidential") != "yes" and before else _kind("action", before, after)
            )
            yield Meaning(kind, place, said)
        else:
            yield Meaning(_kind("action", before, after), place, found)


def _responses(old: Data, new: Data) -> Iterator[Meaning]:
    for before, after in paired(old.get("responses"), new.get("responses")):
        found = tuple(one for one in details(before, after) if one.field != "summary")
        words, hidden = _prose(old, new, before.get("summary"), after.get("summary"), _everywhere)
        yield Meaning(_kind("response", before, after), place_of(after or before), found, words, hidden)


def _listed(field: str, name: str) -> Pass:
    """The pass of a list whose items have nothing but words, dates and references."""

    def look(old: Data, new: Data) -> Iterator[Meaning]:
        for before, after in paired(old.get(field), new.get(field)):
            yield Meaning(_kind(name, before, after), place_of(after or before), tuple(details(before, after)))

    return look


def _kind(name: str, before: Data, after: Data) -> str:
    return f"{name}-{'changed' if before and after else 'added' if after else 'removed'}"


def _on_record(field: str, name: str) -> Pass:
    """The pass of a list to which one may only add."""

    def look(old: Data, new: Data) -> Iterator[Meaning]:
        for before, after in paired(old.get(field), new.get(field)):
            kind = "record-rewritten" if before and after else "record-withdrawn" if before else f"{name}-added"
            found = tuple(one for one in details(before, after) if one.field != "digest")
            if before and after and before.get("digest") != after.get("digest"):
                found = (*found, Detail("digest", None, None))
            yield Meaning(kind, name if before else "", found)

    return look


def _texts(old: Data, new: Data) -> Iterator[Meaning]:
    before, after = mapping(old.get("text")), mapping(new.get("text"))
    published = {str(one.get("edition")) for one in entries(old.get("reports"))}
    for edition in dict.fromkeys([*before, *after]):
        was, now = mapping(before.get(edition)), mapping(after.get(edition))
        if was == now:
            continue
        yield from _edition_text(old, new, str(edition), "published-text" if edition in published and was else "")


def _edition_text(old: Data, new: Data, edition: str, kind: str) -> Iterator[Meaning]:
    was, now = (mapping(mapping(case.get("text")).get(edition)) for case in (old, new))
    fields = tuple(one for one in details(was, now) if one.field not in _PROSE)
    if fields:
        yield Meaning(kind or "text-changed", safe(edition), fields)
    for part in _PROSE:
        before, after = was.get(part), now.get(part)
        if _plain(before) != _plain(after):
            words, hidden = _prose(old, new, before, after, lambda case, text: prints(case, edition, text))
            there = _kind("text", {part: before} if before else {}, {part: after} if after else {})
            yield Meaning(kind or there, f"{safe(edition)} {part}", (), words, hidden)


_PROSE = ("main", "annex")


def _plain(text: Any) -> str:
    """A text as it is printed: a line end is a space, more than one end a paragraph."""
    return "\n".join(split(text)) if isinstance(text, str) else ""


def _everywhere(case: Data, text: str) -> bool:
    """Whether a text that stands in every edition may be shown: there is one in which the case is told."""
    editions = [*mapping(case.get("text")), *(str(one.get("edition")) for one in entries(case.get("reports")))]
    return any(prints(case, edition, text) for edition in editions or [""])


def _prose(old: Data, new: Data, was: Any, now: Any, may: Callable[[Data, str], bool]) -> tuple[Any, str]:
    """The words of a text that changed, where both of them may be printed."""
    before, after = (one if isinstance(one, str) else "" for one in (was, now))
    if before == after:
        return (), ""
    both = f"{before} {after}"
    sides = [new, old] if before else [new]
    if kept := [case for case in sides if not may(case, both)]:
        named = dict.fromkeys(ref for case in kept for ref in kept_back(case, both))
        return (), _UNSEEN + (f": {', '.join(map(safe, named))}" if named else "")
    return by_words(before, after)


def _others(old: Data, new: Data) -> Iterator[Meaning]:
    """Fields of the case itself that say nothing to a reader of the report. None of their values is shown: a title may
    hold a name by mistake."""
    for field in ("id", "title", "record", "received", "assignee", "merged_into", "merged_from"):
        if old.get(field) != new.get(field) and not (field == "id" and not old):
            shown = field not in ("title", "assignee")
            values = [safe(one[field]) if shown and field in one else None for one in (old, new)]
            kind = {"id": "id-changed", "merged_into": "merged"}.get(field, "field-changed")
            yield Meaning(kind, "" if shown else field, (Detail(field, *values),) if shown else ())
    if old.get("effects") != new.get("effects"):
        yield Meaning(
            "effect-changed",
            "",
            tuple(details({"effects": old.get("effects", [])}, {"effects": new.get("effects", [])})),
        )
    if old.get("corroboration") != new.get("corroboration"):
        found = details(mapping(old.get("corroboration")), mapping(new.get("corroboration")))
        yield Meaning("corroboration-changed", "", tuple(found))
    for field in sorted((set(old) | set(new)) - _FIELDS):
        if old.get(field) != new.get(field):
            yield Meaning("field-changed", "a field that the format does not know")


_FIELDS = frozenset(
    {
        "id",
        "title",
        "record",
        "received",
        "assignee",
        "merged_into",
        "merged_from",
        "effects",
        "corroboration",
        "persons",
        "status",
    }
    | {"state", "also_states", "risk", "text", "acts", "cooperation", "un_actions", "responses", "measures"}
    | {"developments", "sources", "reports", "signoffs", "history"}
)
"""The fields that a pass looks at."""

PASSES: tuple[Pass, ...] = (
    persons,
    _status,
    _state,
    _risk,
    _texts,
    _listed("acts", "act"),
    _listed("cooperation", "cooperation"),
    _actions,
    _responses,
    _listed("measures", "measure"),
    _listed("developments", "development"),
    _listed("sources", "source"),
    _on_record("reports", "report"),
    _on_record("signoffs", "signoff"),
    _on_record("history", "history"),
    _others,
)
