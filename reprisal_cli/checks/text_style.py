"""RC5: dates, numbers, symbols, spelling and punctuation of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reprisal_cli.checks.desk import Desk
from reprisal_cli.checks.text_passages import MONTHS, house, own_words, sentences, suspects, where
from reprisal_cli.checks.text_symbols import misformed
from reprisal_cli.diagnostic import Severity
from reprisal_cli.rule import Finding, Stage, check
from reprisal_cli.store.corpus import CaseFile

_DATE = re.compile(
    rf"\b(?:{MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?, \d{{4}}\b"  # March 10, 2020
    rf"|\b(?:{MONTHS}) \d{{1,2}}(?:st|nd|rd|th)\b"  # March 10th
    rf"|\b\d{{1,2}}(?:st|nd|rd|th) (?:of )?(?:{MONTHS})\b"  # 10th of March
    rf"|\b\d{{1,2}} (?:{MONTHS}), \d{{4}}\b"  # 10 March, 2020
    rf"|\b0\d (?:{MONTHS})\b"  # 05 March
    r"|\b\d{1,2} (?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b(?:\.| \d{4})"  # 10 Mar. 2020
    r"|(?<![\w/.-])\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d{2}(?![\w/-])"  # 10/03/2020
    r"|(?<![\w/.-])(?:19|20)\d{2}-[01]\d-[0-3]\d(?![\w/-])"  # 2020-03-10
)


@check("RC505", Severity.WARNING, Stage.CLEARANCE)
def date_in_another_form(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A date is written `10 March 2020`.

    What it does: finds "March 10, 2020", "10th March", "10 Mar. 2020", "10/03/2020", "2020-03-10" and "05 March".

    Why it is bad: `10/03/2020` is March for some readers and October for others (Editorial Manual, "Dates": day in
    figures, month in words, year in full, without comma).

    Example:
    ```yaml
    text:
      hrc-60:
        annex: On January 28, 2025, {p1} was reportedly arrested.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested.
    ```
    """
    for passage in suspects("RC505", file, desk):
        paragraphs = own_words(passage.text)
        for number, paragraph in enumerate(paragraphs, 1):
            for match in _DATE.finditer(paragraph):
                if match[0] == passage.text.strip():
                    break  # no sentence holds it: what a description of nothing but digits means, nobody can say
                yield Finding(
                    passage.route,
                    f"{where(number, len(paragraphs))}a date is not written as `10 March 2020`: `{match[0]}`",
                    "write the day in figures, the month in words, the year in full, without a comma",
                )


