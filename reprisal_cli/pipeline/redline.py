"""`reprisal build redline`: the report of one revision with all that differs from another as tracked changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.diagnostic import ReprisalError, Severity, has_errors
from reprisal_cli.model.edition import Edition
from reprisal_cli.pipeline.load import Loaded
from reprisal_cli.pipeline.prepare import disclosed, manuscripts_of, ready_in, sentences_of
from reprisal_cli.pipeline.produce import Built, Order, finish
from reprisal_cli.pipeline.revision import open_revision
from reprisal_cli.protect.since import tellable_since, without
from reprisal_cli.review.history import Commit, commits_between
from reprisal_cli.review.revision import commits
from reprisal_cli.store.root import find_root
from reprisal_cli.store.workspace import Workspace, workspace_at

if TYPE_CHECKING:
    from reprisal_cli.compile.tree import Report
    from reprisal_cli.protect.vault import Keys
    from reprisal_cli.review.redline_parts import Credits

NAME = "redline"
FORMATS = ("docx", "html")


class Redlined(Struct, frozen=True):
    """What was built, and the cases that the old side leaves out: of them less may be told now than then."""

    built: Built
    left_out: tuple[str, ...] = ()


class _Side(Struct, frozen=True):
    """One revision, read and checked."""

    loaded: Loaded
    edition: Edition

    @property
    def workspace(self) -> Workspace:
        return self.loaded.workspace


def build_redline(
    start: Path,
    old: str,
    new: str,
    edition_id: str | None,
    formats: Sequence[str],
    out: Path | None,
    identity: Keys | None = None,
    author: str = "",
) -> Redlined:
    """Builds the difference between the reports of two revisions, whole or not at all.

    `author` stands on every change instead of those who wrote the commits.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ReprisalError(f"a redline is not written as {unknown[0]}", f"choose from {', '.join(FORMATS)}")
    root = find_root(start.resolve())
    before, after = commits(root, old, new)
    now = _side(root, after, edition_id)
    if has_errors(now.loaded.found):
        return Redlined(Built(now.loaded, now.edition))
    then = _side(root, before, now.edition.id)
    sentences = sentences_of(now.workspace, now.edition)
    public, secrets, sealed = disclosed(now.loaded, now.edition, identity)
    if sealed:
        return Redlined(Built(now.loaded, now.edition, found=sealed))
    from reprisal_cli.compile.report import compile_report

    manuscripts, missing = manuscripts_of(now.workspace, now.edition, public)
    if missing:
        return Redlined(Built(now.loaded, now.edition, found=missing))
    report, found = compile_report(public, manuscripts, sentences)
    was, known, left_out = _old_report(then, now, identity)
    from reprisal_cli.pipeline.gate import stamped

    if not secrets.keyed:
        was, _ = stamped(was, sentences)
    words = sentences_of(workspace_at(root)[0], now.edition)  # a revision may be older than the words of a redline
    credits = _credits(root, before, after, was, report, words, author)
    folder = out or root / now.workspace.settings.build / now.edition.id
    order = Order(NAME, formats, folder, write=_writer(was, credits, words), beside=(was,))
    built = Built(now.loaded, now.edition, public, found=found)
    return Redlined(finish(built, report, _both(secrets, known), sentences, order), left_out)


def _side(root: Path, commit: str, edition_id: str | None) -> _Side:
    workspace, found = open_revision(root, commit)
    return _Side(*ready_in(workspace, found, edition_id, None))


# --- the old report -------------------------------------------------------------------------------------------------


