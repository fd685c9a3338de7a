"""Twenty commands at once on one case: whoever is told that it is done finds it done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.builders import case, workspace

PATH = "cases/XXA/XXA-2025-101.yaml"


@pytest.mark.slow
def test_no_edit_is_lost(tmp_path: Path) -> None:
    workspace(tmp_path, [case()])
    command = [sys.executable, "-m", "reprisal_cli", "-C", str(tmp_path), "case", "develop", "XXA-2025-101"]
    command += ["--measure", "investigation-opened", "--as-of", "2025-08-30"]
    running = {
        day: subprocess.Popen([*command, "--date", day], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for day in (f"2025-07-{number}" for number in range(10, 30))
    }
    said = {day: one.communicate(timeout=120)[1].decode() for day, one in running.items()}
    done = {day for day, one in running.items() if one.returncode == 0}
    written = (tmp_path / PATH).read_text()
    assert {day for day in running if day in written} == done
    assert done
    assert all("changed meanwhile" in said[day] for day in running.keys() - done)
    assert [path.name for path in (tmp_path / PATH).parent.iterdir()] == ["XXA-2025-101.yaml"]
