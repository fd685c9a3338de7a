"""Writing: whole or not at all, nothing left behind, and two at once do not mix."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store import write
from reprisal_cli.store.write import write_all


def listed(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_are_written_into_a_new_folder(tmp_path: Path) -> None:
    write_all(tmp_path / "a/b", {"one": b"1", "two": b"2"}, last="one")
    assert listed(tmp_path / "a/b") == {"one": b"1", "two": b"2"}
    assert (tmp_path / "a/b/one").stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


@pytest.fixture(params=["folders change places", "file by file"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of writing a set: what holds for one holds for the other."""
    if request.param == "file by file":
        monkeypatch.setattr(write, "_SWAP", None)
    return str(request.param)


def test_other_files_of_the_folder_stay(tmp_path: Path, way: str) -> None:
    write_all(tmp_path / "out", {"mine": b"kept"})
    write_all(tmp_path / "out", {"a": b"1", "b": b"2"})
    assert listed(tmp_path / "out") == {"mine": b"kept", "a": b"1", "b": b"2"}


def test_the_rights_of_the_folder_stay(tmp_path: Path, way: str) -> None:
    (tmp_path / "out").mkdir(mode=0o750)
    write_all(tmp_path / "out", {"a": b"1", "b": b"2"})
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o750


def test_the_last_file_is_written_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        order.append(Path(target).name)
        return real(self, target)

    monkeypatch.setattr(write, "_SWAP", None)
    monkeypatch.setattr(Path, "replace", replace)
    (tmp_path / "out").mkdir()
    write_all(tmp_path / "out", {"manifest.json": b"", "a": b"", "z": b""}, last="manifest.json")
    assert order == ["a", "z", "manifest.json"]


def test_a_folder_in_the_way_leaves_the_old_files_whole(tmp_path: Path) -> None:
    write_all(tmp_path, {"a": b"old", "m": b"old"}, last="m")
    (tmp_path / "b").mkdir()
    with pytest.raises(ReprisalError):
        write_all(tmp_path, {"a": b"new", "b": b"new", "m": b"new"}, last="m")
    assert listed(tmp_path) == {"a": b"old", "m": b"old"}


def test_a_full_disk_leaves_the_old_files_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, {"a": b"old", "b": b"old"})
    calls = []
    real = os.fsync

    def fsync(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(ReprisalError, match="No space left"):
        write_all(tmp_path, {"a": b"new", "b": b"new"})
    assert listed(tmp_path) == {"a": b"old", "b": b"old"}


def test_a_file_in_the_way_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(ReprisalError):
        write_all(tmp_path / "out", {"a": b"1"})
    assert (tmp_path / "out").read_text() == "x"


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a").symlink_to(tmp_path / "outside")
    write_all(tmp_path / "out", {"a": b"1"})
    assert (tmp_path / "outside").read_text() == "mine"
    assert listed(tmp_path / "out") == {"a": b"1"}


def test_two_writers_at_once_do_not_mix(tmp_path: Path) -> None:
    names = [f"f{number}" for number in range(6)]

    def write(value: int) -> None:
        write_all(tmp_path, dict.fromkeys(names, b"%d" % value), last="f3")

    with ThreadPoolExecutor(4) as pool:
        for round_ in range(12):
            list(pool.map(write, range(round_ * 4, round_ * 4 + 4)))
            assert len(set(listed(tmp_path).values())) == 1
    assert sorted(listed(tmp_path)) == names


@pytest.mark.skipif(write._SWAP is None, reason="this system cannot exchange two names")
@pytest.mark.parametrize("way_of_saving", ["in place", "by another name", "a new file"])
def test_what_an_editor_saves_while_a_set_is_made_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way_of_saving: str
) -> None:
    """A folder that changes places takes its other files along, as they are at that moment."""
    folder = tmp_path / "out"
    write_all(folder, {"mine": b"old", "a": b"old"})
    real = write._put_in_place

    def edited_first(fresh: Path, there: Path) -> None:
        if way_of_saving == "by another name":
            (folder / "mine.tmp").write_bytes(b"edited")
            (folder / "mine.tmp").replace(folder / "mine")
        else:
            (folder / ("mine" if way_of_saving == "in place" else "other")).write_bytes(b"edited")
        real(fresh, there)

    monkeypatch.setattr(write, "_put_in_place", edited_first)
    write_all(folder, {"a": b"new", "b": b"new"})
    kept = {"mine": b"old", "other": b"edited"} if way_of_saving == "a new file" else {"mine": b"edited"}
    assert listed(folder) == {"a": b"new", "b": b"new", **kept}


@pytest.mark.parametrize("names", [["a"], ["a", "b"]])
def test_an_edit_that_is_saved_while_the_new_files_are_written_is_kept(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch, names: list[str]
) -> None:
    folder = tmp_path / "out"
    write_all(folder, {"a": b"old", "b": b"old"})
    real = write.write_new

    def edited_meanwhile(path: Path, content: bytes, old: Path | None = None) -> None:
        real(path, content, old)
        (folder / "a").write_bytes(b"edited")

    monkeypatch.setattr(write, "write_new", edited_meanwhile)
    with pytest.raises(ReprisalError, match="changed meanwhile"):
        write_all(folder, dict.fromkeys(names, b"new"), seen={"a": b"old"})
    assert listed(folder) == {"a": b"edited", "b": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("names", [["a"], ["a", "b"]])
def test_a_file_is_open_to_no_more_people_than_before(tmp_path: Path, way: str, names: list[str]) -> None:
    folder = tmp_path / "out"
    write_all(folder, {"a": b"old", "b": b"old"})
    (folder / "a").chmod(0o600)
    write_all(folder, dict.fromkeys(names, b"new"))
    assert (folder / "a").stat().st_mode & 0o777 == 0o600
    assert (folder / "b").stat().st_mode & 0o777 == 0o666 & ~_umask()
