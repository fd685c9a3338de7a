"""`reprisal vault check`: what can be known of a vault without a key, and a little more with one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reprisal_cli.diagnostic import Diagnostic, Location, ReprisalError, Severity, Span
from reprisal_cli.protect.armor import Stanza, stanzas
from reprisal_cli.protect.recipients import FRAME, RECIPIENTS, is_comment, is_pending, lines_of
from reprisal_cli.protect.vault import FEWEST, Keys, Recipient, parse_recipient
from reprisal_cli.protect.vault_files import (
    Vault,
    case_path,
    document_path,
    everything,
    open_file,
    place_of,
    read_sealed,
)
from reprisal_cli.protect.vault_record import NO_ENTRY, NO_FILE, OTHER_CASE, STRANGER, no_file, open_record, sealed_refs
from reprisal_cli.rule import Rule, error
from reprisal_cli.store.corpus import CaseFile, Corpus
from reprisal_cli.store.read import walk

NO_DOCUMENT = error("RC802", "document-not-in-vault")
FEW = error("RC803", "too-few-recipients")
NO_RECIPIENT = error("RC804", "not-a-recipient")
BROKEN = error("RC805", "not-a-whole-age-file")
OTHERS = error("RC806", "sealed-to-others")
UNKNOWN = error("RC807", "unknown-file-in-vault")
PENDING = error("RC808", "rekey-pending")
CLOSED = error("RC812", "does-not-open")
UNNAMED = Rule("RC813", "document-in-no-reply", Severity.NOTE)
RULES = (
    NO_FILE, NO_DOCUMENT, FEW, NO_RECIPIENT, BROKEN, OTHERS, UNKNOWN, PENDING, NO_ENTRY, STRANGER, OTHER_CASE, CLOSED,
    UNNAMED,
)  # fmt: skip


def check_vault(vault: Vault, corpus: Corpus, keys: Keys | None = None) -> list[Diagnostic]:
    """Everything that is wrong between the cases and the vault. With keys, each file is opened too, and seen to be the
    one that belongs in its place."""
    paths = everything(vault)
    found = [*_promised(vault, corpus.files, frozenset(paths))]
    recipients, wrong = _recipients(vault, paths, any(sealed_refs(file.case) for file in corpus.files))
    found += [*wrong, *_files(vault, paths, _known_cases(corpus), recipients), *_unnamed(vault, paths, corpus)]
    if keys is not None:
        found += _opened(vault, corpus, paths, keys)
    return found


def _promised(vault: Vault, files: Sequence[CaseFile], paths: frozenset[str]) -> Iterator[Diagnostic]:
    """Each `sealed`, and each document of a reply, whose file is not there."""
    for file in files:
        case = file.case
        if sealed_refs(case) and case_path(case.id) not in paths:
            yield from no_file(file)
        for index, response in enumerate(case.responses):
            if response.document and document_path(case.id, response.document) not in paths:
                place = Location(file.path, ("responses", index, "document"))
                hint = f"`reprisal vault put {case.id} FILE` seals it as it was received"
                yield NO_DOCUMENT.at(place, "the vault has no such document of this case", hint)


def _unnamed(vault: Vault, paths: Sequence[str], corpus: Corpus) -> Iterator[Diagnostic]:
    """Each document of a case that none of its replies names."""
    for path in paths:
        case_id, name = place_of(path) or ("", "")
        file = corpus.by_id.get(case_id)
        if name and file is not None and name not in {response.document for response in file.case.responses}:
            hint = f"is it one? `reprisal case set {case_id} responses.rN.document={name}`; if it is there by mistake, "
            hint += "take the file out; evidence and the like may stay"
            yield UNNAMED.at(Location(vault.show(path)), f"no reply in {case_id} names this document", hint)


# --- recipients -----------------------------------------------------------------------------------------------------


def _recipients(vault: Vault, paths: Sequence[str], wanted: bool) -> tuple[list[Recipient] | None, list[Diagnostic]]:
    """Who can open the vault, or None if that cannot be told. `wanted` says that something is, or should be, sealed."""
    shown = vault.show(RECIPIENTS)
    wanted = wanted or any(path.endswith(".age") for path in paths)
    hint = "`reprisal vault recipients add KEY`; one of them is kept offline"
    if RECIPIENTS not in paths:
        few = FEW.at(Location(shown), "there is no file of recipients", "`reprisal vault init` makes one")
        return None, [few] if wanted else []
    known: dict[str, Recipient] = {}
    found: list[Diagnostic] = []
    for number, line in enumerate(lines_of(vault), 1):
        if is_comment(line):
            continue
        try:
            one = parse_recipient(line)
            known.setdefault(one.text, one)
        except ReprisalError as problem:
            place = Location(shown, span=Span(number, 1, number, len(line) + 1))
            found.append(NO_RECIPIENT.at(place, problem.message, problem.hint))
    if len(known) < FEWEST and (wanted or known):
        found.append(FEW.at(Location(shown), "a vault needs at least two recipients", hint))
    if is_pending(vault):
        found.append(
            PENDING.at(Location(shown), "recipients changed and no rekey has finished since", "`reprisal vault rekey`")
        )
    told = all(one.code == PENDING.code for one in found)
    return (list(known.values()) if told else None), found


# --- files ----------------------------------------------------------------------------------------------------------


def _known_cases(corpus: Corpus) -> frozenset[str]:
    """The ids of all cases, those among them whose file cannot be read."""
    entries = walk(corpus.workspace.root, corpus.workspace.settings.cases)
    stems = (entry.rpartition("/")[2].removesuffix(".yaml") for entry in entries if isinstance(entry, str))
    return frozenset({*stems, *corpus.by_id})


def _files(
    vault: Vault, paths: Sequence[str], cases: frozenset[str], recipients: list[Recipient] | None
) -> Iterator[Diagnostic]:
    for path in paths:
        place, shown = place_of(path), Location(vault.show(path))
        if path in FRAME:
            continue
        if place is None:
            hint = "only sealed files lie here; a name that was here in clear is known now: docs/threat-model.md"
            yield UNKNOWN.at(shown, "this does not belong in the vault", hint)
        elif place[0] not in cases:
            yield UNKNOWN.at(shown, "there is no case of this id", "a case is never deleted; was the file renamed?")
        elif fault := _fault(vault, path, recipients):
            yield fault


def _fault(vault: Vault, path: str, recipients: list[Recipient] | None) -> Diagnostic | None:
    place = Location(vault.show(path))
    try:
        header = stanzas(read_sealed(vault, path) or b"")
    except ReprisalError as problem:
        return BROKEN.at(place, "this is a link, a device, too large, or not to be read", problem.hint)
    if header is None:
        return BROKEN.at(
            place, "this is not a whole age file in armor", "take it from the last commit where it was whole"
        )
    if recipients is not None and Counter(header) != Counter(Stanza(one.kind, one.tag) for one in recipients):
        message = f"this is sealed to {len(header)} recipients, not to the {len(recipients)} of {RECIPIENTS}"
        if len(header) == len(recipients):
            message = f"this is sealed to others than those of {RECIPIENTS}"
        return OTHERS.at(place, message, "`reprisal vault rekey` seals all files to the present recipients")
    return None


# --- with a key -----------------------------------------------------------------------------------------------------


def _opened(vault: Vault, corpus: Corpus, paths: Sequence[str], keys: Keys) -> Iterator[Diagnostic]:
    for path in paths:
        place = place_of(path)
        if place is None:
            continue
        case_id, name = place
        file = corpus.by_id.get(case_id)
        try:
            if name or file is None:
                open_file(vault, path, keys)
            else:
                yield from open_record(vault, file, keys)[1]
        except ReprisalError as problem:
            yield CLOSED.at(Location(vault.show(path)), problem.message, problem.hint)
