"""A build that may be published: final, whole, and made from the files as they are now."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.pipeline.produce import MANIFEST, digest_of, inputs
from reprisal_cli.store.corpus import Corpus
from reprisal_cli.store.published import Told

_MAP = "report.map.json"
_PARTS = {"main": "main", "annex-1": "annex I", "annex-2": "annex II"}
_FEW = 5


class FinalBuild(Struct, frozen=True):
    """What stands beside the documents: the bytes of the manifest, and the paragraphs of the map."""

    manifest: bytes
    paragraphs: tuple[Mapping[str, Any], ...]


def final_build(folder: Path, edition_id: str, corpus: Corpus) -> FinalBuild:
    """The build in a folder. Raises ReprisalError that says why it may not be published."""
    again = f"`reprisal build report --edition {edition_id} --final --identity FILE`"
    raw, manifest = _read(folder / MANIFEST, again)
    if manifest.get("edition") != edition_id:
        raise ReprisalError(f"{folder} holds a build of another edition", f"name the folder with --build, or {again}")
    checked = manifest.get("checked")
    if not isinstance(checked, dict) or checked.get("final") is not True or checked.get("vault") is not True:
        raise ReprisalError(f"{folder} holds no final build", f"what is published is built for good: {again}")
    _as_written(folder, manifest, again)
    _fresh(manifest, corpus, again)
    _, data = _read(folder / _MAP, again)
    return FinalBuild(raw, tuple(data.get("paragraphs", ())))


def _read(path: Path, again: str) -> tuple[bytes, dict[str, Any]]:
    try:
        raw = path.read_bytes()
        data = json.loads(raw)
    except OSError:
        raise ReprisalError(f"there is no {path}", f"build it first: {again}") from None
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise ReprisalError(f"{path} is not what a build writes", f"build it again: {again}")
    return raw, data


def _as_written(folder: Path, manifest: Mapping[str, Any], again: str) -> None:
    """Every file that the manifest names is there, as it was written."""
    written = manifest.get("written")
    if not isinstance(written, dict) or _MAP not in written:
        raise ReprisalError(f"{folder} holds no build of the report", f"build it again: {again}")
    for name, digest in written.items():
        path = folder / name
        if Path(name).name != name or not path.is_file() or digest_of(path.read_bytes()) != digest:
            raise ReprisalError(f"{path} is not the file that was built", f"build it again: {again}")


def _fresh(manifest: Mapping[str, Any], corpus: Corpus, again: str) -> None:
    """Nothing that went into it has changed."""
    read, now = manifest.get("read"), inputs(corpus)
    if read == now:
        return
    then = read if isinstance(read, dict) else {}
    changed = sorted(path for path in {*then, *now} if then.get(path) != now.get(path))
    more = f" and {len(changed) - _FEW} more" if len(changed) > _FEW else ""
    listed = ", ".join(changed[:_FEW])
    raise ReprisalError(f"the build is older than what it was made from: {listed}{more} changed", f"again: {again}")


def places_of(case: Case, paragraphs: tuple[Mapping[str, Any], ...]) -> tuple[Told, ...]:
    """Where a document tells a case: one place for each State, in the annex where there are paragraphs, else in the
    body. Under the State concerned they are those that tell the case, under another one those that point to it and
    that State's replies."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in paragraphs:
        part, number = _PARTS.get(str(one.get("part"))), one.get("number")
        if part is None or not isinstance(number, int) or one.get("level"):
            continue
        state = one.get("state") or case.state
        told = case.id in one.get("cases", ()) if state == case.state else one.get("case") == case.id
        if told and state in case.states:
            found[state][part].append(number)
    return tuple(_told(state, found[state]) for state in case.states if state in found)


def _told(state: str, parts: Mapping[str, list[int]]) -> Told:
    part = next(part for part in ("annex I", "annex II", "main") if part in parts)
    return Told(state, part, tuple(sorted(set(parts[part]))))
