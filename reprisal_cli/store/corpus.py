"""The cases of a workspace, read and indexed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.model.case import Case
from reprisal_cli.store.read import read_bytes, walk
from reprisal_cli.store.workers import no_collection
from reprisal_cli.store.workspace import Workspace, load_record


class CaseFile(Struct, frozen=True):
    """A case and the file that it was read from, relative to the workspace."""

    path: str
    case: Case


class Corpus(Struct, frozen=True):
    """All cases that could be read. `read` counts the files found, `refused` those that could not become a case: no
    file can vanish, since `read` = cases + refused."""

    workspace: Workspace
    files: tuple[CaseFile, ...]
    read: int
    refused: int
    by_id: Mapping[str, CaseFile]

    @property
    def cases(self) -> Iterator[Case]:
        return (file.case for file in self.files)


Memory = dict[str, tuple[bytes, Case | None, list[Diagnostic]]]
"""What was read of each case file, with its content, by path."""


def load_corpus(workspace: Workspace, memory: Memory | None = None) -> tuple[Corpus, list[Diagnostic]]:
    """Reads every case file below the folder of cases. Whoever keeps a `memory` from one time to the next has only
    those files parsed whose content changed."""
    files: list[CaseFile] = []
    found: list[Diagnostic] = []
    read = 0
    with no_collection():
        for entry in walk(workspace.place, workspace.settings.cases):
            read += 1
            if isinstance(entry, Diagnostic):
                found.append(entry)
                continue
            case, wrong = _record(workspace, entry, memory)
            found += wrong
            if case is not None:
                files.append(CaseFile(entry, case))
    by_id: dict[str, CaseFile] = {}
    for file in files:
        by_id.setdefault(file.case.id, file)
    return Corpus(workspace, tuple(files), read, read - len(files), by_id), found


def _record(workspace: Workspace, path: str, memory: Memory | None) -> tuple[Case | None, list[Diagnostic]]:
    raw = read_bytes(workspace.place, path)
    if isinstance(raw, Diagnostic):
        return None, [raw]
    if memory is None:
        return load_record(raw, path, Case)
    if path not in memory or memory[path][0] != raw:
        memory[path] = (raw, *load_record(raw, path, Case))
    _, case, wrong = memory[path]
    return case, wrong
