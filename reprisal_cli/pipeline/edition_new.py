"""`reprisal edition new`: the next issue, from the one before.

What stays is kept with its comments; what is of one issue alone is left out until it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from reprisal_cli.diagnostic import Diagnostic, Edit, ReprisalError
from reprisal_cli.model.edition import Edition, Manuscript
from reprisal_cli.parse import parse
from reprisal_cli.store.append import put
from reprisal_cli.store.edit import apply_edit
from reprisal_cli.store.read import is_there, read_bytes
from reprisal_cli.store.workspace import Workspace, load_record, open_workspace
from reprisal_cli.store.write import write_all

TO_COME: Mapping[str, str] = {
    "symbol": "{symbol}",
    "session_dates": "…",
    "date": "{after}-08-…",
    "job_number": "…",
    "submission_deadline": "{after}-…",
    "note_verbale": "{{date: {after}-…, reply_due: {after}-…}}",
}
"""Keys that are left out until they are known, with what they look like then."""
HEAD = "# Not known yet: `reprisal edition set` writes each as it becomes known. Check the end of the period."
_OF_ONE_ISSUE = (*TO_COME, "title_notes", "order")
"""Keys that say nothing of the next issue."""
_REMARK = re.compile(r"(?<=\S)[ \t]+#[^\r\n]*")
_BODIES = {"hrc": "human-rights-council", "ga": "general-assembly"}


class NewEdition(Struct, frozen=True):
    """The files of the new edition, relative to its folder; `carried` are the manuscripts among them."""

    root: Path
    folder: str
    edition: Edition
    files: Mapping[str, bytes]
    carried: tuple[str, ...]


def new_edition(
    start: Path, edition_id: str, from_id: str | None, until: date | None = None, of: str | None = None
) -> NewEdition:
    """The next edition after `from_id` (else the last one), or the Assembly's copy `of` one. Its period starts on the
    day after the other ends, and ends `until`, or a year later. Raises ReprisalError where there is one already."""
    workspace, _ = open_workspace(start)
    before = workspace.edition(of or from_id or _last(workspace))
    folder = f"{workspace.editions_dir}/{edition_id}"
    if is_there(workspace.place, f"{folder}/edition.yaml"):
        raise ReprisalError(f"there is an edition {edition_id}", "`reprisal edition show` tells of it")
    series, _, number = edition_id.partition("-")
    if series not in _BODIES or not number.isdecimal():
        raise ReprisalError("this is not the id of an edition", "hrc-63 for the Council, ga-81 for the Assembly")
    raw = read_bytes(workspace.root, f"{workspace.editions_dir}/{before.id}/edition.yaml")
    if isinstance(raw, Diagnostic):
        raise ReprisalError(f"{before.id} cannot be read", "`reprisal validate` says why")
    made = _made(raw, before, edition_id, until, of)
    edition = load_record(made, f"{folder}/edition.yaml", Edition)[0] if made is not None else None
    if made is None or edition is None:
        raise ReprisalError(f"the edition cannot be made from {before.id} with certainty", "copy its folder by hand")
    carried = dict(_carried(workspace, before, edition))
    return NewEdition(workspace.root, folder, edition, {"edition.yaml": made, **carried}, tuple(carried))


def _last(workspace: Workspace) -> str | None:
    own = [one for one in workspace.editions if one.of is None]
    return own[-1].id if own else None


def _made(raw: bytes, before: Edition, edition_id: str, until: date | None, of: str | None) -> bytes | None:
    series, _, number = edition_id.partition("-")
    period = before.period.first if of else before.period.last + timedelta(days=1)
    end = before.period.last if of else until or _year_after(period)
    wanted = {
        "id": edition_id,
        "body": _BODIES[series],
        "session": f"{int(number)}",
        "version": "draft",
        "period": f"{period}/{end}",
        "of": of,
        "previous": None if of else before.id,
        "ordinal": f"{before.ordinal + (of is None)}" if before.ordinal is not None else None,
    }
    made: bytes | None = raw
    for key in _OF_ONE_ISSUE:
        made = _without(made, key)
    for key, value in wanted.items():
        made = _without(made, key) if value is None else _with(made, key, value)
    if made is None:
        return None
    kept = _without_old_remarks(made, before, wanted)
    return kept + _still_to_come(edition_id, end, kept)


def _without_old_remarks(made: bytes, before: Edition, wanted: Mapping[str, str | None]) -> bytes:
    """Comments on what has changed say nothing true any more: those behind a key that is new, and whole lines that name
    the symbol of the edition before."""
    lines = []
    for line in made.decode("utf-8").splitlines(keepends=True):
        key = line.partition(":")[0]
        if line.startswith("#") and before.symbol is not None and before.symbol in line:
            continue
        lines.append(_REMARK.sub("", line) if wanted.get(key) is not None else line)
    return "".join(lines).encode()


def _year_after(day: date) -> date:
    """The last day of a year that begins on a day; a period that begins on 29 February ends on 27 February."""
    try:
        return day.replace(year=day.year + 1) - timedelta(days=1)
    except ValueError:
        return date(day.year + 1, 2, 28) - timedelta(days=1)


def _without(raw: bytes | None, key: str) -> bytes | None:
    if raw is None or key not in (parse(raw, "").data or {}):
        return raw
    return apply_edit(raw, Edit((key,), None))


def _with(raw: bytes | None, key: str, value: str) -> bytes | None:
    if raw is None:
        return None
    known = parse(raw, "").data or {}
    if known.get(key) == value:
        return raw
    if key in known:
        return apply_edit(raw, Edit((key,), value))
    return put(raw, (), key, value, tuple(Edition.model_fields))


def _still_to_come(edition_id: str, end: date, made: bytes) -> bytes:
    """The keys that are not known yet, as comments."""
    series, _, number = edition_id.partition("-")
    symbol = f"A/HRC/{number}/…" if series == "hrc" else f"A/{number}/…"
    lines = [f"# {key}: {shape.format(symbol=symbol, after=end.year)}".rstrip() for key, shape in TO_COME.items()]
    newline = b"" if made.endswith(b"\n") else b"\n"
    return newline + ("\n" + "\n".join([HEAD, *lines]) + "\n").encode()


def _carried(workspace: Workspace, before: Edition, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """The sections that lie beside the other edition alone, as a start; those that editions share are shared again."""
    names = [item.manuscript for item in edition.contents if isinstance(item, Manuscript)]
    names += [edition.summary] if edition.summary else []
    for name in dict.fromkeys(names):
        path = f"{workspace.editions_dir}/{before.id}/{name}"
        shared = f"{workspace.settings.templates}/manuscript/{name}"
        if "/" not in name and is_there(workspace.place, path) and not is_there(workspace.place, shared):
            raw = read_bytes(workspace.root, path)
            if isinstance(raw, bytes):
                yield name, raw


def write_edition(made: NewEdition) -> None:
    """Writes the folder of the new edition."""
    try:
        write_all(made.root / made.folder, made.files, last="edition.yaml", new=True)
    except FileExistsError:
        raise ReprisalError(f"{made.folder} has files already", "take them away, or name another edition") from None
