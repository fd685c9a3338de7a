"""Did you mean: the nearest of the words that would have been right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches


def suggest(
    word: str, candidates: Iterable[str], aliases: Mapping[str, str] | None = None, likeness: float = 0.7
) -> str | None:
    """The candidate that was probably meant by `word`, or None if none is near (case-format.md, "Reading it").

    `aliases` are other names (in lower case) with the candidate that each stands for; an exact one wins. A word of up
    to three letters is compared exactly: most codes are one letter away from another State's. Near is what has a
    `likeness` (0 to 1) of at least that.
    """
    meant = {candidate.casefold(): candidate for candidate in candidates} | dict(aliases or {})
    asked = " ".join(word.casefold().split())
    if asked in meant:
        return meant[asked]
    if len(asked) <= 3:
        return None
    near = get_close_matches(asked, meant, n=1, cutoff=likeness)
    return meant[near[0]] if near else None


def containing(word: str, candidates: Iterable[str], most: int = 6) -> tuple[str, ...]:
    """The candidates of which a part begins as one of the parts of `word` does: `raid` finds raid-or-search. None where
    there are more than `most`: that says nothing."""
    parts = [part for part in re.split(r"[^a-z0-9]+", word.casefold()) if len(part) > 3]
    found = [one for one in candidates if any(own.startswith(part) for own in one.split("-") for part in parts)]
    return tuple(found) if len(found) <= most else ()
