"""RC3: faults of consent and risk seeded in sound cases; names and contact data in words, and what only looks alike."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reprisal_cli.checks.consent_text import contact_in, name_in
from reprisal_cli.pipeline.validate import validate
from tests.checks.seeding import GONE, Seeds, codes, seeded
from tests.support.rulebook import AS_OF, FIRST, found, workspace

EGYPT = "cases/EGY/EGY-2017-001.yaml"
SMALLEST = "cases/XXA/XXA-2025-002.yaml"
LONG_AFTER = date(2040, 1, 1)
NAME = {"persons.0.name": "Invented Name"}

FAULTS: list[tuple[str, str, Seeds]] = [
    ("RC301", FIRST, NAME),
    ("RC301", EGYPT, NAME),
    ("RC302", FIRST, {"text.hrc-63.annex": "On 10 January 2026, {p2} was reportedly released."}),
    ("RC302", FIRST, {"un_actions.0.confidential": "yes"}),
    ("RC302", FIRST, {"risk.decision": "statistics-only"}),
    ("RC302", FIRST, {"persons.0.consent.level": "withdrawn"}),
    ("RC302", FIRST, {"persons.0.consent.uses": ["state"], "persons.1.consent.level": "public-no-name"}),
    ("RC302", FIRST, {"un_actions.0.persons": ["p2"]}),
    ("RC303", EGYPT, {"persons.0.consent.source": GONE}),
    ("RC303", EGYPT, {"persons.0.consent.source": "A/HRC/39/41"}),
    ("RC304", EGYPT, {"status": "drafted", "acts.+": {"ref": "a9", "type": "threats", "date": "2018-02-03"}}),
    ("RC304", EGYPT, {"text.hrc-39": {"annex": "It was reported that all was well."}}),
    ("RC305", FIRST, {"persons.0.consent.review_by": "2026-01-31"}),
    ("RC305", FIRST, {"persons.1.consent.review_by": "2026-01-31", "status": "drafted"}),
    ("RC306", FIRST, {"persons.0.consent.review_by": "2026-01-31", "status": "closed"}),
    ("RC306", SMALLEST, {"persons.0.consent": {"level": "public-no-name", "review_by": "2025-12-31"}}),
    ("RC307", FIRST, {"persons.0.consent.uses": ["state", "oral"]}),
    ("RC308", FIRST, {"persons.0.consent.risks_explained": "no"}),
    ("RC308", FIRST, {"persons.1.consent.risks_explained": "no"}),
    ("RC309", FIRST, {"persons.0.consent.risks_explained": GONE}),
    ("RC309", FIRST, {"persons.0.consent.given_by": GONE}),
    ("RC309", FIRST, {"persons.1.consent.date": GONE}),
    ("RC310", FIRST, {"persons.0.consent.date": "2036-01-01"}),
    ("RC311", FIRST, {"persons.1.consent.level": "withdrawn"}),
    ("RC312", FIRST, {"corroboration.note": "Call +41 22 917 90 00."}),
    ("RC312", EGYPT, {"title": "Message from somebody@example.org"}),
    ("RC312", EGYPT, {"persons.0.described": "a defender known as @invented_name"}),
    ("RC312", FIRST, {"responses.0.summary": "he lives at 12 Invented Street."}),
    ("RC312", FIRST, {"history.9.reason": "see https://facebook.com/invented.name"}),
    ("RC312", FIRST, {"sources.1.public": "WhatsApp 0791234567"}),
    ("RC313", EGYPT, {"text.hrc-36.annex": "Mr. Invented Name was reportedly seized."}),
    ("RC313", FIRST, {"responses.0.summary": "Dr. Invented had been tried in public."}),
    ("RC313", FIRST, {"persons.0.described": "Ms. Invented Name"}),
    ("RC314", FIRST, {"title": "Arrest of Ms. Invented Name"}),
    ("RC314", FIRST, {**NAME, "persons.0.consent.level": "public-name", "title": "Arrest of Invented Name"}),
    (
        "RC314",
        FIRST,
        {**NAME, "persons.0.consent.level": "public-name", "persons.0.described": "Invented Name, a woman"},
    ),
    ("RC320", FIRST, {"risk": GONE}),
    ("RC321", FIRST, {"status": "drafted"}),
    ("RC321", FIRST, {"status": "approved", "risk.date": "2025-07-01", "developments": GONE, "measures": GONE}),
    ("RC321", FIRST, {"status": "cleared", "risk.date": "2026-01-20", "risk.review_by": "2026-01-30"}),
    ("RC322", FIRST, {"risk.decision": "do-not-publish"}),
    ("RC323", FIRST, {"persons.0.consent.level": "public-name", "risk.decision": "publish"}),
    ("RC324", FIRST, {"risk.review_by": "2025-01-01"}),
]

SOUND: list[tuple[str, Seeds]] = [
    (FIRST, {**NAME, "persons.0.consent.level": "public-name", "risk.decision": "publish", "risk.mitigations": GONE}),
    (FIRST, {"persons.0.consent.level": "public-name"}),  # capped by publish-withheld
    (FIRST, {"risk.date": "2020-01-01"}),  # printed; the gate asks when it is cleared again
    (FIRST, {"status": "withheld", "risk": GONE, "text": GONE}),
    (FIRST, {"un_actions.0.persons": ["p1", "p2"]}),
    (SMALLEST, {"persons.0.consent": {"level": "public-no-name"}}),
    (EGYPT, {}),
]


@pytest.mark.parametrize(("code", "path", "seeds"), FAULTS)
def test_a_seeded_fault_is_found(code: str, path: str, seeds: Seeds, tmp_path: Path) -> None:
    assert code in codes(seeded(tmp_path, seeds, path), "RC3")


@pytest.mark.parametrize(("path", "seeds"), SOUND)
def test_what_is_sound_is_left_alone(path: str, seeds: Seeds, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, seeds, path), "RC3") == set()


@pytest.mark.parametrize("as_of", [date(2026, 2, 1), LONG_AFTER])
def test_a_published_case_needs_no_review(as_of: date, tmp_path: Path) -> None:
    assert codes(seeded(tmp_path, {}, EGYPT, as_of), "RC3") == set()


def test_no_message_quotes_what_it_is_about(tmp_path: Path) -> None:
    seeds = {**NAME, "title": "Ms. Invented Name, somebody@example.org", "text.hrc-63.annex": "Mr. Invented Name fled."}
    told = " ".join(one.message + one.hint for one in seeded(tmp_path, seeds) if one.code.startswith("RC3"))
    assert "there seems to be a person's name here" in told
    assert not any(part in told for part in ("Invented", "somebody", "example.org"))


def test_a_name_in_text_is_right_where_somebody_is_at_public_name(tmp_path: Path) -> None:
    block = (
        "persons:\n- {ref: p1, kind: individual, gender: female, described: a woman, name: sealed, "
        "consent: {level: public-name}}\ntext: {hrc-60: {annex: Ms. Invented Name was reportedly arrested.}}\n"
    )
    assert "RC313" not in codes(found(tmp_path, block))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("write to a.b@example.org", "e-mail"),
        ("write to jane [at] example.org", "e-mail"),
        ("she posts as @invented_name", "network"),
        ("see https://www.twitter.com/invented", "network"),
        ("on t.me/invented", "network"),
        ("+41 22 917 90 00", "telephone"),
        ("0041229179000", "telephone"),
        ("(022) 917 90 00", "telephone"),
        ("phone: 917 9000", "telephone"),
        ("555-123-4567", "telephone"),
        ("passport AB1234567", "long number"),
        ("identity card 199001011234", "long number"),
        ("P.O. Box 12", "postal"),
        ("lives at 12 Invented Street", "postal"),
        ("at 12 rue de Lausanne", "postal"),
        ("at Calle Mayor 14", "postal"),
    ],
)
def test_contact_data_is_known_by_its_kind(words: str, kind: str) -> None:
    assert kind in contact_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "A/HRC/45/36, paras. 32-34, 36 and 2010-2012; A/HRC/WGAD/2017/78; S/RES/2514(2020)",
        "IDN 2/2020; 5/2009 and GE.14-15023 (E)",
        "10.03.2020, 01-02-2020, 2019-06-01/2020-04-30, 10 March 2020",
        "paras. 58-60, 71, 75 and 80; paras. 194.24 and 194.25",
        "15 000 000 people, 1,000,000 dollars, over 200 names, 31 people",
        "case No. 12345678/2019 before a court",
        "between 2010 and 2020, in 2018-2019",
        "the road to the main street was closed; a place in Geneva; the Boulevard was full",
        "https://docs.un.org/en/A/HRC/45/36",
        "the address of the organization; e-mail and telephone were watched",
    ],
)
def test_what_looks_like_contact_data_is_left_alone(words: str) -> None:
    assert contact_in(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        "Mr. Invented Name was seized",
        "Mr Invented was seized",
        "Ms. al-Invented spoke",
        "He met Dr. Invented",
        "Mr. I. N. of that town",
        "Sheikh Invented Name was held",
        "a man named Invented Name was held",
        "After she had met the Special Rapporteur in Geneva, officers held Ms. Invented Name",
    ],
)
def test_a_name_is_seen(words: str) -> None:
    assert name_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "the High Commissioner, Ms. Invented Name, said",
        "Ms. Invented Name, the High Commissioner, said",
        "the Special Rapporteur on torture, Mr. Invented Name, asked",
        "the Minister of Justice, Mr. Invented Name",
        "Mr. President, the delegation said",
        "Mr. X was seized",
        "Mr. {p1} was seized",
        "he was named Special Rapporteur in 2014",
        "a doctor, Drs without borders, and a mister",
        "an organization named Invented Name",
    ],
)
def test_an_official_a_placeholder_and_an_organization_are_left_alone(words: str) -> None:
    assert not name_in(words)


def test_a_text_elsewhere_about_one_who_is_public_in_another_document_is_found(tmp_path: Path) -> None:
    """The other person may be told of nowhere, so that the case is held back, and the text printed never."""
    source = {"level": "already-public", "source": "A/HRC/60/999"}
    assert "RC304" in codes(seeded(tmp_path / "one", {"persons.0.consent": source}))
    both = {"level": "already-public", "source": ["A/HRC/60/999", "A/HRC/63/999"]}
    reports = {"edition": "hrc-63", "symbol": "A/HRC/63/999", "part": "annex II", "state": "XXA"}
    seeds = {"persons.0.consent": both, "reports.+": reports}
    assert "RC304" not in codes(seeded(tmp_path / "two", seeds))


COMMENTS = {
    "call +41 22 917 90 00": "RC312",
    "somebody@example.org wrote": "RC312",
    "12 Invented Road, ground floor": "RC312",
    "facebook.com/invented": "RC312",
    "Ms. Invented Name told of it": "RC313",
    "a man named Invented": "RC313",
    "https://example.org/en/entity/2ymh97khtks, para. 12, 10 March 2020, A/HRC/45/36, EGY 4/2020": "",
    "the High Commissioner, Ms. Invented Name, spoke of it": "",
}


@pytest.mark.parametrize("comment", COMMENTS)
@pytest.mark.parametrize("place", ["status: received  # {}", "# {}\nstatus: received", "status: rec: eived # {}"])
def test_a_comment_holds_no_name_and_no_contact_data(place: str, comment: str, tmp_path: Path) -> None:
    """git keeps it as it keeps all else, even of a file that cannot be read."""
    folder = workspace(tmp_path)
    path = folder / SMALLEST
    path.write_text(path.read_text(encoding="utf-8").replace("status: received", place.format(comment)), "utf-8")
    listed = [one for one in validate(folder, AS_OF).found if one.code.startswith("RC3")]
    assert [one.code for one in listed] == [code for code in [COMMENTS[comment]] if code]
    for one in listed:
        assert one.location.span is not None
        assert one.location.span.line == 5
        assert "Invented" not in one.message


def test_what_looks_like_a_comment_in_a_text_is_told_as_text(tmp_path: Path) -> None:
    seeds: Seeds = {"text.hrc-63.annex": "On 10 January 2026, {p1} was reportedly released # Ms. Invented Name\n"}
    found = [one for one in seeded(tmp_path, seeds) if one.code == "RC313"]
    assert [one.location.route for one in found] == [("text", "hrc-63", "annex")]
