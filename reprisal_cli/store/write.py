"""The one way to write files: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from reprisal_cli.diagnostic import ReprisalError


def write_all(folder: Path, files: Mapping[str, bytes], last: str = "") -> None:
    """Writes files directly into a folder. Each appears whole: temporary file, fsync, rename, fsync of the folder.

    All are written beside their places before the first is renamed; `last` (the manifest) is renamed last, so that a
    folder with a manifest that fits has all its files. Raises ReprisalError, after which no temporary file is left.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(files, key=lambda name: (name == last, name))
        staged = _stage(folder, {name: files[name] for name in names})
        for name in names:
            staged[name].replace(folder / name)
        _sync(folder)
    except OSError as problem:
        raise ReprisalError(f"cannot write to {folder}: {problem.strerror}", "nothing was changed there") from None


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
        for path in staged.values():
            path.unlink(missing_ok=True)
        raise
    return staged


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
