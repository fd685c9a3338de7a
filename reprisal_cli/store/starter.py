"""A new workspace: what lies in `templates/starter/`, and the templates that every workspace has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.root import MARKER
from reprisal_cli.store.together import write_folder

_SHARED = ("figures", "house", "letters", "sentences")
_TODAY = b"TODAY"  # stands in the invented case where a date that grows old would be a finding


def make_workspace(folder: Path, today: date) -> int:
    """Writes a new workspace and gives the number of its files. Raises ReprisalError if the folder holds anything but
    an empty repository."""
    files = {target.as_posix(): _content(source, today) for source, target in _files(templates_folder())}
    if not _is_free(folder, files):
        raise ReprisalError(f"{folder} is not empty", "name a new folder: nothing is ever written over")
    write_folder(folder, files, last=MARKER)
    return len(files)


def _is_free(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder holds nothing, a new repository, or what this command left there when it was killed: files that
    it would write again, without the one that makes it a workspace."""
    if not folder.exists():
        return True
    if not folder.is_dir() or folder.is_symlink():
        return False
    here = [path for path in _below(folder) if path.relative_to(folder).parts[0] != ".git"]
    return all(
        (name := path.relative_to(folder).as_posix()) != MARKER and path.read_bytes() == files.get(name)
        for path in here
    )


def templates_folder() -> Path:
    """The templates that came with the program: in the wheel beside the code, in a clone at the top."""
    here = Path(__file__).resolve().parents[1]
    for folder in (here / "templates", here.parent / "templates"):
        if (folder / "starter").is_dir():
            return folder
    raise ReprisalError("the program came without its templates", "install it again")


def _files(templates: Path) -> Iterator[tuple[Path, Path]]:
    """Each file with its place in the new workspace. A leading `dot-` stands for a dot: git would read it here."""
    starter = templates / "starter"
    for path in _below(starter):
        target = path.relative_to(starter)
        yield path, target.with_name(f".{name[4:]}" if (name := target.name).startswith("dot-") else name)
    for shared in _SHARED:
        for path in _below(templates / shared):
            yield path, Path("templates") / path.relative_to(templates)


def _content(source: Path, today: date) -> bytes:
    content = source.read_bytes()
    return content.replace(_TODAY, today.isoformat().encode()) if source.suffix == ".yaml" else content


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
