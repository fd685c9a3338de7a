"""Every rule is documented, and its examples are its tests (`docs/rules/`, `reprisal rule CODE`)."""

from __future__ import annotations

import copy
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from reprisal_cli import dialect
from reprisal_cli.checks.engine import CASE_CHECKS, INDEX_CHECKS
from reprisal_cli.diagnostic import Applicability, Diagnostic, Edit
from reprisal_cli.rule import Rule
from reprisal_cli.store import faults, read
from tests.support.rulebook import examples, found, workspace

HEADINGS = ("What it does:", "Why it is bad:", "Example:", "Use instead:")
CHECKED = tuple(one.rule for one in (*CASE_CHECKS, *INDEX_CHECKS))
READING = (*dialect.RULES, *faults.RULES, *read.RULES)
DOCUMENTED = sorted((rule for rule in (*CHECKED, *READING) if rule.doc or rule in CHECKED), key=lambda rule: rule.code)
every_rule = pytest.mark.parametrize("rule", DOCUMENTED, ids=lambda rule: rule.code)


# --- the registry ---------------------------------------------------------------------------------------------------


def test_no_two_rules_have_one_code_or_one_name() -> None:
    rules = (*CHECKED, *READING)
    for values in (Counter(rule.code for rule in rules), Counter(rule.name for rule in rules)):
        assert [value for value, count in values.items() if count > 1] == []


@pytest.mark.parametrize("checks", [CASE_CHECKS, INDEX_CHECKS], ids=["cases", "index"])
def test_checks_run_in_the_order_of_their_codes(checks: tuple[Any, ...]) -> None:
    codes = [one.rule.code for one in checks]
    assert codes == sorted(codes)


@every_rule
def test_a_rule_has_a_code_of_its_family_and_a_name_that_reads_after_allow(rule: Rule) -> None:
    assert re.fullmatch(r"RC\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)


# --- the page -------------------------------------------------------------------------------------------------------


@every_rule
def test_a_page_says_in_one_line_what_must_hold_and_has_the_fixed_headings(rule: Rule) -> None:
    summary, _, rest = rule.doc.partition("\n")
    assert summary.endswith("."), "the first line is one sentence"
    places = [rest.find(heading) for heading in HEADINGS]
    assert -1 not in places, "a heading is missing"
    assert places == sorted(places)


@every_rule
def test_a_page_has_two_examples(rule: Rule) -> None:
    assert len(examples(rule.doc)) == 2


@every_rule
def test_the_first_example_raises_the_rule_and_the_second_does_not(rule: Rule, tmp_path: Path) -> None:
    faulty, sound = examples(rule.doc)
    assert rule.code in _codes(found(tmp_path / "faulty", faulty))
    assert rule.code not in _codes(found(tmp_path / "sound", sound))


@every_rule
def test_a_safe_fix_turns_the_first_example_into_the_second(rule: Rule, tmp_path: Path) -> None:
    faulty, sound = examples(rule.doc)
    mended = [one for one in found(tmp_path / "faulty", faulty) if one.code == rule.code and _safe(one)]
    if mended:
        workspace(tmp_path / "sound", sound)
        for path in {one.location.path for one in mended}:
            edits = [edit for one in mended if one.location.path == path and one.fix for edit in one.fix.edits]
            assert _edited(_data(tmp_path / "faulty" / path), edits) == _data(tmp_path / "sound" / path)


def _codes(diagnostics: list[Diagnostic]) -> set[str]:
    return {one.code for one in diagnostics}


def _safe(one: Diagnostic) -> bool:
    return one.fix is not None and one.fix.applicability is Applicability.SAFE


# --- edits of plain data, which is all that an example needs --------------------------------------------------------


def _data(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def _edited(data: Any, edits: list[Edit]) -> Any:
    """The data with the edits made, the last entries of a list first, so that the others keep their places."""
    out = copy.deepcopy(data)
    for edit in sorted(edits, key=lambda edit: tuple(str(step).zfill(6) for step in edit.route), reverse=True):
        parent = out
        for step in edit.route[:-1]:
            parent = parent[step]
        last = edit.route[-1]
        if edit.at == "key":
            parent[edit.text] = parent.pop(last)
        elif edit.at == "before":
            names = [name for name in parent if name != last]
            names.insert(names.index(edit.text), last)
            moved = {name: parent[name] for name in names}
            parent.clear()
            parent.update(moved)
        elif edit.text is None:
            del parent[last]
        else:
            parent[last] = edit.text
    return out
