"""`reprisal preview`: the web page of an edition as its files are now, what was found in them, and where in them each
paragraph stands. Nothing is written. Where the files are at fault, the last good page stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from reprisal_cli.diagnostic import Diagnostic, ReprisalError, has_errors
from reprisal_cli.parse import locate
from reprisal_cli.pipeline.gate import secrets_for
from reprisal_cli.pipeline.prepare import FaultyWorkspaceError, compiled, ready, sentences_of
from reprisal_cli.pipeline.produce import Built, page_of
from reprisal_cli.store.corpus import Memory
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.workers import no_collection

if TYPE_CHECKING:
    from reprisal_cli.compile.tree import Origin, Report


class Source(Struct, frozen=True):
    """Where a paragraph or a heading comes from: `nth` is its place among those of the same field, from 0."""

    origin: Origin
    nth: int = 0


class Shown(Struct, frozen=True):
    """What is to be seen. `page` is the last good one, None before there was any; `fresh` says that it is of the files
    as they are; `sources` go by the ids of its paragraphs. `failure` is what kept the program from working."""

    page: bytes | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()
    fresh: bool = False
    failure: str = ""
    built: Built | None = None


def show(root: Path, edition_id: str | None, before: Shown, memory: Memory) -> Shown:
    """Builds the page anew from the files of a workspace. `memory` is kept by the caller from one time to the next, so
    that only files whose content changed are parsed."""
    try:
        with no_collection():
            return _built(root, edition_id, before, memory)
    except FaultyWorkspaceError as problem:
        return replace(before, found=tuple(problem.found), fresh=False, failure="")
    except ReprisalError as problem:
        said = "; ".join(part for part in (problem.message, problem.hint) if part)
        return replace(before, found=(), fresh=False, failure=said)


def _built(root: Path, edition_id: str | None, before: Shown, memory: Memory) -> Shown:
    loaded, edition = ready(root, edition_id, None, memory)
    done = compiled(loaded, edition)
    built = Built(loaded, edition, done.public)
    found = [*loaded.found, *done.found]
    if done.report is None or has_errors(found):
        return replace(before, found=tuple(found), fresh=False, failure="", built=built)
    secrets, _ = secrets_for(loaded.corpus, None)
    page, leaks = page_of(built, done.report, secrets, sentences_of(loaded.workspace, edition))
    if leaks:
        return replace(before, found=(*found, *leaks), fresh=False, failure="", built=built)
    return Shown(page, _sources(done.report), tuple(found), fresh=True, built=built)


def _sources(report: Report) -> dict[str, Source]:
    from reprisal_cli.compile.tree import Picture

    found: dict[str, Source] = {}
    seen: dict[Origin, int] = {}
    for block in chain(report.front.summary, *(part.blocks for part in report.parts)):
        if isinstance(block, Picture):
            continue
        origin = block.origin
        nth = seen.get(origin, 0)
        seen[origin] = nth + 1
        found[block.id] = Source(origin, 0 if origin.generated else nth)
    return found


# --- where a paragraph stands ---------------------------------------------------------------------------------------

_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
"""How a line ends after which a text of several lines begins."""


def line_of(root: Path, source: Source) -> int:
    """The line of a paragraph in its file, from 1: of a manuscript as it was read, of a case by its field and, in a
    text of several paragraphs, by counting them."""
    origin = source.origin
    if origin.line:
        return origin.line
    raw = read_bytes(root, origin.file)
    if isinstance(raw, Diagnostic):
        return 1
    span = locate(raw, {(origin.route, "value")})[origin.route, "value"]
    lines = raw.decode("utf-8", "replace").splitlines()
    first = span.line if _BLOCK.search(lines[span.line - 1] if span.line <= len(lines) else "") else span.line - 1
    return _paragraph(lines[first : max(span.end_line, first + 1)], source.nth) + first + 1


def _paragraph(lines: list[str], nth: int) -> int:
    """Where the nth paragraph begins, from 0; the first where there are fewer."""
    starts = [at for at, line in enumerate(lines) if line.strip() and (at == 0 or not lines[at - 1].strip())]
    return starts[nth] if nth < len(starts) else next(iter(starts), 0)
