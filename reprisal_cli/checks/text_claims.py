"""RC5: what is alleged is told as alleged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reprisal_cli.checks.desk import Desk
from reprisal_cli.checks.text_passages import house, own_words, sentences, suspects, where
from reprisal_cli.diagnostic import Severity
from reprisal_cli.model.case import Case
from reprisal_cli.rule import Finding, Stage, check
from reprisal_cli.store.corpus import CaseFile


@check("RC501", Severity.WARNING, Stage.CLEARANCE)
def allegation_as_fact(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A sentence about an act says that the act is alleged, or who says so.

    What it does: finds a sentence that tells an act against a person ("was arrested", "police beat") without
    "reportedly", "allegedly", "it was reported", "according to" or a body of the United Nations or a Government that
    says it, and a paragraph about such a matter ("surveillance", "threats") without any of these. A paragraph that
    opens with "It was reported that" is hedged as a whole. What happened in public (a law, a charge, a sentence, a
    designation) is left alone, and so is a case in which a body has found every act to be so or the State has
    acknowledged it.

    Why it is bad: the report tells allegations, and is no finding; a State's first answer to an unhedged sentence is
    that the United Nations has judged it. The published reports hedge each sentence ("reportedly", "allegedly";
    report-structure.md, section 4); the gate `drafted` asks for it, and operative paragraph 9 of resolution 12/2 for
    information that was checked.

    Example:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was arrested after a side event.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested after a side event.
    ```
    """
    if _known_facts(file.case):
        return
    for passage in suspects("RC501", file, desk):
        if passage.kind != "text":
            continue
        paragraphs = own_words(passage.text)
        for number, paragraph in enumerate(paragraphs, 1):
            if _hedges_all(paragraph):
                continue
            found = False
            for position, sentence in enumerate(sentences(paragraph), 1):
                if _act().search(sentence) and not hedged(sentence):
                    found = True
                    yield Finding(
                        passage.route,
                        f"{where(number, len(paragraphs))}sentence {position} tells an act as a fact",
                        "write who says so, or `reportedly` or `allegedly`",
                    )
            if not found and not hedged(paragraph) and _matter().search(paragraph):
                yield Finding(
                    passage.route,
                    f"{where(number, len(paragraphs))}nothing says that this is alleged, or who says it",
                    "open with `It was reported that`, or write `reportedly` or `allegedly`",
                )


def _known_facts(case: Case) -> bool:
    """Whether every act was found to be so, or acknowledged by the State."""
    return bool(case.acts) and all(act.assertion in ("acknowledged-by-state", "found-by-body") for act in case.acts)


@check("RC502", Severity.WARNING, Stage.CLEARANCE)
def statement_of_guilt(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """No text says that somebody is guilty.

    What it does: finds "is guilty", "committed a crime", "the terrorist", "in reprisal for" and the like in a sentence
    that is not hedged and reports no verdict, outside quotations and the summaries of replies.

    Why it is bad: everyone is presumed innocent until proved guilty according to law (International Covenant on Civil
    and Political Rights, article 14, paragraph 2), the officer as well as the defender; and that an act was done
    because of the cooperation is what is alleged.

    Example:
    ```yaml
    text:
      hrc-60:
        annex: Officers of the police committed acts of reprisal against {p1}.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: Officers of the police allegedly committed acts of reprisal against {p1}.
    ```
    """
    for passage in suspects("RC502", file, desk):
        if passage.kind != "text":
            continue
        paragraphs = own_words(passage.text)
        for number, paragraph in enumerate(paragraphs, 1):
            if _hedges_all(paragraph):
                continue
            for sentence in sentences(paragraph):
                for match in _guilt().finditer(sentence):
                    if not hedged(sentence) and not _guilt_allowed().search(sentence):
                        yield Finding(
                            passage.route,
                            f"{where(number, len(paragraphs))}`{match[0].lower()}` states guilt or motive as a fact",
                            "write who says so, or `allegedly`; for a verdict, name the court",
                        )


# --- hedges ---------------------------------------------------------------------------------------------------------

_OPENING = re.compile(
    r"(?:(?:On|In|Since|After|Between|Following) [^,]{1,60}, )?(?:also |further )?"
    r"(?:it (?:was|is|has been|had been) (?:\w+ )?(?:reported|alleged|claimed|said|recorded)\b|reportedly\b"
    r"|allegedly\b|according to\b|information received\b)",
    re.IGNORECASE,
)


def _hedges_all(paragraph: str) -> bool:
    """Whether the opening of a paragraph is meant for all of it."""
    return _OPENING.match(paragraph) is not None


def hedged(sentence: str) -> bool:
    """Whether a sentence says that it is alleged, or who says it."""
    return _hedge().search(sentence) is not None or _source().search(sentence) is not None


@cache
def _hedge() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(house().hedges)})\b", re.IGNORECASE)


@cache
def _source() -> re.Pattern[str]:
    """A body, and in the same clause or the next what it did."""
    words = house()
    return re.compile(rf"\b(?:{_any(words.sources)})\b.{{0,120}}?\b(?:{_any(words.acts_of_sources)})\b", re.IGNORECASE)


@cache
def _act() -> re.Pattern[str]:
    """An act in the passive ("was arbitrarily arrested"), also after another one, or with who did it before it."""
    words = house()
    acts, actors = _any(words.alleged_acts), _any(words.actors)
    gap = r"(?: (?!(?:not|never|no|would|could|might|may|be|being|if|whether)\b)[§\w'’-]+,?)"
    return re.compile(
        rf"\b(?:(?:was|were|been|after being){gap}{{0,8}}?|(?:{actors}){gap}{{0,2}}?) (?:{acts})\b"
        r"(?! since\b| of\b| the (?:opportunity|occasion))",
        re.IGNORECASE,
    )


@cache
def _matter() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_any(house().alleged_matters)})(?![\w-])")


@cache
def _guilt() -> re.Pattern[str]:
    words = house()
    return re.compile(rf"\b(?:{_any(words.guilt)})\b(?! (?:{_any(words.guilt_nouns)})\b)", re.IGNORECASE)


@cache
def _guilt_allowed() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(house().guilt_allowed)})", re.IGNORECASE)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


CASE = (allegation_as_fact, statement_of_guilt)
