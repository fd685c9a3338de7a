"""The one door to age: who can open, sealing, opening. Nothing here knows files or cases.

No error quotes what was sealed, a key, or a passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Any, Literal, cast

import pyrage
from msgspec import Struct

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.protect.armor import BEGIN, MAGIC
from reprisal_cli.protect.hidden import Hidden

FEWEST = 2
"""A vault with one recipient is lost with that key."""

Kind = Literal["X25519", "ssh-ed25519", "ssh-rsa"]
_SSH = re.compile(r"(ssh-ed25519|ssh-rsa) ([A-Za-z0-9+/]+={0,2})(?: .*)?\Z")


class Recipient(Struct, frozen=True):
    """One who can open the vault: the public key as age writes it, without its comment. `tag` is what a sealed file
    shows of an ssh key; of an age key it shows nothing."""

    text: str
    kind: Kind
    tag: str = ""


class Keys(Hidden, frozen=True):
    """Opened private keys. They live as long as the command."""

    identities: tuple[Any, ...]


# --- who can open ---------------------------------------------------------------------------------------------------


def parse_recipient(text: str) -> Recipient:
    """A public key: `age1...`, `ssh-ed25519 ...` or `ssh-rsa ...`. Raises ReprisalError if it is none."""
    line = text.strip()
    if "SECRET-KEY" in line.upper() or "PRIVATE KEY" in line:
        raise ReprisalError("this is a private key", "a recipient is the public key; treat this key as lost")
    ssh = _SSH.match(line)
    bare = f"{ssh.group(1)} {ssh.group(2)}" if ssh else line
    try:
        _public(bare)
        if ssh is None:
            return Recipient(bare, "X25519")
        return Recipient(bare, cast(Kind, ssh.group(1)), _tag(ssh.group(2)))
    except (pyrage.RecipientError, ValueError):
        hint = "age1... from `age-keygen`, or an ssh key of the kind ssh-ed25519 or ssh-rsa"
        raise ReprisalError("this is not the public key of a recipient", hint) from None


def _public(bare: str) -> Any:
    return pyrage.ssh.Recipient.from_str(bare) if bare.startswith("ssh-") else pyrage.x25519.Recipient.from_str(bare)


def _tag(key: str) -> str:
    return base64.b64encode(hashlib.sha256(base64.b64decode(key)).digest()[:4]).rstrip(b"=").decode()


# --- keys -----------------------------------------------------------------------------------------------------------


def read_keys(raw: bytes, ask: Callable[[], str]) -> Keys:
    """The private keys of an identity file: plain, with a passphrase (`ask` is called for it), or an ssh key."""
    if raw.lstrip().startswith(b"-----BEGIN ") and not raw.lstrip().startswith(BEGIN):
        return Keys((_ssh_key(raw, ask),))
    if raw.startswith(MAGIC) or raw.lstrip().startswith(BEGIN):
        try:
            raw = pyrage.passphrase.decrypt(raw, ask())
        except pyrage.DecryptError:
            hint = "the passphrase is wrong, or the file is not one that age protected with a passphrase"
            raise ReprisalError("the identity file does not open", hint) from None
    keys = tuple(_age_keys(raw))
    if not keys:
        raise ReprisalError("the identity file holds no key", "`age-keygen -o FILE` makes one")
    return Keys(keys)


def _age_keys(raw: bytes) -> list[Any]:
    out: list[Any] = []
    for number, line in enumerate(raw.decode("ascii", "replace").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        try:
            out.append(pyrage.x25519.Identity.from_str(text))
        except (pyrage.IdentityError, ValueError):
            hint = "AGE-SECRET-KEY-1... or a comment; keys of plugins are not used here"
            raise ReprisalError(f"line {number} of the identity file is no key", hint) from None
    return out


def _ssh_key(raw: bytes, ask: Callable[[], str]) -> Any:
    try:
        return pyrage.ssh.Identity.from_buffer(raw)
    except (pyrage.IdentityError, ValueError) as problem:
        if "decrypted" not in str(problem):
            raise ReprisalError("this ssh key cannot be used", "age takes the kinds ed25519 and rsa") from None
    from reprisal_cli.protect.sshkey import without_passphrase

    return pyrage.ssh.Identity.from_buffer(without_passphrase(raw, ask()))


# --- sealing, opening -----------------------------------------------------------------------------------------------


def seal(clear: bytes, recipients: Sequence[Recipient]) -> bytes:
    """An armored age file for these recipients, at least two of them."""
    if len({one.text for one in recipients}) < FEWEST:
        raise ReprisalError(
            "a vault needs at least two recipients", "`reprisal vault recipients add`, one kept offline"
        )
    try:
        return bytes(pyrage.encrypt(clear, [_public(one.text) for one in recipients], armored=True))
    except (pyrage.EncryptError, pyrage.RecipientError):
        raise ReprisalError("age could not seal to these recipients", "`reprisal vault check` looks at them") from None


def unseal(sealed: bytes, keys: Keys, shown: str) -> bytes:
    """What is in an age file. `shown` is what a message calls the file."""
    try:
        return bytes(pyrage.decrypt(sealed, list(keys.identities)))
    except pyrage.DecryptError:
        hint = "the key is none of its recipients', or the file was changed: `reprisal vault check`"
        raise ReprisalError(f"{shown} does not open", hint) from None
