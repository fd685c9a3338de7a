"""The one door to git. It is asked, never told to change anything; no hook, pager, editor or network is used."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.read import TAKEN

_ALWAYS = (
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.quotePath=false",
    "-c",
    "log.showSignature=false",
)
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
_PLAINLY = ("-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--relative")
"""A comparison as git itself makes it: no program that a repository names is started, none of another repository."""
_FILES = ("100644", "100755")
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from a revision: paths relative to the workspace, new and changed ones, and those taken away."""

    changed: frozenset[str]
    deleted: frozenset[str]


def changes_since(root: Path, revision: str) -> Changes:
    """What the working tree, with files not yet added, changes since the merge base with a revision."""
    base = _merge_base(root, revision)
    said = _git(root, *_without_filters(root), "diff", "--name-status", *_PLAINLY, base, "--")
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
    _heard(done.returncode, done.stderr, arguments)
    return done.stdout


def _heard(code: int, said: bytes, arguments: tuple[str, ...]) -> None:
    """Raises ReprisalError where git could not do what it was asked."""
    if code == _NO_PROGRAM:
        raise ReprisalError("git was not found", "install git, or leave this option out")
    if b"not a git repository" in said:
        raise ReprisalError("this folder is in no git repository", "`git init` makes one, or leave this option out")
    if code:
        command = next(word for word in arguments if not word.startswith("-") and "=" not in word)
        raise _GitFailedError("git could not answer", f"git {command} ended with {code}")


def _without_filters(root: Path) -> tuple[str, ...]:
    """Options that switch off the programs through which git would read the working tree (`filter.NAME.clean`): they
    are set by whoever owns the repository, and it may have come from a stranger."""
    try:
        said = _git(root, "config", "-z", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process)$")
    except _GitFailedError:
        return ()  # there is none
    names = sorted(set(said.split("\0")[:-1]))
    if any("=" in name for name in names):
        raise ReprisalError("the repository's settings name a filter in a way that cannot be switched off")
    required = [f"{name.rpartition('.')[0]}.required=false" for name in names]
    return tuple(part for one in (*(f"{name}=" for name in names), *required) for part in ("-c", one))


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


# --- revisions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """A file that differs: its path relative to the workspace, and the id of its content before and after. An id is
    empty where there is no regular file; `new` is `*` where the content is that of the working tree."""

    path: str
    old: str
    new: str


def commits(root: Path, *revisions: str) -> tuple[str, ...]:
    """The commits that revisions name. Raises ReprisalError for one that git does not know."""
    found = []
    for revision, (kind, name, _) in zip(
        revisions, _objects(root, [f"{one}^{{commit}}" for one in revisions]), strict=True
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
        return _git(root, "merge-base", old, new).strip()
    except _GitFailedError:
        raise ReprisalError(
            "the two revisions have no commit in common",
            "a shallow clone lacks it: fetch the whole history (fetch-depth: 0)",
        ) from None


def differing(root: Path, old: str, new: str | None) -> tuple[Change, ...]:
    """The files below the workspace that differ between two commits, or between one and the working tree with files not
    yet added (`new` is None; some may turn out to be the same). No content is read."""
    if new is not None:
        said = _git(root, "diff-tree", "-r", "--raw", "--no-abbrev", *_PLAINLY, old, new, "--")
        return tuple(_raw(said, working=False))
    said = _git(root, *_without_filters(root), "diff-index", "--raw", "--no-abbrev", *_PLAINLY, old, "--")
    found = {one.path: one for one in _raw(said, working=True)}
    for path in _git(root, "ls-files", "-z", "--others", "--exclude-standard").split("\0")[:-1]:
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
    for entry in _git(root, "ls-tree", "-r", "-z", commit).split("\0")[:-1]:
        head, _, path = entry.partition("\t")
        mode, _, name = head.split(" ")
        found[path] = name if mode in _FILES else ""
    return found


def blobs(root: Path, ids: Iterable[str]) -> Mapping[str, bytes]:
    """The contents of those ids, each read once and at most one byte more than the limit of a file."""
    wanted = sorted({one for one in ids if one})
    found = zip(wanted, _objects(root, wanted), strict=True)
    return {name: content for name, (kind, _, content) in found if kind == "blob"}


def in_commits(root: Path, path: str, *revisions: str) -> tuple[bytes | None, ...]:
    """One file of the workspace as each commit has it; None where it has none."""
    found = _objects(root, [f"{one}:./{path}" for one in revisions])
    return tuple(content if kind == "blob" else None for kind, _, content in found)


def _objects(root: Path, names: list[str]) -> Iterator[tuple[str, str, bytes]]:
    """Kind, id and content of each object that is named; kind and id are empty for one that there is not. One process
    for all of them: it answers while it is asked."""
    if any("\n" in name for name in names):
        raise ReprisalError("a revision has no line end in its name", "name a branch, tag or commit, as origin/main")
    arguments = ("cat-file", "--batch")
    with subprocess.Popen(
        [*_ENV, "git", *_ALWAYS, *arguments],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as git:
        assert git.stdin is not None
        assert git.stdout is not None
        assert git.stderr is not None
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]  # few enough for what is asked to fit into the pipe
            try:
                git.stdin.write("".join(f"{name}\n" for name in some).encode("utf-8", "surrogateescape"))
                git.stdin.flush()
            except BrokenPipeError:
                break
            for _ in some:
                head = git.stdout.readline()
                if not head:
                    break
                yield _object(head, git.stdout)
        git.stdin.close()
        said = git.stderr.read()
    _heard(git.returncode, said, arguments)


def _object(head: bytes, stream: IO[bytes]) -> tuple[str, str, bytes]:
    name, _, rest = head.rstrip(b"\n").rpartition(b" ")
    if not rest.isdigit():
        return "", "", b""  # missing, or ambiguous
    name, _, kind = name.rpartition(b" ")
    left = int(rest)
    content = stream.read(min(left, TAKEN))
    left -= len(content)
    while left > 0:  # too large for a file of a workspace: it is passed over, not kept
        left -= len(stream.read(min(left, TAKEN)))
    stream.read(1)
    return kind.decode(), name.decode(), content


def log_of(root: Path, shape: str, *which: str) -> str:
    """The commits of a range in a form of git's, each followed by the paths that it changed, relative to the
    workspace, with NUL between."""
    plain = ("-z", "--no-renames", "--no-ext-diff", "--name-only", "--relative")
    return _git(root, "log", *plain, f"--format=format:{shape}", *which, "--")
