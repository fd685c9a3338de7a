"""Every way in which a secret may be written that can be known beforehand, as squeezed letters (`fold.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import permutations

from msgspec import field
from msgspec.structs import replace

from reprisal_cli.protect.hidden import Hidden
from reprisal_cli.protect.scan.fold import ascii_of, squeeze
from reprisal_cli.protect.secrets import Desk, Identity, Secrets

_PARTICLES_WORDS = (
    "al el ul ad as ash an ar at bin ben bint ibn ibnu ould abu abd um umm de del della der den di da dos "
    "das do du la le las los van von zu zum zur af av y e i e und st san dr mr mrs ms jr sr ii iii"
)
PARTICLES = frozenset(_PARTICLES_WORDS.split()) - {"an", "i", "abd"}
"""Words of a name that are often left out or written in other ways."""

_PATRONYMIC = re.compile(r"(?:ovi?ch|evi?ch|ovna|evna|ichna|ogly|oglu|kyzy|qizi)\Z")
_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ñ": "ny", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa"}
    | {"Ø": "Oe", "Ñ": "Ny", "đ": "dj", "Đ": "Dj"}
)
_MAIL = re.compile(r"[^\s<>:;,()]+@[^\s<>:;,()]+")
_DIGITS = re.compile(r"\+?\d[\d\s()./-]{5,}\d")
_SHORTEST_TITLE = 12
_SHORTEST_STAFF = 4
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")


class Form(Hidden, frozen=True):
    """One way to write one secret. `letters` is squeezed; `breaks` are the places in it where one word ends and the
    next begins. `what` is `name`, `contact`, `title`, `note`, `staff` or `action`."""

    letters: str
    what: str
    case: str
    ref: str = ""
    printed: bool = False
    breaks: frozenset[int] = field(default=frozenset())
    exact: str = ""
    """How it must begin, small and capital letters as they are: the words of a title may stand inside a sentence."""


class Name(Hidden, frozen=True):
    """The words of one name, in small Latin letters, for the search of near spellings and of initials."""

    words: tuple[str, ...]
    case: str
    ref: str
    printed: bool = False


def forms_of(secrets: Secrets) -> list[Form]:
    """All forms, each once."""
    found = [form for one in secrets.identities for form in _of_identity(one)]
    found += [form for one in secrets.desks for form in _of_desk(one)]
    return list(dict.fromkeys(found))


def names_of(secrets: Secrets) -> list[Name]:
    """The names of two words and more, particles left out."""
    out: list[Name] = []
    for one in secrets.identities:
        for name in one.names:
            words = significant(words_of(name))
            if len(words) > 1:
                out.append(Name(words, one.case, one.ref, one.printed))
    return list(dict.fromkeys(out))


# --- names ----------------------------------------------------------------------------------------------------------


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in small Latin letters; a sign that is a syllable of its own is one."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", ascii_of(name)) if not name.isascii() else name
    return tuple(re.findall(r"[a-z]+", re.sub(r"['`’]", "", plain).lower()))


def significant(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without particles, if two are left."""
    kept = tuple(word for word in words if word not in PARTICLES)
    return kept if len(kept) > 1 else words


def _of_identity(one: Identity) -> Iterator[Form]:
    for letters, breaks in dict.fromkeys(_spelled(one.names)):
        yield Form(letters, "name", one.case, one.ref, one.printed, breaks)
    for letters in dict.fromkeys(form for line in one.contact for form in _contact(line)):
        yield Form(letters, "contact", one.case, one.ref)


def _spelled(names: Iterable[str]) -> Iterator[tuple[str, frozenset[int]]]:
    for name in names:
        for spelled in dict.fromkeys((name, name.translate(_SPELLED_OUT))):
            for words in orders(words_of(spelled)):
                yield _joined(words)
                if sum(map(len, words)) >= 8 and ("m" in "".join(words) or "w" in "".join(words)):
                    yield _joined(tuple(word[0] + _looking_alike(word[1:]) for word in words))
                    yield _joined(tuple(map(_looking_alike, words)))


def _looking_alike(letters: str) -> str:
    return letters.replace("m", "rn").replace("w", "vv")


def _joined(words: tuple[str, ...]) -> tuple[str, frozenset[int]]:
    letters, breaks = "", set()
    for word in words:
        letters += squeeze(word)
        breaks.add(len(letters))
    return letters, frozenset(breaks - {len(letters)})


def orders(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The orders in which a name may stand, and its shorter forms."""
    for chosen in dict.fromkeys((words, significant(words))):
        if len(chosen) == 1 and len(chosen[0]) < 5:
            continue  # a short single name is everybody's
        if len(chosen) <= 3:
            yield from permutations(chosen)
        else:
            yield from (chosen[at:] + chosen[:at] for at in range(len(chosen)))
            yield tuple(reversed(chosen))
            yield (chosen[-1], *chosen[:-1])
    yield from _shorter(significant(words))


def _shorter(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """First and last name of several, the father's name left out."""
    plain = tuple(word for word in words if not _PATRONYMIC.search(word))
    pairs = [(words[0], words[-1])] if len(words) > 2 else []
    pairs += [(words[0], words[-2])] if len(words) > 3 else []
    pairs += [(plain[0], plain[1])] if len(plain) == 2 < len(words) else []
    for first, last in pairs:
        if len(first) + len(last) >= 8:
            yield first, last
            yield last, first


# --- contact data, and what case files hold -------------------------------------------------------------------------


def _contact(line: str) -> Iterator[str]:
    """The addresses and numbers of a line as a vault holds it."""
    mails = _MAIL.findall(line)
    numbers = [re.sub(r"\D", "", one) for one in _DIGITS.findall(line)]
    yield from (squeeze(ascii_of(mail)) for mail in mails)
    for digits in numbers:
        if len(digits) >= 7:
            yield squeeze(digits[-8:] if len(digits) > 8 else digits)
    rest = re.sub(r"^\s*\w+\s*:\s+", "", _DIGITS.sub(" ", _MAIL.sub(" ", line))).strip() if mails or numbers else line
    letters = squeeze(ascii_of(re.sub(r"^\s*\w+\s*:\s+", "", rest)))
    if len(letters) >= (8 if not rest.lstrip().startswith("@") else 4):
        yield letters
    if not mails and numbers:  # an address with a number in it
        whole = squeeze(ascii_of(line))
        if len(whole) >= 12:
            yield whole


def _of_desk(one: Desk) -> Iterator[Form]:
    for form in _long(one.title, "title", one.case):
        yield replace(form, exact=one.title[:1])
    for note in one.notes:
        yield from _long(note, "note", one.case)
        for sentence in _SENTENCE.split(note):
            if len(squeeze(ascii_of(sentence))) >= 2 * _SHORTEST_TITLE:
                yield from _long(sentence, "note", one.case)
    for name in one.staff:
        letters = squeeze(ascii_of(name))
        plain_word = re.fullmatch(r"[a-z]+", name)
        if len(name) >= _SHORTEST_STAFF and letters and not plain_word:
            yield Form(letters, "staff", one.case, exact=name if re.fullmatch(r"\w+", name) else "")
    for text in one.confidential:
        if any(sign.isdigit() for sign in text) and len(text) < 40:
            yield Form(squeeze(ascii_of(text)), "action", one.case)
        else:
            yield from _long(text, "action", one.case)


def _long(text: str, what: str, case: str) -> Iterator[Form]:
    letters = squeeze(ascii_of(text))
    if len(letters) >= _SHORTEST_TITLE:
        yield Form(letters, what, case)
