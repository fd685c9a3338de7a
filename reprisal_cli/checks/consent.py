"""RC3: consent and risk."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.checks.desk import Desk, text_references
from reprisal_cli.protect.disclose import levels_of, show, symbols_of, why_held
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile

_MAY_BE_TOLD = ("public-name", "public-no-name", "already-public")


@check("RC301")
def name_in_clear(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A name stands in the file only where the consent is `public-name`."""
    for index, person in enumerate(file.case.persons):
        if person.named_in_clear and person.consent.level != "public-name":
            yield Finding(
                ("persons", index, "name"),
                "a name may stand here only at the consent level public-name",
                "move it to the vault and write `name: sealed`; git keeps what was committed",
            )


@check("RC302")
def text_about_untellable(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """A text refers only to persons, actions and replies that may be told of in its edition."""
    case = file.case
    consented = {person.ref for person in case.persons if person.consent.level in _MAY_BE_TOLD}
    shown = {edition: _shown(file, edition, desk) for edition in case.text}
    for edition, field, node in text_references(file):
        if node.kind != "item" or node.target not in case.text_refs:
            continue
        if node.target.startswith("p") and node.target not in consented:
            yield Finding(
                ("text", edition, field),
                f"{{{node.target}}} may not be told of: the consent does not reach that far",
                "take the reference, and what is said of the person, out of the text",
            )
        elif node.target not in shown[edition]:
            yield Finding(
                ("text", edition, field),
                f"{{{node.target}}} may not be told of in this edition",
                "it is confidential, concerns nobody who may be told of, or lacks consent or risk decision for it",
            )


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
    """`already-public` names the documents in which the case stands, each of them in `reports`."""
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
    """`already-public` covers the text of the editions whose symbols it names, and no other text."""
    case = file.case
    if any(person.consent.level != "already-public" for person in case.persons):
        return
    for edition_id in case.text:
        edition = desk.editions.get(edition_id)
        if edition is None or not case.persons:
            continue
        symbols = symbols_of(edition, desk.editions.values())
        if not any(symbols & set(person.consent.source) for person in case.persons):
            yield Finding(
                ("text", edition_id),
                "everyone in the case is already-public in other documents, not in this edition",
                "a text elsewhere needs a consent of its own",
            )


CASE = (name_in_clear, text_about_untellable, already_public_without_source, text_not_already_public)
