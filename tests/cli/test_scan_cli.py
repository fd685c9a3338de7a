"""The gate on the command line: builds that are stopped, final builds, documents from elsewhere, receipts.

All names are invented.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from reprisal_cli.protect.disclose import disclose
from tests.cli.run import Ran, reprisal
from tests.protect.vaults import NAME, OTHER, identity, put_record, vault
from tests.support.builders import HRC_60, HRC_63, case, corpus, person, published, put_case, workspace

CASE = "XXA-2025-101"
SECRETS = (NAME, *NAME.split(), OTHER, "Инвента", "Немосова", "inventa@example.org")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with a case whose person and source lie in its vault, and the key beside it."""
    root = workspace(tmp_path / "w", [sealed()], [{**HRC_60, "notice": "Invented."}, HRC_63])
    one, two = identity(), identity()
    put_record(vault(root, one, two))
    (tmp_path / "key").write_text(f"{one}\n")
    (tmp_path / "key").chmod(0o600)
    return root


def sealed(annex: str = "It was reported that {p1} was threatened.", **fields: Any) -> dict[str, Any]:
    data = published(
        persons=[
            person(
                name="sealed", described="a woman lawyer", consent={"level": "already-public", "source": "A/HRC/60/999"}
            )
        ],
        sources=[{"ref": "s1", "kind": "ngo", "received": "2025-02-03", "identity": "sealed"}],
        annex=annex,
    )
    return {**data, **fields}


def build(root: Path, *more: str, key: bool = True) -> Ran:
    with_key = ("--identity", str(root.parent / "key")) if key else ()
    return reprisal(root, "build", "report", "--to", "docx,html,pdf", "--out", "out", *with_key, *more)


def tells_no_secret(ran: Ran) -> bool:
    return not any(secret.lower() in (ran.out + ran.err).lower() for secret in SECRETS)


# --- builds ----------------------------------------------------------------------------------------------------------


def test_a_clean_build_is_written_and_says_whether_it_was_checked(work: Path) -> None:
    checked, unchecked = build(work), build(work, key=False)
    assert (checked.code, unchecked.code) == (0, 0), checked.err
    assert unchecked.out.splitlines()[-1] == "Draft, not checked against the vault."
    assert "not checked" not in checked.out
    manifest = json.loads((work / "out/manifest.json").read_text())
    assert manifest["checked"] == {"vault": False, "final": False, "stamp": "Draft, not checked against the vault."}
    assert "Draft, not checked against the vault" in (work / "out/report.html").read_text()


@pytest.mark.parametrize(
    "written", [NAME, "NEMOSOVA, Inventa", "Инвента Немосова", "I n v e n t a N e m o s o v a", OTHER]
)
def test_a_leak_stops_the_build_and_nothing_is_left(work: Path, written: str) -> None:
    put_case(work, sealed(f"It was reported that the lawyer, {written}, was threatened."))
    ran = build(work)
    assert ran.code == 1
    assert "RC901" in ran.err
    assert CASE in ran.err
    assert tells_no_secret(ran)
    assert not (work / "out").exists()
    assert not list(work.glob("**/.writing-*"))


def test_a_leak_in_a_manuscript_stops_the_build(work: Path) -> None:
    edition = {**HRC_60, "notice": "Invented.", "contents": [{"manuscript": "intro.md"}, *HRC_60["contents"]]}  # type: ignore[misc]
    workspace(work, editions=[edition, HRC_63], files={"templates/manuscript/intro.md": f"We thank {OTHER}.\n"})
    ran = build(work)
    assert (ran.code, "RC901" in ran.err, tells_no_secret(ran)) == (1, True, True)
    assert not (work / "out").exists()


def test_a_title_stops_a_build_without_a_key(work: Path) -> None:
    title = "Questioning of an invented lawyer"
    put_case(work, sealed(f"It was noted: {title}.", title=title))
    ran = build(work, key=False)
    assert (ran.code, "RC903" in ran.err, title in ran.err) == (1, True, False)
    assert not (work / "out").exists()


def test_a_record_that_is_not_in_the_vault_stops_a_build_with_a_key(work: Path) -> None:
    put_case(work, {**sealed(), "id": "XXA-2025-102"})
    ran = build(work)
    assert (ran.code, "RC801" in ran.err) == (1, True)
    assert not (work / "out").exists()


# --- final -----------------------------------------------------------------------------------------------------------


