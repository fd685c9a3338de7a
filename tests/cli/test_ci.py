"""What is ready to copy for CI: it is YAML, and its commands run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.run import committed, reprisal
from tests.support.rulebook import workspace

ROOT = Path(__file__).parents[2]
FILES = (".pre-commit-hooks.yaml", "docs/ci/github.yml", "docs/ci/gitlab.yml")


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from strings(item)
    elif isinstance(data, str):
        yield data


def commands() -> list[str]:
    """Every `reprisal …` that stands in the files, without what a shell does with its output."""
    found: list[str] = []
    for name in FILES:
        for text in strings(yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))):
            found += re.findall(r"^reprisal validate[^|>\n]*", text, re.MULTILINE)
    return found


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_yaml(name: str) -> None:
    assert yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_hooks_have_what_pre_commit_asks_for() -> None:
    for hook in yaml.safe_load((ROOT / FILES[0]).read_text(encoding="utf-8")):
        assert {"id", "name", "entry", "language"} <= hook.keys()
        assert hook["entry"].split()[:2] == ["reprisal", "validate"]


@pytest.mark.parametrize("command", sorted({*commands()}))
def test_every_command_runs(command: str, tmp_path: Path) -> None:
    folder = committed(workspace(tmp_path))
    words = shlex.split(command.replace("origin/$BASE", "main"))
    ran = reprisal(folder, *words[1:], "--as-of", "2026-02-01")
    assert ran.code == 0, ran
    assert "read 2 = 2 checked + 0 refused" in ran.err


def test_no_value_of_an_event_is_written_into_a_command() -> None:
    """`${{ … }}` in a script is filled in before the shell reads it: a branch can be named `$(anything)`."""
    jobs = yaml.safe_load((ROOT / "docs/ci/github.yml").read_text(encoding="utf-8"))["jobs"]
    for step in jobs["validate"]["steps"]:
        assert "${{" not in step.get("run", "")
