"""Where sealed things lie: `vault/<STATE>/<ID>.age`, and documents in `vault/<STATE>/<ID>/<name>.age`."""

from __future__ import annotations

import fcntl
import io
import os
import re
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from msgspec import Struct

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.parse import parse
from reprisal_cli.protect.vault import Keys, unseal
from reprisal_cli.store.root import UNDO, UNDONE
from reprisal_cli.store.workspace import Workspace
from reprisal_cli.store.write import is_left_by_writer, write_all

MOST = 64 * 1024 * 1024
"""Bytes of one sealed file: a scanned document."""

LOCK = ".lock"
_OWN = frozenset({".git", LOCK, UNDO, UNDONE})

CASE_ID = re.compile(r"[A-Z]{3}-[0-9]{4}-[0-9]{3,6}\Z")
DOCUMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}\Z")


class Vault(Struct, frozen=True):
    """The folder of sealed files: in the workspace, in another repository, or on an encrypted disk. `shown` is what
    messages call it."""

    root: Path
    shown: str

    def show(self, path: str) -> str:
        """A file of the vault, as messages name it."""
        return f"{self.shown}/{path}"


def vault_of(workspace: Workspace) -> Vault:
    """The vault that the settings name."""
    root = Path(os.path.normpath(workspace.root / workspace.settings.vault))
    return Vault(root, str(workspace.settings.vault))


def case_path(case_id: str) -> str:
    """Where the identities of a case lie. Raises ReprisalError if this is no id."""
    if not CASE_ID.match(case_id):
        raise ReprisalError("this is not the id of a case", "an id is STATE-YEAR-SERIAL: EGY-2020-003")
    return f"{case_id[:3]}/{case_id}.age"


def document_path(case_id: str, name: str) -> str:
    """Where a document of a case lies. Raises ReprisalError if the name leads anywhere else."""
    if not DOCUMENT.match(name):
        raise ReprisalError("this is not a name for a document", "letters, digits, dots, hyphens; no folder")
    return f"{case_path(case_id).removesuffix('.age')}/{name}.age"


def place_of(path: str) -> tuple[str, str] | None:
    """The case and the document (empty for the identities) that belong at a path, or None if nothing does."""
    parts = PurePosixPath(path.removesuffix(".age")).parts
    if not path.endswith(".age") or len(parts) not in (2, 3) or not CASE_ID.match(parts[1]) or parts[0] != parts[1][:3]:
        return None
    if len(parts) == 3 and not DOCUMENT.match(parts[2]):
        return None
    return parts[1], parts[2] if len(parts) == 3 else ""


# --- reading --------------------------------------------------------------------------------------------------------


def read_sealed(vault: Vault, path: str) -> bytes | None:
    """The bytes of a file of the vault, or None if there is none. No link is followed on the way."""
    try:
        handle = _open(vault.root, path)
    except FileNotFoundError:
        return None
    except OSError as problem:
        reason = (problem.strerror or "check its rights").lower()
        hint = f"no link is followed in the vault; {reason}"
        raise ReprisalError(f"{vault.show(path)} cannot be read", hint) from None
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ReprisalError(f"{vault.show(path)} is not a regular file", "put the file itself there")
        content = stream.read(MOST + 1)
    if len(content) > MOST:
        raise ReprisalError(f"{vault.show(path)} is too large", f"a sealed file has at most {MOST // 1024**2} MiB")
    return content


def _open(root: Path, path: str) -> int:
    """A file opened step by step from the vault's own folder, so that no link leads out of it."""
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    *folders, name = PurePosixPath(path).parts
    try:
        for folder in folders:
            below = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=here)
            os.close(here)
            here = below
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=here)
    finally:
        os.close(here)


def sealed_paths(vault: Vault) -> list[str]:
    """The sealed files in their places, sorted."""
    return [path for path in everything(vault) if place_of(path) is not None]


def everything(vault: Vault) -> list[str]:
    """Every file and link below the vault, sorted, but for git's own, the lock, and what a killed writer left."""
    return sorted(_below(vault.root, ""))


def _below(folder: Path, prefix: str) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if (not prefix and entry.name in _OWN) or is_left_by_writer(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name


# --- opening --------------------------------------------------------------------------------------------------------


def open_file(vault: Vault, path: str, keys: Keys) -> bytes:
    """What is sealed at a path: the text of a record, or the bytes of a document. Raises ReprisalError if there is no
    file, if it does not open, or if it was sealed for another place: somebody moved or swapped it."""
    sealed = read_sealed(vault, path)
    if sealed is None:
        raise ReprisalError(f"there is no {vault.show(path)}", "nothing is sealed there yet")
    place = place_of(path)
    if place is None:
        raise ReprisalError(f"{vault.show(path)} lies where nothing belongs", "`reprisal vault check` tells more")
    clear = unseal(sealed, keys, vault.show(path))
    case_id, name = place
    content = unpack(clear, case_id, name) if name else _record_of(clear, case_id)
    if content is None:
        hint = "it was moved or swapped: put each file back where it was sealed"
        raise ReprisalError(f"{vault.show(path)} was sealed for another place", hint)
    return content


def _record_of(clear: bytes, case_id: str) -> bytes | None:
    """The text, if its `case` is the one of its place. The rest may be at fault: `edit` mends it."""
    data = parse(clear, "").data
    return clear if data is not None and data.get("case") == case_id else None


def pack(case_id: str, name: str, content: bytes) -> bytes:
    """A document with the place where it belongs: a tar of one file, `<ID>/<name>`."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        about = tarfile.TarInfo(f"{case_id}/{name}")
        about.size, about.mode = len(content), 0o600
        archive.addfile(about, io.BytesIO(content))
    return stream.getvalue()


def unpack(clear: bytes, case_id: str, name: str) -> bytes | None:
    """The document, or None if this is no tar of the one file that belongs at the place."""
    try:
        with tarfile.open(fileobj=io.BytesIO(clear), mode="r:") as archive:
            members = archive.getmembers()
            if len(members) != 1 or members[0].name != f"{case_id}/{name}" or not members[0].isreg():
                return None
            inside = archive.extractfile(members[0])
            return inside.read() if inside is not None else None
    except (tarfile.TarError, EOFError, ValueError):
        return None


# --- writing --------------------------------------------------------------------------------------------------------


def write_sealed(vault: Vault, path: str, sealed: bytes) -> None:
    """Puts a sealed file in its place, whole or not at all."""
    target = place_to_write(vault, path)
    write_all(target.parent, {target.name: sealed})


def place_to_write(vault: Vault, path: str) -> Path:
    """Where a sealed file belongs. Raises ReprisalError if a folder on the way is a link."""
    target = vault.root / path
    for folder in list(target.parents)[: len(PurePosixPath(path).parts) - 1]:
        if folder.is_symlink():
            raise ReprisalError(f"a folder of {vault.show(path)} is a link", "no link is followed in the vault")
    return target


@contextmanager
def locked(vault: Vault) -> Iterator[None]:
    """One command at a time writes to a vault. The kernel drops the lock with it; the writer of files has locks
    of its own, on folders."""
    try:
        handle = os.open(vault.root / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except (FileNotFoundError, NotADirectoryError):
        raise ReprisalError(f"there is no vault at {vault.shown}", "`reprisal vault init` makes one") from None
    except OSError as problem:
        raise ReprisalError(f"cannot write to {vault.shown}: {problem.strerror}", "nothing was changed there") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise ReprisalError("another command is writing to the vault", "wait until it has ended") from None
    finally:
        os.close(handle)
