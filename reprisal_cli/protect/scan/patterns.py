"""Contact data by its look: what can be found without a key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reprisal_cli.protect.scan.fold import ascii_of

_MAIL = re.compile(
    r"[\w.+%-]{1,64}\s?(?:@|\[at\]|\(at\)|%40)\s?([\w-]{1,63}(?:(?:\.|\s?\[dot\]\s?|\s?\(dot\)\s?)[\w-]{2,63}){1,4})",
    re.I,
)
_INSTITUTIONS = re.compile(r"(?:[\w-]+\.)*(?:un|ohchr|unog)\.org\Z", re.I)
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z_]\w{3,}(?![\w/])")
_PROFILE = re.compile(
    r"\b(?:(?:facebook|fb|twitter|x|instagram|linkedin|tiktok|vk|weibo|telegram)\.com|t\.me|wa\.me|ok\.ru|bsky\.app)/"
    r"[\w@.+-]",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\w.+:])(?:\+|00)[1-9]\d{0,2}(?:[ ().-]{0,2}\d){6,13}(?!\d)"  # +41 22 917 00 00
    r"|\b(?:tel|phone|telephone|mobile|cell|whatsapp|signal|viber|fax)\b\.?:? ?[+(]?\d(?:[ ().-]{0,2}\d){5,14}"
    r"|(?<![\w/.-])\(?0\d{1,4}\)?[ -]\d{2,4}[ -]\d{2,4}(?:[ -]\d{2,4})?(?![\w/-])",  # 022 917 00 00
    re.I,
)
_DAY = re.compile(r"\d{1,2}[ .-]\d{1,2}[ .-]\d{4}\Z")


def looks(text: str, words: bool) -> Iterator[tuple[str, int]]:
    """What contact data a text seems to hold, and whereabouts. Names on networks and numbers without a sign before them
    are looked for in words for people only (`words`), not in the parts of a file that steer a program."""
    plain = ascii_of(text)
    scale = len(text) / max(1, len(plain))
    if "@" in plain or "at]" in plain.lower() or "at)" in plain.lower() or "%40" in plain:
        for match in _MAIL.finditer(plain):
            if not _INSTITUTIONS.match(match[1]):
                yield "mail", int(match.start() * scale)
        if words:
            yield from (("handle", int(match.start() * scale)) for match in _HANDLE.finditer(plain))
    yield from (("handle", int(match.start() * scale)) for match in _PROFILE.finditer(plain))
    for match in _PHONE.finditer(plain):
        if (words or match[0].startswith("+")) and not _DAY.match(match[0]):
            yield "phone", int(match.start() * scale)
