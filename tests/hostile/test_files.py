"""Hostile file systems: what is no record is refused and counted, nothing hangs, nothing outside is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reprisal_cli.dialect import MAX_BYTES
from reprisal_cli.store import read
from reprisal_cli.store.write import write_all

SMALLEST = Path(__file__).parents[1] / "examples" / "whole" / "cases" / "XXA" / "XXA-2025-002.yaml"
GOOD = SMALLEST.read_text().replace("XXA-2025-002", "XXA-2025-009")
NAME = "XXA-2025-009.yaml"

Make = Callable[[Path], object]


def _link_out(folder: Path) -> None:
    (folder / NAME).symlink_to("/etc/passwd")


def _linked_folder(folder: Path) -> None:
    (folder / "more").symlink_to("/etc")


def _link_loop(folder: Path) -> None:
    (folder / "loop").symlink_to("..")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / NAME)


def _folder_named_as_a_file(folder: Path) -> None:
    (folder / NAME).mkdir()


def _sparse(folder: Path) -> None:
    with (folder / NAME).open("wb") as file:
        file.truncate(8 << 30)


def _newline_in_name(folder: Path) -> None:
    (folder / "x\n0 errors.yaml").write_text(GOOD)


def _name_not_utf8(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/x\xff.yaml", "w") as file:
        file.write(GOOD)


def _escape_in_name(folder: Path) -> None:
    (folder / "x\x1b[2J.yaml").write_text(GOOD)


def _unreadable(folder: Path) -> None:
    (folder / NAME).write_text(GOOD)
    (folder / NAME).chmod(0)


def _other_ending(folder: Path) -> None:
    (folder / "XXA-2025-009.yml").write_text(GOOD)


def _upper_case_ending(folder: Path) -> None:
    (folder / "XXA-2025-009.YAML").write_text(GOOD)


REFUSED: dict[Make, str] = {
    _link_out: "RC017",
    _linked_folder: "RC017",
    _link_loop: "RC017",
    _pipe: "RC017",
    _folder_named_as_a_file: "RC017",
    _sparse: "RC006",
    _newline_in_name: "RC026",
    _name_not_utf8: "RC026",
    _escape_in_name: "RC026",
    _unreadable: "RC018",
    _other_ending: "RC019",
    _upper_case_ending: "RC019",
}


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__.strip("_"))
def test_what_is_no_record_is_refused_and_counted(make: Make, workspace: Path) -> None:
    if make is _unreadable and os.geteuid() == 0:
        pytest.skip("root may read everything")
    make(workspace / "cases" / "XXA")
    done = _validate(workspace)
    assert done.returncode == 1, done.stderr
    assert REFUSED[make] in [one["code"] for one in json.loads(done.stdout)["diagnostics"]]
    assert "read 3 = 2 checked + 1 refused" in done.stderr
    assert "root:" not in done.stdout + done.stderr
    assert "\n0 errors" not in done.stdout + done.stderr


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__.strip("_"))
def test_no_document_is_built(make: Make, workspace: Path) -> None:
    if make is _unreadable and os.geteuid() == 0:
        pytest.skip("root may read everything")
    make(workspace / "cases" / "XXA")
    done = _run(workspace, "build", "report", "--edition", "hrc-60", "--to", "html")
    assert done.returncode == 1, done.stderr
    assert REFUSED[make] in done.stderr
    assert not (workspace / "build" / "hrc-60").exists()
    assert "root:" not in done.stdout + done.stderr


def test_backups_of_editors_are_passed_over(workspace: Path) -> None:
    for name in (f"{NAME}~", f".{NAME}.swp", f"{NAME}.orig", f"#{NAME}#"):
        (workspace / "cases" / "XXA" / name).write_text("no record")
    done = _validate(workspace)
    assert done.returncode == 0, done.stdout
    assert "read 2 = 2 checked + 0 refused" in done.stderr


def test_two_names_that_differ_in_case_alone_are_told(workspace: Path) -> None:
    (workspace / "cases" / "XXA" / "xxa-2025-002.yaml").write_bytes(SMALLEST.read_bytes())
    codes = _codes(_validate(workspace))
    assert {"RC101", "RC102"} <= codes


def test_two_spellings_of_one_name_are_told(workspace: Path) -> None:
    for name in ("jos\u00e9.yaml", "jose\u0301.yaml"):
        (workspace / "cases" / "XXA" / name).write_bytes(SMALLEST.read_bytes())
    assert {"RC101", "RC102"} <= _codes(_validate(workspace))


def test_a_linked_folder_of_cases_is_refused(workspace: Path, tmp_path: Path) -> None:
    (workspace / "cases").rename(tmp_path / "elsewhere")
    (workspace / "cases").symlink_to(tmp_path / "elsewhere")
    done = _validate(workspace)
    assert done.returncode == 1
    assert "RC017" in _codes(done)
    assert "read 1 = 0 checked + 1 refused" in done.stderr


def test_a_linked_build_folder_is_not_written_to(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (workspace / "build").symlink_to(tmp_path / "elsewhere")
    assert _validate(workspace).returncode == 0
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_linked_file_in_the_output_folder_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "precious").write_text("kept")
    (tmp_path / "out" / "report.html").symlink_to(tmp_path / "precious")
    write_all(tmp_path / "out", {"report.html": b"new"})
    assert (tmp_path / "precious").read_text() == "kept"
    assert not (tmp_path / "out" / "report.html").is_symlink()


def test_no_more_is_read_of_a_file_than_tells_that_it_is_too_large() -> None:
    assert read.TAKEN == MAX_BYTES + 1


def _codes(done: subprocess.CompletedProcess[str]) -> set[str]:
    return {one["code"] for one in json.loads(done.stdout)["diagnostics"]}


def _validate(workspace: Path) -> subprocess.CompletedProcess[str]:
    return _run(workspace, "validate", "--output-format", "json", "--as-of", "2026-02-01")


def _run(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The program itself, with a time limit: a pipe or a loop must not make it wait."""
    command = [sys.executable, "-m", "reprisal_cli", "-C", str(workspace), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
