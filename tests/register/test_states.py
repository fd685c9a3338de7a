"""States: the United Nations' names as of a date, their order, and what a misspelt one brings."""

import subprocess
import sys
from datetime import date

import pytest

from reprisal_cli.register.schema import RegisterError
from reprisal_cli.register.states import states

# The names of the United Nations' list of Member States, the observers in their places, in the report's order; read
# one by one against that list. pycountry gives most of them: a release that changes one shows here.
IN_ORDER = """
    Afghanistan; Albania; Algeria; Andorra; Angola; Antigua and Barbuda; Argentina; Armenia; Australia; Austria;
    Azerbaijan; Bahamas; Bahrain; Bangladesh; Barbados; Belarus; Belgium; Belize; Benin; Bhutan; Bolivia
    (Plurinational State of); Bosnia and Herzegovina; Botswana; Brazil; Brunei Darussalam; Bulgaria; Burkina
    Faso; Burundi; Cabo Verde; Cambodia; Cameroon; Canada; Central African Republic; Chad; Chile; China;
    Colombia; Comoros; Congo; Costa Rica; Côte d'Ivoire; Croatia; Cuba; Cyprus; Czechia; Democratic People's
    Republic of Korea; Democratic Republic of the Congo; Denmark; Djibouti; Dominica; Dominican Republic;
    Ecuador; Egypt; El Salvador; Equatorial Guinea; Eritrea; Estonia; Eswatini; Ethiopia; Fiji; Finland; France;
    Gabon; Gambia; Georgia; Germany; Ghana; Greece; Grenada; Guatemala; Guinea; Guinea-Bissau; Guyana; Haiti;
    Holy See; Honduras; Hungary; Iceland; India; Indonesia; Iran (Islamic Republic of); Iraq; Ireland; Israel;
    Italy; Jamaica; Japan; Jordan; Kazakhstan; Kenya; Kiribati; Kuwait; Kyrgyzstan; Lao People's Democratic
    Republic; Latvia; Lebanon; Lesotho; Liberia; Libya; Liechtenstein; Lithuania; Luxembourg; Madagascar;
    Malawi; Malaysia; Maldives; Mali; Malta; Marshall Islands; Mauritania; Mauritius; Mexico; Micronesia
    (Federated States of); Monaco; Mongolia; Montenegro; Morocco; Mozambique; Myanmar; Namibia; Nauru; Nepal;
    Netherlands (Kingdom of the); New Zealand; Nicaragua; Niger; Nigeria; North Macedonia; Norway; Oman;
    Pakistan; Palau; Panama; Papua New Guinea; Paraguay; Peru; Philippines; Poland; Portugal; Qatar; Republic of
    Korea; Republic of Moldova; Romania; Russian Federation; Rwanda; Saint Kitts and Nevis; Saint Lucia; Saint
    Vincent and the Grenadines; Samoa; San Marino; Sao Tome and Principe; Saudi Arabia; Senegal; Serbia;
    Seychelles; Sierra Leone; Singapore; Slovakia; Slovenia; Solomon Islands; Somalia; South Africa; South
    Sudan; Spain; Sri Lanka; Sudan; Suriname; Sweden; Switzerland; Syrian Arab Republic; Tajikistan; Thailand;
    Timor-Leste; Togo; Tonga; Trinidad and Tobago; Tunisia; Türkiye; Turkmenistan; Tuvalu; Uganda; Ukraine;
    United Arab Emirates; United Kingdom of Great Britain and Northern Ireland; United Republic of Tanzania;
    United States of America; Uruguay; Uzbekistan; Vanuatu; Venezuela (Bolivarian Republic of); Viet Nam; Yemen;
    Zambia; Zimbabwe; State of Palestine"""

RUNNING = {
    "BHS": "the Bahamas",
    "BOL": "the Plurinational State of Bolivia",
    "CAF": "the Central African Republic",
    "COM": "the Comoros",
    "COG": "the Congo",
    "PRK": "the Democratic People's Republic of Korea",
    "COD": "the Democratic Republic of the Congo",
    "DOM": "the Dominican Republic",
    "GMB": "the Gambia",
    "VAT": "the Holy See",
    "IRN": "the Islamic Republic of Iran",
    "LAO": "the Lao People's Democratic Republic",
    "MHL": "the Marshall Islands",
    "FSM": "the Federated States of Micronesia",
    "NLD": "the Kingdom of the Netherlands",
    "NER": "the Niger",
    "PHL": "the Philippines",
    "KOR": "the Republic of Korea",
    "MDA": "the Republic of Moldova",
    "RUS": "the Russian Federation",
    "SDN": "the Sudan",
    "SYR": "the Syrian Arab Republic",
    "ARE": "the United Arab Emirates",
    "GBR": "the United Kingdom of Great Britain and Northern Ireland",
    "TZA": "the United Republic of Tanzania",
    "USA": "the United States of America",
    "VEN": "the Bolivarian Republic of Venezuela",
    "PSE": "the State of Palestine",
}

GROUPS = {
    "african": 54,
    "asia-pacific": 54,
    "eastern-european": 23,
    "latin-american-and-caribbean": 33,
    "western-european-and-other": 29,
}


