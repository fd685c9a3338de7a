"""Hostile input that is text: the case is clean, and the text stands word for word in every document."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree, html

from reprisal_cli.diagnostic import has_errors
from reprisal_cli.pipeline.build import build_report
from reprisal_cli.pipeline.validate import validate
from tests.hostile.inputs import HERE, LITERAL, Hostile
from tests.render.reading import pdf_text, squeeze, word_text
from tests.support.reading import akn_text, epub_text, markdown_text, odt_text

FORMATS = ("docx", "pdf", "html", "odt", "epub", "md", "akn")
FOREIGN = ("49 and", "root:x:", "Hijacked</title>", "subclass '")
"""What would stand in a document if a value had been read as a template, a file or a program."""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """One report with all literal inputs, each in a case of its own: its text per format, without white space."""
    root = _workspace(tmp_path_factory.mktemp("literal"))
    built = build_report(root, "hrc-60", FORMATS, root / "out", None)
    assert not has_errors([*built.loaded.found, *built.found])
    files = {name: (root / "out" / f"report.{name}").read_bytes() for name in FORMATS}
    small = {"odt": odt_text, "epub": epub_text, "md": markdown_text, "akn": akn_text}
    large = {"docx": _word(files["docx"]), "pdf": _pdf(files["pdf"]), "html": _web(files["html"])}
    return large | {name: squeeze(read(files[name])) for name, read in small.items()}


def test_every_literal_input_is_clean(tmp_path: Path) -> None:
    checked = validate(_workspace(tmp_path), date(2026, 2, 1))
    assert checked.found == []
    assert checked.refused == 0


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("hostile", LITERAL, ids=lambda one: one.name)
def test_the_value_is_read_as_typed(hostile: Hostile, name: str, documents: Mapping[str, str]) -> None:
    for paragraph in hostile.shown.split("\n\n"):
        assert _wanted(paragraph, name) in documents[name]


@pytest.mark.parametrize("name", FORMATS)
def test_no_value_is_read_as_anything_else(name: str, documents: Mapping[str, str]) -> None:
    for foreign in (*FOREIGN, "\ufeff", "\r"):
        assert squeeze(foreign) not in documents[name] or not squeeze(foreign)


def _workspace(folder: Path) -> Path:
    """A workspace with all literal inputs, numbered."""
    from tests.hostile.conftest import make_workspace

    root = make_workspace(folder)
    for number, hostile in enumerate(LITERAL, start=101):
        raw = (HERE / f"{hostile.name}.yaml").read_bytes().replace(b"XXA-2025-101", f"XXA-2025-{number}".encode())
        raw = raw.replace(b"-07-15-note.pdf", f"-{number}-note.pdf".encode())
        raw = raw.replace(b"date: 2025-07-15", f"date: 2025-07-{number - 100:02}".encode())  # no reply is told twice
        (root / f"cases/XXA/XXA-2025-{number}.yaml").write_bytes(raw)
    return root


def _wanted(text: str, name: str) -> str:
    text = squeeze(text)
    return _as_read_in_pdf(text) if name == "pdf" else text


def _as_read_in_pdf(text: str) -> str:
    """Text as far as a reader of PDF can tell: a hyphen may be a line's end, a joiner is not drawn, and the letters of
    a word that runs from right to left come in the order in which they were set."""
    return re.sub("[\u0600-\u06ff]+", lambda word: "".join(sorted(word.group())), _without(text))


def _without(text: str) -> str:
    return "".join(sign for sign in text if sign not in "-\u00ad\u2010\u200c\u200f")


def _word(file: bytes) -> str:
    with zipfile.ZipFile(BytesIO(file)) as parts:
        return squeeze(word_text(etree.fromstring(parts.read("word/document.xml"))))


def _web(file: bytes) -> str:
    page = html.document_fromstring(file.decode())
    assert not page.xpath("//iframe | //img[not(starts-with(@src, 'data:'))] | //*[@onload or @onerror]")
    return squeeze(page.text_content())


def _pdf(file: bytes) -> str:
    return _as_read_in_pdf(squeeze(pdf_text(file)))
