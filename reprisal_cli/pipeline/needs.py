"""Which sign-offs a change needs, and whether they are there: by its kinds (`review/kinds.yaml`), with the digests of
what the case says now. A case that becomes published needs the record of its edition, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reprisal_cli.model.case import Case, Signoff
from reprisal_cli.model.digest import digest
from reprisal_cli.pipeline.diff import Need
from reprisal_cli.review.compare import read
from reprisal_cli.review.meaning import CaseChange, Diff, Meaning
from reprisal_cli.review.told import NEVER_TOLD, Data, entries, is_told, mapping
from reprisal_cli.store.published import Published
from reprisal_cli.store.workspace import load_record

Frozen = Callable[[str], Published | None]

_SETTLED = frozenset({"approved", "published", "follow-up", "closed"})
"""At these a case says what was signed off; before, the gate `approved` asks for all sign-offs anyway, and only what
may do harm at once is asked for by a change."""
_TEXTS = ("published-text", "text-added", "text-changed", "text-removed")


def needs(diff: Diff, frozen: Frozen) -> tuple[Need, ...]:
    """Every sign-off that the change needs, a case at a time. `frozen` gives the record of an edition as it is now,
    None where it is not frozen."""
    return tuple(one for case in diff.cases for one in (*_of_case(case), *_of_publication(case, frozen)))


def _of_publication(change: CaseChange, frozen: Frozen) -> Iterator[Need]:
    """A frozen edition that tells the case, behind a step to published and behind each place with `built: yes`. A case
    without history was printed before it came here."""
    data = (read(change.raw) if change.raw else None) or {}
    steps = entries(data.get("history"))
    for one in change.changes if steps else ():
        said = {detail.field: detail.after for detail in one.details}
        if one.kind == "report-added" and said.get("built") == "yes":
            edition = said.get("edition") or ""
            if (record := frozen(edition)) is None or change.id not in record.cases:
                yield Need(change.id, f"built: yes for {edition}, which is not frozen with it", False, _PUBLISH, False)
        elif said.get("status") == "published" and one.kind in ("status-changed", "told-now", "case-added"):
            day = next((str(step.get("date")) for step in reversed(steps) if step.get("status") == "published"), "")
            known = [frozen(str(place.get("edition"))) for place in entries(data.get("reports"))]
            if not any(record and change.id in record.cases and f"{record.date}" == day for record in known):
                yield Need(change.id, "published, and no edition frozen on that day tells it", False, _PUBLISH, False)


_PUBLISH = "reprisal publish EDITION"


def _of_case(change: CaseChange) -> Iterator[Need]:
    yield from (
        Need(change.id, f"{one.of.says}: no sign-off makes this right", False, "", False)
        for one in change.changes
        if one.of.never
    )
    data = read(change.raw) if change.raw else None
    if data is None or change.status in NEVER_TOLD:
        return
    wanted = _wanted(change, data)
    if not wanted:
        return
    case, _ = load_record(change.raw, "", Case)
    if case is None:
        yield Need(change.id, "the file is at fault, and nobody can sign it", False, "reprisal validate", False)
        return
    for edition, subjects in wanted.items():
        yield from _of_edition(change.id, case, edition, subjects)


def _wanted(change: CaseChange, data: Data) -> dict[str, dict[str, list[str]]]:
    """By edition and subject, the reasons, the loudest first."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in change.changes:
        edition = _edition(one, data)
        if edition and one.of.signs and (change.status in _SETTLED or one.of.risk == "high"):
            for subject in one.of.signs:
                if is_told(data, edition) or one.kind.startswith("record-"):
                    reasons = found.setdefault(edition, {}).setdefault(subject, [])
                    reasons += [one.of.says] if one.of.says not in reasons else []
    return found


def _edition(one: Meaning, data: Data) -> str:
    """The edition whose sign-off a change concerns: that of a text; else the last for which the case has one."""
    texts = list(mapping(data.get("text")))
    named = one.place.split(" ")[0] if one.kind in _TEXTS else ""
    return named or (texts[-1] if texts else "")


def _of_edition(name: str, case: Case, edition: str, subjects: dict[str, list[str]]) -> Iterator[Need]:
    drafter = next((event.by for event in reversed(case.history) if event.status == "drafted"), None)
    signed = {of: [one.by for one in _fresh(case, edition, of) if one.by != drafter] for of in subjects}
    alone = {"text", "safety"} <= set(subjects) and len({*signed["text"], *signed["safety"]}) < 2
    for of, why in subjects.items():
        met = bool(signed[of]) and not (alone and of == "safety")
        by = "; by somebody else than the text" if alone and of == "safety" else ""
        how = "" if met else f"reprisal sign {name} --edition {edition} --of {of} --by WHO"
        yield Need(name, f"{of} for {edition} ({', '.join(why)}){by}", met, how)


def _fresh(case: Case, edition: str, of: str) -> list[Signoff]:
    value = digest(case, edition, of)
    return [one for one in case.signoffs if (one.edition, one.of, one.digest) == (edition, of, value)]
