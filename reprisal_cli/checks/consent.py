"""RC3: consent. What it covers, and what is told of those who gave it. How it was given and until when is in
`consent_given.py`, names and contact data in `consent_text.py`, the risk decision in `risk.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reprisal_cli.checks.desk import Desk, text_references
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.membership import in_edition
from reprisal_cli.model.person import Person
from reprisal_cli.protect.disclose import NEVER_TOLD, levels_of, show, symbols_of, why_held
from reprisal_cli.protect.public import Level
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile

MAY_BE_TOLD = frozenset({"public-name", "public-no-name", "already-public"})
"""Levels of consent at which something of a person may be told."""
NO_TEXT = frozenset({"statistics-only", "do-not-publish"})
"""Decisions on the risk at which nothing is told of anybody."""
_ON_THE_WAY = frozenset({"cleared", "transmitted", "answered", "unanswered", "drafted", "approved"})


def on_the_way(case: Case) -> bool:
    """Whether something of the case is still to be published: cleared up to approved, or with text for an edition in
    which it has not been printed yet."""
    if case.status in _ON_THE_WAY:
        return True
    printed = {entry.edition for entry in case.reports}
    return case.status in ("published", "follow-up") and not printed.issuperset(case.text)


def wholly_public(case: Case) -> bool:
    """Whether everything about everyone in the case comes from published documents."""
    return bool(case.persons) and all(person.consent.level == "already-public" for person in case.persons)


@check("RC301")
def name_in_clear(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A name stands in a case file only where the consent is `public-name`.

    What it does: looks at `name` of each person: it is one of the words `sealed`, `withheld`, `not-carried`,
    `not-stated`, or, at the level `public-name` alone, the name itself.

    Why it is bad: git never forgets, and everyone who can read the repository can read the name (resolution 12/2,
    preamble: do no harm). A name that was committed has to be treated as disclosed.

    Example:
    ```yaml
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: Invented Name
        consent:
          level: public-no-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    ```
    Use instead:
    ```yaml
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: sealed
        consent:
          level: public-no-name
          uses: [report, state]
          given_by: victim
          date: 2025-02-01
          risks_explained: yes
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    ```
    """
    for index, person in enumerate(file.case.persons):
        if person.named_in_clear and person.consent.level != "public-name":
            yield Finding(
                ("persons", index, "name"),
                "a name may stand here only at the consent level public-name",
                "move it to the vault and write `name: sealed`; git keeps what was committed",
            )


