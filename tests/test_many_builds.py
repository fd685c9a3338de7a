"""Twenty builds at once into one folder: each waits for its turn, and what stands there is whole."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_twenty_builds_at_once_leave_one_whole_set(tmp_path: Path) -> None:
    editions = ["hrc-27", "hrc-30"]
    command = [sys.executable, "-m", "reprisal_cli", "-C", str(ROOT), "build", "report", "--to", "html"]
    running = [
        subprocess.Popen(
            [*command, "--edition", editions[number % 2], "--out", str(tmp_path / "out")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for number in range(20)
    ]
    for one in running:
        _, said = one.communicate(timeout=300)
        assert one.returncode == 0, said
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["edition"] in editions
    for name, digest in manifest["written"].items():
        content = (tmp_path / "out" / name).read_bytes()
        assert digest == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*manifest["written"], "manifest.json"}
