"""The vault by its commands, with an invented name in it. That the name is nowhere else: test_nowhere.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reprisal_cli.protect.memory import in_memory
from tests.cli.run import committed, git, reprisal
from tests.protect.vaults import identity, public
from tests.support.builders import person, published, workspace
from tests.support.built import unchecked

NAME = "Inventa Nemosova"  # invented
CYRILLIC = "Инвента Немосова"
CONTACT = "inventa.nemosova@example.org"
SOURCE = "Fictus Nihilson"
NEVER = [word for text in (NAME, CYRILLIC, CONTACT, SOURCE) for word in (text, *text.split())]
CASE_ID = "XXA-2025-101"
RECORD = f"""\
case: {CASE_ID}
persons:
  p1: {{name: {CYRILLIC}, latin: {NAME}, contact: {CONTACT}, evidence: letter of {NAME}}}
sources:
  s1: {{identity: {SOURCE}}}
"""
pytestmark = pytest.mark.skipif(not in_memory(Path("/dev/shm")), reason="no memory-backed storage here")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a sealed person, two keys, and an editor that writes the record."""
    sources = [{"ref": "s1", "kind": "ngo", "identity": "sealed"}]
    consent = {"level": "already-public", "source": "A/HRC/60/999"}
    data = published(CASE_ID, persons=[person(name="sealed", consent=consent)], sources=sources)
    folder = workspace(tmp_path / "ws", [data], files={".gitignore": "build/\n"})
    one, two = identity(), identity()
    (tmp_path / "key").write_text(f"{one}\n")
    (tmp_path / "other").write_text(f"{identity()}\n")
    (tmp_path / "record").write_text(RECORD)
    (tmp_path / "editor").write_text(f"#!/bin/sh\ncp '{tmp_path / 'record'}' \"$1\"\n")
    (tmp_path / "editor").chmod(0o755)
    monkeypatch.setenv("EDITOR", str(tmp_path / "editor"))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("REPRISAL_IDENTITY", raising=False)
    assert reprisal(folder, "vault", "init", *public(one, two)).code == 0
    return folder


def key(place: Path, name: str = "key") -> tuple[str, str]:
    return "--identity", str(place.parent / name)


def leaks(content: bytes) -> list[str]:
    """Which of the words are in these bytes, in any case of letters, or as the escapes of JSON and HTML."""
    text = content.decode("utf-8", "replace").casefold()
    escaped = CYRILLIC.split()[0].encode("ascii", "backslashreplace").decode().casefold()
    return [word for word in (*NEVER, escaped) if word.casefold() in text]


def test_a_name_that_may_be_printed_is_printed_by_a_build_that_has_the_key_alone(place: Path) -> None:
    case = place / f"cases/XXA/{CASE_ID}.yaml"
    risk = "risk: {date: 2025-02-25, by: desk-1, decision: publish}\n"
    case.write_text(case.read_text().replace("already-public", "public-name") + risk)
    reprisal(place, "vault", "edit", CASE_ID)
    report = place / "build/hrc-60/report.html"
    with unchecked():
        assert reprisal(place, "build", "report", "--to", "html").code == 0
        assert not leaks(report.read_bytes())
        assert reprisal(place, "build", "report", "--to", "html", *key(place, "other")).code == 2
        assert reprisal(place, "build", "report", "--to", "html", *key(place)).code == 0
    assert NAME in report.read_text()
    assert not [word for word in (CYRILLIC, CONTACT, SOURCE) if word in report.read_text()]


def test_an_unchanged_edit_leaves_the_bytes(place: Path) -> None:
    reprisal(place, "vault", "edit", CASE_ID)
    sealed = (place / f"vault/XXA/{CASE_ID}.age").read_bytes()
    assert "unchanged" in reprisal(place, "vault", "edit", CASE_ID, *key(place)).out
    assert (place / f"vault/XXA/{CASE_ID}.age").read_bytes() == sealed


def test_a_faulty_edit_is_told_by_place_alone(place: Path) -> None:
    (place.parent / "record").write_text(f"case: {CASE_ID}\npersons:\n  p1: {{name: {NAME}, nmae: {NAME}}}\n")
    ran = reprisal(place, "vault", "edit", CASE_ID)
    assert ran.code == 1
    assert f"vault/XXA/{CASE_ID}.age:3:" in ran.err
    assert not leaks((ran.out + ran.err).encode())
    assert searched_in_memory() == []


def searched_in_memory() -> list[Path]:
    return list(Path("/dev/shm").glob("reprisal-clear-*"))


