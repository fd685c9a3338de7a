"""RC5: what house style finds in a sentence, and what it leaves alone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.checks import text
from reprisal_cli.checks.desk import Desk
from reprisal_cli.checks.text_passages import suspicions
from reprisal_cli.model.case import EditionText
from reprisal_cli.model.values import parse_period
from reprisal_cli.register.style import style
from reprisal_cli.rule import Finding
from reprisal_cli.store.corpus import CaseFile, load_corpus
from reprisal_cli.store.workspace import open_workspace
from tests.support.rulebook import WHOLE

ROOT = Path(__file__).parents[2]
WORKSPACE, _ = open_workspace(WHOLE)
CASE = next(file for file in load_corpus(WORKSPACE)[0].files if file.case.id == "XXA-2025-001")
CLAIM = next(check for check in text.CASE if check.rule.code == "RC501")
EDITIONS = {edition.id: edition for edition in WORKSPACE.editions}


def found(words: str, edition: str = "hrc-60", desk: Desk | None = None) -> list[tuple[str, Finding]]:
    """What is found in the whole example with this text in place of its own."""
    case = CASE.case.model_copy(update={"text": {edition: EditionText(annex=words)}, "responses": ()})
    file = CaseFile(CASE.path, case)
    desk = desk or Desk(EDITIONS, WORKSPACE.settings, date(2026, 2, 1))
    return [(check.rule.code, finding) for check in text.CASE for finding in check.run(file, desk)]


def codes(words: str, edition: str = "hrc-60") -> set[str]:
    return {code for code, _ in found(words, edition)}


FAULTY = [
    ("RC501", "{p1} was arrested at the airport on 3 March 2025."),
    ("RC501", "Police detained {p1} at the airport."),
    ("RC501", "She was stopped at the airport, questioned and detained."),
    ("RC501", "{p1} was reportedly questioned. She was then beaten by guards."),
    ("RC501", "After {p1} had addressed the Human Rights Council, she was arrested."),
    ("RC501", "After she had handed a report to the Committee, {p1} was arbitrarily detained."),
    ("RC501", "It was reported that {p1} spoke.\n\nOn 5 May 2025, she was beaten."),
    ("RC501", 'The words "reportedly" were used, and {p1} was tortured.'),
    ("RC501", "{p1} was tortured.^[It was reported in A/HRC/58/999.]"),
    ("RC501", "{p1} received death threats by text."),
    ("RC501", "A travel ban was imposed on {p1}."),
    ("RC501", "Organizations faced surveillance.\n\nIt was reported that they closed."),
    ("RC502", "The officers are guilty of theft."),
    ("RC502", "{p1} is a terrorist."),
    ("RC502", "{p1} committed treason."),
    ("RC502", "The terrorists fled."),
    ("RC502", "{p1} lost her post in retaliation for her testimony."),
    ("RC503", "In Syria, {p1} reportedly hid."),
    ("RC503", "{p1} reportedly fled to Laos and Turkey."),
    ("RC503", "Russia's police reportedly came."),
    ("RC503", "{p1} reportedly lives in the UK."),
    ("RC504", "{p1} spoke at the UN Human Rights Council."),
    ("RC504", "{p1} wrote to the Committee Against Torture."),
    ("RC504", "This concerned the Universal Periodic Review of the State."),
    ("RC505", "It was reported on March 10, 2020."),
    ("RC505", "It was reported on 10/03/2020."),
    ("RC505", "It was reported on the 10th of March."),
    ("RC505", "It was reported on 2020-03-10."),
    ("RC505", "It was reported on 10 Mar. 2020."),
    ("RC505", "It was reported on 05 March 2020."),
    ("RC506", "It was reported that 3 men came."),
    ("RC506", "It was reported that 3 unidentified armed men came."),
    ("RC506", "31 people reportedly stayed away."),
    ("RC506", "It was reported that fifteen women came."),
    ("RC507", "See A/HRC45/36."),
    ("RC507", "See A/HRC/45/36 para 12."),
    ("RC507", "See A/HRC/45/36, para 12."),
    ("RC507", "See A/HRC/45/36, para. 12-14."),
    ("RC507", "See {ref A/HRC45/36}."),
    ("RC507", "See IDN2/2020."),
    ("RC507", "See IDN 02/2020."),
    ("RC507", "See IDN 2/20."),
    ("RC507", "See ZZZ 2/2020."),
    ("RC508", "The program was reportedly closed."),
    ("RC508", "Organisations were reportedly closed."),
    ("RC508", "{p1} was reportedly accused of defense of terrorism."),
    ("RC509", "Two  spaces."),
    ("RC509", "A space , before."),
    ("RC509", "None,after."),
    ("RC509", "Two signs.."),
    ("RC509", "It was reported ({u1})^[See {ref A/HRC/58/999, para. 12}.]."),
]

SOUND = [
    "It was reported that {p1} was arrested. She was then beaten in custody.",
    "According to information received, {p1} was detained on 3 March 2025 and interrogated.",
    "On 5 May 2025, it was alleged that {p1} had been tortured.",
    "The Working Group on Arbitrary Detention found that {p1} had been tortured.",
    "Mandate holders expressed concern that {p1} was detained (IDN 2/2020).",
    "The Government replied that {p1} had been arrested for theft.",
    "{p1} was sentenced to five years in prison and fined.",
    "{p1} might be arrested, and was not detained.",
    "He feared being arrested.",
    "{p1}, who had been detained since 2019, was released on 5 May 2025.",
    "The Council remained seized of the matter, and she seized the opportunity to speak.",
    "It was reported that the term was long, i.e. 730 days, under Law no. 12 of 5 May 2025.",
    "The fine was 5,000 dollars, e.g. 12 payments; see Law No. 5/2018, p. 3 and pp. 12 and 13.",
    "At 10 a.m. on 5 May 2025, and at 10.30 p.m., officers reportedly came. See Application no. 12345/19.",
    "The children (aged 5 and 7 years) reportedly left for Côte d'Ivoire and Guinea-Bissau.",
    "Lawyers for Human Rights in Syria and the Iran Human Rights Documentation Center reported it.",
    "A law was adopted on 5 May 2025.",
    "The Assistant Secretary-General addressed the case in a letter dated 5 May 2025.",
    "{p1} was convicted and found guilty by a court.",
    "{p1} was a criminal defence lawyer.",
    "An official said that {p1} was a traitor.",
    "An entity on the terrorist list, and the criminal code.",
    "{p1} was allegedly dismissed in retaliation for her testimony.",
    "The Lao People's Democratic Republic, the Islamic Republic of Iran and Iran (Islamic Republic of).",
    "The Bolivarian Republic of Venezuela and the Commission of Inquiry on the Syrian Arab Republic.",
    "United Russia, Bank of Russia, Radio Free Syria, the Syria Campaign, and “Free Palestine”.",
    "Russian, Venezuelan and Iranian organizations, and Viet Nam.",
    "UN officials, the Human Rights Council, the Committee against Torture and the universal periodic review.",
    "Between 10 March and 12 April 2020, on 3 and 4 May, in 2019-2020, in March 2020.",
    "See resolution 42/28, S/2022/31, para. 53, and MAR 6/2005; 5/2009.",
    "Five of the 23 defenders, 5 of 23 women, article 3 cases and persons aged 9 years.",
    "Fifteen people came, and 15 people went. It cost 3 million dollars, 5 per cent.",
    "See A/HRC/45/36, para. 12; A/HRC/45/36, paras. 12-14 and 20; A/HRC/42/30, Annex I, para. 115; A/HRC/WGAD/2017/78.",
    "See HRI/MC/2015/6; S/RES/2514(2020); A/74/256, para. 50; {ref A/HRC/58/999, para. 12}.",
    "See GTM 7/2018; GTM 13/2018; and GTM 1/2019; OTH 5/2021; AL RUS 15/2022; XXA 1/2025.",
    "The Center for Constitutional Rights, the Defense Department, “organisation” and a computer program.",
    "A specialist in realism, an organizer, and a promise.",
    "One, i.e. this, etc.; and that … and so on... (See {u1}.) “Yes.” he said: no.",
    "It was reported ({u1}).^[See {ref A/HRC/58/999, para. 12}.]",
    "See [the site](https://www.example.org/organisation/program,a/10/03/2020).",
]


@pytest.mark.parametrize(("code", "words"), FAULTY)
def test_a_fault_is_found_by_its_rule_alone(code: str, words: str) -> None:
    assert codes(words) == {code}


@pytest.mark.parametrize("words", SOUND)
def test_a_sound_sentence_is_left_alone(words: str) -> None:
    assert codes(words) == set()


@pytest.mark.parametrize("words", [*(words for _, words in FAULTY), *SOUND])
def test_the_first_look_hides_nothing(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that reads every text finds no more than one that reads the suspicious ones."""
    before = codes(words)
    monkeypatch.setattr("reprisal_cli.checks.text_passages.suspicions", lambda _: {f"RC50{n}" for n in range(1, 10)})
    assert codes(words) == before


