"""What a killed writer left is taken back or finished: nothing stays half, no edit is lost, and it is said."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.store.root import UNDO, UNDONE, find_root
from reprisal_cli.store.together import Elsewhere, write_together
from reprisal_cli.store.undo import put_back
from tests.cli.run import git, reprisal
from tests.store.killed import ALL, FIRST, NEW, OLD, SECOND, THIRD, killed, killed_at, seen, shown, workspace
from tests.support.builders import ROOT

HAND = b"by hand"


@pytest.mark.parametrize("at", [1, FIRST, SECOND, THIRD, ALL])
def test_what_a_killed_writer_left_is_taken_back_by_the_next_command(tmp_path: Path, at: int) -> None:
    killed(workspace(tmp_path), at)
    reprisal(tmp_path, "case", "list")
    assert seen(tmp_path) == OLD
    write_together(tmp_path, NEW)
    assert shown(tmp_path) == NEW, "and a second run leaves nothing behind"


def test_validate_says_it_too(tmp_path: Path) -> None:
    killed(workspace(tmp_path), THIRD)
    program = [sys.executable, "-m", "reprisal_cli", "-C", str(tmp_path), "validate"]
    done = subprocess.run(program, capture_output=True, check=False, timeout=60)
    assert b"a/one: a command was killed" in done.stderr


# --- edits between --------------------------------------------------------------------------------------------------


def test_an_edit_of_what_was_written_already_is_kept_and_the_rest_is_finished(tmp_path: Path) -> None:
    """It was made on the new file: beside old ones it would be half of something."""
    killed(workspace(tmp_path), THIRD)
    (tmp_path / "a/one").write_bytes(HAND)
    ran = reprisal(tmp_path, "case", "list")
    assert shown(tmp_path) == {**NEW, "a/one": HAND}
    assert "c/three: a command was killed while it wrote, and the file is now as that command made it" in ran.err
    assert "a/one: changed since a command was killed while it wrote: left as it is" in ran.err
    assert "git diff" in ran.err


def test_an_edit_of_what_was_not_yet_written_is_kept_and_the_rest_is_taken_back(tmp_path: Path) -> None:
    killed(workspace(tmp_path), SECOND)
    (tmp_path / "b/two").write_bytes(HAND)
    ran = reprisal(tmp_path, "case", "list")
    assert seen(tmp_path) == {**OLD, "b/two": HAND}
    assert "a/one: a command was killed while it wrote, and the file is as it was before" in ran.err


def test_an_editor_that_saves_by_another_name_is_no_other_case(tmp_path: Path) -> None:
    killed(workspace(tmp_path), THIRD)
    (tmp_path / "a/other").write_bytes(HAND)
    (tmp_path / "a/other").replace(tmp_path / "a/one")
    find_root(tmp_path)
    assert shown(tmp_path) == {**NEW, "a/one": HAND}


def test_edits_of_both_kinds_are_kept_and_said(tmp_path: Path) -> None:
    killed(workspace(tmp_path), SECOND)
    for name in OLD:
        (tmp_path / name).write_bytes(HAND + name.encode())
    ran = reprisal(tmp_path, "case", "list")
    assert seen(tmp_path) == {name: HAND + name.encode() for name in OLD}
    assert "a/one: changed since" in ran.err


def test_a_file_that_somebody_made_meanwhile_is_not_taken_away(tmp_path: Path) -> None:
    killed(workspace(tmp_path), THIRD)
    (tmp_path / "c/three").write_bytes(HAND)
    find_root(tmp_path)
    assert seen(tmp_path) == {**OLD, "c/three": HAND}


def test_files_that_git_put_back_before_stay_so(tmp_path: Path) -> None:
    """`git checkout .` and `git clean` after the kill: the same is done twice."""
    killed(workspace(tmp_path), ALL)
    for name, content in OLD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "c/three").unlink()
    find_root(tmp_path)
    assert seen(tmp_path) == OLD


def test_where_the_old_files_are_gone_the_rest_is_finished(tmp_path: Path) -> None:
    """Somebody cleared away files with a dot in front, or copied without them."""
    killed(workspace(tmp_path), THIRD)
    for path in tmp_path.rglob(".kept-*"):
        path.unlink()
    find_root(tmp_path)
    assert shown(tmp_path) == NEW


# --- when taking back does not go well either -----------------------------------------------------------------------


@pytest.mark.parametrize("edited", [False, True], ids=["back", "onward"])
@pytest.mark.parametrize("calls", [("replace", "rename", "unlink"), ("fsync",)], ids=["names", "fsync"])
def test_a_kill_at_any_step_of_taking_back_is_made_good_by_the_next(
    tmp_path: Path, calls: tuple[str, ...], edited: bool
) -> None:
    for at in range(1, 40):
        root = tmp_path / f"{at}"
        root.mkdir()
        killed(workspace(root), THIRD)
        if edited:
            (root / "a/one").write_bytes(HAND)
        ended = not killed_at(calls, at, lambda root=root: put_back(root))  # type: ignore[misc]
        find_root(root)
        assert seen(root) == ({**NEW, "a/one": HAND} if edited else OLD), at
        assert not (root / UNDO).exists()
        write_together(root, NEW)
        assert shown(root) == NEW
        if ended:
            assert at > 2
            return
    pytest.fail("taking back takes more steps than are tried")


def test_many_commands_at_once_take_back_once(tmp_path: Path) -> None:
    killed(workspace(tmp_path), ALL)
    told: list[int] = []
    children = []
    for _ in range(12):
        child = os.fork()
        if child == 0:
            os._exit(len(put_back(tmp_path).before))
        children.append(child)
    told = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert sorted(told) == [*[0] * 11, 3]
    assert seen(tmp_path) == OLD


def test_a_writer_that_waited_for_one_that_was_killed_writes_nothing(tmp_path: Path) -> None:
    """What it has read may be half of the other's."""
    killed(workspace(tmp_path), THIRD)
    with pytest.raises(ReprisalError, match="killed while it wrote"):
        write_together(tmp_path, {"a/one": b"mine", "d/four": b"mine"})
    find_root(tmp_path)
    assert seen(tmp_path) == OLD


