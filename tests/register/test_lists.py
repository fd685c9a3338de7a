"""The closed lists as they are looked up."""

from __future__ import annotations

import pytest

from reprisal_cli.model.values import closed_list
from reprisal_cli.register.lists import entries, hint_for, holding, list_names


@pytest.mark.parametrize("name", list_names())
def test_every_word_of_a_list_is_told(name: str) -> None:
    told = {entry.word for entry in entries(name, "en")}
    assert told == {word for word in closed_list(name) if not (name == "states" and word.startswith("XX"))}


@pytest.mark.parametrize(
    ("name", "given", "hint"),
    [
        ("acts", "threat", "did you mean `threats`?"),
        ("acts", "raid or search", "did you mean `raid-or-search`?"),
        ("acts", "raid", "is it one of raid-or-search? `reprisal words acts` lists them"),
        ("acts", "qwerty", "`reprisal words acts` lists them"),
        ("genders", "f", "choose from female, male, other, mixed, not-stated"),
        ("states", "xxa", "did you mean `XXA`?"),
        ("states", "Egypt", "did you mean `EGY`?"),
        ("bodies", "Committee against Torture", "did you mean `cat`?"),
    ],
)
def test_a_wrong_word_is_answered_with_what_was_meant_or_where_to_look(name: str, given: str, hint: str) -> None:
    assert hint_for(name, given) == hint


def test_a_part_of_a_word_finds_it_in_all_lists() -> None:
    found = {(name, entry.word) for name, entry in holding("Relative", "en")}
    assert {("roles", "relative"), ("timings", "relative")} <= found
    assert not list(holding("xyzzy", "en"))
