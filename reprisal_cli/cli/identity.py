"""The key to the vault on the command line, and errors that tell nothing of what was being read."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from types import TracebackType

    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.protect.vault import Keys

_MOST = 64 * 1024
_ROOM = 128 * 1024**2
"""What has to be free in memory-backed storage for documents to be made there."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})
"""Faults of writing. Those of files are told where they are written; what is left is the output itself."""
_ENDS: ContextVar[ExitStack | None] = ContextVar("ends", default=None)
"""What is tidied when the command that is running ends."""

Identity = Annotated[
    Path | None,
    typer.Option(
        "--identity",
        "-i",
        help="Your private key: an age identity file, with or without a passphrase, or an ssh key.",
        metavar="FILE",
        envvar="REPRISAL_IDENTITY",
    ),
]


def keys_of(identity: Path | None) -> Keys:
    """The keys of an identity file. Raises ReprisalError if none is named, or if it does not open."""
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.protect.memory import read_private
    from reprisal_cli.protect.vault import read_keys

    if identity is None:
        raise ReprisalError("the vault needs your key here", "say --identity FILE, or set REPRISAL_IDENTITY")
    return read_keys(read_private(identity.resolve(), _MOST), _passphrase)


def keys_if(identity: Path | None) -> Keys | None:
    """The same, or None if no file is named. From then on, and until `quiet` ends, temporary files lie in memory where
    there is room: documents that are being made may hold names, and a command can be killed."""
    if identity is None:
        return None
    keys = keys_of(identity)
    if (ends := _ENDS.get()) is not None:
        ends.enter_context(_temporary_in_memory())
    return keys


@contextmanager
def _temporary_in_memory() -> Iterator[None]:
    import os
    import shutil
    import tempfile

    from reprisal_cli.cli.editor import bases
    from reprisal_cli.protect.memory import clear_folder, in_memory

    roomy = [base for base in bases() if base.is_dir() and in_memory(base) and shutil.disk_usage(base).free >= _ROOM]
    if not roomy:
        yield
        return
    before, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    with clear_folder(roomy) as folder:
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)  # for us, and for the programs that are started
        try:
            yield
        finally:
            tempfile.tempdir = before
            os.environ.pop("TMPDIR")
            if variable is not None:
                os.environ["TMPDIR"] = variable


def _passphrase() -> str:
    from getpass import getpass

    from reprisal_cli.diagnostic import ReprisalError

    try:
        return getpass("Passphrase of the identity file: ", stream=sys.stderr)
    except EOFError:
        raise ReprisalError("no passphrase was given", "the identity file is protected with one") from None


@contextmanager
def quiet() -> Iterator[None]:
    """What a command that may open the vault runs in. An unexpected fault becomes a ReprisalError that holds its kind
    and its place in the program. A traceback, or the message of a library, could quote what was in the vault.
    """
    from reprisal_cli.diagnostic import ReprisalError

    try:
        with ExitStack() as ends:
            before = _ENDS.set(ends)
            try:
                yield
            finally:
                _ENDS.reset(before)
    except (ReprisalError, BrokenPipeError):
        raise
    except BaseException as problem:
        if not isinstance(problem, Exception) and type(problem).__name__ != "PanicException":
            raise
        if type(problem).__module__.split(".")[0] in ("typer", "click"):
            raise
        raise unexpected(problem) from None


def unexpected(problem: BaseException) -> ReprisalError:
    """What is told of a fault that nobody thought of: its kind and its place in the program; or that nothing can be
    told, since what the output goes to is full."""
    from reprisal_cli.diagnostic import ReprisalError

    if isinstance(problem, OSError) and problem.filename is None and problem.errno in _FULL:
        hint = "what was to be done may be done: look (`git status`) before this is run again"
        return ReprisalError(f"this cannot be printed: {problem.strerror}", hint)
    message = f"unexpected fault ({type(problem).__name__}) at {_place(problem.__traceback__)}"
    return ReprisalError(message, "please report this line: what was being read is left out of it")


def _place(trace: TracebackType | None) -> str:
    """The innermost line of this program: file and line, without what stands there."""
    place = "?"
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "reprisal_cli" in name:
            place = f"reprisal_cli{name.rpartition('reprisal_cli')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
