"""The one door to git. It is asked, never told to change anything; no hook, pager, editor or network is used."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reprisal_cli.diagnostic import ReprisalError

_ALWAYS = ("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false")
_UNSET = (
    "DIR",
    "WORK_TREE",
    "INDEX_FILE",
    "OBJECT_DIRECTORY",
    "COMMON_DIR",
    "NAMESPACE",
    "EXTERNAL_DIFF",
    "CONFIG_COUNT",
)
_SET = ("LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1")
_ENV = ("env", *(part for name in _UNSET for part in ("-u", f"GIT_{name}")), *_SET)
"""`env` takes out what would point git elsewhere (a hook sets it), and keeps git from asking and from fetching."""
_NO_PROGRAM = 127


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from a revision: paths relative to the workspace, new and changed ones, and those taken away."""

    changed: frozenset[str]
    deleted: frozenset[str]


def changes_since(root: Path, revision: str) -> Changes:
    """What the working tree, with files not yet added, changes since the merge base with a revision."""
    base = _merge_base(root, revision)
    said = _git(
        root, "diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative", base, "--"
    )
    parts = said.split("\0")[:-1]
    status = dict(zip(parts[1::2], parts[::2], strict=True))
    untracked = _git(root, "ls-files", "-z", "--others", "--exclude-standard").split("\0")[:-1]
    deleted = {path for path, letter in status.items() if letter == "D" and path not in untracked}
    return Changes(frozenset({*status, *untracked} - deleted), frozenset(deleted))


def uncommitted(root: Path, paths: frozenset[str]) -> frozenset[str]:
    """Those of the paths whose content git could not give back: changed since the last commit, or never committed.
    Without git, all of them."""
    if not paths:
        return paths
    try:
        said = _git(root, "ls-files", "-z", "--", *sorted(paths))
        changed = _git(root, "status", "--porcelain=v1", "-z", "--no-renames", "--ignored", "--", *sorted(paths))
    except ReprisalError:
        return paths
    prefix = _git(root, "rev-parse", "--show-prefix").strip("\n")
    dirty = {entry[3:].removeprefix(prefix) for entry in changed.split("\0") if entry}
    return frozenset(path for path in paths if path in dirty or path not in said.split("\0"))


def _merge_base(root: Path, revision: str) -> str:
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except _GitFailedError:
        raise ReprisalError("git knows no such revision", "name a branch, tag or commit, as origin/main") from None
    try:
        return _git(root, "merge-base", commit, "HEAD").strip()
    except _GitFailedError:
        raise ReprisalError(
            "this branch and the revision have no commit in common",
            "a shallow clone lacks it: fetch the whole history (fetch-depth: 0)",
        ) from None


class _GitFailedError(ReprisalError):
    """git ran and said no."""


def _git(root: Path, *arguments: str) -> str:
    return _git_bytes(root, *arguments).decode("utf-8", "surrogateescape")


def _git_bytes(root: Path, *arguments: str) -> bytes:
    done = subprocess.run(
        [*_ENV, "git", *_ALWAYS, *arguments], cwd=root, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode == _NO_PROGRAM:
        raise ReprisalError("git was not found", "install git, or leave this option out")
    if b"not a git repository" in done.stderr:
        raise ReprisalError("this folder is in no git repository", "`git init` makes one, or leave this option out")
    if done.returncode:
        raise _GitFailedError("git could not answer", f"git {arguments[0]} ended with {done.returncode}")
    return done.stdout


def staged(root: Path) -> Iterator[tuple[str, bytes]]:
    """What the next commit would add or change below the workspace: paths relative to it, with their content."""
    listed = _git(
        root,
        "diff",
        "--cached",
        "--name-only",
        "-z",
        "--no-renames",
        "--diff-filter=ACMRT",
        "--no-ext-diff",
        "--relative",
    )
    prefix = _git(root, "rev-parse", "--show-prefix").strip("\n")
    for path in listed.split("\0")[:-1]:
        yield path, _git_bytes(root, "cat-file", "blob", f":{prefix}{path}")


def tracked(root: Path) -> Iterator[tuple[str, bytes]]:
    """All that git holds of the workspace, as it stands in the working tree; links are passed over."""
    for path in _git(root, "ls-files", "-z").split("\0")[:-1]:
        whole = root / path
        if whole.is_file() and not whole.is_symlink():
            yield path, whole.read_bytes()


def ever_added(root: Path, pattern: str) -> frozenset[str]:
    """The paths of a pattern that any branch known here ever had, relative to the workspace; none without git."""
    try:
        said = _git(
            root,
            "log",
            "--all",
            "--no-renames",
            "--diff-filter=A",
            "--relative",
            "--name-only",
            "--format=",
            "--",
            pattern,
        )
    except ReprisalError:
        return frozenset()
    return frozenset(said.split("\n")) - {""}
