"""`reprisal sign`: a person's approval of what a case says in an edition, bound to just that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reprisal_cli.diagnostic import Diagnostic, ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.model.digest import SUBJECTS, digest
from reprisal_cli.store.append import append
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.workspace import load_record, open_workspace
from reprisal_cli.store.write import write_all


@dataclass(frozen=True, slots=True)
class Signed:
    """What signing did: the file, relative to the workspace, or that a fresh sign-off stood there already."""

    path: str
    fresh: bool


def sign(start: Path, case_id: str, edition_id: str | None, subject: str, by: str, day: date) -> Signed:
    """Adds a sign-off to a case file. Raises ReprisalError where there is nothing to sign."""
    if subject not in SUBJECTS:
        raise ReprisalError("there is nothing of that name to sign", f"choose from {', '.join(SUBJECTS)}")
    workspace, _ = open_workspace(start)
    edition = workspace.edition(edition_id)
    path = f"{workspace.settings.cases}/{case_id[:3]}/{case_id}.yaml"
    raw = read_bytes(workspace.root, path)
    if isinstance(raw, Diagnostic):
        raise ReprisalError(f"there is no case {case_id} that can be read", "`reprisal case list` shows the ids")
    case, _ = load_record(raw, path, Case)
    if case is None:
        raise ReprisalError(f"{path} is at fault", "`reprisal validate` says how; mend it before it is signed")
    if subject != "response" and edition.id not in case.text:
        raise ReprisalError(f"{case_id} has no text for {edition.id}", "there is nothing to sign yet")
    value = digest(case, edition.id, subject)
    for one in case.signoffs:
        if (one.edition, one.of, one.by, one.digest) == (edition.id, subject, by, value):
            return Signed(path, fresh=True)
    item = {"edition": edition.id, "of": subject, "by": by, "date": f"{day}", "digest": value}
    changed = append(raw, "signoffs", item)
    if changed is None or load_record(changed, path, Case)[0] is None:
        raise ReprisalError(f"the sign-off cannot be written into {path}", "is --by one line of text?")
    write_all((workspace.root / path).parent, {f"{case_id}.yaml": changed})
    return Signed(path, fresh=False)
