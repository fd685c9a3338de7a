"""The example of the contract with two persons and two consents: of the second person's act nothing is in any file."""

from __future__ import annotations

import json
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
import yaml

from reprisal_cli.pipeline.build import build_report
from tests.support.builders import ROOT, WHOLE, put
from tests.support.reading import docx_parts, docx_text, html_text, pdf_text, squeeze

TRACES = ("threat", "29January", "2025-01-29", "witness", "online")
"""What would give the second person away: the act, its day and mode, the words for the person."""

FIGURES = """\
Figures: {{ cases.act("threats") | count }}; {{ cases.online | count }}; {{ cases.role("witness") | count }};
{{ cases.act("threats").states | count }}; {{ cases.act("threats").states | list }}.
"""


def example(folder: Path) -> Path:
    """The example as a workspace that can be built, each annex in its longest form, with a manuscript that asks for
    just what may not be told."""
    shutil.copytree(WHOLE, folder, dirs_exist_ok=True)
    for part in ("house", "sentences", "letters"):
        shutil.copytree(ROOT / "templates" / part, folder / "templates" / part)
    for path in folder.glob("templates/editions/*/edition.yaml"):
        data = yaml.load(path.read_text(), yaml.BaseLoader)
        data["contents"] = [
            {"manuscript": "figures.md"},
            *data["contents"][:3],
            {"annex": "mechanisms", "form": "long"},
        ]
        path.write_text(yaml.safe_dump(data))
    put(folder, "templates/manuscript/figures.md", FIGURES)
    return folder


@cache
def outputs(edition: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as name:
        built = build_report(example(Path(name)), edition, ["docx", "pdf", "html"], None, None)
        assert built.folder is not None, [*built.loaded.found, *built.found]
        return {path: (built.folder / path).read_bytes() for path in built.files}


def texts(edition: str) -> dict[str, str]:
    files = outputs(edition)
    return {
        "docx": docx_text(files["report.docx"]),
        "docx, every part with attributes": repr(
            [
                dict(node.attrib)
                for root in docx_parts(files["report.docx"]).values()
                for node in root.iter()
                if "t}" in str(node.tag)
            ]
        ),
        "pdf": pdf_text(files["report.pdf"]),
        "html": html_text(files["report.html"]),
        "map": files["report.map.json"].decode(),
    }


@pytest.mark.parametrize("edition", ["hrc-60", "hrc-63"])
def test_nothing_of_the_second_persons_act_is_in_any_file(edition: str) -> None:
    for name, text in texts(edition).items():
        for trace in TRACES:
            assert trace.lower() not in squeeze(text).lower(), (name, trace)


@pytest.mark.parametrize("edition", ["hrc-60", "hrc-63"])
def test_the_second_persons_act_is_in_no_count(edition: str) -> None:
    figures = {one["query"]: one for one in json.loads(outputs(edition)["report.figures.json"])["figures"]}
    for query in ('cases.act("threats")', "cases.online", 'cases.role("witness")', 'cases.act("threats").states'):
        assert figures[f"{query} | count"]["text"] == "0"
        assert figures[f"{query} | count"]["cases"] == []
    assert figures['cases.act("threats").states | list']["items"] == []


def test_the_first_person_is_told_and_described() -> None:
    for name in ("docx", "pdf", "html"):
        text = squeeze(texts("hrc-60")[name])
        assert squeeze("the alleged arrest of a woman human rights defender") in text
        assert "XXA1/2025" in text


def test_the_smallest_case_is_held_back_by_its_status(tmp_path: Path) -> None:
    path = example(tmp_path) / "cases/XXA/XXA-2025-002.yaml"
    path.write_text(path.read_text() + "text:\n  hrc-60: {annex: x}\n")
    built = build_report(tmp_path, "hrc-60", ["html"], None, None)
    assert built.public is not None
    assert [(one.id, one.reason) for one in built.public.held_back] == [("XXA-2025-002", "status received")]
