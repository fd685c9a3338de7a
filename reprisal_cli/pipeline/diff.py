"""`reprisal diff`: what changed between two revisions, or since one, by meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reprisal_cli.diagnostic import Diagnostic, ReprisalError
from reprisal_cli.review.compare import Folders, Pair, compare_cases, compare_file, counted, kind_of, read
from reprisal_cli.review.meaning import Diff
from reprisal_cli.review.revision import Change, blobs, commits, common, differing, in_commits
from reprisal_cli.review.shown import safe
from reprisal_cli.review.told import entries, mapping
from reprisal_cli.store.read import Held, read_bytes
from reprisal_cli.store.root import MARKER, find_root

if TYPE_CHECKING:
    from reprisal_cli.store.published import Published

WORKING = "the working tree"
_FOLDER = re.compile(rb"^(cases|templates|vault): *([A-Za-z0-9_][A-Za-z0-9._/-]*) *(?:#.*)?\r?$", re.MULTILINE)


class Sides(Struct, frozen=True):
    """The two states that are compared: commits; `new` is None for the working tree."""

    root: Path
    old: str
    new: str | None
    called: tuple[str, str]


class Need(Struct, frozen=True):
    """A sign-off that a change needs, and whether it is there and fresh. `said` is for people, `how` is what makes it
    right: empty where it is there, or where nothing does. `signs` is False for a fault that nobody can sign away."""

    case: str
    said: str
    met: bool
    how: str = ""
    signs: bool = True


class Effect(Struct, frozen=True):
    """What a change does to the report of an edition, a line for each thing."""

    edition: str
    lines: tuple[str, ...]


class Told(Struct, frozen=True):
    """A change with what was asked about it; None for what was not asked."""

    diff: Diff
    needs: tuple[Need, ...] | None = None
    effect: Effect | None = None


def tell(
    start: Path,
    old: str | None,
    new: str | None,
    require: bool = False,
    effect: bool = False,
    edition: str | None = None,
) -> Told:
    """What changed, and what follows from it."""
    two = sides(start, old, new)
    found = diff(two)
    needed = None
    if require:
        from reprisal_cli.pipeline.needs import needs  # reads the model: only where it is asked for

        needed = needs(found, lambda edition: _frozen(two, edition))
    if not effect:
        return Told(found, needed)
    from reprisal_cli.pipeline.effect import effect as effect_of  # compiles both sides: only where it is asked for

    return Told(found, needed, _with_others(effect_of(two, edition), found))


def _with_others(effect: Effect, found: Diff) -> Effect:
    """The effect, and the other editions that tell of the changed cases: each takes two compiles more."""
    datas = [read(one.raw) or {} for one in found.cases if one.raw]
    named = {str(name) for data in datas for name in mapping(data.get("text"))}
    named |= {str(one.get("edition")) for data in datas for one in entries(data.get("reports"))}
    others = sorted(safe(name) for name in named - {effect.edition})
    if not others:
        return effect
    line = f"these cases are also in {', '.join(others)}: `reprisal diff --effect --edition {others[-1]}`"
    return Effect(effect.edition, (*effect.lines, line))


def _frozen(two: Sides, edition: str) -> Published | None:
    """The record of an edition on the new side, if it is frozen there."""
    from reprisal_cli.store.published import NAME, read_published

    folder = f"{_folders(two)[1].templates}/editions"
    path = f"{folder}/{edition}/{NAME}"
    raw = read_bytes(two.root, path) if two.new is None else in_commits(two.root, path, two.new)[0]
    record = read_published(Held({path: raw} if isinstance(raw, bytes) else {}), folder, edition)
    return None if isinstance(record, Diagnostic) else record


def sides(start: Path, old: str | None, new: str | None) -> Sides:
    """What is compared: the last commit with the working tree, a revision with it, or two revisions.

    `OLD...NEW` compares NEW with the commit at which it parted from OLD: what a pull request changes. Raises
    ReprisalError for a revision that git does not know.
    """
    root = find_root(start.resolve())
    old, dots, other = (old or "HEAD").partition("...")
    if dots and new is not None:
        raise ReprisalError("three revisions are named", "say OLD NEW, or OLD...NEW")
    if not dots and ".." in old and new is None:
        old, _, other = old.partition("..")
        new = other or "HEAD"
    if dots:
        first, last = commits(root, old or "HEAD", other or "HEAD")
        return Sides(root, common(root, first, last), last, (old or "HEAD", other or "HEAD"))
    if new is None:
        return Sides(root, commits(root, old)[0], None, (old, WORKING))
    first, last = commits(root, old, new)
    return Sides(root, first, last, (old, new))


def diff(two: Sides) -> Diff:
    """What changed, by meaning. Only files that differ are read."""
    root = two.root
    changes = differing(root, two.old, two.new)
    before, after = _folders(two)
    kinds = {one.path: _kind(one, before, after) for one in changes}
    wanted = [one for one in changes if kinds[one.path] in ("case", "edition", "manuscript", "settings")]
    contents = blobs(root, [name for one in wanted for name in (one.old, one.new) if name != "*"])
    pairs = [pair for one in wanted if (pair := _pair(root, one, contents)) is not None]
    others: dict[str, list[str]] = {}
    for path, kind in kinds.items():
        others.setdefault(kind, []).append(path)
    for kind in ("case", "edition", "manuscript", "settings"):
        others.pop(kind, None)
    files = [compare_file(one, kinds[one.path]) for one in pairs if kinds[one.path] != "case"]
    return Diff(
        *two.called,
        compare_cases(one for one in pairs if kinds[one.path] == "case"),
        (*(one for one in files if one is not None), *counted(others)),
    )


def _kind(one: Change, before: Folders, after: Folders) -> str:
    """What a file is, by the folders of the side that has it."""
    kind = kind_of(one.path, after if one.new else before)
    return kind if kind != "document" or one.new else "other"


def _pair(root: Path, one: Change, contents: Mapping[str, bytes]) -> Pair | None:
    old = contents.get(one.old) if one.old else None
    if one.new == "*":
        raw = read_bytes(root, one.path)
        new = None if isinstance(raw, Diagnostic) else raw
    else:
        new = contents.get(one.new) if one.new else None
    return None if old == new else Pair(one.path, old, new)


def _folders(two: Sides) -> tuple[Folders, Folders]:
    """The folders that each side's settings name. The settings are searched, not parsed: see `review/clear_text.py`."""
    names = [two.old] if two.new is None else [two.old, two.new]
    texts = [one or b"" for one in in_commits(two.root, MARKER, *names)]
    if two.new is None:
        raw = read_bytes(two.root, MARKER)
        texts.append(raw if isinstance(raw, bytes) else b"")
    found = [{key.decode(): value.decode().rstrip("/") for key, value in _FOLDER.findall(text)} for text in texts]
    return Folders(**found[0]), Folders(**found[1])
