"""`reprisal import word`: edits made in a report in Word, brought back into the files it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from reprisal_cli.diagnostic import Diagnostic, ReprisalError, has_errors
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.parse import decode
from reprisal_cli.pipeline.load import Loaded
from reprisal_cli.pipeline.prepare import disclosed, manuscripts_of, ready, sentences_of
from reprisal_cli.review.revision import committed, uncommitted
from reprisal_cli.store.prose_edit import set_text
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.together import write_together
from reprisal_cli.store.workspace import load_record

if TYPE_CHECKING:
    from reprisal_cli.protect.public import PublicCorpus
    from reprisal_cli.protect.secrets import Secrets
    from reprisal_cli.protect.vault import Keys
    from reprisal_cli.review.word_items import Item, Replacement
    from reprisal_cli.review.word_open import WordFile

_SOME = 3
MESSAGE = "Edits that came back from Word"


class Proposal(Struct, frozen=True):
    """What an import would do: new contents of files by their paths, all that was found, and what is wrong in the cases
    if nothing could be compared. `before` are the files as they were read, `commits` those that were made."""

    loaded: Loaded
    files: Mapping[str, bytes]
    items: tuple[Item, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    commits: int = 0
    before: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether every edit has found its place."""
        return not self.found and all(item.kind == "placed" for item in self.items)


def import_word(
    start: Path,
    document: Path,
    edition_id: str | None,
    identity: Keys | None = None,
    dry_run: bool = False,
    commit: bool = False,
) -> Proposal:
    """Reads the document, and writes what can be placed unless it is a dry run. With `commit`, edits that are not
    tracked are one commit and the tracked changes of each author another, the earliest first.

    Raises ReprisalError for what is no Word file, not this report, or hostile: nothing is written then.
    """
    from reprisal_cli.review.word_open import open_word

    content = _content(document)
    file = open_word(content)
    if not commit:
        done = _proposed(start, content, file, edition_id, identity)
        if not dry_run:
            _write(done)
        return done
    last = _proposed(start, content, file, edition_id, identity)
    if dry_run or last.found or not last.files:
        return last
    root = last.loaded.workspace.root
    if uncommitted(root, frozenset(last.files)):
        raise ReprisalError("files that the edits belong into have changes of their own", "commit them first")
    made = 0
    for count in range(len(file.authors) + 1):
        step = _proposed(start, content, file, edition_id, identity, frozenset(file.authors[:count]))
        if step.files:
            _write(step)
            committed(root, sorted(step.files), MESSAGE, _name(file.authors[count - 1]) if count else "")
            made += 1
    return replace(last, commits=made)


def _name(author: str) -> str:
    """An editor's name as git can hold it."""
    return "".join(sign for sign in author if sign.isprintable() and sign not in "<>")[:80].strip()


def _content(document: Path) -> bytes:
    from reprisal_cli.review.word_open import MOST_FILE

    try:
        if not document.is_file():
            raise ReprisalError("there is no such document", "name a .docx file")
        with document.open("rb") as stream:
            return stream.read(MOST_FILE + 1)
    except OSError as problem:
        raise ReprisalError("the document cannot be read", (problem.strerror or "check its rights").lower()) from None


def _write(done: Proposal) -> None:
    if done.files:
        write_together(done.loaded.workspace.root, dict(sorted(done.files.items())), seen=done.before)


# --- comparing ------------------------------------------------------------------------------------------------------


def _proposed(
    start: Path,
    content: bytes,
    file: WordFile,
    edition_id: str | None,
    identity: Keys | None,
    accepted: frozenset[str] | None = None,
) -> Proposal:
    from reprisal_cli.pipeline.gate import of_document
    from reprisal_cli.pipeline.import_gate import brought, names_in, unquoted
    from reprisal_cli.protect.scan.match import matcher_of
    from reprisal_cli.render.docx import docx
    from reprisal_cli.render.house import load_house
    from reprisal_cli.review.word import edits
    from reprisal_cli.review.word_items import Item
    from reprisal_cli.review.word_open import open_word
    from reprisal_cli.review.word_places import places_of
    from reprisal_cli.review.word_read import lines
    from reprisal_cli.review.word_sources import pieces_of

    loaded, edition = ready(start, edition_id, None)
    if has_errors(loaded.found):
        return Proposal(loaded, {}, found=tuple(loaded.found))
    report, containers, public, secrets = _marked(loaded, edition, identity)
    if named := tuple(names_in(content, of_document(secrets, public, report))):
        return Proposal(loaded, {}, found=named)
    workspace = loaded.workspace
    house = load_house(workspace.root / workspace.settings.templates / "house")
    base = lines(open_word(docx(report, house, 0)))
    edited = lines(file, accepted)
    places, reasons = places_of(report)
    found = edits(base, edited, pieces_of(report, containers), places, reasons)
    if found.known < min(_SOME, sum(bool(line.names) for line in base)):
        raise ReprisalError(
            "this document is not the report of this edition",
            "name the edition that it was built from (--edition), in the revision that it was built from",
        )
    before, files, items = _files(workspace.root, found.replacements)
    odd = tuple(Item("listed", "the document", what, "it was not read") for what in file.odd)
    matcher = matcher_of(secrets)
    leaks = tuple(brought(workspace.root, files, matcher))
    shown = tuple(unquoted((*items, *found.items, *odd), matcher))
    return Proposal(loaded, {} if leaks else files, shown, leaks, before=before)


