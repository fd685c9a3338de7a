"""What an editor sees who inserts a paragraph."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest
from reading import pdf_text

pytestmark = [
    pytest.mark.needs_libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (`soffice`) is not on the PATH"),
]


def _through_libreoffice(path: Path) -> str:
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return " ".join(pdf_text(path.with_suffix(".pdf").read_bytes()).split())


def _heights(path: Path, page: int) -> dict[str, float]:
    """How far below the edge of the paper each text of a page stands, in millimetres."""
    found: dict[str, float] = {}
    paper = pypdf.PdfReader(path).pages[page]

    def note(text: str, _: object, place: Sequence[float], *rest: object) -> None:
        if text.strip():
            found.setdefault(text.strip(), (float(paper.mediabox.height) - place[5]) / 72 * 25.4)

    paper.extract_text(visitor_text=note)
    return found


def test_numbers_contents_and_references_follow_an_inserted_paragraph(docx_file: bytes, tmp_path: Path) -> None:
    document = docx.Document(BytesIO(docx_file))
    body = next(p for p in document.paragraphs if p.text.startswith("Mandate holders raised"))
    body.insert_paragraph_before("Inserted in the body.", style="_ Single Txt_G")
    first = next(p for p in document.paragraphs if p.style.name == "_ Single Txt_G annex")
    first.insert_paragraph_before("Inserted in annex I.", style="_ Single Txt_G annex")
    path = tmp_path / "edited.docx"
    document.save(str(path))

    text = _through_libreoffice(path)

    assert "2. Inserted in the body." in text
    assert (
        "3. Mandate holders raised new cases concerning three States; see paragraph 6 and annex I, paras. 2–4." in text
    )
    assert "see note and para. 3." in text  # in a footnote
    assert "1. Inserted in annex I." in text
    assert "4. See paragraph 8 and annex paragraph 2." in text
    assert "3. See paragraph 8 and annex paragraph 1." in text  # annex II starts again


def test_numbers_as_shown_are_those_of_the_tree(docx_file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(docx_file)
    text = _through_libreoffice(path)
    for line in (
        "I. Introduction 1. The present report is the thirty-first report",
        "(a) Letters were sent",
        "III. Information received",
        "A. General observations",
        "B. Summary of cases 1. First group Exampleland 6. It was",
        "20. It was reported",
        "Annex I Comprehensive information on alleged cases of reprisals and intimidation 1. Exampleland 1. It was",
        "2. Neverland (Republic of) 3. See",
        "Annex II Information on alleged cases included in follow-up to previous reports 1. Exampleland 1. It was",
        "(b) Second item.",
    ):
        assert line in text
    cover, contents = (_heights(path.with_suffix(".pdf"), page) for page in (0, 1))
    assert cover["United Nations"] < 30, "the masthead stands near the edge of the paper"
    assert contents["A/HRC/99/1"] < 26
    assert 30 < contents["Contents"] < 40, "the text of the other pages begins below their head"
