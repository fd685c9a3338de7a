"""Bodies and mechanisms: what sources call them, which family counts them, how they are printed."""

import re

import pytest

from reprisal_cli.register.bodies import bodies, families, family_name
from reprisal_cli.register.schema import RegisterError

# Every mechanism that the published records name, as they write it.
PUBLISHED = {
    "CICIG": "cicig",
    "Committee against Torture": "cat",
    "Committee on the Elimination of Discrimination against Women": "cedaw",
    "Committee on the Elimination of Racial Discrimination": "cerd",
    "Deputy High Commissioner for Human Rights": "deputy-high-commissioner",
    "Economic and Social Council": "ecosoc",
    "Forum on Business and Human Rights": "forum-business",
    "Group of Eminent International and Regional Experts on Yemen": "gee-yemen",
    "High Commissioner for Human Rights": "high-commissioner",
    "Human Rights Committee": "ccpr",
    "Human Rights Council investigation (not named in the excerpt)": "hrc-investigations",
    "Human Rights Council side event": "hrc",
    "Human Rights Council": "hrc",
    "Independent investigation (fact-finding mission)": "hrc-investigations",
    "OHCHR": "ohchr",
    "Peace operation: MONUSCO (UNJHRO)": "monusco",
    "Peace operation: UNAMA": "unama",
    "Peace operation: UNMISS": "unmiss",
    "Peace operation: UNSMIL": "unsmil",
    "Permanent Forum on Indigenous Issues": "pfii",
    "Secretary-General": "sg",
    "Security Council sanctions committee": "sanctions-committees",
    "Security Council": "security-council",
    "Special Rapporteur on extreme poverty and human rights": "sr-extreme-poverty",
    "Special Rapporteur on freedom of peaceful assembly and of association": "sr-assembly",
    "Special Rapporteur on the independence of judges and lawyers": "sr-judges",
    "Special Rapporteur on the situation of human rights in Belarus": "sr-belarus",
    "Special Rapporteur on the situation of human rights in Myanmar": "sr-myanmar",
    "Subcommittee on Prevention of Torture": "spt",
    "UN conference (Convention against Corruption)": "uncac-cosp",
    "UN conference (Global Compact for Migration)": "gcm",
    "UN humanitarian programmes": "un-humanitarian",
    "United Nations human rights mechanisms (unspecified)": "un-unspecified",
    "Universal periodic review": "upr",
    "Working Group on Arbitrary Detention": "wgad",
    "Working Group on Enforced or Involuntary Disappearances": "wgeid",
    "special procedures (thematic)": "special-procedures",
    "treaty bodies": "treaty-bodies",
    # who took an action, in the same records
    "Assistant Secretary-General": "asg",
    "Assistant Secretary-General and others": "asg",
    "CAT": "cat",
    "CEDAW": "cedaw",
    "CERD": "cerd",
    "SPT": "spt",
    "High Commissioner": "high-commissioner",
    "High Commissioner's Office": "ohchr",
    "OHCHR report": "ohchr",
    "special procedures": "special-procedures",
    "Security Council resolution": "security-council",
}

# What the domain model (3.2) and the case format name and no record does.
NAMED = """
    hrc hrc-president upr special-procedures treaty-bodies un-unspecified security-council ga third-committee
    ecosoc committee-on-ngos pfii hlpf csw coordination-committee wgad wgeid wgdawg wg-business wgepad emrip
    emrtd forum-minority forum-business advisory-committee complaint-procedure hrc-investigations iiim iimm cat
    cedaw ccpr cescr cerd spt crc cmw crpd ced sg high-commissioner deputy-high-commissioner asg ohchr
    ohchr-field country-teams unama unmiss unsmil monusco minusma minusca unami unamid un-women ilo undp unhcr
    unesco un-agencies vfvt uncac-cosp climate-cop gcm cicig un-humanitarian iachr achpr coe aichr sr-defenders
    sr-extreme-poverty sr-assembly sr-judges sr-belarus sr-myanmar
"""


@pytest.mark.parametrize(("written", "body"), PUBLISHED.items())
def test_every_mechanism_of_the_published_records_is_found(written: str, body: str) -> None:
    assert bodies().find(written) == body


@pytest.mark.parametrize("body", NAMED.split())
def test_every_body_that_the_case_format_names_has_its_id(body: str) -> None:
    assert body in bodies()


def test_ids_are_short_and_lower_case() -> None:
    assert all(re.fullmatch("[a-z][a-z0-9-]{1,27}", body) for body in bodies())


def test_the_families_are_those_of_the_case_format_and_none_is_empty() -> None:
    expected = ["hrc", "upr", "special-procedures", "treaty-bodies", "security-council", "ohchr-and-sg", "other-un"]
    assert list(families()) == [*expected, "regional"]
    assert {bodies().family(body) for body in bodies()} == set(families())


@pytest.mark.parametrize(
    ("body", "family"),
    [
        ("sr-defenders", "special-procedures"),
        ("spt", "treaty-bodies"),
        ("unama", "security-council"),
        ("hrc-president", "hrc"),
        ("asg", "ohchr-and-sg"),
        ("cicig", "other-un"),
        ("iachr", "regional"),
        ("upr", "upr"),
    ],
)
def test_a_body_belongs_to_its_family(body: str, family: str) -> None:
    assert bodies().family(body) == family


def test_a_rapporteurs_id_says_which_kind_of_mandate_it_is() -> None:
    for body in bodies():
        prefix = {"sr-": "Special Rapporteur", "ie-": "Independent Expert"}.get(body[:3])
        if prefix:
            assert bodies().name(body, "en").startswith(prefix)


def test_every_thematic_mandate_of_the_council_is_there() -> None:
    thematic = {body for body in bodies() if bodies().family(body) == "special-procedures"}
    assert len([body for body in thematic if body.startswith(("wg-", "wg"))]) == 7
    assert {"sr-torture", "sr-expression", "sr-executions", "ie-sogi", "sr-toxics", "sr-climate"} <= thematic


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        ("cedaw", "the Committee on the Elimination of Discrimination against Women"),
        ("special-procedures", "special procedures mandate holders"),
        ("high-commissioner", "the High Commissioner for Human Rights"),
        ("ohchr", "OHCHR"),
        ("sg", "the Secretary-General"),
        ("un-women", "UN-Women"),
        ("upr", "the universal periodic review"),
    ],
)
def test_inside_a_sentence_a_body_has_its_article(body: str, printed: str) -> None:
    assert bodies().running(body, "en") == printed


def test_the_short_form_is_the_abbreviation_or_else_the_name() -> None:
    assert bodies().short("cedaw", "en") == "CEDAW"
    assert bodies().short("sg", "en") == bodies().name("sg", "en") == "Secretary-General"


def test_no_name_is_printed_with_an_article_twice() -> None:
    assert not [body for body in bodies() if bodies().running(body, "en").casefold().startswith("the the ")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sr-defender", "sr-defenders"),
        ("Special Rapporteur on human rights defender", "sr-defenders"),
        ("CEDAW", "cedaw"),
        ("zzzzzz", None),
    ],
)
def test_a_misspelt_body_brings_the_one_that_was_meant(typed: str, meant: str | None) -> None:
    assert bodies().suggest(typed) == meant


def test_names_are_found_whatever_their_case_spaces_and_apostrophes() -> None:
    assert bodies().find("the  high commissioner’s office") == "ohchr"


def test_a_missing_language_is_told() -> None:
    with pytest.raises(RegisterError, match="cat has no wording in fr"):
        bodies().name("cat", "fr")
    assert family_name("treaty-bodies", "en") == "Human rights treaty bodies"
