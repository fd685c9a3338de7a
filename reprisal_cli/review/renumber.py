"""References that two sides of a merge gave to two different things: theirs get the next numbers that are free."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reprisal_cli.parse import parse

_REF = re.compile(r"[a-z][0-9]{1,4}")
_LISTS = ("persons", "acts", "sources", "un_actions", "responses", "measures", "developments", "cooperation")
_NAMING = frozenset({"ref", "persons", "sources", "to"})
"""Fields that hold references; in texts they stand in braces."""


def renumbered(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Their file with new numbers for what both sides added under one reference and with other content; None where it
    cannot be done with certainty.

    The base has no such reference, so that wherever theirs has it, it means theirs.
    """
    old, mine, other = (parse(raw, "").data for raw in (base, ours, theirs))
    if old is None or mine is None or other is None:
        return None
    known = dict(_refs(old))
    first, second = dict(_refs(mine)), dict(_refs(other))
    both = [ref for ref in second if ref in first and ref not in known and first[ref] != second[ref]]
    if not both:
        return theirs
    taken = {*_mentioned(base), *_mentioned(ours), *_mentioned(theirs)}
    new: dict[str, str] = {}
    for ref in both:
        number = 1 + max(int(one[1:]) for one in taken if one[0] == ref[0])
        new[ref] = f"{ref[0]}{number}"
        taken.add(new[ref])
    text = theirs.decode("utf-8")
    names = "|".join(sorted(new, key=len, reverse=True))
    changed = re.sub(rf"(?<![\w.:/-])(?:{names})(?![\w/-])", lambda match: new[match[0]], text).encode()
    return changed if parse(changed, "").data == _renamed(other, new) else None


def _refs(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key in _LISTS:
        for one in data[key] if isinstance(data.get(key), list) else ():
            if isinstance(one, dict) and isinstance(one.get("ref"), str) and _REF.fullmatch(one["ref"]):
                yield one["ref"], (key, one)


def _mentioned(raw: bytes) -> set[str]:
    """Every word of a file that looks like a reference: a number that was used once is not used again."""
    return set(re.findall(r"\b[a-z][0-9]{1,4}\b", raw.decode("utf-8")))


def _renamed(value: Any, new: Mapping[str, str], key: str = "") -> Any:
    """What should come out: the references in their fields and in the braces of texts, and nothing else."""
    if isinstance(value, dict):
        return {name: _renamed(inner, new, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, new, key) for inner in value]
    if not isinstance(value, str):
        return value
    if key in _NAMING and value in new:
        return new[value]
    if key in ("main", "annex", "summary"):
        return re.sub(r"\{([a-z][0-9]{1,4})\}", lambda match: "{" + new.get(match[1], match[1]) + "}", value)
    return value