@pytest.mark.parametrize("editor", ["false", "/nonexistent/editor", "'"])
def test_an_editor_that_fails_changes_nothing(place: Path, monkeypatch: pytest.MonkeyPatch, editor: str) -> None:
    monkeypatch.setenv("EDITOR", editor)
    assert reprisal(place, "vault", "edit", CASE_ID).code == 2
    assert not (place / f"vault/XXA/{CASE_ID}.age").exists()
    assert searched_in_memory() == []


def test_what_an_editor_keeps_for_itself_stays_in_memory(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backups = "cp $1 $HOME/.hist; cp $1 $TMPDIR/x; mkdir -p $XDG_STATE_HOME/s; cp $1 $XDG_STATE_HOME/s/swap; cp $1 $1~"
    editor = place.parent / "keeps"
    editor.write_text(f"#!/bin/sh\ncp {place.parent}/record $1; {backups}\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    assert reprisal(place, "vault", "edit", CASE_ID).code == 0
    assert searched_in_memory() == []
    home = Path(os.environ.get("HOME", "/"))
    assert not (home / ".hist").exists()


def test_an_unexpected_fault_tells_its_place_and_no_more(place: Path) -> None:
    program = (
        "import sys\nfrom reprisal_cli.protect import vault_files\n"
        f"def broken(*given): raise ValueError('{NAME}')\n"
        "vault_files.unseal = broken\n"
        "sys.argv = ['reprisal', *sys.argv[1:]]\nfrom reprisal_cli.__main__ import main\nmain()\n"
    )
    reprisal(place, "vault", "edit", CASE_ID)
    for command in (("vault", "show", CASE_ID, "--yes-print"), ("vault", "rekey"), ("vault", "check")):
        ran = subprocess.run(
            [sys.executable, "-c", program, *command, *key(place)], cwd=place, capture_output=True, check=False
        )
        assert ran.returncode == 2
        assert b"unexpected fault (ValueError)" in ran.stderr
        assert b"Traceback" not in ran.stderr
        assert not leaks(ran.stdout + ran.stderr)


def test_identities_go_to_a_terminal_alone_unless_told(place: Path) -> None:
    reprisal(place, "vault", "edit", CASE_ID)
    assert reprisal(place, "vault", "show", CASE_ID, *key(place)).code == 2
    assert reprisal(place, "vault", "show", CASE_ID, *key(place), "--yes-print").out == RECORD


def test_the_key_comes_from_the_environment_too(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reprisal(place, "vault", "edit", CASE_ID)
    assert reprisal(place, "vault", "show", CASE_ID, "--yes-print").code == 2
    monkeypatch.setenv("REPRISAL_IDENTITY", str(place.parent / "key"))
    assert reprisal(place, "vault", "show", CASE_ID, "--yes-print").out == RECORD


def test_a_document_comes_back_as_it_was_and_not_into_the_workspace(place: Path) -> None:
    letter = place.parent / "letter of somebody.pdf"
    letter.write_bytes(b"\x00\x01 as received")
    assert reprisal(place, "vault", "put", CASE_ID, str(letter)).code == 2  # its name would be seen by all
    assert reprisal(place, "vault", "put", CASE_ID, str(letter), "--as", "letter-1.pdf").code == 0
    assert reprisal(place, "vault", "put", CASE_ID, str(letter), "--as", "letter-1.pdf").code == 2
    get = ("vault", "get", CASE_ID, "letter-1.pdf", *key(place), "-o")
    assert reprisal(place, *get, str(place / "out.pdf"), "--yes-disk").code == 2
    if not in_memory(place.parent):
        assert reprisal(place, *get, str(place.parent / "out.pdf")).code == 2
    assert reprisal(place, *get, str(place.parent / "out.pdf"), "--yes-disk").code == 0
    assert (place.parent / "out.pdf").read_bytes() == letter.read_bytes()
    assert (place.parent / "out.pdf").stat().st_mode & 0o077 == 0


def test_the_vault_may_lie_in_another_repository(place: Path) -> None:
    (place / "reprisal.yaml").write_text((place / "reprisal.yaml").read_text() + "vault: ../sealed vault\n")
    one, two = identity(), identity()
    assert reprisal(place, "vault", "init", *public(one, two)).code == 0
    assert reprisal(place, "vault", "edit", CASE_ID).code == 0
    assert (place.parent / f"sealed vault/XXA/{CASE_ID}.age").exists()
    assert reprisal(place, "vault", "check").code == 0


def test_git_takes_nothing_from_the_vault_but_sealed_files(place: Path) -> None:
    reprisal(place, "vault", "edit", CASE_ID)
    for name in ("XXA/clear.yaml", "XXA/XXA-2025-101.yaml", "notes.txt", f"XXA/{CASE_ID}.age~"):
        (place / "vault" / name).write_text(NAME)
    committed(place)
    assert not any("clear" in name or "notes" in name for name in git(place, "ls-files", "vault").split())
    assert reprisal(place, "vault", "check").code == 1
