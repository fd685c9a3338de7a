"""The cases of a workspace, read and indexed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.model.case import Case
from reprisal_cli.store.read import walk
from reprisal_cli.store.workers import no_collection
from reprisal_cli.store.workspace import Workspace, read_record


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case and the file that it was read from, relative to the workspace."""

    path: str
    case: Case


@dataclass(frozen=True, slots=True)
class Corpus:
    """All cases that could be read. `read` counts the files found, `refused` those that could not become a case: no
    file can vanish, since `read` = cases + refused."""

    workspace: Workspace
    files: tuple[CaseFile, ...]
    read: int
    refused: int
    by_id: Mapping[str, CaseFile] = field(repr=False)

    @property
    def cases(self) -> Iterator[Case]:
        return (file.case for file in self.files)


def load_corpus(workspace: Workspace) -> tuple[Corpus, list[Diagnostic]]:
    """Reads every case file below the folder of cases."""
    files: list[CaseFile] = []
    found: list[Diagnostic] = []
    read = 0
    with no_collection():
        for entry in walk(workspace.place, workspace.settings.cases):
            read += 1
            if isinstance(entry, Diagnostic):
                found.append(entry)
                continue
            case, wrong = read_record(workspace.place, entry, Case)
            found += wrong
            if case is not None:
                files.append(CaseFile(entry, case))
    by_id: dict[str, CaseFile] = {}
    for file in files:
        by_id.setdefault(file.case.id, file)
    return Corpus(workspace, tuple(files), read, read - len(files), by_id), found
