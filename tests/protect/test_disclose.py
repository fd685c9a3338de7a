"""What may be shown to whom: the table of consents, the risk decision, the status, persons and items one by one."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprisal_cli.protect.public import Audience, PublicCorpus, Seal
from reprisal_cli.register.words import words
from tests.support.builders import HRC_60, case, compiled, everything, person, shown

NAME = "Zarathustra Spitama"
LEVELS = tuple(words("consent-levels").slugs)
STATUSES = tuple(words("statuses").slugs)
DECISIONS = (None, *words("risk-decisions").slugs)
NEVER = {"received", "screened", "verified", "withheld", "withdrawn", "rejected", "merged"}

# The table of the contract. N: named, D: described, S: counted for the State, W: counted in the world, -: nothing.
PUBLIC = {
    "public-name": "N",
    "public-no-name": "D",
    "public-aggregate": "S",
    "statistics-only": "W",
    "already-public": "D",
}
STATE = {"public-name": "N", "public-no-name": "D", "already-public": "D"}
RISK = {None: "-", "publish": "N", "publish-withheld": "D", "statistics-only": "W", "do-not-publish": "-"}
ORDER = "-WSDN"


def with_consent(level: str, **consent: Any) -> dict[str, Any]:
    if level == "already-public":
        consent.setdefault("source", "A/HRC/60/999")
    name = NAME if level == "public-name" else "sealed"
    return person(name=name, described="a woman lawyer", consent={"level": level, **consent})


def decided(decision: str | None) -> dict[str, Any] | None:
    return {"date": "2025-02-25", "by": "desk-1", "decision": decision} if decision else None


def seen(public: PublicCorpus) -> str:
    """How far the only person of the only case is shown."""
    if public.cases:
        assert [one.id for one in public.cases] == ["XXA-2025-101"]
        shown_as = public.cases[0].persons[0].shown
        assert shown_as in (NAME, "a woman lawyer")
        assert public.counted[0].states == ("XXA",)
        return "N" if shown_as == NAME else "D"
    if public.counted:
        return "S" if public.counted[0].states else "W"
    return "-"


def least(*levels: str) -> str:
    return min(levels, key=ORDER.index)


@pytest.mark.parametrize("level", LEVELS)
def test_consent_audience_risk_and_status_each_cap_what_is_shown(level: str) -> None:
    """The whole table: every level with every use, audience, risk decision and status."""
    uses = (["report"], ["state"], ["report", "state"], ["oral", "press"])
    for use, audience, decision, status in product(uses, (Audience.PUBLIC, Audience.STATE), DECISIONS, STATUSES):
        one = case(
            status=status,
            persons=[with_consent(level, uses=use)],
            risk=decided(decision),
            text={"hrc-60": {"annex": "x"}},
        )
        public = shown([one], audience=audience)
        needed = "state" if audience is Audience.STATE else "report"
        allowed = (STATE if audience is Audience.STATE else PUBLIC).get(level, "-")
        if needed not in use and level != "already-public":
            allowed = "-"
        cap = "N" if decision is None and level == "already-public" else RISK[decision]
        wanted = least(allowed, cap, "-" if status in NEVER else "N")
        assert seen(public) == wanted, (use, audience, decision, status)
        assert bool(public.held_back) == (wanted not in "DN")


def test_consent_is_for_the_report_if_no_use_is_named() -> None:
    one = case(persons=[person(consent={"level": "public-no-name"})])
    assert len(shown([one]).cases) == 1
    assert len(shown([one], audience=Audience.STATE).cases) == 0


@pytest.mark.parametrize(
    ("source", "told"), [("A/HRC/60/999", 1), (["A/HRC/1/1", "A/HRC/60/999"], 1), ("A/HRC/1/1", 0)]
)
def test_already_public_covers_the_editions_with_its_symbols_alone(source: Any, told: int) -> None:
    one = case(persons=[with_consent("already-public", source=source)], risk=None, text={"hrc-60": {"annex": "x"}})
    public = shown([one])
    assert len(public.cases) == told
    if not told:
        assert [(held.id, held.reason) for held in public.held_back] == [
            ("XXA-2025-101", "consent does not cover this document")
        ]


def test_already_public_covers_the_copy_of_its_edition() -> None:
    copy = {**HRC_60, "id": "ga-80", "symbol": "A/80/999", "of": "hrc-60"}
    one = case(persons=[with_consent("already-public")], risk=None, text={"hrc-60": {"annex": "x"}})
    assert len(shown([one], "ga-80", [HRC_60, copy]).cases) == 1


def test_a_sealed_name_is_described_even_where_it_may_be_printed() -> None:
    one = case(persons=[person(name="sealed", consent={"level": "public-name"})])
    told = shown([one]).cases[0].persons[0]
    assert (told.shown, told.withheld) == ("a lawyer called p1", True)


@pytest.mark.parametrize(
    ("name", "withheld"), [("sealed", True), ("withheld", True), ("not-carried", False), ("not-stated", False)]
)
def test_only_a_name_that_is_known_and_not_printed_is_called_withheld(name: str, withheld: bool) -> None:
    report, _ = compiled([case(persons=[person(name=name)])])
    assert ("Names and details that could identify" in everything(report)) is withheld


def test_a_situation_without_persons_is_told_as_risk_and_status_allow() -> None:
    for decision, told in (
        (None, 0),
        ("publish", 1),
        ("publish-withheld", 1),
        ("statistics-only", 0),
        ("do-not-publish", 0),
    ):
        public = shown([case(record="situation", persons=None, risk=decided(decision))])
        assert len(public.cases) == told
        assert len(public.held_back) == 1 - told
    assert (
        shown([case(record="situation", persons=None, status="withheld", text={"hrc-60": {"annex": "x"}})]).cases == ()
    )


def test_nothing_that_only_the_desk_may_see_is_in_a_public_case() -> None:
    one = case(
        title="TITLE",
        assignee="DESK",
        sources=[{"ref": "s1", "kind": "ngo", "identity": "public", "public": "SOURCE"}],
        corroboration={"status": "checked", "by": "DESK", "note": "NOTE"},
        acts=[{"ref": "a1", "type": "threats", "date": "2025-01-10", "sources": ["s1"]}],
        responses=[{"ref": "r1", "state": "XXA", "date": "2025-05-01", "document": "DOCUMENT.pdf", "summary": "x"}],
        measures=[{"type": "investigation-opened", "sources": ["s1"]}],
        developments=[{"date": "2025-03-01", "kind": "release", "sources": ["s1"]}],
        history=[{"date": "2025-02-03", "status": "received", "by": "DESK", "reason": "REASON"}],
        signoffs=[
            {"edition": "hrc-60", "of": "text", "by": "SIGNER", "date": "2025-03-01", "digest": "sha256:" + "0" * 64}
        ],
    )
    text = repr(shown([one]).cases)
    for word in ("TITLE", "DESK", "SOURCE", "NOTE", "DOCUMENT", "REASON", "SIGNER", "'s1'"):
        assert word not in text


# --- items ----------------------------------------------------------------------------------------------------------


def two(**fields: Any) -> dict[str, Any]:
    """p1 may be told of, p2 may not."""
    untold = person("p2", consent={"level": "statistics-only"})
    return case(record="group", persons=[person("p1"), untold], **fields)


@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("cooperation", {"body": "cat"}),
        ("acts", {"type": "torture-or-ill-treatment", "date": "2025-01-29"}),
        ("un_actions", {"ref": "u9", "by": ["cat"]}),
        ("responses", {"ref": "r9", "state": "XXA", "summary": "x"}),
        ("measures", {"type": "investigation-opened"}),
        ("developments", {"date": "2025-03-01", "kind": "release"}),
    ],
)
def test_an_item_is_told_if_it_concerns_somebody_who_may_be_told_of(field: str, item: dict[str, Any]) -> None:
    kept = {"cooperation": [{"body": "hrc"}]} if field == "cooperation" else {}

    def items(persons: list[str] | None) -> tuple[Any, ...]:
        one = {**item, "persons": persons} if persons else item
        public = shown([two(**{field: [*kept.get(field, []), one]})]).cases[0]
        return tuple(getattr(public, field)[len(kept.get(field, [])) :])

    assert items(["p2"]) == ()
    assert [one.persons for one in items(["p1", "p2"])] == [("p1",)]
    assert [one.persons for one in items(["p1"])] == [("p1",)]
    assert [one.persons for one in items(None)] == [()]


def test_a_case_whose_every_item_concerns_the_untold_says_nothing_of_them() -> None:
    one = two(
        cooperation=[{"body": "cat", "persons": ["p2"]}, {"body": "hrc", "persons": ["p1"]}],
        acts=[
            {"ref": "a1", "type": "torture-or-ill-treatment", "persons": ["p2"], "date": "2025-01-29"},
            {"ref": "a2", "type": "travel-ban", "persons": ["p1"], "date": "2025-01-28"},
        ],
        un_actions=[{"ref": "u1", "by": ["cat"], "persons": ["p2"], "number": "CAT 77"}],
        responses=[
            {"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-01", "summary": "the beating was lawful"}
        ],
    )
    report, found = compiled([one])
    assert found == []
    text = everything(report)
    for word in ("Committee against Torture", "torture", "29 January", "CAT 77", "beating", "p2", "treaty"):
        assert word not in text
    assert "travel" in text
    assert "28 January 2025" in text


def test_a_confidential_action_and_the_reply_to_it_are_nowhere() -> None:
    one = case(
        un_actions=[
            {"ref": "u1", "by": ["asg"], "number": "SECRET 1", "date": "2025-03-01", "confidential": "yes"},
            {
                "ref": "u2",
                "by": ["sr-defenders"],
                "kind": "communication",
                "number": "XXA 2/2025",
                "date": "2025-03-02",
            },
        ],
        responses=[
            {"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-01", "summary": "a secret reply"},
            {"ref": "r2", "to": "u2", "state": "XXA", "date": "2025-04-02", "summary": "an open reply"},
        ],
    )
    text = everything(compiled([one])[0])
    assert "SECRET" not in text
    assert "secret reply" not in text
    assert "Assistant Secretary-General" not in text
    assert "XXA 2/2025" in text
    assert "an open reply" in text


def test_a_reply_does_not_name_a_case_that_is_held_back() -> None:
    reply = {
        "ref": "r1",
        "state": "XXA",
        "date": "2025-05-01",
        "summary": "x",
        "covers": ["XXA-2025-102", "XXA-2025-103"],
    }
    hidden = case("XXA-2025-102", persons=[person(consent={"level": "pending"})])
    public = shown([case(responses=[reply]), hidden, case("XXA-2025-103")])
    assert public.cases[0].responses[0].covers == ("XXA-2025-103",)


# --- accounts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "withdrawn", "text": {"hrc-60": {"annex": "x"}}}, "status withdrawn"),
        ({"persons": [person(consent={"level": "pending"})]}, "consent pending"),
        (
            {"persons": [person(consent={"level": "none"}), person("p2", consent={"level": "withdrawn"})]},
            "consent none and withdrawn",
        ),
        ({"risk": None}, "no risk decision"),
        (
            {"risk": {"date": "2025-02-25", "by": "desk-1", "decision": "do-not-publish"}},
            "risk decision do-not-publish",
        ),
        (
            {"persons": [person(consent={"level": "public-no-name", "uses": ["state"]})]},
            "consent does not cover this document",
        ),
        (
            {
                "received": "2020-01-01",
                "acts": [{"type": "threats", "persons": ["p2"], "date": "2025-01-01"}],
                "persons": [person(), person("p2", consent={"level": "pending"})],
            },
            "nothing of it may be told here",
        ),
    ],
)
def test_what_is_held_back_is_named_by_id_with_its_reason(fields: dict[str, Any], reason: str) -> None:
    public = shown([case(**fields)])
    assert [(held.id, held.reason) for held in public.held_back] == [("XXA-2025-101", reason)]
    assert public.cases == ()


CONSENTS = st.sampled_from(LEVELS)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(CONSENTS, max_size=3),
            st.sampled_from(STATUSES),
            st.sampled_from(DECISIONS),
            st.sampled_from(["2025-01-10", "2025-06-10", "2010"]),
            st.sampled_from([{}, {"hrc-60": {"annex": "x"}}, {"hrc-63": {"annex": "x"}}]),
        ),
        max_size=6,
    )
)
def test_no_case_can_vanish(rows: list[tuple[list[str], str, str | None, str, dict[str, Any]]]) -> None:
    """read = here + in others + in none + held back, whatever the cases hold; who may not be told of is not told."""
    cases = []
    for number, (levels, status, decision, day, text) in enumerate(rows):
        persons = [{**with_consent(level), "ref": f"p{at}"} for at, level in enumerate(levels, 1)]
        fields = {"persons": persons or None, "record": "group" if persons else "situation", "status": status}
        cases.append(
            case(
                f"XXA-2025-{number:03}",
                risk=decided(decision),
                acts=[{"type": "threats", "date": day}],
                text=text or None,
                received=None,
                **fields,
            )
        )
    for edition in ("hrc-60", "hrc-63"):
        public = shown(cases, edition)
        ids = [
            *(one.id for one in public.cases),
            *(held.id for held in public.held_back),
            *public.elsewhere,
            *public.nowhere,
        ]
        assert sorted(ids) == [one["id"] for one in cases]
        for one in public.cases:
            source = next(other for other in cases if other["id"] == one.id)
            allowed = {p["ref"] for p in source.get("persons", []) if PUBLIC.get(p["consent"]["level"], "-") in "DN"}
            assert {told.ref for told in one.persons} <= allowed
            assert source["status"] not in NEVER


def test_only_disclosure_makes_a_public_corpus() -> None:
    """The seal stands in the type; this test is the reminder that nothing else in the package makes one."""
    from tests.support.builders import ROOT

    makers = [path.name for path in (ROOT / "reprisal_cli").rglob("*.py") if f"{Seal.__name__}()" in path.read_text()]
    assert makers == ["disclose.py"]


def test_the_audience_of_a_state_sees_its_own_cases_alone() -> None:
    consent = {"level": "public-no-name", "uses": ["report", "state"]}
    mine = case(persons=[person(consent=consent)])
    both = case("XXB-2025-101", also_states=["XXA"], persons=[person(consent=consent)])
    other = case("XXB-2025-102", persons=[person(consent=consent)])
    public = shown([mine, both, other], audience=Audience.STATE, state="XXA")
    assert [one.id for one in public.cases] == ["XXA-2025-101", "XXB-2025-101"]
    assert public.of_others == ("XXB-2025-102",)


def test_the_period_decides_nothing_about_consent() -> None:
    assert shown([case(received="2025-02-03")]).cases[0].received == date(2025, 2, 3)
