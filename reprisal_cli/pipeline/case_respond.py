"""`reprisal case respond`: the State's own account, or the record that there was none (operative paragraph 14).

The document goes into the vault as it was received; of its words, only what somebody wrote or chose as the summary goes
into the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from msgspec import Struct

from reprisal_cli.checks.cycle import transmissions
from reprisal_cli.checks.days import earliest
from reprisal_cli.checks.hearing import NOTE_VERBALE, unheard
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.action import UnAction
from reprisal_cli.model.case import Case
from reprisal_cli.pipeline.case_develop import next_ref
from reprisal_cli.pipeline.casework import Beside, Casework, Change, changed
from reprisal_cli.protect.received import Received
from reprisal_cli.protect.received_dates import dates_in
from reprisal_cli.protect.recipients import sealing_recipients
from reprisal_cli.protect.vault_edit import sealed_document
from reprisal_cli.protect.vault_files import (
    document_path,
    locked,
    place_to_write,
    read_sealed,
    vault_of,
)
from reprisal_cli.store.append import append
from reprisal_cli.store.together import Elsewhere

FIRST_PARAGRAPHS = 40
"""Where a letter bears its date."""


class Reply(Struct, frozen=True):
    """What the desk says of a reply. `state` is the one that replied, the case's own if empty; `to` the action that it
    answers. `summary` is the clause after "stating that"."""

    state: str = ""
    to: str | None = None
    persons: Sequence[str] = ()
    date: str | None = None
    none_as_of: str | None = None
    kinds: Sequence[str] = ()
    addresses: str | None = None
    language: str | None = None
    summary: str | None = None


def respond(work: Casework, case_ids: Sequence[str], reply: Reply, document: str | None = None) -> Change:
    """The reply in the first of the cases; the others are those that it covers. That there was no reply is written into
    each of them, for every action that was put to the State and not answered."""
    if reply.none_as_of is not None:
        return _none(work, case_ids, reply)
    first, *others = dict.fromkeys(case_ids)
    file = work.file(first)
    for case_id in others:
        work.file(case_id)
    state = reply.state or file.case.state
    answered = action_answered(file.case, state, reply.to)
    item = {
        "ref": next_ref(file.case, "responses"),
        "to": answered.ref if answered is not None else None,
        "state": state,
        "persons": list(reply.persons),
        "date": reply.date,
        "covers": others,
        "kinds": list(reply.kinds),
        "addresses_reprisal": reply.addresses,
        "language": reply.language,
        "document": document,
        "summary": reply.summary,
    }
    raw = append(work.raw(file), "responses", _filled(item))
    also = f", for {', '.join(others)} too" if others else ""
    to = f" to {answered.ref}" if answered is not None else ""
    done = f"{file.path}: reply {item['ref']} of {state}{to} added{also}"
    return changed(work, {file.path: raw}, [done], f"{first}: reply of {state}{also}")


def _filled(item: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in item.items() if value not in (None, "", [])}


def _none(work: Casework, case_ids: Sequence[str], reply: Reply) -> Change:
    files: dict[str, bytes | None] = {}
    done: list[str] = []
    for case_id in dict.fromkeys(case_ids):
        file = work.file(case_id)
        state = reply.state or file.case.state
        raw: bytes | None = work.raw(file)
        first = int(next_ref(file.case, "responses")[1:])
        for number, action in enumerate(_not_answered(file.case, state, reply.to), first):
            item = {"ref": f"r{number}", "to": action.ref, "state": state, "none_as_of": reply.none_as_of}
            raw = append(raw, "responses", item) if raw is not None else None
            done.append(f"{file.path}: no reply of {state} to {action.ref} as of {reply.none_as_of}")
        files[file.path] = raw
    return changed(work, files, done, f"{', '.join(dict.fromkeys(case_ids))}: no reply as of {reply.none_as_of}")


def _not_answered(case: Case, state: str, to: str | None) -> list[UnAction]:
    if to is not None:
        answered = action_answered(case, state, to)
        return [answered] if answered is not None else []
    open_ = [case.un_actions[one.position] for one in unheard(case) if one.state == state]
    if not open_:
        hint = f"`reprisal case show {case.id}` shows what was put to it, and its replies"
        raise ReprisalError(f"{case.id}: nothing that was put to {state} is without an answer", hint)
    return open_


def action_answered(case: Case, state: str, to: str | None) -> UnAction | None:
    """The action that a reply answers: the one that is named, by reference or number; else the only one put to the
    State and not yet answered; else the only one put to it. None if nothing was put to the State."""
    put = [action for action in case.un_actions if state in action.to]
    if to is not None:
        for action in put:
            if to in (action.ref, action.number) or (action.number or "").removeprefix(NOTE_VERBALE) == to:
                return action
        raise ReprisalError(f"{case.id}: no action of this reference was put to {state}", _choices(put))
    new = [action for _, action in transmissions(case) if action in put]
    waiting = [case.un_actions[one.position] for one in unheard(case) if one.state == state]
    for choice in ([action for action in waiting if action in new], waiting, new, put):
        if len(choice) == 1:
            return choice[0]
    if not put:
        return None
    raise ReprisalError(f"{case.id}: several things were put to {state}: say which one this answers", _choices(put))


def _choices(put: Sequence[UnAction]) -> str:
    listed = "; ".join(
        f"--to {action.ref} ({action.kind or 'action'} {action.number or ''})".replace(" )", ")") for action in put
    )
    return listed or "add the communication or note verbale first: `reprisal case develop CASE --action ... --to STATE`"


# --- the document ---------------------------------------------------------------------------------------------------


def proposed_dates(received: Received, answered: UnAction | None, today: date) -> list[date]:
    """The days that a letter may bear, the likeliest first: the first one after what it answers, as it stands at the
    head of the letter."""
    found = dates_in(received.paragraphs[:FIRST_PARAGRAPHS]) or dates_in(received.paragraphs)
    asked = earliest(answered.date) if answered is not None and answered.date else date.min
    return sorted(found, key=lambda day: day <= asked or day > today)  # a letter names the day of what it answers


def document_name(
    work: Casework, case_id: str, state: str, day: str | None, answered: UnAction | None, ending: str
) -> str:
    """A name for the document in the vault that tells nothing of what it is called or says: State, day, and what it
    answers. One that is taken gets a number."""
    note = answered is not None and answered.kind == "note-verbale"
    stem = f"{state}-{day or 'undated'}-{'note' if note else 'reply'}"
    vault = vault_of(work.corpus.workspace)
    for name in _names(stem, ending):
        if read_sealed(vault, document_path(case_id, name)) is None:
            return name
    raise AssertionError


def _names(stem: str, ending: str) -> Iterator[str]:
    yield f"{stem}.{ending}"
    number = 2
    while True:
        yield f"{stem}-{number}.{ending}"
        number += 1


def vault_is_there(work: Casework) -> None:
    """Raises ReprisalError where there is no vault to keep a document in."""
    try:
        sealing_recipients(vault_of(work.corpus.workspace))
    except ReprisalError as problem:
        raise ReprisalError(
            f"a document as received is kept in the vault: {problem.message}",
            f"{problem.hint}; without --from a reply goes in without its document",
        ) from None


@contextmanager
def kept(work: Casework, case_id: str, name: str, content: bytes) -> Iterator[tuple[str, Beside]]:
    """Seals the document beside the case: its place, and the file that is written together with the case. Within it the
    vault is locked."""
    vault, root = vault_of(work.corpus.workspace), work.root
    with locked(vault):
        path, sealed = sealed_document(vault, work.file(case_id).case, name, content)
        target = place_to_write(vault, path)
        if target.is_relative_to(root):
            yield vault.show(path), Beside({target.relative_to(root).as_posix(): sealed})
        else:
            yield vault.show(path), Beside(elsewhere=Elsewhere(vault.root, {path: sealed}))
