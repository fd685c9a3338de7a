"""A workspace: the folder that holds `reprisal.yaml`, and what is set there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from pydantic import ValidationError

from reprisal_cli.diagnostic import Diagnostic, Location, Related, ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.person import Record
from reprisal_cli.model.practice import NOTHING, FocalPoints, Practices, Registers
from reprisal_cli.model.settings import Settings
from reprisal_cli.parse import parse
from reprisal_cli.rule import error
from reprisal_cli.store.faults import FORM, diagnose
from reprisal_cli.store.order import out_of_order
from reprisal_cli.store.published import Published, read_published
from reprisal_cli.store.read import UNREADABLE, Held, Place, is_there, read_bytes, walk
from reprisal_cli.store.root import MARKER, find_root

R = TypeVar("R", bound=Record)

ELSEWHERE = error("RC650", "edition-in-another-folder")
TWICE = error("RC651", "edition-id-twice")
RULES = (ELSEWHERE, TWICE)


class Workspace(Struct, frozen=True):
    """`root` is an absolute path; all other paths in the project are relative to it. `editions` are in the order of
    their periods. `held` are the files, where those of a revision are read and not those of the folder. `published`
    are the records of the editions that are frozen."""

    root: Path
    settings: Settings
    editions: tuple[Edition, ...]
    editions_dir: str
    held: Held | None = None
    registers: Registers = NOTHING
    published: Mapping[str, Published] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    """The ids, by their folders, of editions that are there and cannot be read, and the name of the settings where
    they cannot: what rests on them is no fault."""

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
    unread = set() if settings is not None else {MARKER}
    settings = settings or Settings()
    found += _one_in_another(settings)
    if settings.cases != Settings().cases and held is None and not (root / settings.cases).exists():
        hint = "correct the name, or make the folder"
        found.append(UNREADABLE.at(Location(MARKER, ("cases",)), "there is no such folder: no case is read", hint))
    folder = f"{settings.templates}/editions"
    listed: dict[str, Edition] = {}
    for entry in walk(place, folder):
        if isinstance(entry, Diagnostic):
            found.append(entry)
            unread.update(entry.location.path.removeprefix(f"{folder}/").split("/")[:1])
        elif entry.endswith("/edition.yaml"):
            edition, wrong = read_record(place, entry, Edition)
            found += wrong
            if edition is not None:
                listed[entry] = edition
            else:
                unread.add(entry.split("/")[-2])
    editions, wrong = _each_once(listed, folder)
    editions.sort(key=lambda edition: (edition.period, edition.id))
    found += wrong
    registers, wrong = _registers(place, f"{settings.templates}/registers")
    found += wrong
    published: dict[str, Published] = {}
    for edition in editions:
        record = read_published(place, folder, edition.id)
        if isinstance(record, Diagnostic):
            found.append(record)
        elif record is not None:
            published[edition.id] = record
    known = frozenset(unread)
    return Workspace(root, settings, tuple(editions), folder, held, registers, published, known), found


def _one_in_another(settings: Settings) -> Iterator[Diagnostic]:
    """A folder of the workspace that lies in another one: a build would take cases for its own, and git pass over
    them."""
    folders = {key: f"{getattr(settings, key)}/" for key in ("cases", "templates", "build", "vault")}
    for key, folder in folders.items():
        inside = next((other for other, wide in folders.items() if other != key and folder.startswith(wide)), None)
        if inside is not None and (folder != folders[inside] or key > inside):
            message = f"this folder lies in that of `{inside}`"
            yield FORM.at(Location(MARKER, (key,)), message, "give each its own folder")


def _registers(place: Place, folder: str) -> tuple[Registers, list[Diagnostic]]:
    """The registers of practices and focal points; one that is not there is empty."""
    practices, points = f"{folder}/practices.yaml", f"{folder}/focal-points.yaml"
    listed, found = read_record(place, practices, Practices) if is_there(place, practices) else (None, [])
    known, wrong = read_record(place, points, FocalPoints) if is_there(place, points) else (None, [])
    registers = Registers(listed.practices if listed else (), known.focal_points if known else (), practices, points)
    return registers, [*found, *wrong]


def _each_once(listed: dict[str, Edition], folder: str) -> tuple[list[Edition], list[Diagnostic]]:
    """One edition for each id, the one in its own folder where there are several; with what is wrong."""
    found: list[Diagnostic] = []
    kept: dict[str, str] = {}
    for path, edition in sorted(listed.items(), key=lambda item: (item[0] != _own(folder, item[1]), item[0])):
        if path != _own(folder, edition):
            hint = f"rename the folder to {edition.id}, or correct the id"
            message = "an edition lies in the folder of its id, and this one does not"
            found.append(ELSEWHERE.at(Location(path, ("id",)), message, hint))
        if edition.id in kept:
            also = (Related(Location(kept[edition.id], ("id",)), "the other one"),)
            message = f"{edition.id} is the id of another edition too"
            found.append(TWICE.at(Location(path, ("id",)), message, "give each edition its own id", also))
        kept.setdefault(edition.id, path)
    return [listed[path] for path in kept.values()], found


def _own(folder: str, edition: Edition) -> str:
    return f"{folder}/{edition.id}/edition.yaml"


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
