"""The two examples of the contract, word for word."""

from __future__ import annotations

from pathlib import Path

from tests.support.rulebook import found


def test_both_examples_of_the_case_format_are_clean(tmp_path: Path) -> None:
    assert found(tmp_path) == []
