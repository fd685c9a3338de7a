"""The receipt of a final build: its manifest signed, so that anybody can tell that these files passed the gate.

Signing asks for OpenSSH's `ssh-keygen`, which knows every kind of key, agents and hardware; verifying needs nothing.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import date
from pathlib import Path

from msgspec import Struct

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.protect.sshsig import parse_signature, parse_signers, verifies, who_signed

NAMESPACE = "reprisal-receipt"
SUFFIX = ".sig"
SIGNERS = "signers"
_SECONDS = 300


class Verdict(Struct, frozen=True):
    """What a receipt says: who signed, and what is wrong with it, in words; without any, it holds."""

    signer: str
    files: int
    wrong: tuple[str, ...] = ()


def sign(manifest: bytes, key: Path) -> bytes:
    """The receipt of a manifest, by the private key in a file (or the public one of a key that an agent holds)."""
    if not _final(manifest):
        raise ReprisalError("this manifest is not of a final build", "`reprisal build report --final` makes one")
    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key)]
    try:
        done = subprocess.run(command, input=manifest, capture_output=True, timeout=_SECONDS, check=False)
    except FileNotFoundError:
        hint = "it comes with OpenSSH (Debian: openssh-client); verifying a receipt does not need it"
        raise ReprisalError("signing needs the program ssh-keygen, which is not here", hint) from None
    except subprocess.TimeoutExpired:
        raise ReprisalError("ssh-keygen did not end", "does it wait for a passphrase or a key in hardware?") from None
    if done.returncode != 0 or parse_signature(done.stdout.decode("ascii", "replace")) is None:
        raise ReprisalError("ssh-keygen could not sign", "is this the file of a private key, and its passphrase right?")
    return done.stdout


def verify(folder: Path, name: str, signers: str, today: date) -> Verdict:
    """Whether the manifest `name` of a folder is of a final build, signed by one who may, and the files beside it are
    those that it names."""
    manifest = _bytes(folder / name)
    receipt = _bytes(folder / f"{name}{SUFFIX}")
    wrong: list[str] = []
    signature = parse_signature(receipt.decode("ascii", "replace"))
    known, unusable = parse_signers(signers)
    wrong += [f"line {number} of the list of signers cannot be used" for number in unusable]
    signer = ""
    if signature is None:
        wrong.append("the receipt is not a signature of OpenSSH")
    elif not verifies(signature, manifest):
        wrong.append("the receipt is not of this manifest")
    else:
        signer = who_signed(signature, known, NAMESPACE, today)
        wrong += [] if signer else ["nobody who may sign has signed it"]
    if not _final(manifest):
        wrong.append("the manifest is not of a final build that was checked against the vault")
    written = _written(manifest)
    wrong += [] if written else ["the manifest names no file"]
    wrong += [f"{file} {fault}" for file, digest in written.items() if (fault := _fault(folder, file, digest))]
    return Verdict(signer, len(written), tuple(wrong))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or "it cannot be read").lower()
        raise ReprisalError(f"{path.name}: {reason}", "the receipt lies beside the manifest") from None


def _data(manifest: bytes) -> dict[str, object]:
    try:
        data = json.loads(manifest)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _final(manifest: bytes) -> bool:
    checked = _data(manifest).get("checked")
    return isinstance(checked, dict) and checked.get("vault") is True and checked.get("final") is True


def _written(manifest: bytes) -> dict[str, str]:
    written = _data(manifest).get("written")
    return {str(name): str(digest) for name, digest in written.items()} if isinstance(written, dict) else {}


def _fault(folder: Path, name: str, digest: str) -> str:
    if "/" in name or "\\" in name or name.startswith("."):
        return "is not a name of a file beside the manifest"
    try:
        content = (folder / name).read_bytes()
    except OSError:
        return "is not there"
    return "" if f"sha256:{hashlib.sha256(content).hexdigest()}" == digest else "was changed"
