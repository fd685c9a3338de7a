"""A sign-off binds just what it covers, and only `sign` can make one that holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from reprisal_cli.cli.app import application
from reprisal_cli.model.case import Case
from reprisal_cli.model.digest import SUBJECTS, digest
from reprisal_cli.store.append import append
from reprisal_cli.store.workspace import load_record
from tests.cli.run import reprisal
from tests.support.rulebook import AS_OF, FIRST, WHOLE, workspace

APPROVED = """
status: approved
history:
  - {date: 2025-02-03, status: received, by: desk-1}
  - {date: 2025-02-05, status: screened, by: desk-1}
  - {date: 2025-02-20, status: verified, by: desk-1}
  - {date: 2025-02-25, status: cleared, by: desk-1}
  - {date: 2025-03-01, status: transmitted, by: desk-1}
  - {date: 2025-08-01, status: answered, by: desk-1}
  - {date: 2025-08-02, status: drafted, by: drafter-1}
  - {date: 2025-08-05, status: approved, by: reviewer-1}
developments: REMOVE
reports: REMOVE
signoffs: REMOVE
text:
  hrc-60:
    annex: |
      On 1 March 2025, special procedures mandate holders addressed the alleged arrest of {p1} ({u1}).
"""
ELSEWHERE = APPROVED.replace("  hrc-60:\n    annex", "  hrc-63:\n    annex")


def case_of(raw: bytes) -> Case:
    case, wrong = load_record(raw, FIRST, Case)
    assert case is not None, wrong
    return case


def sign(root: Path, of: str, by: str, *more: str) -> str:
    options = ["--of", of, "--by", by, "--edition", "hrc-60", "--as-of", "2025-08-04", *more]
    done = CliRunner().invoke(application(), ["-C", str(root), "sign", "XXA-2025-001", *options])
    assert done.exit_code == 0, done.output
    return done.output


def codes(root: Path) -> list[str]:
    from reprisal_cli.pipeline.validate import validate

    return [one.code for one in validate(root, AS_OF, cached=False).found if one.code in ("RC708", "RC717")]


def test_two_sign_offs_open_the_gate_and_an_edit_of_the_text_shuts_it(tmp_path: Path) -> None:
    root = workspace(tmp_path, APPROVED)
    assert codes(root) == ["RC708"]
    sign(root, "text", "reviewer-1")
    sign(root, "safety", "reviewer-2")
    assert codes(root) == []
    file = root / FIRST
    file.write_text(file.read_text().replace("addressed the alleged", "raised the alleged"))
    assert codes(root) == ["RC717", "RC717"]


def test_an_edit_elsewhere_voids_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path, APPROVED)
    sign(root, "text", "reviewer-1")
    sign(root, "safety", "reviewer-2")
    file = root / FIRST
    file.write_text(file.read_text().replace("Invented, arrest after a side event", "Invented, another title"))
    assert codes(root) == []


def test_a_digest_typed_by_hand_does_not_hold(tmp_path: Path) -> None:
    root = workspace(tmp_path, APPROVED)
    sign(root, "text", "reviewer-1")
    sign(root, "safety", "reviewer-2")
    file = root / FIRST
    text = file.read_text()
    file.write_text(text.replace(text[text.index("sha256:") : text.index("sha256:") + 71], "sha256:…", 1))
    assert codes(root) == ["RC717"]


def test_signing_twice_changes_nothing(tmp_path: Path) -> None:
    root = workspace(tmp_path, APPROVED)
    sign(root, "text", "reviewer-1")
    once = (root / FIRST).read_bytes()
    assert "already signed" in sign(root, "text", "reviewer-1")
    assert (root / FIRST).read_bytes() == once


def test_comments_and_order_stay_and_one_line_is_added(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = (root / FIRST).read_text().splitlines()
    sign(root, "text", "reviewer-1")
    after = (root / FIRST).read_text().splitlines()
    added = [line for line in after if line not in before]
    assert len(added) == 1
    assert [line for line in after if line != added[0]] == before


@pytest.mark.parametrize("subject", ["text", "safety"])
def test_what_has_no_text_in_an_edition_is_not_signed_for_it(tmp_path: Path, subject: str) -> None:
    """The workspace's own edition may be another one than the text is for: that is said, and nothing is written."""
    root = workspace(tmp_path, ELSEWHERE)
    before = (root / FIRST).read_bytes()
    options = ("--of", subject, "--by", "reviewer-1", "--as-of", "2026-05-04")
    ran = reprisal(root, "sign", "XXA-2025-001", "--edition", "hrc-60", *options)
    assert ran.code == 2
    assert "it has one for hrc-63: --edition hrc-63" in ran.err
    assert (root / FIRST).read_bytes() == before
    assert reprisal(root, "sign", "XXA-2025-001", "--edition", "hrc-63", *options).code == 0


def test_what_to_commit_is_said_with_its_message(tmp_path: Path) -> None:
    root = workspace(tmp_path, ELSEWHERE)
    options = ("--edition", "hrc-63", "--of", "text", "--by", "reviewer-1", "--as-of", "2026-05-04")
    ran = reprisal(root, "sign", "XXA-2025-001", *options)
    assert f"add {FIRST}" in ran.out
    assert "commit -m 'XXA-2025-001: text signed by reviewer-1'" in ran.out


def test_what_cannot_be_signed_is_said(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    for options in (["--of", "title"], ["--edition", "hrc-99"], ["--edition", "hrc-63", "--of", "poem"]):
        done = CliRunner().invoke(application(), ["-C", str(root), "sign", "XXA-2025-001", "--by", "r", *options])
        assert done.exit_code != 0
    assert (root / FIRST).read_bytes() == (WHOLE / FIRST).read_bytes()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_digest_depends_on_a_name(subject: str) -> None:
    """It could be tried against a list of guesses."""
    raw = (WHOLE / FIRST).read_text().replace("level: public-no-name", "level: public-name")
    one = case_of(raw.replace("name: sealed ", "name: Invented Testname ", 1).encode())
    other = case_of(raw.replace("name: sealed ", "name: Invented Othername ", 1).encode())
    assert digest(one, "hrc-60", subject) == digest(other, "hrc-60", subject)


@pytest.mark.parametrize("path", sorted(Path("cases").glob("*/*.yaml")), ids=lambda path: path.stem)
def test_an_entry_can_be_added_to_every_list_of_every_real_case(path: Path) -> None:
    item = {"date": "2026-01-12", "status": "follow-up", "by": "desk-1", "reason": "a colon: and a comma, # and [more]"}
    raw = path.read_bytes()
    for field in ("responses", "developments", "signoffs", "history"):
        changed = append(raw, field, item)
        assert changed is not None
        assert 1 <= len(changed.splitlines()) - len(raw.splitlines()) <= len(item)  # as its neighbours are written