def test_final_is_refused_without_a_key(work: Path) -> None:
    assert build(work, "--final", key=False).code == 2
    assert not (work / "out").exists()


def test_final_takes_approved_cases_alone(work: Path) -> None:
    draft = {**case("XXA-2025-102", status="drafted", persons=[person(name="withheld")]), "text": {"hrc-60": {"annex": "It was alleged."}}}  # fmt: skip  # noqa: E501
    made = corpus([sealed(), draft])
    edition = made.workspace.edition("hrc-60")
    assert {one.id for one in disclose(made, edition).cases} == {CASE, "XXA-2025-102"}
    final = disclose(made, edition, final=True)
    assert [one.id for one in final.cases] == [CASE]
    assert [(one.id, one.reason) for one in final.held_back] == [
        ("XXA-2025-102", "status drafted, not approved for this edition")
    ]
    assert {one.case for one in final.counted} == {CASE}


def test_final_is_refused_for_invented_states_without_a_notice(work: Path) -> None:
    workspace(work)
    ran = build(work, "--final")
    assert ran.code == 2
    assert "ISO leaves to users" in ran.err
    assert not (work / "out").exists()


@pytest.mark.needs("ssh-keygen")
def test_a_final_build_has_a_receipt_that_holds(work: Path) -> None:
    key = work.parent / "ssh"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key], check=True)
    (work / "vault/signers").write_text(f"editor {key.with_suffix('.pub').read_text()}")
    ran = build(work, "--final", "--sign", str(key))
    assert ran.code == 0, ran.err
    assert (work / "out/manifest.json.sig").is_file()
    verified = reprisal(work, "verify", "out/manifest.json")
    assert (verified.code, "signed by editor; 5 files" in verified.out) == (0, True)
    (work / "out/report.html").write_text("changed")
    changed = reprisal(work, "verify", "out/manifest.json")
    assert (changed.code, "report.html was changed" in changed.out) == (1, True)
    (work / "out/manifest.json.sig").unlink()
    assert reprisal(work, "sign-receipt", "out/manifest.json", "--key", str(key)).code == 0
    assert (work / "out/manifest.json.sig").is_file()


# --- documents from elsewhere ----------------------------------------------------------------------------------------


def scan(root: Path, *files: str, key: bool = True, form: str = "text") -> Ran:
    with_key = ("--identity", str(root.parent / "key")) if key else ()
    return reprisal(root, "scan", *files, *with_key, "--output-format", form)


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"])
def test_a_document_from_elsewhere_is_searched(work: Path, form: str) -> None:
    (work / "letter.md").write_text(f"Dear all,\n\nplease ask {NAME.upper()}.\n")
    (work / "clean.txt").write_text("Nobody is named here.\n")
    ran = scan(work, "letter.md", "clean.txt", form=form)
    assert ran.code == 1
    assert "RC901" in ran.out
    assert "letter.md" in ran.out
    assert "scanned 2 of 2; 1 findings" in ran.err
    assert tells_no_secret(ran)


def test_a_clean_document_has_exit_code_0_and_says_what_was_not_checked(work: Path) -> None:
    (work / "clean.txt").write_text("Nobody is named here.\n")
    assert scan(work, "clean.txt").code == 0
    without = scan(work, "clean.txt", key=False)
    assert (without.code, "not checked against the vault" in without.err) == (0, True)


def test_what_is_no_document_and_what_is_not_there(work: Path) -> None:
    (work / "letter.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
    assert scan(work, "letter.doc").code == 1
    assert scan(work, "absent.docx").code == 2
    assert scan(work, ".").code == 2


def test_a_case_that_cannot_be_read_fails_the_scan(work: Path) -> None:
    (work / "clean.txt").write_text("Nobody is named here.\n")
    (work / "cases/XXA/XXA-2025-103.yaml").write_text("id: [\n")
    ran = scan(work, "clean.txt")
    assert (ran.code, "scanned 0 of 1" in ran.err) == (1, True)


def test_a_name_on_the_command_line_is_not_repeated(work: Path) -> None:
    (work / f"{NAME}.txt").write_text("x\n")
    ran = scan(work, f"{NAME}.txt")
    assert (ran.code, tells_no_secret(ran)) == (1, True)


def test_the_list_of_those_who_may_sign_may_lie_in_the_vault(work: Path) -> None:
    (work / "vault/signers").write_text("# nobody yet\n")
    assert "RC807" not in reprisal(work, "vault", "check").out
