"""`reprisal validate --fix` and `--diff`: the fixes that findings offer, made in the files or shown."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reprisal_cli.cli.output import say
from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.review.revision import uncommitted
from reprisal_cli.store.edit import apply_fix
from reprisal_cli.store.read import read_bytes
from reprisal_cli.store.together import write_together

if TYPE_CHECKING:
    from reprisal_cli.cli.excerpts import Excerpts


class Mended(Struct, frozen=True):
    """A file before and after, with the findings whose fixes were made and those whose were not."""

    path: str
    before: bytes
    after: bytes
    made: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]


def show(root: Path, found: list[Diagnostic], unsafe: bool) -> None:
    """Says what `mend` would do. Writes nothing."""
    for one in _files(root, found, unsafe):
        _tell_left(one)
        _tell(one, written=False)


def mend(
    root: Path, found: list[Diagnostic], unsafe: bool, allow_dirty: bool, ours: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Makes the fixes, says what was done, and gives the files that were changed. `ours` are files that an earlier
    round changed: what git does not hold of them is what we wrote."""
    files = _files(root, found, unsafe)
    asked = frozenset(one.path for one in files) - ours
    dirty = frozenset() if allow_dirty else uncommitted(root, asked)
    for one in files:
        if one.path in dirty:
            say(f"{one.path}: not changed: git does not hold what it is now; commit it first, or say --allow-dirty")
    taken = [one for one in files if one.path not in dirty]
    made = {one.path: one.after for one in taken if one.made}
    if made:
        write_together(root, made, seen={one.path: one.before for one in taken})
    for one in taken:
        _tell_left(one)
        if one.made:
            _tell(one, written=True)
    return frozenset(made)


def _files(root: Path, found: list[Diagnostic], unsafe: bool) -> list[Mended]:
    paths = sorted({one.location.path for one in found if _may(one, unsafe)})
    return [one for path in paths if (one := _mended(root, path, found, unsafe)) is not None]


def _may(one: Diagnostic, unsafe: bool) -> bool:
    return one.fix is not None and (unsafe or one.fix.applicability == "safe")


def _mended(root: Path, path: str, found: list[Diagnostic], unsafe: bool) -> Mended | None:
    raw = read_bytes(root, path)
    if isinstance(raw, Diagnostic):
        return None
    after, made, left = raw, [], []
    for one in _ordered([one for one in found if one.location.path == path and _may(one, unsafe)]):
        changed = apply_fix(after, one.fix) if one.fix else None
        if changed is None or changed.count(b"#") < after.count(b"#"):  # a comment would go with what is taken out
            left.append(one)
        else:
            after = changed
            made.append(one)
    return Mended(path, raw, after, tuple(made), tuple(left))


def _ordered(found: list[Diagnostic]) -> list[Diagnostic]:
    """Changes of values before those of keys, entries that go away last and from the end, so that routes stay true; of
    two fixes that write one value anew the first alone (the next round makes the other)."""
    taken: set[object] = set()
    kept: list[Diagnostic] = []
    for one in found:
        routes = {(edit.route, edit.at) for edit in one.fix.edits} if one.fix else set()
        if not routes & taken:
            kept.append(one)
            taken |= routes
    return sorted(kept, key=_rank, reverse=True)


def _rank(one: Diagnostic) -> tuple[int, int, tuple[str, ...]]:
    edits = one.fix.edits if one.fix else ()
    kind = min((0 if edit.text is None else 1 if edit.at == "key" else 2) for edit in edits) if edits else 3
    route = max((edit.route for edit in edits), key=len, default=())
    return kind, len(route), tuple(str(step).zfill(6) for step in route)


def _tell_left(one: Mended) -> None:
    for finding in one.left:
        say(f"{one.path}: {finding.code}: this fix cannot be made with certainty; make it by hand")


def _tell(one: Mended, written: bool) -> None:
    from reprisal_cli.cli.excerpts import Excerpts

    for finding in one.made:
        if finding.fix:
            say(f"{one.path}: {finding.code}: {finding.fix.message}" + ("" if written else " (would be made)"))
    if written:
        return
    before, after = Excerpts(one.before, one.path), Excerpts(one.after, one.path)
    for tag, first, last, other, end in SequenceMatcher(None, before.lines, after.lines, autojunk=False).get_opcodes():
        if tag != "equal":
            say(f"@@ -{first + 1},{last - first} +{other + 1},{end - other} @@")
            _side("-", before, first, last)
            _side("+", after, other, end)


def _side(sign: str, excerpts: Excerpts, first: int, last: int) -> None:
    for number in range(first + 1, last + 1):
        say(f"{sign}{excerpts.masked(number)[0]}")
