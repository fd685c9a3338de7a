"""The sample, written once a session in every format."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sample import sample

from reprisal_cli.render.house import House, load_house
from reprisal_cli.render.writers import render

EPOCH = 1_600_000_000
HOUSE = Path(__file__).parents[2] / "templates" / "house"


@pytest.fixture(scope="session")
def house() -> House:
    return load_house(HOUSE)


@pytest.fixture(scope="session")
def docx_file(house: House) -> bytes:
    return render(sample(), "docx", house, EPOCH)


@pytest.fixture(scope="session")
def pdf_file(house: House) -> bytes:
    return render(sample(), "pdf", house, EPOCH)


@pytest.fixture(scope="session")
def html_page(house: House) -> str:
    return render(sample(), "html", house, EPOCH).decode()


@pytest.fixture(scope="session")
def word(docx_file: bytes) -> dict[str, Any]:
    """The XML parts of the Word file, parsed."""
    with zipfile.ZipFile(BytesIO(docx_file)) as file:
        return {name: etree.fromstring(file.read(name)) for name in file.namelist() if name.endswith(".xml")}
