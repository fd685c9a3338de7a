"""RC4: communications: numbers, symbols, letters, and the States they were put to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reprisal_cli.checks.days import earliest, latest
from reprisal_cli.checks.desk import Desk, text_references
from reprisal_cli.checks.hearing import NOTE_VERBALE
from reprisal_cli.diagnostic import Applicability, Edit, Fix, Location, Related, Route, Severity
from reprisal_cli.model.action import UnAction
from reprisal_cli.model.case import Case
from reprisal_cli.model.values import USER_STATES
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.states import states
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile

_NUMBER = re.compile(r"([A-Z]{3}) ([1-9]\d{0,2})/((?:19|20)\d\d)\Z", re.ASCII)
_LOOSE = re.compile(r"\s*([A-Za-z]{3})[\s-]*0*([1-9]\d{0,2})\s*/\s*((?:19|20)\d\d)\s*\Z", re.ASCII)


@check("RC401")
def malformed_number(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The number of a communication is the State's code, a serial and the year.

    What it does: looks at `number` of communications, and of every action whose number begins like one.
    Why it is bad: the number is printed and leads readers to the communication in the public database; a wrong one
    leads nowhere (report: footnotes give "EGY 4/2020").

    Example:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: xxa 01/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    Use instead:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    """
    for index, action in enumerate(file.case.un_actions):
        number = action.number
        if number is None or _NUMBER.match(number) is not None or number.startswith(NOTE_VERBALE):
            continue
        loose = _LOOSE.match(number)
        if loose is not None or (action.kind == "communication" and not _symbol_like(number)):
            meant = f"{loose[1].upper()} {loose[2]}/{loose[3]}" if loose else ""
            route: Route = ("un_actions", index, "number")
            fix = Fix("write it in its form", Applicability.SAFE, (Edit(route, meant),)) if meant else None
            hint = f"write {meant}" if meant else "write the State's code, a space, serial/year: EGY 4/2020"
            yield Finding(route, "this is not the number of a communication", hint, fix=fix)