def _marked(
    loaded: Loaded, edition: Edition, identity: Keys | None
) -> tuple[Any, Mapping[Any, Any], PublicCorpus, Secrets]:
    """The report made from texts in which each reference is marked, the texts as they are, by file and field, what its
    readers may see, and what they may not."""
    from reprisal_cli.compile.report import compile_report
    from reprisal_cli.pipeline.gate import stamped
    from reprisal_cli.review.word_sources import Container
    from reprisal_cli.review.word_tokens import marked

    containers: dict[Any, Any] = {}
    files = []
    for file in loaded.corpus.files:
        texts = dict(file.case.text)
        for name in {edition.id, edition.of or edition.id} & set(texts):
            fresh = {}
            for part in ("main", "annex"):
                words = getattr(texts[name], part)
                if words is not None:
                    route = ("text", name, part)
                    containers[file.path, route] = Container(file.path, route, words)
                    fresh[part] = marked(words, manuscript=False)
            texts[name] = texts[name].model_copy(update=fresh)
        files.append(replace(file, case=file.case.model_copy(update={"text": texts})))
    corpus = replace(loaded.corpus, files=tuple(files), by_id={file.case.id: file for file in files})
    public, secrets, sealed = disclosed(replace(loaded, corpus=corpus), edition, identity)
    if sealed:
        raise ReprisalError("the vault is at fault", "see `reprisal vault check`")
    manuscripts, missing = manuscripts_of(loaded.workspace, edition, public)
    if missing:
        raise ReprisalError("a manuscript of the edition is missing", "see `reprisal validate`")
    for source in (*manuscripts.sections.values(), *manuscripts.states.values()):
        containers[source.path, ()] = Container(source.path, (), source.text)
    fresh_manuscripts = replace(
        manuscripts,
        sections={name: replace(one, text=marked(one.text, True)) for name, one in manuscripts.sections.items()},
        states={name: replace(one, text=marked(one.text, True)) for name, one in manuscripts.states.items()},
    )
    sentences = sentences_of(loaded.workspace, edition)
    report, faults = compile_report(public, fresh_manuscripts, sentences)
    if has_errors(faults):
        # A block that is left out here would come back as a new paragraph of whoever edited the document.
        raise ReprisalError("the report of this edition cannot be built", "see `reprisal validate`")
    return (report if secrets.keyed else stamped(report, sentences)[0]), containers, public, secrets


# --- files ----------------------------------------------------------------------------------------------------------


def _files(root: Path, replacements: Sequence[Replacement]) -> tuple[dict[str, bytes], dict[str, bytes], list[Item]]:
    """The files as they are, their new contents, and an item for each replacement: two of one stretch must agree."""
    items: list[Item] = []
    by_container: dict[Any, list[Replacement]] = {}
    for one in replacements:
        taken = by_container.setdefault(one.container, [])
        clash = next((other for other in taken if other.start < one.stop and one.start < other.stop), None)
        if clash is None:
            taken.append(one)
            items.append(one.item)
        elif (clash.start, clash.stop, clash.text) != (one.start, one.stop, one.text):
            hint = "the same words are printed twice and were edited in two ways: edit the file"
            items.append(replace(one.item, kind="listed", hint=hint))
    before: dict[str, bytes] = {}
    files: dict[str, bytes] = {}
    for container, taken in by_container.items():
        text = container.text
        for one in sorted(taken, key=lambda one: one.start, reverse=True):
            text = text[: one.start] + one.text + text[one.stop :]
        if isinstance(read := read_bytes(root, container.path), bytes):
            before.setdefault(container.path, read)
        raw = files.get(container.path, before.get(container.path))
        made = _made(raw, container, text) if raw is not None else None
        if made is None:
            hint = "the file cannot be changed with certainty: edit it"
            mine = {id(one.item) for one in taken}
            items = [replace(item, kind="listed", hint=hint) if id(item) in mine else item for item in items]
        else:
            files[container.path] = made
    return before, files, items


def _made(raw: bytes, container: Any, text: str) -> bytes | None:
    if container.route:
        case, _ = load_record(raw, container.path, Case)
        _, edition, part = container.route
        words = getattr(case.text.get(edition), part, None) if case is not None else None
        return set_text(raw, container.route, text) if words == container.text else None  # else: edited meanwhile
    was, fault = decode(raw, container.path)
    if fault or was != container.text:
        return None
    lead = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") and not text.startswith("\ufeff") else b""
    return lead + text.encode("utf-8")
