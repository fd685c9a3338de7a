"""Vaults for tests. Every name in them is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyrage

from reprisal_cli.protect.recipients import init_vault, sealing_recipients
from reprisal_cli.protect.vault import Keys, seal
from reprisal_cli.protect.vault_edit import put_document
from reprisal_cli.protect.vault_files import Vault, case_path, write_sealed
from tests.support.builders import case, person, record

NAME = "Inventa Nemosova"
OTHER = "Fictus Nihilson"
CASE_ID = "XXA-2025-101"
INSIDE = f"""\
# invented
case: {CASE_ID}
persons:
  p1: {{name: Инвента Немосова, latin: {NAME}, spellings: [Nemosowa], contact: inventa@example.org}}
sources:
  s1: {{identity: {OTHER}}}
"""


def identity() -> Any:
    return pyrage.x25519.Identity.generate()


def public(*keys: Any) -> list[str]:
    return [str(key.to_public()) for key in keys]


def vault(folder: Path, *keys: Any) -> Vault:
    """A vault for these keys."""
    made = Vault(folder / "vault", "vault")
    init_vault(made, public(*keys))
    return made


def put_record(made: Vault, text: str = INSIDE, case_id: str = CASE_ID) -> Path:
    """Seals a text as the record of a case."""
    write_sealed(made, case_path(case_id), seal(text.encode(), sealing_recipients(made)))
    return made.root / case_path(case_id)


def put_letter(made: Vault, content: bytes = b"invented letter") -> Path:
    path = put_document(made, sealed_case(), "XXA-letter.pdf", content)
    return made.root / path


def keys(*identities: Any) -> Keys:
    return Keys(tuple(identities))


def sealed_data(**fields: Any) -> dict[str, Any]:
    """A case with a sealed person and a sealed source."""
    sources = [{"ref": "s1", "kind": "ngo", "identity": "sealed"}]
    return case(CASE_ID, **{"persons": [person(name="sealed")], "sources": sources, **fields})


def sealed_case(**fields: Any) -> Any:
    from reprisal_cli.model.case import Case

    return record(sealed_data(**fields), Case)
