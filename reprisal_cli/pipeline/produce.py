"""A finished tree -> files in their folder: rendered, proven, searched, and written all at once or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field, json
from msgspec.structs import replace

from reprisal_cli.diagnostic import Diagnostic, ReprisalError, has_errors
from reprisal_cli.model.edition import Edition
from reprisal_cli.pipeline.load import Loaded
from reprisal_cli.protect.public import PublicCorpus
from reprisal_cli.store.corpus import Corpus
from reprisal_cli.store.root import MARKER
from reprisal_cli.store.workspace import Workspace
from reprisal_cli.store.write import write_all

if TYPE_CHECKING:
    from reprisal_cli.protect.scan.match import Matcher
    from reprisal_cli.protect.secrets import Secrets

MANIFEST = "manifest.json"


class Built(Struct, frozen=True):
    """What a build did: nothing is written (`files` is empty) if an error was found. `stamp` is what the documents say
    of themselves if they were not checked against the vault; `final` says that they may be published. `remarks` are for
    the desk, a line each."""

    loaded: Loaded
    edition: Edition
    public: PublicCorpus | None = None
    folder: Path | None = None
    files: tuple[str, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)
    stamp: str = ""
    final: bool = False
    remarks: tuple[str, ...] = ()


class Order(Struct, frozen=True):
    """What is to be made: the name of the document, its formats, and where they go. `sign` makes a receipt of a
    manifest. `write` stands in for the table of writers; `beside` are other trees whose texts it prints too;
    `reference` is a Word template to be used instead of the house's."""

    name: str
    formats: Sequence[str]
    out: Path | None
    sign: Callable[[bytes], bytes] | None = None
    write: Callable[[Any, str, Any, int], bytes] | None = None
    beside: tuple[Any, ...] = ()
    reference: Path | None = None


def finish(built: Built, report: Any, secrets: Secrets, sentences: Any, order: Order) -> Built:
    """Renders, adds what proves the document, searches all of it, and writes all of it at once or nothing."""
    from reprisal_cli.compile.sentences import lacking
    from reprisal_cli.pipeline.gate import stamped

    if has_errors(built.found):
        return built
    built = replace(built, found=[*built.found, *lacking(sentences)])
    if not secrets.keyed:
        report, stamp = stamped(report, sentences)
        built = replace(built, stamp=stamp)
    name, workspace = order.name, built.loaded.workspace
    manifest = MANIFEST if name == "report" else f"{name}.{MANIFEST}"
    with _making(report, order, built) as jobs:
        # most of the time is spent in pandoc and typst, which are programs of their own: what stands beside the
        # documents is made meanwhile, and each is searched as soon as it is there
        beside, read = _beside(report, name), inputs(built.loaded.corpus)
        matcher = _matcher(secrets, built.public, (report, *order.beside))
        files, found = _searched(jobs, matcher)
    files |= beside
    files[manifest] = _json(_manifest(built, read, files, order.reference))
    from reprisal_cli.protect.scan.gate import scan_all

    found += scan_all([*beside.items(), (manifest, files[manifest])], matcher)
    if found:
        return replace(built, found=[*built.found, *found])
    if order.sign is not None:
        files[f"{manifest}.sig"] = order.sign(files[manifest])
    folder = order.out or workspace.root / workspace.settings.build / built.edition.id
    write_all(folder, files, last=manifest)
    return replace(built, folder=folder, files=tuple(files))


def page_of(built: Built, report: Any, secrets: Secrets, sentences: Any) -> tuple[bytes, list[Diagnostic]]:
    """The web page alone, stamped and searched as any document, and written nowhere: what `preview` shows."""
    from reprisal_cli.pipeline.gate import stamped

    if not secrets.keyed:
        report, _ = stamped(report, sentences)
    with _making(report, Order("report", ("html",), None), built) as jobs:
        files, found = _searched(jobs, _matcher(secrets, built.public, (report,)))
    return files["report.html"], found


Jobs = Mapping[str, Future[bytes]]
"""Documents that are being made, by the name of their file."""


