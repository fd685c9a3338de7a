"""`reprisal consent withdrawn`: where a person was printed, what to change in the case, the draft of a corrigendum."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from reprisal_cli.compile.corrigendum import corrigendum
from reprisal_cli.compile.frame import frame_of
from reprisal_cli.compile.select import select
from reprisal_cli.compile.trace import Printed, in_figures, in_map, in_tables, published
from reprisal_cli.diagnostic import Edit, ReprisalError, Route
from reprisal_cli.pipeline.prepare import sentences_of
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import PublicCorpus
from reprisal_cli.review.revision import uncommitted
from reprisal_cli.store.corpus import CaseFile, Corpus, load_corpus
from reprisal_cli.store.edit import apply_edits
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.together import Elsewhere, write_together
from reprisal_cli.store.workspace import open_workspace
from reprisal_cli.store.write import write_all

_MOST = 64 * 1024 * 1024


class Withdrawal(Struct, frozen=True):
    """What a withdrawn consent means. `before` is the case file as it was read, `raw` the same with the consent
    withdrawn; `texts` are the drafted words that still refer to the person; `note` is the draft of the corrigendum,
    empty where nothing was printed."""

    root: Path
    path: str
    places: tuple[Printed, ...]
    changes: tuple[str, ...]
    texts: tuple[str, ...]
    before: bytes
    raw: bytes
    note: str
    dirty: bool


def withdrawal(start: Path, case_id: str, ref: str, folders: Sequence[Path] = ()) -> Withdrawal:
    """Looks for every place, and works out the change; writes nothing."""
    workspace, _ = open_workspace(start)
    corpus, _ = load_corpus(workspace)
    file = corpus.by_id.get(case_id)
    if file is None:
        raise ReprisalError("there is no case of this id that can be read", "`reprisal case list` shows the ids")
    index = next((at for at, person in enumerate(file.case.persons) if person.ref == ref), None)
    if index is None:
        refs = ", ".join(person.ref for person in file.case.persons)
        raise ReprisalError("the case has no person of this reference", f"its persons are: {refs or 'none'}")
    root = workspace.root
    places = (*published(file.case), *_built(corpus, file, ref, folders), *_tables(corpus, file))
    edits = _edits(file, index)
    raw = read_bytes(root, file.path)
    changed = apply_edits(raw, edits) if isinstance(raw, bytes) else None
    if changed is None or not isinstance(raw, bytes):
        raise ReprisalError(f"{file.path} cannot be changed with certainty", "write `level: withdrawn` there yourself")
    return Withdrawal(
        root,
        file.path,
        places,
        tuple(f"{_shown(edit.route)} becomes {edit.text}" for edit in edits),
        tuple(_texts(file, ref)),
        raw,
        changed,
        _note(corpus, places),
        bool(uncommitted(root, frozenset({file.path}))),
    )


def write_withdrawal(done: Withdrawal, note: Path | None, change: bool) -> None:
    """Writes the draft of the corrigendum to `note`, if there is one, and with `change` the case file: both or none."""
    files, elsewhere = {done.path: done.raw} if change else {}, None
    if done.note and note is not None:
        place, draft = note.parent.resolve() / note.name, done.note.encode()
        if not files:
            write_all(place.parent, {place.name: draft})
        elif place.is_relative_to(done.root) and not _is_hidden(place.relative_to(done.root)):
            files = {place.relative_to(done.root).as_posix(): draft, **files}
        else:
            elsewhere = Elsewhere(place.parent, {place.name: draft}, new=False)
    if files:
        write_together(done.root, files, seen={done.path: done.before}, elsewhere=elsewhere)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


# --- where it was printed -------------------------------------------------------------------------------------------


def _built(corpus: Corpus, file: CaseFile, ref: str, folders: Sequence[Path]) -> Iterator[Printed]:
    build = corpus.workspace.root / corpus.workspace.settings.build
    found = sorted(path for path in build.glob("*") if path.is_dir() and not path.is_symlink())
    for folder in (*found, *folders):
        for path in sorted(folder.glob("*.map.json")):
            name = path.name.removesuffix(".map.json")
            edition = _edition_of(folder, name)
            where = f"{folder.name}/{name}"
            yield from in_map(_json(path), edition, where, file.case, ref)
            figures = _json(folder / f"{name}.figures.json")
            yield from in_figures(figures, edition, where, file.case.id)


def _edition_of(folder: Path, name: str) -> str:
    manifest = folder / ("manifest.json" if name == "report" else f"{name}.manifest.json")
    return str(_json(manifest).get("edition") or folder.name)


def _json(path: Path) -> dict[str, Any]:
    """What stands beside a document; nothing, if it is not there. Raises ReprisalError if it cannot be read: a place
    where somebody was printed must not be missed in silence."""
    if not path.exists():
        return {}
    try:
        if path.stat().st_size > _MOST:
            raise ValueError
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise ReprisalError(f"{path} cannot be read", "build that edition again, or take its folder away") from None
    if not isinstance(data, dict):
        raise ReprisalError(f"{path} is not what a build writes", "build that edition again, or take its folder away")
    return data


def _tables(corpus: Corpus, file: CaseFile) -> Iterator[Printed]:
    """Rows of tables: they are in no map, so they are made once more from the cases as they stand."""
    workspace = corpus.workspace
    told_in = {*file.case.text, *(entry.edition for entry in file.case.reports)}
    for edition in workspace.editions:
        if edition.id in told_in or edition.of in told_in:
            public: PublicCorpus = disclose(corpus, edition)
            frame = frame_of(edition, workspace.editions, sentences_of(workspace, edition), public.user_states)
            yield from in_tables(select(public), frame, file.case.id)


_PAPERS = ("letter-", "dossier-", "president-", "briefing")


def _note(corpus: Corpus, places: Iterable[Printed]) -> str:
    """The draft for what was published or built; rows and figures go with the paragraphs of their edition. Letters and
    other papers have no symbol: what was sent is listed, and no corrigendum is issued of it."""
    out = [one for one in places if not one.where.rpartition("/")[2].startswith(_PAPERS)]
    told = {one.edition for one in out if one.where != "tables"}
    known = {edition.id: edition for edition in corpus.workspace.editions}
    symbols = {name: edition.symbol for name, edition in known.items() if edition.symbol}
    symbols |= {one.edition: one.names[0] for one in out if one.where == "published"}
    say = {name: sentences_of(corpus.workspace, known.get(name)) for name in told}
    notes = [
        corrigendum([one for one in out if one.edition == name], symbols, say[name])
        for name in dict.fromkeys(one.edition for one in out if one.edition in told)
    ]
    return "\n".join(notes)


# --- the change -----------------------------------------------------------------------------------------------------


def _edits(file: CaseFile, index: int) -> tuple[Edit, ...]:
    """The consent is withdrawn; a name that stood in the file goes, since it may stand there at public-name only."""
    person = file.case.persons[index]
    edits = [Edit(("persons", index, "consent", "level"), "withdrawn")] if person.consent.level != "withdrawn" else []
    if person.named_in_clear:
        edits.append(Edit(("persons", index, "name"), "withheld"))
    return tuple(edits)


def _texts(file: CaseFile, ref: str) -> Iterator[str]:
    for edition, text in file.case.text.items():
        for field, words in (("main", text.main), ("annex", text.annex)):
            if words and f"{{{ref}}}" in words:
                yield f"text.{edition}.{field}"


def _shown(route: Route) -> str:
    return ".".join(map(str, route))
