"""The record inside a case's sealed file: read strictly, compared with the case, taken apart into names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reprisal_cli.diagnostic import Diagnostic, Location, Route, Span
from reprisal_cli.model.case import Case
from reprisal_cli.model.vault import SealedCase, SealedPerson
from reprisal_cli.parse import locate
from reprisal_cli.protect.disclose import Names
from reprisal_cli.protect.vault import Keys
from reprisal_cli.protect.vault_files import Vault, case_path, open_file, read_sealed
from reprisal_cli.rule import error
from reprisal_cli.store.corpus import CaseFile, Corpus
from reprisal_cli.store.workspace import load_record

NO_FILE = error("RC801", "sealed-without-entry")
NO_ENTRY = error("RC809", "vault-entry-missing")
STRANGER = error("RC810", "vault-entry-unknown")
OTHER_CASE = error("RC811", "vault-of-another-case")

_NOT_LATIN = frozenset({"ar", "ru", "zh"})


def sealed_refs(case: Case) -> dict[str, Route]:
    """The persons and sources that a case says are in the vault, with the place where it says so."""
    persons = {one.ref: ("persons", index, "name") for index, one in enumerate(case.persons) if one.name == "sealed"}
    sources = {
        one.ref: ("sources", index, "identity") for index, one in enumerate(case.sources) if one.identity == "sealed"
    }
    return {**persons, **sources}


def read_record(raw: bytes, path: str, case: Case) -> tuple[SealedCase | None, list[Diagnostic]]:
    """The text of a sealed file as a record, with what is wrong in it. Findings hold places only: their routes, which
    can be what somebody typed, are made into lines and columns here."""
    record, found = load_record(raw, path, SealedCase)
    if record is not None:
        found += _strangers(record, case, path)
    return record, [_placed(raw, one) for one in found]


def _strangers(record: SealedCase, case: Case, path: str) -> Iterator[Diagnostic]:
    if record.case != case.id:
        yield OTHER_CASE.at(Location(path, ("case",)), "this is the record of another case", "leave the id as it was")
    known = sealed_refs(case)
    for section, refs in (("persons", record.persons), ("sources", record.sources)):
        for ref in refs:
            if ref not in known:
                place = Location(path, (section, ref), at="key")
                yield STRANGER.at(place, "the case has no such reference that says `sealed`", "write it there first")


def _placed(raw: bytes, one: Diagnostic) -> Diagnostic:
    where = one.location
    if where.route is None:
        return one._replace(fix=None, related=())
    span = locate(raw, {(where.route, where.at)}).get((where.route, where.at), Span())
    return one._replace(location=Location(where.path, None, where.span or span), fix=None, related=())


def open_record(vault: Vault, file: CaseFile, keys: Keys) -> tuple[SealedCase | None, list[Diagnostic]]:
    """The record of a case, with each sealed reference that it lacks."""
    case = file.case
    path = case_path(case.id)
    if read_sealed(vault, path) is None:
        return None, list(no_file(file))
    record, found = read_record(open_file(vault, path, keys), vault.show(path), case)
    if record is None:
        return None, found
    inside = {*record.persons, *record.sources}
    lacking = ((ref, route) for ref, route in sealed_refs(case).items() if ref not in inside)
    found += [_no_entry(file, route) for _, route in lacking]
    return record, found


def no_file(file: CaseFile) -> Iterator[Diagnostic]:
    """A finding for each reference of a case whose sealed file is not there."""
    hint = f"`reprisal vault edit {file.case.id}` seals it"
    for route in sealed_refs(file.case).values():
        yield NO_FILE.at(Location(file.path, route), "the vault has no file of this case", hint)


def _no_entry(file: CaseFile, route: Route) -> Diagnostic:
    hint = f"`reprisal vault edit {file.case.id}` adds it"
    return NO_ENTRY.at(Location(file.path, route), "the sealed file of this case has no entry for this", hint)


# --- names for a document -------------------------------------------------------------------------------------------


def names_for(vault: Vault, corpus: Corpus, keys: Keys, language: str) -> tuple[Names, list[Diagnostic]]:
    """The sealed names that their owners agreed to have printed; no other sealed file is opened. `disclose` decides
    which of them a document prints."""
    names: dict[tuple[str, str], str] = {}
    found: list[Diagnostic] = []
    for file in corpus.files:
        refs = list(_nameable(file.case))
        if refs:
            record, wrong = open_record(vault, file, keys)
            found += wrong
            persons = record.persons if record is not None else {}
            names |= {(file.case.id, ref): _printed(persons[ref], language) for ref in refs if ref in persons}
    return names, found


def _nameable(case: Case) -> Iterable[str]:
    return (one.ref for one in case.persons if one.name == "sealed" and one.consent.level == "public-name")


def _printed(person: SealedPerson, language: str) -> str:
    return person.name if language in _NOT_LATIN or person.latin is None else person.latin
