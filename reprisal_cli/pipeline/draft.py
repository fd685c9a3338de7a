"""`reprisal draft`: the sentences that an edition would print of a case without text, in the file as a start."""

from __future__ import annotations

from reprisal_cli.compile.draft import draft_of, generated, same_words
from reprisal_cli.compile.frame import Frame, frame_of
from reprisal_cli.compile.select import Told, select
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.case import Case, EditionText
from reprisal_cli.model.edition import Edition
from reprisal_cli.pipeline.casework import Casework, Change, changed
from reprisal_cli.pipeline.prepare import sentences_of
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.store.append import put
from reprisal_cli.store.corpus import CaseFile, Corpus
from reprisal_cli.store.workspace import load_record


def draft(work: Casework, case_id: str, edition_id: str | None) -> Change:
    """The case with a text for the edition. Raises ReprisalError if it has one, or if nothing of it may be told."""
    file = work.file(case_id)
    edition = work.corpus.workspace.edition(edition_id)
    known = file.case.text.get(edition.id)
    if known is not None and (known.main or known.annex):
        raise ReprisalError(f"{case_id} has a text for {edition.id}", "edit it in the file: nothing is written over it")
    empty = file.case.model_copy(update={"text": {**file.case.text, edition.id: known or EditionText()}})
    told, frame = _told(work, CaseFile(file.path, empty), edition)
    words = draft_of(told, frame)
    if not words:
        raise ReprisalError(f"{case_id} has nothing to tell in {edition.id}", "add what happened, then draft")
    raw = _written(work.raw(file), file.case, edition.id, words)
    if raw is not None:
        _proven(work, file, raw, edition, told, frame)
    done = f"{file.path}: text.{edition.id}.annex drafted, for {told.place}"
    return changed(work, {file.path: raw}, [done], f"{case_id}: draft for {edition.id}")


def _told(work: Casework, file: CaseFile, edition: Edition) -> tuple[Told, Frame]:
    """The case as the edition would tell it, by itself: what its readers may see, no name opened."""
    workspace = work.corpus.workspace
    public = disclose(Corpus(workspace, (file,), 1, 0, {file.case.id: file}), edition)
    told = select(public)
    if not told:
        reason = public.held_back[0].reason if public.held_back else "it is in no edition"
        hint = "consent, the decision on the risk and the status decide (docs/case-format.md)"
        raise ReprisalError(f"{file.case.id} may not be told in {edition.id}: {reason}", hint)
    return told[0], frame_of(edition, workspace.editions, sentences_of(workspace, edition), public.user_states)


def _written(raw: bytes, case: Case, edition_id: str, words: str) -> bytes | None:
    if edition_id in case.text:
        return put(raw, ("text", edition_id), "annex", words, tuple(EditionText.model_fields))
    if case.text:
        return put(raw, ("text",), edition_id, {"annex": words})
    return put(raw, (), "text", {edition_id: {"annex": words}}, tuple(Case.model_fields))


def _proven(work: Casework, file: CaseFile, raw: bytes, edition: Edition, told: Told, frame: Frame) -> None:
    """Raises ReprisalError if the drafted text would print other words than those that were generated."""
    case, _ = load_record(raw, file.path, Case)
    again = _told(work, CaseFile(file.path, case), edition)[0] if case is not None else None
    if again is None or again.place != told.place or not same_words(generated(again, frame), generated(told, frame)):
        raise ReprisalError("the sentences cannot be written as a text that prints the same", "please report this case")
