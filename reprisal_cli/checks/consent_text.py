"""RC3: names and contact data where no name may stand: in titles, texts, descriptions, summaries and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reprisal_cli.checks.desk import Desk
from reprisal_cli.checks.text_passages import suspicions
from reprisal_cli.diagnostic import Route
from reprisal_cli.model.case import Case
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile


@check("RC312")
def contact_data(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """No field of a case file holds contact data.

    What it does: searches title, texts, descriptions, summaries, notes, reasons and the comments of the file for e-mail
    addresses, telephone numbers, names and pages on social networks, postal addresses, and long numbers as of
    passports. Symbols, numbers of communications, dates and ranges of paragraphs are left alone.

    Why it is bad: an address finds a person as surely as a name does, and git never forgets. Contact data belongs into
    the vault (protection of people, "Identities live in the vault").

    Example:
    ```yaml
    corroboration: {status: corroborated, by: desk-1, note: The family can be reached at somebody@example.org.}
    ```
    Use instead:
    ```yaml
    corroboration: {status: corroborated, by: desk-1, note: "The family can be reached, see the vault."}
    ```
    """
    for route, text in (*_texts(file.case), (("title",), file.case.title)):
        if kind := contact_in(text):
            yield Finding(route, f"there is {kind} here", "move it to the vault; git keeps what was committed")


@check("RC313")
def name_in_text(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """No name stands in words where the consent says that a description does.

    What it does: finds a form of address with capitalized words after it ("Mr.", "Dr." or "Sheikh" and a name), and "a
    man named …", in texts, descriptions, summaries and notes, in a case where nobody is at `public-name`, and in the
    comments of any case. Officials whose office stands next to the name, as in "the High Commissioner, Ms. …", are
    left alone.

    Why it is bad: the text would be printed, and git keeps it. Persons are referred to as `{p1}`, and one decision
    says whether that is the name or the description (protection of people, "What may be shown is a type").

    Example:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, Ms. Invented Name was reportedly arrested.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested.
    ```
    """
    if any(person.consent.level == "public-name" for person in file.case.persons):
        return
    for route, text in _texts(file.case):
        if "RC313" in suspicions(text) and name_in(text):
            yield Finding(
                route,
                "there seems to be a person's name here, and nobody in the case is at public-name",
                "write `{p1}` or the description; for an official, put the office next to the name",
            )


@check("RC314")
def name_in_title(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A title holds no name, and a description not the name that it stands for.

    What it does: finds a form of address with a name in the title, and a name that the file itself holds in clear in
    the title or in a description.

    Why it is bad: the title shows in lists, commits and logs whatever the consent, and the description is what is
    printed where no name may be, for instance after a consent is withdrawn (case format, first example).

    Example:
    ```yaml
    title: Arrest of Ms. Invented Name after a side event
    ```
    Use instead:
    ```yaml
    title: Arrest after a side event
    ```
    """
    case = file.case
    names = [person.name for person in case.persons if person.named_in_clear]
    if ("RC313" in suspicions(case.title) and name_in(case.title)) or any(name in case.title for name in names):
        hint = "say what the case is about, without a name"
        yield Finding(("title",), "there seems to be a person's name here", hint)
    for index, person in enumerate(case.persons):
        if any(name in person.described for name in names):
            yield Finding(
                ("persons", index, "described"),
                "the description holds the name that it is to stand for",
                "describe the person by role",
            )


def _texts(case: Case) -> Iterator[tuple[Route, str]]:
    """Every text of a case in free words, but the title."""
    for edition, text in case.text.items():
        if text.main is not None:
            yield ("text", edition, "main"), text.main
        if text.annex is not None:
            yield ("text", edition, "annex"), text.annex
    for index, person in enumerate(case.persons):
        yield ("persons", index, "described"), person.described
    for index, response in enumerate(case.responses):
        if response.summary is not None:
            yield ("responses", index, "summary"), response.summary
    for index, source in enumerate(case.sources):
        if source.public is not None:
            yield ("sources", index, "public"), source.public
    if case.corroboration is not None and case.corroboration.note is not None:
        yield ("corroboration", "note"), case.corroboration.note
    for index, event in enumerate(case.history):
        if event.reason is not None:
            yield ("history", index, "reason"), event.reason


# --- contact data ---------------------------------------------------------------------------------------------------

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w|\[at\] ?[\w-]+ ?(?:\.|\[dot\]) ?\w")
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z_]\w{3,}(?![\w/])")
_PROFILE = re.compile(
    r"\b(?:(?:facebook|fb|twitter|x|instagram|linkedin|tiktok|vk|weibo|snapchat|telegram|youtube|threads)\.(?:com|me|net)"
    r"|t\.me|wa\.me|ok\.ru|bsky\.app)/[\w@.+]",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"\bP\.? ?O\.? ?Box \d|\b\d{1,5}[A-Za-z]?,? (?:[A-Z][\w'’-]+ ){1,3}(?:Street|St\.|Road|Rd\.|Avenue|Ave\.|Lane|"
    r"Boulevard|Blvd)|\b\d{1,4},? (?:rue|avenue|boulevard|chemin|place) (?:de |du |des |d')?[A-Z]|"
    r"\b(?:Calle|Avenida|Carrera|Rua|Via) (?:[A-Z0-9][\w'’-]* ){1,3}(?:No\.? ?)?\d"
)
_DIGITS = re.compile(r"\d(?:[ ().-]{0,2}\d){5}")
_PHONE = re.compile(
    r"(?:\+|\b00)\d(?:[ ().-]{0,2}\d){6,14}"  # +41 22 917 00 00
    r"|(?:tel|phone|telephone|mobile|cell|whatsapp|signal|viber|fax)\b\.?:?(?: (?:number|no\.?|at|on))?:? ?"
    r"[+(]?\d(?:[ ().-]{0,2}\d){5}"
    r"|(?<![\w/.-])\(?0\d{1,4}\)?[ -]\d{2,4}[ -]\d{2,4}(?:[ -]\d{2,4})?(?![\w/-])"  # 022 917 00 00
    r"|(?<![\w/.-])\d{3}[-. ]\d{3}[-. ]\d{4}(?![\w/-])",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{1,2}[ .-]\d{1,2}[ .-]\d{4}\Z")
_LONG_NUMBER = re.compile(r"(?<![\w/.-])(?<!\w\()(?:\d{8,18}|[A-Z]{1,2}\d{7,9})(?![\w/-])")


def contact_in(text: str) -> str:
    """What contact data a text holds, in words, or nothing."""
    ways = suspicions(text)
    if "sign-at" in ways and _MAIL.search(text):
        return "an e-mail address"
    if "sign-at" in ways and _HANDLE.search(text):
        return "a name on a social network"
    if "word-of-address" in ways and _PROFILE.search(text):
        return "a page on a social network"
    if "figure" in ways and _DIGITS.search(text):
        if any(not _DAY.match(match[0]) for match in _PHONE.finditer(text)):
            return "a telephone number"
        if _LONG_NUMBER.search(text):
            return "a long number, as of a telephone or a passport,"
    return "a postal address" if "word-of-address" in ways and _POSTAL.search(text) else ""


# --- names ----------------------------------------------------------------------------------------------------------

_PART = r"(?:(?:al|el|bin|bint|ben|ibn|abu|de|del|da|dos|van|von|der)[ -])*[A-ZÀ-ÞČĐŠŽ][\w'’-]+"
_NAME = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Mme|Sra)\b\.?|Miss|Professor|Sheikha?|Imam|Ayatollah|Reverend|Maître|Madam)\s+"
    rf"(?!(?:President|Chair|Chairperson|Secretary|Minister|Ambassador|Speaker|Vice|Justice|Prosecutor)\b)"
    rf"(?:{_PART}|(?:[A-Z]\.\s?){{2,}}|[A-Z]\.\s{_PART})(?:\s{_PART})*"
    r"|\b(?:man|woman|boy|girl|person|defender|lawyer|journalist|activist|student|victim|witness|relative)s? "
    rf"(?:named|whose name is) {_PART}(?:\s{_PART})*"
)
_OFFICE = (
    r"(?:High Commissioner|Commissioner|Secretary-General|Special Rapporteur|Rapporteur|Independent Expert|President|"
    r"Vice-President|Chair|Chairperson|Ambassador|Minister|Prime Minister|Permanent Representative|Special Envoy|"
    r"Special Representative|Director|Spokesperson|King|Prince|Judge|Prosecutor|Member of Parliament)"
)
_OFFICE_BEFORE = re.compile(rf"{_OFFICE}(?: (?:for|of|on|to) [^.;,]{{0,80}})?,?\s*\Z", re.IGNORECASE)
_OFFICE_AFTER = re.compile(rf",? \(?(?:then |the |former |a |who was )*{_OFFICE}\b", re.IGNORECASE)


def name_in(text: str) -> bool:
    """Whether there is surely a name of a person who is no official."""
    return any(
        not _OFFICE_BEFORE.search(text, max(0, match.start() - 120), match.start())
        and not _OFFICE_AFTER.match(text, match.end())
        for match in _NAME.finditer(text)
    )


CASE = (contact_data, name_in_text, name_in_title)
