"""The one way to write files: whole or not at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from reprisal_cli.diagnostic import ReprisalError


def write_all(folder: Path, files: Mapping[str, bytes], last: str = "") -> None:
    """Writes files directly into a folder. Each appears whole: temporary file, fsync, rename, fsync of the folder.

    All are written beside their places before the first is renamed; `last` (the manifest) is renamed last, so that a
    folder with a manifest that fits has all its files. One writer at a time: a second one waits. Raises ReprisalError,
    after which no temporary file is left.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(files, key=lambda name: (name == last, name))
        with _locked(folder) as handle:
            _room(folder, names)
            _rename(_stage(folder, {name: files[name] for name in names}), folder)
            os.fsync(handle)
    except OSError as problem:
        raise ReprisalError(f"cannot write to {folder}: {problem.strerror}", "nothing was changed there") from None


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """The folder, open and for this writer alone. The lock ends with the process, whatever ends that."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _room(folder: Path, names: list[str]) -> None:
    """Raises OSError where a folder stands in the place of a file: a rename would fail with half of the files done."""
    for name in names:
        target = folder / name
        if target.is_dir() and not target.is_symlink():
            raise IsADirectoryError(21, f"{name} is a folder")


def _stage(folder: Path, files: Mapping[str, bytes]) -> dict[str, Path]:
    staged: dict[str, Path] = {}
    try:
        for name, content in files.items():
            handle, temporary = tempfile.mkstemp(prefix=".writing-", dir=folder)
            staged[name] = Path(temporary)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(handle)
            staged[name].chmod(0o666 & ~_umask())
    except OSError:
        _discard(staged)
        raise
    return staged


def _rename(staged: Mapping[str, Path], folder: Path) -> None:
    try:
        for name, path in staged.items():
            path.replace(folder / name)
    except OSError:
        _discard(staged)
        raise


def _discard(staged: Mapping[str, Path]) -> None:
    for path in staged.values():
        path.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
