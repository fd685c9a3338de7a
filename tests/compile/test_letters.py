"""The letter to a State: its own cases, those who agreed, what is asked, and a form to be read when it returns."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reprisal_cli.compile.letters import Correspondence, compile_letter
from reprisal_cli.compile.sentences import Sentences, load_sentences
from reprisal_cli.compile.tree import Blank, Report, Table, walk_inlines
from reprisal_cli.pipeline.documents import build_letter
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import Audience, Scope
from reprisal_cli.store.workspace import open_workspace
from tests.protect.test_two_persons import TRACES, example
from tests.support.builders import (
    HRC_60,
    HRC_63,
    ROOT,
    case,
    corpus,
    everything,
    paragraphs,
    part,
    person,
    published,
    sentences,
    workspace,
)
from tests.support.reading import W, docx_parts, docx_text, html_text, pdf_text, squeeze

STATE = {"level": "public-no-name", "uses": ["report", "state"]}
ASKED = {**HRC_60, "note_verbale": {"date": "2025-06-10", "reply_due": "2025-08-01"}, "mandates": ["12/2", "54/24"]}


@cache
def frame(language: str = "en") -> Sentences:
    path = ROOT / "templates" / "letters" / f"{language}.yaml"
    own = load_sentences(path.read_bytes(), path.name, language)
    return Sentences(language, {**sentences().texts, **own.texts})


def letter(*cases: dict[str, Any], state: str = "XXA", edition: dict[str, Any] = ASKED, language: str = "en") -> Report:
    made = corpus(cases, (edition, HRC_63))
    public = disclose(made, made.workspace.edition("hrc-60"), Audience.STATE, state, scope=Scope.PUT)
    report, found = compile_letter(public, state, sentences(), Correspondence(frame(language), "Exampleland"))
    assert found == []
    return report


def blanks(report: Report) -> list[str]:
    tables = [block for one in report.parts for block in one.blocks if isinstance(block, Table)]
    cells = (cell for table in tables for row in table.rows for cell in row)
    return [node.key for cell in cells for node in walk_inlines(cell) if isinstance(node, Blank)]


# --- what it tells --------------------------------------------------------------------------------------------------


def test_it_holds_the_cases_of_the_state_and_nothing_of_others() -> None:
    own = case(persons=[person(consent=STATE)])
    other = case("XXB-2025-102", persons=[person(consent=STATE, described="a judge of another place")])
    text = everything(letter(own, other))
    assert "XXA-2025-101" in text
    assert "XXB-2025-102" not in text
    assert "a judge of another place" not in text


def test_a_case_that_also_concerns_the_state_is_in_its_letter_without_the_reply_of_the_other() -> None:
    shared = case(
        also_states=["XXB"],
        persons=[person(consent=STATE)],
        responses=[{"ref": "r1", "state": "XXA", "date": "2025-04-01", "summary": "the courts were free."}],
    )
    assert "the courts were free" in everything(letter(shared))
    text = everything(letter(shared, state="XXB"))
    assert "XXA-2025-101" in text
    assert "the courts were free" not in text


def test_nobody_is_in_it_who_did_not_agree_that_the_case_is_put_to_the_state() -> None:
    one = case(persons=[person(described="a baker", consent={"level": "public-no-name"})])
    text = everything(letter(one))
    assert "a baker" not in text
    assert "puts no case to the Government" in text


def test_drafted_words_are_left_out_where_they_tell_of_somebody_the_state_may_not_know() -> None:
    """The words were drafted for the report, in which both may be told of."""
    both = [
        person("p1", described="a baker", consent=STATE),
        person("p2", described="a miller", consent={"level": "public-no-name"}),
    ]
    drafted = {"hrc-60": {"annex": "It was reported that {p1} and {p2} had met at the old mill."}}
    acts = [{"ref": "a1", "type": "threats", "persons": ["p1"]}, {"ref": "a2", "type": "travel-ban", "persons": ["p2"]}]
    text = everything(letter(case(persons=both, acts=acts, text=drafted)))
    assert "a baker had faced threats" in text
    for secret in ("miller", "mill", "ravel ban"):
        assert secret not in text


def test_drafted_words_are_used_where_the_state_may_know_everybody() -> None:
    one = case(persons=[person(consent=STATE)], text={"hrc-60": {"annex": "It was reported that {p1} had left."}})
    assert paragraphs(letter(one), "annex-1")[0] == "1. It was reported that a lawyer called p1 had left."


@pytest.mark.parametrize("status", ["cleared", "transmitted", "answered", "drafted", "approved"])
def test_a_case_is_put_to_the_state_from_the_day_on_which_it_is_cleared(status: str) -> None:
    assert "XXA-2025-101" in everything(letter(case(status=status, persons=[person(consent=STATE)])))


@pytest.mark.parametrize("status", ["received", "screened", "verified", "withheld", "rejected"])
def test_a_case_is_not_put_to_the_state_before_it_is_cleared(status: str) -> None:
    assert "XXA-2025-101" not in everything(letter(case(status=status, persons=[person(consent=STATE)])))


def test_what_is_already_public_is_put_as_the_source_tells_it() -> None:
    report = letter(published())
    assert paragraphs(report, "annex-1")[:2] == [
        "1. It was reported that a lawyer called p1 was threatened.",
        "2. It was told in A/HRC/60/999, annex I.",
    ]


# --- what it asks ---------------------------------------------------------------------------------------------------


def test_it_says_on_what_it_rests_what_is_asked_and_until_when() -> None:
    text = everything(letter(case(persons=[person(consent=STATE)])))
    assert "note-verbale:hrc-60" in text
    assert "In its resolutions 12/2 and 54/24" in text
    assert "one case, set out in annex I" in text
    assert "observations of the Government on the case, in particular" in text
    assert "arrives by 1 August 2025" in text
    assert "Geneva, 10 June 2025" in text
    for asked in ("whether prompt, impartial and independent", "effective remedy", "focal points"):
        assert asked in text


def test_without_a_day_it_asks_for_an_early_reply() -> None:
    assert "An early reply would be appreciated" in everything(letter(published(), edition=HRC_60))


def test_the_form_has_four_fields_for_each_act_each_with_a_tag_of_its_own() -> None:
    acts = [{"ref": "a1", "type": "threats"}, {"ref": "a3", "type": "travel-ban", "date": "2025-01"}]
    report = letter(case(persons=[person(consent=STATE)], acts=acts))
    fields = [f"XXA-2025-101.{act}.{name}" for act in ("a1", "a3") for name in
              ("information", "measures", "investigation", "remedies")]  # fmt: skip
    assert [key for key in blanks(report) if key.startswith("XXA")] == fields
    assert len(set(blanks(report))) == len(blanks(report))


def test_a_case_without_an_act_can_be_answered_as_a_whole() -> None:
    assert "XXA-2025-101.case.information" in blanks(letter(published(acts=None)))


@pytest.mark.parametrize(("language", "said"), [("fr", "a l’honneur de porter"), ("es", "tiene el honor de señalar")])
def test_the_frame_is_in_the_language_of_the_state_and_says_in_which_the_account_is(language: str, said: str) -> None:
    report = letter(case(persons=[person(consent=STATE)]), language=language)
    assert said in everything(report)
    assert report.language == language
    assert frame(language).word("letter.account") in everything(report)


@pytest.mark.parametrize(("language", "said"), [("es", "anexo I, párr. 7"), ("fr", "annexe I, par. 7")])
def test_places_of_earlier_reports_are_in_the_language_of_the_letter(language: str, said: str) -> None:
    told = [{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex I", "paras": ["7"]}]
    assert said in everything(letter(published(reports=told), language=language))


def test_all_frames_have_the_same_sentences_with_the_same_slots() -> None:
    import re

    def slots(language: str) -> dict[str, set[str]]:
        own = load_sentences((ROOT / f"templates/letters/{language}.yaml").read_bytes(), language, language)
        return {name: set(re.findall(r"\{[a-z]+\}", text)) for name, text in own.texts.items() if "letter." in name}

    assert slots("en") == slots("fr") == slots("es")


# --- the files ------------------------------------------------------------------------------------------------------


@cache
def files(state: str) -> dict[str, bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        built = build_letter(example(Path(name)), state, "hrc-60", ["docx", "pdf", "html"], None, None)
        assert built.folder is not None, [*built.loaded.found, *built.found]
        return {path: (built.folder / path).read_bytes() for path in built.files}


@pytest.mark.parametrize("state", ["XXA", "XXB"])
def test_of_the_person_without_consent_nothing_is_in_any_file(state: str) -> None:
    made = files(state)
    name = f"letter-{state}"
    shown = [docx_text(made[f"{name}.docx"]), pdf_text(made[f"{name}.pdf"]), html_text(made[f"{name}.html"])]
    shown += [made[f"{name}.{beside}.json"].decode() for beside in ("map", "figures")]
    for text in shown:
        assert "womanhumanrightsdefender" in squeeze(text) or text.startswith("{")
        for trace in TRACES:
            assert trace not in squeeze(text.lower().replace("threats or other", ""))


def test_word_has_a_content_control_for_each_field() -> None:
    body = docx_parts(files("XXA")["letter-XXA.docx"])["word/document.xml"]
    tags = [node.get(f"{W}val") for node in body.iter(f"{W}tag")]
    assert "XXA-2025-001.a1.information" in tags
    assert "reply.authority" in tags
    assert not [tag for tag in tags if ".a2." in tag]


def test_what_is_printed_is_traced_to_a_field_of_the_case() -> None:
    made = json.loads(files("XXA")["letter-XXA.map.json"])
    told = [entry for entry in made["paragraphs"] if entry["part"] == "annex-1"]
    assert told
    assert {(entry["file"], entry["case"]) for entry in told} == {("cases/XXA/XXA-2025-001.yaml", "XXA-2025-001")}
    rows = [row for table in made["tables"] for row in table["rows"]]
    assert [row["route"] for row in rows] == [["acts", 0]]


def test_the_language_is_that_which_is_set_for_the_state_and_english_otherwise(tmp_path: Path) -> None:
    root = workspace(
        tmp_path, [published()], files={"templates/letters/languages.yaml": "fr:\n  XXA: de l’Exempleland\n"}
    )
    built = build_letter(root, "XXA", None, ["html"], None, None)
    assert built.folder is not None, built.found
    page = html_text((built.folder / "letter-XXA.html").read_bytes())
    assert "Mission permanente de l’Exempleland" in page
    (root / "templates/letters/fr.yaml").unlink()
    built = build_letter(root, "XXA", None, ["html"], None, None)
    assert "the Permanent Mission of Exampleland" in html_text((tmp_path / "build/hrc-60/letter-XXA.html").read_bytes())
    assert built.remarks[0] == "written in English: there is no frame in fr (templates/letters/fr.yaml)"


def test_a_state_that_is_an_observer_is_written_to_by_the_name_of_its_mission(tmp_path: Path) -> None:
    built = build_letter(ROOT, "PSE", "hrc-45", ["md"], tmp_path, None)
    assert built.folder == tmp_path
    text = (tmp_path / "letter-PSE.md").read_text(encoding="utf-8")
    assert text.count("the Permanent Observer Mission of the State of Palestine") == 2


def test_every_state_of_the_list_of_languages_is_a_state() -> None:
    from reprisal_cli.pipeline.correspondence import language_of
    from reprisal_cli.register.states import states

    opened, _ = open_workspace(ROOT)
    assert language_of(opened, "VEN") == ("es", "de la República Bolivariana de Venezuela")
    import yaml

    listed = yaml.load((ROOT / "templates/letters/languages.yaml").read_text(), yaml.BaseLoader)
    codes = [code for names in listed.values() for code in names]
    assert set(codes) <= set(states().codes)
    assert len(codes) == len(set(codes))


def test_the_rows_of_the_map_lead_to_the_act_in_the_file_where_others_are_left_out() -> None:
    both = [person("p1", consent={"level": "statistics-only"}), person("p2", consent=STATE)]
    acts = [{"ref": "a1", "type": "threats", "persons": ["p1"]}, {"ref": "a2", "type": "travel-ban", "persons": ["p2"]}]
    table = part(letter(case(persons=both, acts=acts)), "annex-2").blocks[-1]
    assert isinstance(table, Table)
    assert [origin.route for origin in table.row_origins] == [("acts", 1)]


def test_after_a_withdrawal_the_letter_is_among_the_places_and_in_no_corrigendum(tmp_path: Path) -> None:
    from reprisal_cli.pipeline.consent import withdrawal

    root = workspace(tmp_path, [published()])
    assert build_letter(root, "XXA", None, ["html"], None, None).folder is not None
    done = withdrawal(root, "XXA-2025-101", "p1", ())
    places = [(one.where, one.part, one.kind, one.numbers) for one in done.places if "letter" in one.where]
    assert places == [
        ("hrc-60/letter-XXA", "annex-1", "paragraphs", (1, 2)),
        ("hrc-60/letter-XXA", "reply_XXA_2025_101", "rows", (1,)),
    ]
    assert "reply_XXA" not in done.note
