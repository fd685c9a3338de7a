"""RC6: the registers of practices and focal points, which feed the section on good practices."""

from __future__ import annotations

from collections.abc import Iterator

from reprisal_cli.checks.consent_text import name_in
from reprisal_cli.checks.desk import Desk, Index
from reprisal_cli.checks.text_passages import suspicions
from reprisal_cli.diagnostic import Route, Severity
from reprisal_cli.model.practice import FocalPoint, Practice
from reprisal_cli.rule import Finding, Stage, check

Entry = tuple[str, Route, Practice | FocalPoint]
"""An entry with the file and the way to it."""


@check("RC640")
def name_in_register(index: Index, desk: Desk) -> Iterator[Finding]:
    """A register names offices, never persons.

    What it does: finds a form of address with a name after it ("Ms.", "Dr." and a name) in `what`, `function` and
    `reference` of practices and focal points.

    Why it is bad: the register is printed and kept in git for ever, and persons change; an office can be reached when
    its holder is gone. Somebody who works on reprisals can become a target.

    Example:
    ```yaml
    # file: templates/registers/focal-points.yaml raw
    focal_points:
      - {entity: ohchr, function: "Ms. Jane Example"}
    ```
    Use instead:
    ```yaml
    # file: templates/registers/focal-points.yaml raw
    focal_points:
      - {entity: ohchr, function: focal point on reprisals}
    ```
    """
    for path, route, entry in _entries(desk):
        what = entry.what if isinstance(entry, Practice) else None
        for field, text in (("what", what), ("function", entry.function), ("reference", entry.reference)):
            if text is not None and "RC313" in suspicions(text) and name_in(text):
                message = "there seems to be a person's name here"
                yield Finding((*route, field), message, "write the office: `focal point on reprisals`", path)


@check("RC641", Severity.WARNING, Stage.CLEARANCE)
def practice_without_source(index: Index, desk: Desk) -> Iterator[Finding]:
    """What a register says can be looked up.

    What it does: finds practices and focal points with neither a `date` nor a `reference`.

    Why it is bad: the report prints them as facts, and nobody can say since when they are so, or where it stands
    (operative paragraph 12).

    Example:
    ```yaml
    # file: templates/registers/practices.yaml raw
    practices:
      - {entity: ohchr, kind: training, what: an invented training}
    ```
    Use instead:
    ```yaml
    # file: templates/registers/practices.yaml raw
    practices:
      - {entity: ohchr, kind: training, what: an invented training, date: 2024}
    ```
    """
    for path, route, entry in _entries(desk):
        if not entry.date and entry.reference is None:
            yield Finding(route, "it has neither a date nor a reference", "add one of them", path)


@check("RC642", Severity.WARNING, Stage.CLEARANCE)
def practice_twice(index: Index, desk: Desk) -> Iterator[Finding]:
    """An entry stands in its register once.

    What it does: finds entries of one entity, kind and words.

    Why it is bad: it is printed twice, and counted twice.

    Example:
    ```yaml
    # file: templates/registers/practices.yaml raw
    practices:
      - {entity: ohchr, kind: training, what: an invented training, date: 2024}
      - {entity: ohchr, kind: training, what: an invented training, date: 2025}
    ```
    Use instead:
    ```yaml
    # file: templates/registers/practices.yaml raw
    practices:
      - {entity: ohchr, kind: training, what: an invented training, date: 2024}
    ```
    """
    seen: set[tuple[str, str, str]] = set()
    for path, route, entry in _entries(desk):
        words = (entry.kind, entry.what) if isinstance(entry, Practice) else ("", entry.function)
        mark = (entry.entity, words[0], " ".join(words[1].split()).casefold())
        if mark in seen:
            yield Finding(route, "the same entry stands before", "keep one of them", path)
        seen.add(mark)


def _entries(desk: Desk) -> Iterator[Entry]:
    registers = desk.registers
    for at, practice in enumerate(registers.practices):
        yield registers.practices_path, ("practices", at), practice
    for at, point in enumerate(registers.focal_points):
        yield registers.focal_points_path, ("focal_points", at), point


INDEX = (name_in_register, practice_without_source, practice_twice)
