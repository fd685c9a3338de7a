"""The same workspace gives the same bytes in every format, in another folder, at another time, in another time zone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

FORMATS = "docx,pdf,html,odt,epub,md,akn"


def _built(workspace: Path, here: Path, **environment: str) -> dict[str, bytes]:
    out = here / "out"
    command = [sys.executable, "-m", "reprisal_cli", "-C", str(workspace), "build", "report", "--to", FORMATS]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **environment}
    subprocess.run([*command, "--out", str(out)], cwd=here, env=env, check=True, capture_output=True, timeout=300)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


@pytest.mark.slow
def test_a_build_is_the_same_in_another_folder_at_another_time_in_another_zone(tmp_path: Path) -> None:
    from reprisal_cli.store.starter import make_workspace

    first = tmp_path / "first"
    make_workspace(first, date(2026, 2, 1))
    second = tmp_path / "another folder" / "second"
    shutil.copytree(first, second)
    for path in second.rglob("*"):
        os.utime(path, (1, 1))
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    one = _built(first, here, TZ="Pacific/Auckland", LC_ALL="C.UTF-8")
    other = _built(second, there, TZ="America/St_Johns", LC_ALL="C", PYTHONHASHSEED="3", SOURCE_DATE_EPOCH="9")
    assert len(one) == 10
    assert [name for name in one if one[name] != other.get(name)] == []
