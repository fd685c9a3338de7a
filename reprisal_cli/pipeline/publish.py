"""`reprisal publish`: freezes an edition, and writes into each of its cases where it was told (operative paragraph 15).

The record of the edition is written first, then the cases. A run that is killed between the two leaves a record that
says what is missing; `validate` tells of it, and a second run writes just that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.checks.desk import Desk
from reprisal_cli.checks.frozen import missing
from reprisal_cli.diagnostic import Diagnostic, ReprisalError, Severity
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.membership import in_edition
from reprisal_cli.pipeline.case_status import Step, stepped
from reprisal_cli.pipeline.casework import Casework, changed
from reprisal_cli.pipeline.final_build import final_build, places_of
from reprisal_cli.pipeline.load import Loaded
from reprisal_cli.pipeline.prepare import ready
from reprisal_cli.pipeline.produce import MANIFEST
from reprisal_cli.protect.approval import approved_in
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import HeldBack
from reprisal_cli.store.append import append
from reprisal_cli.store.corpus import CaseFile
from reprisal_cli.store.manuscripts import read_manuscripts
from reprisal_cli.store.published import (
    NAME,
    Published,
    PublishedCase,
    Told,
    as_bytes,
    digest_of,
    edition_digest,
    text_digest,
)
from reprisal_cli.store.together import write_together

_SET_ASIDE = frozenset({"withheld", "withdrawn", "rejected", "merged"})


class OpenGate(Struct, frozen=True):
    """A case that belongs in the edition and is not ready for it, with what it lacks."""

    case: str
    status: str
    lacks: tuple[str, ...]


class Publication(Struct, frozen=True):
    """What publishing an edition would do. `gates` are open, and nothing may be written, unless it is empty. `edition`
    are the files of the edition's folder, `cases` the case files, `before` as they were; `held` are told nowhere."""

    root: Path
    edition: Edition
    record: Published | None = None
    gates: tuple[OpenGate, ...] = ()
    folder: str = ""
    files: Mapping[str, bytes] | None = None
    cases: Mapping[str, bytes] | None = None
    before: Mapping[str, bytes] | None = None
    told: tuple[str, ...] = ()
    held: tuple[HeldBack, ...] = ()
    finishes: bool = False
    found: tuple[Diagnostic, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """All files that it writes, relative to the workspace."""
        return (*(f"{self.folder}/{name}" for name in self.files or {}), *(self.cases or {}))


def publication(start: Path, edition_id: str, by: str, day: date, builds: Sequence[Path] = ()) -> Publication:
    """Works out what is to be written; writes nothing. Raises ReprisalError where there is no edition or no build that
    may be published."""
    loaded, edition = ready(start, edition_id, None)
    workspace = loaded.workspace
    if edition.id in workspace.published:
        return _finished(loaded, edition, workspace.published[edition.id])
    if edition.symbol is None:
        hint = f"a published report has one: `reprisal edition set {edition.id} symbol=A/HRC/…`"
        raise ReprisalError(f"{edition.id} has no symbol", hint)
    errors = tuple(one for one in loaded.found if one.severity is Severity.ERROR)
    gates = tuple(_open_gates(loaded, edition, errors))
    if gates or errors:
        return Publication(workspace.root, edition, gates=gates, found=errors)
    folders = builds or (workspace.root / workspace.settings.build / edition.id,)
    made = [final_build(folder, edition.id, loaded.corpus) for folder in folders]
    public = disclose(loaded.corpus, edition, final=True)
    mine = [loaded.corpus.by_id[case.id] for case in public.cases]
    nowhere = [file.case.id for file in mine if not places_of(file.case, made[0].paragraphs)]
    if nowhere:
        raise ReprisalError(f"the build has no paragraph of {', '.join(nowhere)}", "build it again, from these cases")
    listed = {file.case.id: _published(file.case, edition, places_of(file.case, made[0].paragraphs)) for file in mine}
    manuscripts = read_manuscripts(workspace).get(edition.id, {})
    folder = f"{workspace.editions_dir}/{edition.id}"
    kept = dict(_own(manuscripts, folder))
    digests = {f"{folder}/edition.yaml": edition_digest(edition)}
    digests |= {path: digest_of(text) for path, text in kept.values()}
    record = Published(edition.id, edition.symbol, day, by, listed, digests)
    files = {PurePosixPath(path).name: text.encode() for source, (path, text) in kept.items() if path != source}
    files |= {MANIFEST if at == 0 else f"{at + 1}.{MANIFEST}": one.manifest for at, one in enumerate(made)}
    files[NAME] = as_bytes(record)
    plan = Publication(
        workspace.root, edition, record, (), folder, files, told=tuple(listed), held=public.held_back
    )  # fmt: skip
    return _with_cases(plan, loaded, record)


def _finished(loaded: Loaded, edition: Edition, record: Published) -> Publication:
    """What a run that was broken off left to do; nothing where the edition is published."""
    plan = Publication(loaded.workspace.root, edition, record, told=tuple(record.cases), finishes=True)
    return _with_cases(plan, loaded, record)


def _own(manuscripts: Mapping[str, str], folder: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each manuscript with the path that it has once the edition is frozen: a shared one is copied beside
    `edition.yaml`."""
    for path, text in manuscripts.items():
        name = path.partition("/manuscript/")[2]
        shared = not path.startswith(f"{folder}/") and name and "/" not in name
        yield path, (f"{folder}/{name}" if shared else path, text)


# --- gates ----------------------------------------------------------------------------------------------------------


def _open_gates(loaded: Loaded, edition: Edition, errors: Sequence[Diagnostic]) -> Iterator[OpenGate]:
    """The cases that belong in the edition and may not be published as they are. A case that is set aside, or of which
    no consent lets anything be told, is held back as in every build."""
    for file in loaded.corpus.files:
        case = file.case
        if not in_edition(case, edition) or case.status in _SET_ASIDE:
            continue
        lacks = [f"{one.code} {one.message}" for one in errors if one.location.path == file.path]
        if not approved_in(case, edition):
            lacks = [f"it is {case.status}, and not approved for {edition.id}", *lacks]
        elif not {edition.id, edition.of} & set(case.text):
            lacks = [f"it has no text for {edition.id}: `reprisal draft {case.id}` makes a start", *lacks]
        if lacks:
            yield OpenGate(case.id, case.status, tuple(lacks))


# --- what is written into the cases ---------------------------------------------------------------------------------


def _published(case: Case, edition: Edition, places: tuple[Told, ...]) -> PublishedCase:
    """An entry that is there already is never changed, and no second one is written for its State."""
    there = {entry.state or case.state for entry in case.reports if entry.edition == edition.id}
    new = tuple(told for told in places if told.state not in there)
    return PublishedCase(text_digest(case, edition), new, bool(case.history) and case.status == "approved")


def _with_cases(plan: Publication, loaded: Loaded, record: Published) -> Publication:
    """The plan with the case files that lack a place or the step, each looked at as it would be."""
    workspace = loaded.workspace
    desk = Desk({one.id: one for one in workspace.editions}, workspace.settings, record.date)
    work = Casework(loaded.corpus, replace(desk, published={**workspace.published, record.edition: record}))
    files: dict[str, bytes | None] = {}
    for name, one in record.cases.items():
        file = loaded.corpus.by_id.get(name)
        if file is not None and (missing(file.case, record.edition, one) or (_takes_step(file.case, record, one))):
            files[file.path] = _written(work.raw(file), file, record, one)
    if not files:
        return plan
    change = changed(work, files, (), "")
    if change.against:
        return replace(plan, gates=tuple(_against(change.against, work)), found=tuple(change.against))
    before = {path: raw for path, raw in change.before.items() if raw is not None}
    return replace(plan, cases=dict(sorted(change.files.items())), before=before)


def _takes_step(case: Case, record: Published, one: PublishedCase) -> bool:
    """Whether the step to published is still to be taken; a case that has gone on since has taken it."""
    taken = any(event.status == "published" and event.date == record.date for event in case.history)
    return one.step and case.status == "approved" and not taken


def _written(raw: bytes, file: CaseFile, record: Published, one: PublishedCase) -> bytes | None:
    """The case with its places, and with the step to published if it takes one."""
    changed: bytes | None = raw
    for told in missing(file.case, record.edition, one):
        item: dict[str, object] = {"edition": record.edition, "symbol": record.symbol, "part": told.part}
        item |= {"paras": [f"{number}" for number in told.paras], "state": told.state, "built": "yes"}
        changed = append(changed, "reports", item) if changed is not None else None
    if _takes_step(file.case, record, one) and changed is not None:
        changed = stepped(changed, Step("published", record.by, record.date))
    return changed


def _against(found: Sequence[Diagnostic], work: Casework) -> Iterator[OpenGate]:
    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in found:
        by_path[one.location.path].append(one)
    cases = {file.path: file.case for file in work.corpus.files}
    for path, own in by_path.items():
        case = cases.get(path)
        name, status = (case.id, case.status) if case is not None else (path, "")
        yield OpenGate(name, status, tuple(f"{one.code} {one.message}" for one in own))


def write_publication(plan: Publication) -> None:
    """Writes the record of the edition and the cases, all or none. Raises ReprisalError if a gate is open
    or a case was changed meanwhile."""
    if plan.gates:
        raise ReprisalError(f"{plan.edition.id} is not published", "nothing was written")
    for path, before in (plan.before or {}).items():
        if (plan.root / path).read_bytes() != before:
            raise ReprisalError(f"{path} changed meanwhile", "nothing was written; run the command again")
    record = {f"{plan.folder}/{name}": content for name, content in (plan.files or {}).items()}
    files = {**(plan.cases or {}), **dict(sorted(record.items(), key=lambda item: item[0].endswith(f"/{NAME}")))}
    if files:
        write_together(plan.root, files, seen=plan.before)
