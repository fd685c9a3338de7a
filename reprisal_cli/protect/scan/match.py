"""The search: which secrets a text holds, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import ahocorasick
from msgspec import Struct

from reprisal_cli.protect.hidden import Hidden
from reprisal_cli.protect.scan.fold import (
    ascii_of,
    consonants,
    ends_of,
    letters_of,
    semitic_runs,
    squeeze,
    trace,
    views,
)
from reprisal_cli.protect.scan.forms import Form, Name, forms_of, names_of
from reprisal_cli.protect.scan.near import Near, near_names, near_of
from reprisal_cli.protect.scan.patterns import looks
from reprisal_cli.protect.scan.pieces import Piece
from reprisal_cli.protect.secrets import Secrets

_IN_ADDRESS = re.compile(r"[#@_/=%&?]|\w\.\w")
_SHORT, _LONG = 6, 10
_LEAST_CONSONANTS = 6
_CONTEXT, _LEAST, _MUCH, _AROUND = 12, 8, 30, 200


class Hit(Struct, frozen=True):
    """A secret in a piece: what it is, whose, and at which sign."""

    what: str
    case: str
    ref: str
    at: int


class Matcher(Hidden, frozen=True):
    """All secrets, ready for searching."""

    automaton: Any
    near: Near
    semitic: Mapping[str, Name]
    own: Mapping[str, tuple[str, ...]]
    rows: tuple[str, ...] = ()


def matcher_of(secrets: Secrets) -> Matcher:
    """Secrets made ready. Takes some milliseconds for a hundred of them."""
    automaton = ahocorasick.Automaton()
    by_letters: dict[str, list[Form]] = {}
    for form in forms_of(secrets):
        by_letters.setdefault(form.letters, []).append(form)
    for letters, forms in by_letters.items():
        if letters:
            automaton.add_word(letters, tuple(forms))
    if by_letters:
        automaton.make_automaton()
    names = names_of(secrets)
    semitic = {key: name for name in names if len(key := consonants(" ".join(name.words))) >= _LEAST_CONSONANTS}
    own = {case: _lines(text) for case, text in secrets.own.items()}
    return Matcher(automaton if by_letters else None, near_of(names, secrets), semitic, own, _lines(secrets.rows))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(letters_of(line) for line in text.splitlines())


def search(matcher: Matcher, piece: Piece) -> Iterator[Hit]:
    """All that a piece holds and should not, a name as often as it stands there."""
    for what, at in looks(piece.text, piece.words):
        yield Hit(what, "", "", at)
    for view, plain in views(piece.text):
        yield from _exact(matcher, piece, view, squeeze(plain))
    yield from _near(matcher, piece)
    yield from _semitic(matcher, piece)


# --- exact forms ----------------------------------------------------------------------------------------------------


def _exact(matcher: Matcher, piece: Piece, view: str, letters: str) -> Iterator[Hit]:
    if matcher.automaton is None:
        return
    ends: list[int] = []
    for last, forms in matcher.automaton.iter(letters):
        for form in forms:
            start = last + 1 - len(form.letters)
            ends = ends or ends_of(piece.text, view)
            place = trace(ends, view, start, last + 1)
            if _stands(piece.text, place, form, ends, start) and not _printed(matcher, piece, form, place):
                yield Hit(form.what, form.case, form.ref, place[0])


def _stands(text: str, place: tuple[int, int], form: Form, ends: list[int], start: int) -> bool:
    """Whether letters that fit are the secret and no accident: words begin and end where they should."""
    first, last = place
    if form.exact and not text.startswith(form.exact, first):
        return False
    if form.what == "contact" and form.letters.replace("l", "").replace("o", "").isdigit():
        return not text[last : last + 1].isdigit()
    inside = text[first:last]
    clean = _begins(text, first) and _ends(text, last)
    if not clean and not (
        len(form.letters) >= 7 and form.what in ("name", "contact") and _IN_ADDRESS.search(_token(text, place))
    ):
        return False
    if len(form.letters) >= _LONG or form.what != "name":
        return True
    if len(form.letters) < _SHORT and not inside[:1].isupper() and not _without_case(inside[:1]):
        return False
    return _apart(inside) or _breaks_fit(inside, form)


def _begins(text: str, at: int) -> bool:
    before = _neighbour(text, at - 1, -1)
    return not before.isalnum() or _new_word(before, text[at]) or _without_case(before) or _without_case(text[at])


def _ends(text: str, at: int) -> bool:
    after = _neighbour(text, at, 1)
    here = text[at - 1]
    return not after.isalnum() or _new_word(here, after) or _without_case(after) or _without_case(here)


def _neighbour(text: str, at: int, step: int) -> str:
    """The next sign that can be seen, or a space."""
    while 0 <= at < len(text) and text[at] != "\n" and not text[at].isspace() and not ascii_of(text[at]):
        at += step
    return text[at] if 0 <= at < len(text) else " "


def _new_word(left: str, right: str) -> bool:
    return (left.islower() and right.isupper()) or left.isdigit() != right.isdigit()


def _without_case(sign: str) -> bool:
    """Whether a sign is of a script whose words may stand without spaces."""
    return sign.isalpha() and (ord(sign) >= 0x2E80 or 0x0E00 <= ord(sign) <= 0x0EFF)


def _token(text: str, place: tuple[int, int]) -> str:
    first, last = place
    left = max(text.rfind(sign, 0, first) for sign in " \n\t<>\"'(")
    rights = [at for sign in " \n\t<>\"')" if (at := text.find(sign, last)) >= 0]
    return text[left + 1 : min(rights, default=len(text))]


def _apart(inside: str) -> bool:
    """Whether every letter stands by itself: `A n a`, `A-n-a`."""
    words = re.findall(r"\w+", inside)
    return len(words) > 3 and all(len(word) == 1 for word in words)


_WEAK = re.compile(r"-[ \t]*\n\s*|[-\u2010\u2011](?=\w)")


def _breaks_fit(inside: str, form: Form) -> bool:
    """Whether the words of a short name are divided where they are in the name, if they are divided at all."""
    plain = ascii_of(_WEAK.sub("", inside))
    at = 0
    breaks: set[int] = set()
    before = ""
    for sign in plain:
        size = len(squeeze(sign))
        if at and size and (not before.isalnum() or (before.islower() and sign.isupper())):
            breaks.add(at)
        at += size
        before = sign if size or sign != "'" else before
    camel_or_long = bool(breaks) or not form.breaks or len(form.letters) >= 8 or any(map(_without_case, inside))
    return breaks <= form.breaks and (camel_or_long or _divided(inside))


def _divided(inside: str) -> bool:
    return bool(_WEAK.search(inside)) or any(not ascii_of(sign) for sign in inside)


def _printed(matcher: Matcher, piece: Piece, form: Form, place: tuple[int, int]) -> bool:
    if form.what != "name" or not form.printed or not piece.body:
        return False
    first, last = place
    text = piece.text
    before, after = letters_of(text[max(0, first - _AROUND) : first]), letters_of(text[last : last + _AROUND])
    return _own(matcher, form.case, letters_of(text[first:last]), before, after)


def _own(matcher: Matcher, case: str, name: str, before: str, after: str) -> bool:
    """Whether a name that is printed by consent stands in a text of its own case: what stands on both sides of it does
    so there too, or, as a page may end there, much of what stands on one side."""
    own = matcher.own.get(case)
    for text in chain(own, matcher.rows) if own is not None else ():
        at = text.find(name)
        while at >= 0:
            left, right = text[:at], text[at + len(name) :]
            same_left, same_right = _same(left[::-1], before[::-1]), _same(right, after)
            both = same_left >= min(_CONTEXT, len(left)) and same_right >= min(_CONTEXT, len(right))
            if (both and same_left + same_right >= _LEAST) or max(same_left, same_right) >= _MUCH:
                return True
            at = text.find(name, at + 1)
    return False


def _same(one: str, other: str) -> int:
    """How many signs at the beginning of two texts are the same."""
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )


# --- near spellings, initials, Arabic and Hebrew --------------------------------------------------------------------


def _near(matcher: Matcher, piece: Piece) -> Iterator[Hit]:
    for one in near_names(matcher.near, piece):
        name = one.name
        if not (name.printed and piece.body and _own(matcher, name.case, one.text, one.before, one.after)):
            yield Hit(one.what, name.case, name.ref, one.offset)


def _semitic(matcher: Matcher, piece: Piece) -> Iterator[Hit]:
    for run in semitic_runs(piece.text):
        for key, name in matcher.semitic.items():
            if key in run:
                yield Hit("near", name.case, name.ref, 0)
