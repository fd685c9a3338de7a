"""A name, a key or a document in clear is stopped before the commit, in what is staged and not in what lies around."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reprisal_cli.cli.app import application
from reprisal_cli.protect.vault import parse_recipient, seal
from tests.protect.vaults import identity, public
from tests.support.rulebook import FIRST, workspace

NAME = "Invented Testname"  # invented
SEALED = seal(b"x", [parse_recipient(one) for one in public(identity(), identity())]).decode()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = workspace(tmp_path)
    git(root, "init", "--quiet")
    git(root, "add", ".")
    return root


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=desk", "-c", "user.email=desk@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def guard(root: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(application(), ["-C", str(root), "guard", *options])
    assert NAME not in done.output
    return done.exit_code, done.output


def stage(root: Path, path: str, content: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(content, encoding="utf-8")
    git(root, "add", "--force", path)


def test_the_whole_example_may_be_committed(repository: Path) -> None:
    assert guard(repository)[0] == 0


def test_a_name_without_consent_is_stopped_at_its_line(repository: Path) -> None:
    text = (repository / FIRST).read_text(encoding="utf-8")
    stage(repository, FIRST, text.replace("name: sealed ", f"name: {NAME} ", 1))
    code, output = guard(repository)
    assert code == 1
    assert f"{FIRST}:18:11: RC301" in output


def test_a_comment_with_contact_data_is_stopped_too(repository: Path) -> None:
    stage(repository, FIRST, (repository / FIRST).read_text(encoding="utf-8") + "# call +41 22 917 90 00\n")
    code, output = guard(repository)
    assert code == 1
    assert "RC312" in output
    assert "917" not in output


def test_what_is_staged_counts_even_when_the_folder_has_been_mended(repository: Path) -> None:
    text = (repository / FIRST).read_text(encoding="utf-8")
    stage(repository, FIRST, text.replace("name: sealed ", f"name: {NAME} ", 1))
    (repository / FIRST).write_text(text, encoding="utf-8")
    assert guard(repository)[0] == 1


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        ("vault/XXA/XXA-2025-001.yaml", f"name: {NAME}\n", "RC851"),
        ("vault/XXA/XXA-2025-001.age", f"name: {NAME}\n", "RC851"),
        ("vault/XXA/XXA-2025-001.age", f"{SEALED}{NAME}\n", "RC851"),
        ("vault/XXA/XXA-2025-001.age", f"-----BEGIN AGE ENCRYPTED FILE-----\n{NAME}\n", "RC851"),
        ("cases/XXA/.kept-0123456789abcdef", NAME, "RC852"),
        ("cases/XXA/.writing-0123456789abcdef", NAME, "RC852"),
        ("cases/XXA/XXA-2025-001.yaml~", f"name: {NAME}\n", "RC852"),
        ("cases/XXA/.XXA-2025-001.yaml.swp", NAME, "RC852"),
        ("cases/XXA/reply.docx", NAME, "RC853"),
        ("notes.txt", "AGE-SECRET-KEY-1" + "Q" * 58, "RC854"),
        ("key", "-----BEGIN OPENSSH PRIVATE KEY-----\n", "RC854"),
        ("cases/XXA/XXA-2025-009.yaml", f"title: {NAME}: broken\n", "RC003"),
    ],
)
def test_other_clear_text_is_stopped(repository: Path, path: str, content: str, code: str) -> None:
    stage(repository, path, content)
    exit_code, output = guard(repository)
    assert exit_code == 1
    assert f"{path}:1:" in output
    assert code in output


def test_sealed_files_and_the_list_of_recipients_may_be_committed(repository: Path) -> None:
    stage(repository, "vault/XXA/XXA-2025-001.age", SEALED)
    stage(repository, "vault/recipients.txt", "# the desk\n")
    assert guard(repository)[0] == 0


def test_all_looks_at_what_was_committed_before(repository: Path) -> None:
    stage(repository, "cases/XXA/old.pdf", NAME)
    git(repository, "commit", "--quiet", "-m", "all")
    assert guard(repository)[0] == 0
    assert guard(repository, "--all")[0] == 1


def test_outside_git_it_says_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(application(), ["-C", str(workspace(tmp_path)), "guard"])
    assert done.exit_code != 0


@pytest.mark.parametrize(
    ("path", "content", "code", "exit_code"),
    [
        ("vault/XXA/XXA-2025-001.yaml", f"name: {NAME}\n", "RC851", 1),
        ("cases/XXA/reply.docx", NAME, "RC853", 1),
        ("cases/XXA/XXA-2025-001.yaml~", f"name: {NAME}\n", "RC855", 0),
        ("cases/XXA/.XXA-2025-001.yaml.swp", NAME, "RC855", 0),
    ],
)
def test_validate_tells_of_it_before_anybody_stages_it(
    tmp_path: Path, path: str, content: str, code: str, exit_code: int
) -> None:
    root = workspace(tmp_path)
    for _ in range(2):  # the second time from the cache
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
        done = CliRunner().invoke(application(), ["-C", str(root), "validate", "--output-format", "concise"])
        assert f"{path}:1:1: {code}" in done.output
        assert done.exit_code == exit_code
        assert NAME not in done.output
    (root / path).unlink()
    assert CliRunner().invoke(application(), ["-C", str(root), "validate"]).exit_code == 0
