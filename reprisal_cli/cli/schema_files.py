"""JSON Schemas of the files, made from the model and the registers, for editors: draft 7, which they all know.

The schema is for completion, hover and first faults as one types; `reprisal validate` has the last word. A plain YAML
parser reads 2020 and 45 as numbers where this format has text, so such places take both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, WithJsonSchema

from reprisal_cli.cli.output import say
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.person import NAME_WORDS, OneOrMore, Person
from reprisal_cli.model.practice import FocalPoints, Practices
from reprisal_cli.model.settings import Settings
from reprisal_cli.model.values import (
    DAY_PATTERN,
    WHEN_PATTERN,
    Form,
    Line,
    Period,
    Prose,
    WhenField,
    Word,
    closed_list,
)
from reprisal_cli.parse import parse
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.states import states
from reprisal_cli.register.words import words
from reprisal_cli.store.write import write_all

Schema = dict[str, Any]

RECORDS: Mapping[str, type[BaseModel]] = {
    "case": Case,
    "edition": Edition,
    "settings": Settings,
    "practices": Practices,
    "focal-points": FocalPoints,
}
_WHEN: Schema = {"type": ["string", "integer"], "pattern": WHEN_PATTERN, "minimum": 1000, "maximum": 9999}
_TEXT: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
_TEXTS = tuple(mark for kind in (Line, Prose) for mark in get_args(kind)[1:] if isinstance(mark, WithJsonSchema))
_DATES = tuple(mark for mark in get_args(WhenField)[1:] if isinstance(mark, WithJsonSchema))


def schema_of(name: str) -> Schema:
    """The schema of a kind of file. Raises ReprisalError if there is no such kind."""
    if name not in RECORDS:
        raise ReprisalError("there is no schema of that name", f"choose {', '.join(RECORDS)}")
    parts = _Definitions()
    top = parts.record(RECORDS[name])
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"reprisal: {name}"}
    return head | top | {"definitions": dict(sorted(parts.found.items()))}


class _Definitions:
    """The records and lists that a schema refers to. It is a class because they are collected on the way."""

    def __init__(self) -> None:
        self.found: dict[str, Schema] = {}

    def record(self, model: type[BaseModel]) -> Schema:
        """A record: its keys, which of them it must have, and no other."""
        about = descriptions()[model.__name__]
        keys = {field.alias or name: (name, field) for name, field in model.model_fields.items()}
        properties = {}
        for key, (name, field) in keys.items():
            special = _NAME if (model, name) == (Person, "name") else None
            properties[key] = {**(special or self.kind(field.annotation, field.metadata)), "description": about[key]}
        return {
            "type": "object",
            "description": about["about"],
            "properties": properties,
            "required": [key for key, (_, field) in keys.items() if field.is_required()],
            "additionalProperties": False,
        }

    def kind(self, annotation: Any, marks: list[Any]) -> Schema:
        """The schema of a field's type; marks are what `Annotated` adds."""
        for mark in marks:
            if isinstance(mark, Word):
                return self.word(mark.list)
            if isinstance(mark, Form):
                return {"type": "string", "pattern": f"^(?:{mark.expression})$"}
            if isinstance(mark, WithJsonSchema):
                return _plain(mark)
            if mark is OneOrMore:
                return {"anyOf": [self.kind(get_args(annotation)[0], []), self.kind(annotation, [])]}
        return self.bare(annotation)

    def bare(self, annotation: Any) -> Schema:
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.kind(inner[0], list(inner[1:]))
        if origin in (Union, UnionType):
            return self.union([part for part in inner if part is not type(None)])
        if origin is tuple:
            return {"type": "array", "items": self.kind(inner[0], []), "minItems": 1}
        if origin is dict:
            names = self.kind(inner[0], [])
            return {
                "type": "object",
                "propertyNames": names,
                "additionalProperties": self.kind(inner[1], []),
                "minProperties": 1,
            }
        if origin is Literal:
            return {"enum": list(inner)}
        if annotation is Period:
            return {"type": "string", "pattern": WHEN_PATTERN}
        return self.refer(annotation.__name__, lambda: self.record(annotation))

    def union(self, parts: list[Any]) -> Schema:
        return self.kind(parts[0], []) if len(parts) == 1 else {"anyOf": [self.kind(part, []) for part in parts]}

    def word(self, name: str) -> Schema:
        """A closed list, each word with what it means."""
        return self.refer(f"list-{name}", lambda: _list(name))

    def refer(self, name: str, make: Any) -> Schema:
        if name not in self.found:
            self.found[name] = {}  # a record that holds itself would go round
            self.found[name] = make()
        return {"$ref": f"#/definitions/{name}"}


def _plain(mark: WithJsonSchema) -> Schema:
    if mark in _TEXTS:
        return dict(_TEXT)
    if mark in _DATES:
        return {"anyOf": [_WHEN, {"type": "array", "items": _WHEN, "minItems": 1}]}
    found: Schema = dict(mark.json_schema or {})
    if found.get("format") == "date":
        return {"type": "string", "pattern": DAY_PATTERN}
    return found


def _list(name: str) -> Schema:
    listed = list(closed_list(name))
    about = [_about(name, word) for word in listed]
    return {"enum": listed, "enumDescriptions": about, "markdownEnumDescriptions": about}


def _about(name: str, word: str) -> str:
    """A word's label and meaning, in English, as the registers have them."""
    if name == "states":
        return states().name(word, "en") if word in states() else "a code that reprisal.yaml gives a name to"
    if name == "bodies":
        return bodies().bodies[word].names["en"].name
    label, means = words(name).label(word, "en"), words(name).meaning(word, "en")
    return f"{label}: {means}" if means else label


_NAME: Schema = {
    "anyOf": [
        {
            "enum": list(NAME_WORDS),
            "enumDescriptions": [words("name-words").meaning(word, "en") or word for word in NAME_WORDS],
        },
        {"type": "string", "minLength": 1},
    ]
}


@cache
def descriptions() -> Mapping[str, Mapping[str, str]]:
    """What each key of each record says, from `keys.yaml`; `about` is the record itself."""
    raw = Path(__file__).with_name("keys.yaml").read_bytes()
    return parse(raw, "keys.yaml").data or {}


# --- files ----------------------------------------------------------------------------------------------------------


def show(name: str) -> str:
    """The schema of a kind of file, as text."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n"


def write(folder: Path) -> int:
    """Writes the schemas of all kinds of files."""
    write_all(folder, {f"{name}.json": show(name).encode() for name in RECORDS})
    say(f"{folder}: {', '.join(f'{name}.json' for name in RECORDS)}")
    return 0


def check(folder: Path) -> int:
    """Whether the schemas in a folder are those that would be written."""
    wrong = [name for name in RECORDS if _read(folder / f"{name}.json") != show(name).encode()]
    for name in wrong:
        say(f"{folder / name}.json: out of date; `reprisal schema --write {folder}`")
    return 1 if wrong else 0


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