def test_what_is_needed_to_take_back_is_not_swept_away(tmp_path: Path) -> None:
    from reprisal_cli.store.write import write_all

    killed(workspace(tmp_path), THIRD)
    write_all(tmp_path / "b", {"other": b"mine"})
    find_root(tmp_path)
    assert seen(tmp_path) == {**OLD, "b/other": b"mine"}


@pytest.mark.parametrize("way", ["moved", "copied"])
def test_a_workspace_that_was_moved_or_copied_is_taken_back_where_it_is(tmp_path: Path, way: str) -> None:
    (tmp_path / "here").mkdir()
    killed(workspace(tmp_path / "here"), THIRD)
    shutil.move(tmp_path / "here", tmp_path / "there") if way == "moved" else shutil.copytree(
        tmp_path / "here", tmp_path / "there"
    )
    find_root(tmp_path / "there")
    assert seen(tmp_path / "there") == OLD


@pytest.mark.parametrize(
    "content", ["", "[]", "[" * 100_000, '{"steps": [{"path": 1}]}', '{"steps": [{"pa', "null", "\0"]
)
def test_a_damaged_journal_stops_every_command_until_somebody_has_looked(tmp_path: Path, content: str) -> None:
    """It may be all that is left of a writing that was killed: nobody may take half of it for whole."""
    (workspace(tmp_path) / UNDO).write_text(content)
    for command in (["case", "list"], ["guard"]):
        ran = reprisal(tmp_path, *command)
        assert ran.code == 2
        assert "damaged" in ran.err
        assert f"delete {tmp_path / UNDO}" in ran.err
    (tmp_path / UNDO).unlink()
    assert shown(tmp_path) == OLD
    find_root(tmp_path)


def test_a_journal_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    (workspace(tmp_path) / UNDO).symlink_to(tmp_path / "a/one")
    with pytest.raises(ReprisalError, match="cannot be put back"):
        find_root(tmp_path)
    assert (tmp_path / "a/one").read_bytes() == b"old"


# --- git ------------------------------------------------------------------------------------------------------------


def repository(root: Path) -> Path:
    workspace(root)
    (root / ".gitignore").write_text((ROOT / "templates/starter/dot-gitignore").read_text())
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "old")
    return root


@pytest.mark.parametrize("how", ["staged", "committed without the hook"])
@pytest.mark.parametrize("first", [["guard"], ["case", "list"]], ids=" ".join)
def test_git_keeps_no_half_of_it(tmp_path: Path, how: str, first: list[str]) -> None:
    """Whichever command takes it back: the hook stops the commit until git has what is there now."""
    killed(repository(tmp_path), SECOND)
    git(tmp_path, "add", "-A")
    if how != "staged":
        git(tmp_path, "commit", "-q", "--no-verify", "-m", "half")
    assert "a/one: a command was killed while it wrote" in reprisal(tmp_path, *first).err
    guarded = reprisal(tmp_path, "guard")
    assert guarded.code == 2
    assert "half of what a killed command wrote: a/one" in guarded.err
    git(tmp_path, "add", "-A")
    assert reprisal(tmp_path, "guard").code == 0
    assert git(tmp_path, "show", ":a/one") == "old"


def test_what_was_run_again_is_whole_for_git_too(tmp_path: Path) -> None:
    killed(repository(tmp_path), SECOND)
    git(tmp_path, "add", "-A")
    find_root(tmp_path)
    assert (tmp_path / UNDONE).exists()
    write_together(tmp_path, NEW)
    git(tmp_path, "add", "-A")
    assert reprisal(tmp_path, "guard").code == 0
    assert not (tmp_path / UNDONE).exists()


