"""The other documents made from the same cases: what each needs, and which readers it has (`docs/documents.md`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reprisal_cli.diagnostic import ReprisalError, has_errors
from reprisal_cli.pipeline.correspondence import correspondence, remarks
from reprisal_cli.pipeline.prepare import disclosed, ready, sentences_of
from reprisal_cli.pipeline.produce import Built, Order, finish
from reprisal_cli.protect.public import Audience, Scope
from reprisal_cli.register.states import states
from reprisal_cli.store.workspace import Workspace

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


def known_state(workspace: Workspace, given: str) -> str:
    """The code of a State by its code in any case. Raises ReprisalError if there is no such State."""
    register = states().with_extra(workspace.settings.states)
    code = given.upper()
    if code in register:
        return code
    near = register.suggest(given)
    raise ReprisalError("there is no State of that code", f"did you mean `{near}`?" if near else "write EGY, PSE, ...")
