"""States: the United Nations' own names, as of a date, and the alphabetical order that the report follows.

Sources: report.md ("official names everywhere, `Türkiye` from 2022", "the State of Palestine … comes last") and
report-structure.md, section 4. The register, `data/states.yaml`, holds what differs from ISO 3166-1, which pycountry
has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.dialect import Plain
from reprisal_cli.register.schema import (
    LANGUAGES,
    RegisterError,
    by_language,
    day,
    each,
    fields,
    items,
    read,
    text,
    texts,
    within,
)
from reprisal_cli.register.suggest import suggest
from reprisal_cli.register.words import words

FILE = "states.yaml"
USER_ASSIGNED = re.compile(r"XX[A-Z]")
"""Codes that ISO 3166-1 leaves to users and that a workspace may name (case-format.md, "A whole case")."""


class Form(Struct, frozen=True):
    """The names of a State in one language until a date; without one, those of today. None: as pycountry has it."""

    name: str | None = None
    full: str | None = None
    running: str | None = None
    before: date | None = None


class State(Struct, frozen=True):
    """One State. `forms` are per language, the oldest first, today's last; `group` is None for observers."""

    code: str
    group: str | None = None
    member: bool = True
    last: bool = False
    forms: Mapping[str, tuple[Form, ...]] | None = None
    aliases: tuple[str, ...] = ()


class StateRegister(Struct, frozen=True):
    """The States by ISO 3166-1 alpha-3 code: 193 Members, the observers, and what a workspace adds.

    Every method but `suggest` raises KeyError for a code that is not `in` the register. Those that give words take a
    language, and the day as of which the name is wanted (None: today's name); RegisterError if there is no wording in
    that language.
    """

    states: Mapping[str, State]

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in the order of the codes."""
        return tuple(sorted(self.states))

    def __contains__(self, code: object) -> bool:
        return code in self.states

    def group(self, code: str) -> str | None:
        """The regional group (a word of the list `regional-groups`); None for observers and added codes."""
        return self.states[code].group

    def member(self, code: str) -> bool:
        """Whether it is a Member State of the United Nations."""
        return self.states[code].member

    def observer(self, code: str) -> bool:
        """Whether the State is a non-member observer, which has a Permanent Observer Mission."""
        return not self.states[code].member and not USER_ASSIGNED.fullmatch(code)

    def name(self, code: str, lang: str, on: date | None = None) -> str:
        """The short name for headings, tables and lists: "Venezuela (Bolivarian Republic of)"."""
        return self._form(code, lang, on).name or _iso_name(code, lang)

    def full_name(self, code: str, lang: str, on: date | None = None) -> str:
        """The official name, "Arab Republic of Egypt"; the short one where there is no longer one."""
        form = self._form(code, lang, on)
        if form.full or form.before or USER_ASSIGNED.fullmatch(code):
            return form.full or self.name(code, lang, on)
        return _iso(code, lang, "official_name") or self.name(code, lang, on)

    def running(self, code: str, lang: str, on: date | None = None) -> str:
        """The name inside a sentence, with its article where one is used: "the Bolivarian Republic of Venezuela"."""
        return self._form(code, lang, on).running or self.name(code, lang, on)

    def sort_key(self, code: str, lang: str, on: date | None = None) -> tuple[bool, str, str]:
        """Sorts States alphabetically by name in the language, accents and signs apart, the State of Palestine last."""
        return self.states[code].last, _folded(self.name(code, lang, on)), code

    def with_extra(self, names: Mapping[str, str]) -> StateRegister:
        """A register with user-assigned codes added, XXA to XXZ, each with a name that serves in all languages.

        Raises RegisterError for any other code and for an empty name.
        """
        for code, name in names.items():
            if not USER_ASSIGNED.fullmatch(code):
                raise RegisterError(f"{code} is not a code left to users", "name codes XXA to XXZ only")
            if not name.strip():
                raise RegisterError(f"{code} needs a name")
        added = {code: _named(code, name) for code, name in names.items()}
        return replace(self, states={**self.states, **added})

    def suggest(self, word: str) -> str | None:
        """The code that was probably meant by a name, an old or public name, an alpha-2 code or a misspelling."""
        return suggest(word, self.states, self._known_names())

    def _form(self, code: str, lang: str, on: date | None) -> Form:
        forms = (self.states[code].forms or {}).get(lang, (Form(),))
        return next((form for form in forms if form.before is None or (on is not None and on < form.before)), Form())

    def _known_names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for code, state in self.states.items():
            own = [name for forms in (state.forms or {}).values() for form in forms for name in (form.name, form.full)]
            asked = () if USER_ASSIGNED.fullmatch(code) else ("name", "official_name", "alpha_2")
            iso = [_iso(code, "en", field) for field in asked]
            for name in (*state.aliases, *own, *iso):
                if name:
                    found.setdefault(name.casefold(), code)
        return found


@cache
def states() -> StateRegister:
    """The register of States, without any workspace's own codes. Raises RegisterError at its first fault."""
    return within(FILE, _register)