def test_all_of_it_in_git_is_no_half(tmp_path: Path) -> None:
    killed(repository(tmp_path), ALL)
    git(tmp_path, "add", "-A")
    assert reprisal(tmp_path, "guard").code == 0


def test_a_clone_has_what_was_committed_and_no_journal(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    killed(repository(tmp_path / "here"), THIRD)
    git(tmp_path, "clone", "-q", "here", "there")
    find_root(tmp_path / "there")
    assert {name: content for name, content in shown(tmp_path / "there").items() if name != ".gitignore"} == OLD


def test_a_journal_is_not_committed(tmp_path: Path) -> None:
    git(repository(tmp_path), "status")
    (tmp_path / UNDO).write_text("{}")
    git(tmp_path, "add", "-f", UNDO)
    (tmp_path / UNDO).unlink()
    ran = reprisal(tmp_path, "guard")
    assert ran.code == 1
    assert f"{UNDO}:1:1: RC852" in ran.out


# --- a folder elsewhere ---------------------------------------------------------------------------------------------


SEALED = {"XXA/letter.age": b"sealed"}


def both(tmp_path: Path) -> tuple[Path, Path]:
    root, vault = tmp_path / "ws", tmp_path / "vault"
    root.mkdir()
    vault.mkdir()
    return workspace(root), vault


def test_a_writing_that_reaches_elsewhere_is_one(tmp_path: Path) -> None:
    root, vault = both(tmp_path)
    write_together(root, {"a/one": b"new"}, elsewhere=Elsewhere(vault, SEALED))
    assert shown(root) == {**OLD, "a/one": b"new"}
    assert shown(vault) == SEALED
    with pytest.raises(FileExistsError):
        write_together(root, NEW, elsewhere=Elsewhere(vault, SEALED))
    assert shown(root) == {**OLD, "a/one": b"new"}


@pytest.mark.parametrize("way", ["here", "the vault first", "moved"])
@pytest.mark.parametrize("calls", [("replace", "rename", "unlink"), ("fsync",)], ids=["names", "fsync"])
def test_a_kill_leaves_both_old_or_both_new(tmp_path: Path, calls: tuple[str, ...], way: str) -> None:
    for at in range(1, 60):
        (tmp_path / f"{at}").mkdir()
        root, vault = both(tmp_path / f"{at}")
        ended = not killed_at(calls, at, lambda: write_together(root, NEW, elsewhere=Elsewhere(vault, SEALED)))  # noqa: B023
        if way == "the vault first":
            put_back(vault)
        if way == "moved":
            shutil.move(root, root.with_name("moved"))
            root = root.with_name("moved")
        find_root(root)
        assert (seen(root), seen(vault)) in ((OLD, {}), (NEW, SEALED)), at
        if seen(root) == OLD:
            write_together(root, NEW, elsewhere=Elsewhere(vault, SEALED))
        put_back(vault)
        assert not any((place / UNDO).exists() for place in (root, vault))
        if ended:
            return
    pytest.fail("writing takes more steps than are tried")


def test_a_journal_opens_no_folder_that_does_not_know_of_it(tmp_path: Path) -> None:
    """Somebody who sends us a repository may name a folder of ours in it, but cannot write there."""
    root, vault = both(tmp_path)
    write_together(vault, SEALED)
    step = {
        "path": "XXA/letter.age",
        "was": "",
        "becomes": digest(b"sealed"),
        "kept": "",
        "staged": ".writing-0123456789abcdef",
    }
    (root / UNDO).write_text(json.dumps({"steps": [], "mark": "0", "folders": [str(vault)], "first": ""}))
    find_root(root)
    assert shown(vault) == SEALED
    (vault / UNDO).write_text(json.dumps({"steps": [step], "mark": "1", "folders": [], "first": str(root)}))
    (root / UNDO).write_text(json.dumps({"steps": [], "mark": "0", "folders": [str(vault)], "first": ""}))
    find_root(root)
    put_back(vault)
    assert shown(vault) == SEALED


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# --- a journal from somebody else -----------------------------------------------------------------------------------


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
        place.with_name(".writing-0123456789abcdef").write_bytes(b"theirs")
    step = {"path": path.format(tmp=tmp_path), "was": "0", "becomes": digest(b"mine"), "kept": kept}
    (root / UNDO).write_text(json.dumps({"steps": [{**step, "staged": ".writing-0123456789abcdef"}]}))
    find_root(root)
    assert {place: place.read_bytes() for place in held} == held
    assert all(place.with_name(".kept-0123456789abcdef").exists() for place in held)
    assert not (root / UNDO).exists()
    assert (root / "a/one").read_bytes() == b"old"