@check("RC402")
def number_of_another_state(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The number of a communication begins with a State that the case concerns and that it was put to.

    What it does: compares the code in `number` with `to`; where that is unknown, with `state` and `also_states`.
    Why it is bad: the case cites a letter about another State, or the letter is missing from the State's section
    (operative paragraph 14).

    Example:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: FRA 1/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    Use instead:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    """
    case = file.case
    for index, action in enumerate(case.un_actions):
        number = action.number
        if number is not None and _NUMBER.match(number) is not None and not _concerns(number[:3], case, action):
            yield Finding(("un_actions", index, "number"), *_wrong_code(number[:3], case))


def _concerns(code: str, case: Case, action: UnAction) -> bool:
    return code in (action.to or case.states)


def _wrong_code(code: str, case: Case) -> tuple[str, str]:
    if code not in states().codes and code not in USER_STATES:
        return f"{code} is the code of no State", "begin with the State's code"
    if code in case.states:
        return f"the number is of a letter to {code}, to which this was not put", "correct the number, or `to`"
    return f"the case does not concern {code}", "correct the number, or add the State to `also_states`"


@check("RC403", Severity.WARNING)
def number_of_another_year(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The year in the number of a communication is that of its date.

    What it does: compares the two, where the action is dated.
    Why it is bad: one of them is wrong, and readers look for the communication by both.

    Example:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2024, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    Use instead:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    """
    for index, action in enumerate(file.case.un_actions):
        match = _NUMBER.match(action.number) if action.number is not None and action.date else None
        if match is not None and not earliest(action.date).year <= int(match[3]) <= latest(action.date).year:
            yield Finding(
                ("un_actions", index, "number"),
                f"the number is of {match[3]}, the date is not",
                "correct one of the two",
                related=(_at(file, ("un_actions", index, "date"), "the date"),),
            )


@check("RC404")
def number_twice(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A case names each communication, document and paragraph once.

    What it does: looks for two actions with one `number`. A note verbale put to several States in several entries is
    left alone.
    Why it is bad: the action is printed twice, and counted twice in the annex of its mechanism.

    Example:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, kind: communication, number: XXA 1/2025, date: 2025-06-10, to: [XXA, XXB]}
    ```
    Use instead:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, kind: communication, number: XXA 2/2025, date: 2025-06-10, to: [XXA, XXB]}
    ```
    """
    actions = file.case.un_actions
    if len(actions) < 2:
        return
    seen: dict[str, int] = {}
    for index, action in enumerate(actions):
        if action.number is None:
            continue
        first = seen.setdefault(action.number, index)
        if first == index:
            continue
        if action.number.startswith(NOTE_VERBALE) and set(action.to).isdisjoint(actions[first].to):
            continue
        yield Finding(
            ("un_actions", index, "number"),
            f"{actions[first].ref} has this number already",
            "correct it, or make the two entries one",
            related=(_at(file, ("un_actions", first, "number"), "the same number"),),
        )


@check("RC405")
def note_verbale_of_no_edition(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """The number of a note verbale names an edition of the workspace.

    What it does: looks up what follows `note-verbale:` in `number`, and looks for such a number in other actions.
    Why it is bad: until when the State could reply is set in the edition; without it a silence is never noticed
    (operative paragraph 14; case format: "the edition's date for its note verbale").

    Example:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-06", date: 2025-06-10, to: [XXA, XXB]}
    ```
    Use instead:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    """
    for index, action in enumerate(file.case.un_actions):
        if action.number is None or not action.number.startswith(NOTE_VERBALE):
            continue
        route = ("un_actions", index, "number")
        edition = action.number.removeprefix(NOTE_VERBALE)
        if edition not in desk.editions and edition not in desk.unread:
            hint = f"the editions here are: {', '.join(desk.editions) or 'none'}"
            yield Finding(route, "this is the note verbale of no edition here", hint)
        elif action.kind not in (None, "note-verbale"):
            message = f"the number is that of a note verbale, the kind is {action.kind}"
            fix = Fix("set the kind", Applicability.UNSAFE, (Edit(("un_actions", index, "kind"), "note-verbale"),))
            yield Finding(route, message, "set the kind to note-verbale, or correct the number", fix=fix)


@check("RC406", Severity.WARNING)
def note_verbale_of_another_day(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """An edition's note verbale has one date.

    What it does: compares the date of the action with `note_verbale.date` of the edition that its number names.
    Why it is bad: the report says when the States were asked; one of the two dates is wrong (operative paragraph 14).

    Example:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-01, to: [XXA, XXB]}
    ```
    Use instead:
    ```yaml
    un_actions:
      - {ref: u1, kind: communication, number: XXA 1/2025, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    """
    for index, action in enumerate(file.case.un_actions):
        if action.number is None or not action.date or not action.number.startswith(NOTE_VERBALE):
            continue
        edition = desk.editions.get(action.number.removeprefix(NOTE_VERBALE))
        sent = edition.note_verbale.date if edition is not None and edition.note_verbale is not None else None
        if sent is not None and not earliest(action.date) <= sent <= latest(action.date):
            message = f"the note verbale of {action.number.removeprefix(NOTE_VERBALE)} is of {sent}"
            yield Finding(("un_actions", index, "date"), message, "correct the date here or in edition.yaml")


@check("RC407")
def letter_of_another_kind(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """Only a communication is a letter of a type (AL, UA, OL, JAL, JUA).

    What it does: looks for `letter` in actions of another kind, or of none.
    Why it is bad: the tables of communications leave it out, and no reply is waited for (case format: reply_due, "60
    days after a communication").

    Example:
    ```yaml
    un_actions:
      - {ref: u1, by: [sr-defenders], kind: press-release, letter: UA, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    Use instead:
    ```yaml
    un_actions:
      - {ref: u1, by: [sr-defenders], kind: communication, letter: UA, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    """
    for index, action in enumerate(file.case.un_actions):
        if action.letter is not None and action.kind != "communication":
            route: Route = ("un_actions", index, "kind")
            fix = Fix("set the kind", Applicability.UNSAFE, (Edit(route, "communication"),)) if action.kind else None
            message = f"{action.letter} is a type of communication, but the kind is {action.kind or 'not given'}"
            hint = "set the kind to communication, or take `letter` out"
            yield Finding(("un_actions", index, "letter"), message, hint, fix=fix)


@check("RC408", Severity.WARNING)
def joint_letter_of_one(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A joint letter is by several mandates, and a letter by several is joint.

    What it does: compares `letter` with the number of bodies in `by`. A body that stands for several
    (`special-procedures`) is left alone.
    Why it is bad: a mandate is missing from the annex of mechanisms, or the type is wrong (model, UN action: AL, UA,
    JAL, JUA).

    Example:
    ```yaml
    un_actions:
      - {ref: u1, by: [sr-defenders], kind: communication, letter: JUA, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    Use instead:
    ```yaml
    un_actions:
      - {ref: u1, by: [sr-defenders, wgad], kind: communication, letter: JUA, date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    """
    for index, action in enumerate(file.case.un_actions):
        letter, by = action.letter, action.by
        if letter is None or not by:
            continue
        if letter in ("JAL", "JUA") and len(by) == 1 and bodies().kind(by[0]) != "unspecified":
            message = f"{letter} is a joint letter, but it is by one body"
            yield Finding(("un_actions", index, "letter"), message, f"name the others in `by`, or write {letter[1:]}")
        elif letter in ("AL", "UA") and len(by) > 1:
            message = f"{letter} is by one mandate, but several bodies are named"
            yield Finding(("un_actions", index, "letter"), message, f"write J{letter}, or name in `by` who signed")


# --- symbols --------------------------------------------------------------------------------------------------------

_SERIES = (
    r"A|S|E|ST|T|CCPR|CAT|CEDAW|CERD|CRC|CMW|CRPD|CED|CESCR|HRI|CAC|CTOC|UNEP|FCCC|DP|TD|ICCD|HSP|BWC|CCW|SAICM|EP|IDB"
)
_LIKE = re.compile(rf"(?:{_SERIES})[/\\_-][A-Za-z0-9]", re.ASCII | re.IGNORECASE)
_REF = re.compile(r"\{ref ([^{}]+)\}")
_PART = r"[A-Za-z0-9][A-Za-z0-9.()\[\]*-]*"
_SYMBOL = re.compile(rf"(?:{_SERIES})(?:/{_PART})+(?: \((?:1[89]|20)\d\d\))?\Z", re.ASCII)
_SHORT = re.compile(r"A/HRC[^/]|A/HRC/[^/]+\Z|A/\d{2,}\Z|(?:S|E|A/HRC)/RES\Z|[A-Z]+\Z", re.ASCII)
_NUMBERS = r"\d+[a-z]?(?: ?(?:-|–|and|,|to) ?\d+[a-z]?)*(?: \([a-z]+\))?"
_PLACE = re.compile(
    rf"(?:annex(?:es)?(?: [IVX]+)?|appendix(?: [IVX]+)?|(?:chap|sect|part|p|pp|fn|footnote|note|table|box)\.?\s.+"
    rf"|para\. \d+[a-z]?(?: \([a-z]+\))?|paras\. {_NUMBERS})(?:,? .*)?\Z"
)


def _symbol_like(words: str) -> bool:
    return _LIKE.match(words) is not None


@lru_cache(maxsize=1024)  # the same documents are cited in many cases
def _well_formed(words: str) -> bool:
    """Whether a symbol, with or without a place in the document, has a form that the Organization uses."""
    symbol, comma, place = words.partition(", ")
    sound = _SYMBOL.match(symbol) is not None and _SHORT.match(symbol) is None
    return sound and (not comma or _PLACE.match(place) is not None)


@check("RC409")
def malformed_symbol(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A place in a report has the symbol of a document, and nothing but the symbol.

    What it does: looks at `symbol` of each entry of `reports`.
    Why it is bad: the symbol is printed and linked; `already-public` rests on it; a wrong one leads nowhere (case
    format: `symbol`, with `part` and `paras` for the place).

    Example:
    ```yaml
    reports:
      - {edition: hrc-45, symbol: A/HRC-45/36, part: annex I}
    ```
    Use instead:
    ```yaml
    reports:
      - {edition: hrc-45, symbol: A/HRC/45/36, part: annex I}
    ```
    """
    for index, entry in enumerate(file.case.reports):
        if ", " in entry.symbol or not _well_formed(entry.symbol):
            hint = "write it as A/HRC/45/36; the place goes into `part` and `paras`"
            yield Finding(("reports", index, "symbol"), "this is not the symbol of a document", hint)


@check("RC410", Severity.WARNING)
def doubtful_symbol(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """What looks like the symbol of a document has the form of one.

    What it does: looks at numbers of actions, at public sources, at findings of bodies, and at `{ref …}` in texts that
    begin like a symbol: its parts, and the place after it (", para. 12", ", paras. 3-5", ", annex I, para. 4").
    Why it is bad: it is printed as it stands, and readers look for the document by it.

    Example:
    ```yaml
    un_actions:
      - {ref: u1, kind: report-paragraph, number: "A/HRC/58/999 para 12", date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    Use instead:
    ```yaml
    un_actions:
      - {ref: u1, kind: report-paragraph, number: "A/HRC/58/999, para. 12", date: 2025-03-01, to: [XXA]}
      - {ref: u2, by: [ohchr], kind: note-verbale, number: "note-verbale:hrc-60", date: 2025-06-10, to: [XXA, XXB]}
    ```
    """
    for route, words in _citations(file):
        if _symbol_like(words) and not _well_formed(words):
            hint = "write it as A/HRC/45/36, para. 12; or A/HRC/45/36, annex I, paras. 3-5"
            yield Finding(route, "this looks like a symbol, but has not the form of one", hint)


def _citations(file: CaseFile) -> Iterator[tuple[Route, str]]:
    case = file.case
    for index, action in enumerate(case.un_actions):
        if action.number is not None and _NUMBER.match(action.number) is None:
            yield ("un_actions", index, "number"), action.number
    for index, source in enumerate(case.sources):
        if source.public is not None:
            yield ("sources", index, "public"), source.public
    for index, act in enumerate(case.acts):
        if act.with_ is not None and act.with_.reference is not None:
            yield ("acts", index, "with", "reference"), act.with_.reference
    cited = (words for text in case.text.values() for words in _REF.findall(f"{text.main} {text.annex}"))
    if all(_well_formed(words) for words in cited):
        return  # whatever of it is a reference, and not literal, is sound
    for edition, field, node in text_references(file):
        if node.kind == "ref":
            yield ("text", edition, field), f"{node.target}, {node.place}" if node.place else node.target


def _at(file: CaseFile, route: Route, message: str) -> Related:
    return Related(Location(file.path, route), message)


CASE = (
    malformed_number,
    number_of_another_state,
    number_of_another_year,
    number_twice,
    note_verbale_of_no_edition,
    note_verbale_of_another_day,
    letter_of_another_kind,
    joint_letter_of_one,
    malformed_symbol,
    doubtful_symbol,
)
