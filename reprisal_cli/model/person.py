"""Persons affected, and what they agreed to."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from reprisal_cli.model.values import Count, CountField, Day, Line, PersonRef, Word, YesNo


class Record(BaseModel):
    """What every part of a case file is: frozen, and with no key that the format does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


OneOrMore = BeforeValidator(_as_list)
"""A field that takes one value or a list of them."""


class Consent(Record):
    """What the person agreed to, or who agreed for them (do no harm; operative paragraph 9, preambular 11).

    `level` decides what is shown (`protect/disclose.py`), `uses` for what. At `already-public`, `source` holds the
    symbols of the United Nations documents in which the case stands.
    """

    level: Annotated[str, Word("consent-levels")]
    uses: tuple[Annotated[str, Word("consent-uses")], ...] = ("report",)
    given_by: Annotated[str, Word("consent-givers")] | None = None
    date: Day | None = None
    risks_explained: YesNo | None = None
    review_by: Day | None = None
    source: Annotated[tuple[Line, ...], OneOrMore] = ()


NAME_WORDS = ("sealed", "withheld", "not-carried", "not-stated")
"""What `name` may say instead of a name: in the vault; known, held nowhere here; public in the source, not held here;
none known and none said to be withheld."""


class Person(Record):
    """One who is affected: an individual, a group, an organization, relatives or an institution.

    `described` are the words that stand for the person wherever no name may. `name` is one of `NAME_WORDS` or, at the
    level `public-name` only, the name itself. `limb` says under which words of operative paragraph 4 (a)-(d) the person
    is protected.
    """

    ref: PersonRef
    kind: Annotated[str, Word("person-kinds")]
    roles: tuple[Annotated[str, Word("roles")], ...] = ()
    gender: Annotated[str, Word("genders")]
    count: CountField = Count()
    limb: Annotated[str, Word("limbs")] | None = None
    described: Line
    name: Line
    consent: Consent

    @property
    def named_in_clear(self) -> bool:
        """Whether the file itself holds a name."""
        return self.name not in NAME_WORDS
