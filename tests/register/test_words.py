"""The closed lists: every word that the case format and the domain model name, and how a reader meets it."""

import pytest

from reprisal_cli.register.schema import RegisterError
from reprisal_cli.register.words import slugs, word_lists, words

# Lists as the domain model and the case format write them, in their order; the slug rule must give our slugs back.
SOURCES = {
    "practice-kinds": "focal point; protocol; guideline; training; message; resource",
    "acts": """
        killing; execution; attempted killing; death in custody; enforced disappearance; abduction or
        kidnapping; torture or ill-treatment*; sexual or gender-based violence; physical attack*; arbitrary
        arrest or detention; incommunicado detention; house arrest or residential surveillance; deterioration of
        detention conditions; denial of medical care; interrogation or summons; criminal or administrative
        investigation; criminal charges or prosecution; sentencing or conviction; disciplinary or professional
        proceedings; terrorist, extremist or foreign-agent designation; restriction on access to a lawyer*;
        travel ban; confiscation of passport or identity documents; denial of entry, deportation or expulsion;
        deprivation of nationality; raid or search; seizure or destruction of property; asset freeze or account
        closure; forced eviction or house demolition; dismissal or other professional reprisal; restriction on
        resources or funding*; restrictive legislation or regulation*; deregistration, dissolution or forced
        closure*; denial of registration or licence; reporting or prior-authorization requirement for UN
        contact; disruption of communications; threats; death threats; rape or gender-based threats; harassment;
        stigmatization or smear campaign*; hate speech*; surveillance*; online harassment; digital attack or
        spyware; filming or recording without consent; targeting of relatives or associates*; denial of access
        to UN premises, accreditation or participation*; deferral or blocking of consultative status*; pressure
        not to speak; obstruction of UN visit, staff or interviews; attack on or threat to UN personnel or
        premises; pressure on mandate holders or their sources""",
    "effects": "self-censorship; anonymity-requested",
    "act-qualifiers": "repeated; collective; gendered; transnational; new-legislation",
    "act-modes": "online; offline; both",
    "cooperation-modes": """
        participation in a UN meeting; statement delivered; side event; meeting with UN officials on visit or in
        country; submission of information or report; individual complaint or communication; testimony to an
        investigation; briefing of the Security Council; training or workshop; online meeting; application for
        accreditation or consultative status; UN raised the case (decision, opinion, press statement); legal or
        other assistance to a user of procedures; implementing a UN programme; carrying out a UN recommendation
        in public office (e.g. a judge applying a WGAD opinion); perceived cooperation; relative; unclear""",
    "timings": "sought; ongoing; past; perceived; assistance-to-others; relative",
    "links": "explicit-statement; timing; charges-cite-un; pattern; assessed-by-un-body; self-reported",
    "roles": """
        human rights defender; woman human rights defender; activist; journalist or media worker; lawyer or
        legal representative; judge; prosecutor; trade unionist; victim; witness; relative; Indigenous
        representative; minority or religious community member; LGBTIQ+ person or defender; environmental or
        land defender; peacebuilder or Security Council briefer; youth; child; person with disability; refugee,
        migrant or internally displaced; detainee; health worker; academic; humanitarian or implementing
        partner; civil society organization; women's organization; network or coalition; national human rights
        institution (member, staff); UN staff; UN mandate holder; public official; community or traditional
        leader; group or population; not disclosed""",
    "person-kinds": "individual; group; organization; relative; institution",
    "genders": "female; male; other; mixed; not-stated",
    "name-words": "sealed; withheld; not-carried; not-stated",
    "limbs": "a; b; c; d",
    "actor-classes": "state; non-state; de-facto-authority; foreign-state; both; unknown",
    "actor-kinds": """
        police; military; intelligence or national security; prosecutor; judiciary; prison administration;
        immigration or border; ministry or head of Government; parliament; local authority;
        regulator/registry/tax; State media; diplomatic mission; Government-organized NGO; unspecified; armed
        group; paramilitary or militia; business enterprise; religious or political movement; traditional or
        clan leader; media outlet; online accounts; private individual; De facto authorities; Foreign State
        (transnational); Unknown""",
    "state-roles": "carried-out; tolerated; none-alleged",
    "assertions": "alleged; reported; acknowledged-by-State; found-by-body",
    "un-action-kinds": """
        communication; press-release; public-statement; letter (confidential|public); note-verbale; meeting;
        good-offices; oral-update; report-paragraph; opinion; Views/decision; concluding-observation;
        UPR-recommendation; GA/HRC/SC-resolution; visit-suspended""",
    "response-kinds": """
        rejects allegation; denies link with UN cooperation; says acts were lawful (charges, law cited);
        contests status of the person; gives information on health or detention; gives information on
        proceedings; announces or reports investigation; reports remedy or protection; reports release or
        lifting of measure; contests source or method; asks for details; procedural or acknowledges receipt;
        does not address reprisal""",
    "addresses": "yes; partly; no; unclear",
    "measures": """
        investigation opened / concluded; prosecution or discipline of perpetrator; public condemnation;
        protection measure; remedy or reparation; charges dropped; release; law or policy adopted / amended /
        repealed; national focal point or protocol; protection mechanism for defenders; training; dialogue with
        OHCHR; invitation or visit accepted; guarantee of non-repetition; none reported""",
    "measure-statuses": "announced; under-way; completed; reversed",
    "development-kinds": """
        release; further-charge; sentence; appeal; death; exile; travel-ban-lifted; transfer; hearing; remedy;
        further-reprisal; other""",
    "development-effects": "improved; worsened; unchanged; unclear",
    "consent-levels": """
        public-name; public-no-name; public-aggregate; statistics-only; internal-only; none; pending; withdrawn;
        already-public""",
    "consent-uses": "report; state; oral; press",
    "consent-givers": "victim; family; legal-representative; organization",
    "source-kinds": """
        victim; relative; NGO; NHRI; UN-field; UN-mechanism; regional-body; State; media; court-record; other""",
    "source-identities": "sealed; public; withheld",
    "corroboration-statuses": "unchecked; checked; corroborated; contradicted",
    "corroboration-standards": "reasonable-grounds",
    "risk-levels": "low; medium; high; unknown",
    "mitigations": "withhold name; aggregate; delay; omit place; omit date",
    "risk-decisions": "publish; publish-withheld; statistics-only; do-not-publish",
    "signoff-subjects": "text; safety; response",
    "statuses": """
        received; screened; verified; cleared; transmitted; answered; unanswered; drafted; approved; published;
        follow-up; closed; withheld; withdrawn; rejected; merged""",
    "records": "individual; group; organization; situation",
    "places": "main; annex-1; annex-2",
}
AS_WRITTEN = {
    "letters": ("AL", "UA", "OL", "JAL", "JUA"),
    "parts": ("main", "annex I", "annex II"),
}
OWN = {"regional-groups", "body-kinds"}
"""Lists that the registers themselves need; no case file uses their words."""