def test_every_state_has_the_united_nations_name_and_place() -> None:
    known = states()
    ordered = sorted(known.codes, key=lambda code: known.sort_key(code, "en"))
    assert [known.name(code, "en") for code in ordered] == " ".join(IN_ORDER.split()).split("; ")


def test_193_members_and_two_observers() -> None:
    known = states()
    assert sum(known.member(code) for code in known.codes) == 193
    assert [code for code in known.codes if not known.member(code)] == ["PSE", "VAT"]


def test_the_regional_groups_have_their_size_and_observers_have_none() -> None:
    known = states()
    found = [known.group(code) for code in known.codes]
    assert {group: found.count(group) for group in GROUPS} == GROUPS
    assert known.group("PSE") is known.group("VAT") is None


def test_inside_a_sentence_a_name_has_its_article_where_one_is_used() -> None:
    known = states()
    found = {code: known.running(code, "en") for code in known.codes}
    assert {code: name for code, name in found.items() if name != known.name(code, "en")} == RUNNING


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("TUR", "2022-05-31", "Turkey"),
        ("TUR", "2022-06-01", "Türkiye"),
        ("SWZ", "2017-09-01", "Swaziland"),
        ("SWZ", "2018-09-01", "Eswatini"),
        ("MKD", "2018-09-01", "The former Yugoslav Republic of Macedonia"),
        ("MKD", "2019-09-01", "North Macedonia"),
        ("CZE", "2015-09-01", "Czech Republic"),
        ("CZE", "2016-09-01", "Czechia"),
        ("CPV", "2013-09-01", "Cape Verde"),
        ("CPV", "2014-09-01", "Cabo Verde"),
        ("NLD", "2022-09-01", "Netherlands"),
        ("NLD", "2023-09-01", "Netherlands (Kingdom of the)"),
        ("LBY", "2011-06-01", "Libyan Arab Jamahiriya"),
        ("LBY", "2012-06-01", "Libya"),
    ],
)
def test_a_state_has_the_name_that_it_had_on_the_day_of_the_document(code: str, day: str, name: str) -> None:
    assert states().name(code, "en", date.fromisoformat(day)) == name


def test_an_earlier_name_brings_its_own_full_and_running_form_and_place() -> None:
    known, day = states(), date(2018, 9, 1)
    assert known.full_name("TUR", "en", day) == "Republic of Turkey"
    assert known.running("MKD", "en", day) == "the former Yugoslav Republic of Macedonia"
    ordered = sorted(known.codes, key=lambda code: known.sort_key(code, "en", day))
    assert ordered[ordered.index("THA") :][:3] == ["THA", "MKD", "TLS"]


@pytest.mark.parametrize(
    ("code", "full"),
    [
        ("EGY", "Arab Republic of Egypt"),
        ("VEN", "Bolivarian Republic of Venezuela"),
        ("TUR", "Republic of Türkiye"),
        ("ERI", "State of Eritrea"),
        ("CAN", "Canada"),
        ("KOR", "Republic of Korea"),
        ("RUS", "Russian Federation"),
    ],
)
def test_the_full_name_is_the_official_one_without_article(code: str, full: str) -> None:
    assert states().full_name(code, "en") == full


def test_no_official_name_begins_with_an_article() -> None:
    known = states()
    assert not [code for code in known.codes if known.full_name(code, "en").startswith("the ")]


def test_a_workspace_may_name_user_assigned_codes() -> None:
    known = states().with_extra({"XXA": "Exampleland"})
    assert known.name("XXA", "en") == known.running("XXA", "fr") == known.full_name("XXA", "en") == "Exampleland"
    assert (known.group("XXA"), known.member("XXA")) == (None, False)
    assert known.sort_key("EST", "en") < known.sort_key("XXA", "en") < known.sort_key("FJI", "en")
    assert "XXA" not in states()


@pytest.mark.parametrize("names", [{"EGY": "Elsewhere"}, {"XKX": "Elsewhere"}, {"XXA": " "}])
def test_a_workspace_may_not_rename_a_state_or_leave_a_name_empty(names: dict[str, str]) -> None:
    with pytest.raises(RegisterError):
        states().with_extra(names)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Syria", "SYR"), ("Russia", "RUS"), ("Laos", "LAO"), ("venezuela", "VEN"), ("South Korea", "KOR"),
        ("UAE", "ARE"), ("Turkey", "TUR"), ("Burma", "MMR"), ("Egypt", "EGY"), ("EG", "EGY"), ("egy", "EGY"),
        ("Venezuella", "VEN"), ("Arab Republic of Egypt", "EGY"), ("Palestine", "PSE"), ("QQQ", None),
    ],
)  # fmt: skip
def test_what_was_typed_brings_the_state_that_was_meant(typed: str, code: str | None) -> None:
    assert states().suggest(typed) == code


def test_a_name_in_a_language_without_wording_is_told() -> None:
    with pytest.raises(RegisterError, match="EGY has no name in fr"):
        states().name("EGY", "fr")


def test_a_code_that_is_no_state_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        states().name("QQQ", "en")


def test_the_register_opens_without_loading_pycountry_or_num2words() -> None:
    """Most commands print no State's name; reading pycountry costs more than all registers."""
    program = (
        "import sys; from reprisal_cli.register import bodies, sessions, states, words;"
        "bodies.bodies(); sessions.sessions(); states.states(); words.word_lists();"
        "print('pycountry' in sys.modules, 'num2words' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
