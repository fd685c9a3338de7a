"""Fixes: what is written, and that nothing else is."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reprisal_cli.diagnostic import Edit, Route
from reprisal_cli.model.case import Case
from reprisal_cli.parse import parse
from reprisal_cli.store.edit import apply_edit, apply_edits
from reprisal_cli.store.order import keys_at, out_of_order
from tests.cli.run import committed, git, validate
from tests.support.rulebook import FIRST, WHOLE, workspace

SOURCE = (WHOLE / FIRST).read_text(encoding="utf-8")


def edited(text: str, *edits: Edit) -> str | None:
    done = apply_edits(text.encode(), edits)
    return None if done is None else done.decode()


# --- edits of text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("a: x  # why\nb: y\n", Edit(("a",), "z"), "a: z  # why\nb: y\n"),
        ("a: 'x'\n", Edit(("a",), "it's"), "a: 'it''s'\n"),
        ('a: "x"\r\nb: y\r\n', Edit(("a",), 'say "z"'), 'a: "say \\"z\\""\r\nb: y\r\n'),
        ("a: x\n", Edit(("a",), "y: z"), 'a: "y: z"\n'),
        ("a: x\n", Edit(("a",), "# no comment"), 'a: "# no comment"\n'),
        ("a: [x, y]\n", Edit(("a", 1), "p, q"), 'a: [x, "p, q"]\n'),
        ("a: {b: x, c: y}  # end\n", Edit(("a", "b"), "d", at="key"), "a: {d: x, c: y}  # end\n"),
        ("\ufeffa: x\n", Edit(("a",), "y"), "\ufeffa: y\n"),
        (
            "a: |\n  Turkey said.\n\n  More.\nb: y\n",
            Edit(("a",), "Türkiye said.\n\nMore.\n"),
            "a: |\n  Türkiye said.\n\n  More.\nb: y\n",
        ),
        ("a: >-\n  one two\n  three\n", Edit(("a",), "one two four"), "a: >-\n  one two\n  four\n"),
        ("a: one two\n  three\n", Edit(("a",), "one too three"), "a: one too\n  three\n"),
        ("a: x\nb: y  # gone\nc: z\n", Edit(("b",), None), "a: x\nc: z\n"),
        ("a: x\nb:\n  - p\n  - q\nc: z\n", Edit(("b",), None), "a: x\nc: z\n"),
        ("a: [x, y, z]\n", Edit(("a", 0), None), "a: [y, z]\n"),
        ("a: [x, y, z]\n", Edit(("a", 2), None), "a: [x, y]\n"),
        ("a:\n  - x\n  - y\n", Edit(("a", 0), None), "a:\n  - y\n"),
    ],
    ids=range(16),
)
def test_an_edit_changes_its_node_alone(before: str, edit: Edit, after: str) -> None:
    assert edited(before, edit) == after


@pytest.mark.parametrize(
    ("before", "edit"),
    [
        ("a: x\n", Edit(("b",), "y")),
        ("a: x\nb: y\n", Edit(("a",), "b", at="key")),
        ("a: [x]\n", Edit(("a",), "y")),
        ("a: x\n", Edit(("a",), None)),
        ("a: [x\n", Edit(("a",), "y")),
        ("a: x x\n", Edit(("a",), "")),
    ],
    ids=range(6),
)
def test_an_edit_that_is_not_certain_is_not_made(before: str, edit: Edit) -> None:
    assert edited(before, edit) is None


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("a: x\nc: y\nb: z  # why\n", Edit(("b",), "c", "before"), "a: x\nb: z  # why\nc: y\n"),
        ("a: x\r\nc: y\r\nb: z\r\n", Edit(("b",), "c", "before"), "a: x\r\nb: z\r\nc: y\r\n"),
        ("# head\n\nc: y\nb: z\n", Edit(("b",), "c", "before"), "# head\n\nb: z\nc: y\n"),
        (
            "a: x\n\n# of c\nc:\n  - y\n  # in c\n\n# of b\nb: z\n\n# the end\n",
            Edit(("b",), "c", "before"),
            "a: x\n\n# of b\nb: z\n\n# of c\nc:\n  - y\n  # in c\n\n# the end\n",
        ),
        ("l:\n  - c: y\n    b: z  # why\n  - d: w\n", Edit(("l", 0, "b"), "c", "before"),
         "l:\n  - b: z  # why\n    c: y\n  - d: w\n"),
        ("l:\n  - {c: y, b: [x, z], a: w}  # end\n", Edit(("l", 0, "a"), "c", "before"),
         "l:\n  - {a: w, c: y, b: [x, z]}  # end\n"),
        ("x:\n  c: y\n  # of b\n  b:\n    - z\n    # in b\ny: w\n", Edit(("x", "b"), "c", "before"),
         "x:\n  # of b\n  b:\n    - z\n    # in b\n  c: y\ny: w\n"),
    ],
    ids=["lines", "line ends", "head", "comments", "dash", "braces", "inside"],
)  # fmt: skip
def test_a_key_moves_with_its_comments(before: str, edit: Edit, after: str) -> None:
    assert edited(before, edit) == after


@pytest.mark.parametrize(
    "before",
    ["# of c\nc: y\nb: z\n", "c: y\nb: z", "b: z\n", "l:\n  - c: y\n    # of b\n    b: z\n"],
    ids=["whose comment", "no line end", "nothing above", "comment after a dash"],
)
def test_a_key_whose_comments_may_be_anothers_is_not_moved(before: str) -> None:
    route = ("l", 0, "b") if before.startswith("l") else ("b",)
    assert edited(before, Edit(route, "c", "before")) is None


def owned(text: str) -> set[tuple[str, str]]:
    """Each comment on a line of its own, with the first line below it that is none."""
    lines = [line for line in text.splitlines() if line.strip()]
    firsts = list(lines)
    for at in range(len(lines) - 2, -1, -1):
        if lines[at].lstrip().startswith("#"):
            firsts[at] = firsts[at + 1]
    return {(line, first) for line, first in zip(lines, firsts, strict=True) if line.lstrip().startswith("#")}


STARTER = (Path("templates/starter/cases/XXA/XXA-2025-001.yaml"), WHOLE / FIRST)
REAL = sorted(Path("cases").glob("*/*.yaml"))[::9]


@pytest.mark.parametrize("path", [*(one for one in STARTER if one.exists()), *REAL], ids=lambda path: path.stem)
def test_keys_out_of_order_are_put_back_and_every_comment_stays_where_it_belongs(path: Path) -> None:
    """Each key of the file, and of each item, is moved up one place; the fix of RC134 makes the file again."""
    raw = path.read_bytes()
    data = parse(raw, "").data or {}
    made = 0
    for edit in list(swaps(data, ()))[::2]:
        wrong = apply_edit(raw, edit)
        if wrong is None:
            continue
        made += 1
        assert sorted(wrong.decode()) == sorted(raw.decode())
        found = list(out_of_order(parse(wrong, "").data or {}, Case, ""))
        assert [one.code for one in found] == ["RC134"], edit
        mended = apply_edits(wrong, found[0].fix.edits) if found[0].fix else None
        assert mended is not None, edit
        assert json.dumps(parse(mended, "").data) == json.dumps(data)
        assert owned(mended.decode()) == owned(raw.decode()), edit
    assert made > 5


def swaps(data: Any, route: Route) -> Iterator[Edit]:
    """Each key above the one before it, where the format has an order."""
    if isinstance(data, dict):
        order = keys_at(Case, route)
        names = list(data)
        for first, second in pairwise(names):
            if first in order and second in order:
                yield Edit((*route, second), first, "before")
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inner:
        yield from swaps(value, (*route, step))


SCALARS = [
    ("title",),
    ("persons", 0, "described"),
    ("acts", 1, "type"),
    ("sources", 1, "public"),
    ("corroboration", "note"),
    ("text", "hrc-60", "annex"),
    ("text", "hrc-60", "main"),
    ("responses", 1, "summary"),
    ("signoffs", 0, "digest"),
]


@given(st.sampled_from(SCALARS), st.text(alphabet=string.printable[:95] + "éü’“中", min_size=1, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_written_so_that_it_is_read_again_or_not_at_all(route: tuple[str | int, ...], text: str) -> None:
    done = apply_edit(SOURCE.encode(), Edit(route, text))
    if done is None:
        return
    old, new = parse(SOURCE.encode(), "").data, parse(done, "").data
    here: object = new
    for step in route:
        here = here[step]  # type: ignore[index]
    assert here == text
    mended = apply_edit(done, Edit(route, _at(old, route)))
    assert mended is None or parse(mended, "").data == old


def _at(data: object, route: tuple[str | int, ...]) -> str:
    for step in route:
        data = data[step]  # type: ignore[index]
    return str(data)


# --- the command ----------------------------------------------------------------------------------------------------

BROKEN = {"    online: no\n": "    online: false\n", "gender: female ": "gender: femail ", "\nassignee:": "\nasignee:"}


def broken(folder: Path) -> Path:
    workspace(folder)
    text = SOURCE
    for good, bad in BROKEN.items():
        assert good in text
        text = text.replace(good, bad, 1)
    (folder / FIRST).write_text(text, encoding="utf-8")
    return committed(folder)


def test_safe_fixes_keep_the_rest_byte_for_byte(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    before = (folder / FIRST).read_text(encoding="utf-8")
    ran = validate(folder, "--fix")
    assert (folder / FIRST).read_text(encoding="utf-8") == before.replace("online: false", "online: no")
    assert f"{FIRST}: RC012: write `no`" in ran.err
    assert ran.code == 1, "what is left is told"
    assert "RC012" not in ran.out


def test_unsafe_fixes_are_made_when_told_and_the_file_is_what_it_was(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    ran = validate(folder, "--fix", "--unsafe-fixes")
    assert (folder / FIRST).read_text(encoding="utf-8") == SOURCE
    assert (ran.code, ran.out) == (0, "")


_LETTER = "|  # as received\n      {} persons concerned\n      had been tried."
BLOCKS = {
    _LETTER.format("The"): _LETTER.format("the"),
    ">-\n      That all persons\n      had been tried.": ">-\n      all persons\n      had been tried.",
    '"The persons had been tried."': '"the persons had been tried."',
    "All persons\n      had been tried.": "all persons\n      had been tried.",
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("written", BLOCKS)
def test_a_summary_is_mended_however_it_is_written(written: str, ends: str, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    old = re.search(r"all persons concerned had been tried in public\..*", SOURCE)
    assert old is not None
    for text in (written, BLOCKS[written]):
        (folder / FIRST).write_text(SOURCE.replace(old[0], text).replace("\n", ends), encoding="utf-8", newline="")
        if text == written:
            committed(folder)
            assert "RC430" not in validate(folder, "--fix").out
            mended = (folder / FIRST).read_bytes()
    assert mended == (folder / FIRST).read_bytes()


def test_what_would_take_a_comment_away_is_left_to_a_person(tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    twice = "kinds:\n      - gives-information-on-proceedings\n      - gives-information-on-proceedings  # by letter\n"
    text = SOURCE.replace("kinds: [gives-information-on-proceedings]\n", twice)
    (folder / FIRST).write_text(text, encoding="utf-8")
    ran = validate(committed(folder), "--fix")
    assert "make it by hand" in ran.err
    assert (folder / FIRST).read_text(encoding="utf-8") == text


def test_a_diff_writes_nothing_and_masks_text(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    ran = validate(folder, "--diff", "--unsafe-fixes")
    assert git(folder, "status", "--porcelain", "--untracked-files=no") == ""
    assert "-asignee: •••\n+assignee: •••" in ran.err


def test_a_file_with_changes_that_git_does_not_hold_is_left_alone(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    path = folder / FIRST
    path.write_text(path.read_text(encoding="utf-8") + "# a thought\n", encoding="utf-8")
    before = path.read_bytes()
    assert "git does not hold what it is now" in validate(folder, "--fix").err
    assert path.read_bytes() == before
    validate(folder, "--fix", "--allow-dirty")
    assert path.read_bytes() == before.replace(b"online: false", b"online: no")


def test_without_git_nothing_is_changed_unless_told(tmp_path: Path) -> None:
    workspace(tmp_path)
    text = SOURCE.replace("online: no", "online: false")
    (tmp_path / FIRST).write_text(text, encoding="utf-8")
    assert "--allow-dirty" in validate(tmp_path, "--fix").err
    assert (tmp_path / FIRST).read_text(encoding="utf-8") == text


def test_a_mended_file_holds_what_it_held(tmp_path: Path) -> None:
    folder = broken(tmp_path)
    validate(folder, "--fix", "--unsafe-fixes")
    loaded = [yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in (folder / FIRST, WHOLE / FIRST)]
    assert loaded[0] == loaded[1]
