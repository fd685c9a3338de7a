"""Receipts of final builds: signed by OpenSSH, verified without it."""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.protect.receipt import NAMESPACE, sign, verify
from reprisal_cli.protect.sshsig import parse_signature, parse_signers, verifies

TODAY = date(2026, 1, 15)
needs_ssh = pytest.mark.needs("ssh-keygen")


def key(folder: Path, kind: str = "ed25519", name: str = "key") -> tuple[Path, str]:
    """A key of an invented signer, and its public line."""
    file = folder / name
    bits = ["-b", "2048"] if kind == "rsa" else []
    subprocess.run(["ssh-keygen", "-q", "-t", kind, *bits, "-N", "", "-C", "", "-f", file], check=True)
    return file, " ".join(file.with_suffix(".pub").read_text().split()[:2])


def build(folder: Path, vault: bool = True, final: bool = True) -> bytes:
    """The files of a build with their manifest."""
    (folder / "report.html").write_text("<p>x")
    digest = hashlib.sha256(b"<p>x").hexdigest()
    data = {"checked": {"vault": vault, "final": final}, "written": {"report.html": f"sha256:{digest}"}}
    (folder / "manifest.json").write_text(json.dumps(data))
    return (folder / "manifest.json").read_bytes()


def signed(folder: Path, kind: str = "ed25519") -> str:
    """A build with its receipt; the list of those who may sign."""
    file, public = key(folder, kind)
    (folder / "manifest.json.sig").write_bytes(sign(build(folder), file))
    return f"editor@example.org {public}\n"


@needs_ssh
@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_a_receipt_holds_for_its_files(tmp_path: Path, kind: str) -> None:
    verdict = verify(tmp_path, "manifest.json", signed(tmp_path, kind), TODAY)
    assert (verdict.signer, verdict.files, verdict.wrong) == ("editor@example.org", 1, ())


@needs_ssh
def test_openssh_verifies_it_too(tmp_path: Path) -> None:
    (tmp_path / "signers").write_text(signed(tmp_path))
    command = ["ssh-keygen", "-Y", "verify", "-f", tmp_path / "signers", "-I", "editor@example.org", "-n", NAMESPACE]
    with (tmp_path / "manifest.json").open() as manifest:
        done = subprocess.run([*command, "-s", tmp_path / "manifest.json.sig"], stdin=manifest, capture_output=True)
    assert done.returncode == 0


@needs_ssh
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.html", b"<p>y", "was changed"),
        ("report.html", None, "is not there"),
        ("manifest.json", b"{}", "is not of this manifest"),
        (
            "manifest.json.sig",
            b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n",
            "not a signature",
        ),
        ("manifest.json.sig", b"", "not a signature"),
    ],
)
def test_a_changed_file_is_told(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    signers = signed(tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    assert any(said in fault for fault in verify(tmp_path, "manifest.json", signers, TODAY).wrong)


@needs_ssh
@pytest.mark.parametrize(
    "change",
    [
        lambda line: "",
        lambda line: line.replace(" ssh-", ' namespaces="file" ssh-'),
        lambda line: line.replace(" ssh-", ' valid-before="20251231" ssh-'),
        lambda line: line.replace(" ssh-", ' valid-after="20260301" ssh-'),
        lambda line: line.replace(" ssh-", " cert-authority ssh-"),
        lambda line: line.replace(" ssh-", " unknown-option ssh-"),
        lambda line: "# " + line,
    ],
)
def test_who_may_not_sign_has_not_signed(tmp_path: Path, change: object) -> None:
    assert callable(change)
    verdict = verify(tmp_path, "manifest.json", change(signed(tmp_path)), TODAY)
    assert "nobody who may sign has signed it" in verdict.wrong


@needs_ssh
def test_options_that_let_sign_do(tmp_path: Path) -> None:
    line = signed(tmp_path).replace(
        " ssh-", f' namespaces="git,{NAMESPACE}",valid-after="20250101",valid-before=20271231Z ssh-'
    )
    assert verify(tmp_path, "manifest.json", line, TODAY).wrong == ()


@needs_ssh
def test_a_signature_for_another_purpose_is_none(tmp_path: Path) -> None:
    file, public = key(tmp_path)
    build(tmp_path)
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-n", "file", "-f", file, tmp_path / "manifest.json"], check=True)
    wrong = verify(tmp_path, "manifest.json", f"a {public}", TODAY).wrong
    assert wrong == ("nobody who may sign has signed it",)


@needs_ssh
@pytest.mark.parametrize(("vault", "final"), [(False, True), (True, False), (False, False)])
def test_only_a_final_build_that_was_checked_gets_one(tmp_path: Path, vault: bool, final: bool) -> None:
    file, _ = key(tmp_path)
    with pytest.raises(ReprisalError, match="not of a final build"):
        sign(build(tmp_path, vault, final), file)


@needs_ssh
def test_a_flipped_bit_anywhere_in_a_signature_is_seen(tmp_path: Path) -> None:
    signed(tmp_path)
    message = (tmp_path / "manifest.json").read_bytes()
    signature = parse_signature((tmp_path / "manifest.json.sig").read_text())
    assert signature is not None
    assert verifies(signature, message)
    for at in range(0, len(signature.value), 7):
        value = bytearray(signature.value)
        value[at] ^= 1
        changed = type(signature)(signature.key, signature.namespace, signature.reserved, signature.digest, signature.kind, bytes(value))  # fmt: skip  # noqa: E501
        assert not verifies(changed, message)


def test_without_ssh_keygen_signing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReprisalError, match="needs the program ssh-keygen"):
        sign(build(tmp_path), tmp_path / "key")


def test_a_line_that_cannot_be_used_is_told_by_its_number() -> None:
    signers, wrong = parse_signers("# a remark\n\na ssh-dss AAAA\nb ssh-ed25519 !!!\n")
    assert (signers, wrong) == ([], [3, 4])


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "a\\b"])
def test_no_file_outside_is_looked_at(tmp_path: Path, name: str) -> None:
    data = {"checked": {"vault": True, "final": True}, "written": {name: "sha256:0"}}
    (tmp_path / "manifest.json").write_text(json.dumps(data))
    (tmp_path / "manifest.json.sig").write_text("")
    assert any("is not a name" in fault for fault in verify(tmp_path, "manifest.json", "", TODAY).wrong)
