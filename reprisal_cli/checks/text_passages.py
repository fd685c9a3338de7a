"""RC5: the words of a case that a document prints, and a first look at them.

Ten thousand cases have thirty thousand paragraphs, nearly all of them sound. So each text is looked at once, quickly
(`suspicions`), and a rule reads only the texts that may break it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from msgspec import Struct

from reprisal_cli.checks.desk import Desk
from reprisal_cli.diagnostic import Route
from reprisal_cli.protect.disclose import NEVER_TOLD
from reprisal_cli.register.states import states
from reprisal_cli.register.style import Style, style
from reprisal_cli.store.corpus import CaseFile

LANGUAGE = "en"
"""The rules know the house style of English; a text in another language is left alone."""

_PRINTED = frozenset({"public-name", "public-no-name", "already-public"})
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


class Passage(Struct, frozen=True):
    """A text that a document prints. `kind` is `text`, `summary` (the State's own account) or `described`; `on` is the
    day as of which names are right."""

    route: Route
    text: str
    kind: str
    on: date


def suspects(code: str, file: CaseFile, desk: Desk) -> tuple[Passage, ...]:
    """The passages of a case that a rule has to read."""
    return _sorted_out(file, desk).get(code, ())


_latest: tuple[CaseFile, Desk, dict[str, tuple[Passage, ...]]] | None = None
"""The case that was asked for last: all rules of texts ask one after the other for the same."""


def _sorted_out(file: CaseFile, desk: Desk) -> dict[str, tuple[Passage, ...]]:
    """The passages of a case by the code of the rule that has to read them."""
    global _latest
    if _latest is None or _latest[0] is not file or _latest[1] is not desk:
        found: dict[str, tuple[Passage, ...]] = {}
        for passage in _read(file, desk):
            for code in suspicions(passage.text):
                found[code] = (*found.get(code, ()), passage)
        _latest = (file, desk, found)
    return _latest[2]


def _read(file: CaseFile, desk: Desk) -> Iterator[Passage]:
    case = file.case
    on, language = desk.as_of, LANGUAGE
    for edition_id, text in case.text.items():
        edition = desk.editions.get(edition_id)
        on, language = (edition.as_of, edition.language) if edition is not None else (desk.as_of, LANGUAGE)
        if language == LANGUAGE:
            if text.main is not None:
                yield Passage(("text", edition_id, "main"), text.main, "text", on)
            if text.annex is not None:
                yield Passage(("text", edition_id, "annex"), text.annex, "text", on)
    if language != LANGUAGE or case.status in NEVER_TOLD:
        return
    for index, person in enumerate(case.persons):
        if person.consent.level in _PRINTED:
            yield Passage(("persons", index, "described"), person.described, "described", on)
    for index, response in enumerate(case.responses):
        if response.summary is not None:
            yield Passage(("responses", index, "summary"), response.summary, "summary", on)


# --- the first look -------------------------------------------------------------------------------------------------

_SIGNS = str.maketrans(dict.fromkeys(".,;:()[]{}^*\"!?/\\“”’'0123456789", " "))
_FIGURE = re.compile(r"\d\S*(?: [A-Za-z]+[.,]?)?")
"""A figure as far as the next space, with the word after it."""
_PLAIN_FIGURE = re.compile(
    rf"[1-9]\d? (?:{MONTHS})[.]?"  # 10 March
    r"|(?:19|20)\d\d[.,;:)\]}]*(?: [A-Za-z]+[.,]?)?"  # 2020
    r"|\d{1,4}\}\S*(?: [A-Za-z]+[.,]?)?"  # of {p1}, or the last of a reference
    r"|(?!\d\d?/\d\d?/\d{4})\d+(?:/\d+)+(?:/(?:Add|Corr|Rev)\.\d+)?"  # of a symbol
    r"(?:[;.)\]}]*|, )(?:paras\.|para\.| ?[a-z]+[.,]?)?"
)
_SOUND_NUMBER = re.compile(r"[1-9]\d{0,2}/(?:19|20)\d\d\b(?!/)")
_ODD_SIGNS = re.compile(r"[,;:(.?! ][,;:.)?!]|  |\( |,[A-Za-z]|\.[A-Z]")
_ODD_PLACES = ("hrc/", "paras.", "para ", "paragraph ", "paras ", "paragraphs ", "§")
_TENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
         "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")  # fmt: skip
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_BARE_FIGURE = re.compile(r"\d+[.;:)\]}]*")
_ADDRESSES = frozenset(
    {"Box", "Street", "St", "Road", "Rd", "Avenue", "Ave", "Lane", "Boulevard", "Blvd", "rue", "avenue", "boulevard",
     "chemin", "place", "Calle", "Avenida", "Carrera", "Rua", "Via", "com", "me", "net", "ru", "app"}
)  # fmt: skip
_ADDRESSED = frozenset(
    {"Mr", "Mrs", "Ms", "Mx", "Miss", "Dr", "Prof", "Professor", "Sheikh", "Sheikha", "Imam", "Ayatollah", "Rev",
     "Reverend", "Mme", "Maître", "Sra", "Madam", "named", "whose"}
)  # fmt: skip
_HEDGED = ("reported", "alleg", "according to")
_COMMON = frozenset(
    {"Republic", "Coast", "Great", "North", "South", "East", "Cape", "Human", "Rights", "of", "the", "on", "for", "or"}
)


class _Triggers(Struct, frozen=True):
    """Words after which a rule has to look (`words` has all), and the phrases that it then looks for."""

    words: frozenset[str]
    acts: frozenset[str]
    matters: frozenset[str]
    guilt: frozenset[str]
    states: frozenset[str]
    bodies: tuple[tuple[frozenset[str], str], ...]
    numbers: frozenset[str]
    spellings: frozenset[str]


@cache
def house() -> Style:
    """The style of the language that the rules know."""
    found = style(LANGUAGE)
    assert found is not None, "style.yaml has an entry for English"
    return found


@cache
def _triggers() -> _Triggers:
    own = house()
    guilt = {part for phrase in own.guilt for part in phrase.split()} - {"the", "a", "an", "of", "in", "as", "for"}
    bodies = tuple((frozenset(name.translate(_SIGNS).split()) - _COMMON, name) for name in own.bodies)
    parts = (
        frozenset(own.alleged_acts),
        frozenset(own.alleged_matters),
        frozenset(guilt | {word.capitalize() for word in guilt}),
        frozenset(part for name in own.states for part in name.split()) - _COMMON | {"Korea"},
        frozenset().union(*(needs for needs, _ in bodies)),
        frozenset({*_TENS, *(f"{ten}-{one}" for ten in _TENS[10:] for one in _ONES)}),
        frozenset(own.spellings) | {word.capitalize() for word in own.spellings},
    )
    acts, matters, guilty, states, _, numbers, spellings = parts
    every = frozenset().union(*parts, _ADDRESSES, _ADDRESSED)
    return _Triggers(every, acts, matters, guilty, states, bodies, numbers, spellings)


@lru_cache(maxsize=256)
def suspicions(text: str) -> frozenset[str]:
    """The codes of the rules that a text may break: all that it does break are among them. For contact data, which
    is looked for in several ways, the ways that may find some: `sign-at`, `figure`, `word-of-address`."""
    found: set[str] = set()
    triggers = _triggers()
    if hits := triggers.words.intersection(text.translate(_SIGNS).split()):
        found.update(_of_words(text, hits, triggers))
    for match in _FIGURE.finditer(text):
        found |= _of_figure(match[0])
        if "/" in match[0] and not _sound_number(text[max(0, match.start() - 5) : match.start()], match[0]):
            found.add("RC507")
    if "/" in text and (any(sign in text for sign in _ODD_PLACES) or text.count("HRC") != text.count("A/HRC/")):
        found.add("RC507")
    if "@" in text or "[at]" in text:
        found.add("sign-at")
    if _ODD_SIGNS.search(text) or _early_note(text):
        found.add("RC509")
    return frozenset(found)


def _of_words(text: str, hits: frozenset[str], triggers: _Triggers) -> Iterator[str]:
    if not _ADDRESSES.isdisjoint(hits):
        yield "word-of-address"
    if not _ADDRESSED.isdisjoint(hits):
        yield "RC313"
    if (not triggers.acts.isdisjoint(hits) and any(_unhedged(part, triggers.acts) for part in _stretches(text))) or (
        not triggers.matters.isdisjoint(hits) and any(_unhedged(part, triggers.matters) for part in _BLANK.split(text))
    ):
        yield "RC501"
    if not triggers.guilt.isdisjoint(hits):
        lower = text.lower()
        if any(phrase in lower for phrase in house().guilt):
            yield "RC502"
    if not triggers.states.isdisjoint(hits):
        yield "RC503"
    if any(needs <= hits and name in text for needs, name in triggers.bodies):
        yield "RC504"
    if not triggers.numbers.isdisjoint(hits):
        yield "RC506"
    if not triggers.spellings.isdisjoint(hits):
        yield "RC508"


def _stretches(text: str) -> list[str]:
    """The text cut wherever a sentence may end."""
    return text.replace("\n\n", ". ").replace("\n", " ").split(". ")


def _unhedged(part: str, words: frozenset[str]) -> bool:
    """Whether a stretch of text may tell one of these without a hedge; notes and quotations hold none."""
    own = part.partition("^[")[0]
    if not any(sign in own for sign in ('"', "“", "«")) and any(hedge in own for hedge in _HEDGED):
        return False
    return not words.isdisjoint(part.translate(_SIGNS).split())


@lru_cache(maxsize=4096)
def _of_figure(figure: str) -> frozenset[str]:
    if _PLAIN_FIGURE.fullmatch(figure):
        return frozenset()
    return frozenset({"figure"} if _BARE_FIGURE.fullmatch(figure) else {"figure", "RC505", "RC506", "RC507"})


def _sound_number(before: str, figure: str) -> bool:
    """Whether a figure with a stroke is part of a symbol, or of a communication's number in its right form."""
    if before.endswith("/") or not before[-4:].strip().isupper():
        return True
    return before[-1] == " " and before[-4:-1] in _codes() and _SOUND_NUMBER.match(figure) is not None


@cache
def _codes() -> frozenset[str]:
    return frozenset((*states().codes, "OTH"))


def _early_note(text: str) -> bool:
    at = text.find("^[")
    while at > 0:
        if text[at - 1].isalnum() or text[at - 1] in "})":
            return True
        at = text.find("^[", at + 2)
    return False


# --- a closer look --------------------------------------------------------------------------------------------------

_REFERENCE = re.compile(r"\{[^{}\n]*\}")
_NOTE = re.compile(r"\^\[(?:[^\[\]]|\[[^\]]*\])*\]")
_ADDRESS = re.compile(r"\(?https?://[^\s()<>]+\)?|\bwww\.\S+")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»")
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\b[Nn]o)(?<!\b[Nn]os)(?<!\bpara)(?<!\bparas)(?<!\bart)(?<!\bvol)"
    r"(?<!\bpp)(?<!\bp)(?<!\bcf)(?<!\be\.g)(?<!\bi\.e)(?<!\bsect)(?<!\bchap)(?<!\bapprox)(?<![A-Z])"
    r"[.!?][\"”’)\]]*\s+(?=[A-Z0-9§“\"(*])"
)


@lru_cache(maxsize=64)
def own_words(text: str) -> tuple[str, ...]:
    """The paragraphs in the drafter's own words: without notes, addresses and what is quoted; `§` for a reference."""
    text = _ADDRESS.sub("", _NOTE.sub("", text))
    text = _QUOTED.sub("“”", _REFERENCE.sub("§", text))
    return tuple(" ".join(part.split()) if "\n" in part else part for part in _BLANK.split(text.strip("\n")))


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph."""
    return _SENTENCE_END.split(paragraph)


def where(number: int, of: int) -> str:
    """Which paragraph is meant, if there is a choice."""
    return f"paragraph {number}: " if of > 1 else ""
