"""The dossier of a State: every place, every report's words, its measures first, and what is open."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import Any

from reprisal_cli.compile.dossier import compile_dossier
from reprisal_cli.compile.sentences import Sentences, load_sentences
from reprisal_cli.compile.tree import Heading, Para, Report, Table, text_of
from reprisal_cli.pipeline.documents import build_dossier
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import Audience, Scope
from reprisal_cli.render.outline import depths
from tests.support.builders import (
    HRC_60,
    HRC_63,
    ROOT,
    case,
    corpus,
    everything,
    headings,
    person,
    published,
    sentences,
)
from tests.support.reading import docx_text, html_text, pdf_text, plain

BOTH = [
    {"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex I", "paras": ["7"]},
    {"edition": "hrc-63", "symbol": "A/HRC/63/999", "part": "annex II"},
]
SOURCE = {"level": "already-public", "source": ["A/HRC/60/999", "A/HRC/63/999"]}


def form() -> Sentences:
    own = load_sentences((ROOT / "templates/letters/en.yaml").read_bytes(), "en.yaml", "en")
    return Sentences("en", {**sentences().texts, **own.texts})


def dossier(*cases: dict[str, Any], state: str = "XXA", until: str = "hrc-63") -> Report:
    made = corpus(cases, (HRC_60, HRC_63))
    known = [one for one in made.workspace.editions if one.id <= until]
    facts = disclose(made, made.workspace.edition(until), Audience.STATE, state, scope=Scope.ALL)
    editions = [disclose(made, one, Audience.STATE, state) for one in known]
    report, found = compile_dossier(facts, editions, state, sentences(), form())
    assert found == []
    return report


def told(**fields: Any) -> dict[str, Any]:
    return published(
        persons=[person(name="not-stated", consent=SOURCE)],
        text={"hrc-60": {"annex": "It was reported that {p1} was threatened."},
              "hrc-63": {"annex": "{p1} was reportedly left alone."}},
        reports=BOTH, **fields)  # fmt: skip


def tables(report: Report) -> list[list[str]]:
    found = [block for one in report.parts for block in one.blocks if isinstance(block, Table)]
    return [[text_of(cell) for cell in row] for table in found for row in table.rows]


def test_every_place_of_a_case_is_listed_and_each_report_is_given_in_its_words() -> None:
    report = dossier(told())
    assert ["A/HRC/60/999, annex I, para. 7", "XXA-2025-101", "Threats"] in tables(report)
    assert ["A/HRC/63/999, annex II", "XXA-2025-101", "Threats"] in tables(report)
    text = everything(report)
    assert text.index("was threatened") < text.index("was reportedly left alone")


def test_the_only_annex_has_no_number_and_every_case_is_as_deep_as_the_next() -> None:
    report = dossier(told(), told() | {"id": "XXA-2025-103"})
    assert [one.label for one in report.parts] == ["", "Annex"]
    levels = depths(report.parts[0])
    assert {levels[f"d_XXA_2025_{number}_h"] for number in (101, 103)} == {2}


def test_words_of_the_body_are_given_too_and_each_once() -> None:
    one = told() | {"text": {"hrc-60": {"place": "main", "main": "Short words.", "annex": "Long words."}}}
    assert everything(dossier(one)).count("Short words.") == everything(dossier(one)).count("Long words.") == 1


def test_every_place_with_words_at_hand_is_followed_by_them() -> None:
    """In this repository's own cases, State by State."""
    from reprisal_cli.pipeline.load import load

    corpus = load(ROOT, date(2026, 2, 1)).corpus
    last = corpus.workspace.edition("hrc-51")
    for state in sorted({state for one in corpus.cases for state in one.states}):
        facts = disclose(corpus, last, Audience.STATE, state, scope=Scope.ALL)
        editions = [disclose(corpus, one, Audience.STATE, state) for one in corpus.workspace.editions if not one.of]
        blocks = compile_dossier(facts, editions, state, sentences(), form())[0].parts[0].blocks
        for block, following in pairwise(blocks):
            if isinstance(block, Para) and "_in_" in block.id and text_of(block.inlines).endswith(":"):
                assert isinstance(following, Para), (state, block.id)
                assert not following.origin.generated, (state, block.id)


