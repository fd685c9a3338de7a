"""The settings of a workspace, as `reprisal.yaml` holds them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reprisal_cli.model.person import Record
from reprisal_cli.model.values import EditionId, Form, Line

Folder = Annotated[str, Form("bad-folder", r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")]
"""A folder below the workspace."""

VaultFolder = Annotated[
    str,
    Form(
        "bad-vault-folder",
        r"(?:/|(?:\.\./)+)?\.?[A-Za-z0-9_][A-Za-z0-9 ._-]*(?:/\.?[A-Za-z0-9_][A-Za-z0-9 ._-]*)*",
    ),
]
"""A folder below the workspace or outside it: another repository, or an encrypted disk."""

UserState = Annotated[str, Form("bad-user-state", r"XX[A-Z]")]

RuleCode = Annotated[str, Form("bad-rule-code", r"RC[0-9]{3}")]
"""The code of a rule; whether there is one says RC023."""


class Settings(Record):
    """What a workspace sets for itself; every key may be left out.

    `edition` is built where none is named. `states` gives names to codes that ISO 3166-1 leaves to its users.
    `rules` sets the severity of a rule in this workspace, or switches it off; what is always on stays on (RC024).
    `owners` names who is asked to review: by regional group, by State, for `all`, `templates`, `vault` and `settings`
    (`reprisal codeowners`).
    """

    edition: EditionId | None = None
    states: dict[UserState, Line] = Field(default_factory=dict)
    cases: Folder = "cases"
    templates: Folder = "templates"
    build: Folder = "build"
    vault: VaultFolder = "vault"
    owners: dict[Line, tuple[Line, ...]] = Field(default_factory=dict)
    rules: dict[RuleCode, Literal["off", "note", "warning", "error"]] = Field(default_factory=dict)
