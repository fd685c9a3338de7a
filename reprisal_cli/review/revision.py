"""What git is asked about the workspace: which files changed, what stands in a revision. `git.py` starts it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.review.git import GitFailedError, ask, ask_bytes, objects

_PLAINLY = ("-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--relative")
"""A comparison as git itself makes it: no program that a repository names is started, none of another repository."""
_FILES = ("100644", "100755")


class Changes(Struct, frozen=True):
    """What differs from a revision: paths relative to the workspace, new and changed ones, and those taken away."""

    changed: frozenset[str]
    deleted: frozenset[str]


def changes_since(root: Path, revision: str) -> Changes:
    """What the working tree, with files not yet added, changes since the merge base with a revision."""
    base = _merge_base(root, revision)
    said = ask(root, *_without_filters(root), "diff", "--name-status", *_PLAINLY, base, "--")
    parts = said.split("\0")[:-1]
    status = dict(zip(parts[1::2], parts[::2], strict=True))
    untracked = ask(root, "ls-files", "-z", "--others", "--exclude-standard").split("\0")[:-1]
    deleted = {path for path, letter in status.items() if letter == "D" and path not in untracked}
    return Changes(frozenset({*status, *untracked} - deleted), frozenset(deleted))


def uncommitted(root: Path, paths: frozenset[str]) -> frozenset[str]:
    """Those of the paths whose content git could not give back: changed since the last commit, or never committed.
    Without git, all of them."""
    if not paths:
        return paths
    try:
        said = ask(root, "ls-files", "-z", "--", *sorted(paths))
        changed = ask(root, "status", "--porcelain=v1", "-z", "--no-renames", "--ignored", "--", *sorted(paths))
    except ReprisalError:
        return paths
    prefix = ask(root, "rev-parse", "--show-prefix").strip("\n")
    dirty = {entry[3:].removeprefix(prefix) for entry in changed.split("\0") if entry}
    return frozenset(path for path in paths if path in dirty or path not in said.split("\0"))


_HINTS = {
    False: "name a branch, tag or commit, as origin/main",
    True: "name a branch, tag or commit; this clone is shallow: fetch the whole history (fetch-depth: 0)",
}


def _is_shallow(root: Path) -> bool:
    return ask(root, "rev-parse", "--is-shallow-repository").strip() == "true"


def _merge_base(root: Path, revision: str) -> str:
    try:
        commit = ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except GitFailedError:
        raise ReprisalError("git knows no such revision", _HINTS[_is_shallow(root)]) from None
    try:
        return ask(root, "merge-base", commit, "HEAD").strip()
    except GitFailedError:
        raise ReprisalError(
            "this branch and the revision have no commit in common",
            "a shallow clone lacks it: fetch the whole history (fetch-depth: 0)",
        ) from None


def _without_filters(root: Path) -> tuple[str, ...]:
    """Options that switch off the programs through which git would read the working tree (`filter.NAME.clean`): they
    are set by whoever owns the repository, and it may have come from a stranger."""
    try:
        said = ask(root, "config", "-z", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process)$")
    except GitFailedError:
        return ()  # there is none
    names = sorted(set(said.split("\0")[:-1]))
    if any("=" in name for name in names):
        raise ReprisalError("the repository's settings name a filter in a way that cannot be switched off")
    required = [f"{name.rpartition('.')[0]}.required=false" for name in names]
    return tuple(part for one in (*(f"{name}=" for name in names), *required) for part in ("-c", one))


def staged(root: Path) -> Iterator[tuple[str, bytes]]:
    """What the next commit would add or change below the workspace: paths relative to it, with their content."""
    listed = ask(
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
    prefix = ask(root, "rev-parse", "--show-prefix").strip("\n")
    for path in listed.split("\0")[:-1]:
        yield path, ask_bytes(root, "cat-file", "blob", f":{prefix}{path}")


def tracked(root: Path) -> Iterator[tuple[str, bytes]]:
    """All that git holds of the workspace, as it stands in the working tree; links are passed over."""
    for path in ask(root, "ls-files", "-z").split("\0")[:-1]:
        whole = root / path
        if whole.is_file() and not whole.is_symlink():
            yield path, whole.read_bytes()


def half_held(root: Path, digests: Mapping[str, str]) -> list[str]:
    """Those of the files that git has, staged or committed, with the content of their digest; none if it has all of
    them so: they belong together."""
    found = []
    prefix = ask(root, "rev-parse", "--show-prefix").strip("\n") if digests else ""
    for path, digest in sorted(digests.items()):
        with suppress(GitFailedError):  # it has none
            held = ask_bytes(root, "cat-file", "blob", f":{prefix}{path}")
            found += [path] * (hashlib.sha256(held).hexdigest() == digest)
    return [] if len(found) == len(digests) else found


def ever_added(root: Path, pattern: str) -> frozenset[str]:
    """The paths of a pattern that any branch known here ever had, relative to the workspace; none without git."""
    try:
        said = ask(
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


# --- revisions ------------------------------------------------------------------------------------------------------


class Change(Struct, frozen=True):
    """A file that differs: its path relative to the workspace, and the id of its content before and after. An id is
    empty where there is no regular file; `new` is `*` where the content is that of the working tree."""

    path: str
    old: str
    new: str


def commits(root: Path, *revisions: str) -> tuple[str, ...]:
    """The commits that revisions name. Raises ReprisalError for one that git does not know."""
    found = []
    for revision, (kind, name, _) in zip(
        revisions, objects(root, [f"{one}^{{commit}}" for one in revisions]), strict=True
    ):
        if kind != "commit":
            raise ReprisalError(
                f"git knows no revision {revision if revision.isprintable() else ''}".rstrip(),
                "name a branch, tag or commit, as origin/main; a shallow clone lacks old ones (fetch-depth: 0)",
            )
        found.append(name)
    return tuple(found)


def common(root: Path, old: str, new: str) -> str:
    """The commit at which two commits parted."""
    try:
        return ask(root, "merge-base", old, new).strip()
    except GitFailedError:
        raise ReprisalError(
            "the two revisions have no commit in common",
            "a shallow clone lacks it: fetch the whole history (fetch-depth: 0)",
        ) from None


def differing(root: Path, old: str, new: str | None) -> tuple[Change, ...]:
    """The files below the workspace that differ between two commits, or between one and the working tree with files not
    yet added (`new` is None; some may turn out to be the same). No content is read."""
    if new is not None:
        said = ask(root, "diff-tree", "-r", "--raw", "--no-abbrev", *_PLAINLY, old, new, "--")
        return tuple(_raw(said, working=False))
    said = ask(root, *_without_filters(root), "diff-index", "--raw", "--no-abbrev", *_PLAINLY, old, "--")
    found = {one.path: one for one in _raw(said, working=True)}
    for path in ask(root, "ls-files", "-z", "--others", "--exclude-standard").split("\0")[:-1]:
        found[path] = Change(path, found[path].old if path in found else "", "*")
    return tuple(found[path] for path in sorted(found))


def _raw(said: str, working: bool) -> Iterator[Change]:
    parts = said.split("\0")[:-1]
    for head, path in zip(parts[::2], parts[1::2], strict=True):
        before, after, old, new, letter = head[1:].split(" ")
        there = after in _FILES and letter != "D"
        yield Change(path, old if before in _FILES else "", ("*" if working else new) if there else "")


def listing(root: Path, commit: str) -> dict[str, str]:
    """The files of the workspace in a commit, each with the id of its content; empty for what is no regular file."""
    found = {}
    for entry in ask(root, "ls-tree", "-r", "-z", commit).split("\0")[:-1]:
        head, _, path = entry.partition("\t")
        mode, _, name = head.split(" ")
        found[path] = name if mode in _FILES else ""
    return found


def blobs(root: Path, ids: Iterable[str]) -> Mapping[str, bytes]:
    """The contents of those ids, each read once and at most one byte more than the limit of a file."""
    wanted = sorted({one for one in ids if one})
    found = zip(wanted, objects(root, wanted), strict=True)
    return {name: content for name, (kind, _, content) in found if kind == "blob"}


def in_commits(root: Path, path: str, *revisions: str) -> tuple[bytes | None, ...]:
    """One file of the workspace as each commit has it; None where it has none."""
    found = objects(root, [f"{one}:./{path}" for one in revisions])
    return tuple(content if kind == "blob" else None for kind, _, content in found)


def log_of(root: Path, shape: str, *which: str) -> str:
    """The commits of a range in a form of git's, each followed by the paths that it changed, relative to the
    workspace, with NUL between."""
    plain = ("-z", "--no-renames", "--no-ext-diff", "--name-only", "--relative")
    return ask(root, "log", *plain, f"--format=format:{shape}", *which, "--")


def prefix_of(root: Path) -> str:
    """Where the workspace lies in its repository: empty at the top, else `folder/`; empty without a repository too."""
    try:
        return ask(root, "rev-parse", "--show-prefix").strip("\n")
    except ReprisalError:
        return ""


def committed(root: Path, paths: Iterable[str], message: str, author: str = "") -> None:
    """Commits files of the working tree and nothing else, under an author's name. No hook is run."""
    own = (f"--author={author} <>",) if author else ()
    ask(root, *_without_filters(root), "commit", "--quiet", "--only", f"--message={message}", *own, "--", *paths)
