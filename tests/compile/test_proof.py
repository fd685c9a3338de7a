"""The map and the figures beside a document: each paragraph has its source, each figure its proof."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.support import built
from tests.support.builders import ROOT
from tests.support.reading import docx_parts, page

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EDITIONS = ["hrc-45", "hrc-36"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_paragraph_of_the_document_is_in_the_map_and_back(edition: str) -> None:
    files = built.edition(edition)
    entries = built.sidecar(files, "map")["paragraphs"]
    web = page(files["report.html"])
    numbered = [node.getparent().getparent().get("id") for node in web.iter("a") if node.get("class") == "number"]
    listed = [entry["id"] for entry in entries if entry["number"] is not None]
    assert len(set(listed)) == len(listed)
    assert {name for name in numbered if name} <= set(listed)
    assert {entry["id"] for entry in entries if entry["number"] and not entry["level"]} <= set(numbered)
    marks = {
        node.get(f"{W}name") for node in docx_parts(files["report.docx"])["word/document.xml"].iter(f"{W}bookmarkStart")
    }
    assert {entry["id"] for entry in entries if not entry["level"] and entry["number"]} <= marks


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_source_in_the_map_is_there(edition: str) -> None:
    for entry in built.sidecar(built.edition(edition), "map")["paragraphs"]:
        assert entry["file"] or entry["generated"]
        if entry["case"]:
            data: Any = yaml.load((ROOT / entry["file"]).read_text(), yaml.BaseLoader)
            assert data["id"] == entry["case"]
            for step in entry["route"]:
                data = data[step]
        elif entry["line"]:
            assert (ROOT / entry["file"]).read_text().splitlines()[entry["line"] - 1].strip()


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_figure_is_the_number_of_what_proves_it(edition: str) -> None:
    words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    figures = built.sidecar(built.edition(edition), "figures")["figures"]
    assert figures
    states = {}
    for path in (ROOT / "cases").rglob("*.yaml"):
        data = yaml.load(path.read_text(), yaml.BaseLoader)
        states[data["id"]] = {data["state"], *data.get("also_states", [])}
    for one in figures:
        if one["query"].endswith(".states | count"):
            number = len({state for name in one["cases"] for state in states[name]})
        elif one["query"].endswith("| list"):
            assert len(one["items"]) == len({state for name in one["cases"] for state in states[name]})
            continue
        elif "persons" in one["query"]:
            continue
        else:
            number = len(one["cases"])
        assert one["text"] in (str(number), words[number] if number < 10 else "", str(number)), one


def test_each_printed_figure_of_the_web_page_has_its_proof() -> None:
    files = built.edition("hrc-45")
    text = files["report.html"].decode()
    for one in built.sidecar(files, "figures")["figures"]:
        assert re.sub(r"\s+", " ", one["text"]) in re.sub(r"\s+", " ", text).replace("&#39;", "'")
