"""A command gives the same help, alone or with all others."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from reprisal_cli.cli.app import NOUNS, application
from reprisal_cli.store.starter import make_workspace


def test_the_help_lists_every_noun() -> None:
    said = CliRunner().invoke(application(), ["--help"]).output
    assert [noun for noun in NOUNS if f"  {noun} " not in said] == []


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_is_the_same_alone(noun: str) -> None:
    words = ["-C", ".", noun, "--help"]
    assert CliRunner().invoke(application(words), words).output == CliRunner().invoke(application(), words).output


def test_only_what_was_asked_for_is_looked_at() -> None:
    command = typer.main.get_command(application(["-C", "somewhere", "build", "report"]))
    assert list(command.commands) == ["build"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", [["buidl", "report"], ["--help"], ["-h", "build"], [], ["-C"]])
def test_what_is_no_noun_is_left_to_the_whole(words: list[str]) -> None:
    command = typer.main.get_command(application(words))
    assert list(command.commands) == list(NOUNS)  # type: ignore[attr-defined]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
@pytest.mark.parametrize(
    "words", [["case", "list"], ["rule", "RC201"], ["case", "set", "XXA-2025-001", "title=Invented"]]
)
def test_where_the_output_is_full_a_command_says_so(tmp_path: Path, words: list[str]) -> None:
    """A log on a full disk: that is no fault of the program, and what was to be written may be written."""
    make_workspace(tmp_path / "ws", date(2026, 2, 1))
    with open("/dev/full", "wb") as full:
        program = [sys.executable, "-m", "reprisal_cli", *words]
        done = subprocess.run(
            program, cwd=tmp_path / "ws", stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
        assert done.returncode == 2
        assert b"this cannot be printed: No space left" in done.stderr
        done = subprocess.run([*program, "--nonsense"], cwd=tmp_path / "ws", stdout=full, stderr=full, check=False)
        assert done.returncode == 2
