"""A writer of three files in three folders that is killed, and what it leaves."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reprisal_cli.store.root import MARKER, UNDO, UNDONE
from reprisal_cli.store.together import write_together
from reprisal_cli.store.write import is_left_by_writer

OLD = {"a/one": b"old", "b/two": b"old"}
NEW = {"a/one": b"new", "b/two": b"new", "c/three": b"new"}
FIRST, SECOND, THIRD, ALL = 2, 3, 4, 5
"""Renames before which it is killed, counted from 1: of the first file, the second, the third, and, when all of them
have their names, of the journal. The journal comes into its place by the rename before."""


def workspace(root: Path) -> Path:
    (root / MARKER).write_text("edition: hrc-60\n")
    write_together(root, OLD)
    return root


def shown(root: Path) -> dict[str, bytes]:
    """The files below a workspace, but for its settings."""
    found = sorted(path for path in root.rglob("*") if path.is_file() and path.name != MARKER)
    below = {path.relative_to(root): path for path in found}
    return {place.as_posix(): path.read_bytes() for place, path in below.items() if place.parts[0] != ".git"}


def seen(root: Path) -> dict[str, bytes]:
    """Those that are not there for a writer alone."""
    return {name: content for name, content in shown(root).items() if not is_beside(Path(name).name)}


def is_beside(name: str) -> bool:
    return is_left_by_writer(name) or name in (UNDO, UNDONE)


def killed(root: Path, at: int, files: Mapping[str, bytes] = NEW, **more: Any) -> None:
    """A writer that is killed before one of its renames."""
    assert killed_at(("replace", "rename"), at, lambda: write_together(root, files, **more))


def killed_at(calls: tuple[str, ...], at: int, act: Callable[[], object]) -> bool:
    """Does something in a process that is killed before one of its calls, counted from 1: of `Path`, or `fsync`. False
    if it came to its end before."""
    child = os.fork()
    if child == 0:
        count = 0

        def counted(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*given: Any, **named: Any) -> Any:
                nonlocal count
                count += 1
                if count == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*given, **named)

            return call

        for name in calls:
            place = os if name == "fsync" else Path
            setattr(place, name, counted(getattr(place, name)))
        act()
        os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL
