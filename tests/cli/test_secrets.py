"""No output holds the value of a field that may hold an identity, whatever else is at fault."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from reprisal_cli.cli.output_formats import FORMATS
from tests.cli.run import reprisal, validate
from tests.support.rulebook import FIRST, WHOLE, workspace

SECRET = "Zebedee Quux-Harrow"
WORDS = ("Zebedee", "Quux", "Harrow")
DATA: dict[str, Any] = yaml.load((WHOLE / FIRST).read_text(encoding="utf-8"), yaml.BaseLoader)
FAULTS: dict[str, dict[str, Any]] = {
    "shape": {"gendre": "x", "received": "2025-02-30", "effects": ["self-censoring"], "state": "XYZ"},
    "rules": {"also_states": ["XXC"], "received": "2031-01-01"},
}
FREE = {
    "title",
    "assignee",
    "described",
    "name",
    "note",
    "by",
    "public",
    "summary",
    "document",
    "reason",
    "main",
    "annex",
    "number",
    "symbol",
    "reference",
    "source",
}


def text_fields(data: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The places whose fields take any text."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in FREE and isinstance(value, str):
                yield (*route, key)
            else:
                yield from text_fields(value, (*route, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from text_fields(value, (*route, at))


def planted(route: tuple[str | int, ...], value: Any, more: dict[str, Any]) -> str:
    data = copy.deepcopy(DATA)
    here: Any = data
    for step in route[:-1]:
        here = here[step]
    here[route[-1]] = value
    return yaml.safe_dump({**data, **more}, allow_unicode=True, sort_keys=False, width=200)


def outputs(folder: Path) -> Iterator[tuple[str, str]]:
    for form in FORMATS:
        ran = validate(folder, "--output-format", form)
        yield form, ran.out + ran.err
    ran = validate(folder, "--diff", "--unsafe-fixes")
    yield "diff", ran.out + ran.err


def assert_silent(folder: Path, text: str) -> None:
    """Every output speaks of the file, and none of the secret."""
    workspace(folder)
    (folder / FIRST).write_text(text, encoding="utf-8")
    for form, said in outputs(folder):
        assert form == "diff" or "RC" in said, form
        assert not [word for word in WORDS if word.casefold() in said.casefold()], (form, said)


@pytest.mark.parametrize("faults", FAULTS)
@pytest.mark.parametrize("route", list(text_fields(DATA)), ids=lambda route: ".".join(map(str, route)))
def test_a_secret_in_a_text_field_is_in_no_output(tmp_path: Path, route: tuple[str | int, ...], faults: str) -> None:
    assert_silent(tmp_path, planted(route, SECRET, FAULTS[faults]))


@pytest.mark.parametrize("route", list(text_fields(DATA)), ids=lambda route: ".".join(map(str, route)))
def test_a_secret_that_is_itself_the_fault_is_in_no_output(tmp_path: Path, route: tuple[str | int, ...]) -> None:
    assert_silent(tmp_path, planted(route, [SECRET, {"Zebedee": SECRET}], {}))


@pytest.mark.parametrize(
    "line",
    [
        f"title: {SECRET}: {SECRET}",
        f"title: '{SECRET}",
        f"  title: {SECRET}",
        f"state: {SECRET}",
        "state: Zebedee",
        f"received: {SECRET}",
        "Zebedee: Quux",
        "Zebedee_Quux: [Harrow]",
        "persons: [Zebedee]",
        f"title: &Zebedee {SECRET}",
        f"title: !Zebedee {SECRET}",
        "title: *Zebedee",
        f"title: {SECRET}\ntitle: {SECRET}",
        f"# {SECRET}\nstate: X",
        f"state: X # {SECRET}",
        f"# reprisal: allow RC101 -- {SECRET}\nstate: XXA",
        f"# reprisal: allow {SECRET}\nstate: XXA",
        f"# reprisal: allow {SECRET} RC999 -- {SECRET}\nstate: XXA",
        f'"{SECRET}": x',
        f"? [{SECRET}]\n: x",
        f"- {SECRET}",
        f"{SECRET}",
        f'title: "{SECRET} \\u202e"',
        f"title: {SECRET}\t\x07",
        f"effects: [{SECRET}, {{{SECRET}: {SECRET}}}]",
        f"text: {{Zebedee: {{annex: {SECRET}}}}}",
        f"reports: [{{edition: Zebedee, symbol: {SECRET}, part: Quux, paras: [Harrow]}}]",
    ],
)
def test_a_secret_in_a_broken_file_is_in_no_output(tmp_path: Path, line: str) -> None:
    assert_silent(tmp_path, f"id: XXA-2025-001\n{line}\nstatus: Zebedee\n")


def test_json_names_its_version(tmp_path: Path) -> None:
    workspace(tmp_path)
    assert json.loads(validate(tmp_path, "--output-format", "json").out)["version"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ["case", "show", SECRET],
        ["case", "set", SECRET, "title=x"],
        ["case", "set", FIRST[-17:-5], f"persons.{SECRET}.name=x"],
        ["sign", SECRET, "--of", "text", "--by", "reviewer-1"],
        ["suggest", SECRET],
        ["vault", "show", SECRET],
        ["vault", "put", SECRET, "letter.pdf"],
        ["consent", "withdrawn", SECRET, "p1"],
        ["consent", "withdrawn", FIRST[-17:-5], SECRET],
        ["build", "letter", SECRET],
        ["build", "annex", "--mechanism", SECRET],
        ["words", SECRET],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_name_in_the_place_of_an_id_is_not_repeated(tmp_path: Path, words: list[str]) -> None:
    """Somebody looks for a case by a name: what a command says of it may land in a log."""
    ran = reprisal(workspace(tmp_path), *words)
    assert ran.code != 0
    assert not any(word.lower() in (ran.out + ran.err).lower() for word in WORDS)
