"""Whole commands on a disk that fails, as the kernel tells it: strace makes a call fail, or kills the program at it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.builders import published, workspace

CASE = "cases/XXA/XXA-2025-101.yaml"
CALLS = {"fsync": "fsync", "rename": "rename,renameat,renameat2"}
FAULTS = ("error=EIO", "error=ENOSPC", "signal=SIGKILL")
COMMANDS = {
    "build": ("build", "report", "--to", "html"),
    "sign": ("sign", "XXA-2025-101", "--of", "text", "--by", "reviewer-1", "--as-of", "2025-09-01"),
}
MOST = 30
pytestmark = [pytest.mark.slow, pytest.mark.needs("strace")]


def files(root: Path) -> dict[str, bytes]:
    """What a reader sees: temporary files have a dot in front."""
    paths = [path for path in root.rglob("*") if path.is_file() and not path.name.startswith(".")]
    shown = [path for path in paths if not any(part.startswith(".") for part in path.relative_to(root).parts)]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(shown) if "cache" not in path.parts}


def run(root: Path, command: tuple[str, ...], *inject: str) -> int:
    """The exit code; with `inject`, one call of the system fails or kills."""
    traced = ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-qq", *inject] if inject else []
    program = [*traced, sys.executable, "-m", "reprisal_cli", "-C", str(root), *command]
    return subprocess.run(program, capture_output=True, check=False, timeout=300).returncode


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", COMMANDS)
def test_old_or_new_and_a_second_run_finishes(tmp_path: Path, name: str, call: str, fault: str) -> None:
    command = COMMANDS[name]
    new = files_after(tmp_path / "new", command)
    for when in range(1, MOST):
        root = workspace(tmp_path / f"{when}", [published("XXA-2025-101")])
        old = files(root)
        names = CALLS[call]
        code = run(root, command, "-e", f"trace={names}", "-e", f"inject={names}:{fault}:when={when}")
        assert files(root) in (old, new), (when, "a mix of the old and the new")
        assert code == 0 or files(root) == old or "SIGKILL" in fault or call == "fsync", when
        assert run(root, command) == 0
        assert files(root) == new, (when, "a second run does not finish")
        assert not list(root.rglob(".*writing-*")), "something was left behind"
        if code == 0:
            return
    pytest.fail("the command asks more of the system than is tried")


def files_after(root: Path, command: tuple[str, ...]) -> dict[str, bytes]:
    workspace(root, [published("XXA-2025-101")])
    assert run(root, command) == 0
    made = files(root)
    assert not any(name.endswith(".json") and not json.loads(content) for name, content in made.items())
    return made
