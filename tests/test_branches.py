"""Two people in two branches: what they do merges, or conflicts where git shows it, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from tests.cli.run import committed, git, reprisal
from tests.support.rulebook import workspace
from tests.test_casework import at, clones, merged

ANSWERED = at("drafted")


def in_clones(folder: Path, block: str, first: tuple[str, ...], second: tuple[str, ...]) -> tuple[Path, int]:
    """Each of two clones runs a command and commits; the second is merged into the first."""
    start = committed(workspace(folder / "start", block))
    one, two = folder / "one", folder / "two"
    for root, arguments in ((one, first), (two, second)):
        git(folder, "clone", "-q", f"{start}", root.name)
        ran = reprisal(root, *arguments)
        assert ran.code == 0, ran.err
        git(root, "add", "-A", "cases")
        git(root, "commit", "-q", "-m", arguments[0])
    git(one, "fetch", "-q", f"{two}", "main")
    return one, merged(one, "FETCH_HEAD").returncode


def sign(of: str, by: str) -> tuple[str, ...]:
    return ("sign", "XXA-2025-001", "-e", "hrc-60", "--of", of, "--by", by, "--as-of", "2025-08-04")


def test_other_words_in_one_branch_void_what_was_signed_in_the_other(tmp_path: Path) -> None:
    edit = ("case", "set", "XXA-2025-001", "persons.p1.described=a defender", "--as-of", "2025-08-04")
    root, code = in_clones(tmp_path, ANSWERED, sign("text", "reviewer-1"), edit)
    assert code == 0, "they touch other lines"
    ran = reprisal(root, "status", "--as-of", "2025-08-05")
    assert "XXA-2025-001  hrc-60  text  reviewer-1" in ran.out


def test_two_cases_of_two_states_merge(tmp_path: Path) -> None:
    one, two = clones(tmp_path)
    for root, state in ((one, "XXA"), (two, "XXB")):
        ran = reprisal(root, "case", "new", "--state", state, "--record", "individual", "--title", "Invented, a raid",
                       "--gender", "female", "--described", "a woman lawyer", "--body", "upr", "--act", "threats",
                       "--by", "desk-1", "--as-of", "2025-02-10")  # fmt: skip
        assert ran.code == 0, ran.err
        git(root, "add", "-A", "cases")
        git(root, "commit", "-q", "-m", "case")
    git(one, "fetch", "-q", f"{two}", "main")
    assert merged(one, "FETCH_HEAD").returncode == 0
    assert "4 checked" in reprisal(one, "validate", "--as-of", "2026-02-01").err