def test_a_first_look_names_no_rule_for_a_plain_paragraph() -> None:
    assert (
        suspicions("It was reported that {p1} was stopped on 3 March 2025 (see {ref A/HRC/58/999, para. 12}).") == set()
    )


def test_a_name_is_right_as_of_the_edition() -> None:
    """Turkey became Türkiye in June 2022, and an edition of 2020 says Turkey."""
    period = parse_period("2019-06-01/2020-04-30")
    old = EDITIONS["hrc-60"].model_copy(update={"date": date(2020, 9, 25), "period": period})
    desk = Desk({"hrc-60": old}, WORKSPACE.settings, date(2026, 2, 1))
    assert found("{p1} reportedly fled to Turkey.", desk=desk) == []
    [(_, finding)] = found("{p1} reportedly fled to Turkey.")
    assert finding.hint == "write `Türkiye`"


def test_a_text_in_another_language_is_left_alone() -> None:
    french = EDITIONS["hrc-60"].model_copy(update={"language": "fr"})
    desk = Desk({"hrc-60": french}, WORKSPACE.settings, date(2026, 2, 1))
    assert found("Le program de Vietnam , le 10/03/2020.", desk=desk) == []


def test_acts_that_a_body_found_or_the_state_acknowledged_need_no_hedge() -> None:
    acts = tuple(act.model_copy(update={"assertion": "acknowledged-by-state"}) for act in CASE.case.acts)
    words = {"hrc-60": EditionText(annex="{p1} was arrested.")}
    file = CaseFile(CASE.path, CASE.case.model_copy(update={"acts": acts, "text": words}))
    desk = Desk(EDITIONS, WORKSPACE.settings, date(2026, 2, 1))
    assert [finding for check in text.CASE for finding in check.run(file, desk)] == []


