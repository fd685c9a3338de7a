"""What every document needs before it can be compiled: the checked cases, what its readers may see, sentences,
manuscripts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reprisal_cli.diagnostic import Diagnostic, ReprisalError, has_errors
from reprisal_cli.model.edition import Edition, Manuscript
from reprisal_cli.parse import decode
from reprisal_cli.pipeline.load import Loaded, load_cases
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import Audience, PublicCorpus
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from reprisal_cli.protect.secrets import Secrets
    from reprisal_cli.protect.vault import Keys


class FaultyWorkspaceError(ReprisalError):
    """The settings or an edition are so wrong that nothing else can be looked at. `found` says how."""

    def __init__(self, found: list[Diagnostic]) -> None:
        super().__init__("the settings or an edition of the workspace are at fault", "mend them first")
        self.found = found


def ready(start: Path, edition_id: str | None, as_of: date | None) -> tuple[Loaded, Edition]:
    """The checked corpus and the edition; a date that is not given is the edition's."""
    workspace, found = open_workspace(start)
    try:
        edition = workspace.edition(edition_id)
    except ReprisalError:
        if has_errors(found):  # its file may be the one at fault: say that, not that there is no such edition
            raise FaultyWorkspaceError(found) from None
        raise
    return load_cases(workspace, found, as_of or edition.as_of), edition


def disclosed(
    loaded: Loaded,
    edition: Edition,
    identity: Keys | None,
    final: bool = False,
    audience: Audience = Audience.PUBLIC,
    state: str = "",
) -> tuple[PublicCorpus, Secrets, list[Diagnostic]]:
    """What the edition's readers may see and what they may not, with what is wrong in the vault if it is opened."""
    from reprisal_cli.pipeline.gate import may_be_final, secrets_for
    from reprisal_cli.protect.vault_files import vault_of
    from reprisal_cli.protect.vault_record import names_for

    secrets, found = secrets_for(loaded.corpus, identity)
    if identity is None:
        public = disclose(loaded.corpus, edition, audience, state, final=final)
    else:
        names, _ = names_for(vault_of(loaded.workspace), loaded.corpus, identity, edition.language)
        public = disclose(loaded.corpus, edition, audience, state, names, final)
    if final:
        may_be_final(public, identity)
    return public, secrets, found


def sentences_of(workspace: Workspace, edition: Edition) -> Any:
    from reprisal_cli.compile.sentences import load_sentences

    path = f"{workspace.settings.templates}/sentences/{edition.language}.yaml"
    raw = read_bytes(workspace.root, path)
    if isinstance(raw, Diagnostic):
        raise ReprisalError(f"{path}: {raw.message}", "a language needs its file of sentences")
    return load_sentences(raw, path, edition.language)


def manuscripts_of(workspace: Workspace, edition: Edition, public: PublicCorpus) -> tuple[Any, list[Diagnostic]]:
    """The manuscripts that the edition names, from its own folder or the shared one."""
    from reprisal_cli.compile.manuscript import Source
    from reprisal_cli.compile.report import Manuscripts

    names = [item.manuscript for item in edition.contents if isinstance(item, Manuscript)]
    names += [edition.summary] if edition.summary else []
    found: list[Diagnostic] = []
    sections: dict[str, Source] = {}
    for name in names:
        source = _source(workspace, edition, name)
        if isinstance(source, Diagnostic):
            found.append(source)
        else:
            sections[name] = source
    states: dict[str, Source] = {}
    for code in {code for case in public.cases for code in case.states}:
        source = _source(workspace, edition, f"states/{code}.md", own=True)
        if isinstance(source, Source):
            states[code] = source
    return Manuscripts(sections, states), found


def _source(workspace: Workspace, edition: Edition, name: str, own: bool = False) -> Any:
    from reprisal_cli.compile.manuscript import Source

    folder = f"{workspace.editions_dir}/{edition.id}"
    if (workspace.root / folder / name).is_file() or own:
        path = f"{folder}/{name}"
    else:
        path = f"{workspace.settings.templates}/manuscript/{name}"
    if not (workspace.root / path).resolve().is_relative_to(workspace.root):
        raise ReprisalError("a manuscript's name leads out of the workspace", "name a file beside edition.yaml")
    raw = read_bytes(workspace.root, path)
    if isinstance(raw, Diagnostic):
        return raw
    text, fault = decode(raw, path)
    return fault or Source(path, text)
