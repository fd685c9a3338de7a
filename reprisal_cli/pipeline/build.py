"""`reprisal build`: from the cases to documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reprisal_cli.diagnostic import Diagnostic, ReprisalError, has_errors
from reprisal_cli.model.edition import Edition, Manuscript
from reprisal_cli.parse import decode
from reprisal_cli.pipeline.load import Loaded, load_cases
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import PublicCorpus
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.root import MARKER
from reprisal_cli.store.workspace import Workspace, open_workspace
from reprisal_cli.store.write import write_all

if TYPE_CHECKING:
    from reprisal_cli.protect.scan.match import Matcher
    from reprisal_cli.protect.secrets import Secrets
    from reprisal_cli.protect.vault import Keys

MANIFEST = "manifest.json"


class FaultyWorkspaceError(ReprisalError):
    """The settings or an edition are so wrong that nothing else can be looked at. `found` says how."""

    def __init__(self, found: list[Diagnostic]) -> None:
        super().__init__("the settings or an edition of the workspace are at fault", "mend them first")
        self.found = found


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: nothing is written (`files` is empty) if an error was found. `stamp` is what the documents say
    of themselves if they were not checked against the vault; `final` says that they may be published."""

    loaded: Loaded
    edition: Edition
    public: PublicCorpus | None = None
    folder: Path | None = None
    files: tuple[str, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)
    stamp: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: the name of the document, its formats, and where they go. `sign` makes a receipt of a
    manifest."""

    name: str
    formats: Sequence[str]
    out: Path | None
    sign: Callable[[bytes], bytes] | None = None


def build_report(
    start: Path,
    edition_id: str | None,
    formats: Sequence[str],
    out: Path | None,
    as_of: date | None,
    identity: Keys | None = None,
    final: bool = False,
    sign: Callable[[bytes], bytes] | None = None,
) -> Built:
    """Builds the annual report of an edition in some formats, whole or not at all.

    With an `identity`, sealed names are printed where their owners agreed to it, and what is in the vault is searched
    for in what was made; without, these persons are described, and the documents say that they were not checked.
    `final`: for publication, of approved cases alone.
    """
    from reprisal_cli.compile.report import compile_report

    loaded, edition = _ready(start, edition_id, as_of)
    workspace = loaded.workspace
    if has_errors(loaded.found):
        return Built(loaded, edition)
    sentences = _sentences(workspace, edition)
    public, secrets, sealed = _disclosed(loaded, edition, identity, final)
    if sealed:
        return Built(loaded, edition, found=sealed)
    manuscripts, missing = _manuscripts(workspace, edition, public)
    if missing:
        return Built(loaded, edition, found=missing)
    report, found = compile_report(public, manuscripts, sentences)
    built = Built(loaded, edition, public, found=found, final=final)
    return _finish(built, report, secrets, sentences, Order("report", formats, out, sign))


def build_annex(
    start: Path,
    edition_id: str | None,
    family: str,
    formats: Sequence[str],
    out: Path | None,
    as_of: date | None,
    identity: Keys | None = None,
) -> Built:
    """Builds one family of mechanisms' own extract of an edition (operative paragraph 14)."""
    from reprisal_cli.compile.report import compile_annex
    from reprisal_cli.register.bodies import families
    from reprisal_cli.register.suggest import suggest

    if family not in families():
        near = suggest(family, families())
        hint = f"did you mean `{near}`?" if near else f"the families are: {', '.join(families())}"
        raise ReprisalError("there is no such family of mechanisms", hint)
    loaded, edition = _ready(start, edition_id, as_of)
    if has_errors(loaded.found):
        return Built(loaded, edition)
    public, secrets, sealed = _disclosed(loaded, edition, identity)
    if sealed:
        return Built(loaded, edition, found=sealed)
    sentences = _sentences(loaded.workspace, edition)
    report, found = compile_annex(public, family, sentences)
    built = Built(loaded, edition, public, found=found)
    return _finish(built, report, secrets, sentences, Order(f"annex-{family}", formats, out))


# --- before ---------------------------------------------------------------------------------------------------------


def _ready(start: Path, edition_id: str | None, as_of: date | None) -> tuple[Loaded, Edition]:
    """The checked corpus and the edition; a date that is not given is the edition's."""
    workspace, found = open_workspace(start)
    try:
        edition = workspace.edition(edition_id)
    except ReprisalError:
        if has_errors(found):  # its file may be the one at fault: say that, not that there is no such edition
            raise FaultyWorkspaceError(found) from None
        raise
    return load_cases(workspace, found, as_of or edition.as_of), edition


def _disclosed(
    loaded: Loaded, edition: Edition, identity: Keys | None, final: bool = False
) -> tuple[PublicCorpus, Secrets, list[Diagnostic]]:
    """What the edition's readers may see and what they may not, with what is wrong in the vault if it is opened."""
    from reprisal_cli.pipeline.gate import may_be_final, secrets_for
    from reprisal_cli.protect.vault_files import vault_of
    from reprisal_cli.protect.vault_record import names_for

    secrets, found = secrets_for(loaded.corpus, identity)
    if identity is None:
        public = disclose(loaded.corpus, edition, final=final)
    else:
        names, _ = names_for(vault_of(loaded.workspace), loaded.corpus, identity, edition.language)
        public = disclose(loaded.corpus, edition, names=names, final=final)
    if final:
        may_be_final(public, identity)
    return public, secrets, found


