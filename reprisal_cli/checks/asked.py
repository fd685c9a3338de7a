"""Which findings were asked for. It imports nothing heavy: a check that answers from its cache needs it, too."""

from __future__ import annotations

from reprisal_cli.diagnostic import Diagnostic, Severity
from reprisal_cli.rule import Rule, Stage


def always_on(rule: Rule) -> bool:
    """Whether nobody can switch a rule off: what keeps a file from being read, consent, the gates, vault, last scan."""
    return rule.code[2] in "0789" or (rule.code[2] == "3" and rule.severity is Severity.ERROR)


def wanted(
    one: Diagnostic, rule: Rule | None, preset: Stage, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()
) -> bool:
    """Whether a finding was asked for. What is always on is never ignored; a rule that is not known is always shown."""
    if rule is None:
        return True
    order = list(Stage)
    if order.index(rule.stage) > order.index(preset) or (select and not one.code.startswith(select)):
        return False
    return always_on(rule) or not (ignore and one.code.startswith(ignore))
