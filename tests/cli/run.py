"""Runs the command line in this process, as a shell would see it."""

from __future__ import annotations

import contextlib
import io
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from reprisal_cli.cli.app import application
from reprisal_cli.diagnostic import ReprisalError

AS_OF = ("--as-of", "2026-02-01")


@dataclass(frozen=True)
class Ran:
    """What came out: both streams, and the exit code."""

    out: str
    err: str
    code: int


@cache
def command_line() -> Any:
    """The command line as click knows it: to make it takes a tenth of a second."""
    return typer.main.get_command(application())


def reprisal(folder: Path, *arguments: str) -> Ran:
    """What `reprisal ARGUMENTS` prints in a folder."""
    out, err = _stream(), _stream()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        try:
            code = command_line().main(list(arguments), "reprisal", standalone_mode=False) or 0
        except ReprisalError as problem:
            err.write(f"reprisal: {problem.message}\n  help: {problem.hint}\n")
            code = 2
        except typer.Exit as done:
            code = done.exit_code
    return Ran(_written(out), _written(err), code)


def _stream() -> io.TextIOWrapper:
    """A stream that takes bytes too, as standard output does."""
    return io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def validate(folder: Path, *arguments: str) -> Ran:
    """`reprisal validate`, on the day of the examples."""
    return reprisal(folder, "validate", *AS_OF, *arguments)


def git(folder: Path, *arguments: str) -> str:
    """git, with a name of its own."""
    own = ("-c", "user.name=Invented", "-c", "user.email=invented@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *own, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def committed(folder: Path) -> Path:
    """The folder as a repository in which all is committed."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "start")
    return folder
