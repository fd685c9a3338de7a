"""An edit of a case changes the report in the right places: numbers, counts and cross-references go with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.builders import HRC_63, person, published, put, put_case, with_manuscript, workspace
from tests.support.built import build, sidecar, unchecked
from tests.support.reading import html_sections

MANUSCRIPT = """\
# Overview

There are {{ cases | count | noun("case", "cases") }} in {{ cases.states | count | noun("State", "States") }}
({{ cases.states | list }}); {{ cases.answered | count }} answered;
see {case XXB-2025-101}.^[{{ cases.states | cite }}.]
"""
FIRST, SECOND = published(), published("XXB-2025-101", "It was reported that {p1} was followed.\n\nIt went on.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    edition = with_manuscript("overview")
    return workspace(
        tmp_path, [FIRST, SECOND], [edition, HRC_63], files={"templates/manuscript/overview.md": MANUSCRIPT}
    )


def overview(folder: Path) -> str:
    return text(folder, "main").split("Exampleland One case")[0]


def text(folder: Path, part: str) -> str:
    return html_sections(build(folder, "hrc-60", "html")["report.html"])[part]


def figures(folder: Path) -> dict[str, str]:
    return {one["query"]: one["text"] for one in sidecar(build(folder, "hrc-60", "html"), "figures")["figures"]}


def test_before_any_edit(folder: Path) -> None:
    found = overview(folder)
    assert (
        "There are two cases in two States (Exampleland and Otherland); 0 answered; see annex I, paras. 2-3." in found
    )
    assert "It was reported that a lawyer called p1 was threatened." in text(folder, "annex-1")


def test_words_of_a_case(folder: Path) -> None:
    put_case(folder, published(annex="It was reported that {p1} was beaten.\n\nA second paragraph.\n\nA third."))
    found = text(folder, "annex-1")
    assert "was beaten" in found
    assert "was threatened" not in found
    assert "see annex I, paras. 4-5." in overview(folder)  # the other case moved down


def test_the_words_for_a_person(folder: Path) -> None:
    someone = person(
        name="not-stated", described="a judge", consent={"level": "already-public", "source": "A/HRC/60/999"}
    )
    put_case(folder, published(persons=[someone]))
    assert "It was reported that a judge was threatened." in text(folder, "annex-1")
    assert "a lawyer called p1 was threatened" not in text(folder, "annex-1")


def test_a_response(folder: Path) -> None:
    reply = {"ref": "r1", "state": "XXA", "date": "2025-07-15", "summary": "nothing had happened"}
    put_case(folder, {**FIRST, "responses": [reply]})
    assert "On 15 July 2025, the Government responded to the allegations, stating that nothing had happened." in text(
        folder, "annex-1"
    )
    assert "1 answered; see annex I, paras. 3-4." in overview(folder)


def test_a_new_case(folder: Path) -> None:
    put_case(folder, published("XXA-2025-102", "A new one."))
    found = overview(folder)
    assert "three cases in two States (Exampleland and Otherland)" in found
    assert "see annex I, paras. 3-4." in found
    assert "1 Exampleland" not in found
    assert figures(folder)["cases | count"] == "three"


def test_a_case_in_a_state_that_had_none(folder: Path) -> None:
    put_case(folder, published("XXC-2025-101", "A new one."))
    assert "three cases in three States (Exampleland, Otherland and Thirdland)" in overview(folder)


def test_a_case_that_moves_to_another_state_keeps_its_id(folder: Path) -> None:
    """`state` alone changes; the id and the file stay."""
    moved = {**FIRST, "state": "XXC", "reports": [{**FIRST["reports"][0], "state": "XXC"}]}
    put_case(folder, moved)
    files = build(folder, "hrc-60", "html")
    annex = html_sections(files["report.html"])["annex-1"]
    assert "Exampleland" not in annex
    assert annex.index("Otherland") < annex.index("Thirdland") < annex.index("was threatened")
    main = html_sections(files["report.html"])["main"]
    assert "two States (Otherland and Thirdland)" in main
    assert "see annex I, paras. 1-2." in main
    entry = next(one for one in sidecar(files, "map")["paragraphs"] if one["case"] == "XXA-2025-101")
    assert (entry["file"], entry["number"]) == ("cases/XXA/XXA-2025-101.yaml", 3)


def test_a_withdrawn_case_and_the_references_to_it(folder: Path) -> None:
    from reprisal_cli.pipeline.build import build_report

    put_case(folder, {**SECOND, "status": "withdrawn"})
    with unchecked():
        built = build_report(folder, "hrc-60", ["html"], None, None)
    assert built.files == ()
    assert [(one.code, one.location.path) for one in built.found] == [("RC602", "templates/manuscript/overview.md")]
    put(folder, "templates/manuscript/overview.md", MANUSCRIPT.replace("see {case XXB-2025-101}", "none"))
    with unchecked():
        assert "one case in one State (Exampleland)" in overview(folder)
        assert "Otherland" not in text(folder, "annex-1")


def test_a_case_that_leaves_the_edition(folder: Path) -> None:
    put(folder, "templates/manuscript/overview.md", MANUSCRIPT.replace("{case XXB-2025-101}", "below"))
    (folder / "cases/XXB/XXB-2025-101.yaml").unlink()
    assert "one case in one State (Exampleland)" in overview(folder)
    assert "Otherland" not in text(folder, "annex-1")


def test_the_name_of_a_state(folder: Path) -> None:
    from tests.support.builders import SETTINGS, dump

    states: Any = {**SETTINGS["states"], "XXA": "Zetaland"}  # type: ignore[dict-item]
    put(folder, "reprisal.yaml", dump({**SETTINGS, "states": states}))
    annex = text(folder, "annex-1")
    assert annex.index("Otherland") < annex.index("Zetaland")
