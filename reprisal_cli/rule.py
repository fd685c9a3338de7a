"""A rule: what can be found, under which code, with the page that explains it.

A rule of the reader is a `Rule` alone (`parse.py`, `store/`); a rule of `checks/` is a function made into a `Check` by
the decorator `check`. The docstring of either is its page in `docs/rules/` and what `reprisal rule CODE` prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from reprisal_cli.diagnostic import Diagnostic, Fix, Location, Related, Route, Severity

S = TypeVar("S")
D = TypeVar("D")


class Stage(StrEnum):
    """The presets of `validate`: each takes in the rules of those before it. At `draft` a case may still be unfinished;
    `clearance` asks for what a reviewer needs; `publish` for all that a printed report needs."""

    DRAFT = "draft"
    CLEARANCE = "clearance"
    PUBLISH = "publish"


class Rule(NamedTuple):
    """What `reprisal validate` can find. `code` is `RC` and three digits, its first digit the family; `name` states the
    fault (`response-before-action`) and reads after "allow"; `doc` is the page, under fixed headings; `stage` is the
    preset from which on it is looked for."""

    code: str
    name: str
    severity: Severity
    doc: str = ""
    stage: Stage = Stage.DRAFT

    def at(
        self,
        location: Location,
        message: str,
        hint: str = "",
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A finding of this rule at a place. Neither text may quote a value that may hold an identity."""
        return Diagnostic(self.code, self.name, self.severity, message, location, hint, related, fix)


class Finding(NamedTuple):
    """What a check found: the route in the file, what is wrong and what to do, without a value."""

    route: Route
    message: str
    hint: str = ""
    path: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


class Check(NamedTuple, Generic[S, D]):
    """A rule with the function that looks for it: `run(subject, desk)` yields findings. What a subject is (a case
    file, or the index of all cases) says the tuple of checks it stands in."""

    rule: Rule
    run: Callable[[S, D], Iterable[Finding]]


def check(
    code: str, severity: Severity = Severity.ERROR, stage: Stage = Stage.DRAFT
) -> Callable[[Callable[[S, D], Iterable[Finding]]], Check[S, D]]:
    """Makes a function a rule: its name, with hyphens, is the rule's name; its docstring is the rule's page."""

    def made(function: Callable[[S, D], Iterable[Finding]]) -> Check[S, D]:
        name = function.__name__.replace("_", "-")
        return Check(Rule(code, name, severity, function.__doc__ or "", stage), function)

    return made


def error(code: str, name: str, doc: str = "") -> Rule:
    """A rule whose finding keeps documents from being built."""
    return Rule(code, name, Severity.ERROR, doc)


def warning(code: str, name: str, doc: str = "") -> Rule:
    """A rule whose finding a person should look at."""
    return Rule(code, name, Severity.WARNING, doc)
