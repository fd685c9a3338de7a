"""What all commands that change a case share: the case is opened, the change is looked at, and only then written.

A change that would put a new error into the cases is refused, and nothing is written; what was wrong before is no
reason to refuse an edit that has nothing to do with it. A fact is recorded even where the status is no longer borne out
by the file then: that is told, and `validate` finds it until the status is taken back or borne out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from reprisal_cli.checks.desk import Desk, entry_of, index_of
from reprisal_cli.checks.engine import check_case, check_index
from reprisal_cli.diagnostic import Diagnostic, ReprisalError, Severity
from reprisal_cli.model.case import Case
from reprisal_cli.model.values import no_case
from reprisal_cli.protect.hidden import Hidden
from reprisal_cli.register.suggest import suggest
from reprisal_cli.review.judge import settings_of, weigh_files
from reprisal_cli.review.rulebook import rules
from reprisal_cli.rule import Stage
from reprisal_cli.store.corpus import CaseFile, Corpus, load_corpus
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.together import Elsewhere, write_together
from reprisal_cli.store.workspace import load_record, open_workspace


class Casework(Hidden, frozen=True):
    """The workspace with all its cases, as somebody works on one of them."""

    corpus: Corpus
    desk: Desk
    held: dict[str, bytes] = field(default_factory=dict)
    """The bytes of each case as they were first read: what an edit is made from is what it is later compared with."""

    @property
    def root(self) -> Path:
        return self.corpus.workspace.root

    def file(self, case_id: str) -> CaseFile:
        """The case of an id. Raises ReprisalError if there is none that can be read."""
        return case_of(self.corpus, case_id)

    def raw(self, file: CaseFile) -> bytes:
        """The bytes of a case as they stood when they were first asked for."""
        if file.path not in self.held:
            raw = read_bytes(self.root, file.path)
            if isinstance(raw, Diagnostic):
                raise ReprisalError(f"{file.path}: {raw.message}", raw.hint)
            self.held[file.path] = raw
        return self.held[file.path]


class Change(Struct, frozen=True):
    """What a command would do: the files by path, as they were (None for a new one) and as they would be; what is
    done, in a line each; the message for git. `found` is all that is wrong in the files as they would be; of it,
    `against` are the errors that forbid the change, `beside` the warnings that it brings."""

    root: Path
    before: Mapping[str, bytes | None]
    files: Mapping[str, bytes]
    done: tuple[str, ...]
    message: str
    found: list[Diagnostic] = field(default_factory=list)
    against: list[Diagnostic] = field(default_factory=list)
    beside: list[Diagnostic] = field(default_factory=list)


def open_casework(start: Path, as_of: date) -> Casework:
    """Reads the workspace around a folder."""
    workspace, _ = open_workspace(start)
    corpus, _ = load_corpus(workspace)
    return Casework(
        corpus,
        Desk({one.id: one for one in workspace.editions}, workspace.settings, as_of, published=workspace.published),
    )


def case_of(corpus: Corpus, case_id: str) -> CaseFile:
    """The file of a case by its id. Raises ReprisalError if none can be read."""
    file = corpus.by_id.get(case_id)
    if file is None:
        near = suggest(case_id, corpus.by_id, likeness=0.9)
        hint = "`reprisal case list` shows the ids, `reprisal validate` what is wrong"
        raise no_case(case_id, f"did you mean `{near}`? {hint}" if near else hint)
    return file


FACTS = ("RC7", "RC432")
"""What a fact may bring and is recorded all the same: a gate that is shut now, an answer that is missing."""


def changed(
    work: Casework,
    files: Mapping[str, bytes | None],
    done: Iterable[str],
    message: str,
    told: tuple[str, ...] = FACTS,
) -> Change:
    """The change that these files make, looked at. New errors stand against it, but for the rules or families in
    `told`, which are only told. Raises ReprisalError where a file could not be edited at all."""
    new: dict[str, bytes] = {}
    for path, raw in files.items():
        if raw is None:
            hint = "change it by hand: `reprisal case show` tells where it is, docs/case-format.md how it is written"
            raise ReprisalError(f"this cannot be written into {path} with certainty", hint)
        new[path] = raw
    known = {file.path: file for file in work.corpus.files}
    old = {path: work.raw(known[path]) for path in new if path in known}
    found = judged(work, new)
    brought = brought_by(found, judged(work, old))
    errors = [one for one in brought if _forbids(one) and not one.code.startswith(told)]
    others = [one for one in brought if one not in errors and one.severity is not Severity.NOTE]
    before = {path: old.get(path) for path in new}
    return Change(work.root, before, new, tuple(done), message, found, errors, others)


def _forbids(one: Diagnostic) -> bool:
    """Whether a finding is an error that a case may not have even while it is unfinished."""
    rule = rules().get(one.code)
    return one.severity is Severity.ERROR and (rule is None or rule.stage is Stage.DRAFT)


def refused_for(change: Change, more: Iterable[Diagnostic]) -> Change:
    """The same change, with more of what was found that stands against it."""
    listed = [*change.against, *more]
    against = [one for one in change.found if one in listed]
    return replace(change, against=against)


def brought_by(found: Iterable[Diagnostic], known: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that are not among those known, although lines and places have moved."""
    left = Counter(map(_mark, known))
    out: list[Diagnostic] = []
    for one in found:
        if left[_mark(one)]:
            left[_mark(one)] -= 1
        else:
            out.append(one)
    return out


def judged(work: Casework, files: Mapping[str, bytes]) -> list[Diagnostic]:
    """What is wrong with some cases as they would be among the others: in their files, and between cases."""
    found: list[Diagnostic] = []
    cases = {file.path: file for file in work.corpus.files}
    for path, raw in files.items():
        case, wrong = load_record(raw, path, Case)
        found += wrong
        cases.pop(path, None)
        if case is not None:
            cases[path] = CaseFile(path, case)
            found += check_case(cases[path], work.desk)
    if any(path in cases for path in files):
        found += check_index(index_of(map(entry_of, cases.values())), work.desk)
    return weigh_files(found, files, settings_of(work.root))


def _mark(one: Diagnostic) -> tuple[str, str, str]:
    return one.code, one.location.path, one.message


class Beside(Struct, frozen=True):
    """New files that belong to a change, none of which is there yet: in the workspace by their paths, or elsewhere."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    elsewhere: Elsewhere | None = None


def save(change: Change, beside: Beside | None = None) -> None:
    """Writes the files, and those `beside` them, all or none. Raises ReprisalError if there is something against it, or
    if one was changed meanwhile."""
    if change.against:
        raise ReprisalError("the change is refused", "nothing was written")
    beside = beside or Beside()
    new = [path for path, before in change.before.items() if before is None] + list(beside.files)
    try:
        seen = {path: before for path, before in change.before.items() if before is not None}
        write_together(change.root, {**beside.files, **change.files}, new, seen, beside.elsewhere)
    except FileExistsError:
        made = ", ".join([*new, *(beside.elsewhere.files if beside.elsewhere else ())])
        raise ReprisalError(f"{made}: made meanwhile", "run the command again") from None
