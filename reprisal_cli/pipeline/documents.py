"""The other documents made from the same cases: what each needs, and which readers it has (`docs/documents.md`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reprisal_cli.diagnostic import ReprisalError, has_errors
from reprisal_cli.model.edition import AnnexBlock
from reprisal_cli.pipeline.correspondence import FALLBACK, correspondence, frame_in, remarks
from reprisal_cli.pipeline.prepare import disclosed, ready, sentences_of
from reprisal_cli.pipeline.produce import Built, Order, finish
from reprisal_cli.protect.public import Audience, Scope
from reprisal_cli.register.states import states
from reprisal_cli.store.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from reprisal_cli.protect.vault import Keys


def build_letter(
    start: Path,
    state: str,
    edition_id: str | None,
    formats: Sequence[str],
    out: Path | None,
    as_of: date | None,
    identity: Keys | None = None,
) -> Built:
    """Builds the note verbale to a State for an edition: its own cases, as far as consent for the use `state` goes,
    from the day on which they are cleared (operative paragraph 14)."""
    from reprisal_cli.compile.letters import compile_letter

    loaded, edition = ready(start, edition_id, as_of)
    workspace = loaded.workspace
    state = known_state(workspace, state)
    if has_errors(loaded.found):
        return Built(loaded, edition)
    public, secrets, sealed = disclosed(
        loaded, edition, identity, audience=Audience.STATE, state=state, scope=Scope.PUT
    )
    if sealed:
        return Built(loaded, edition, found=sealed)
    sentences = sentences_of(workspace, edition)
    letter = correspondence(workspace, edition, state, sentences)
    report, found = compile_letter(public, state, sentences, letter)
    built = Built(loaded, edition, public, found=found, remarks=remarks(workspace, edition, state))
    return finish(built, report, secrets, letter.say, Order(f"letter-{state}", formats, out))


def build_dossier(
    start: Path,
    state: str,
    edition_id: str | None,
    formats: Sequence[str],
    out: Path | None,
    as_of: date | None,
    identity: Keys | None = None,
) -> Built:
    """Builds all that the reports ever said of a State, up to an edition (the latest one if none is named), with its
    replies and measures, for the State (operative paragraphs 3, 6 and 8)."""
    from reprisal_cli.compile.dossier import compile_dossier, dossier_cases

    loaded, edition = ready(start, edition_id or latest(start), as_of)
    workspace = loaded.workspace
    state = known_state(workspace, state)
    if has_errors(loaded.found):
        return Built(loaded, edition)
    shown = partial(disclosed, loaded, identity=identity, audience=Audience.STATE, state=state)
    public, secrets, sealed = shown(edition, scope=Scope.ALL)
    if sealed:
        return Built(loaded, edition, found=sealed)
    editions = [shown(one)[0] for one in workspace.editions if one.as_of <= edition.as_of and not one.of]
    sentences = sentences_of(workspace, edition)
    form = frame_in(workspace, FALLBACK, sentences)
    report, found = compile_dossier(public, editions, state, sentences, form)
    built = Built(loaded, edition, public.only(dossier_cases(public, editions)), found=found)
    return finish(built, report, secrets, sentences, Order(f"dossier-{state}", formats, out))


def build_president(
    start: Path,
    session: int,
    edition_id: str | None,
    formats: Sequence[str],
    out: Path | None,
    as_of: date | None,
    identity: Keys | None = None,
) -> Built:
    """Builds the list of cases brought to the attention of the President of the Council at a session, as far as they
    may be told before the Council (operative paragraph 13)."""
    from reprisal_cli.compile.president import compile_president, president_cases, window_of

    window = window_of(session)
    if window is None:
        hint = "name one that has been held, or one of the next; the register of sessions comes with the program"
        raise ReprisalError(f"the days of session {session} of the Council are not in the register", hint)
    loaded, edition = ready(start, edition_id or latest(start), as_of)
    if has_errors(loaded.found):
        return Built(loaded, edition)
    public, secrets, sealed = disclosed(loaded, edition, identity, audience=Audience.ORAL, scope=Scope.ALL)
    if sealed:
        return Built(loaded, edition, found=sealed)
    sentences = sentences_of(loaded.workspace, edition)
    report, found = compile_president(public, window, sentences)
    built = Built(loaded, edition, public.only(president_cases(public, window)), found=found)
    return finish(built, report, secrets, sentences, Order(f"president-{session}", formats, out))


def build_briefing(
    start: Path,
    edition_id: str | None,
    formats: Sequence[str],
    out: Path | None,
    as_of: date | None,
    identity: Keys | None = None,
) -> Built:
    """Builds the key figures and trends of an edition for the oral presentation (operative paragraph 11), compared with
    the edition that it names as the one before, if that is here."""
    from reprisal_cli.compile.briefing import compile_briefing

    loaded, edition = ready(start, edition_id, as_of)
    if has_errors(loaded.found):
        return Built(loaded, edition)
    shown = partial(disclosed, loaded, identity=identity, audience=Audience.ORAL)
    public, secrets, sealed = shown(edition)
    if sealed:
        return Built(loaded, edition, found=sealed)
    earlier = [shown(one)[0] for one in loaded.workspace.editions if one.as_of < edition.as_of and not one.of]
    sentences = sentences_of(loaded.workspace, edition)
    counts = any(isinstance(item, AnnexBlock) and item.annex == "statistics" for item in edition.contents)
    printed = disclosed(loaded, edition, identity)[0].counted if counts else ()
    report, found = compile_briefing([*earlier, public], sentences, printed)
    built = Built(loaded, edition, public, found=found)
    return finish(built, report, secrets, sentences, Order("briefing", formats, out))


def latest(start: Path) -> str | None:
    """The id of the last edition by its period, copies left out. Raises ReprisalError if there is no workspace."""
    workspace, _ = open_workspace(start)
    originals = [edition.id for edition in workspace.editions if not edition.of]
    return originals[-1] if originals else None


def known_state(workspace: Workspace, given: str) -> str:
    """The code of a State by its code in any case. Raises ReprisalError if there is no such State."""
    register = states().with_extra(workspace.settings.states)
    code = given.upper()
    if code in register:
        return code
    near = register.suggest(given)
    raise ReprisalError("there is no State of that code", f"did you mean `{near}`?" if near else "write EGY, PSE, ...")
