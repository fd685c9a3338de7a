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
_ABROAD = re.compile(r"(?:\+|00)[1-9]\d{0,2}(?:[ ().-]{0,2}\d){6,13}(?!\d)")  # +41 22 917 00 00
_CALLED = re.compile(
    r"\b(?:tel|phone|telephone|mobile|cell|whatsapp|signal|viber|fax)\b\.?:? ?[+(]?\d(?:[ ().-]{0,2}\d){5,14}", re.I
)
_AT_HOME = re.compile(r"\(?0\d{1,4}\)?[ -]\d{2,4}[ -]\d{2,4}(?:[ -]\d{2,4})?(?![\w/-])")  # 022 917 00 00
_BEFORE = re.compile(r"[\w/.:+-]")
_SITES = (".com/", "t.me/", "wa.me/", "ok.ru/", "bsky.app/")
_CALLS = ("tel", "phone", "mobile", "cell", "whatsapp", "signal", "viber", "fax")
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
    small = plain.lower()
    if any(site in small for site in _SITES):
        yield from (("handle", int(match.start() * scale)) for match in _PROFILE.finditer(plain))
    for at, number in _phones(plain, small, words):
        if (words or number.startswith("+")) and not _DAY.match(number):
            yield "phone", int(at * scale)


def _phones(plain: str, small: str, words: bool) -> Iterator[tuple[int, str]]:
    """Numbers of telephones, where they stand. What a number begins with is looked for first: most texts have none."""
    patterns = [_ABROAD] if "+" in plain or "00" in plain else []
    patterns += [_AT_HOME] if words else []
    for pattern in patterns:
        for match in pattern.finditer(plain):
            if not _BEFORE.match(plain[max(0, match.start() - 1) : match.start()]):
                yield match.start(), match[0]
    if words and any(word in small for word in _CALLS):
        yield from ((match.start(), match[0]) for match in _CALLED.finditer(plain))
