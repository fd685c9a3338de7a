"""Signatures as OpenSSH makes them (`ssh-keygen -Y sign`): read and verified without any program or secret.

The format is that of PROTOCOL.sshsig, the list of those who may sign that of `ssh-keygen`, "ALLOWED SIGNERS".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from fnmatch import fnmatchcase

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from msgspec import Struct

MAGIC = b"SSHSIG"
BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_DIGESTS = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
_FEWEST_BITS = 2048
_OPTION = re.compile(r'([a-z-]+)(?:=(?:"([^"]*)"|([^",\s]*)))?(?:,|\Z)')
_KINDS = ("ssh-ed25519", "ssh-rsa")


class Signature(Struct, frozen=True):
    """A signature: who signed (the public key), for what, and the signed digest's kind."""

    key: bytes
    namespace: bytes
    reserved: bytes
    digest: bytes
    kind: bytes
    value: bytes


class Signer(Struct, frozen=True):
    """A line of the list of those who may sign. Days are those on which the key is good, both included."""

    principals: str
    key: bytes
    namespaces: str = "*"
    first: date | None = None
    last: date | None = None


# --- signatures -----------------------------------------------------------------------------------------------------


def parse_signature(text: str) -> Signature | None:
    """An armored signature, or None if it is none."""
    lines = text.replace("\r\n", "\n").strip().split("\n")
    if len(lines) < 3 or lines[0] != BEGIN or lines[-1] != END:
        return None
    try:
        blob = base64.b64decode("".join(lines[1:-1]), validate=True)
        if not blob.startswith(MAGIC) or blob[6:10] != b"\x00\x00\x00\x01":
            return None
        key, namespace, reserved, digest, value = _strings(blob[10:], 5)
        kind, raw = _strings(value, 2)
    except (binascii.Error, ValueError):
        return None
    return Signature(key, namespace, reserved, digest, kind, raw)


def _strings(blob: bytes, count: int) -> list[bytes]:
    """So many strings, each after its length, and nothing else."""
    out: list[bytes] = []
    at = 0
    for _ in range(count):
        size = int.from_bytes(blob[at : at + 4], "big")
        if len(blob) < at + 4 + size:
            raise ValueError
        out.append(blob[at + 4 : at + 4 + size])
        at += 4 + size
    if at != len(blob):
        raise ValueError
    return out


def verifies(signature: Signature, message: bytes) -> bool:
    """Whether the key of a signature made it, over this message."""
    if signature.digest not in _DIGESTS:
        return False
    digest = _DIGESTS[signature.digest](message).digest()
    parts = (signature.namespace, signature.reserved, signature.digest, digest)
    signed = MAGIC + b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    try:
        return _verified(signature, signed)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False


def _verified(signature: Signature, signed: bytes) -> bool:
    if signature.kind == b"ssh-ed25519":
        kind, raw = _strings(signature.key, 2)
        if kind != b"ssh-ed25519":
            return False
        Ed25519PublicKey.from_public_bytes(raw).verify(signature.value, signed)
        return True
    digest = {b"rsa-sha2-256": SHA256(), b"rsa-sha2-512": SHA512()}.get(signature.kind)
    if digest is None:
        return False
    kind, exponent, modulus = _strings(signature.key, 3)
    key = RSAPublicNumbers(int.from_bytes(exponent, "big"), int.from_bytes(modulus, "big")).public_key()
    if kind != b"ssh-rsa" or key.key_size < _FEWEST_BITS:
        return False
    key.verify(signature.value.rjust(key.key_size // 8, b"\x00"), signed, PKCS1v15(), digest)
    return True


# --- who may sign ---------------------------------------------------------------------------------------------------


def parse_signers(text: str) -> tuple[list[Signer], list[int]]:
    """The lines of an allowed-signers file, and the numbers of lines that cannot be used: an authority, another kind of
    key, an unknown option. Such a line lets nobody sign."""
    found: list[Signer] = []
    wrong: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            signer = _signer(line.strip())
            found += [signer] if signer else []
            wrong += [] if signer else [number]
    return found, wrong


def _signer(line: str) -> Signer | None:
    words = re.match(r'("[^"]+"|\S+)\s+(?:((?:[^\s"]|"[^"]*")+)\s+)??(ssh-[a-z0-9]+)\s+(\S+)', line)
    if words is None or words[3] not in _KINDS:
        return None
    try:
        key = base64.b64decode(words[4], validate=True)
        options = dict(_options(words[2] or ""))
        first, last = _day(options.pop("valid-after", None)), _day(options.pop("valid-before", None))
    except (binascii.Error, ValueError):
        return None
    namespaces = options.pop("namespaces", None)
    return None if options else Signer(words[1].strip('"'), key, namespaces or "*", first, last)


def _options(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        match = _OPTION.match(text, at)
        if match is None:
            raise ValueError
        yield match[1].lower(), match[2] or match[3] or ""
        at = match.end()


def _day(text: str | None) -> date | None:
    """`20260131`, `20260131Z`, or with a time, of which the day counts."""
    return datetime.strptime(text[:8], "%Y%m%d").date() if text else None  # noqa: DTZ007  # a day has no zone


def who_signed(signature: Signature, signers: list[Signer], namespace: str, today: date) -> str:
    """The principals of the line that lets this key sign for this namespace today, or nothing."""
    if signature.namespace != namespace.encode():
        return ""
    for signer in signers:
        for_this = any(fnmatchcase(namespace, pattern) for pattern in signer.namespaces.split(","))
        good = (signer.first is None or signer.first <= today) and (signer.last is None or today <= signer.last)
        if signer.key == signature.key and for_this and good:
            return signer.principals
    return ""
