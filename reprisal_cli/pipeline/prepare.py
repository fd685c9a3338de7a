"""What every document needs before it can be compiled: the checked cases, what its readers may see, sentences,
manuscripts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reprisal_cli.diagnostic import Diagnostic, ReprisalError, has_errors
from reprisal_cli.model.edition import AnnexBlock, Edition, Manuscript
from reprisal_cli.parse import decode
from reprisal_cli.pipeline.load import Loaded, load_cases
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import Audience, PublicCorpus, Scope
from reprisal_cli.store.corpus import Memory
from reprisal_cli.store.manuscripts import places_of
from reprisal_cli.store.read import is_inside, is_there, read_bytes
from reprisal_cli.store.starter import templates_folder
from reprisal_cli.store.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from reprisal_cli.compile.tree import Report
    from reprisal_cli.protect.secrets import Secrets
    from reprisal_cli.protect.vault import Keys


class FaultyWorkspaceError(ReprisalError):
    """The settings or an edition are so wrong that nothing else can be looked at. `found` says how."""

    def __init__(self, found: list[Diagnostic]) -> None:
        super().__init__("the settings or an edition of the workspace are at fault", "mend them first")
        self.found = found


def ready(
    start: Path, edition_id: str | None, as_of: date | None, memory: Memory | None = None
) -> tuple[Loaded, Edition]:
    """The checked corpus and the edition; a date that is not given is the edition's. `memory` as in `load_corpus`."""
    workspace, found = open_workspace(start)
    return ready_in(workspace, found, edition_id, as_of, memory)


def ready_in(
    workspace: Workspace,
    found: list[Diagnostic],
    edition_id: str | None,
    as_of: date | None,
    memory: Memory | None = None,
) -> tuple[Loaded, Edition]:
    """The same in an open workspace, in which `found` was wrong."""
    try:
        edition = workspace.edition(edition_id)
    except ReprisalError:
        if has_errors(found):  # its file may be the one at fault: say that, not that there is no such edition
            raise FaultyWorkspaceError(found) from None
        raise
    return load_cases(workspace, found, as_of or edition.as_of, memory), edition


def disclosed(
    loaded: Loaded,
    edition: Edition,
    identity: Keys | None,
    final: bool = False,
    audience: Audience = Audience.PUBLIC,
    state: str = "",
    scope: Scope = Scope.EDITION,
) -> tuple[PublicCorpus, Secrets, list[Diagnostic]]:
    """What the edition's readers may see and what they may not, with what is wrong in the vault if it is opened."""
    from reprisal_cli.pipeline.gate import may_be_final, secrets_for
    from reprisal_cli.protect.vault_files import vault_of
    from reprisal_cli.protect.vault_record import names_for

    secrets, found = secrets_for(loaded.corpus, identity)
    if identity is None:
        public = disclose(loaded.corpus, edition, audience, state, final=final, scope=scope)
    else:
        names, _ = names_for(vault_of(loaded.workspace), loaded.corpus, identity, edition.language)
        public = disclose(loaded.corpus, edition, audience, state, names, final, scope)
    if final:
        may_be_final(public, identity)
    return public, secrets, found


class Compiled(Struct, frozen=True):
    """The report as a tree, before any format. `report` is None where an error was found before it was compiled."""

    loaded: Loaded
    edition: Edition
    public: PublicCorpus | None = None
    report: Report | None = None
    found: tuple[Diagnostic, ...] = ()


def compiled(loaded: Loaded, edition: Edition) -> Compiled:
    """The annual report of checked cases as a tree, compiled without any key; nothing is rendered or written."""
    from reprisal_cli.compile.report import compile_report
    from reprisal_cli.compile.sentences import lacking

    if has_errors(loaded.found):
        return Compiled(loaded, edition)
    public, _, _ = disclosed(loaded, edition, None)
    manuscripts, missing = manuscripts_of(loaded.workspace, edition, public)
    if missing:
        return Compiled(loaded, edition, public, found=tuple(missing))
    sentences = sentences_of(loaded.workspace, edition)
    report, found = compile_report(public, manuscripts, sentences)
    return Compiled(loaded, edition, public, report, (*found, *lacking(sentences)))


def sentences_of(workspace: Workspace, edition: Edition | None) -> Any:
    """The sentences of the frame in an edition's language; in English where it is not known which edition is meant.
    What the workspace's file lacks is the program's own, where that knows the language."""
    from reprisal_cli.compile.sentences import load_sentences

    language = edition.language if edition is not None else "en"
    path = f"{workspace.settings.templates}/sentences/{language}.yaml"
    raw = read_bytes(workspace.place, path)
    if isinstance(raw, Diagnostic):
        raise ReprisalError(f"{path}: {raw.message}", "a language needs its file of sentences")
    shipped = read_bytes(templates_folder(), f"sentences/{language}.yaml")
    return load_sentences(raw, path, language, b"" if isinstance(shipped, Diagnostic) else shipped)


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
    return Manuscripts(sections, states, workspace.registers, _analysis(workspace, edition)), found


def _analysis(workspace: Workspace, edition: Edition) -> Any:
    """What makes the statistical annex, for an edition that has one, with the files of its figures."""
    if not any(isinstance(item, AnnexBlock) and item.annex == "statistics" for item in edition.contents):
        return None
    from reprisal_cli.analyse.annex import analysis
    from reprisal_cli.analyse.charts import FIGURES, drawn

    folder = f"{workspace.settings.templates}/figures"
    read = {key: read_bytes(workspace.place, f"{folder}/{key}.json") for key in FIGURES}
    return analysis({key: raw for key, raw in read.items() if isinstance(raw, bytes)}, folder, drawn)


def _source(workspace: Workspace, edition: Edition, name: str, own: bool = False) -> Any:
    from reprisal_cli.compile.manuscript import Source

    *near, shared = places_of(workspace, edition, name)
    there = next((path for path in near if is_there(workspace.place, path)), None)
    path = there or (near[0] if own else shared)
    if not is_inside(workspace.place, path):
        raise ReprisalError("a manuscript's name leads out of the workspace", "name a file beside edition.yaml")
    raw = read_bytes(workspace.place, path)
    if isinstance(raw, Diagnostic):
        return raw
    text, fault = decode(raw, path)
    return fault or Source(path, text)