def _old_report(then: _Side, now: _Side, identity: Keys | None) -> tuple[Report, Any, tuple[str, ...]]:
    """The old report as far as it may be quoted now, what the old files keep back, and the cases left out.

    A case that today's rules find at fault is left out as well: it cannot be mended in a revision that is past, and a
    rule may be there to protect somebody.
    """
    from reprisal_cli.compile.report import compile_report
    from reprisal_cli.protect.secrets import secrets_of

    faulty = {one.location.path for one in then.loaded.found if one.severity is Severity.ERROR}
    whole = then.loaded.corpus
    wrong = tuple(file.case.id for file in whole.files if file.path in faulty)
    corpus, since = tellable_since(without(whole, wrong), then.edition, now.loaded.corpus, now.edition)
    left_out = tuple(sorted({*wrong, *since}))
    loaded = replace(then.loaded, corpus=corpus)
    public, _, _ = disclosed(loaded, then.edition, identity)
    manuscripts, missing = manuscripts_of(then.workspace, then.edition, public)
    if missing:
        raise ReprisalError("the old revision lacks a manuscript of the edition", "name a revision that has them all")
    states = {state for file in whole.files if file.case.id in left_out for state in file.case.states}
    quotable = replace(
        manuscripts,
        sections={
            name: replace(source, text=_without_mention(source.text, left_out))
            for name, source in manuscripts.sections.items()
        },
        states={code: source for code, source in manuscripts.states.items() if code not in states},
    )
    report, _ = compile_report(public, quotable, sentences_of(then.workspace, then.edition))
    return report, secrets_of(whole), left_out


def _without_mention(text: str, ids: Iterable[str]) -> str:
    """A manuscript without the blocks that speak of some cases; their lines stay empty, so that all others keep
    theirs."""
    marks = [f"{{case {name}}}" for name in ids]
    out: list[str] = []
    block: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            block.append(line)
            continue
        spoken = any(mark in " ".join(block) for mark in marks)
        out += [""] * len(block) if spoken else block
        out.append(line)
        block = []
    return "\n".join(out[:-1])


def _both(secrets: Any, old: Any) -> Any:
    """What neither the new files nor the old ones let out. What was confidential then may have been opened since."""
    desks = tuple(replace(desk, confidential=()) for desk in old.desks)
    known = set(secrets.desks)
    return replace(
        secrets,
        identities=(*secrets.identities, *(one for one in old.identities if one not in secrets.identities)),
        desks=(*secrets.desks, *(desk for desk in desks if desk not in known)),
        places={**old.places, **secrets.places},
    )


# --- whose change ---------------------------------------------------------------------------------------------------


def _credits(root: Path, old: str, new: str, was: Report, now: Report, sentences: Any, author: str) -> Credits:
    """For each paragraph of either report the last commit that changed its file."""
    from reprisal_cli.review.redline_parts import Credits

    made = commits_between(root, old, new)
    by_path: dict[str, list[Commit]] = {}
    for commit in made:
        for path in commit.paths:
            by_path.setdefault(path, []).append(commit)
    sides = [_by_paragraph(report, by_path, sentences, author) for report in (now, was)]
    return Credits(sides[0], sides[1], _credit(made[0], author))


def _by_paragraph(
    report: Report, by_path: Mapping[str, list[Commit]], sentences: Any, author: str
) -> Mapping[str, Any]:
    from reprisal_cli.compile.tree import Table

    blocks = [*report.front.summary, *(block for part in report.parts for block in part.blocks)]
    out: dict[str, Any] = {}
    for block in blocks:
        found = by_path.get(block.origin.file, [])
        if found and not isinstance(block, Table):
            said = [
                sentences.text("redline.commit", commit=one.name[:12], date=f"{one.when:%Y-%m-%d}") for one in found
            ]
            what = block.origin.case or block.origin.file
            comment = sentences.text("redline.comment", what=what, commits=sentences.word("word.semicolon").join(said))
            out[block.id] = _credit(found[0], author, comment)
    return out


def _credit(commit: Commit, author: str, comment: str = "") -> Any:
    from reprisal_cli.render.literal import clean
    from reprisal_cli.review.redline_parts import Credit

    return Credit(clean(author or commit.author), f"{commit.when:%Y-%m-%dT%H:%M:%SZ}", comment)


# --- writing --------------------------------------------------------------------------------------------------------


def _writer(was: Report, credits: Credits, sentences: Any) -> Any:
    from reprisal_cli.render.docx import docx
    from reprisal_cli.review.redline import redline
    from reprisal_cli.review.redline_page import page

    def write(report: Report, fmt: str, house: Any, epoch: int) -> bytes:
        if fmt == "html":
            return page(was, report, credits, house, sentences)
        return redline(docx(was, house, epoch), docx(report, house, epoch), credits)

    return write
