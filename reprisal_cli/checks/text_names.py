"""RC5: official names of States and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from reprisal_cli.checks.desk import Desk
from reprisal_cli.checks.text_passages import LANGUAGE, house, own_words, suspects, where
from reprisal_cli.diagnostic import Severity
from reprisal_cli.register.states import states
from reprisal_cli.rule import Finding, Stage, check
from reprisal_cli.store.corpus import CaseFile


@check("RC503", Severity.WARNING, Stage.CLEARANCE)
def state_by_common_name(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A State has its official name.

    What it does: finds common, old and short names of States ("Syria", "Russia", "Laos", "UK"), and gives the form that
    the register has for the date of the edition: "Turkey" is right before June 2022. Left alone are longer official
    names, names of organizations and titles (a capitalized word stands next to it), quotations and footnotes.

    Why it is bad: a document of the United Nations names a State as the State has notified it (United Nations
    Terminology Database; Editorial Manual, "Country names"); a wrong name comes back as a request for a corrigendum.

    Example:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested on her way to Syria.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested on her way to the Syrian Arab Republic.
    ```
    """
    for passage in suspects("RC503", file, desk):
        paragraphs = own_words(passage.text)
        for number, paragraph in enumerate(paragraphs, 1):
            for match in _names().finditer(paragraph):
                right = _official(match[0], passage.on, paragraph, match)
                if right and not _part_of_a_name(paragraph, match):
                    yield Finding(
                        passage.route,
                        f"{where(number, len(paragraphs))}`{match[0]}` is not the official name of the State",
                        f"write `{right}`",
                    )


@check("RC504", Severity.WARNING, Stage.CLEARANCE)
def body_by_wrong_name(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A body of the United Nations has its own name.

    What it does: finds forms that documents of the United Nations do not use ("UN Human Rights Council", "UNHRC",
    "Committee Against Torture", "Universal Periodic Review"). "UN" alone is left alone.

    Why it is bad: readers search for the official name, and an editor has to change it (Editorial Manual,
    "Capitalization" and "Abbreviations"; the names are those of the bodies' own documents).

    Example:
    ```yaml
    text:
      hrc-60:
        annex: On 20 January 2025, {p1} reportedly spoke at the UN Human Rights Council.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: On 20 January 2025, {p1} reportedly spoke at the Human Rights Council.
    ```
    """
    for passage in suspects("RC504", file, desk):
        paragraphs = own_words(passage.text)
        for number, paragraph in enumerate(paragraphs, 1):
            for match in _bodies().finditer(paragraph):
                yield Finding(
                    passage.route,
                    f"{where(number, len(paragraphs))}`{match[0]}` is not the name that United Nations documents use",
                    f"write `{house().bodies[match[0]]}`",
                )


@cache
def _names() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, house().states), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")


@cache
def _bodies() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, house().bodies), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")


_SMALL = frozenset({"after", "and", "as", "at", "before", "both", "but", "by", "for", "from", "if", "in", "inside",
                    "of", "on", "or", "outside", "since", "the", "to", "when", "while", "with"})  # fmt: skip
_BEFORE = re.compile(r"([\w'’-]+) \Z")
_AFTER = re.compile(r" (?:and |of |for )?[A-Z]\w+")


def _part_of_a_name(paragraph: str, match: re.Match[str]) -> bool:
    """Whether a capitalized word stands next to it: "Bank of Russia" is left alone for want of certainty."""
    before = _BEFORE.search(paragraph, max(0, match.start() - 30), match.start())
    if before is not None and before[1][0].isupper() and before[1].lower() not in _SMALL:
        return True
    title = re.search(r"[A-Z]\w+ (?:of|for|on|in) \Z", paragraph[max(0, match.start() - 40) : match.start()])
    if title is not None and title[0].split()[0].lower() not in _SMALL:
        return True
    after = _AFTER.match(paragraph, match.end())
    return after is not None and not after[0].startswith((" and ", " of ", " for "))


def _official(name: str, on: date, paragraph: str, match: re.Match[str]) -> str:
    """The right form, or nothing where the name is right or part of an official one."""
    code = house().states[name]
    forms = _forms(code, on)
    for form in forms:
        if name in form:
            start = match.start() - form.index(name)
            if paragraph.startswith(form, max(0, start)):
                return ""
    return forms[0]


@lru_cache(maxsize=512)
def _forms(code: str, on: date) -> tuple[str, ...]:
    """The form for a sentence, the short name, the official name, and the first without its article."""
    register = states()
    running = register.running(code, LANGUAGE, on)
    return (
        running,
        register.name(code, LANGUAGE, on),
        register.full_name(code, LANGUAGE, on),
        running.removeprefix("the "),
    )


CASE = (state_by_common_name, body_by_wrong_name)
