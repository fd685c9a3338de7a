"""`validate` in its plain forms starts without typer, and says the same as with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.rulebook import workspace

BROKEN = "acts:\n  - {ref: a1, type: threatz}\n"


def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "reprisal_cli", *arguments], cwd=root, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("block", ["", BROKEN])
@pytest.mark.parametrize(
    "form",
    [
        [],
        ["--output-format", "concise"],
        ["--output-format", "json"],
        ["cases"],
        ["--no-cache", "cases"],
        ["--strict", "--as-of", "2026-02-01"],
        ["--preset", "draft"],
    ],
)
def test_with_and_without_typer_it_says_the_same(tmp_path: Path, block: str, form: list[str]) -> None:
    root = workspace(tmp_path, block)
    swift = run(root, "validate", *form)
    assert swift == run(root, "validate", "--allow-dirty", *form)
    assert swift == run(
        tmp_path.parent, "-C", f"{root}", "validate", *(f"{root / 'cases'}" if one == "cases" else one for one in form)
    )
    assert swift[0] == (1 if block else 0)


def test_outside_a_workspace_it_ends_with_two(tmp_path: Path) -> None:
    assert run(tmp_path, "validate")[0] == 2
    assert run(tmp_path, "validate", "--output-format", "poem")[0] == 2
    assert run(tmp_path, "validate", "--as-of", "tomorrow")[0] == 2


def test_when_nothing_changed_neither_typer_nor_the_model_is_imported(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    run(root, "validate")
    code = (
        "import sys; sys.argv = ['reprisal', '-C', '.', 'validate', '--strict']\n"
        "from reprisal_cli.__main__ import main\n"
        "try:\n    main()\n"
        "finally:\n    print([name for name in ('typer', 'pydantic', 'rich', 'yaml') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("command", ["validate", "status"])
def test_a_terminal_in_a_folder_that_a_build_replaced_is_told_so(tmp_path: Path, command: str) -> None:
    gone = tmp_path / "build"
    gone.mkdir()
    script = 'rmdir "$PWD"; exec "$0" -m reprisal_cli "$1"'
    ran = subprocess.run(["sh", "-c", script, sys.executable, command], cwd=gone, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("reprisal: the folder that this terminal is in is gone\n")


def test_ctrl_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['reprisal', '-C', '.', 'validate']\n"
        "from reprisal_cli.cli import validate_run\n"
        "def stopped(ask):\n    raise KeyboardInterrupt\n"
        "validate_run.run = stopped\n"
        "from reprisal_cli.__main__ import main\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=workspace(tmp_path), capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_an_output_that_cannot_hold_a_sign_shows_another(tmp_path: Path) -> None:
    """A terminal of an older kind: findings are not lost for three dots."""
    command = [sys.executable, "-m", "reprisal_cli", "validate", "--as-of", "2026-02-01"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=workspace(tmp_path, BROKEN), capture_output=True, env=environment)
    assert done.returncode == 1
    assert b"RC013" in done.stdout
    assert b"unexpected" not in done.stderr


@pytest.mark.parametrize(("to", "code"), [(">&-", 1), (">/dev/full", 2)])
def test_an_output_that_is_closed_or_full_is_no_unexpected_fault(to: str, code: int, tmp_path: Path) -> None:
    command = f"{sys.executable} -m reprisal_cli validate --as-of 2026-02-01 {to}"
    done = subprocess.run(command, shell=True, cwd=workspace(tmp_path, BROKEN), capture_output=True, text=True)
    assert done.returncode == code
    assert "unexpected" not in done.stderr
    assert ("read 2 = " in done.stderr) if code == 1 else ("No space left" in done.stderr)
