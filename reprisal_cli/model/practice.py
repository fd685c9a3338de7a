"""Registers of what entities of the United Nations have in place: practices and focal points (operative paragraph 12;
preamble: good practices)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from reprisal_cli.model.person import Record
from reprisal_cli.model.values import BodyId, Line, Prose, WhenField, Word


class Practice(Record):
    """A practice of one entity. `what` is said after the entity's name, without a full stop; `function` is an office
    and never a person."""

    entity: BodyId
    kind: Annotated[str, Word("practice-kinds")]
    what: Prose
    date: WhenField = ()
    reference: Line | None = None
    function: Line | None = None


class FocalPoint(Record):
    """Who is to be reached on the matter in one entity: an office (`function`), never a person."""

    entity: BodyId
    function: Line
    date: WhenField = ()
    reference: Line | None = None


class Practices(Record):
    """`templates/registers/practices.yaml`."""

    practices: tuple[Practice, ...] = ()


class FocalPoints(Record):
    """`templates/registers/focal-points.yaml`."""

    focal_points: tuple[FocalPoint, ...] = ()


class Registers(Struct, frozen=True):
    """Both, with the files that they came from, relative to the workspace."""

    practices: tuple[Practice, ...] = ()
    focal_points: tuple[FocalPoint, ...] = ()
    practices_path: str = "templates/registers/practices.yaml"
    focal_points_path: str = "templates/registers/focal-points.yaml"


NOTHING = Registers()
"""What a workspace without registers has."""