def _register() -> StateRegister:
    data = fields(read(FILE), ("groups", "observers", "last", "names"))
    groups = within("groups", _groups, data["groups"])
    observers, last = within("observers", texts, data["observers"]), within("last", texts, data["last"])
    plain = {code: State(code, groups.get(code), code in groups, code in last) for code in (*groups, *observers)}
    if len(plain) != len(groups) + len(observers):
        raise RegisterError("observers: an observer stands in a group of Members")
    if unknown := set(last) - set(plain):
        raise RegisterError(f"last: {min(unknown)} is neither in a group nor an observer")
    named = within("names", each, data["names"], partial(_state, plain))
    return StateRegister(plain | named)


def _groups(data: Plain) -> dict[str, str]:
    found: dict[str, str] = {}
    for group, codes in each(data, lambda _, codes: texts(codes)).items():
        for code in codes:
            if found.setdefault(code, group) != group:
                raise RegisterError(f"{code} stands in two groups")
            if group not in words("regional-groups"):
                raise RegisterError(f"{group} is not in the list regional-groups")
    return found


def _state(plain: Mapping[str, State], code: str, data: Plain) -> State:
    if code not in plain:
        raise RegisterError("neither in a group nor an observer")
    parts = fields(data, (), LANGUAGES | {"aliases"})
    forms = by_language(parts, _forms) if parts.keys() & LANGUAGES else None
    return replace(plain[code], forms=forms, aliases=texts(parts["aliases"]) if "aliases" in parts else ())


def _forms(data: Plain) -> tuple[Form, ...]:
    parts = fields(data, (), ("name", "full", "running", "earlier"))
    earlier = tuple(_earlier(item) for item in items(parts.get("earlier", [])))
    dates = [form.before for form in earlier if form.before]
    if dates != sorted(dates):
        raise RegisterError("earlier names stand oldest first")
    name, full, running = (text(parts[key]) if key in parts else None for key in ("name", "full", "running"))
    return (*earlier, Form(name, full, running))


def _earlier(data: Plain) -> Form:
    parts = fields(data, ("before", "name", "full"), ("running",))
    running = text(parts["running"]) if "running" in parts else None
    return Form(text(parts["name"]), text(parts["full"]), running, day(parts["before"]))


def _named(code: str, name: str) -> State:
    return State(code, member=False, forms=dict.fromkeys(LANGUAGES, (Form(name),)))


def _folded(name: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w\s]|_", " ", bare.replace("'", "").replace("’", "")).split())


def _iso_name(code: str, lang: str) -> str:
    name = _iso(code, lang, "name")
    if not name:
        raise RegisterError(f"{FILE}: {code} has no name", "give it one under `names`")
    return name


def _iso(code: str, lang: str, field: str) -> str | None:
    if lang != "en":
        raise RegisterError(f"{FILE}: {code} has no name in {lang}", f"add `{lang}:` to its entry under `names`")
    country = _countries().get(alpha_3=code)
    return getattr(country, field, None)


@cache
def _countries() -> Any:
    import pycountry  # reads a large file; only where a name is asked for

    return pycountry.countries
