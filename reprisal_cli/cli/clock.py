"""The one place where the clock is read."""

from __future__ import annotations

from datetime import date, datetime


def today() -> date:
    """Today, as the machine has it."""
    return datetime.now().astimezone().date()
