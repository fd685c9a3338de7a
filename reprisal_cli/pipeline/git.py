"""What git calls for case files (`.gitattributes`): how a file is shown, and how two edits of one become one."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.review.git import configure, init, merge_file
from reprisal_cli.review.merge import merge
from reprisal_cli.review.textconv import lines_of
from reprisal_cli.store.write import write_all

SETTINGS = {
    "diff.reprisal.textconv": 'f() { reprisal git textconv "$1" || cat "$1"; }; f',
    "merge.reprisal.name": "case files, entry by entry",
    "merge.reprisal.driver": "reprisal git merge %O %A %B --marker-size %L; case $? in 0) exit 0;; 1) exit 1;; esac; "
    "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B",
}
"""What a repository is told: git runs no program that is named in files that came with a clone. Where this program is
not on the path (another terminal), or fails, both do what git does without it: a driver that cannot be started would
leave our file as it is, and what they did would soon be lost."""


class Merged(Struct, frozen=True):
    """Whether the file holds conflicts now."""

    conflicts: bool


def shown(path: Path) -> bytes:
    """A file as git shows it."""
    return lines_of(_content(path))


def merge_files(base: Path, ours: Path, theirs: Path, marks: int) -> Merged:
    """Writes the merged file in the place of ours, as git wants it. Where the two edits cannot both be kept with
    certainty, git merges the lines, with conflict marks where they meet."""
    contents = [_content(path) for path in (base, ours, theirs)]
    merged = merge(*contents)
    conflicts = False
    if merged is None:
        merged, conflicts = merge_file(base, ours, theirs, marks)
    if merged != contents[1]:
        write_all(ours.absolute().parent, {ours.name: merged})
    return Merged(conflicts)


def set_up(root: Path, new: bool = False) -> None:
    """Tells a repository to use both; `new` makes it one first."""
    if new:
        init(root)
    configure(root, SETTINGS)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or "it cannot be read").lower()
        raise ReprisalError(f"a file that git named cannot be read: {reason}") from None
