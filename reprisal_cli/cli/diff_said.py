"""What the forms of `reprisal diff` say alike."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.cli.output import plural
from reprisal_cli.pipeline.diff import Need, Told
from reprisal_cli.review.meaning import CaseChange, Detail, Diff, Meaning


def account(diff: Diff) -> str:
    """The line that says how much changed, and how much of it is of what risk."""
    files = sum(one.count for one in diff.files)
    other = "other file" if diff.cases else "file"
    parts = [plural(count, word) for count, word in ((len(diff.cases), "case"), (files, other)) if count]
    risks = ", ".join(f"{count} {risk}" for risk in ("high", "medium", "low") if (count := diff.count(risk)))
    line = f"{' and '.join(parts) or 'nothing'} changed"
    return f"{line}; risk of the changes: {risks}" if risks else line


def missing(needs: tuple[Need, ...]) -> str:
    """How many sign-offs are missing, and what stands against the change beside them; empty where it may go ahead."""
    left = [one for one in needs if not one.met]
    signs = sum(one.signs for one in left)
    faults = len(left) - signs
    parts = [f"{plural(signs, 'sign-off')} {'is' if signs == 1 else 'are'} missing"] if signs else []
    parts += [f"{plural(faults, 'fault')} that no sign-off makes right"] if faults else []
    return "; ".join(parts)


def state(case: CaseChange) -> str:
    """The State and the status of a case, in brackets."""
    said = ", ".join(part for part in (case.state, case.status) if part)
    return f"  ({said})" if said else ""


def fields(one: Meaning) -> Iterator[tuple[str, str | None, str | None]]:
    """The fields of a change as they are told: their name, empty where the change has said it; what stood there, None
    where that is nothing to tell; what stands there. Both are None where only that the field changed is told."""
    gone = one.kind.endswith(("-removed", "-withdrawn"))
    for each in one.details:
        yield (name_of(each, one), *_values(each, gone))


def name_of(each: Detail, one: Meaning) -> str:
    """What a field is called, unless the change is about it alone and names it."""
    name = each.field.replace("_", " ")
    alone = len(one.details) == 1 and (each.before is not None or each.after is not None)
    said = one.of.says.lower()
    return "" if alone and (name.split(" ")[0] in said.split() or each.field == "path") else name


def _values(each: Detail, gone: bool) -> tuple[str | None, str | None]:
    if each.before is None and each.after is None:
        return None, None
    if each.before is None or (gone and each.after is None):
        return None, each.after or each.before
    return each.before, each.after if each.after is not None else "taken out"


def need(one: Need, told: Told) -> str:
    """A sign-off, with its case where the change has several."""
    return one.said if len(told.diff.cases) == 1 else f"{one.case}: {one.said}"
