"""Two people edit one case: what both did is in the merged file, or git marks the conflict. Nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprisal_cli.model.case import Case
from reprisal_cli.parse import parse
from reprisal_cli.pipeline.git import merge_files, set_up
from reprisal_cli.review.diff3 import merge as merge_lists
from reprisal_cli.review.merge import merge
from reprisal_cli.review.textconv import lines_of
from reprisal_cli.store.starter import make_workspace
from reprisal_cli.store.workspace import load_record
from tests.cli.run import committed, git
from tests.support.rulebook import FIRST, WHOLE

BASE = (WHOLE / FIRST).read_text(encoding="utf-8")
R4 = "  - {ref: r4, to: u2, state: XXB, date: 2025-09-01, summary: the first}   # of ours\n"
R4_OTHER = "  # of theirs\n  - {ref: r4, to: u2, state: XXA, date: 2025-08-20, summary: the second}\n"


def read(text: str | bytes) -> dict[str, Any]:
    data = parse(text if isinstance(text, bytes) else text.encode(), "").data
    assert data is not None
    return data


def before(key: str, entry: str, text: str = BASE) -> str:
    """The file with an entry more at the end of the list that stands before a key."""
    assert f"\n{key}:" in text
    return text.replace(f"\n{key}:", f"\n{entry}{key}:" if entry.endswith("\n") else f"\n{entry}\n{key}:", 1)


def merged(ours: str, theirs: str, base: str = BASE) -> str | None:
    found = merge(base.encode(), ours.encode(), theirs.encode())
    return None if found is None else found.decode()


def test_two_histories_grow_in_the_order_of_their_dates() -> None:
    ours = BASE.rstrip("\n") + "\n  - {date: 2026-03-02, status: closed, by: desk-1, reason: remedy}\n"
    theirs = BASE.rstrip("\n") + "\n  - {date: 2026-02-01, status: cleared, by: desk-2}\n"
    text = merged(ours, theirs)
    assert text is not None
    assert [one["date"] for one in read(text)["history"]][-2:] == ["2026-02-01", "2026-03-02"]


def test_one_reference_for_two_things_becomes_two_in_texts_too() -> None:
    ours = before("measures", R4)
    theirs = before("measures", R4_OTHER).replace("reportedly released.", "reportedly released ({r4}).")
    text = merged(ours, theirs)
    assert text is not None
    responses = {one["ref"]: one for one in read(text)["responses"]}
    assert responses["r4"]["summary"] == "the first"
    assert responses["r5"]["summary"] == "the second"
    assert "reportedly released ({r5})." in text
    assert "# of ours" in text
    assert "# of theirs" in text
    assert load_record(text.encode(), FIRST, Case)[0] is not None


def test_a_number_that_a_reference_looks_like_is_left_alone() -> None:
    theirs = before("measures", R4_OTHER.replace("the second", "road r4 was closed"))
    assert merged(before("measures", R4), theirs) is None


def test_a_field_of_one_entry_changed_by_both_is_a_conflict() -> None:
    assert (
        merged(
            BASE.replace("level: public-no-name", "level: withdrawn"),
            BASE.replace("level: public-no-name", "level: public-name"),
        )
        is None
    )


def test_what_one_took_out_and_the_other_changed_is_a_conflict() -> None:
    line = next(line for line in BASE.splitlines(keepends=True) if "kind: release" in line)
    assert (
        merged(BASE.replace(line, "").replace("developments:\n", ""), BASE.replace("kind: release", "kind: bail"))
        is None
    )


def test_both_added_the_same() -> None:
    ours = before("measures", R4)
    assert merged(ours, ours.replace("status: announced", "status: ongoing")) == ours.replace(
        "status: announced", "status: ongoing"
    )


def test_comments_order_and_layout_stay() -> None:
    ours = before("measures", R4)
    theirs = before("text", "  - {date: 2026-02-10, kind: other, persons: [p1]}  # seen\n")
    text = merged(ours, theirs)
    assert text is not None
    assert sorted(text.splitlines()) == sorted({*ours.splitlines()} | {*theirs.splitlines()} | set()) or Counter(
        text.splitlines()
    ) == Counter(BASE.splitlines()) + Counter(
        [R4.rstrip("\n"), "  - {date: 2026-02-10, kind: other, persons: [p1]}  # seen"]
    )


# --- any edits ------------------------------------------------------------------------------------------------------

ENTRY = {
    "sources": "  - {{ref: s{n}, kind: ngo, received: {day}, first_hand: no, identity: sealed}}",
    "un_actions": "  - ref: u{n}\n    by: [ohchr]\n    date: {day}\n    to: [XXA]",
    "responses": "  - {{ref: r{n}, to: u1, state: XXA, date: {day}, summary: words {tag} of a reply.}}",
    "developments": "  - {{date: {day}, kind: other, persons: [p1], effect: improved}}   # {tag}",
    "measures": "  - {{type: investigation-opened, date: {day}, status: announced}} # {tag}",
    "signoffs": "  - {{edition: hrc-63, of: text, by: reviewer-{n}, date: {day}, digest: 'sha256:…'}}",
    "history": "  # {tag}\n  - {{date: {day}, status: follow-up, by: desk-{n}, reason: {tag}}}",
}
NEXT = dict(zip(list(Case.model_fields), [*list(Case.model_fields)[1:], ""], strict=True))


@st.composite
def edits(draw: st.DrawFn, tag: str) -> list[tuple[str, str, int]]:
    keys = draw(st.lists(st.sampled_from(sorted(ENTRY)), min_size=0, max_size=5))
    return [(key, tag, draw(st.integers(4, 7))) for key in keys]


def edited(text: str, steps: list[tuple[str, str, int]], swap: tuple[str, str] | None) -> str:
    for number, (key, tag, n) in enumerate(steps):
        data = read(text)
        refs = {one.get("ref") for one in data[key]}
        while any(f"{letter}{n}" in refs for letter in "sur"):
            n += 1
        entry = ENTRY[key].format(
            n=n, day=f"2026-0{1 + n % 9}-{1 if tag == 'ours' else 2}{number}", tag=f"{tag}{number}"
        )
        keys = list(data)
        after = keys.index(key) + 1
        if after < len(keys):
            lines = text.splitlines(keepends=True)
            at = next(i for i, line in enumerate(lines) if line.startswith(f"{keys[after]}:"))
            text = (
                "".join([*lines[:at], entry + "\n", *lines[at:]])
                if lines[at - 1].strip()
                else "".join([*lines[: at - 1], entry + "\n", *lines[at - 1 :]])
            )
        else:
            text = text.rstrip("\n") + "\n" + entry + "\n"
    return text.replace(*swap) if swap else text


SWAPS = st.sampled_from(
    [
        None,
        ("status: follow-up\n", "status: closed\n"),
        ("reportedly released", "released, it was reported"),
        ("gender: male", "gender: other"),
        ("mode: online", "mode: both"),
        ("Invented, arrest", "Invented, an arrest"),
    ]
)


@settings(deadline=None, max_examples=80)
@given(edits("ours"), edits("theirs"), SWAPS, SWAPS)
def test_no_edit_of_either_side_is_lost(mine: Any, other: Any, my_swap: Any, other_swap: Any) -> None:
    base, ours, theirs = BASE, edited(BASE, mine, my_swap), edited(BASE, other, other_swap)
    text = merged(ours, theirs)
    if text is None:
        assert (my_swap and other_swap) or ours != theirs
        return
    data = read(text)
    for key in ENTRY:
        plain = [Counter(without_ref(one) for one in read(side)[key]) for side in (base, ours, theirs, text)]
        assert plain[3] == plain[0] + (plain[1] - plain[0] | plain[2] - plain[0])
        refs = [one["ref"] for one in data[key] if "ref" in one]
        assert len(refs) == len(set(refs))
    for swap in (my_swap, other_swap):
        assert swap is None or swap[1] in text
    for tag in [
        f"{tag}{number}"
        for steps in (mine, other)
        for number, (key, tag, _) in enumerate(steps)
        if "{tag}" in ENTRY[key]
    ]:
        assert tag in text


def without_ref(one: Any) -> str:
    return str({key: value for key, value in one.items() if key != "ref"})


@settings(deadline=None, max_examples=60)
@given(edits("ours"), edits("theirs"))
def test_two_people_who_only_add_never_meet(mine: Any, other: Any) -> None:
    assert merged(edited(BASE, mine, None), edited(BASE, other, None)) is not None


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_a_merge_of_lists_does_what_either_side_did_alone(base: list[str], one: list[str], other: list[str]) -> None:
    assert merge_lists(base, one, base) == one
    assert merge_lists(base, base, other) == other
    assert merge_lists(base, one, one) == one
    both = merge_lists(base, one, other)
    assert both is None or not Counter(one) - Counter(base) - Counter(both)


# --- with git itself ------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    make_workspace(tmp_path, date(2025, 9, 1))
    (tmp_path / FIRST).write_text(BASE, encoding="utf-8")
    committed(tmp_path)
    set_up(tmp_path, new=True)
    return tmp_path


def branches(root: Path, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
    git(root, "checkout", "-q", "-b", "theirs")
    (root / FIRST).write_text(theirs, encoding="utf-8")
    git(root, "commit", "-qam", "theirs")
    git(root, "checkout", "-q", "main")
    (root / FIRST).write_text(ours, encoding="utf-8")
    git(root, "commit", "-qam", "ours")
    own = ["-c", "user.name=Invented", "-c", "user.email=invented@example.org"]
    return subprocess.run(["git", *own, "merge", "-q", "theirs"], cwd=root, capture_output=True, text=True, check=False)


def test_git_merges_two_entries_of_one_list(repository: Path) -> None:
    done = branches(repository, before("measures", R4), before("measures", R4_OTHER))
    assert done.returncode == 0, done.stdout + done.stderr
    assert [one["ref"] for one in read((repository / FIRST).read_bytes())["responses"]][-2:] == ["r5", "r4"]
    assert git(repository, "status", "--porcelain") == ""


def test_without_the_program_git_merges_lines_and_loses_nothing(repository: Path, tmp_path: Path) -> None:
    """As in a terminal where it is not on the path."""
    own = tmp_path / "programs"
    own.mkdir()
    for name in ("git", "sh", "cat"):
        (own / name).symlink_to(shutil.which(name) or "")
    level = "level: public-no-name"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{own}")
        done = branches(repository, BASE.replace(level, "level: withdrawn"), BASE.replace(level, "level: public-name"))
        shown = git(repository, "diff")
    assert done.returncode == 1
    text = (repository / FIRST).read_text(encoding="utf-8")
    assert text.count("<<<<<<< ours") == text.count(">>>>>>> theirs") == 1
    assert "level: withdrawn" in text
    assert "level: public-name" in text
    assert "level: public-name" in shown


def test_git_marks_what_cannot_be_merged(repository: Path) -> None:
    level = "level: public-no-name"
    done = branches(repository, BASE.replace(level, "level: withdrawn"), BASE.replace(level, "level: public-name"))
    assert done.returncode == 1
    text = (repository / FIRST).read_text(encoding="utf-8")
    assert text.count("<<<<<<<") == text.count(">>>>>>>") == 1
    assert "level: withdrawn" in text
    assert "level: public-name" in text


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_a_conflict_is_shown_by_what_the_two_sides_say(repository: Path, style: str) -> None:
    git(repository, "config", "merge.conflictStyle", style)
    level = "level: public-no-name"
    branches(repository, BASE.replace(level, "level: withdrawn"), BASE.replace(level, "level: public-name"))
    said = git(repository, "diff")
    assert "\n- persons p1 consent level: withdrawn\n" not in said
    assert "\n +persons p1 consent level: withdrawn\n" in said
    assert "\n+ persons p1 consent level: public-name\n" in said
    assert "\n++<<<<<<< ours\n" in said
    assert len(said.splitlines()) < 25, "what both say is not shown as an edit"


def test_git_log_tells_a_change_as_a_line(repository: Path) -> None:
    (repository / FIRST).write_text(BASE.replace("level: statistics-only", "level: public-aggregate"), encoding="utf-8")
    said = git(repository, "diff")
    assert "\n-persons p2 consent level: statistics-only\n+persons p2 consent level: public-aggregate\n" in said


def test_a_file_that_is_no_case_is_left_to_git(tmp_path: Path) -> None:
    for name, text in (("base", "a\nb\nc\n"), ("ours", "a\nB\nc\n"), ("theirs", "a\nb\nC: [\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = merge_files(tmp_path / "base", tmp_path / "ours", tmp_path / "theirs", 7)
    assert done.conflicts
    assert "B" in (tmp_path / "ours").read_text()
    assert "C: [" in (tmp_path / "ours").read_text()


def test_what_is_shown_of_a_file_is_in_the_file_and_stays_the_same() -> None:
    shown = lines_of(BASE.encode())
    assert shown == lines_of(BASE.encode())
    words = set(BASE.replace("{", " ").replace("}", " ").replace("[", " ").replace("]", " ").replace(",", " ").split())
    assert all(word.strip(":,(){}[]|.^;") in BASE for word in shown.decode().split())
    assert words
    assert lines_of(b"not: [yaml") == b"not: [yaml"
