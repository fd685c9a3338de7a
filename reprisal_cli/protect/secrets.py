"""What may be in no document: what the vault holds, and what case files keep for the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import field
from msgspec.structs import replace

from reprisal_cli.diagnostic import Diagnostic, Location
from reprisal_cli.model.case import Case
from reprisal_cli.model.vault import SealedCase
from reprisal_cli.protect.hidden import Hidden
from reprisal_cli.protect.vault import Keys
from reprisal_cli.protect.vault_files import Vault, open_file, place_of, sealed_paths
from reprisal_cli.protect.vault_record import open_record, sealed_refs
from reprisal_cli.register.states import states
from reprisal_cli.store.corpus import Corpus
from reprisal_cli.store.workspace import load_record


class Identity(Hidden, frozen=True):
    """One person or source: every way to write the name, and how it can be reached. `printed` says that the document
    may print the name in the texts of its own case (`consent.level: public-name`)."""

    case: str
    ref: str
    names: tuple[str, ...]
    contact: tuple[str, ...] = ()
    printed: bool = False


class Desk(Hidden, frozen=True):
    """What a case file holds for the desk alone: its title, notes and reasons, names of those who work on it, and
    confidential actions (their numbers, the words of the replies to them)."""

    case: str
    title: str
    notes: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    confidential: tuple[str, ...] = ()


class Secrets(Hidden, frozen=True):
    """All that is searched for. `keyed` says that the vault was opened, so that a document can be called checked.
    `places` are names of the States of a case, which make initials a name. `own` is the text of each case with printed
    names, in which these may stand; so may they in `rows`, the lines of tables. None of it is shown in a message or a
    traceback."""

    identities: tuple[Identity, ...] = ()
    desks: tuple[Desk, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    keyed: bool = False
    rows: str = ""


# --- from the case files --------------------------------------------------------------------------------------------


def secrets_of(corpus: Corpus) -> Secrets:
    """What the case files alone tell: the search without a key."""
    told = {action.number for case in corpus.cases for action in case.un_actions if not action.confidential}
    desks = tuple(_desk(case, told) for case in corpus.cases)
    clear = tuple(
        Identity(case.id, person.ref, (person.name,))
        for case in corpus.cases
        for person in case.persons
        if person.named_in_clear
    )
    own_names = corpus.workspace.settings.states
    places = {case.id: tuple(_state(code, own_names) for code in case.states) for case in corpus.cases}
    return Secrets(clear, desks, places)


def _desk(case: Case, told: set[str | None]) -> Desk:
    note = case.corroboration.note if case.corroboration else None
    reasons = [event.reason for event in case.history if event.reason]
    hidden = {action.ref for action in case.un_actions if action.confidential}
    numbers = [one.number for one in case.un_actions if one.confidential and one.number and one.number not in told]
    replies = [reply.summary for reply in case.responses if reply.to in hidden and reply.summary]
    return Desk(
        case.id,
        case.title,
        (*([note] if note else []), *reasons),
        tuple(dict.fromkeys(_staff(case))),
        (*numbers, *replies),
    )


def _staff(case: Case) -> Iterator[str]:
    if case.assignee:
        yield case.assignee
    if case.corroboration and case.corroboration.by:
        yield case.corroboration.by
    if case.risk:
        yield case.risk.by
    yield from (event.by for event in case.history)
    yield from (signoff.by for signoff in case.signoffs)


def _state(code: str, own: Mapping[str, str]) -> str:
    known = states()
    return own.get(code) or (known.name(code, "en") if code in known else code)


# --- from the vault -------------------------------------------------------------------------------------------------


def open_secrets(corpus: Corpus, vault: Vault, keys: Keys) -> tuple[Secrets, list[Diagnostic]]:
    """The same with all that the vault holds. What does not open, or is not there, is found: a search that lacks a name
    would call a document clean that it does not know to be clean."""
    identities: list[Identity] = []
    found: list[Diagnostic] = []
    opened: set[str] = set()
    for file in corpus.files:
        if sealed_refs(file.case):
            record, wrong = open_record(vault, file, keys)
            found += wrong
            opened.add(file.case.id)
            identities += _identities(record) if record else []
    for path in sealed_paths(vault):
        case_id, document = place_of(path) or ("", "")
        if case_id not in opened and not document:  # nobody refers to it any more; it holds names all the same
            orphan, wrong = load_record(open_file(vault, path, keys), vault.show(path), SealedCase)
            found += [one._replace(location=Location(one.location.path, at=one.location.at)) for one in wrong]
            identities += _identities(orphan) if orphan else []
    base = secrets_of(corpus)
    return replace(base, identities=(*base.identities, *identities), keyed=True), found


def _identities(record: SealedCase) -> Iterator[Identity]:
    for ref, person in record.persons.items():
        names = (person.name, *([person.latin] if person.latin else []), *person.spellings)
        yield Identity(record.case, ref, names, person.contact)
    for ref, source in record.sources.items():
        yield Identity(record.case, ref, (source.identity, *source.spellings), source.contact)


def printing(secrets: Secrets, shown: Mapping[str, Mapping[str, str]]) -> Secrets:
    """The same for one document: `shown` is what stands for each person, by case and reference. A name may be printed
    if it is what stands for its person."""
    marked = tuple(
        replace(one, printed=True) if shown.get(one.case, {}).get(one.ref) in one.names else one
        for one in secrets.identities
    )
    return replace(secrets, identities=marked)
