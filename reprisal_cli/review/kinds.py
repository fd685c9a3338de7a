"""What an edit can mean: a closed list, with the risk of each kind and the sign-offs that it needs (`kinds.yaml`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from reprisal_cli import quick

RISKS = ("high", "medium", "low", "none")


class Kind(Struct, frozen=True):
    """One kind of change. `says` is how a reviewer is told of it; `signs` are the sign-offs that it needs, two of them
    by two people; `never` says that no sign-off makes it right. `rank` is its place in the list, the loudest first."""

    name: str
    risk: str
    says: str
    signs: tuple[str, ...]
    never: bool
    rank: int


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by name, the loudest first."""
    data = quick.read(Path(__file__).with_name("kinds.yaml").read_text(encoding="utf-8")) or {}
    return {
        name: Kind(name, one["risk"], one["says"], tuple(one.get("signs", ())), one.get("never") == "yes", rank)
        for rank, (name, one) in enumerate(data.items())
    }
