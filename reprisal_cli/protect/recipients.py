"""`recipients.txt`: who can open the vault. age reads the same file (`age -R vault/recipients.txt`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.protect.vault import FEWEST, Keys, Recipient, parse_recipient, seal, unseal
from reprisal_cli.protect.vault_files import (
    Vault,
    locked,
    open_file,
    place_to_write,
    read_sealed,
    sealed_paths,
    write_sealed,
)
from reprisal_cli.store.together import write_together
from reprisal_cli.store.write import write_all

RECIPIENTS = "recipients.txt"
PENDING = "# rekey pending: some files may still be sealed to earlier recipients (reprisal vault rekey)"
_HEAD = """\
# Who can open the vault: one public key a line (age1..., ssh-ed25519 ... or ssh-rsa ...), at least two.
# One of them is kept offline, for the day when the others are lost. Lines that start with # are comments.
"""
_FILES = {
    ".gitignore": b"# Only sealed files: nothing in clear text can be added by accident.\n*\n!*/\n!*.age\n"
    b"!recipients.txt\n!signers\n!README.md\n!.gitignore\n!.gitattributes\n",
    ".gitattributes": b"# Sealed text has no lines that could be merged or compared.\n*.age -text -diff -merge\n",
}
FRAME = frozenset({RECIPIENTS, "README.md", "signers", *_FILES})
"""What lies in the vault beside sealed files."""


def init_vault(vault: Vault, recipients: Sequence[str]) -> None:
    """Makes the folder with its recipients. Raises ReprisalError if there is one, or with fewer than two recipients;
    with none, the file is made for them to be added."""
    if (vault.root / RECIPIENTS).exists():
        raise ReprisalError(f"there is a vault at {vault.shown} already", "`reprisal vault recipients add` adds to it")
    known = list(dict.fromkeys(parse_recipient(text).text for text in recipients))
    if known and len(known) < FEWEST:
        raise ReprisalError("a vault needs at least two recipients", "one of them is kept offline")
    lines = [_HEAD, *(f"{text}\n" for text in known)]
    write_all(vault.root, {**_FILES, RECIPIENTS: "".join(lines).encode()})


def lines_of(vault: Vault) -> list[str]:
    """The file, line by line. Raises ReprisalError if there is none."""
    raw = read_sealed(vault, RECIPIENTS)
    if raw is None:
        raise ReprisalError(f"there is no {vault.show(RECIPIENTS)}", "`reprisal vault init KEY KEY` makes one")
    try:
        return raw.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise ReprisalError(f"{vault.show(RECIPIENTS)} is not UTF-8", "save it as UTF-8") from None


def is_comment(line: str) -> bool:
    """Whether a line names no recipient."""
    return not line.strip() or line.lstrip().startswith("#")


def recipients_of(vault: Vault) -> list[Recipient]:
    """Everyone in the file, each once. Raises ReprisalError at a line that is no recipient."""
    found: dict[str, Recipient] = {}
    for number, line in enumerate(lines_of(vault), 1):
        if is_comment(line):
            continue
        try:
            one = parse_recipient(line)
        except ReprisalError as problem:
            place = f"{vault.show(RECIPIENTS)}:{number}"
            raise ReprisalError(f"{place}: {problem.message}", problem.hint) from None
        found.setdefault(one.text, one)
    return list(found.values())


def sealing_recipients(vault: Vault) -> list[Recipient]:
    """The recipients to whom something can be sealed: at least two."""
    known = recipients_of(vault)
    if len(known) < FEWEST:
        raise ReprisalError(
            "a vault needs at least two recipients", "`reprisal vault recipients add KEY`; one of them is kept offline"
        )
    return known


def add_recipient(vault: Vault, text: str, comment: str = "") -> int:
    """Adds one, and gives the number of files that are not yet sealed to it."""
    one = parse_recipient(text)
    with locked(vault):
        if one.text in {known.text for known in recipients_of(vault)}:
            raise ReprisalError("this recipient is in the vault already", "")
        note = [f"# {' '.join(comment.split())}"] if comment else []
        return _write(vault, [*lines_of(vault), *note, one.text])


def remove_recipient(vault: Vault, text: str) -> int:
    """Takes one out, with the comments right above it, and gives the number of files that it can still open."""
    one = parse_recipient(text)
    with locked(vault):
        known = {known.text for known in recipients_of(vault)}
        if one.text not in known:
            raise ReprisalError("this recipient is not in the vault", "`reprisal vault recipients` lists them")
        if len(known) <= FEWEST:
            raise ReprisalError("a vault needs at least two recipients", "add another one first")
        return _write(vault, _without(lines_of(vault), one.text))


def _without(lines: list[str], text: str) -> list[str]:
    head = len(_HEAD.splitlines())
    out: list[str] = []
    for line in lines:
        if is_comment(line) or parse_recipient(line).text != text:
            out.append(line)
            continue
        while len(out) > head and out[-1].startswith("#") and out[-1] != PENDING:
            out.pop()
    return out


def _write(vault: Vault, lines: list[str]) -> int:
    """Writes the lines, and marks that files may be sealed to others than these, if there are any files."""
    count = len(sealed_paths(vault))
    write_sealed(vault, RECIPIENTS, _as_file(lines, pending=count > 0))
    return count


def _as_file(lines: list[str], pending: bool = False) -> bytes:
    kept = [line for line in lines if line != PENDING] + [PENDING] * pending
    return "".join(f"{line}\n" for line in kept).encode()


def is_pending(vault: Vault) -> bool:
    """Whether recipients were changed, and no rekey has finished since."""
    return PENDING in lines_of(vault)


def rekey(vault: Vault, keys: Keys, workspace: Path | None = None) -> int:
    """Seals every file anew to the present recipients, and gives their number. A vault that lies in the `workspace` is
    written as its other files are.

    All files are opened before the first is written: one that does not open, or lies in another's place, leaves all as
    they are. So does a failure, or a kill once the next command has run here: old or new, never some of both.
    """
    recipients = sealing_recipients(vault)
    with locked(vault):
        paths = sealed_paths(vault)
        for path in paths:
            open_file(vault, path, keys)
        for path in paths:
            place_to_write(vault, path)
        root = workspace if workspace is not None and vault.root.is_relative_to(workspace) else vault.root
        write_together(
            root, _Anew(vault, keys, recipients, vault.root.relative_to(root).as_posix(), (*paths, RECIPIENTS))
        )
    return len(paths)


class _Anew(Mapping[str, bytes]):
    """The files of a vault by their paths below a folder, each sealed anew when it is asked for: a vault may hold more
    than the memory does."""

    def __init__(
        self, vault: Vault, keys: Keys, recipients: Sequence[Recipient], folder: str, paths: Sequence[str]
    ) -> None:
        self.vault, self.opening, self.recipients = vault, keys, recipients
        self.paths = {(PurePosixPath(folder) / path).as_posix(): path for path in paths}

    def __getitem__(self, name: str) -> bytes:
        path = self.paths[name]
        if path == RECIPIENTS:
            return _as_file(lines_of(self.vault))
        shown = self.vault.show(path)
        return seal(unseal(read_sealed(self.vault, path) or b"", self.opening, shown), self.recipients)

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)
