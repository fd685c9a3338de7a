"""What a change does to the report, told from two compiles of what git holds."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from reprisal_cli.compile import report
from reprisal_cli.pipeline.diff import tell
from tests.cli.run import committed, git
from tests.review.test_revision import starter
from tests.support.rulebook import FIRST


def lines(root: Path, *revisions: str) -> tuple[str, ...]:
    old, new = (*revisions, None)[:2] if revisions else (None, None)
    effect = tell(root, old, new, effect=True).effect
    assert effect is not None
    return effect.lines


def test_two_compiles_and_no_more_tell_of_an_edit(tmp_path: Path) -> None:
    root = committed(starter(tmp_path))
    path = root / FIRST
    path.write_text(
        path.read_text(encoding="utf-8").replace("level: public-no-name", "level: pending"), encoding="utf-8"
    )
    git(root, "commit", "-qam", "pending")
    with patch.object(report, "compile_report", wraps=report.compile_report) as compile_report:
        found = lines(root, "HEAD~1", "HEAD")
    assert compile_report.call_count <= 2
    assert any(line.startswith(("held back now: XXA-2025-001", "the report could not be built now")) for line in found)


def test_an_edit_of_layout_changes_nothing(tmp_path: Path) -> None:
    root = committed(starter(tmp_path))
    path = root / FIRST
    path.write_text("# seen\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert lines(root) == ("nothing changes in it",)


def test_a_workspace_that_cannot_be_built_is_told_of(tmp_path: Path) -> None:
    root = committed(starter(tmp_path))
    path = root / FIRST
    path.write_text(path.read_text(encoding="utf-8").replace("state: XXA", "state: QQQ"), encoding="utf-8")
    assert lines(root)[0].startswith("the report could not be built now")
