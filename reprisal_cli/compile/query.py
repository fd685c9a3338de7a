"""The small language over the cases that a manuscript speaks (`docs/manuscript.md`).

`cases.new.by("special-procedures").states | count | words`: every step gives a new set of cases with the question that
led to it, so that each figure of the report can show its proof.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Protocol, runtime_checkable

from msgspec import Struct

from reprisal_cli.compile.select import Told
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.values import closed_list
from reprisal_cli.register.bodies import bodies, families
from reprisal_cli.register.states import states
from reprisal_cli.register.suggest import suggest
from reprisal_cli.register.words import words


class QueryError(ReprisalError):
    """A question that cannot be asked: an unknown word, or a value used for what it is not."""


class Cases(Struct, frozen=True):
    """Cases of this edition, and the question (`asked`) whose answer they are."""

    told: tuple[Told, ...]
    asked: str = "cases"

    def __iter__(self) -> Iterator[Told]:
        return iter(self.told)

    def __bool__(self) -> bool:
        return bool(self.told)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.case.id for one in self.told)

    @property
    def new(self) -> Cases:
        """New cases: told in the body or in annex I."""
        return self._where(".new", lambda one: one.place != "annex-2")

    @property
    def follow_up(self) -> Cases:
        """Follow-up to cases of earlier reports: told in annex II."""
        return self._where(".follow_up", lambda one: one.place == "annex-2")

    @property
    def online(self) -> Cases:
        """At least one act was online."""
        return self._where(".online", lambda one: any(act.mode in ("online", "both") for act in one.case.acts))

    @property
    def women(self) -> Cases:
        """At least one woman is told of."""
        return self._where(".women", lambda one: any(_woman(one, index) for index in range(len(one.case.persons))))

    @property
    def answered(self) -> Cases:
        """The State has replied."""
        return self._where(".answered", lambda one: one.answered)

    @property
    def withheld(self) -> Cases:
        """A name is known and not printed."""
        return self._where(".withheld", lambda one: any(person.withheld for person in one.case.persons))

    def by(self, body: str) -> Cases:
        """A body, or one of a family, took an action."""
        chosen = _bodies(body)
        return self._where(f'.by("{body}")', lambda one: any(chosen & set(item.by) for item in one.actions))

    def with_body(self, body: str) -> Cases:
        """The cooperation was with a body, or with one of a family."""
        chosen = _bodies(body)
        return self._where(
            f'.with_body("{body}")', lambda one: any(item.body in chosen for item in one.case.cooperation)
        )

    def act(self, *types: str) -> Cases:
        """One of these acts is alleged."""
        wanted = _words("acts", types)
        return self._where(_asked("act", types), lambda one: any(act.type in wanted for act in one.case.acts))

    def effect(self, *effects: str) -> Cases:
        """It had one of these effects on cooperation."""
        wanted = _words("effects", effects)
        return self._where(_asked("effect", effects), lambda one: bool(wanted & set(one.case.effects)))

    def role(self, *roles: str) -> Cases:
        """One of those affected has one of these roles."""
        wanted = _words("roles", roles)
        return self._where(
            _asked("role", roles), lambda one: any(wanted & set(person.roles) for person in one.case.persons)
        )

    def record(self, *kinds: str) -> Cases:
        """The case is of one of these kinds: individual, group, organization, situation."""
        wanted = _words("records", kinds)
        return self._where(_asked("record", kinds), lambda one: one.case.record in wanted)

    def actor(self, *classes: str) -> Cases:
        """An act is attributed to an actor of one of these classes; `both` counts for State and for non-State."""
        wanted = _words("actor-classes", classes)
        if wanted & {"state", "non-state"}:
            wanted = wanted | {"both"}
        return self._where(
            _asked("actor", classes),
            lambda one: any(act.actor is not None and act.actor.class_ in wanted for act in one.case.acts),
        )

    def in_state(self, *codes: str) -> Cases:
        """The case concerns one of these States."""
        wanted = _states(codes)
        return self._where(_asked("in_state", codes), lambda one: bool(wanted & set(one.case.states)))

    @property
    def states(self) -> States:
        """The States under which they are told, and the other States that they concern."""
        return States(self, f"{self.asked}.states")

    @property
    def persons(self) -> Persons:
        """The persons told of."""
        return Persons(self, f"{self.asked}.persons")

    def _where(self, step: str, keep: Callable[[Told], bool]) -> Cases:
        return Cases(tuple(one for one in self.told if keep(one)), f"{self.asked}{step}")


class States(Struct, frozen=True):
    """The States of a set of cases."""

    of: Cases
    asked: str

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(code for one in self.of for code in one.case.states)

    def __bool__(self) -> bool:
        return bool(self.of)


class Persons(Struct, frozen=True):
    """The persons told of in a set of cases; one of unknown number is not counted."""

    of: Cases
    asked: str

    @property
    def number(self) -> int:
        return sum(person.count.number or 0 for one in self.of for person in one.case.persons)

    @property
    def keys(self) -> frozenset[Hashable]:
        """Who they are, for the ledger of small numbers (`docs/protection.md`)."""
        return frozenset((one.case.id, person.ref) for one in self.of for person in one.case.persons)

    def __bool__(self) -> bool:
        return bool(self.of)


@runtime_checkable
class Counts(Protocol):
    """What knows its own number: a register."""

    @property
    def number(self) -> Number: ...


class Number(Struct, frozen=True):
    """How many, with the question and the cases that prove it."""

    value: int
    asked: str
    cases: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.value)


def count(value: object) -> Number:
    """The filter `count`."""
    match value:
        case Cases():
            return Number(len(value.told), f"{value.asked} | count", value.ids)
        case States():
            return Number(len(value.codes), f"{value.asked} | count", value.of.ids)
        case Persons():
            return Number(value.number, f"{value.asked} | count", value.of.ids)
        case Counts():
            return value.number
        case _:
            raise QueryError("`count` counts cases, States or persons", "write `cases.new.states | count`")


def _woman(one: Told, index: int) -> bool:
    person = one.case.persons[index]
    return person.gender == "female" or "woman-human-rights-defender" in person.roles


def _asked(name: str, values: tuple[str, ...]) -> str:
    return f".{name}({', '.join(f'{chr(34)}{value}{chr(34)}' for value in values)})"


_BODIES = "`reprisal words bodies` lists them"


def _bodies(name: str) -> frozenset[str]:
    """A body alone, or all of a family. A family's own general entry (`special-procedures`) means the family."""
    register = bodies()
    if name in families():
        return frozenset(body for body in register if register.family(body) == name)
    if name in register:
        return frozenset({name})
    near = suggest(name, (*families(), *register))
    raise QueryError("there is no such body or family", f"did you mean `{near}`?" if near else _BODIES)


def _states(codes: tuple[str, ...]) -> frozenset[str]:
    """Codes of States; one that is none would count nobody, and the report would say so."""
    known = closed_list("states")
    for code in codes:
        if code not in known:
            near = states().suggest(code)
            raise QueryError(
                "there is no State of that code", f"did you mean `{near}`?" if near else "write EGY, PSE, ..."
            )
    return frozenset(codes)


def _words(list_name: str, asked: tuple[str, ...]) -> frozenset[str]:
    known = words(list_name)
    for word in asked:
        if word not in known:
            near = known.suggest(word)
            raise QueryError(f"a word is not in the list `{list_name}`", f"did you mean `{near}`?" if near else "")
    return frozenset(asked)