def _sentences(workspace: Workspace, edition: Edition) -> Any:
    from reprisal_cli.compile.sentences import load_sentences

    path = f"{workspace.settings.templates}/sentences/{edition.language}.yaml"
    raw = read_bytes(workspace.root, path)
    if isinstance(raw, Diagnostic):
        raise ReprisalError(f"{path}: {raw.message}", "a language needs its file of sentences")
    return load_sentences(raw, path, edition.language)


def _manuscripts(workspace: Workspace, edition: Edition, public: PublicCorpus) -> tuple[Any, list[Diagnostic]]:
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


# --- after ----------------------------------------------------------------------------------------------------------


def _finish(built: Built, report: Any, secrets: Secrets, sentences: Any, order: Order) -> Built:
    """Renders, adds what proves the document, searches all of it, and writes all of it at once or nothing."""
    from reprisal_cli.compile.proof import report_figures, report_map
    from reprisal_cli.pipeline.gate import stamped

    if has_errors(built.found):
        return built
    if not secrets.keyed:
        report, stamp = stamped(report, sentences)
        built = replace(built, stamp=stamp)
    name, workspace = order.name, built.loaded.workspace
    files, found, matcher = _render(report, order, built, secrets)
    beside = {f"{name}.map.json": _json(report_map(report)), f"{name}.figures.json": _json(report_figures(report))}
    files |= beside
    manifest = MANIFEST if name == "report" else f"{name}.{MANIFEST}"
    files[manifest] = _json(_manifest(built, files))
    from reprisal_cli.protect.scan.gate import scan_all

    found += scan_all([*beside.items(), (manifest, files[manifest])], matcher)
    if found:
        return replace(built, found=[*built.found, *found])
    if order.sign is not None:
        files[f"{manifest}.sig"] = order.sign(files[manifest])
    folder = order.out or workspace.root / workspace.settings.build / built.edition.id
    write_all(folder, files, last=manifest)
    return replace(built, folder=folder, files=tuple(files))


def _render(
    report: Any, order: Order, built: Built, secrets: Secrets
) -> tuple[dict[str, bytes], list[Diagnostic], Matcher]:
    """All formats, side by side: most of the time is spent in pandoc and typst, which are programs of their own, so
    that what is searched for is made ready, and one format searched, while another is made."""
    from reprisal_cli.render.house import load_house
    from reprisal_cli.render.writers import render

    workspace = built.loaded.workspace
    house = load_house(workspace.root / workspace.settings.templates / "house")
    epoch = int(datetime.combine(built.edition.as_of, time(), UTC).timestamp())

    def made(fmt: str) -> tuple[bytes, list[Diagnostic]]:
        content = render(report, fmt, house, epoch)
        from reprisal_cli.protect.scan.gate import scan

        return content, scan(f"{order.name}.{fmt}", content, ready.result())

    # The PDF takes longest: it starts first, and two at once leave its programs a processor.
    if not order.formats:
        raise ReprisalError("no format is named", "say --to docx,pdf,html, or leave --to out")
    first, *others = sorted(order.formats, key=lambda fmt: fmt != "pdf")
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = {first: pool.submit(made, first)}
        ready = pool.submit(_matcher, secrets, built.public, report)
        jobs |= {fmt: pool.submit(made, fmt) for fmt in others}
        done = {f"{order.name}.{fmt}": jobs[fmt].result() for fmt in order.formats}
    found = [one for _, wrong in done.values() for one in wrong]
    return {name: content for name, (content, _) in done.items()}, found, ready.result()


def _matcher(secrets: Secrets, public: PublicCorpus | None, report: Any) -> Matcher:
    from reprisal_cli.pipeline.gate import of_document
    from reprisal_cli.protect.scan.match import matcher_of

    return matcher_of(of_document(secrets, public, report)) if public else matcher_of(secrets)


def _manifest(built: Built, files: Mapping[str, bytes]) -> dict[str, Any]:
    """What went in and what came out, by digest: `read` are the case files, settings, editions and templates."""
    workspace = built.loaded.workspace
    cases = (file.path for file in built.loaded.corpus.files)
    read = sorted([MARKER, *cases, *_templates(workspace)])
    return {
        "version": 1,
        "edition": built.edition.id,
        "checked": {"vault": not built.stamp, "final": built.final, **({"stamp": built.stamp} if built.stamp else {})},
        "tool": {"reprisal": version("reprisal"), "pandoc": version("pypandoc_binary"), "typst": version("typst")},
        "read": {path: _digest((workspace.root / path).read_bytes()) for path in read},
        "written": {name: _digest(content) for name, content in sorted(files.items())},
    }


def _templates(workspace: Workspace) -> list[str]:
    """The files of the templates' folder but hidden ones and editors' backups, which no build reads."""
    paths = (workspace.root / workspace.settings.templates).rglob("*")
    files = [path.relative_to(workspace.root) for path in paths if path.is_file() and not path.is_symlink()]
    seen = [path for path in files if not any(part.startswith(".") for part in path.parts)]
    return [path.as_posix() for path in seen if not path.name.endswith("~")]


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _json(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode()
