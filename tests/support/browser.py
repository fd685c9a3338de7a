"""Headless Chromium, for tests that open a page as a reader does. It reaches no other machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""The rules of axe that stand for WCAG 2.2 at level AA."""


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser, or a skip where there is none."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def faults(page: Any) -> list[str]:
    """What axe finds wrong in an open page, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in answer["violations"]
        for node in one["nodes"]
    ]
