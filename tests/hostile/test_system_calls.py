"""What `validate` asks of the system: no network, no link followed, nothing written outside `build/`."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.cases import make_workspace

_CALL = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)$")
_NAME = re.compile(r'"((?:[^"\\]|\\.)*)"')
_CHANGING = {"mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "symlink"}
_CHANGING |= {"symlinkat", "link", "linkat", "truncate", "chmod", "fchmodat", "chown", "mknod", "mknodat", "creat"}


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str]]]:
    """The calls of a check from nothing, with worker processes, and of one that finds nothing changed."""
    root = make_workspace(tmp_path_factory.mktemp("traced"), 320)
    (root / "cases" / "XXC" / "XXC-2025-999.yaml").symlink_to("/etc/passwd")
    command = ["strace", "-f", "-s", "400", "-e", "trace=%network,%file,write", "-o", str(root.parent / "trace")]
    found: list[tuple[str, str]] = []
    for _ in range(2):
        program = [sys.executable, "-B", "-m", "reprisal_cli", "-C", str(root), "validate", "--as-of", "2026-02-01"]
        done = subprocess.run([*command, *program], capture_output=True, text=True, timeout=300, check=False)
        assert "read 321 = 320 checked + 1 refused" in done.stderr
        found += _calls((root.parent / "trace").read_text(errors="replace"))
    assert len(found) > 1000
    return root, found


def _calls(trace: str) -> Iterator[tuple[str, str]]:
    for line in trace.splitlines():
        match = _CALL.match(line)
        if match:
            yield match[1], match[2]


@pytest.mark.slow
@pytest.mark.needs("strace")
def test_no_socket_is_opened(calls: tuple[Path, list[tuple[str, str]]]) -> None:
    network = {"socket", "connect", "sendto", "sendmsg", "bind", "listen", "accept", "accept4"}
    assert [call for call in calls[1] if call[0] in network] == []


@pytest.mark.slow
@pytest.mark.needs("strace")
def test_no_link_is_followed(calls: tuple[Path, list[tuple[str, str]]]) -> None:
    root, found = calls
    assert not any("/etc/passwd" in said for _, said in found)
    opened = [said for name, said in found if name in ("open", "openat") and f'"{root}/cases/' in said]
    assert opened
    assert [said for said in opened if "O_NOFOLLOW" not in said and "O_DIRECTORY" not in said] == []


@pytest.mark.slow
@pytest.mark.needs("strace")
def test_nothing_is_written_outside_build(calls: tuple[Path, list[tuple[str, str]]]) -> None:
    root, found = calls
    opened = [said for name, said in found if name in ("open", "openat") and re.search("O_(WRONLY|RDWR|CREAT)", said)]
    changed = [said for name, said in found if name in _CHANGING]
    assert opened
    for said in (*opened, *changed):
        if "= -1 " in said:
            continue
        for path in _NAME.findall(said):
            assert path.startswith((f"{root}/build", "/dev/null", "/dev/tty")), said


@pytest.mark.slow
@pytest.mark.needs("strace")
def test_a_build_of_hostile_text_opens_no_socket_and_no_foreign_file(tmp_path: Path) -> None:
    """pandoc and typst are looked at too: `-f` follows every program that is started."""
    from tests.hostile.conftest import make_workspace as hostile_workspace
    from tests.support.rulebook import FIRST

    root = hostile_workspace(tmp_path / "ws")
    case = root / FIRST
    hostile = (
        '![a](/etc/passwd) #read("/etc/passwd") <img src=http://127.0.0.1:9/x.png> \\input{/etc/passwd} was released.'
    )
    text = case.read_text(encoding="utf-8")
    assert "was reportedly released." in text
    case.write_text(text.replace("was reportedly released.", f"was reportedly released. {hostile}"), encoding="utf-8")
    program = [sys.executable, "-B", "-m", "reprisal_cli", "-C", str(root), "build", "report", "--edition", "hrc-63"]
    command = ["strace", "-f", "-s", "400", "-e", "trace=%network,%file", "-o", str(tmp_path / "trace"), *program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    found = list(_calls((tmp_path / "trace").read_text(errors="replace")))
    assert len(found) > 1000
    assert [call for call in found if call[0] in {"socket", "connect", "sendto", "bind"}] == []
    assert not any("/etc/passwd" in said for _, said in found)
    assert b"/etc/passwd" in (root / "build" / "hrc-63" / "report.html").read_bytes()
