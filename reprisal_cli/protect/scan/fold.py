"""Text made plain, so that a name is found however it is written: every sign becomes the Latin letters that it is, or
sounds like, or looks like.

All is done sign by sign, so that a place in the plain text can be traced back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate

from anyascii import anyascii

_PAIRS = (
    "Аa аa Вb Сc сc Еe еe Нh Іi іi Јj јj Кk кk Мm Оo оo Рp рp Ѕs ѕs Тt Хx хx Уy уy Үy үy ԁd ԛq Ԝw ԝw һh Һh Ьb З3 з3 "
    "пn гr иu Гr ѵv Ӏl ӏl "
    "Αa Βb Εe Ζz Ηh Ιi Κk Μm Νn Οo Ρp Τt Υy Χx αa εe ιi κk νv οo ρp τt υu χx ωw γy σo ηn "
    "ԱU Տs Սu Օo օo ոn սu հh ցg զq Յj Լl "
    "Ꭺa Ꭻj Ꭼe Ꮃw Ꮋh Ꮇm Ꭲt Ꮍy Ꮐg Ꮓz Ꮖt Ꮩv Ꮪs Ꮯc Ꮲp Ꮶk Ꮷl Ᏼb Ꭰd Ꭱr Ꭵi Ꮒh Ꮢr Ꮮl"
)

LOOKS: dict[str, str] = {pair[0]: pair[-1] for pair in _PAIRS.split()}
"""Letters of other alphabets, and the Latin letters that a reader takes them for."""

_OTHER = re.compile(f"[{''.join(LOOKS)}]")
_DIGITS = re.compile(r"\d")
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_TURNED = re.compile("[\u202d\u202e\u2066-\u2068\u0590-\u074f\ufb1d-\ufdff\ufe70-\ufefc]")
"""Signs that turn the order, and letters that run from right to left: a PDF holds these as they are seen."""
_SEMITIC = re.compile("[\u0590-\u074f\ufb1d-\ufdff\ufe70-\ufefc]")
_SEMITIC_RUN = re.compile("[\u0590-\u074f\ufb1d-\ufdff\ufe70-\ufefc'’\\s-]{3,}")

# one sign for one sign, so that C does it: small letters and digits stay, all else goes; what looks alike is one
_SQUEEZE = str.maketrans(
    dict.fromkeys(range(128))
    | {ord(sign): sign for sign in "abcdefghijklmnopqrstuvwxyz0123456789"}
    | {ord(sign): sign.lower() for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    | {ord("i"): "l", ord("I"): "l", ord("1"): "l", ord("0"): "o"}
)


def ascii_of(text: str) -> str:
    """The text in ASCII: each sign beyond it as the letters that it sounds like, marks and invisible signs left out."""
    return text if text.isascii() else _BEYOND.sub(lambda run: "".join(map(_sound, run[0])), text)


def lookalike_of(text: str) -> str:
    """The text in ASCII, letters of other alphabets as the Latin ones that they look like."""
    return _BEYOND.sub(lambda run: "".join(LOOKS.get(sign) or _sound(sign) for sign in run[0]), text)


def squeeze(plain: str) -> str:
    """ASCII as small letters and digits with nothing between them; i, l and 1 are one letter, and so are o and 0."""
    return plain.translate(_SQUEEZE)


def fold(text: str) -> str:
    """What is compared: the text in ASCII, squeezed."""
    return squeeze(ascii_of(text))


def letters_of(text: str) -> str:
    """The same without digits: numbers of notes and paragraphs stand in one format and not in another."""
    return squeeze(_DIGITS.sub("", ascii_of(text)))


def views(text: str) -> list[tuple[str, str]]:
    """The ways in which a text can be meant: as it sounds, as it looks, and in the order in which it is shown. Each is
    a name and the text in ASCII."""
    out = [("sound", ascii_of(text))]
    if _OTHER.search(text):
        out.append(("look", lookalike_of(text)))
    if _TURNED.search(text):
        out.append(("turned", ascii_of(text)[::-1]))
    return out


def ends_of(text: str, view: str) -> list[int]:
    """For each sign of a text, how many signs of the squeezed view end with it: the way back from a view."""
    make = lookalike_of if view == "look" else ascii_of
    return list(accumulate(len(squeeze(make(sign))) for sign in text))


def trace(ends: list[int], view: str, start: int, end: int) -> tuple[int, int]:
    """Where the signs `start` to `end` of a squeezed view stand in the text."""
    if view == "turned":
        start, end = ends[-1] - end, ends[-1] - start
    return bisect_right(ends, start), bisect_left(ends, end) + 1


@lru_cache(maxsize=65536)
def _sound(sign: str) -> str:
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return ""
    apart = unicodedata.normalize("NFD", sign)
    if len(apart) > 1 and all(unicodedata.combining(mark) for mark in apart[1:]):
        sign = apart[0]
    return anyascii(unicodedata.normalize("NFKC", sign))


# --- consonants: Arabic and Hebrew do not write vowels --------------------------------------------------------------

_CLASSES = (
    (re.compile(r"(?:kh|gh|ck|[hkqgcx])"), "k"),
    (re.compile(r"(?:schtsch|shch|szcz|tsch|sch|sh|sz|cz|ch|th|dh|ts|tz|ss|[szj])"), "s"),
    (re.compile(r"(?:ph|[fvpb])"), "b"),
    (re.compile(r"[dt]"), "t"),
    (re.compile(r"[^a-z]|[aeiouyw]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_ARTICLE = re.compile(r"\b(?:al|el|ul|ad|ed|as|es|ash|esh|an|ar|at|l)[-' ]+(?=[a-z]{3})|\bl(?=[a-z]{3})")


@lru_cache(maxsize=65536)
def sound_key(word: str) -> str:
    """A word by its consonants, with those that are taken for one another as one: Muhammad and Mohamed have one key.
    A vowel at the start counts, as one for all."""
    word = word.lower()
    key = word
    for pattern, sign in _CLASSES:
        key = pattern.sub(sign, key)
    return ("a" if word[:1] in tuple("aeiouy") else "") + key


def consonants(plain: str) -> str:
    """The consonants of a Latin name, article left out, words joined."""
    key = _ARTICLE.sub("", plain.lower())
    return "".join(sound_key(word).removeprefix("a") for word in re.findall(r"[a-z]+", key))


def semitic_runs(text: str) -> list[str]:
    """The stretches of a text in Arabic or Hebrew letters, as consonants."""
    if not _SEMITIC.search(text):
        return []
    found = [run[0] for run in _SEMITIC_RUN.finditer(text) if _SEMITIC.search(run[0])]
    runs = (ascii_of(run) for one in found for run in (one, one[::-1]))
    return [
        "".join(sound_key(_semitic_word(word)).removeprefix("a") for word in re.findall(r"[a-z]+", run.lower()))
        for run in (re.sub(r"[`']", "", run) for run in runs)
    ]


def _semitic_word(word: str) -> str:
    return word[1:] if word.startswith("l") and len(word) > 3 else word
