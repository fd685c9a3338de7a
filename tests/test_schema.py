"""JSON Schemas for editors: what they accept, and what an editor makes of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from reprisal_cli.cli.schema_files import RECORDS, check, descriptions, schema_of
from tests.cli.language_server import Client, conversation, server

ROOT = Path(__file__).parents[1]
WHOLE = ROOT / "tests" / "examples" / "whole"
FIRST = WHOLE / "cases" / "XXA" / "XXA-2025-001.yaml"
SMALLEST = WHOLE / "cases" / "XXA" / "XXA-2025-002.yaml"
REAL = sorted((ROOT / "cases").glob("*/*.yaml"))


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def faults(name: str, data: Any) -> list[str]:
    """What the schema says of data whose scalars are all text, as this format has them; numbers are tried as such."""
    return [problem.message for problem in jsonschema.Draft7Validator(schema_of(name)).iter_errors(_numbers(data))]


def _numbers(data: Any) -> Any:
    """Plain data as an editor's YAML 1.2 parser reads it: digits are numbers."""
    if isinstance(data, dict):
        return {key: _numbers(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_numbers(value) for value in data]
    return int(data) if data.isdigit() and not data.startswith("0") else data


@pytest.mark.parametrize("name", RECORDS)
def test_the_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema_of(name))


def test_the_schemas_in_docs_are_up_to_date() -> None:
    """`reprisal schema --write docs/schema` brings them up to date."""
    assert check(ROOT / "docs" / "schema") == 0


def test_every_key_of_every_record_has_its_description() -> None:
    for name in RECORDS:
        schema_of(name)  # a key without one raises
    models = {
        model for model in descriptions() if model not in ("Case", "Edition", "Settings", "Practices", "FocalPoints")
    }
    used = {key for name in RECORDS for key in schema_of(name)["definitions"] if not key.startswith("list-")}
    assert models == used


@pytest.mark.parametrize("path", [FIRST, SMALLEST, *REAL], ids=lambda path: path.stem)
def test_the_schema_accepts_every_case(path: Path) -> None:
    assert faults("case", read(path)) == []


@pytest.mark.parametrize("folder", [ROOT, WHOLE])
def test_the_schema_accepts_editions_and_settings(folder: Path) -> None:
    assert faults("settings", read(folder / "reprisal.yaml")) == []
    for path in folder.glob("templates/editions/*/edition.yaml"):
        assert faults("edition", read(path)) == []
    for name in ("practices", "focal-points"):
        for path in folder.glob(f"templates/**/registers/{name}.yaml"):
            assert faults(name, read(path)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"gendre": "female"},
        {"state": "XYZ"},
        {"status": "recieved"},
        {"received": "yesterday"},
        {"effects": []},
        {"id": "XXA-25-1"},
        {"cooperation": [{"mode": "side-event"}]},
        {"acts": [{"type": "threats", "date": "10.3.2025"}]},
        {"acts": [{"type": "threats", "date": "2025-00"}]},
        {"received": "2025-13-01"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_schema_refuses_what_validate_refuses(change: dict[str, Any]) -> None:
    assert faults("case", {**read(SMALLEST), **change})


# --- in an editor ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Path]]:
    if not shutil.which("node"):
        pytest.skip("needs node")
    command = server()
    if command is None:
        pytest.skip("needs node, and npm to install yaml-language-server with")
    root = tmp_path_factory.mktemp("workspace")
    shutil.copytree(ROOT / "docs" / "schema", root / "docs" / "schema")
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    own = {key.removeprefix("yaml."): value for key, value in settings.items() if key.startswith("yaml.")}
    schemas = {(root / name).as_uri(): pattern for name, pattern in own["schemas"].items()}
    with conversation(
        command,
        root,
        {
            "schemas": schemas,
            "yamlVersion": "1.2",
            "schemaStore": {"enable": False},
            "hover": True,
            "completion": True,
            "validate": True,
        },
    ) as client:
        yield client, root


def place(root: Path, name: str) -> Path:
    return root / "cases" / "XXA" / name


def at(path: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}


def labels(found: Any) -> dict[str, Any]:
    items = found["items"] if isinstance(found, dict) else found
    return {item["label"]: item for item in items}


@pytest.mark.parametrize("path", [FIRST, SMALLEST, *REAL[:3]], ids=lambda path: path.stem)
def test_an_editor_finds_nothing_wrong_in_a_good_case(editor: tuple[Client, Path], path: Path) -> None:
    client, root = editor
    assert client.open(place(root, path.name), path.read_text(encoding="utf-8")) == []


def test_an_editor_underlines_a_word_that_is_not_in_its_list(editor: tuple[Client, Path]) -> None:
    client, root = editor
    text = SMALLEST.read_text(encoding="utf-8").replace("gender: female", "gender: femail")
    found = client.open(place(root, "XXA-2025-003.yaml"), text)
    line = next(number for number, words in enumerate(text.split("\n")) if "femail" in words)
    assert [one["range"]["start"]["line"] for one in found] == [line]
    assert "female" in found[0]["message"]


def test_an_editor_completes_a_key_with_its_description(editor: tuple[Client, Path]) -> None:
    client, root = editor
    path = place(root, "XXA-2025-004.yaml")
    client.open(path, SMALLEST.read_text(encoding="utf-8").rstrip("\n") + "\nassi\n")
    line = SMALLEST.read_text(encoding="utf-8").rstrip("\n").count("\n") + 1
    found = labels(client.ask("textDocument/completion", at(path, line, 4)))
    assert "desk-1" in str(found["assignee"]["documentation"])


def test_an_editor_completes_a_word_with_its_meaning(editor: tuple[Client, Path]) -> None:
    client, root = editor
    path = place(root, "XXA-2025-005.yaml")
    client.open(path, "id: XXA-2025-005\nstate: \nlimbs: x\ncooperation:\n  - body: \n")
    bodies = labels(client.ask("textDocument/completion", at(path, 4, 10)))
    assert "upr" in bodies
    assert "niversal periodic review" in str(bodies["upr"].get("documentation"))
    assert "EGY" in labels(client.ask("textDocument/completion", at(path, 1, 7)))


def test_an_editor_explains_a_key_and_a_word_on_hover(editor: tuple[Client, Path]) -> None:
    client, root = editor
    path = place(root, "XXA-2025-006.yaml")
    text = FIRST.read_text(encoding="utf-8")
    client.open(path, text)
    lines = text.split("\n")
    key = next(number for number, words in enumerate(lines) if words.startswith("    limb: a"))
    said = str(client.ask("textDocument/hover", at(path, key, 6)))
    assert "operative paragraph 4" in said.replace("\\", "")
    word = next(number for number, words in enumerate(lines) if words.startswith("    link: timing"))
    assert "followed the cooperation closely" in str(client.ask("textDocument/hover", at(path, word, 12)))
