"""Values that may hold an identity."""

from __future__ import annotations

from msgspec import Struct


class Hidden(Struct, frozen=True):
    """A value whose fields may be an identity: whatever prints it, a log or a fault, shows its kind alone."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"
