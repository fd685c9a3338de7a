"""Files of several folders as one. `test_undo.py` has what becomes of those that a killed writer left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.together import write_folder, write_together
from tests.store.killed import NEW, OLD, shown, workspace


def test_files_of_several_folders_are_written(tmp_path: Path) -> None:
    write_together(workspace(tmp_path), NEW)
    assert shown(tmp_path) == NEW


def test_a_new_file_that_is_there_already_stops_all(tmp_path: Path) -> None:
    workspace(tmp_path)
    with pytest.raises(FileExistsError):
        write_together(tmp_path, NEW, new=["b/two"])
    assert shown(tmp_path) == OLD


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