@contextmanager
def _making(report: Any, order: Order, built: Built) -> Iterator[Jobs]:
    """All formats, side by side: the first step of each here, one after the other, the programs in threads."""
    from reprisal_cli.render.house import load_house
    from reprisal_cli.render.writers import begin

    if not order.formats:
        raise ReprisalError("no format is named", "say --to docx,pdf,html, or leave --to out")
    workspace = built.loaded.workspace
    house = load_house(workspace.root / workspace.settings.templates / "house", order.reference)
    epoch = int(datetime.combine(built.edition.as_of, time(), UTC).timestamp())

    def begun(fmt: str) -> Callable[[], bytes]:
        return partial(order.write, report, fmt, house, epoch) if order.write else begin(report, fmt, house, epoch)

    # the PDF takes longest: it starts first, and two at once leave its programs a processor
    longest_first = sorted(order.formats, key=lambda fmt: fmt != "pdf")
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = {fmt: pool.submit(begun(fmt)) for fmt in longest_first}
        yield {f"{order.name}.{fmt}": jobs[fmt] for fmt in order.formats}


def _searched(jobs: Jobs, matcher: Matcher) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """The finished files and what was found in them, each searched while others are being made."""
    from reprisal_cli.protect.scan.gate import scan

    names = {job: name for name, job in jobs.items()}
    found = {names[job]: scan(names[job], job.result(), matcher) for job in as_completed(names)}
    return {name: job.result() for name, job in jobs.items()}, [one for name in jobs for one in found[name]]


def _beside(report: Any, name: str) -> dict[str, bytes]:
    from reprisal_cli.compile.proof import report_figures, report_map

    return {f"{name}.map.json": _json(report_map(report)), f"{name}.figures.json": _json(report_figures(report))}


def _matcher(secrets: Secrets, public: PublicCorpus | None, reports: tuple[Any, ...]) -> Matcher:
    from reprisal_cli.pipeline.gate import of_document
    from reprisal_cli.protect.scan.match import matcher_of

    return matcher_of(of_document(secrets, public, *reports)) if public else matcher_of(secrets)


def _manifest(
    built: Built, read: Mapping[str, str], files: Mapping[str, bytes], reference: Path | None = None
) -> dict[str, Any]:
    """What went in and what came out, by digest: `read` are the case files, settings, editions and templates."""
    return {
        "version": 1,
        "edition": built.edition.id,
        "checked": {"vault": not built.stamp, "final": built.final, **({"stamp": built.stamp} if built.stamp else {})},
        "tool": {"reprisal": version("reprisal"), "pandoc": version("pypandoc_binary"), "typst": version("typst")},
        **({"reference-doc": digest_of(reference.read_bytes())} if reference else {}),
        "read": read,
        "written": {name: digest_of(content) for name, content in sorted(files.items())},
    }


def inputs(corpus: Corpus) -> dict[str, str]:
    """The digests of everything that a document is made from, by path: settings, cases, templates."""
    workspace = corpus.workspace
    if workspace.held is not None:  # a revision
        read = {path: content for path, content in sorted(workspace.held.files.items()) if content is not None}
    else:
        paths = sorted([MARKER, *(file.path for file in corpus.files), *_templates(workspace)])
        read = {path: (workspace.root / path).read_bytes() for path in paths}
    return {path: digest_of(content) for path, content in read.items()}


def _templates(workspace: Workspace) -> list[str]:
    """The files of the templates' folder but hidden ones and editors' backups, which no build reads."""
    paths = (workspace.root / workspace.settings.templates).rglob("*")
    files = [path.relative_to(workspace.root) for path in paths if path.is_file() and not path.is_symlink()]
    seen = [path for path in files if not any(part.startswith(".") for part in path.parts)]
    return [path.as_posix() for path in seen if not path.name.endswith("~")]


def digest_of(content: bytes) -> str:
    """The digest by which a manifest knows a file."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _json(data: Mapping[str, Any]) -> bytes:
    return json.format(json.encode(data), indent=1) + b"\n"
