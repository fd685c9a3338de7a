"""What all tests share: tests that want a program are skipped where it is not found, but not in CI.

A test says so with `@pytest.mark.needs("soffice")`, or skips itself for a reason that starts with "needs ". With
REPRISAL_REQUIRE_PROGRAMS=1 (set by `.ci/run`), such a skip is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator

import pytest

REQUIRED = os.environ.get("REPRISAL_REQUIRE_PROGRAMS") == "1"


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for program in mark.args:
            if shutil.which(program) is None:
                pytest.skip(f"needs {program}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if REQUIRED and report.skipped and not hasattr(report, "wasxfail") and wants_program(item, reason(report)):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped here, where every program should be: {reason(report)}"
    return report


def reason(report: pytest.TestReport) -> str:
    """Why a test was skipped."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


def wants_program(item: pytest.Item, why: str) -> bool:
    """Whether it was for want of a program: by its reason, or by a mark `needs…`."""
    return why.startswith("needs ") or any(mark.name.startswith("needs") for mark in item.iter_markers())
