"""Starts git: the one door to it. No hook, pager, editor or network is used, nor what would point it elsewhere.

What it is asked stands in `revision.py`; it is told to change something by `init`, `configure` and the commits of
`import word --commit` alone, when somebody wants that.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
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
_AT_ONCE = 200


class GitFailedError(ReprisalError):
    """git ran and said no."""


def ask(root: Path, *arguments: str) -> str:
    """What git answers in a folder, as text. Raises ReprisalError if it cannot; `GitFailedError` if it says no."""
    return ask_bytes(root, *arguments).decode("utf-8", "surrogateescape")


def ask_bytes(root: Path, *arguments: str) -> bytes:
    """The same as bytes."""
    command = [*_ENV, "git", *_ALWAYS, *arguments]
    try:
        done = subprocess.run(command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except FileNotFoundError:  # not even `env` is on the path
        _heard(_NO_PROGRAM, b"", arguments)
        raise
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
        raise GitFailedError("git could not answer", f"git {command} ended with {code}")


def objects(root: Path, names: list[str]) -> Iterator[tuple[str, str, bytes]]:
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


# --- what git is told -----------------------------------------------------------------------------------------------


def merge_file(base: Path, ours: Path, theirs: Path, marks: int) -> tuple[bytes, bool]:
    """Three files merged by lines as git does, and whether conflicts are marked in what came out."""
    files = [str(path.absolute()) for path in (ours, base, theirs)]
    names = ("-L", "ours", "-L", "base", "-L", "theirs")
    arguments = ("merge-file", "-p", f"--marker-size={marks}", *names, "--", *files)
    done = subprocess.run(
        [*_ENV, "git", *_ALWAYS, *arguments], cwd=ours.absolute().parent, stdin=subprocess.DEVNULL, capture_output=True
    )
    if done.returncode > _NO_PROGRAM:
        raise GitFailedError("git could not merge the files", "are they text?")
    return done.stdout, done.returncode != 0


def init(root: Path) -> None:
    """Makes a folder a repository; one that is one stays as it is."""
    ask(root, "init", "--quiet")


def configure(root: Path, settings: Mapping[str, str]) -> None:
    """Sets settings of this repository alone: all of them, or none. git would write each by itself."""
    from reprisal_cli.store.write import write_all  # nothing else here writes

    path = (root / ask(root, "rev-parse", "--git-path", "config").strip("\n")).resolve()
    try:
        before, content = _with_settings(root, path, settings)
    except OSError as problem:
        raise ReprisalError(f"cannot write to {path.parent}: {problem.strerror}", "nothing was changed there") from None
    write_all(path.parent, {path.name: content}, seen={path.name: before})


def _with_settings(root: Path, path: Path, settings: Mapping[str, str]) -> tuple[bytes, bytes]:
    """The file of settings as it is, and with more in it. git writes into a copy beside it."""
    from reprisal_cli.store.write import locked, sweep, temporary, write_new

    before, copy = path.read_bytes(), temporary(path.parent)
    with locked(path.parent):
        try:
            write_new(copy, before, path)
            for name, value in settings.items():
                ask(root, "config", "--file", str(copy), name, value)
            return before, copy.read_bytes()
        finally:
            sweep(path.parent)
