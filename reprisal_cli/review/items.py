"""Items of two lists that belong together, and what differs between two mappings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from reprisal_cli.review.meaning import Detail
from reprisal_cli.review.shown import MASK, listed, safe
from reprisal_cli.review.told import Data, entries

_NONE: Data = {}
_NEVER = frozenset({"name", "note", "described", "public", "document", "summary"})
"""Fields of which only that they changed is told."""


_CODE = re.compile(r"RC\d{3}|[A-Z]{3}|[a-z]{2,4}-\d{1,3}")
"""Names that settings give themselves: rules, States, editions."""
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")


def paired(old: Any, new: Any) -> Iterator[tuple[Data, Data]]:
    """The items of two lists that differ: one that came with nothing before it, one that went with nothing after it.

    Items belong together by their `ref`; those without one by what they hold: the same, or what stands between the same
    neighbours.
    """
    before, after = entries(old), entries(new)
    refs = {str(one["ref"]): one for one in after if "ref" in one}
    for one in before:
        if "ref" in one:
            other = refs.pop(str(one["ref"]), _NONE)
            if other != one:
                yield one, other
    left = [one for one in before if "ref" not in one]
    yield from _by_content(left, [one for one in after if "ref" not in one])
    yield from ((_NONE, one) for one in refs.values())


def _by_content(before: list[Data], after: list[Data]) -> Iterator[tuple[Data, Data]]:
    keys = [[json.dumps(one, sort_keys=True) for one in side] for side in (before, after)]
    for tag, first, last, other, end in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag != "equal":
            gone, came = before[first:last], after[other:end]
            pairs = min(len(gone), len(came))
            yield from zip(gone[:pairs], came[:pairs], strict=True)
            yield from ((one, _NONE) for one in gone[pairs:])
            yield from ((_NONE, one) for one in came[pairs:])


def place_of(item: Data) -> str:
    """How an item is called: by its reference."""
    return safe(item["ref"]) if "ref" in item else ""


def details(before: Data, after: Data, above: str = "") -> Iterator[Detail]:
    """The fields that differ, those of mappings within a mapping as `actor kind`. A field that the format does not know
    is not named: it may be anything."""
    for field in dict.fromkeys([*before, *after]):
        was, now = before.get(field), after.get(field)
        if was == now or field == "ref":
            continue
        known = field in listed("fields") or _CODE.fullmatch(field) is not None
        name = f"{above}{field}" if known else f"{above}a field that the format does not know"
        if isinstance(was, dict) or isinstance(now, dict):
            inner = [one if isinstance(one, dict) else _NONE for one in (was, now)]
            yield from details(inner[0], inner[1], f"{name} ")
        elif field not in _NEVER and known and any(_has_mappings(one) for one in (was, now)):
            yield _entries(name, was, now)
        elif field in _NEVER or not known:
            yield Detail(name, None, None)
        else:
            shown = [_value(field, one) if one is not None else None for one in (was, now)]
            yield Detail(name, shown[0], shown[1])


def _has_mappings(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _entries(name: str, was: Any, now: Any) -> Detail:
    """A list of mappings by what went and what came; what stayed is not told."""
    before, after = (one if isinstance(one, list) else [] for one in (was, now))
    gone = [_entry(one) for one in before if one not in after]
    came = [_entry(one) for one in after if one not in before]
    if not gone and not came:
        return Detail(f"{name} order", None, None)
    return Detail(name, ", ".join(gone) or None, ", ".join(came) or None)


def _entry(value: Any) -> str:
    """An entry as far as it may be shown: `annex index`."""
    if not isinstance(value, dict):
        return safe(value)
    return " ".join(f"{field} {safe(one)}" if field in listed("fields") else MASK for field, one in value.items())


def _value(field: str, value: Any) -> str:
    if field == "language" and isinstance(value, str) and _LANGUAGE.fullmatch(value):
        return value
    return safe(value)
