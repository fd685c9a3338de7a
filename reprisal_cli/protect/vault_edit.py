"""Editing what is sealed: clear text in memory only, sealed again only if it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct, field

from reprisal_cli.diagnostic import Diagnostic, ReprisalError
from reprisal_cli.dialect import MAX_BYTES
from reprisal_cli.model.case import Case
from reprisal_cli.protect.memory import clear_folder, read_private, write_private
from reprisal_cli.protect.recipients import sealing_recipients
from reprisal_cli.protect.vault import Keys, seal
from reprisal_cli.protect.vault_files import (
    Vault,
    case_path,
    document_path,
    locked,
    open_file,
    pack,
    read_sealed,
    write_sealed,
)
from reprisal_cli.protect.vault_record import read_record, sealed_refs


class Edited(Struct, frozen=True):
    """What an edit did. With findings, nothing was written."""

    changed: bool
    found: list[Diagnostic] = field(default_factory=list)


class Desk(Struct, frozen=True):
    """What an edit needs from outside: the folders to try for clear text, the editor (called with the folder and the
    file; it returns an exit code), the keys, asked for when a file is to be opened, and whether to edit again after
    findings."""

    bases: Sequence[Path]
    editor: Callable[[Path, Path], int]
    keys: Callable[[], Keys]
    again: Callable[[list[Diagnostic]], bool]


def edit_case(vault: Vault, case: Case, desk: Desk) -> Edited:
    """Lets somebody edit the record of a case, checks it, and seals it to the present recipients if it changed."""
    recipients = sealing_recipients(vault)
    path = case_path(case.id)
    with locked(vault):
        sealed = read_sealed(vault, path)
        before = template(case) if sealed is None else open_file(vault, path, desk.keys())
        with clear_folder(desk.bases) as folder:
            after, found = _edited(folder, before, case, vault.show(path), desk)
        if found or after == before:
            return Edited(False, found)
        if read_sealed(vault, path) != sealed:
            raise ReprisalError(f"{vault.show(path)} changed while it was edited", "nothing was written; edit it again")
        write_sealed(vault, path, seal(after, recipients))
    return Edited(True)


def _edited(folder: Path, before: bytes, case: Case, shown: str, desk: Desk) -> tuple[bytes, list[Diagnostic]]:
    file = folder / f"{case.id}.yaml"
    write_private(file, before)
    while True:
        code = desk.editor(folder, file)
        if code != 0:
            raise ReprisalError(f"the editor ended with code {code}", "nothing was changed")
        after = read_private(file, MAX_BYTES)
        if after == before:
            return before, []
        _, found = read_record(after, shown, case)
        if not found or not desk.again(found):
            return after, found


def template(case: Case) -> bytes:
    """What a first edit starts from: the references of the case that say `sealed`, as comments."""
    lines = [
        "# Sealed identities of this case. This text is in memory only; saving it and leaving the editor seals it.",
        "# A person has: name, latin, spellings, contact, evidence (of consent). A source: identity, contact.",
        f"case: {case.id}",
    ]
    refs = sealed_refs(case)
    for section, letter, key in (("persons", "p", "name"), ("sources", "s", "identity")):
        mine = [ref for ref in refs if ref.startswith(letter)]
        lines += [f"# {section}:"] * bool(mine)
        lines += [line for ref in mine for line in (f"#   {ref}:", f"#     {key}: ")]
    return "".join(f"{line.rstrip()}\n" for line in lines).encode()


def put_document(vault: Vault, case: Case, name: str, content: bytes, replace: bool = False) -> str:
    """Seals a document as it was received, and gives its place. Raises ReprisalError if there is one of this name."""
    with locked(vault):
        path, sealed = sealed_document(vault, case, name, content, replace)
        write_sealed(vault, path, sealed)
    return path


def sealed_document(vault: Vault, case: Case, name: str, content: bytes, replace: bool = False) -> tuple[str, bytes]:
    """The place of a document in the vault, and its sealed bytes. The vault is locked until they are written there."""
    path = document_path(case.id, name)
    sealed = seal(pack(case.id, name, content), sealing_recipients(vault))
    if not replace and read_sealed(vault, path) is not None:
        raise ReprisalError(f"there is a {vault.show(path)} already", "say --replace, or give another name")
    return path, sealed


def may_show_name(case: Case, name: str) -> bool:
    """Whether the name of a document is one that the case file shows already: then it tells nothing new."""
    return any(response.document == name for response in case.responses) or name.startswith(case.id[:4])