@check("RC506", Severity.WARNING, Stage.CLEARANCE)
def number_in_another_form(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Numbers up to nine are in words, from 10 on in figures, and no sentence starts with a figure.

    What it does: looks at numbers before words for persons, organizations and stretches of time. Left alone are ages,
    paragraphs, percentages and series in which a larger number stands.

    Why it is bad: the same table of a case and its text would differ (Editorial Manual, "Numbers": numbers under 10 in
    words; no sentence begins with a figure).

    Example:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, 3 women were reportedly questioned about {p1}.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, three women were reportedly questioned about {p1}.
    ```
    """
    for passage in suspects("RC506", file, desk):
        if passage.kind == "described":  # may stand at the start of a sentence or within one
            continue
        paragraphs = own_words(passage.text)
        for number, paragraph in enumerate(paragraphs, 1):
            for position, sentence in enumerate(sentences(paragraph)):
                starts = passage.kind == "text" or position > 0
                for fault, hint in _numbers(sentence, starts):
                    yield Finding(passage.route, f"{where(number, len(paragraphs))}{fault}", hint)


_LARGER = re.compile(r"(?<![\w/.-])\d{2,3}(?:,\d{3})*(?![\w/.,-]*\d)(?! (?:" + MONTHS + r")\b)(?!th|st|nd|rd)")
_OF_A_PLACE = re.compile(
    r"(?:paras?|articles?|arts?|annex|nos?|sections?|pages?|rules?|chapters?|aged)\.? \Z", re.IGNORECASE
)
_FIGURE_FIRST = re.compile(r"[“\"(]*\d{1,3}(?:,\d{3})* [a-z]")


def _numbers(sentence: str, starts: bool) -> Iterator[tuple[str, str]]:
    if starts and _FIGURE_FIRST.match(sentence):
        yield "a sentence starts with a figure", "write the number in words, or turn the sentence round"
    if not _LARGER.search(sentence):
        for match in _small().finditer(sentence):
            if not _OF_A_PLACE.search(sentence[: match.start()]):
                yield f"`{match[1]}` before `{match[2]}`", "write numbers up to nine in words"
    for match in _large().finditer(sentence):
        if match.start() > 0 or not starts:
            yield f"`{match[1]}` before `{match[2]}`", "write numbers from 10 on in figures"


_BETWEEN = r"(?:(?!(?:or|of|to|and|per|hundred|thousand|million|billion)\b)[a-z][a-z-]+ ){0,2}?"


@cache
def _small() -> re.Pattern[str]:
    counted = "|".join(house().counted)
    return re.compile(rf"(?<![\w/.,–-])(?<! and )([1-9]) {_BETWEEN}({counted})\b(?! old| of age)")


@cache
def _large() -> re.Pattern[str]:
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    return re.compile(
        r"\b(ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
        rf"|(?:{tens})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)"
        rf" {_BETWEEN}({'|'.join(house().counted)})\b"
    )


@check("RC507", Severity.WARNING, Stage.CLEARANCE)
def symbol_in_another_form(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Symbols, their paragraphs, and numbers of communications have the form of the documents themselves.

    What it does: finds symbols with a missing stroke, a space or small letters ("A/HRC45/36"), paragraphs without
    comma or full stop ("A/HRC/45/36 para 12"), and numbers of communications without their space, with two figures for
    the year, or with a code that is no State's ("IDN2/2020").

    Why it is bad: the reference leads nowhere, and cannot be made a link (Editorial Manual, "Document symbols" and
    "Footnotes": `A/HRC/45/36, para. 12`; the communications' own numbers: `IDN 2/2020`).

    Example:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested (A/HRC/58/999 para 12).
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested (A/HRC/58/999, para. 12).
    ```
    """
    for passage in suspects("RC507", file, desk):
        for fault, hint in misformed(passage.text, frozenset(desk.settings.states)):
            yield Finding(passage.route, fault, hint)


@check("RC508", Severity.WARNING, Stage.CLEARANCE)
def spelling_of_another_house(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Words are spelled as the Organization spells them.

    What it does: finds American spellings ("program", "labor"), the ending `-ise` ("organise") and some frequent
    slips. Left alone are quotations and capitalized words within a sentence, which may be names.

    Why it is bad: an editor has to change it, and a search for the word misses it (Editorial Manual, "Spelling": the
    Concise Oxford English Dictionary, with `-ize`, "programme", "centre", "defence", "per cent").

    Example:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested at the center of her organisation.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested at the centre of her organization.
    ```
    """
    for passage in suspects("RC508", file, desk):
        paragraphs = own_words(passage.text)
        for number, paragraph in enumerate(paragraphs, 1):
            for position, sentence in enumerate(sentences(paragraph)):
                for match in _spelled().finditer(sentence):
                    word = match[1]
                    if word[0].isupper() and (match.start() > 0 or (passage.kind != "text" and not position)):
                        continue
                    yield Finding(
                        passage.route,
                        f"{where(number, len(paragraphs))}`{word.lower()}` is not the Organization's spelling",
                        f"write `{house().spellings[word.lower()]}`",
                    )


@cache
def _spelled() -> re.Pattern[str]:
    words = sorted(house().spellings, key=len, reverse=True)
    both = "|".join(f"[{word[0]}{word[0].upper()}]{re.escape(word[1:])}" for word in words)
    return re.compile(rf"(?<![\w-])(?<!computer )(?<!software )(?<!spyware )({both})(?![\w-])(?! [A-Z])")


_PUNCTUATION = (
    (re.compile(r"\S {2,}(?=\S)"), "two spaces stand together", "leave one"),
    (re.compile(r" [,;:](?=\s|$)| \.(?=\s|$)| \)"), "a space stands before a sign", "take it out"),
    (re.compile(r"\( "), "a space stands after an opening bracket", "take it out"),
    (
        re.compile(r",[,.]|;[;.,]|(?<=\w)::(?=\s)|(?<![./])\.\.(?![./])|\?\?|!!"),
        "two signs stand where one belongs",
        "leave the one that is meant",
    ),
    (
        re.compile(r"(?<=[a-z]),(?=[A-Za-z]+(?![A-Za-z=:/@]))|(?<=[a-z]{3})\.(?=[A-Z][a-z])"),
        "a space is missing after a sign",
        "add it",
    ),
)
_NOTE_TOO_EARLY = re.compile(r"[\w})]\^\[(?:[^\[\]]|\[[^\]]*\])*\][.,;:]")


@check("RC509", Severity.WARNING, Stage.CLEARANCE)
def spacing_or_punctuation(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Words and signs are one space apart, signs stand once, and a footnote stands after the sign.

    What it does: finds two spaces within a line, a space before a sign or none after it, doubled signs, and a footnote
    before a full stop or comma.

    Why it is bad: it is printed as it stands (Editorial Manual, "Punctuation"; "Footnotes": the indicator follows the
    punctuation mark).

    Example:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025,, {p1} was reportedly  arrested .
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested.
    ```
    """
    for passage in suspects("RC509", file, desk):
        paragraphs = own_words(passage.text)
        for number, paragraph in enumerate(paragraphs, 1):
            for pattern, fault, hint in _PUNCTUATION:
                if pattern.search(paragraph):
                    yield Finding(passage.route, f"{where(number, len(paragraphs))}{fault}", hint)
        if _NOTE_TOO_EARLY.search(passage.text):
            yield Finding(passage.route, "a footnote stands before the sign", "put it after the full stop or comma")


CASE = (
    date_in_another_form,
    number_in_another_form,
    symbol_in_another_form,
    spelling_of_another_house,
    spacing_or_punctuation,
)
