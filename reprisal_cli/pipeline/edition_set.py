"""`reprisal edition set`: fields of an edition by their names, as they become known: symbol, dates, version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reprisal_cli.checks.desk import Desk
from reprisal_cli.checks.engine import check_corpus
from reprisal_cli.diagnostic import Diagnostic, ReprisalError, Severity
from reprisal_cli.model.edition import Edition
from reprisal_cli.pipeline.casework import Change, brought_by
from reprisal_cli.pipeline.edition_new import HEAD, TO_COME
from reprisal_cli.pipeline.fields import Form, Setting, names_of, write_fields
from reprisal_cli.review.judge import judge
from reprisal_cli.store.corpus import Corpus, load_corpus
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.workspace import Workspace, load_record, open_workspace

EDITION = Form(
    Edition,
    {"id": "an id never changes: `reprisal edition new` makes another edition"},
    "docs/workspace.md",
)

_PLACEHOLDER = re.compile(r"# (\w+): .*…")


def set_edition(
    start: Path, edition_id: str, settings: Sequence[Setting], as_of: date, unset: Sequence[str] = ()
) -> Change:
    """The edition with the fields set; the comment that held the place of a key goes. New errors, here or in a case,
    stand against it. Raises ReprisalError if it is frozen."""
    workspace, _ = open_workspace(start)
    edition = workspace.edition(edition_id)
    if edition.id in workspace.published:
        day = workspace.published[edition.id].date
        hint = "what is frozen stays; a mistake is mended by a corrigendum (`reprisal build corrigendum`)"
        raise ReprisalError(f"{edition.id} was published on {day}", hint)
    path = f"{workspace.editions_dir}/{edition.id}/edition.yaml"
    raw = read_bytes(workspace.root, path)
    if isinstance(raw, Diagnostic):
        raise ReprisalError(f"{path}: {raw.message}", raw.hint)
    made = write_fields(raw, EDITION, settings, unset)
    if made is None:
        raise ReprisalError(f"this cannot be written into {path} with certainty", "change it by hand")
    made = _without_placeholders(made, {one.steps[0] for one in settings})
    names = names_of(settings, unset)
    message = f"{edition.id}: {', '.join(dict.fromkeys(name.split('.')[0] for name in names))}"
    found, errors, others = _judged(workspace, edition, made, path, as_of)
    done = (f"{path}: {', '.join(names)}",)
    return Change(workspace.root, {path: raw}, {path: made}, done, message, found, errors, others)


def _without_placeholders(raw: bytes, keys: set[str]) -> bytes:
    """The file without the comments in which `edition new` held the places of these keys, and without their heading
    once none is left."""
    lines = raw.decode("utf-8").splitlines(keepends=True)
    held = {line: found[1] for line in lines if (found := _PLACEHOLDER.match(line)) and found[1] in TO_COME}
    if keys.isdisjoint(held.values()):
        return raw
    none_left = keys.issuperset(held.values())
    kept = [line for line in lines if held.get(line) not in keys and not (none_left and line.strip() == HEAD)]
    return ("".join(kept).rstrip("\r\n") + ("\r\n" if "\r\n" in lines[0] else "\n")).encode("utf-8")


def _judged(
    workspace: Workspace, before: Edition, made: bytes, path: str, as_of: date
) -> tuple[list[Diagnostic], list[Diagnostic], list[Diagnostic]]:
    """All that is wrong with it; what of it is new: errors, and warnings about the edition."""
    after, found = load_record(made, path, Edition)
    if after is None:
        return found, found, []
    corpus, _ = load_corpus(workspace)
    known = judge(_found(workspace, corpus, before, as_of), workspace.place)
    found = judge(_found(workspace, corpus, after, as_of), workspace.place)
    new = brought_by(found, known)
    errors = [one for one in new if one.severity is Severity.ERROR]
    return found, errors, [one for one in new if one.severity is Severity.WARNING and one.location.path == path]


def _found(workspace: Workspace, corpus: Corpus, edition: Edition, as_of: date) -> list[Diagnostic]:
    editions = {one.id: one for one in (*workspace.editions, edition)}
    desk = Desk(editions, workspace.settings, as_of, registers=workspace.registers, published=workspace.published)
    return check_corpus(corpus, desk)
