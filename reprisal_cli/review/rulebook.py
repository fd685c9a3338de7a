"""All rules, by code: those of the reader, of the checks, of compiling, and of what a change does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from reprisal_cli import parse
from reprisal_cli.checks import engine, suppress
from reprisal_cli.compile import manuscript, number
from reprisal_cli.review import affected
from reprisal_cli.rule import Rule
from reprisal_cli.store import faults, read

FAMILIES = {
    "0": "Reading: bytes, YAML and shape",
    "1": "Records and references",
    "2": "Chronology",
    "3": "Consent and risk",
    "4": "Communications and responses",
    "5": "House style of text",
    "6": "Editions and documents",
    "7": "Gates of the life cycle",
    "8": "Vault",
    "9": "Scan of finished files",
}
_TUPLES = (parse, faults, read, suppress, affected, manuscript, number)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule, in the order of the codes."""
    listed = [rule for module in _TUPLES for rule in module.RULES]
    listed += [one.rule for one in engine.CASE_CHECKS]
    listed += [one.rule for one in engine.INDEX_CHECKS]
    return {rule.code: rule for rule in sorted(listed, key=lambda rule: rule.code)}


def family(code: str) -> str:
    """What the rules of a code's family look at."""
    return FAMILIES[code[2]]
