"""Two states of a workspace -> what changed by meaning: cases by their id wherever their files are, other files by what
they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from reprisal_cli.review.about import about
from reprisal_cli.review.case_changes import changes, new_case
from reprisal_cli.review.guard import is_received
from reprisal_cli.review.items import details
from reprisal_cli.review.meaning import CaseChange, Detail, FileChange, Meaning, ordered
from reprisal_cli.review.shown import listed, safe
from reprisal_cli.review.told import Data
from reprisal_cli.review.words import by_words

_ALIKE = 0.7
_EMPTY: Data = {}


class Pair(Struct, frozen=True):
    """A file before and after: its contents, None where it is not there."""

    path: str
    old: bytes | None
    new: bytes | None


class Side(Struct, frozen=True):
    """A case file of one side: its plain data (None if it cannot be read), and its bytes."""

    path: str
    raw: bytes
    data: Data | None

    @property
    def id(self) -> str:
        """The id that it gives itself, else that of its name."""
        own = (self.data or _EMPTY).get("id")
        return own if isinstance(own, str) else self.name

    @property
    def name(self) -> str:
        """The id that the name of the file gives it."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")

    @property
    def is_at_home(self) -> bool:
        """Whether both are the same: one that is not has another file's id."""
        return self.id == self.name


def read(raw: bytes) -> Data | None:
    """A YAML file as plain data, with the fast reader where that is sure."""
    if not raw.translate(None, _HARMLESS) and (text := _text(raw)) is not None:
        from reprisal_cli import quick

        if (found := quick.read(text)) is not None:
            return found
    from reprisal_cli.parse import parse

    parsed = parse(raw, "")
    return None if parsed.diagnostics else parsed.data


def _text(raw: bytes) -> str | None:
    """The text, if it has no sign but those of Latin scripts and common ones of print: others are for the strict reader
    to judge."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if _OTHERS.search(text) else text


_HARMLESS = bytes([9, 10, 13, *range(32, 127), *range(128, 256)])
_OTHERS = re.compile("[^\\t\\n\\r -~\u00a1-\u024f\u2010-\u2027\u2030-\u203a]")


# --- cases ----------------------------------------------------------------------------------------------------------


def compare_cases(pairs: Iterable[Pair]) -> tuple[CaseChange, ...]:
    """What changed of each case, the riskiest first, then by id."""
    listed = list(pairs)
    old = [Side(one.path, one.old, read(one.old)) for one in listed if one.old is not None]
    new = [Side(one.path, one.new, read(one.new)) for one in listed if one.new is not None]
    found = [_case(before, after) for before, after in _matched(old, new)]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.changes[0].of.rank, one.id)))


def _matched(old: list[Side], new: list[Side]) -> Iterator[tuple[Side | None, Side | None]]:
    """Files of one case: those of one id; of the rest those of one path; of the rest those that say nearly the same."""
    left = list(new)
    lost: list[Side] = []
    for before in old:
        same = [one for one in left if one.id == before.id]
        after = next((one for one in same if one.path == before.path), same[0] if same else None)
        if after is None:
            lost.append(before)
        else:
            left.remove(after)
            yield before, after
    for before in lost:
        after = next((one for one in left if one.path == before.path), None) or _nearest(before, left)
        if after is not None:
            left.remove(after)
        yield before, after
    yield from ((None, one) for one in left)


def _nearest(before: Side, left: list[Side]) -> Side | None:
    mine = _leaves(before)
    scored = [(_likeness(mine, _leaves(one)), one) for one in left]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= _ALIKE else None


def _leaves(side: Side) -> frozenset[str]:
    return frozenset(line.strip() for line in side.raw.decode("utf-8", "replace").splitlines() if line.strip())


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _case(before: Side | None, after: Side | None) -> CaseChange | None:
    last = after or before
    assert last is not None
    old, new = (side.data if side else _EMPTY for side in (before, after))
    found: tuple[Meaning, ...]
    if after is None:
        found = (Meaning("case-removed"),)
    elif new is None or (before and old is None):
        which = "as it is now" if new is None else "as it was before"
        found = (Meaning("case-unreadable", which),)
    elif before is None:
        found = new_case(new)
    else:
        found = changes(old or _EMPTY, new)
        if before.path != after.path:
            paths = Detail("path", safe_path(before.path), safe_path(after.path))
            found = ordered([*found, Meaning("file-moved", "", (paths,))])
        if not found and before.raw == after.raw:
            return None
        found = found or (Meaning("layout"),)
    if new and after and not after.is_at_home and (before is None or before.is_at_home):
        found = ordered([*found, Meaning("id-twice", "", (Detail("path", None, safe_path(after.path)),))])
    data = new or old or _EMPTY
    moved = before.path if before and after and before.path != after.path else ""
    state, status = (safe(data[key]) if key in data else "" for key in ("state", "status"))
    raw = after.raw if after else b""
    here, there = safe_path(last.path), safe_path(moved)
    return CaseChange(safe(last.id), here, there, state, status, found, about(data, found), raw)


def safe_path(path: str) -> str:
    """A path as it may be shown: the name of a case file is its id, and any other may be anybody's."""
    folder, _, name = path.rpartition("/")
    known = safe(name.removesuffix(".yaml"))
    parts = [one if one in listed("folders") or safe(one) == one else "…" for one in folder.split("/") if one]
    shown = name if known == name.removesuffix(".yaml") or name in listed("files") else "…" + _ending(name)
    return "/".join([*parts, shown]) if path else ""


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending in ("yaml", "yml", "md", "pdf", "docx", "doc", "txt", "age") and "." in name else ""


