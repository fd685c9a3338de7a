"""`reprisal case new`: an id for a case, and its first file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.pipeline.casework import Casework, Change, changed
from reprisal_cli.protect.vault_files import sealed_paths, vault_of
from reprisal_cli.review.revision import ever_added
from reprisal_cli.store.new_case import NewCase, text_of
from reprisal_cli.store.read import walk
from reprisal_cli.store.workspace import load_record

_SERIAL = re.compile(r"[A-Z]{3}-[0-9]{4}-([0-9]{3,6})\Z")


def new_case(work: Casework, made: Callable[[str], NewCase], state: str, year: int) -> Change:
    """The file of a new case. `made` gives what is known of it for the id that it gets."""
    case_id = next_id(work, state, year)
    path = f"{work.corpus.workspace.settings.cases}/{state}/{case_id}.yaml"
    raw = text_of(made(case_id))
    change = changed(work, {path: raw}, [f"{path}: made"], f"{case_id}: received")
    if not change.against and load_record(raw, path, Case)[0] is None:
        raise ReprisalError("no sound case can be made of this", "give each value as one line of text")
    return change


def next_id(work: Casework, state: str, year: int) -> str:
    """The next serial of a State and year after all that this folder, its vault, or any branch known here ever had: an
    id is never used again. Two branches that do not know each other get the same one, and so the same path, and git
    shows the conflict when they meet."""
    last = max((_serial(path, f"{state}-{year}-") for path in _taken(work, state, year)), default=0)
    return f"{state}-{year}-{last + 1:03}"


def _taken(work: Casework, state: str, year: int) -> Iterator[str]:
    folder = work.corpus.workspace.settings.cases
    yield from (str(path) for path in walk(work.root, folder) if isinstance(path, str))
    yield from (file.case.id for file in work.corpus.files)
    yield from sealed_paths(vault_of(work.corpus.workspace))
    yield from ever_added(work.root, f"{folder}/{state}/{state}-{year}-*")


def _serial(path: str, start: str) -> int:
    match = _SERIAL.match(PurePosixPath(path).name.split(".")[0])
    return int(match.group(1)) if match and match.group().startswith(start) else 0
