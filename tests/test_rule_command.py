"""`reprisal rule`: the list, a page, the pages in docs/."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reprisal_cli.cli.rule_pages import show
from reprisal_cli.review.rulebook import family, rules
from tests.cli.run import reprisal

ROOT = Path(__file__).parents[1]


def test_the_pages_in_docs_are_up_to_date() -> None:
    """`reprisal rule --write docs/rules` brings them up to date."""
    ran = reprisal(ROOT, "rule", "--check", "docs/rules")
    assert (ran.code, ran.err) == (0, "")


def test_every_rule_is_listed_with_what_must_hold() -> None:
    out = reprisal(ROOT, "rule").out
    for code, rule in rules().items():
        assert re.search(rf"^  {code}  {rule.severity} +{rule.name} ", out, re.MULTILINE)
        assert family(code) in out


def test_every_rule_of_the_program_is_in_the_book() -> None:
    """Looked for in the code: a family that nobody added to the book would have no page."""
    made = re.compile(r"(?:error|warning|check|Rule)\(\s*\"(RC\d{3})\"")
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "reprisal_cli").rglob("*.py"))
    assert set(made.findall(code)) == set(rules())


@pytest.mark.parametrize("name", ["RC201", "rc201", rules()["RC201"].name])
def test_a_rule_is_found_by_code_and_by_name(name: str) -> None:
    assert reprisal(ROOT, "rule", name).out.startswith(f"RC201 {rules()['RC201'].name}")


def test_a_rule_that_does_not_exist_is_no_run() -> None:
    ran = reprisal(ROOT, "rule", "duplicate-idd")
    assert ran.code == 2
    assert "duplicate-id" in ran.err


def test_machines_get_json_with_a_version() -> None:
    one = json.loads(reprisal(ROOT, "rule", "RC010", "--output-format", "json").out)
    assert (one["version"], one["code"], one["name"], one["severity"]) == (1, "RC010", "unknown-key", "error")
    assert len(json.loads(reprisal(ROOT, "rule", "--output-format", "json").out)["rules"]) == len(rules())


@pytest.mark.parametrize("code", rules())
def test_every_rule_has_a_page(code: str) -> None:
    page = reprisal(ROOT, "rule", code, "--output-format", "markdown").out
    headings = ("What it does", "Why it is bad", "Example", "Use instead")
    for heading in headings if code < "RC9" else headings[:2]:  # what a document must not hold has no example
        assert f"\n## {heading}\n" in page, "docs: What it does, Why it is bad, Example, Use instead"


def test_pages_are_written_and_found_out_of_date(tmp_path: Path) -> None:
    assert reprisal(tmp_path, "rule", "--write", "pages").code == 0
    assert reprisal(tmp_path, "rule", "--check", "pages").code == 0
    (tmp_path / "pages" / "RC010.md").write_text("old", encoding="utf-8")
    (tmp_path / "pages" / "RC999.md").write_text("gone", encoding="utf-8")
    ran = reprisal(tmp_path, "rule", "--check", "pages")
    assert ran.code == 1
    assert "RC010.md" in ran.err
    assert "RC999.md" in ran.err


def test_no_page_tells_a_reader_what_is_for_its_test() -> None:
    """In the terminal, in docs/, and as help of SARIF."""
    for rule in rules().values():
        for said in (show(rule.code, "text"), show(rule.code, "json"), show(rule.code, "markdown")):
            assert "REMOVE" not in said, rule.code
            assert "# file:" not in said, rule.code
