"""The leak gate in a pipeline: what is searched for in one document, and documents from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.diagnostic import Diagnostic, ReprisalError, Severity
from reprisal_cli.protect.public import PublicCorpus
from reprisal_cli.protect.secrets import Secrets, open_secrets, printing, secrets_of
from reprisal_cli.protect.vault_files import vault_of
from reprisal_cli.store.corpus import Corpus, load_corpus
from reprisal_cli.store.workspace import open_workspace

if TYPE_CHECKING:
    from reprisal_cli.compile.sentences import Sentences
    from reprisal_cli.compile.tree import Report
    from reprisal_cli.protect.vault import Keys

MOST = 512 * 1024 * 1024


class Scanned(Struct, frozen=True):
    """What a scan found in how many files, and whether the vault was open."""

    root: Path
    found: list[Diagnostic]
    files: int
    keyed: bool


def secrets_for(corpus: Corpus, identity: Keys | None) -> tuple[Secrets, list[Diagnostic]]:
    """What no document may hold, with what is wrong in the vault if it is to be opened."""
    if identity is None:
        return secrets_of(corpus), []
    return open_secrets(corpus, vault_of(corpus.workspace), identity)


# --- documents of our own -------------------------------------------------------------------------------------------


def of_document(secrets: Secrets, public: PublicCorpus, *reports: Report) -> Secrets:
    """The same for a document, in which some names stand by consent; it prints the texts of one tree, or of several."""
    shown = {case.id: {person.ref: person.shown for person in case.persons} for case in public.cases}
    marked = printing(secrets, shown)
    named = {one.case for one in marked.identities if one.printed}
    if not named:
        return marked
    own, rows = own_texts(named, *reports)
    return replace(marked, own=own, rows=rows)


def own_texts(named: Set[str], *reports: Report) -> tuple[Mapping[str, str], str]:
    """The texts of some cases in a document: the paragraphs of each with their notes; and the rows of tables, which are
    made from the fields of cases. The rows are kept once: with each case they would grow with the square of cases."""
    from reprisal_cli.compile.tree import Note, Para, Picture, Table, text_of, walk_inlines

    texts: dict[str, list[str]] = {}
    rows: list[str] = []
    for block in (block for report in reports for part in report.parts for block in part.blocks):
        block = block.numbers if isinstance(block, Picture) else block
        if isinstance(block, Table):
            rows += [" ".join(text_of(cell, notes=True) for cell in row) for row in block.rows]
        elif isinstance(block, Para):
            notes = [text_of(node.children) for node in walk_inlines(block.inlines) if isinstance(node, Note)]
            for case in {block.origin.case, *block.cases} & named:
                texts.setdefault(case, []).extend([text_of(block.inlines), *notes])
    return {case: "\n".join(own) for case, own in texts.items()}, "\n".join(rows)


def stamped(report: Report, say: Sentences) -> tuple[Report, str]:
    """The document with the stamp of one that was not checked against the vault, on its first page and in its foot."""
    stamp = say.word("stamp")
    notice = ". ".join(part.removesuffix(".") for part in (report.front.notice, stamp) if part)
    return replace(report, front=replace(report.front, notice=notice)), stamp


def may_be_final(public: PublicCorpus, identity: Keys | None) -> None:
    """Raises ReprisalError where a document cannot be final, whatever its cases say."""
    if identity is None:
        raise ReprisalError("a final document is checked against the vault", "say --identity FILE")
    states = {state for case in public.cases for state in case.states}
    if not public.edition.notice and states & set(public.user_states):
        hint = "give the edition a `notice`, or the cases their real States"
        raise ReprisalError("a final document has a State whose code ISO leaves to users", hint)


# --- documents from elsewhere ---------------------------------------------------------------------------------------


def scan_files(start: Path, paths: list[Path], identity: Keys | None) -> Scanned:
    """Searches documents for what this workspace and its vault keep back. Where a case cannot be read, what it keeps
    back is not known, and the scan does not say that a document is clean."""
    from reprisal_cli.protect.scan.gate import scan
    from reprisal_cli.protect.scan.match import matcher_of

    workspace, found = open_workspace(start)
    corpus, wrong = load_corpus(workspace)
    found += wrong
    contents = [(str(path), _content(path)) for path in paths]
    secrets, sealed = secrets_for(corpus, identity)
    found += sealed
    found = [one for one in found if one.severity is Severity.ERROR]
    if found:
        return Scanned(workspace.root, found, 0, secrets.keyed)
    matcher = matcher_of(secrets)
    leaks = [one for name, content in contents for one in scan(name, content, matcher, thorough=True)]
    return Scanned(workspace.root, leaks, len(contents), secrets.keyed)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ReprisalError("a document to be scanned is not a file", "name files, not folders")
        if path.stat().st_size > MOST:
            raise ReprisalError("a document to be scanned is too large", f"at most {MOST // 1024**2} MiB")
        return path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or "it cannot be read").lower()
        raise ReprisalError(f"a document to be scanned cannot be read: {reason}", "check its name and rights") from None
