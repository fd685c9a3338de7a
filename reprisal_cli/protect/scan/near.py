"""Names that are nearly those of the vault, and names by their initials. Looked for only around a word that one of the
names has, or that sounds like it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from msgspec import field

from reprisal_cli.protect.hidden import Hidden
from reprisal_cli.protect.scan.fold import ascii_of, letters_of, sound_key, squeeze
from reprisal_cli.protect.scan.forms import PARTICLES, Name
from reprisal_cli.protect.scan.pieces import Piece
from reprisal_cli.protect.secrets import Secrets

_TOKEN = re.compile(r"[A-Za-z]+(?:['`’][A-Za-z]+)*")
_HYPHEN = re.compile(r"-[ \t]*\n\s*|'(?=[a-z])|`|’")
_INITIALS = re.compile(r"(?<![\w.])([A-Z])\.\s?([A-Z])(?:\.|(?=\b))(?:\s?([A-Z])\.)?(?!\w)")
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "madam", "sheikh"])
_ALIKE, _SOUNDS, _WHOLE = 80, 55, 74
_REACH = 200


class Near(Hidden, frozen=True):
    """The names by their words, by how the words sound, and by their initials; `places` by case, squeezed. `seen`
    remembers what a word of a document can be: it grows, and is of no meaning."""

    words: Mapping[str, tuple[tuple[Name, int], ...]]
    sounds: Mapping[str, frozenset[str]]
    initials: Mapping[str, tuple[Name, ...]]
    places: Mapping[str, tuple[str, ...]]
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)


class NearHit(Hidden, frozen=True):
    """What was found: `near` or `initials`, of which name, in the unit that begins at `offset`; `text` and what stands
    before and after it, squeezed."""

    what: str
    name: Name
    offset: int
    text: str = ""
    before: str = ""
    after: str = ""


def near_of(names: list[Name], secrets: Secrets) -> Near:
    """Names made ready."""
    words: dict[str, list[tuple[Name, int]]] = {}
    initials: dict[str, list[Name]] = {}
    for name in names:
        for at, word in enumerate(name.words):
            words.setdefault(word, []).append((name, at))
        letters = "".join(word[0] for word in name.words).upper()
        for shown in {letters, letters[::-1], letters[0] + letters[-1]}:
            initials.setdefault(shown, []).append(name)
    sounds: dict[str, set[str]] = {}
    for word in words:
        sounds.setdefault(sound_key(word), set()).add(word)
    places = {case: list(found) for case, found in secrets.places.items()}
    for one in secrets.identities:
        for line in one.contact:
            places.setdefault(one.case, []).extend(re.findall(r"\b[A-Z][a-z]{3,}\b", line))
    return Near(
        {word: tuple(found) for word, found in words.items()},
        {key: frozenset(found) for key, found in sounds.items()},
        {letters: tuple(found) for letters, found in initials.items()},
        {case: tuple(squeeze(ascii_of(place)) for place in found) for case, found in places.items()},
    )


def near_names(near: Near, piece: Piece) -> Iterator[NearHit]:
    """The near names of a piece."""
    if not near.words:
        return
    plain = _HYPHEN.sub("", ascii_of(piece.text))
    hot = {token for token in set(_TOKEN.findall(plain)) if _can_be(near, token.lower())}
    initials = _INITIALS.search(plain) is not None
    if not hot and not initials:
        return
    for offset, unit in piece.units():
        text = _HYPHEN.sub("", ascii_of(unit))
        if not hot.isdisjoint(_TOKEN.findall(text)):
            tokens = list(_TOKEN.finditer(text))
            kept = [token for token in tokens if token[0].lower() not in PARTICLES or token[0].lower() in _TITLES]
            for at, token in enumerate(kept):
                if token[0] in hot:
                    yield from _around(near, kept, at, text, unit, offset)
        if initials:
            yield from _by_initials(near, text, offset)


def _can_be(near: Near, token: str) -> tuple[str, ...]:
    """The words of names that a word of a document can be."""
    known = near.seen.get(token)
    if known is None:
        key = sound_key(token)
        alike = near.sounds.get(key, frozenset()) if len(key) > 2 and len(token) > 3 else frozenset()
        known = tuple(word for word in sorted(alike | {token} & set(near.words)) if _alike(token, word))
        near.seen[token] = known
    return known


@cache
def _ratio() -> Callable[[str, str], float]:
    from rapidfuzz.fuzz import ratio  # slow to import, and wanted only where a word is near a name

    return ratio


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 3:
        return False
    likeness = _ratio()(one, other)
    if min(len(one), len(other)) >= 4 and likeness >= _ALIKE:
        return True
    return likeness >= _SOUNDS and sound_key(one) == sound_key(other)


def _around(near: Near, tokens: list[re.Match[str]], at: int, text: str, unit: str, offset: int) -> Iterator[NearHit]:
    token = tokens[at][0].lower()
    for word in _can_be(near, token):
        for name, place in near.words[word]:
            found = _whole(name, place, tokens, at, unit)
            if found is not None:
                first, last = found
                before, after = text[max(0, first - 200) : first], text[last : last + 200]
                yield NearHit("near", name, offset, letters_of(text[first:last]), letters_of(before), letters_of(after))
            elif token == word and _with_initial(near, name, place, tokens, at, text):
                yield NearHit("initials", name, offset)


def _whole(name: Name, place: int, tokens: list[re.Match[str]], at: int, unit: str) -> tuple[int, int] | None:
    """Where the whole name stands around a token that is one of its words, or None. Of three words and more one may
    be missing, but neither the first nor the last of them."""
    reach = len(name.words)
    used = {at: place}
    for index, word in enumerate(name.words):
        if index == place:
            continue
        near = range(max(0, at - reach), min(len(tokens), at + reach + 1))
        fit = [one for one in near if one not in used and _alike(tokens[one][0].lower(), word)]
        if fit:
            used[min(fit, key=lambda one: abs(one - at))] = index
        elif len(name.words) < 3 or index in (0, len(name.words) - 1):
            return None
    if len(used) < 2 or len(used) < len(name.words) - 1:
        return None
    chosen = sorted(used)
    if any(not _adjoin(tokens, left, right) for left, right in pairwise(chosen)):
        return None
    if any(tokens[one][0].islower() and tokens[one][0] in unit for one in chosen):
        return None  # Latin words in small letters are no names
    written = "".join(tokens[one][0].lower() for one in chosen)
    meant = "".join(name.words[used[one]] for one in chosen)
    if _ratio()(written, meant) < _WHOLE:
        return None
    return tokens[chosen[0]].start(), tokens[chosen[-1]].end()


def _adjoin(tokens: list[re.Match[str]], left: int, right: int) -> bool:
    """Whether two words are neighbours, or have another word of a name between them."""
    return right - left == 1 or (right - left == 2 and tokens[left + 1][0][:1].isupper())


def _with_initial(near: Near, name: Name, place: int, tokens: list[re.Match[str]], at: int, text: str) -> bool:
    """`A. Family`, `Family, A.`; with the place also `Given F.` and `Ms. Family`."""
    if name.printed or not tokens[at][0][:1].isupper():
        return False
    last = len(name.words) - 1
    beside = [tokens[one][0] for one in (at - 1, at + 1) if 0 <= one < len(tokens)]
    if place == last and name.words[0][0].upper() in beside:
        return len(name.words[last]) >= 5 or _place_near(near, name, text, tokens[at].start())
    titled = at > 0 and tokens[at - 1][0].lower() in _TITLES
    after = tokens[at + 1][0] if at + 1 < len(tokens) else ""
    if (place == last and titled) or (place == 0 and after == name.words[last][0].upper()):
        return len(name.words[place]) >= 4 and _place_near(near, name, text, tokens[at].start())
    return False


def _by_initials(near: Near, text: str, offset: int) -> Iterator[NearHit]:
    for match in _INITIALS.finditer(text):
        letters = "".join(filter(None, match.groups()))
        for name in near.initials.get(letters, ()):
            if not name.printed and _place_near(near, name, text, match.start()):
                yield NearHit("initials", name, offset)


def _place_near(near: Near, name: Name, text: str, at: int) -> bool:
    around = squeeze(text[max(0, at - _REACH) : at + _REACH])
    return any(place and place in around for place in near.places.get(name.case, ()))
