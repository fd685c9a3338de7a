"""The United Nations' bodies and mechanisms, and the regional ones: short ids, families, names.

Sources: case-format.md (ids and families), model.md 3.2. The registers are `data/bodies.yaml` and `data/families.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial

from msgspec import Struct

from reprisal_cli.dialect import Plain
from reprisal_cli.register.schema import (
    LANGUAGES,
    RegisterError,
    by_language,
    each,
    fields,
    fold,
    in_language,
    labels,
    read,
    text,
    texts,
    unique,
    within,
)
from reprisal_cli.register.suggest import suggest
from reprisal_cli.register.words import words

FILE = "bodies.yaml"
FAMILIES = "families.yaml"


class Naming(Struct, frozen=True):
    """What a body is called in one language; `running` stands inside a sentence, with its article (None: by the
    language's pattern)."""

    name: str
    short: str | None = None
    running: str | None = None


class Body(Struct, frozen=True):
    """One body: its id, its family, its kind (a word of the list `body-kinds`), and what sources call it."""

    id: str
    family: str
    kind: str
    names: Mapping[str, Naming]
    aliases: tuple[str, ...] = ()


class BodyRegister(Struct, frozen=True):
    """The bodies by id. All methods but `find` and `suggest` raise KeyError for an unknown id; those that give words
    raise RegisterError for a language that the body is not worded in."""

    bodies: Mapping[str, Body]
    known: Mapping[str, str]
    pattern: Mapping[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids, family by family, in the order of the register."""
        return tuple(self.bodies)

    def __contains__(self, body: object) -> bool:
        return body in self.bodies

    def __iter__(self) -> Iterator[str]:
        return iter(self.bodies)

    def family(self, body: str) -> str:
        """The one family that the body belongs to."""
        return self.bodies[body].family

    def kind(self, body: str) -> str:
        return self.bodies[body].kind

    def name(self, body: str, lang: str) -> str:
        """The official name, without article: "Committee against Torture"."""
        return self._naming(body, lang).name

    def short(self, body: str, lang: str) -> str:
        """The abbreviation or short form, "CAT"; the name where there is none."""
        naming = self._naming(body, lang)
        return naming.short or naming.name

    def running(self, body: str, lang: str) -> str:
        """The form inside a sentence: "the Committee against Torture", "special procedures mandate holders"."""
        naming = self._naming(body, lang)
        pattern = in_language(self.pattern, lang, f"{FILE}: running") if not naming.running else ""
        return naming.running or pattern.replace("NAME", naming.name)

    def entry(self, body: str, lang: str) -> str:
        """The form of a table, which is that of a sentence without its article: "Committee against Torture", "special
        procedures mandate holders"."""
        name, running = self.name(body, lang).casefold(), self.running(body, lang)
        rest = running.partition(" ")[2]
        return rest if running.casefold() not in name and rest and rest.casefold() in name else running

    def find(self, name: str) -> str | None:
        """The id for an id, a name in any form and language, or a source's own way of naming it ("Peace operation:
        UNAMA"); None if there is none."""
        return self.known.get(fold(name))

    def suggest(self, word: str) -> str | None:
        """The id that was probably meant, or None."""
        return self.find(word) or suggest(word, self.bodies, self.known)

    def _naming(self, body: str, lang: str) -> Naming:
        return in_language(self.bodies[body].names, lang, f"{FILE}: {body}")


@cache
def bodies() -> BodyRegister:
    """The register of bodies. Raises RegisterError at its first fault."""
    return within(FILE, _register)


@cache
def families() -> Mapping[str, Mapping[str, str]]:
    """The families of bodies, in the order of the annexes: id -> printed name per language."""
    return within(FAMILIES, each, read(FAMILIES), lambda _, names: labels(names))


def family_name(family: str, lang: str) -> str:
    """The printed name of a family. KeyError if there is no such family, RegisterError if not in that language."""
    return in_language(families()[family], lang, f"{FAMILIES}: {family}")


def _register() -> BodyRegister:
    data = fields(read(FILE), ("running", *families()))
    running = within("running", labels, data.pop("running"))
    found: dict[str, Body] = {}
    for family, bodies in each(data, lambda family, entries: each(entries, partial(_body, family))).items():
        if twice := bodies.keys() & found.keys():
            raise RegisterError(f"{family}: {min(twice)} stands in two families")
        found |= bodies
    return BodyRegister(found, unique((name, body.id) for body in found.values() for name in _calls(body)), running)


def _body(family: str, key: str, data: Plain) -> Body:
    parts = fields(data, ("kind",), LANGUAGES | {"aliases"})
    kind = text(parts["kind"])
    if kind not in words("body-kinds"):
        raise RegisterError(f"{kind} is not in the list body-kinds")
    aliases = within("aliases", texts, parts["aliases"]) if "aliases" in parts else ()
    return Body(key, family, kind, by_language(parts, _naming), aliases)


def _naming(data: Plain) -> Naming:
    parts = fields(data, ("name",), ("short", "running"))
    return Naming(**{key: text(value) for key, value in parts.items()})


def _calls(body: Body) -> Iterator[str]:
    yield body.id
    yield from body.aliases
    for naming in body.names.values():
        yield from filter(None, (naming.name, naming.short, naming.running))
