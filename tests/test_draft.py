"""`reprisal draft` writes what would be printed anyway into the file, and never over what somebody wrote."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from reprisal_cli.model.prose import references
from reprisal_cli.parse import parse
from reprisal_cli.pipeline.casework import open_casework, save
from reprisal_cli.pipeline.draft import draft
from tests.cli.run import reprisal
from tests.support.builders import HRC_60, HRC_63, ROOT, person, published, workspace
from tests.support.built import build
from tests.support.reading import html_sections

AS_OF = ("--as-of", "2026-02-01")
ODD = r"a lawyer *of* [the] {bar} ^ \ association"


def public(ref: str, described: str) -> dict[str, Any]:
    consent = {"level": "already-public", "source": "A/HRC/60/999"}
    return person(ref, described=described, name="not-stated", consent=consent)


TOLD = {
    **published(),
    "persons": [public("p1", "a lawyer"), public("p2", ODD)],
    "un_actions": [
        {"ref": "u1", "by": ["sr-defenders"], "kind": "communication", "number": "XXA 1/2025", "date": "2025-03-01"},
        {"ref": "u2", "by": ["ohchr"], "kind": "meeting"},
    ],
    "developments": [{"date": "2025-04-01", "kind": "release", "persons": ["p1"]}],
    "text": {"hrc-60": {"place": "annex-1"}},
}


def text_of(root: Path, name: str = "XXA-2025-101") -> dict[str, dict[str, str]]:
    path = root / "cases" / name[:3] / f"{name}.yaml"
    return dict((parse(path.read_bytes(), "").data or {}).get("text", {}))


def test_the_built_text_stays_the_same(tmp_path: Path) -> None:
    root = workspace(tmp_path, [TOLD], [HRC_60, HRC_63])
    before = html_sections(build(root, "hrc-60", "html")["report.html"])["annex-1"]
    assert ODD in before
    ran = reprisal(root, "draft", "XXA-2025-101", "--edition", "hrc-60", *AS_OF)
    assert ran.code == 0, ran.err
    drafted = text_of(root)["hrc-60"]["annex"]
    assert {one.target for one in references(drafted)} == {"p1", "p2", "u1"}
    assert html_sections(build(root, "hrc-60", "html")["report.html"])["annex-1"] == before


def test_a_person_who_opens_a_sentence_keeps_the_capital(tmp_path: Path) -> None:
    undated = {**TOLD, "developments": [{"date": "2025-04-01", "kind": "release"}]}
    root = workspace(tmp_path, [undated], [HRC_60, HRC_63])
    assert reprisal(root, "draft", "XXA-2025-101", "-e", "hrc-60", *AS_OF).code == 0
    for sentence in re.split(r"(?<=\.) ", " ".join(text_of(root)["hrc-60"]["annex"].split())):
        assert sentence[0].isupper()


def test_what_somebody_wrote_is_never_written_over(tmp_path: Path) -> None:
    root = workspace(tmp_path, [TOLD], [HRC_60, HRC_63])
    assert reprisal(root, "draft", "XXA-2025-101", "-e", "hrc-60", *AS_OF).code == 0
    once = text_of(root)
    ran = reprisal(root, "draft", "XXA-2025-101", "-e", "hrc-60", *AS_OF)
    assert ran.code == 2
    assert "nothing is written over it" in ran.err
    assert text_of(root) == once


def test_nothing_is_drafted_of_whom_may_not_be_told(tmp_path: Path) -> None:
    root = workspace(
        tmp_path, [{**TOLD, "persons": [person(consent={"level": "pending"})], "status": "received"}], [HRC_60, HRC_63]
    )
    ran = reprisal(root, "draft", "XXA-2025-101", "-e", "hrc-60", *AS_OF)
    assert ran.code == 2
    assert "may not be told" in ran.err
    assert text_of(root) == {"hrc-60": {"place": "annex-1"}}


def test_every_real_case_can_be_drafted_and_prints_the_same(tmp_path: Path) -> None:
    """With its text taken out: that the words stay the same is proven by the command itself, or it refuses."""
    for name in ("cases", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "reprisal.yaml", tmp_path)
    paths = sorted((tmp_path / "cases").glob("*/*.yaml"))
    for path in paths:
        path.write_text(re.sub(r"^text:.*\n(?:(?: .*)?\n)*", "", path.read_text(), flags=re.MULTILINE))
    work = open_casework(tmp_path, date(2026, 2, 1))
    for path in paths:
        edition = re.findall(r"edition: (hrc-\d+)", path.read_text())[-1]
        change = draft(work, path.stem, edition)
        save(change)
        assert list(text_of(tmp_path, path.stem)) == [edition]
