"""The quick reader and libyaml: whatever the first takes, the second reads in the same way and without a fault."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from reprisal_cli import quick
from reprisal_cli.dialect import FORBIDDEN
from reprisal_cli.events import Reader
from tests.support.mutations import mutate

ROOT = Path(__file__).parents[1]
FOLDERS = ("cases", "tests/examples", "templates", "reprisal_cli/register/data")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.yaml"))


def by_libyaml(text: str) -> Any:
    """What libyaml gives, or None if there is any fault."""
    reader = Reader("")
    data = reader.read(text)
    return None if reader.found else data


def test_most_case_files_are_read_quickly() -> None:
    taken = [quick.read(path.read_text(encoding="utf-8")) is not None for path in FILES]
    assert sum(taken) > 0.9 * len(taken)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_both_readers_give_the_same_data(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert quick.read(text) in (None, by_libyaml(text))


@pytest.mark.slow
def test_both_readers_agree_on_altered_files() -> None:
    """10,000 altered files: what the quick reader takes, libyaml takes, and gives the same."""
    chance = random.Random(20)
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    taken = 0
    for number in range(10_000):
        text = mutate(texts[number % len(texts)], texts, chance)
        data = quick.read(text)
        if data is not None and not FORBIDDEN.search(text):
            taken += 1
            assert data == by_libyaml(text), text
    assert taken > 2_000


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c\n",
        "a: 'b' c\n",
        'a: "b\\n"\n',
        "a: {b: c, b: d}\n",
        "a: [b, ]\n",
        "a: []\n",
        "a: {b}\n",
        "a: {b: }\n",
        "a: [b: c]\n",
        "a: [b] c\n",
        "a: [[b], c\n",
        "a: [b]]\n",
        "a: b\n  c\n",
        "a: ~\n",
        "a: null\n",
        "a:\n",
        "a: |\n",
        "a: |2\n    b\n",
        "a: |+\n  b\n\n",
        "a: >\n  b\n",
        "a: >-\n  b\n\n  c\n",
        "a: >-\n  b\n   c\n",
        "a: >-\n",
        "a: [\n  b,\nc]\n",
        "a: [\n  b,  # c\n  d]\n",
        "a: [\n  b,\n\n  d]\n",
        "a: [\n  b\n",
        "a: [\n  b}\n",
        "a: [\n  b] c\n",
        "a: {\n  b: c\n  d: e}\n",
        "a:\n  - [\n    b]\n",
        "a: &x b\n",
        "a: *x\n",
        "a: !t b\n",
        "a: {b: &x c}\n",
        "yes: b\n",
        "1: b\n",
        "a: b\na: c\n",
        "a:\n  b: c\n d: e\n",
        "- a\n",
        "--- \na: b\n",
        "%YAML 1.1\n---\na: b\n",
        "a: b\n...\n",
        "a:\tb\n",
        "a: b",
        "a:\n  - b\n   - c\n",
        "a: - b\n",
        "a: ? b\n",
        "a: @b\n",
        "a: `b\n",
        "a: 'it''s'\n",
        "a: {b: 'it''s'}\n",
        "? a\n: b\n",
        "a: b #c: d\ne\n",
        "",
        "# nothing\n",
    ],
)
def test_what_is_not_plain_is_left_to_libyaml(text: str) -> None:
    assert quick.read(text) is None


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: b # c\n", {"a": "b"}),
        ("a: b#c\n", {"a": "b#c"}),
        ("a: {b: c}   # d\n", {"a": {"b": "c"}}),
        ("a: [b, {c: d, e: [f]}]\n", {"a": ["b", {"c": "d", "e": ["f"]}]}),
        ("a: |\n  b\n\n  # c\nd: e\n", {"a": "b\n\n# c\n", "d": "e"}),
        ("a: |-\n  b\n  c\n", {"a": "b\nc"}),
        ("a:\n- b\n- c: d\n  e: f\ng: h\n", {"a": ["b", {"c": "d", "e": "f"}], "g": "h"}),
        ("a: >-\n  b\n  # c: d\n\ne: f\n", {"a": "b # c: d", "e": "f"}),
        ("a:\n  b: [\n    c d\n    e, f,\n    [g]]\nh: i\n", {"a": {"b": ["c d e", "f", ["g"]]}, "h": "i"}),
        ("a: {\n  b: c,\n  d: [e]\n  }\n", {"a": {"b": "c", "d": ["e"]}}),
        ("a: 12:30\nb: [12:30, x:y]\n", {"a": "12:30", "b": ["12:30", "x:y"]}),
        ("a: \"#b: c\"\nd: '[e]'\n", {"a": "#b: c", "d": "[e]"}),
    ],
)
def test_what_is_plain_is_read(text: str, data: Any) -> None:
    assert quick.read(text) == data == by_libyaml(text)
