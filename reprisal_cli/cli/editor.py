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


# --- files that are no secret, opened at a line -----------------------------------------------------------------------

_AFTER = ("vi", "vim", "nvim", "view", "gvim", "nano", "micro", "emacs", "emacsclient", "kak", "joe", "gedit", "xed")
"""Editors that take `+LINE FILE`."""
_COLON = ("subl", "zed", "hx", "helix", "lapce")
"""Editors that take `FILE:LINE`."""
_GOTO = ("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf")
"""Editors that take `-g FILE:LINE`."""
_IN_TERMINAL = ("vi", "vim", "nvim", "view", "nano", "micro", "kak", "joe", "hx", "helix", "ed")


def opener(given: str | None) -> tuple[str | None, Callable[[Path, int], None] | None]:
    """What opens a file at a line: the pattern of an address, or a function that starts a program; neither where
    nothing is set. `given` wins over $VISUAL and $EDITOR; `none` stands for neither."""
    command = given if given is not None else os.environ.get("VISUAL") or os.environ.get("EDITOR") or "none"
    if command.strip() in ("", "none"):
        return None, None
    if "://" in command and " " not in command:
        if command.split(":", 1)[0].lower() in ("http", "https", "file", "javascript", "data", "blob"):
            raise ReprisalError("this is no address of an editor", "as vscode://file/{file}:{line}")
        return command, None
    try:
        words = shlex.split(command)
    except ValueError:
        raise ReprisalError("the command of the editor cannot be read", "see its quotes") from None
    return None, Started(words)


class Started:
    """Starts an editor at a line. A class, since one that needs the terminal can be open only once at a time."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.running: subprocess.Popen[bytes] | None = None

    def __call__(self, file: Path, line: int) -> None:
        """Opens a file. Raises ReprisalError where it cannot be started."""
        if Path(self.words[0]).name in _IN_TERMINAL:
            if not (sys.stdin.isatty() and sys.stdout.isatty()):
                raise ReprisalError("the editor needs a terminal", "say --editor with one that has a window")
            if self.running is not None and self.running.poll() is None:
                raise ReprisalError("the editor is open in the terminal", "close it first")
        try:
            self.running = subprocess.Popen(arguments(self.words, file, line))
        except OSError:
            raise ReprisalError("the editor could not be started", "set VISUAL, or say --editor COMMAND") from None


def arguments(words: list[str], file: Path, line: int) -> list[str]:
    """The command that opens a file at a line, as the editor wants it; of an unknown one, without the line."""
    if any("{file}" in word for word in words):
        return [word.replace("{file}", str(file)).replace("{line}", str(line)) for word in words]
    name = Path(words[0]).name
    if name in _GOTO:
        return [*words, "-g", f"{file}:{line}"]
    if name in _COLON:
        return [*words, f"{file}:{line}"]
    return [*words, f"+{line}", str(file)] if name in _AFTER else [*words, str(file)]
