"""Which names are found, and which are left alone. All names are invented; given names are common ones on purpose."""

from __future__ import annotations

import random

import pytest

from reprisal_cli.compile.tree import Front, Para, Part, Report, Table, Text
from reprisal_cli.pipeline.gate import own_texts
from reprisal_cli.protect.scan.gate import scan
from reprisal_cli.protect.scan.match import Matcher, matcher_of, search
from reprisal_cli.protect.scan.pieces import Piece
from reprisal_cli.protect.secrets import Desk, Identity, Secrets
from tests.protect.scanning import IDENTITIES, SECRETS, SPELLINGS, matcher
from tests.support.built import EDITIONS, edition

_GIVEN = (
    "Mohammed Ahmed Ali Hassan Omar Khalid Ibrahim Yusuf Fatima Aisha Maryam Layla Noor Zahra Ivan Dmitri Sergei Olga "
    "Tatiana Natalia Maria Ana Juan Carlos Jose Luis Pedro Rosa Carmen Elena Sofia John Peter Paul Mary Anne Grace "
    "Ruth Wei Ming Li Hua Jun Min Ji Nino Giorgi Tamar Amina Ibrahima Mamadou Kofi Ama Priya Ravi Anil Hans Greta"
)
GIVEN = _GIVEN.split()
_FAMILY = (
    "Hassoun Barakati Nasserov Khalidian Omarzadeh Petrenkov Sidorchuk Volkovich Ivanenko Marquina Toresano Delgarde "
    "Riverón Castellar Smitherson Browning Greenfeld Okonkwe Mensahene Diallou Traorede Sharmani Patelkar Raoson "
    "Nguyenne Tranholm Zhangfei Wangsu Chenlo Leeward Kimball Parkson Beridzen Kapanadzi Muellerin Schmidhauer"
)
FAMILY = _FAMILY.split()
SYLLABLES = "ba ko zi mu ter lan vor esh qui dra nol fex pim gur tash vel oni rek sud yam"
OTHERS = sorted({f"{given} {family}" for given in GIVEN for family in FAMILY[len(given) % 4 :: 5]})
"""Names of nobody in the vault: common given names, and family names that look like common ones."""


def _vault() -> Secrets:
    """Two hundred invented persons, each with a common given name: half of them with a family name of the same kind as
    those of the others."""
    draw = random.Random(4)
    syllables = SYLLABLES.split()
    identities = []
    for number in range(200):
        family = "".join(draw.choice(syllables) for _ in range(3)).capitalize()
        name = f"{draw.choice(GIVEN)} {family if number % 2 else family[:4] + draw.choice(FAMILY)[-4:]}"
        contact = (f"{family.lower()}{number}@mail.example", f"+999 55 {draw.randint(1000000, 9999999)}")
        identities.append(Identity(f"XXA-2024-{number:03}", "p1", (name,), contact))
    places = {one.case: ("Exampleland",) for one in identities}
    return Secrets(tuple(identities), places=places, keyed=True)


@pytest.fixture(scope="module")
def crowd() -> Matcher:
    return matcher_of(_vault())


def whats(text: str, by: Matcher | None = None) -> set[str]:
    return {hit.what for hit in search(by or matcher(), Piece("x", text))}


# --- what is left alone ----------------------------------------------------------------------------------------------


def test_at_most_one_in_a_hundred_other_names_is_blocked(crowd: Matcher) -> None:
    assert len(OTHERS) >= 300
    blocked = [name for name in OTHERS if whats(f"It was alleged that {name} was arrested in Exampleland.", crowd)]
    assert len(blocked) * 100 <= len(OTHERS), blocked


@pytest.mark.parametrize("name", EDITIONS)
def test_no_clean_document_of_this_repository_has_a_finding(name: str, crowd: Matcher) -> None:
    for file, content in edition(name).items():
        assert scan(file, content, crowd) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ninoslava",
        "Mohammed said so",
        "Ms. Wang of Otherland",
        "Xiaoyu is a given name",
        "N. S. of Otherland",
        "Ninoslava Petrovskaya",
        "Mohammed Alami",
        "Wang Xiaoming",
        "A/HRC/60/999, para. 12 (2024-05-01/2025-04-30)",
        "a state of siege, an ally, an analysis",
    ],
)
def test_a_part_of_a_name_and_other_names_are_left_alone(text: str) -> None:
    assert whats(f"It was alleged that {text}.") == set()


