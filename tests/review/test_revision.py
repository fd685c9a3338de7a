"""git as the one door sees it: what a repository's own settings name is never started."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.pipeline.prepare import compiled, ready, ready_in
from reprisal_cli.pipeline.revision import open_revision
from reprisal_cli.review.revision import blobs, changes_since, commits, common, differing, listing
from reprisal_cli.store.read import TAKEN
from reprisal_cli.store.starter import make_workspace
from tests.cli.run import committed, git
from tests.support.rulebook import AS_OF, FIRST, SMALLEST, workspace

TODAY = date(2025, 9, 1)


def starter(folder: Path) -> Path:
    """A workspace that can be built, with one case."""
    make_workspace(folder, TODAY)
    return folder


def test_a_revision_gives_the_report_that_its_checkout_gives(tmp_path: Path) -> None:
    root = committed(starter(tmp_path))
    checked_out = compiled(*ready(root, None, TODAY))
    (root / FIRST).write_text("half a thought: [", encoding="utf-8")
    (root / "templates/manuscript/summary.md").unlink()
    opened, found = open_revision(root, "HEAD")
    from_git = compiled(*ready_in(opened, found, None, TODAY))
    assert checked_out.report is not None
    assert from_git.report == checked_out.report
    assert from_git.loaded.found == checked_out.loaded.found


def test_a_workspace_below_the_top_of_its_repository_is_read_in_a_revision_too(tmp_path: Path) -> None:
    inner = starter(tmp_path / "inner")
    committed(tmp_path)
    (inner / FIRST).unlink()
    opened, _ = open_revision(inner, "HEAD")
    assert compiled(*ready_in(opened, [], None, TODAY)).report is not None
    assert [one.path for one in differing(inner, *commits(inner, "HEAD"), None)] == [FIRST]


def test_a_link_in_a_revision_is_no_file(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "cases/XXA/XXA-2025-009.yaml").symlink_to("/etc/passwd")
    opened, _ = open_revision(committed(root), "HEAD")
    loaded, _ = ready_in(opened, [], "hrc-60", AS_OF)
    assert [one.code for one in loaded.found if one.location.path.endswith("009.yaml")] == ["RC017"]


@pytest.mark.parametrize("revision", ["no-such", "--help", "HEAD\n", "@{upstream}", "HEAD:reprisal.yaml"])
def test_a_revision_that_git_does_not_know_is_a_fault_of_the_question(tmp_path: Path, revision: str) -> None:
    with pytest.raises(ReprisalError):
        commits(committed(workspace(tmp_path)), revision)


def test_two_histories_have_nothing_in_common(tmp_path: Path) -> None:
    root = committed(workspace(tmp_path))
    git(root, "checkout", "-q", "--orphan", "other")
    git(root, "commit", "-q", "-m", "other")
    with pytest.raises(ReprisalError):
        common(root, *commits(root, "main", "other"))


def test_what_differs_is_listed_without_its_content(tmp_path: Path) -> None:
    root = committed(workspace(tmp_path))
    old = listing(root, "HEAD")
    git(root, "mv", SMALLEST, "cases/XXA/XXA-2025-003.yaml")
    (root / "cases/new.yaml").write_text("not: added\n", encoding="utf-8")
    (first,) = commits(root, "HEAD")
    found = {one.path: (bool(one.old), one.new) for one in differing(root, first, None)}
    assert found == {
        SMALLEST: (True, ""),
        "cases/XXA/XXA-2025-003.yaml": (False, "*"),
        "cases/new.yaml": (False, "*"),
    }
    git(root, "commit", "-q", "-m", "renamed")
    changes = {one.path: (one.old, one.new) for one in differing(root, *commits(root, "HEAD~1", "HEAD"))}
    assert changes == {SMALLEST: (old[SMALLEST], ""), "cases/XXA/XXA-2025-003.yaml": ("", old[SMALLEST])}


def test_a_content_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / "large").write_bytes(b"x" * (3 * TAKEN))
    (root / "small").write_bytes(b"y\n")
    names = listing(committed(root), "HEAD")
    contents = blobs(root, [names["large"], names["small"], names[FIRST]])
    assert {len(contents[names["large"]]), len(contents[names["small"]])} == {TAKEN, 2}
    assert contents[names[FIRST]] == (root / FIRST).read_bytes()


def test_no_program_that_a_repository_names_is_started(tmp_path: Path) -> None:
    root = committed(workspace(tmp_path / "w"))
    sign = tmp_path / "started"
    program = f"sh -c 'touch {sign}; cat'"
    (root / ".git/info/attributes").write_text("*.yaml filter=f diff=d merge=m\n", encoding="utf-8")
    for name in ("filter.f.clean", "filter.f.smudge", "filter.f.process", "diff.d.command", "diff.d.textconv",
                 "diff.external", "core.pager", "core.fsmonitor", "core.sshCommand"):  # fmt: skip
        git(root, "config", name, program)
    git(root, "config", "filter.f.required", "true")
    hook = root / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {sign}\n", encoding="utf-8")
    hook.chmod(0o755)
    (root / FIRST).write_text((root / FIRST).read_text().replace("level: public-no-name", "level: public-name"))
    (root / SMALLEST).touch()
    sign.unlink(missing_ok=True)
    (first,) = commits(root, "HEAD")
    assert FIRST in [one.path for one in differing(root, first, None)]
    assert FIRST in changes_since(root, "HEAD").changed
    open_revision(root, "HEAD")
    assert not sign.exists()
