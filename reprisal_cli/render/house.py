"""The house style of a workspace: where its templates are, and what its styles are called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.parse import parse

STYLES_FILE = "styles.yaml"
REFERENCE_FILE = "reference.docx"


class House(Struct, frozen=True):
    """How documents look. `folder` holds the templates (`templates/house`).

    `styles` maps the parts of a document (`paragraph`, `heading_1`) to names of Word styles. `reference` is a
    workspace's own Word template, which then brings its styles, numbering, running heads and paper; the names in
    `styles` must be in it. `font_paths` are folders with fonts for the PDF, beside those that typst and the installed
    font packages have; `fonts` are families in the order of search.
    """

    folder: Path
    styles: Mapping[str, str]
    languages: Mapping[str, str]
    fonts: tuple[str, ...]
    contents_body: int = 2
    contents_annex: int = 1
    reference: Path | None = None
    font_paths: tuple[Path, ...] = ()

    def style(self, part: str) -> str:
        """The name of the Word style of a part of the document."""
        return self.styles[part]

    def locale(self, language: str) -> str:
        """The language with its country, as Word wants it; as it is where the house has none for it."""
        return self.languages.get(language, language)


def load_house(
    folder: Path, reference: Path | None = None, font_paths: tuple[Path, ...] = (), own: bool = True
) -> House:
    """Reads `styles.yaml` of the templates folder. A key that is missing or unknown is an error, as it would show
    only in Word otherwise. Without a `reference`, `reference.docx` in the folder is the Word template, if it is there
    and `own`."""
    if reference is None and own and (folder / REFERENCE_FILE).is_file():
        reference = folder / REFERENCE_FILE
    data = _read(folder / STYLES_FILE)
    try:
        return House(
            folder=folder,
            styles=_texts(data["styles"]),
            languages=_texts(data["languages"]),
            fonts=tuple(data["fonts"]),
            contents_body=int(data["contents"]["body"]),
            contents_annex=int(data["contents"]["annex"]),
            reference=reference,
            font_paths=font_paths,
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise ReprisalError(f"{STYLES_FILE} of the house style lacks a key or has a wrong value", _hint()) from problem


def _read(path: Path) -> Mapping[str, Any]:
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise ReprisalError(f"the house style has no {STYLES_FILE}", _hint()) from problem
    parsed = parse(raw, STYLES_FILE)
    if parsed.data is None or parsed.diagnostics:
        raise ReprisalError(f"{STYLES_FILE} of the house style cannot be read", _hint())
    return parsed.data


def _texts(data: Mapping[str, Any]) -> Mapping[str, str]:
    if not all(isinstance(value, str) for value in data.values()):
        raise TypeError
    return MappingProxyType(dict(data))


def _hint() -> str:
    return "compare it with templates/house/styles.yaml of a new workspace (`reprisal init`)"