@pytest.mark.parametrize("name", SOURCES)
def test_the_slugs_of_a_list_are_its_source_words_under_the_slug_rule(name: str) -> None:
    expected = [slug for source in SOURCES[name].split(";") for slug in slugs(" ".join(source.split()))]
    assert list(words(name)) == expected


def test_letters_and_parts_are_written_as_the_case_format_has_them() -> None:
    assert {name: words(name).slugs for name in AS_WRITTEN} == AS_WRITTEN


def test_no_list_is_without_a_source() -> None:
    assert set(word_lists()) == SOURCES.keys() | AS_WRITTEN.keys() | OWN


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Women's organization", ("womens-organization",)),
        ("LGBTIQ+ person or defender", ("lgbtiq-person-or-defender",)),
        ("torture or ill-treatment*", ("torture-or-ill-treatment",)),
        ("Côte (of ivory) d’Or", ("cote-dor",)),
        ("investigation opened / concluded", ("investigation-opened", "investigation-concluded")),
        ("regulator/registry/tax", ("regulator-registry-tax",)),
    ],
)
def test_the_slug_rule(source: str, expected: tuple[str, ...]) -> None:
    assert slugs(source) == expected


def test_every_word_prints_in_english_as_words_not_as_a_slug() -> None:
    for listed in word_lists().values():
        for slug in listed:
            label = listed.label(slug, "en")
            assert label == label.strip() != ""
            assert "_" not in label


def test_acts_stand_in_the_groups_of_the_model() -> None:
    acts = words("acts")
    assert acts.group("travel-ban") == "movement-and-status"
    assert acts.group_label("access-to-the-un", "en") == "Access to the United Nations"
    assert len(acts.groups) == 8
    assert all(acts.group(slug) in acts.groups for slug in acts)


def test_an_actor_kind_is_grouped_by_the_class_it_belongs_to() -> None:
    kinds = words("actor-kinds")
    assert {kinds.group(kind) for kind in kinds} <= set(words("actor-classes"))
    assert (kinds.group("police"), kinds.group("armed-group")) == ("state", "non-state")


def test_a_list_without_groups_has_none() -> None:
    assert words("roles").group("judge") is None


@pytest.mark.parametrize(
    ("name", "source", "slug"),
    [
        ("effects", "self-censorship or non-engagement for fear of reprisals", "self-censorship"),
        (
            "acts",
            "denial of access to UN premises, accreditation or participation",
            "denial-of-access-to-un-premises-accreditation-or-participation",
        ),
        ("roles", "Refugee, migrant or internally displaced", "refugee-migrant-or-internally-displaced"),
        ("letters", "JUA", "JUA"),
    ],
)
def test_a_sources_own_words_are_found(name: str, source: str, slug: str) -> None:
    assert words(name).find(source) == slug


def test_words_of_no_list_are_not_found() -> None:
    assert words("acts").find("weather") is None


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("acts", "travelban", "travel-ban"),
        ("acts", "Travel ban", "travel-ban"),
        ("genders", "femal", "female"),
        ("acts", "quantum", None),
    ],
)
def test_a_misspelt_word_brings_the_word_that_was_meant(name: str, typed: str, meant: str | None) -> None:
    assert words(name).suggest(typed) == meant


def test_a_missing_language_is_told_and_never_replaced_by_english() -> None:
    with pytest.raises(RegisterError, match="acts: killing has no wording in fr"):
        words("acts").label("killing", "fr")


def test_a_list_that_does_not_exist_is_told() -> None:
    with pytest.raises(RegisterError, match="no list colours"):
        words("colours")


def test_the_register_explains_what_needs_it() -> None:
    assert "counted apart from acts" in (words("effects").meaning("self-censorship", "en") or "")
    assert words("acts").meaning("killing", "en") is None
