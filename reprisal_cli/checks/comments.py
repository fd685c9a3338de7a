"""RC3, continued: what stands in the comments of a file. No document prints them; git keeps them as it keeps all else.

A comment is no part of a record, so these look at the bytes. Most files have few comments, and nearly all of those hold
nothing that could be meant: that is seen before a file is measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reprisal_cli.checks.consent_text import contact_data, contact_in, name_in, name_in_text
from reprisal_cli.checks.suppress import Layout
from reprisal_cli.diagnostic import Diagnostic, Location, Span

_SIX_DIGITS = re.compile(rb"\d(?:[ ().-]{0,2}\d){5}")
_SIGNS = bytes(sign if chr(sign).isalnum() or sign > 127 else 32 for sign in range(256))
_WORDS = frozenset(
    b"Mr Mrs Ms Mx Dr Prof Rev Mme Sra Miss Professor Sheikh Sheikha Imam Ayatollah Reverend Ma\xc3\xaetre Madam named "
    b"name at com me net app ru Box Street St Road Rd Avenue Ave Lane Boulevard Blvd rue avenue boulevard chemin place "
    b"Calle Avenida Carrera Rua Via".split()
)
"""Words of which each name and each address has one; `at` and what follows stand in addresses of the web."""


def about_persons(raw: bytes, path: str) -> Iterator[Diagnostic]:
    """Contact data (RC312) and names of persons (RC313) in the comments of a file, whether it is a record or not."""
    layout: Layout | None = None
    for start, comment in _comments(raw):
        words = comment.decode("utf-8", "replace")
        kind = contact_in(words)
        if not kind and not name_in(words):
            continue
        layout = layout or Layout(raw)
        line = raw.count(b"\n", 0, start) + 1
        column = len(raw[raw.rfind(b"\n", 0, start) + 1 : start].decode("utf-8-sig", "replace")) + 1
        if layout.in_value(line, column):
            continue
        place = Location(path, span=Span(line, column, line, column + len(words)))
        if kind:
            hint = "delete it, or move it to the vault; git keeps what was committed"
            yield contact_data.rule.at(place, f"there is {kind} in this comment", hint)
        else:
            message = "there seems to be a person's name in this comment"
            yield name_in_text.rule.at(place, message, "write p1, or what the person is to the case")


def _comments(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Where a comment may begin, with its words, if they may hold anything of this kind."""
    start = raw.find(b"#")
    while start >= 0:
        end = raw.find(b"\n", start)
        words = raw[start:end] if end >= 0 else raw[start:]
        if start and raw[start - 1] not in b" \t\n\r":
            start = raw.find(b"#", start + 1)
            continue
        if b"@" in words or _SIX_DIGITS.search(words) or not _WORDS.isdisjoint(words.translate(_SIGNS).split()):
            yield start, words.rstrip(b"\r")
        start = raw.find(b"#", end) if end >= 0 else -1
