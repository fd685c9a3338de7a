"""Whether a document would print what a case file says, from its plain data: stricter than `protect/disclose.py`, never
laxer (a test compares the two), and without reading the model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Data = Mapping[str, Any]

NEVER_TOLD = frozenset({"received", "screened", "verified", "withheld", "withdrawn", "rejected", "merged"})
CONSENTS = {"public-name": 4, "public-no-name": 3, "already-public": 3, "public-aggregate": 2, "statistics-only": 1}
RISKS = {"publish": 4, "publish-withheld": 3, "statistics-only": 1, "do-not-publish": 0}
DESCRIBED = 3
_PERSON = re.compile(r"\{(p[0-9]{1,4})\}")


def mapping(value: Any) -> Data:
    """A mapping of a case file, or none where something else stands there."""
    return value if isinstance(value, dict) else {}


def entries(value: Any) -> list[Data]:
    """The mappings of a list of a case file."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def level(case: Data, person: Data, edition: str) -> int:
    """How far a person may be shown in an edition: 0 not at all, 1 in world figures, 2 in a State's, 3 described, 4 by
    name."""
    consent = mapping(person.get("consent"))
    word = str(consent.get("level"))
    own = CONSENTS.get(word, 0)
    if word == "already-public":
        source = consent.get("source")
        symbols = source if isinstance(source, list) else [source]
        places = entries(case.get("reports"))
        if not any(one.get("edition") == edition and one.get("symbol") in symbols for one in places):
            return 0
    elif "report" not in consent.get("uses", ["report"]):
        return 0
    return min(own, _cap(case, word))


def _cap(case: Data, word: str) -> int:
    if case.get("status") in NEVER_TOLD or "status" not in case:
        return 0
    if "risk" not in case:
        return 4 if word == "already-public" else 0
    return RISKS.get(str(mapping(case.get("risk")).get("decision")), 0)


def is_told(case: Data, edition: str) -> bool:
    """Whether the case is told in an edition at all."""
    persons = entries(case.get("persons"))
    if not persons:
        return _cap(case, "") >= DESCRIBED
    return any(level(case, person, edition) >= DESCRIBED for person in persons)


def prints(case: Data, edition: str, text: str) -> bool:
    """Whether a text would be printed: the case is told, and nobody to whom the text refers is kept back."""
    return is_told(case, edition) and all(level(case, one, edition) >= DESCRIBED for one in _named(case, text).values())


def kept_back(case: Data, text: str) -> list[str]:
    """The persons to whom a text refers and who may be told of in no edition of the case, by their references."""
    editions = [*mapping(case.get("text")), *(one.get("edition") for one in entries(case.get("reports")))]
    named = _named(case, text).items()
    return [ref for ref, one in named if all(level(case, one, f"{edition}") < DESCRIBED for edition in editions)]


def _named(case: Data, text: str) -> dict[str, Data]:
    persons = {str(one.get("ref")): one for one in entries(case.get("persons"))}
    return {ref: persons[ref] for ref in sorted(set(_PERSON.findall(text))) if ref in persons}
