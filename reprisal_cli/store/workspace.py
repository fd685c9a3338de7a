"""A workspace: the folder that holds `reprisal.yaml`, and what is set there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from reprisal_cli.diagnostic import Diagnostic, ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.person import Record
from reprisal_cli.model.practice import NOTHING, FocalPoints, Practices, Registers
from reprisal_cli.model.settings import Settings
from reprisal_cli.parse import parse
from reprisal_cli.store.faults import diagnose
from reprisal_cli.store.order import out_of_order
from reprisal_cli.store.read import Held, Place, is_there, read_bytes, walk
from reprisal_cli.store.root import MARKER, find_root

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Workspace:
    """`root` is an absolute path; all other paths in the project are relative to it. `editions` are in the order of
    their periods. `held` are the files, where those of a revision are read and not those of the folder."""

    root: Path
    settings: Settings
    editions: tuple[Edition, ...]
    editions_dir: str
    held: Held | None = None
    registers: Registers = NOTHING

    @property
    def place(self) -> Place:
        """Where its files are read."""
        return self.root if self.held is None else self.held

    def edition(self, name: str | None) -> Edition:
        """The edition of that id, or the default one. Raises ReprisalError if there is none."""
        wanted = name or self.settings.edition
        if wanted is None:
            raise ReprisalError("no edition is named", f"say --edition, or set `edition` in {MARKER}")
        for edition in self.editions:
            if edition.id == wanted:
                return edition
        known = ", ".join(edition.id for edition in self.editions) or "none"
        raise ReprisalError("there is no such edition", f"the editions here are: {known}")


def open_workspace(start: Path) -> tuple[Workspace, list[Diagnostic]]:
    """The workspace around a folder, with what is wrong in its settings and editions.

    A faulty edition is left out; faulty settings are replaced by the settings of a new workspace.
    """
    return workspace_at(find_root(start.resolve()))


def workspace_at(root: Path, held: Held | None = None) -> tuple[Workspace, list[Diagnostic]]:
    """The same for the folder itself, or for its files as a revision holds them."""
    place = root if held is None else held
    settings, found = read_record(place, MARKER, Settings)
    settings = settings or Settings()
    folder = f"{settings.templates}/editions"
    editions: list[Edition] = []
    for entry in walk(place, folder):
        if isinstance(entry, Diagnostic):
            found.append(entry)
        elif entry.endswith("/edition.yaml"):
            edition, wrong = read_record(place, entry, Edition)
            found += wrong
            if edition is not None:
                editions.append(edition)
    editions.sort(key=lambda edition: (edition.period, edition.id))
    registers, wrong = _registers(place, f"{settings.templates}/registers")
    return Workspace(root, settings, tuple(editions), folder, held, registers), [*found, *wrong]


def _registers(place: Place, folder: str) -> tuple[Registers, list[Diagnostic]]:
    """The registers of practices and focal points; one that is not there is empty."""
    practices, points = f"{folder}/practices.yaml", f"{folder}/focal-points.yaml"
    listed, found = read_record(place, practices, Practices) if is_there(place, practices) else (None, [])
    known, wrong = read_record(place, points, FocalPoints) if is_there(place, points) else (None, [])
    registers = Registers(listed.practices if listed else (), known.focal_points if known else (), practices, points)
    return registers, [*found, *wrong]


def read_record(root: Place, path: str, model: type[R]) -> tuple[R | None, list[Diagnostic]]:
    """One YAML file as a record, or None with what is wrong with it."""
    raw = read_bytes(root, path)
    if isinstance(raw, Diagnostic):
        return None, [raw]
    return load_record(raw, path, model)


def load_record(raw: bytes, path: str, model: type[R]) -> tuple[R | None, list[Diagnostic]]:
    """Bytes as a record, or None with every fault of the reader and of the schema; a case with keys out of order is a
    case all the same."""
    parsed = parse(raw, path)
    if parsed.data is None:
        return None, list(parsed.diagnostics)
    found = list(parsed.diagnostics)
    try:
        record = model.model_validate(parsed.data)
    except ValidationError as problem:
        found += diagnose(problem, model, parsed.data, path, parsed.faulted)
        return None, found
    if found:
        return None, found
    return record, list(out_of_order(parsed.data, model, path)) if model is Case else []
