"""`reprisal case set`: fields of a case by their names, in one edit that is judged as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from reprisal_cli.model.case import Case
from reprisal_cli.pipeline.casework import FACTS, Casework, Change, changed
from reprisal_cli.pipeline.fields import Form, Setting, names_of, write_fields

CASE = Form(
    Case,
    {
        "id": "an id never changes",
        "status": "`reprisal case set-status` takes the step",
        "history": "`reprisal case set-status` writes it",
        "signoffs": "`reprisal sign` writes them",
        "reports": "`reprisal publish` writes it",
        "merged_into": "`reprisal case merge` writes it",
        "merged_from": "`reprisal case merge` writes it",
    },
    "docs/case-format.md",
)
_OF_CONSENT = ("RC302", "RC304", "RC305", "RC320")
"""What a consent or a decision on the risk may bring, since it is recorded whatever it forbids: a text that goes too
far now. A name in clear is not among them: it goes in the same edit."""


def set_fields(work: Casework, case_id: str, settings: Sequence[Setting], unset: Sequence[str] = ()) -> Change:
    """The case with the fields set. A consent or a decision on the risk is recorded whatever it forbids: that is then
    told."""
    file = work.file(case_id)
    raw = write_fields(work.raw(file), CASE, settings, unset)
    names = names_of(settings, unset)
    heads = ", ".join(dict.fromkeys(name.split(".")[0] for name in names))
    told = (*FACTS, *_OF_CONSENT) if any(name.startswith("risk") or ".consent" in name for name in names) else FACTS
    return changed(work, {file.path: raw}, [f"{file.path}: {', '.join(names)}"], f"{case_id}: {heads}", told)
