"""Files of several folders as one: what a killed writer left is taken back, and nothing else is touched by it."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.root import UNDO, find_root
from reprisal_cli.store.together import write_folder, write_together
from tests.cli.run import reprisal
from tests.support.builders import ROOT

OLD = {"a/one": b"old", "b/two": b"old"}
NEW = {"a/one": b"new", "b/two": b"new", "c/three": b"new"}


def workspace(root: Path) -> Path:
    (root / "reprisal.yaml").write_text("edition: hrc-60\n")
    write_together(root, OLD)
    return root


def shown(root: Path) -> dict[str, bytes]:
    found = sorted(path for path in root.rglob("*") if path.is_file() and path.name != "reprisal.yaml")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def killed(root: Path, at: int) -> None:
    """A writer that is killed before one of its renames: the journal is the first."""
    child = os.fork()
    if child == 0:
        real, count = Path.replace, 0

        def replace(self: Path, target: Path) -> Path:
            nonlocal count
            count += 1
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(self, target)

        Path.replace = replace  # type: ignore[method-assign, assignment]
        write_together(root, NEW)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL


def test_files_of_several_folders_are_written(tmp_path: Path) -> None:
    write_together(workspace(tmp_path), NEW)
    assert shown(tmp_path) == NEW


@pytest.mark.parametrize("at", range(1, 6))
def test_what_a_killed_writer_left_is_taken_back_by_the_next_command(tmp_path: Path, at: int) -> None:
    killed(workspace(tmp_path), at)
    reprisal(tmp_path, "case", "list")
    assert {name: content for name, content in shown(tmp_path).items() if ".writing-" not in name} == OLD
    write_together(tmp_path, NEW)
    assert shown(tmp_path) == NEW, "and a second run leaves nothing behind"


def test_what_is_taken_back_is_said_and_git_gets_no_half_of_it(tmp_path: Path) -> None:
    """Half of it may be staged: the hook stops that commit, once."""
    (tmp_path / ".gitignore").write_text((ROOT / "templates/starter/dot-gitignore").read_text())
    killed(workspace(tmp_path), 4)
    for arguments in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    guarded = reprisal(tmp_path, "guard")
    assert guarded.code == 2
    assert "a/one: a command was killed while it wrote, and the file is as it was before" in guarded.err
    assert "git status" in guarded.err
    subprocess.run(["git", "add", "-A"], cwd=tmp_path, check=True)
    assert reprisal(tmp_path, "guard").code == 0
    held = subprocess.run(["git", "show", ":a/one"], cwd=tmp_path, check=True, capture_output=True)
    assert held.stdout == b"old"


def test_validate_says_it_too(tmp_path: Path) -> None:
    killed(workspace(tmp_path), 4)
    program = [sys.executable, "-m", "reprisal_cli", "-C", str(tmp_path), "validate"]
    done = subprocess.run(program, capture_output=True, check=False, timeout=60)
    assert b"a/one: a command was killed" in done.stderr


def test_a_file_that_was_changed_since_is_not_taken_back(tmp_path: Path) -> None:
    killed(workspace(tmp_path), 4)
    (tmp_path / "a/one").write_bytes(b"by hand")
    find_root(tmp_path)
    assert (tmp_path / "a/one").read_bytes() == b"by hand"
    assert (tmp_path / "b/two").read_bytes() == b"old"


def test_a_new_file_that_is_there_already_stops_all(tmp_path: Path) -> None:
    workspace(tmp_path)
    with pytest.raises(FileExistsError):
        write_together(tmp_path, NEW, new=["b/two"])
    assert shown(tmp_path) == OLD


@pytest.mark.parametrize(
    "path", ["../outside", "{tmp}/outside", "link/outside", ".git/hook", "a/../../outside", "a/.hidden", "a/./one", ""]
)
@pytest.mark.parametrize("kept", ["", ".kept-0123456789abcdef", "../a/one"])
def test_a_journal_that_came_with_a_repository_touches_nothing_outside(tmp_path: Path, path: str, kept: str) -> None:
    """Somebody who sends us a repository writes the journal too."""
    root = tmp_path / "ws"
    root.mkdir()
    workspace(root)
    (root / "link").symlink_to(tmp_path)
    (root / ".git").mkdir()
    held = {tmp_path / "outside": b"mine", root / ".git/hook": b"mine", root / "a/.hidden": b"mine"}
    for place, content in held.items():
        place.write_bytes(content)
        place.with_name(".kept-0123456789abcdef").write_bytes(b"theirs")
    step = {"path": path.format(tmp=tmp_path), "becomes": hashlib.sha256(b"mine").hexdigest(), "kept": kept}
    (root / UNDO).write_text(json.dumps({"done": False, "steps": [step]}))
    find_root(root)
    assert {place: place.read_bytes() for place in held} == held
    assert not (root / UNDO).exists()
    assert (root / "a/one").read_bytes() == b"old"


@pytest.mark.parametrize("content", ["", "[]", "[" * 100_000, '{"done": false, "steps": [{"path": 1}]}', "null", "\0"])
def test_a_journal_that_says_nothing_is_taken_away(tmp_path: Path, content: str) -> None:
    (workspace(tmp_path) / UNDO).write_text(content)
    find_root(tmp_path)
    assert shown(tmp_path) == OLD


def test_a_journal_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    (workspace(tmp_path) / UNDO).symlink_to(tmp_path / "a/one")
    with pytest.raises(ReprisalError, match="cannot be put back"):
        find_root(tmp_path)
    assert (tmp_path / "a/one").read_bytes() == b"old"


def test_a_new_folder_comes_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "new", {"x/y/one": b"1", "two": b"2"}, last="two")
    assert shown(tmp_path / "new") == {"two": b"2", "x/y/one": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ReprisalError):
        write_folder(tmp_path / "file", {"one": b"1"}, last="one")
    assert (tmp_path / "file").read_text() == "mine"


def test_no_edit_is_lost_where_many_write_at_once(tmp_path: Path) -> None:
    """Each adds a line to what it read. Who comes too late is told, and nothing of another's is written over."""
    (tmp_path / "f").write_bytes(b"")
    children = []
    for number in range(20):
        child = os.fork()
        if child == 0:
            done = 1
            try:
                seen = (tmp_path / "f").read_bytes()
                write_together(tmp_path, {"f": seen + b"%d\n" % number}, seen={"f": seen})
                done = 0
            except ReprisalError:
                pass
            os._exit(done)
        children.append(child)
    told = [number for number, child in enumerate(children) if os.waitpid(child, 0)[1] == 0]
    assert sorted(map(int, (tmp_path / "f").read_bytes().split())) == told
    assert told


@pytest.mark.parametrize("paths", [["a/one"], ["a/one", "b/two"]])
def test_a_file_that_changed_since_it_was_read_stops_all(tmp_path: Path, paths: list[str]) -> None:
    workspace(tmp_path)
    with pytest.raises(ReprisalError, match="changed meanwhile"):
        write_together(tmp_path, dict.fromkeys(paths, b"new"), seen={"a/one": b"as it was read"})
    assert shown(tmp_path) == OLD
