"""Rules to come."""

from __future__ import annotations

from reprisal_cli.checks.desk import Desk, Index
from reprisal_cli.rule import Check
from reprisal_cli.store.corpus import CaseFile

CASE: tuple[Check[CaseFile, Desk], ...] = ()
INDEX: tuple[Check[Index, Desk], ...] = ()
