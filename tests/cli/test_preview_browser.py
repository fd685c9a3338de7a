"""`reprisal preview` as a drafter uses it: the program runs, a browser is open, files are saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import chromium, faults
from tests.support.builders import HRC_60, published, workspace

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs_chromium]

CASE = "cases/XXA/XXA-2025-101.yaml"
PARAGRAPH = "#c_XXA_2025_101_annex_1"
EDITOR = """#!/bin/sh
printf '%s ' "$@" > "$0.opened"
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cases = [published(), *(published(f"XXB-2025-{number}") for number in range(101, 141))]
    return workspace(tmp_path / "work", cases, [{**HRC_60, "contents": [{"annex": "new"}]}])


@pytest.fixture
def address(folder: Path, tmp_path: Path) -> Iterator[str]:
    """The program at work, with an editor that says what it was told to open."""
    editor = tmp_path / "window"
    editor.write_text(EDITOR, encoding="utf-8")
    editor.chmod(0o755)
    command = [sys.executable, "-m", "reprisal_cli", "preview", "--editor", f"{editor} +{{line}} {{file}}"]
    # a shell that starts the tests in the background has them ignore SIGINT, and what they start with them
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=heeds
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(10) == 0
        finally:
            process.kill()
            process.stdout.close()


def replaced(folder: Path, old: str, new: str) -> None:
    """A save as editors make it: a new file in the place of the old one."""
    text = (folder / CASE).read_text(encoding="utf-8")
    assert old in text
    beside = folder / CASE.replace(".yaml", ".new")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    os.replace(beside, folder / CASE)


def test_each_save_shows_in_the_page_and_a_fault_beside_it(browser: Any, address: str, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 800}, reduced_motion="reduce")
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    page.wait_for_selector("#state.fresh")
    text = page.frame_locator("iframe:not(.coming)")
    assert "was threatened" in text.locator(PARAGRAPH).inner_text()
    assert faults(page) == []

    text.locator("#c_XXB_2025_130_annex_1").scroll_into_view_if_needed()
    where = page.frames[1].evaluate("scrollY")
    replaced(folder, "threatened", "followed")
    page.get_by_text("One paragraph has changed.").wait_for()
    assert "was followed" in text.locator(PARAGRAPH).inner_text()
    assert abs(page.frames[-1].evaluate("scrollY") - where) < 3

    replaced(folder, "gender: female", "gender: nonsense")
    page.wait_for_selector("#state.stale")
    assert "the last good page stays" in page.inner_text("#state")
    assert f"{CASE}:" in page.locator("#findings li.error").first.inner_text()
    assert "was followed" in text.locator(PARAGRAPH).inner_text()

    replaced(folder, "gender: nonsense", "gender: female")
    page.wait_for_selector("#state.fresh")
    assert wrong == []


def test_a_click_shows_file_and_line_and_opens_the_editor(
    browser: Any, address: str, folder: Path, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("#state.fresh")
    text = page.frame_locator("iframe:not(.coming)")
    line = next(
        number
        for number, words in enumerate((folder / CASE).read_text(encoding="utf-8").splitlines(), 1)
        if "threatened" in words
    )
    with page.expect_response("**/open") as answer:
        text.locator(PARAGRAPH).click()
    assert answer.value.status == 200
    assert page.inner_text("#where") == f"{CASE}:{line}"
    opened = tmp_path / "window.opened"
    for _ in range(100):
        if opened.is_file() and opened.read_text(encoding="utf-8"):
            break
        page.wait_for_timeout(20)
    assert opened.read_text(encoding="utf-8") == f"+{line} {folder / CASE} "

    page.uncheck("#opening input")
    opened.unlink()
    text.locator("#c_XXB_2025_102_annex_1 .number").focus()
    page.keyboard.press("Enter")
    page.get_by_text("cases/XXB/XXB-2025-102.yaml").wait_for()
    assert not opened.exists()


def test_another_page_in_the_same_browser_gets_nothing(browser: Any, address: str, tmp_path: Path) -> None:
    (tmp_path / "evil.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "evil.html").as_uri())
    ask = """async (address) => {
        const said = [];
        const told = (answer) => `${answer.type} ${answer.status}`;
        for (const [path, options] of [["state", {}], ["page", {}], ["open", {method: "POST", body: "{}"}],
                                       ["page", {mode: "no-cors"}]]) {
            said.push(await fetch(address + path, options).then(told, () => "refused"));
        }
        return said;
    }"""
    assert page.evaluate(ask, address) == ["refused", "refused", "refused", "refused"]
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address.rsplit("/", 2)[0] + "/", timeout=5)
    assert refused.value.code == 403
    refused.value.close()
