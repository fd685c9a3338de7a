"""`reprisal sign`: a person's approval of what cases say in an edition, bound to just that. Nothing else writes one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from reprisal_cli.checks.cycle import drafter
from reprisal_cli.checks.signoffs import standing
from reprisal_cli.diagnostic import Diagnostic, ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.model.digest import SUBJECTS, digest
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.membership import in_edition
from reprisal_cli.model.values import no_case
from reprisal_cli.store.append import append
from reprisal_cli.store.corpus import load_corpus
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.together import write_together
from reprisal_cli.store.workspace import Workspace, load_record, open_workspace

_NEEDED = ("text", "safety")
"""What an approved case has, from two people, neither of them the drafter."""


class Signing(Struct, frozen=True):
    """A sign-off that is to be written: the file, relative to the workspace, as it is and as it will be; `raw` is None
    where a fresh one stands there already."""

    root: Path
    case: str
    path: str
    before: bytes
    raw: bytes | None


class Unsigned(Struct, frozen=True):
    """What waits for a signature: of which case, and why. `not_by` are those who may not give it."""

    case: str
    status: str
    of: str
    why: str
    not_by: tuple[str, ...]


def signing(
    start: Path, case_ids: Sequence[str], edition_id: str | None, subject: str, by: str, day: date
) -> list[Signing]:
    """The sign-offs of one subject of some cases; writes nothing. Raises ReprisalError where one may not be given."""
    if subject not in SUBJECTS:
        raise ReprisalError("there is nothing of that name to sign", f"choose from {', '.join(SUBJECTS)}")
    workspace, _ = open_workspace(start)
    edition = workspace.edition(edition_id)
    if edition.id in workspace.published:
        hint = "what was published is signed off; what is new goes into the next edition"
        raise ReprisalError(f"{edition.id} is published", hint)
    return [_signing(workspace, case_id, edition, subject, by, day) for case_id in dict.fromkeys(case_ids)]


def _signing(workspace: Workspace, case_id: str, edition: Edition, subject: str, by: str, day: date) -> Signing:
    path = f"{workspace.settings.cases}/{case_id[:3]}/{case_id}.yaml"
    raw = read_bytes(workspace.root, path)
    if isinstance(raw, Diagnostic):
        raise no_case(case_id, "`reprisal case list` shows the ids")
    case, _ = load_record(raw, path, Case)
    if case is None:
        raise ReprisalError(f"{path} is at fault", "`reprisal validate` says how; mend it before it is signed")
    _is_there(workspace, case, edition, subject)
    _may_sign(case, edition, subject, by)
    value = digest(case, edition.id, subject)
    for one in case.signoffs:
        if (one.edition, one.of, one.by, one.digest) == (edition.id, subject, by, value):
            return Signing(workspace.root, case_id, path, raw, None)
    item = {"edition": edition.id, "of": subject, "by": by, "date": f"{day}", "digest": value}
    changed = append(raw, "signoffs", item)
    if changed is None or load_record(changed, path, Case)[0] is None:
        raise ReprisalError(f"the sign-off cannot be written into {path}", "is --by one line of text?")
    return Signing(workspace.root, case_id, path, raw, changed)


def _is_there(workspace: Workspace, case: Case, edition: Edition, subject: str) -> None:
    """Nothing that is not there yet can be signed: for text and safety the words of that edition."""
    if subject == "response":
        if not case.responses:
            raise ReprisalError(f"{case.id} has no response to sign off", "`reprisal case respond` puts one in")
    elif edition.id not in case.text:
        others = [name for name in case.text if name not in workspace.published]
        hint = f"it has one for {others[-1]}: --edition {others[-1]}" if others else "there is nothing to sign yet"
        raise ReprisalError(f"{case.id} has no text for {edition.id}", hint)


def _may_sign(case: Case, edition: Edition, subject: str, by: str) -> None:
    """Text and safety take two people, neither of them the drafter: said before it is written, and not only after."""
    if subject not in _NEEDED:
        return
    if by == drafter(case):
        raise ReprisalError(f"{case.id}: {by} drafted it, and cannot sign off the {subject}", "another person signs")
    other = "safety" if subject == "text" else "text"
    if other in _fresh(case, edition) and by == _fresh(case, edition)[other]:
        message = f"{case.id}: {by} signed off the {other}, and cannot sign off the {subject} too"
        raise ReprisalError(message, "another person signs")


def _fresh(case: Case, edition: Edition) -> dict[str, str]:
    """Who signed what of a case in an edition, as far as it stands."""
    return {
        one.of: one.by
        for one in (case.signoffs[index] for index in standing(case).values())
        if one.edition == edition.id and one.digest == digest(case, edition.id, one.of)
    }


def write_signings(listed: Sequence[Signing]) -> None:
    """Writes the sign-offs, all or none. Raises ReprisalError, before any is written, if a file was changed meanwhile:
    nobody signs what was not shown."""
    for one in listed:
        if read_bytes(one.root, one.path) != one.before:
            raise ReprisalError(f"{one.path} changed meanwhile", "nothing was written; look at it again")
    files = {one.path: one.raw for one in listed if one.raw is not None}
    if files:
        write_together(listed[0].root, files, seen={one.path: one.before for one in listed})


def unsigned(start: Path, edition_id: str | None) -> tuple[Edition, list[Unsigned]]:
    """What waits for a signature in an edition: of cases that have a text for it, or are drafted or approved in it."""
    workspace, _ = open_workspace(start)
    edition = workspace.edition(edition_id)
    corpus, _ = load_corpus(workspace)
    cases = sorted((case for case in corpus.cases if _waits(case, edition)), key=lambda case: case.id)
    return edition, [one for case in cases for one in _unsigned(case, edition)]


def _waits(case: Case, edition: Edition) -> bool:
    return bool(case.history) and case.status in ("drafted", "approved") and in_edition(case, edition)


def _unsigned(case: Case, edition: Edition) -> Iterator[Unsigned]:
    fresh = _fresh(case, edition)
    known = {case.signoffs[index].of for (name, _), index in standing(case).items() if name == edition.id}
    for subject in _NEEDED:
        if subject not in fresh:
            why = "changed since it was signed" if subject in known else "not signed"
            others = [who for who in (drafter(case), *fresh.values()) if who is not None]
            yield Unsigned(case.id, case.status, subject, why, tuple(dict.fromkeys(others)))