def test_up_to_an_edition_nothing_later_is_told() -> None:
    text = everything(dossier(told(), until="hrc-60"))
    assert "was threatened" in text
    assert "left alone" not in text
    assert "A/HRC/63/999" not in text


def test_measures_and_improvements_stand_before_the_cases() -> None:
    one = told(
        measures=[{"type": "investigation-opened", "date": "2025-06", "status": "announced"}],
        developments=[{"date": "2025-07-01", "kind": "release", "effect": "improved"}],
    )
    report = dossier(one)
    assert headings(report, "main")[1:3] == ["II. Measures of the State and improvements", "III. Cases"]
    assert ["June 2025", "Investigation opened", "Announced", "XXA-2025-101"] in tables(report)
    assert ["1 July 2025", "Release", "", "XXA-2025-101"] in tables(report)


def test_the_points_of_paragraph_six_show_what_is_on_record() -> None:
    rows = tables(dossier(told(measures=[{"type": "investigation-opened", "date": "2025-06"}])))
    assert ["Prompt, impartial and independent investigation", "Investigation opened (June 2025)"] in rows
    assert ["Effective remedy", "Nothing recorded"] in rows


def test_what_was_put_and_not_answered_is_open() -> None:
    actions = [{"ref": "u1", "by": ["cat"], "kind": "communication", "number": "XXA 1/2025", "to": ["XXA"]}]
    assert "No reply to the communication XXA 1/2025 is on record." in everything(dossier(told(un_actions=actions)))
    answer = [{"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-05-01", "addresses_reprisal": "no"}]
    text = everything(dossier(told(un_actions=actions, responses=answer)))
    assert "No reply to" not in text
    assert "A reply on record does not address" in text


def test_what_no_report_told_and_what_is_anothers_is_in_no_dossier() -> None:
    consent = {"level": "public-no-name", "uses": ["report", "state"]}
    untold = case("XXA-2025-109", persons=[person(consent=consent)])
    other = published("XXB-2025-110", annex="It was reported that {p1} was followed in Otherland.")
    text = everything(dossier(told(), untold, other))
    assert "XXA-2025-109" not in text
    assert "XXB-2025-110" not in text
    assert "Otherland" not in text


def test_words_that_tell_of_somebody_the_state_may_not_know_are_not_given_again() -> None:
    both = [person("p1", name="not-stated", consent=SOURCE), person("p2", described="a miller")]
    text = everything(dossier(told() | {"persons": both, "acts": [{"type": "threats", "persons": ["p1"]}]}))
    assert "its words are not given again here" in text
    assert "was threatened" not in text
    assert "miller" not in text


def test_nothing_told_is_said() -> None:
    assert "No case concerning Exampleland was told" in everything(dossier())


def test_the_dossier_of_a_real_state_is_the_same_in_all_formats_and_traced(tmp_path: Any) -> None:
    built = build_dossier(ROOT, "VEN", None, ["docx", "pdf", "html"], tmp_path, None)
    assert built.folder is not None, built.found
    files = {name: (tmp_path / name).read_bytes() for name in built.files}
    for text in (docx_text(files["dossier-VEN.docx"]), pdf_text(files["dossier-VEN.pdf"]),
                 html_text(files["dossier-VEN.html"])):  # fmt: skip
        assert "a senior official" in plain(text)
        assert "A/HRC/42/30" in plain(text)
    made = json.loads(files["dossier-VEN.map.json"])
    cases = {row["case"] for table in made["tables"] for row in table["rows"] if row["case"]}
    assert cases == {"VEN-2019-001", "VEN-2020-001", "VEN-2020-002", "VEN-2022-001"}


def test_headings_have_one_order() -> None:
    blocks = dossier(told()).parts[0].blocks
    assert [block.level for block in blocks if isinstance(block, Heading)] == [1, 1, 1, 3]
