"""What is wrong with the data (a `Diagnostic`), and what kept the tool from working (a `ReprisalError`).

A diagnostic is a value: a stage returns its result and its diagnostics, and nothing stops at the first fault. Its
texts hold rule, place and what to do, and never the value of a field, which may hold an identity.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple

Route = tuple[str | int, ...]
"""The way to a node of a YAML file, from its root: `("un_actions", 0, "date")`."""


class Severity(StrEnum):
    """`error` makes the exit code 1; `warning` only with `--strict`; `note` never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(NamedTuple):
    """A stretch of a text file: lines and columns count from 1, columns in characters; the end is exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Location(NamedTuple):
    """Where a fault stands: a file relative to the workspace and, in it, a span or a route.

    `route` is made into a span when the diagnostic is shown (`parse.locate`); `at` says which end of the route is
    meant, the key or its value. Without both, the whole file is meant, shown as `1:1`.
    """

    path: str
    route: Route | None = None
    span: Span | None = None
    at: Literal["key", "value"] = "value"


class Related(NamedTuple):
    """Another place that explains the fault, with what stands there."""

    location: Location
    message: str


class Applicability(StrEnum):
    """Whether a fix may be made without a person looking at it: `safe` keeps the meaning, `unsafe` may change it."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """One change of a file: the scalar (or the key) at `route` becomes `text`, its plain value without quotes; None
    takes the entry out. With `before` the entry moves above the key of the same mapping that `text` names."""

    route: Route
    text: str | None
    at: Literal["key", "value", "before"] = "value"


class Fix(NamedTuple):
    """What would mend a finding, as edits of the file that the finding is about."""

    message: str
    applicability: Applicability
    edits: tuple[Edit, ...]


class Diagnostic(NamedTuple):
    """One finding about the data.

    `code` and `name` are the rule's (`RC101`, `duplicate-id`); `message` says what is wrong, `hint` what to do. None
    of them quotes a value.
    """

    code: str
    name: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


class ReprisalError(Exception):
    """What kept the tool from working: a wrong option, no such edition, no workspace, a program that failed.

    `__main__` turns it into exit code 2. `message` says what happened, `hint` what to do; neither quotes case data.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def has_errors(diagnostics: list[Diagnostic]) -> bool:
    """Whether any finding is an error, so that nothing may be written from this data."""
    return any(finding.severity is Severity.ERROR for finding in diagnostics)
