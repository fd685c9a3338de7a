"""The settings of a workspace, as `reprisal.yaml` holds them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reprisal_cli.model.person import Record
from reprisal_cli.model.values import EditionId, Form, Line

Folder = Annotated[str, Form("bad-folder", r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")]
"""A folder below the workspace."""

UserState = Annotated[str, Form("bad-user-state", r"XX[A-Z]")]


class Settings(Record):
    """What a workspace sets for itself; every key may be left out.

    `edition` is built where none is named. `states` gives names to codes that ISO 3166-1 leaves to its users.
    """

    edition: EditionId | None = None
    states: dict[UserState, Line] = Field(default_factory=dict)
    cases: Folder = "cases"
    templates: Folder = "templates"
    build: Folder = "build"
    vault: Folder = "vault"