def test_a_summary_of_a_reply_is_the_states_own_account() -> None:
    reply = CASE.case.responses[0].model_copy(update={"summary": "the terrorist was arrested in Syria."})
    file = CaseFile(CASE.path, CASE.case.model_copy(update={"responses": (reply,), "text": {}}))
    desk = Desk(EDITIONS, WORKSPACE.settings, date(2026, 2, 1))
    assert {check.rule.code for check in text.CASE for _ in check.run(file, desk)} == {"RC503"}


def test_messages_say_which_paragraph_and_quote_no_name() -> None:
    [(_, finding)] = found("It was reported that all was well.\n\nJane Secretname was arrested.")
    assert finding.message.startswith("paragraph 2: sentence 1")
    assert "Secretname" not in finding.message + finding.hint


def test_most_real_texts_are_found_without_their_hedges() -> None:
    """The rest have other words for what was done: it is quiet where it is not sure."""
    workspace, _ = open_workspace(ROOT)
    desk = Desk({edition.id: edition for edition in workspace.editions}, workspace.settings, date(2026, 11, 23))
    bare, seen = 0, 0
    for file in load_corpus(workspace)[0].files:
        for edition, own in file.case.text.items():
            words = own.main or own.annex or ""
            without = re.sub(r"It was reported that |reportedly |allegedly |, it was alleged,", "", words)
            if without != words:
                bare += 1
                case = file.case.model_copy(update={"text": {edition: EditionText(annex=without)}})
                seen += any(True for _ in CLAIM.run(CaseFile(file.path, case), desk))
    assert seen > bare / 2


def test_the_real_cases_are_sound() -> None:
    workspace, _ = open_workspace(ROOT)
    desk = Desk({edition.id: edition for edition in workspace.editions}, workspace.settings, date(2026, 11, 23))
    for file in load_corpus(workspace)[0].files:
        assert [(check.rule.code, file.path) for check in text.CASE for _ in check.run(file, desk)] == []


def test_style_is_known_in_english_alone() -> None:
    words = style("en")
    assert words is not None
    assert style("fr") is None
    assert words.spellings["organisation"] == "organization"
    assert not set(words.spellings) & set(words.spellings.values())
