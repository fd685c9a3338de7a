"""The commands of the runbook (`docs/threat-model.md`), as they are written there: what they promise is so."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pyrage
import pytest

from reprisal_cli.protect.memory import in_memory
from tests.cli.run import committed, git, reprisal
from tests.protect.vaults import identity, public
from tests.support.builders import case, person, workspace

ROOT = Path(__file__).parents[2]
RUNBOOK = " ".join((ROOT / "docs/threat-model.md").read_text().split())
NAME = "Inventa Nemosova"  # invented
PATH = "cases/XXA/XXA-2025-101.yaml"
WITHHELD = case(persons=[person(name="withheld")])


def objects(root: Path) -> bytes:
    command = ["git", "cat-file", "--batch-all-objects", "--batch", "--unordered"]
    return subprocess.run(command, cwd=root, capture_output=True, check=True).stdout


def test_a_name_that_was_committed_is_gone_from_git(tmp_path: Path) -> None:
    root = committed(workspace(tmp_path / "ws", [WITHHELD]))
    clean = (root / PATH).read_text()
    (root / PATH).write_text(clean.replace("name: withheld", f"name: {NAME}"))
    git(root, "commit", "-qam", "slip")
    assert reprisal(root, "guard", "--all").code == 1
    git(root, "reset", "--soft", "HEAD~1")
    (root / PATH).write_text(clean)
    git(root, "add", "-A")
    assert reprisal(root, "guard").code == 0
    git(root, "commit", "-q", "--allow-empty", "-m", "mended")
    assert NAME.encode() in objects(root), "a commit that nothing refers to is still there"
    for words in ("git reflog expire --expire-unreachable=now --all", "git gc --prune=now"):
        assert f"`{words}`" in RUNBOOK
        git(root, *words.split()[1:], *(["--quiet"] if " gc " in words else []))
    assert NAME.encode() not in objects(root)


def test_a_name_that_was_staged_and_stopped_is_gone_from_git(tmp_path: Path) -> None:
    root = committed(workspace(tmp_path / "ws", [WITHHELD]))
    clean = (root / PATH).read_text()
    (root / PATH).write_text(clean.replace("name: withheld", f"name: {NAME}"))
    git(root, "add", "-A")
    stopped = reprisal(root, "guard")
    assert (stopped.code, "`git prune --expire=now`" in stopped.err) == (1, True)
    (root / PATH).write_text(clean)
    git(root, "add", "-A")
    assert reprisal(root, "guard").code == 0
    assert NAME.encode() in objects(root)
    assert "`git prune --expire=now`" in RUNBOOK
    git(root, "prune", "--expire=now")
    assert NAME.encode() not in objects(root)


@pytest.mark.skipif(not in_memory(Path("/dev/shm")), reason="needs memory-backed storage")
def test_a_key_that_was_lost_opens_nothing_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a vault of two, which is what most are: the new key comes before the old one goes."""
    root = workspace(tmp_path / "ws", [case(persons=[person(name="sealed")])])
    kept, lost, new = identity(), identity(), identity()
    (tmp_path / "kept").write_text(f"{kept}\n")
    record = f"case: XXA-2025-101\npersons:\n  p1: {{name: {NAME}}}\n"
    (tmp_path / "record").write_text(record)
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\ncp '{tmp_path / 'record'}' \"$1\"\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    mine, old, fresh = public(kept, lost, new)
    assert reprisal(root, "vault", "init", mine, old).code == 0
    assert reprisal(root, "vault", "edit", "XXA-2025-101").code == 0
    steps = ("vault recipients add NEW", "vault recipients remove OLD", "vault rekey --identity KEY")
    places = [RUNBOOK.index(f"`reprisal {words}`") for words in steps]
    assert places == sorted(places)
    for words in steps:
        given = {"NEW": fresh, "OLD": old, "KEY": str(tmp_path / "kept")}
        ran = reprisal(root, *(given.get(word, word) for word in words.split()))
        assert ran.code == 0, ran.err
    sealed = (root / "vault/XXA/XXA-2025-101.age").read_bytes()
    assert NAME.encode() in pyrage.decrypt(sealed, [new])
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [lost])