# --- other files ----------------------------------------------------------------------------------------------------


class Folders(Struct, frozen=True):
    """Where the things of a workspace lie."""

    cases: str = "cases"
    templates: str = "templates"
    vault: str = "vault"


def kind_of(path: str, folders: Folders) -> str:
    """What a file is: `case`, `edition`, `manuscript`, `settings`, `template`, `recipients`, `vault`, `document`, or
    `other`."""
    name = path.rpartition("/")[2]
    if path == "reprisal.yaml":
        return "settings"
    if path.startswith(f"{folders.cases}/"):
        return "case" if name.endswith(".yaml") else "document" if is_received(path) else "other"
    if path.startswith(f"{folders.vault}/"):
        return "recipients" if name in ("recipients.txt", "signers") else "vault"
    if path.startswith(f"{folders.templates}/"):
        return "edition" if name == "edition.yaml" else "manuscript" if name.endswith(".md") else "template"
    return "other"


def compare_file(pair: Pair, kind: str) -> FileChange | None:
    """What changed of an edition, a manuscript or the settings; None where that is nothing."""
    step = "added" if pair.old is None else "removed" if pair.new is None else "changed"
    what = f"{kind}-{step}"
    path = safe_path(pair.path)
    if kind == "manuscript":
        texts = [_items((one or b"").decode("utf-8", "replace")) for one in (pair.old, pair.new)]
        words, hidden = by_words(*texts)
        return FileChange(path, Meaning(what, "", (), words, hidden)) if words or hidden else None
    old, new = (read(one) if one is not None else _EMPTY for one in (pair.old, pair.new))
    if old is None or new is None:
        return FileChange(path, Meaning("settings-changed" if kind == "settings" else what, "cannot be read"))
    found = tuple(details(old, new)) if pair.old is not None else ()
    what = "settings-changed" if kind == "settings" else what
    return FileChange(path, Meaning(what, "", found)) if found or pair.old is None or pair.new is None else None


def _items(text: str) -> str:
    """A manuscript with each item of a list and each heading as a paragraph of its own."""
    return _ITEM.sub("\n\n", text)


_ITEM = re.compile(r"\n(?=[ \t]*(?:[-*+]|\d{1,3}[.)]|#{1,6})[ \t])")


def counted(paths: Mapping[str, list[str]]) -> Iterator[FileChange]:
    """Files of which only the kind is told; those of a template by their paths, where these may be shown, others by
    their number."""
    kinds = {"template": "template-changed", "vault": "vault-changed", "recipients": "recipients-changed",
             "document": "document-in-clear", "other": "others-changed"}  # fmt: skip
    for kind, name in kinds.items():
        there = paths.get(kind, ())
        named = [path for path in sorted(there) if kind == "template" and safe_path(path) == path]
        yield from (FileChange(path, Meaning(name)) for path in named)
        if left := len(there) - len(named):
            yield FileChange("", Meaning(name), left)
