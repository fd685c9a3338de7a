"""The toolbox: what the United Nations has at hand against reprisals, and when it fits (resolution 54/24, preamble on
good practices; operative paragraphs 11 and 12). The register is `data/toolbox.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from reprisal_cli.dialect import Plain
from reprisal_cli.register.bodies import bodies, families
from reprisal_cli.register.schema import (
    LANGUAGES,
    RegisterError,
    by_language,
    each,
    fields,
    in_language,
    labels,
    read,
    text,
    texts,
    within,
)
from reprisal_cli.register.words import words

FILE = "toolbox.yaml"
CONDITIONS = (
    "reply-overdue",
    "reprisal-not-addressed",
    "no-investigation",
    "online",
    "self-censorship",
    "nothing-put-to-the-state",
    "not-in-a-report",
)
"""What `pipeline/suggest.py` can tell of a case."""


class Tool(Struct, frozen=True):
    """One thing that can be done. `by` and `with_bodies` are bodies, families written out; `acts` are acts, groups
    written out; None where every case fits. `until`: developments after which it is not needed."""

    id: str
    names: Mapping[str, str]
    whys: Mapping[str, str]
    basis: str
    by: tuple[str, ...]
    bodies: frozenset[str]
    action: str
    letters: tuple[str, ...]
    acts: frozenset[str] | None
    with_bodies: frozenset[str] | None
    when: str
    until: frozenset[str]
    uses: tuple[str, ...]
    public: bool

    def name(self, lang: str) -> str:
        """What it is called. RegisterError for a language that it is not worded in."""
        return in_language(self.names, lang, f"{FILE}: {self.id}")

    def why(self, lang: str) -> str:
        """What it is good for. Errors as in `name`."""
        return in_language(self.whys, lang, f"{FILE}: {self.id}: why")


class Toolbox(Struct, frozen=True):
    """The tools in the order in which they are suggested, and the conditions in words."""

    tools: tuple[Tool, ...]
    conditions: Mapping[str, Mapping[str, str]]

    def condition(self, name: str, lang: str) -> str:
        """What a condition says of a case."""
        return in_language(self.conditions[name], lang, f"{FILE}: {name}")


@cache
def toolbox() -> Toolbox:
    """The register. Raises RegisterError at its first fault."""
    return within(FILE, _register)


def _register() -> Toolbox:
    data = fields(read(FILE), ("tools", "conditions"))
    conditions = within("conditions", each, data["conditions"], lambda _, entry: labels(entry))
    if set(conditions) != set(CONDITIONS):
        raise RegisterError(f"the conditions are {', '.join(CONDITIONS)}")
    return Toolbox(tuple(within("tools", each, data["tools"], _tool).values()), conditions)


_OPTIONAL = LANGUAGES | {"uses", "letter", "acts", "with", "when", "until", "public"}


def _tool(key: str, data: Plain) -> Tool:
    parts = fields(data, ("by", "action", "why", "basis"), _OPTIONAL)
    when = text(parts["when"]) if "when" in parts else ""
    if when and when not in CONDITIONS:
        raise RegisterError(f"there is no condition {when}")
    by = texts(parts["by"])
    return Tool(
        key,
        by_language(parts, text),
        within("why", labels, parts["why"]),
        text(parts["basis"]),
        by,
        _bodies(by),
        _words("un-action-kinds", (text(parts["action"]),))[0],
        _words("letters", texts(parts["letter"])) if "letter" in parts else (),
        _acts(texts(parts["acts"])) if "acts" in parts else None,
        _bodies(texts(parts["with"])) if "with" in parts else None,
        when,
        frozenset(_words("development-kinds", texts(parts["until"]))) if "until" in parts else frozenset(),
        _words("consent-uses", texts(parts["uses"])) if "uses" in parts else (),
        parts.get("public") == "yes",
    )


def _words(list_name: str, given: tuple[str, ...]) -> tuple[str, ...]:
    for word in given:
        if word not in words(list_name):
            raise RegisterError(f"{word} is not in the list {list_name}")
    return given


def _acts(given: tuple[str, ...]) -> frozenset[str]:
    known = words("acts")
    found: set[str] = set()
    for name in given:
        if name in known.groups:
            found |= {slug for slug in known if known.group(slug) == name}
        else:
            found |= set(_words("acts", (name,)))
    return frozenset(found)


def _bodies(given: tuple[str, ...]) -> frozenset[str]:
    """Bodies; a family stands for all of its own, and `peace-operations` for those with a name too."""
    known = bodies()
    found: set[str] = set()
    for name in given:
        if name not in known and name not in families():
            raise RegisterError(f"{name} is neither a body nor a family")
        found |= {body for body in known if known.family(body) == name}
        found |= {name} if name in known else set()
        if name == "peace-operations":
            found |= {body for body in known if known.kind(body) == "mission"}
    return frozenset(found)