@check("RC302")
def text_about_untellable(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A text refers only to persons, actions and replies that may be told of in its edition.

    What it does: follows each reference such as `{p2}` or `{u1}` of a text, and asks whether consent, risk decision and
    confidentiality let what it points to be told in that edition.

    Why it is bad: the text would tell of somebody who has not agreed to it. A person below `public-no-name` is in no
    text (case format, "Consent decides what is shown"; resolution 12/2, preamble: do no harm).

    Example:
    ```yaml
    text:
      hrc-60:
        annex: |
          On 29 January 2025, {p2} was reportedly threatened.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: |
          On 28 January 2025, {p1} was reportedly arrested.
    ```
    """
    case = file.case
    if _surely_told(file, desk):
        return
    found = [one for one in text_references(file) if one[2].kind == "item" and one[2].target in case.text_refs]
    consented = {person.ref for person in case.persons if person.consent.level in MAY_BE_TOLD}
    shown = {edition: _shown(file, edition, desk) for edition in {edition for edition, _, _ in found}}
    capped = case.risk is not None and case.risk.decision in NO_TEXT and case.status not in NEVER_TOLD
    printed = {entry.edition for entry in case.reports}
    for edition, field, node in found:
        if node.target.startswith("p") and node.target not in consented:
            yield Finding(
                ("text", edition, field),
                f"{{{node.target}}} may not be told of: the consent does not reach that far",
                "take the reference, and what is said of the person, out of the text",
            )
        elif capped and node.target.startswith("p") and edition not in printed:
            yield Finding(
                ("text", edition, field),
                f"{{{node.target}}} may not be told of: the decision on the risk allows no text",
                "take the text out, or weigh the risk anew",
            )
        elif node.target not in shown[edition]:
            yield Finding(
                ("text", edition, field),
                f"{{{node.target}}} may not be told of in this edition",
                "it is confidential, concerns nobody who may be told of, or lacks consent or risk decision for it",
            )


_ITEM_REFERENCE = re.compile(r"\{([pur][0-9]{1,4})\}", re.ASCII)


def _surely_told(file: CaseFile, desk: Desk) -> bool:
    """A quick look that needs no parsing: everything that might be a reference points to what is surely told."""
    case = file.case
    for edition_id, text in case.text.items():
        refs = set(_ITEM_REFERENCE.findall(f"{text.main or ''}{text.annex or ''}"))
        if not refs:
            continue
        edition = desk.editions.get(edition_id)
        if edition is None:
            return False
        levels = levels_of(case, symbols_of(edition, desk.editions.values()))
        told = {ref for ref, level in levels.items() if level >= Level.DESCRIBED}
        told |= {item.ref for item in case.un_actions if not item.confidential and told.intersection(item.persons)}
        if told and all(not action.persons and not action.confidential for action in case.un_actions):
            told |= {action.ref for action in case.un_actions}
            told |= {response.ref for response in case.responses if not response.persons}
        if not refs <= told:
            return False
    return True


def _shown(file: CaseFile, edition_id: str, desk: Desk) -> frozenset[str]:
    """The refs of what may be told in an edition; all, where the edition is not known or the case is held back."""
    case, edition = file.case, desk.editions.get(edition_id)
    if edition is None:
        return case.text_refs
    levels = levels_of(case, symbols_of(edition, desk.editions.values()))
    if why_held(case, levels):
        return case.text_refs
    return show(file, levels).text_refs


@check("RC303")
def already_public_without_source(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """`already-public` names the documents in which the case stands, each of them in `reports`.

    What it does: asks for `source` at the level `already-public`, and for an entry of `reports` with each symbol in it.

    Why it is bad: the level stands in place of a consent. Without the place of publication nobody can see that the
    matter is public at all (case format, "Consent decides what is shown").

    Example:
    ```yaml
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: not-carried
        consent: {level: already-public, source: A/HRC/57/999}
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    ```
    Use instead:
    ```yaml
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: not-carried
        consent: {level: already-public, source: A/HRC/60/999}
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: internal-only}
    ```
    """
    symbols = {entry.symbol for entry in file.case.reports}
    for index, person in enumerate(file.case.persons):
        if person.consent.level != "already-public":
            continue
        if not person.consent.source:
            yield Finding(("persons", index, "consent"), "`source` is missing", "add the symbol of the document")
        for source in person.consent.source:
            if source not in symbols:
                yield Finding(
                    ("persons", index, "consent", "source"), "`reports` has no entry with this symbol", "add the entry"
                )


@check("RC304")
def text_not_already_public(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """`already-public` covers the text of the editions whose symbols it names, and no other text.

    What it does: finds a text for an edition that is in nobody's `source`, in a case where all are `already-public`;
    and one that refers to somebody whose `source` has not this edition, where the case is held back for that. In a
    case that is drafted or approved, also an edition that takes it in for a new act or development.

    Why it is bad: words that were public in one document are no agreement to new words in another (case format,
    "Consent decides what is shown": a new act or text elsewhere needs a consent).

    Example:
    ```yaml
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: not-carried
        consent: {level: already-public, source: A/HRC/60/999}
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: already-public, source: A/HRC/60/999}
    text:
      hrc-63:
        annex: On 10 January 2026, {p1} was reportedly released.
    ```
    Use instead:
    ```yaml
    persons:
      - ref: p1
        kind: individual
        gender: female
        limb: a
        described: a woman human rights defender
        name: not-carried
        consent: {level: already-public, source: A/HRC/60/999}
      - ref: p2
        kind: individual
        gender: male
        limb: a
        described: a witness
        name: sealed
        consent: {level: already-public, source: A/HRC/60/999}
    text:
      hrc-60:
        annex: On 28 January 2025, {p1} was reportedly arrested.
    ```
    """
    case = file.case
    public = {person.ref: set(person.consent.source) for person in case.persons if _is_public(person)}
    if not public:
        return
    for edition_id, text in case.text.items():
        edition = desk.editions.get(edition_id)
        if edition is None:
            continue
        symbols = symbols_of(edition, desk.editions.values())
        if len(public) < len(case.persons):
            refs = _ITEM_REFERENCE.findall(f"{text.main or ''}{text.annex or ''}")
            uncovered = [ref for ref in dict.fromkeys(refs) if ref in public and not symbols & public[ref]]
            if uncovered and why_held(case, levels_of(case, symbols)):
                yield Finding(
                    ("text", edition_id),
                    f"{uncovered[0]} is already-public in other documents, not in this edition",
                    "a text elsewhere needs a consent of its own",
                )
        elif not any(symbols & set(person.consent.source) for person in case.persons):
            yield Finding(
                ("text", edition_id),
                "everyone in the case is already-public in other documents, not in this edition",
                "a text elsewhere needs a consent of its own",
            )

    if case.status in ("drafted", "approved") and wholly_public(case):
        for edition in desk.editions.values():
            if edition.id not in case.text and in_edition(case, edition) and not _covered(case, edition, desk):
                message = f"{edition.id} takes the case in for what is new, and everyone is public by other documents"
                yield Finding(("status",), message, "a new act needs a consent of its own: ask for it")


def _covered(case: Case, edition: Edition, desk: Desk) -> bool:
    symbols = symbols_of(edition, desk.editions.values())
    return any(symbols & set(person.consent.source) for person in case.persons)


def _is_public(person: Person) -> bool:
    return person.consent.level == "already-public"


CASE = (
    name_in_clear,
    text_about_untellable,
    already_public_without_source,
    text_not_already_public,
)