def test_a_short_single_name_blocks_nothing() -> None:
    by = matcher_of(Secrets((Identity("XXA-2025-001", "p1", ("Ana",)), Identity("XXA-2025-002", "p1", ("Ana Li",)))))
    assert whats("Ana met Li in the banal Mariana Lima, an alibi. an ali.", by) == set()
    assert whats("Ana Li was there", by) == {"name", "near"}


# --- what is found ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "case"), [(text, case) for _, text, case in SPELLINGS], ids=[one[0] for one in SPELLINGS]
)
def test_a_spelling_is_found_in_a_sentence(text: str, case: str) -> None:
    hits = list(search(matcher(), Piece("x", f"On 3 May 2025, it was alleged that {text} was threatened.")))
    assert case in {hit.case for hit in hits}


def test_a_name_printed_by_consent_may_stand_in_the_texts_of_its_own_case_alone() -> None:
    own = "On 3 May 2025, Ninoslava Shchukinskaya was reportedly threatened by the police."
    printed = tuple(Identity(one.case, one.ref, one.names, one.contact, True) for one in IDENTITIES)
    by = matcher_of(Secrets(printed, SECRETS.desks, SECRETS.places, {IDENTITIES[0].case: own}, True))

    def found(text: str, body: bool = True) -> set[str]:
        return {hit.what for hit in search(by, Piece("x", text, body=body))}

    assert found(f"12. {own} 13. Another was not.") == set()
    assert found("13. In another case, Ninoslava Shchukinskaya was named.") == {"name", "near"}
    assert found(own, body=False) == {"name", "near"}
    assert found(own.replace("Ninoslava", "ninoshch@mail.example")) >= {"contact"}


def test_a_name_printed_by_consent_may_stand_in_a_row_of_a_table_too() -> None:
    row = "XXA Ninoslava Shchukinskaya threats, by the police annex I, para. 4"
    printed = tuple(Identity(one.case, one.ref, one.names, one.contact, True) for one in IDENTITIES)
    for own, expected in (({IDENTITIES[0].case: "A text."}, set()), ({}, {"name", "near"})):
        by = matcher_of(Secrets(printed, SECRETS.desks, SECRETS.places, own, True, row))
        assert {hit.what for hit in search(by, Piece("x", row, body=True))} == expected


def test_what_is_kept_for_printed_names_grows_with_the_cases_and_not_with_their_square() -> None:
    """A report of 3,000 cases needs no gigabytes to be searched."""

    def kept(count: int) -> int:
        rows = tuple(((Text(f"case {number}"),), (Text("Exampleland, threats"),)) for number in range(count))
        paras = [Para(f"p_{number}", (Text("Told."),), cases=(f"XXA-2025-{number:03}",)) for number in range(count)]
        main = Part("main", (*paras, Table("t", (), rows, (0.5, 0.5))))
        report = Report("en", Front(*("",) * 11, (), "", ""), (main,), {})
        own, lines = own_texts({case for para in paras for case in para.cases}, report)
        assert len(own) == count
        return sum(map(len, own.values())) + len(lines)

    assert kept(200) < 2.2 * kept(100)


# --- without a key ---------------------------------------------------------------------------------------------------

DESK = Desk(
    "XXA-2025-009",
    "Invented, questioning at an airport",
    ("Two independent sources, one of them a colleague.",),
    ("Invented Officer", "desk", "desk-17"),
    ("XXA 3/2025", "the inquiry was closed without result"),
)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Invented, questioning at an airport", "title"),
        ("INVENTED, QUESTIONING AT AN AIRPORT", "title"),
        ("Two independent sources, one of them a colleague", "note"),
        ("by Invented Officer", "staff"),
        ("seen by desk-17", "staff"),
        ("see XXA 3/2025.", "action"),
        ("that the inquiry was closed without result", "action"),
        ("write to somebody@mail.example", "mail"),
        ("write to somebody [at] mail [dot] example", "mail"),
        ("call +999 22 555 01 99", "phone"),
        ("call 022 555 01 99", "phone"),
        ("follow @somebody_x", "handle"),
        ("see https://t.me/somebody", "handle"),
    ],
)
def test_what_case_files_hold_for_the_desk_is_found_without_a_key(text: str, what: str) -> None:
    assert what in whats(f"It was said: {text}.", matcher_of(Secrets(desks=(DESK,))))


@pytest.mark.parametrize(
    "text",
    [
        "a case of questioning at an airport",
        "the desk of the office",
        "see XXA 3/20251 and XXXA 3/2025",
        "on 01-02-2025, 2025-01-02, A/HRC/60/999, para. 1234567",
        "write to registry@ohchr.org",
        "#import @preview/x and @ref",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert whats(f"It was said: {text}.", matcher_of(Secrets(desks=(DESK,)))) == set()
