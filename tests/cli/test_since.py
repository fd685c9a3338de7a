"""`validate --since`: what a change touches, all that depends on it, and what it must not do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.review.revision import changes_since, uncommitted
from tests.cli.run import committed, git, validate
from tests.support.rulebook import FIRST, SMALLEST, workspace

THIRD = "cases/XXA/XXA-2025-003.yaml"


def faulty(path: Path, more: str = "") -> None:
    """A case at fault: two acts have one ref."""
    text = (path.parents[2] / SMALLEST).read_text(encoding="utf-8")
    text = text.replace("XXA-2025-002", path.stem) + "  - {ref: a1, type: threats}\n" + more
    path.write_text(text, encoding="utf-8")


def start(folder: Path) -> Path:
    """A repository with an old fault on `main`, and a branch."""
    workspace(folder)
    faulty(folder / THIRD)
    committed(folder)
    git(folder, "checkout", "-q", "-b", "work")
    return folder


def shown(folder: Path, *arguments: str) -> set[str]:
    out = validate(folder, "--since", "main", "--output-format", "concise", *arguments).out
    return {line.split(":")[0] for line in out.splitlines()}


def test_an_old_fault_is_not_that_of_the_change_and_is_still_counted(tmp_path: Path) -> None:
    folder = start(tmp_path)
    ran = validate(folder, "--since", "main")
    assert (ran.code, ran.out) == (0, "")
    assert "read 3 = 3 checked + 0 refused" in ran.err
    assert "more found, not asked for" in ran.err


@pytest.mark.parametrize("way", ["committed", "staged", "changed", "untracked"])
def test_a_change_is_seen_however_far_it_has_come(tmp_path: Path, way: str) -> None:
    folder = start(tmp_path)
    path = folder / (THIRD if way != "untracked" else "cases/XXA/XXA-2025-004.yaml")
    faulty(path, "# changed\n")
    if way in ("committed", "staged"):
        git(folder, "add", "-A")
    if way == "committed":
        git(folder, "commit", "-q", "-m", "change")
    assert path.relative_to(folder).as_posix() in shown(folder)


def test_what_others_did_on_main_is_not_part_of_the_change(tmp_path: Path) -> None:
    folder = start(tmp_path)
    git(folder, "checkout", "-q", "main")
    faulty(folder / THIRD, "# changed on main\n")
    git(folder, "commit", "-q", "-am", "other")
    git(folder, "checkout", "-q", "work")
    assert shown(folder) == set()


def test_a_case_that_names_a_changed_case_is_checked_too(tmp_path: Path) -> None:
    folder = start(tmp_path)
    faulty(folder / THIRD, f"merged_into: {Path(SMALLEST).stem}\n")
    git(folder, "commit", "-q", "-am", "names it")
    git(folder, "branch", "-q", "-f", "main")
    small = folder / SMALLEST
    small.write_text(small.read_text(encoding="utf-8") + "# a thought\n", encoding="utf-8")
    assert THIRD in shown(folder)


def test_settings_change_everything_and_an_edition_its_cases(tmp_path: Path) -> None:
    folder = start(tmp_path)
    edition = folder / "templates" / "editions" / "hrc-60" / "edition.yaml"
    edition.write_text(edition.read_text(encoding="utf-8") + "# a thought\n", encoding="utf-8")
    assert THIRD not in shown(folder)
    settings = folder / "reprisal.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "# a thought\n", encoding="utf-8")
    assert THIRD in shown(folder)


def test_a_deleted_case_is_a_finding_and_a_moved_one_is_not(tmp_path: Path) -> None:
    folder = start(tmp_path)
    (folder / SMALLEST).unlink()
    ran = validate(folder, "--since", "main", "--output-format", "concise")
    assert f"{SMALLEST}:1:1: RC025 this case file was deleted" in ran.out
    assert ran.code == 1
    git(folder, "checkout", "-q", "--", ".")
    (folder / "cases" / "XXB").mkdir()
    shutil.move(folder / THIRD, folder / "cases" / "XXB" / Path(THIRD).name)
    assert "RC025" not in validate(folder, "--since", "main").out


def test_a_revision_that_is_not_there_is_no_run(tmp_path: Path) -> None:
    folder = start(tmp_path)
    for revision in ("origin/main", "--output=x", "-h", "HEAD:cases"):
        assert validate(folder, f"--since={revision}").code == 2
    assert not (folder / "x").exists()


def test_a_shallow_clone_is_told_what_it_lacks(tmp_path: Path) -> None:
    folder = start(tmp_path / "whole")
    faulty(folder / "cases/XXA/XXA-2025-004.yaml")
    committed(folder)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{folder}", "shallow")
    ran = validate(tmp_path / "shallow", "--since", "HEAD~1")
    assert ran.code == 2
    assert "fetch-depth: 0" in ran.err


@pytest.mark.parametrize("path", ["../{name}/{case}", "cases/../{case}", "../{name}", "cases/XXB/../XXA"])
def test_a_path_with_dots_asks_for_what_it_leads_to(path: str, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "here")
    (folder / "cases/XXB").mkdir()
    faulty(folder / THIRD)
    ran = validate(folder, path.format(name="here", case=THIRD), "--output-format", "concise")
    assert (ran.code, ran.out.split(":")[0]) == (1, THIRD)


def test_without_a_repository_the_tool_says_so(tmp_path: Path) -> None:
    ran = validate(workspace(tmp_path), "--since", "main")
    assert ran.code == 2
    assert "git repository" in ran.err


def test_a_workspace_below_the_top_of_a_repository_has_its_own_paths(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "below" / "here")
    committed(tmp_path)
    name = "cases/XXA/naïve name.yaml"
    (folder / name).write_text("x", encoding="utf-8")
    (folder / FIRST).write_text("x", encoding="utf-8")
    changes = changes_since(folder, "main")
    assert changes.changed == {name, FIRST}
    assert uncommitted(folder, frozenset({name, FIRST, SMALLEST})) == {name, FIRST}


def test_git_runs_nothing_of_the_repository_and_changes_nothing(tmp_path: Path) -> None:
    """A hook, a pager, a watcher of files or an external diff could be anything."""
    folder = start(tmp_path)
    trap = folder / ".git" / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {folder}/sprung\n", encoding="utf-8")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "core.editor", "core.sshCommand"):
        git(folder, "config", key, str(trap))
    (folder / SMALLEST).write_text("x", encoding="utf-8")
    index = (folder / ".git" / "index").read_bytes()
    changes_since(folder, "main")
    uncommitted(folder, frozenset({SMALLEST}))
    assert not (folder / "sprung").exists()
    assert (folder / ".git" / "index").read_bytes() == index


def test_a_folder_that_is_no_repository_raises(tmp_path: Path) -> None:
    with pytest.raises(ReprisalError):
        changes_since(tmp_path, "main")
