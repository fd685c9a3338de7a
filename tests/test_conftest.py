"""A test that is skipped for want of a program fails where programs are required."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

TESTS = """
import pytest

@pytest.mark.needs("no-such-program")
def test_marked(): pass

def test_by_reason(): pytest.skip("needs another-program")

@pytest.mark.skipif(True, reason="not on this system")
def test_for_another_reason(): pass

@pytest.mark.needs("python3")
def test_found(): pass
"""


@pytest.mark.parametrize(
    ("required", "outcome"), [("", {"skipped": 3}), ("1", {"skipped": 1, "failed": 1, "errors": 1})]
)
def test_a_missing_program_is_a_skip_or_a_failure(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, required: str, outcome: dict[str, int]
) -> None:
    monkeypatch.setenv("REPRISAL_REQUIRE_PROGRAMS", required)
    pytester.makeini("[pytest]\nmarkers =\n  needs(program): a program")
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(TESTS)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1, **outcome)
