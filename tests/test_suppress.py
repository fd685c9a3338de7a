"""Suppressions in files, severities in reprisal.yaml, what is asked for on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprisal_cli.checks.suppress import scan
from reprisal_cli.review.rulebook import rules
from tests.cli.run import validate
from tests.support.rulebook import examples, workspace

PATH = "cases/XXA/XXA-2025-003.yaml"
CASE = """\
id: XXA-2025-003
title: Invented, questioning at a border
record: situation
state: XXA
status: received
cooperation:
  - {body: upr}
acts:
  - {ref: a1, type: interrogation-or-summons}
  - {ref: a1, type: threats}
"""
WHY = "-- both refs are quoted in the reply"


def codes(folder: Path, text: str, *arguments: str, settings: str = "") -> list[str]:
    """What is found in one case, as `line:CODE`."""
    workspace(folder)
    (folder / PATH).write_text(text, encoding="utf-8")
    with (folder / "reprisal.yaml").open("a", encoding="utf-8") as stream:
        stream.write(settings)
    ran = validate(folder, "--output-format", "concise", *arguments)
    lines = [line for line in ran.out.splitlines() if line.startswith((PATH, "reprisal.yaml"))]
    return [f"{line.split(':')[1]}:{line.split()[1]}" for line in lines]


def with_comment(before: str, comment: str) -> str:
    return CASE.replace(before, f"{comment}\n{before}", 1)


def test_without_a_suppression_the_fault_is_found(tmp_path: Path) -> None:
    assert "10:RC103" in codes(tmp_path, CASE)


@pytest.mark.parametrize(
    "text",
    [
        CASE.replace("threats}", f"threats}}  # reprisal: allow RC103 {WHY}"),
        with_comment("  - {ref: a1, type: threats}", f"  # reprisal: allow RC103 {WHY}"),
        with_comment("acts:", f"# reprisal: allow RC103 {WHY}"),
        f"# reprisal: allow RC103 {WHY}\n{CASE}",
        f"# About this case.\n# reprisal: allow RC103 {WHY}\n\n{CASE}",
    ],
    ids=["on the line", "above the item", "above the key", "at the top", "at the top, among others"],
)
def test_a_suppression_with_a_reason_holds_where_it_stands(tmp_path: Path, text: str) -> None:
    assert not [found for found in codes(tmp_path, text) if found.endswith(("RC103", "RC020", "RC021"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (with_comment("acts:", "# reprisal: allow RC103"), {"8:RC020", "11:RC103"}),
        (with_comment("acts:", "# reprisal: allow RC103 --"), {"8:RC020", "11:RC103"}),
        (with_comment("status:", f"# reprisal: allow RC103 {WHY}"), {"5:RC021", "11:RC103"}),
        (with_comment("acts:", f"# reprisal: allow RC301 {WHY}"), {"8:RC022"}),
        (with_comment("acts:", f"# reprisal: allow RC013 {WHY}"), {"8:RC022"}),
        (with_comment("acts:", f"# reprisal: allow RC199 {WHY}"), {"8:RC023"}),
        (with_comment("acts:", "# reprisal: allow duplicates"), {"8:RC023"}),
    ],
    ids=["no reason", "empty reason", "unused", "consent", "reading", "no such rule", "no code"],
)
def test_a_suppression_at_fault_is_a_finding(tmp_path: Path, text: str, found: set[str]) -> None:
    assert found <= set(codes(tmp_path, text))


def test_what_looks_like_a_suppression_in_a_text_is_text() -> None:
    text = CASE + "text:\n  hrc-60:\n    annex: |\n      Words.\n      # reprisal: allow RC103 -- words, too\n"
    assert scan(text.encode(), PATH) == ()
    assert scan(b"title: 'a # reprisal: allow RC103 -- b'\n", PATH) == ()


def test_two_codes_stand_in_one_comment() -> None:
    found = scan(with_comment("acts:", f"# reprisal: allow RC103, RC110 {WHY}").encode(), PATH)
    assert [one.code for one in found] == ["RC103", "RC110"]
    assert {one.reason for one in found} == {"both refs are quoted in the reply"}


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", ["off", "note", "warning", "error"])
def test_a_workspace_sets_the_severity_of_a_rule(tmp_path: Path, wish: str) -> None:
    found = codes(tmp_path, CASE, settings=f"rules: {{RC103: {wish}}}\n")
    assert ("10:RC103" in found) == (wish != "off")
    assert (validate(tmp_path, "--select", "RC103").code == 1) == (wish == "error")


def test_what_protects_people_cannot_be_switched_off(tmp_path: Path) -> None:
    found = codes(tmp_path, CASE, settings="rules: {RC301: warning, RC013: off, RC103: off}\n")
    assert [one.split(":")[1] for one in found if "RC024" in one] == ["RC024", "RC024"]


def test_an_unknown_code_in_the_settings_is_an_error(tmp_path: Path) -> None:
    assert any(one.endswith("RC023") for one in codes(tmp_path, CASE, settings="rules: {RC199: off}\n"))


@pytest.mark.parametrize("code", ["RC020", "RC021", "RC022", "RC023", "RC024"])
def test_the_examples_of_the_pages_do_what_they_say(tmp_path: Path, code: str) -> None:
    faulty, sound = examples(rules()[code].doc)
    assert code in validate(workspace(tmp_path / "faulty", faulty), "--output-format", "concise").out
    assert code not in validate(workspace(tmp_path / "sound", sound), "--output-format", "concise").out


@pytest.mark.parametrize("code", [f"RC{number:03}" for number in range(1, 20) if number not in (1, 17, 18)])
def test_the_examples_of_the_readers_pages_do_what_they_say(tmp_path: Path, code: str) -> None:
    """RC001, RC017 and RC018 are about bytes and files that no example can hold."""
    faulty, sound = examples(rules()[code].doc)
    assert code in validate(workspace(tmp_path / "faulty", faulty), "--output-format", "concise").out
    assert code not in validate(workspace(tmp_path / "sound", sound), "--output-format", "concise").out


# --- what is asked for ----------------------------------------------------------------------------------------------


def test_codes_are_selected_and_ignored_by_their_beginning_and_the_rest_is_counted(tmp_path: Path) -> None:
    assert codes(tmp_path, CASE, "--select", "RC103") == ["10:RC103"]
    assert "10:RC103" not in codes(tmp_path / "b", CASE, "--ignore", "rc1")
    assert "more found, not asked for" in validate(tmp_path, "--select", "RC602,RC109").err
    assert validate(tmp_path, "--select", "RC602,RC109").code == 0


def test_reading_cannot_be_ignored(tmp_path: Path) -> None:
    assert "4:RC013" in codes(tmp_path, CASE.replace("state: XXA", "state: QQQ"), "--ignore", "RC0")


def test_an_option_that_means_nothing_is_no_run(tmp_path: Path) -> None:
    workspace(tmp_path)
    for arguments in (("--select", "X1"), ("--output-format", "jsn"), ("--preset", "final"), ("--unsafe-fixes",)):
        assert validate(tmp_path, *arguments).code == 2


def test_paths_show_their_files_alone(tmp_path: Path) -> None:
    workspace(tmp_path)
    (tmp_path / PATH).write_text(CASE, encoding="utf-8")
    assert validate(tmp_path, "cases/XXA/XXA-2025-002.yaml").code == 0
    assert "RC103" in validate(tmp_path, "cases/XXA", "--output-format", "concise").out
    assert "RC103" in validate(tmp_path / "cases", "XXA/XXA-2025-003.yaml", "--output-format", "concise").out
    assert validate(tmp_path, "cases/XXB").code == 2
    assert validate(tmp_path, "/etc").code == 2
