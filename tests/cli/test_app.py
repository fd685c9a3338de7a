"""A command gives the same help, alone or with all others."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from reprisal_cli.cli.app import NOUNS, application


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
