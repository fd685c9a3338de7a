"""All rules, by code: those of the reader, of the checks, of compiling, and of what a change does.

The pages of rules that are no function of `checks/` stand in `pages.md` beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from inspect import cleandoc
from pathlib import Path

from reprisal_cli import dialect
from reprisal_cli.checks import engine, suppress
from reprisal_cli.compile import manuscript, number, report, sentences
from reprisal_cli.protect import vault_check
from reprisal_cli.protect.scan import rules as scan_rules
from reprisal_cli.review import affected, clear_text, guard
from reprisal_cli.rule import Rule
from reprisal_cli.store import faults, order, published, read, workspace

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
_TUPLES = (
    dialect,
    faults,
    read,
    order,
    workspace,
    published,
    suppress,
    affected,
    guard,
    clear_text,
    manuscript,
    number,
    report,
    sentences,
    vault_check,
    scan_rules,
)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule, in the order of the codes."""
    listed = [rule for module in _TUPLES for rule in module.RULES]
    listed += [one.rule for one in engine.CASE_CHECKS]
    listed += [one.rule for one in engine.INDEX_CHECKS]
    pages = _pages()
    listed = [rule._replace(doc=rule.doc or pages.get(rule.code, "")) for rule in listed]
    return {rule.code: rule._replace(doc=cleandoc(rule.doc)) for rule in sorted(listed, key=lambda rule: rule.code)}


def _pages() -> dict[str, str]:
    """The pages of rules that have no docstring, by code."""
    text = Path(__file__).with_name("pages.md").read_text(encoding="utf-8")
    parts = re.split(r"^# (RC\d{3})\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def family(code: str) -> str:
    """What the rules of a code's family look at."""
    return FAMILIES[code[2]]
