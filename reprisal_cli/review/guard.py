"""Clear text kept out of git: what is about to be committed, file by file (`docs/protection.md`).

git never forgets, so the place to stop a name is before the commit. These rules look at the content that is staged, not
at the working tree; a hook runs them on a laptop (`.pre-commit-hooks.yaml`), and CI runs them on what a branch adds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reprisal_cli.diagnostic import Diagnostic, Location, Span
from reprisal_cli.protect.armor import BEGIN, MAGIC, stanzas
from reprisal_cli.rule import error

VAULT = error("RC851", "clear-text-in-vault")
LEFT_OVER = error("RC852", "editor-left-over")
DOCUMENT = error("RC853", "received-document-in-clear")
KEY = error("RC854", "secret-key")
RULES = (VAULT, LEFT_OVER, DOCUMENT, KEY)

_OPEN_IN_VAULT = frozenset({"recipients.txt", "signers", "README.md", ".gitignore", ".gitattributes", ".lock"})
_LEFT_OVER = re.compile(
    r"(?:^|/)(?:[^/]*~|\.[^/]*\.sw[a-p]|#[^/]*#|\.#[^/]*|~\$[^/]*|\.~lock\.[^/]*|[^/]*\.(?:orig|rej|bak|tmp)"
    r"|\.(?:writing|kept)-[^/]*|\.reprisal-undo)$"
)
_RECEIVED = re.compile(r"\.(?:docx?|odt|rtf|pdf|eml|msg|mbox|jpe?g|png|tiff?|xlsx?|ods|zip)$", re.IGNORECASE)
_SECRET = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{20}|-----BEGIN (?:OPENSSH |RSA |EC |)PRIVATE KEY-----")

Judge = Callable[[str, bytes], Iterator[Diagnostic]]


def guard(path: str, content: bytes, vault: str, cases: str) -> Iterator[Diagnostic]:
    """What must not be committed of one file. `vault` and `cases` are the workspace's folders; `path` is relative to
    the workspace."""
    if is_left_over(path):
        yield LEFT_OVER.at(Location(path), "an editor left this copy of a file", "take it out: git rm --cached")
    if found := _SECRET.search(content):
        line = content.count(b"\n", 0, found.start()) + 1
        place = Location(path, span=Span(line, 1, line, 1))
        yield KEY.at(place, "a secret key stands in this file", "take it out, and make a new key: this one is spent")
    if path.startswith(f"{vault}/"):
        if not is_sealed(path, content):
            yield VAULT.at(Location(path), "this file of the vault is in clear", "seal it: reprisal vault edit, or put")
    elif path.startswith(f"{cases}/") and is_received(path):
        yield DOCUMENT.at(
            Location(path),
            "a document as received often names people, and may not lie among the cases",
            "reprisal vault put CASE FILE keeps it sealed",
        )


def is_left_over(path: str) -> bool:
    """Whether a file is a copy that an editor left."""
    return bool(_LEFT_OVER.search(path))


def is_received(path: str) -> bool:
    """Whether a file is a letter, a scan, a mail or an archive, by its name."""
    return bool(_RECEIVED.search(path))


def is_sealed(path: str, content: bytes) -> bool:
    """Whether a file of the vault is an age file and has no clear text beside it, or is one of those that hold no
    identity."""
    return begins_sealed(path, content) and (not content.startswith(BEGIN) or stanzas(content) is not None)


def begins_sealed(path: str, start: bytes) -> bool:
    """The same as far as the first bytes tell."""
    return path.rsplit("/", 1)[-1] in _OPEN_IN_VAULT or start.startswith((BEGIN, MAGIC))
