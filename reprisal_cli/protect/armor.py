"""An age file looked at without a key: is it whole, and to how many recipients of which kind is it sealed."""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
MAGIC = b"age-encryption.org/v1\n"
_COLUMNS = 64
_NONCE, _CHUNK, _CHECK = 16, 64 * 1024, 16
_MAC = re.compile(rb"--- [A-Za-z0-9+/]{43}\Z")
_STANZA = re.compile(rb"->((?: [\x21-\x7e]+)+)\Z")
_BODY = re.compile(rb"[A-Za-z0-9+/]{0,64}\Z")


class Stanza(NamedTuple):
    """One recipient in the header of a file: its kind and, for an ssh key, the tag of the key."""

    kind: str
    tag: str = ""


def stanzas(raw: bytes) -> tuple[Stanza, ...] | None:
    """The recipients of a whole armored file, or None if it is not whole. Grease, which age adds so that readers stay
    tolerant, is no recipient."""
    content = _without_armor(raw)
    if content is None or not content.startswith(MAGIC):
        return None
    found: list[Stanza] = []
    position, in_body = len(MAGIC), False
    while True:
        end = content.find(b"\n", position)
        if end < 0:
            return None
        line, position = content[position:end], end + 1
        if in_body:
            if not _BODY.match(line):
                return None
            in_body = len(line) == _COLUMNS
        elif _MAC.match(line):
            return tuple(found) if _whole(len(content) - position) else None
        elif match := _STANZA.match(line):
            words = match.group(1).decode("ascii").split()
            in_body = True
            if not words[0].endswith("-grease"):
                found.append(Stanza(words[0], words[1] if words[0].startswith("ssh-") and len(words) > 1 else ""))
        else:
            return None


def _without_armor(raw: bytes) -> bytes | None:
    lines = raw.replace(b"\r\n", b"\n").removesuffix(b"\n").split(b"\n")
    if len(lines) < 3 or lines[0] != BEGIN or lines[-1] != END:
        return None
    body = lines[1:-1]
    if any(len(line) != _COLUMNS for line in body[:-1]) or not 0 < len(body[-1]) <= _COLUMNS:
        return None
    try:
        return base64.b64decode(b"".join(body), validate=True)
    except binascii.Error:
        return None


def _whole(payload: int) -> bool:
    """Whether so many bytes can be a nonce and whole chunks, each with its check; only the last may be short."""
    rest = payload - _NONCE
    if rest < _CHECK:
        return False
    last = rest % (_CHUNK + _CHECK)
    return last == 0 or last > _CHECK or rest == _CHECK
