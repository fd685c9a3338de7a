"""An ssh key that has a passphrase, as pyrage takes it, which opens none. What comes out is in memory only."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_ssh_private_key

from reprisal_cli.diagnostic import ReprisalError


def without_passphrase(raw: bytes, passphrase: str) -> bytes:
    """The private key in OpenSSH's format, open. Raises ReprisalError if it does not open."""
    try:
        key = load_ssh_private_key(raw, passphrase.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        hint = "the passphrase is wrong, or the file is not as OpenSSH writes it"
        raise ReprisalError("this ssh key does not open", hint) from None
    return key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
