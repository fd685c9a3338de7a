"""A comment shows words of the format and prose without names; the rest is masked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprisal_cli.model.act import Act
from reprisal_cli.model.action import Response
from reprisal_cli.model.case import Case
from reprisal_cli.model.digest import SUBJECTS
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.person import Person
from reprisal_cli.model.settings import Settings
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.words import word_lists
from reprisal_cli.review.case_changes import _FIELDS
from reprisal_cli.review.kinds import RISKS, kinds
from reprisal_cli.review.shown import MASK, listed, may_be_names, safe, slugs, tokens
from reprisal_cli.review.words import by_words

PROSE = "On 1 March 2025, the Special Rapporteur addressed the arrest of {p1} in Egypt, before the "
PROSE += "Committee against Torture."


def joined(text: str) -> str:
    parts = tokens(text)
    return "".join(MASK if hit else part for part, hit in zip(parts, may_be_names(parts), strict=True))


def test_every_word_of_the_lists_is_shown_though_the_registers_are_not_read() -> None:
    every = {slug for one in word_lists().values() for slug in one.slugs} | set(bodies().ids)
    assert every - slugs() == set()


def test_every_field_of_the_format_is_known() -> None:
    for record in (Act, Person, Response, Edition, Settings):
        assert {field.alias or name for name, field in record.model_fields.items()} - listed("fields") - {
            "owners"
        } == set()
    assert set(Case.model_fields) == _FIELDS


@pytest.mark.parametrize(
    "value", ["Zora Quillfeather", "zora-quillfeather", "Zora", "x@example.org", "+41 22 000 00 00", "zora1-2"]
)
def test_a_value_that_may_be_anything_is_masked(value: str) -> None:
    assert safe(value) == MASK


def test_prose_of_the_house_is_shown_whole() -> None:
    assert joined(PROSE) == PROSE


@pytest.mark.parametrize(
    "name",
    ["Zora Quillfeather", "Zora", "Z. Quillfeather", "ZORA QUILLFEATHER", "Jordan Quillfeather", "Quillfeather-Chad",
     "Zora al-Quillfeather", "زورا", "佐良", "Ⅹora", "Žora Quíllfeather"],
)  # fmt: skip
def test_what_may_be_a_name_is_masked_wherever_it_stands(name: str) -> None:
    for text in (
        f"The arrest of {name} was reported.",
        f"{name} was reported.",
        f"See ({name}) and “{name}”.",
        f"{name}'s arrest",
    ):
        assert not any(part in joined(text) for part in name.replace("-", " ").split() if part not in ("al", "Z."))


@given(st.sampled_from(["", "He said so. ", "In Geneva, "]), st.sampled_from(["was freed.", "and others left."]))
def test_a_name_that_goes_or_comes_is_in_no_output(before: str, after: str) -> None:
    text = f"{before}Zora Quillfeather {after}"
    for pair in (
        (text, f"{before}{{p1}} {after}"),
        (f"{before}{{p1}} {after}", text),
        (text, ""),
        ("", text),
        (text, f"{text} More."),
    ):
        assert "Zora" not in str(by_words(*pair))
        assert "Quill" not in str(by_words(*pair))


def test_a_paragraph_with_contact_data_is_not_shown() -> None:
    shown, why = by_words("Call 079 123 45 67 now.\n\nOne word.", "Call now.\n\nTwo words.")
    assert "contact" in why
    assert "079" not in str(shown)
    assert "Two" in str(shown)


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", ".", ",", "{p1}"]), max_size=40),
    st.lists(st.sampled_from(["a", "b", "c", "x", ".", "{p1}"]), max_size=40),
)
def test_both_sides_can_be_read_out_of_the_words_of_a_short_text(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    shown, hidden = by_words(before, after)
    assert not hidden
    assert bool(shown) == (before.split() != after.split())
    if shown and "…" not in [tag for tag, _ in shown[0]]:
        assert "".join(part for tag, part in shown[0] if tag != "+").split() == before.split()
        assert "".join(part for tag, part in shown[0] if tag != "-").split() == after.split()


def test_a_text_made_to_be_slow_is_not_compared() -> None:
    assert by_words("a " * 30_000, "b " * 30_000) == ((), "too long to be compared by words")


def test_the_page_lists_every_kind_of_change() -> None:
    page = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    for kind, row in zip(kinds().values(), rows, strict=True):
        need = "none makes it right" if kind.never else " and ".join(kind.signs) or "—"
        assert row == f"| `{kind.name}`: {kind.says} | {kind.risk} | {need} |"
        assert kind.risk in RISKS
        assert set(kind.signs) <= set(SUBJECTS)
