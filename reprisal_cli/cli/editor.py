"""The editor for clear text: started so that what it keeps for itself stays in memory as well."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import typer

from reprisal_cli.diagnostic import Diagnostic, ReprisalError

_HOMES = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
"""Where editors keep backups, histories and swap files; during the edit all of them are the folder in memory."""


def bases() -> tuple[Path, ...]:
    """Folders that may be memory-backed, in the order in which they are tried."""
    own = os.environ.get("XDG_RUNTIME_DIR")
    return (*((Path(own),) if own else ()), Path("/dev/shm"))  # noqa: S108 - a private folder is made in it


def run_editor(folder: Path, file: Path) -> int:
    """Runs $VISUAL or $EDITOR on a file and gives its exit code."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    kept = {name: value for name, value in os.environ.items() if name != "REPRISAL_IDENTITY"}
    environment = {**kept, **dict.fromkeys(_HOMES, str(folder))}
    try:
        words = shlex.split(command)
        return subprocess.run([*words, str(file)], cwd=folder, env=environment, check=False).returncode
    except (OSError, ValueError):
        raise ReprisalError(
            "the editor could not be started", "set EDITOR to a program that waits, as vi or nano"
        ) from None


def offer_again(root: Path) -> Callable[[list[Diagnostic]], bool]:
    """Shows findings and asks whether to go on editing; where nobody can answer, the answer is no."""

    def again(found: list[Diagnostic]) -> bool:
        from reprisal_cli.cli.output import print_findings

        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        print_findings(found, root, "text", sys.stderr)
        return typer.confirm("Edit it again? (No: nothing is written)", default=True, err=True)

    return again
