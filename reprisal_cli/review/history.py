"""The commits that lead from one state of a workspace to another: who changed which file, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from reprisal_cli.review.revision import log_of

_SHAPE = "%x1e%H%x1f%aN%x1f%at%x1f"


class Commit(Struct, frozen=True):
    """One commit: its whole name, who wrote it, when (UTC), and the paths that it changed, relative to the
    workspace."""

    name: str
    author: str
    when: datetime
    paths: frozenset[str]


def commits_between(root: Path, old: str, new: str) -> tuple[Commit, ...]:
    """The commits that lead from one commit to another, the newest first; never empty: the second itself stands for
    them where there are none."""
    return _read(log_of(root, _SHAPE, f"{old}..{new}")) or _read(log_of(root, _SHAPE, "--max-count=1", new))


def _read(said: str) -> tuple[Commit, ...]:
    out: list[Commit] = []
    for entry in said.split("\x1e")[1:]:
        name, author, seconds, paths = entry.split("\x1f", 3)
        changed = frozenset(path for path in paths.strip("\n").split("\0") if path.strip())
        out.append(Commit(name, author, datetime.fromtimestamp(int(seconds), UTC), changed))
    return tuple(out)
