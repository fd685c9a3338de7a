"""What was published: the record of a frozen edition, `templates/editions/<id>/published.json`.

`reprisal publish` writes it, before it touches a case: it says which cases the edition told, in which paragraphs, and
what the texts were, so that a run that was broken off can be finished, and a later edit be found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from reprisal_cli.diagnostic import Diagnostic, Location
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.rule import error
from reprisal_cli.store.read import Place as Files
from reprisal_cli.store.read import is_there, read_bytes

NAME = "published.json"
VERSION = 1
BROKEN = error("RC652", "record-of-publication-broken")
RULES = (BROKEN,)


class Told(Struct, frozen=True):
    """Where an edition told a case under one State: the part and its paragraphs."""

    state: str
    part: str
    paras: tuple[int, ...]


class PublishedCase(Struct, frozen=True):
    """A case of a frozen edition: the digest of its text there, and the places that `publish` wrote into it; none
    where `reports` had its place before. `step` says that it took the step to published."""

    text: str
    places: tuple[Told, ...]
    step: bool


class Published(Struct, frozen=True):
    """A frozen edition: when it was published, by whom, under which symbol; its cases by id; the digests of what the
    edition itself says (`edition.yaml` by what it means, manuscripts by path)."""

    edition: str
    symbol: str
    date: date
    by: str
    cases: Mapping[str, PublishedCase]
    files: Mapping[str, str]


def text_digest(case: Case, edition: Edition) -> str:
    """The digest of the words of a case in an edition, and of their place; empty if it has none."""
    text = case.text.get(edition.id) or case.text.get(edition.of or "")
    return digest_of(text.model_dump(exclude_none=True, warnings=False)) if text is not None else ""


def edition_digest(edition: Edition) -> str:
    """The digest of what `edition.yaml` means: comments and the order of keys are none of it."""
    return digest_of(edition.model_dump(exclude_none=True, exclude_defaults=True, warnings=False))


def digest_of(value: Any) -> str:
    """The digest of plain data, or of a text."""
    plain = value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return f"sha256:{hashlib.sha256(plain.encode('utf-8', 'surrogatepass')).hexdigest()}"


# --- the file -------------------------------------------------------------------------------------------------------


def as_bytes(record: Published) -> bytes:
    """The record as a file: a case a line, so that git shows and merges it case by case."""
    head = {"version": VERSION, "edition": record.edition, "symbol": record.symbol}
    lines = [f" {json.dumps(key)}: {_one_line(value)}," for key, value in head.items()]
    lines += [f' "date": "{record.date}",', f' "by": {_one_line(record.by)},']
    cases = [f"  {json.dumps(name)}: {_one_line(_case(one))}" for name, one in sorted(record.cases.items())]
    files = [f"  {_one_line(name)}: {_one_line(digest)}" for name, digest in sorted(record.files.items())]
    lines += [' "cases": {', ",\n".join(cases), " },"] if cases else [' "cases": {},']
    lines += [' "files": {', ",\n".join(files), " }"] if files else [' "files": {}']
    return ("{\n" + "\n".join(lines) + "\n}\n").encode()


def _one_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _case(one: PublishedCase) -> dict[str, Any]:
    places = [{"state": told.state, "part": told.part, "paras": list(told.paras)} for told in one.places]
    return {"text": one.text, "places": places, "step": one.step}


def read_published(files: Files, folder: str, edition_id: str) -> Published | Diagnostic | None:
    """The record of an edition, if it is frozen; what is wrong with it, if it cannot be used."""
    path = f"{folder}/{edition_id}/{NAME}"
    if not is_there(files, path):
        return None
    raw = read_bytes(files, path)
    if isinstance(raw, Diagnostic):
        return raw
    try:
        record = _record(json.loads(raw))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = "this is not a record as `reprisal publish` writes it"
        return BROKEN.at(Location(path), message, "put back the one that was committed: `git checkout -- FILE`")
    if record.edition != edition_id:
        return BROKEN.at(Location(path), "this is the record of another edition", "put it back where it was")
    return record


def _record(data: Any) -> Published:
    if data["version"] != VERSION:
        raise ValueError
    cases = {
        str(name): PublishedCase(
            str(one["text"]),
            tuple(Told(str(at["state"]), str(at["part"]), tuple(map(int, at["paras"]))) for at in one["places"]),
            bool(one["step"]),
        )
        for name, one in data["cases"].items()
    }
    files = {str(name): str(digest) for name, digest in data["files"].items()}
    day = date.fromisoformat(data["date"])
    return Published(str(data["edition"]), str(data["symbol"]), day, str(data["by"]), cases, files)
