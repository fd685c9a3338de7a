from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import EPOCH, HOUSE
from msgspec.structs import replace
from sample import one, sample, text

from reprisal_cli.compile.tree import Link
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render import pandoc
from reprisal_cli.render.house import House, load_house
from reprisal_cli.render.writers import WRITERS, render
from reprisal_cli.render.zip import unpack

HERE = Path(__file__).parent
SCRIPT = f"""
import hashlib, json, sys
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parents[1])!r}]
from pathlib import Path
from sample import sample
from reprisal_cli.render.house import load_house
from reprisal_cli.render.writers import WRITERS, render
house = load_house(Path({str(HOUSE)!r}))
print(json.dumps({{f: hashlib.sha256(render(sample(), f, house, {EPOCH})).hexdigest() for f in WRITERS}}))
"""


def _hashes(folder: Path, **environment: str) -> dict[str, str]:
    command = [sys.executable, "-c", SCRIPT]
    env = {**os.environ, **environment}
    done = subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def test_the_same_report_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    first = _hashes(Path("/"), TZ="UTC", HOME=str(tmp_path))
    second = _hashes(
        tmp_path,
        TZ="Asia/Kathmandu",
        LC_ALL="C",
        SOURCE_DATE_EPOCH="5",
        PYTHONHASHSEED="7",
        XDG_DATA_HOME=str(tmp_path),
    )
    assert first == second
    assert set(first) == set(WRITERS)


def test_another_epoch_gives_other_properties(house: House, docx_file: bytes) -> None:
    assert render(sample(), "docx", house, EPOCH + 1) != docx_file


def test_an_unknown_format_is_refused_with_the_known_ones(house: House) -> None:
    with pytest.raises(ReprisalError) as caught:
        render(sample(), "rtf", house, EPOCH)
    assert "docx" in caught.value.hint


def test_a_language_without_a_word_of_the_frame_is_refused(house: House) -> None:
    with pytest.raises(ReprisalError) as caught:
        render(replace(sample(), words={}), "html", house, EPOCH)
    assert "contents" in caught.value.message


@pytest.mark.parametrize("format", WRITERS)
def test_control_characters_in_the_masthead_do_not_break_a_file(house: House, format: str) -> None:
    report = sample()
    front = replace(report.front, symbol="A/\x01\ud800<x>", notice='\x00</style>"}', job_number="\uffff")
    assert render(replace(report, front=front), format, house, EPOCH)


@pytest.mark.parametrize("format", WRITERS)
def test_only_web_addresses_become_links(house: House, format: str) -> None:
    report = one(Link("javascript:alert(1)", text("click")), Link("file:///etc/passwd", text("here")))
    file = render(report, format, house, EPOCH)
    parts = unpack(file).values() if format in ("docx", "odt", "epub") else [file]
    assert not any(b"javascript:" in part or b"/etc/passwd" in part for part in parts)


def test_a_failure_of_pandoc_says_nothing_of_the_text() -> None:
    with pytest.raises(ReprisalError) as caught:
        pandoc.convert('{"blocks": "a secret name"}', "docx")
    assert "secret" not in caught.value.message + caught.value.hint
    assert caught.value.__cause__ is None


def test_a_failure_of_typst_says_nothing_of_the_text(house: House, tmp_path: Path) -> None:
    for path in HOUSE.rglob("*.*"):
        target = tmp_path / path.relative_to(HOUSE)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    (tmp_path / "report.typ").write_text("#panic(sys.inputs.report)")
    with pytest.raises(ReprisalError) as caught:
        render(one(*text("a secret name")), "pdf", load_house(tmp_path), EPOCH)
    assert "secret" not in caught.value.message + caught.value.hint


@pytest.mark.parametrize("format", WRITERS)
def test_a_report_with_little_in_it_can_be_written(house: House, format: str) -> None:
    bare = dict.fromkeys(("version", "job_number", "notice", "organ", "symbol", "date", "author", "agenda"), "")
    report = one()
    front = replace(report.front, **bare, agenda_titles=(), contents=False)
    assert render(replace(report, front=front, parts=()), format, house, EPOCH)


@pytest.mark.parametrize("format", WRITERS)
def test_a_document_from_right_to_left_can_be_written(house: House, format: str) -> None:
    report = replace(sample(), language="ar", direction="rtl")
    assert render(report, format, house, EPOCH)
