"""A rule: what can be found, under which code, with the page that explains it."""

from __future__ import annotations

from dataclasses import dataclass

from reprisal_cli.diagnostic import Diagnostic, Location, Related, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What `reprisal validate` can find. `code` is `RC` and three digits, its first digit the family; `name` states
    the fault (`response-before-action`); `doc` is the page of the rule, under fixed headings."""

    code: str
    name: str
    severity: Severity
    doc: str = ""

    def at(self, location: Location, message: str, hint: str = "", related: tuple[Related, ...] = ()) -> Diagnostic:
        """A finding of this rule at a place. Neither text may quote a value that may hold an identity."""
        return Diagnostic(self.code, self.name, self.severity, message, location, hint, related)


def error(code: str, name: str, doc: str = "") -> Rule:
    """A rule whose finding keeps documents from being built."""
    return Rule(code, name, Severity.ERROR, doc)


def warning(code: str, name: str, doc: str = "") -> Rule:
    """A rule whose finding a person should look at."""
    return Rule(code, name, Severity.WARNING, doc)
