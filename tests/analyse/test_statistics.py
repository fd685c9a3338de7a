"""The statistical annex: what its tables say, what they merge, and that sentences and tables are judged together."""

from __future__ import annotations

from typing import Any

from reprisal_cli.compile.tree import Para, Table, text_of
from reprisal_cli.diagnostic import Diagnostic
from tests.support.builders import HRC_60, HRC_63, case, compiled, part, person

STATISTICS = {**HRC_60, "contents": [{"manuscript": "x.md"}, *HRC_60["contents"][:3], {"annex": "statistics"}]}
PLAIN = {**HRC_60, "contents": [{"manuscript": "x.md"}, *HRC_60["contents"][:3]]}
TEXT = {"hrc-60": {"annex": "It was reported that something happened."}}
PUBLIC = {
    "consent": {"level": "already-public", "source": "A/HRC/60/999"},
    "name": "not-carried",
}


def public_case(number: int, state: str = "XXA", **fields: Any) -> dict[str, Any]:
    """A case that was published in full: its numbers are no secret."""
    return case(
        f"{state}-2025-{number}",
        **{
            "persons": [person(**PUBLIC)],
            "status": "published",
            "text": TEXT,
            "reports": [{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex I", "paras": [1]}],
            **fields,
        },
    )


def group_of(number: int, name: str, **fields: Any) -> dict[str, Any]:
    """A case of so many persons who are not publicly known."""
    return case(name, record="group", persons=[person(kind="group", count=number, **fields)], text=TEXT)


def tables(*cases: dict[str, Any], editions: Any = (STATISTICS, HRC_63)) -> dict[str, list[list[str]]]:
    report, found = compiled(cases, editions=editions, x="Text.")
    assert found == []
    blocks = part(report, "statistics").blocks
    return {
        block.id.removeprefix("st_"): [[text_of(cell) for cell in line] for line in (block.head, *block.rows)]
        for block in blocks
        if isinstance(block, Table)
    }


def refused(text: str, *cases: dict[str, Any], edition: dict[str, Any] = STATISTICS) -> list[Diagnostic]:
    return compiled(cases, editions=[edition, HRC_63], x=text)[1]


def test_a_sentence_that_a_table_gives_away_is_refused() -> None:
    """Ten in the tables, eight in the sentence: two are left. Without the tables nobody can subtract."""
    cases = [group_of(8, "XXA-2025-101"), group_of(2, "XXB-2025-101")]
    text = 'There were {{ cases.in_state("XXA").persons | count }} persons.'
    assert [one.code for one in refused(text, *cases)] == ["RC601"]
    assert refused(text, *cases, edition=PLAIN) == []


def test_two_sentences_are_judged_together() -> None:
    cases = [group_of(8, "XXA-2025-101"), group_of(2, "XXB-2025-101")]
    text = 'All: {{ cases.persons | count }}.\n\nThere: {{ cases.in_state("XXA").persons | words }}.'
    found = refused(text, *cases, edition=PLAIN)
    assert [(one.code, one.location.span.line) for one in found if one.location.span] == [("RC601", 3)]


def test_a_count_of_cases_and_of_states_is_not_held_up() -> None:
    assert (
        refused("{{ cases | count }} in {{ cases.states | count }}", group_of(2, "XXA-2025-101"), edition=PLAIN) == []
    )


def test_cases_are_counted_by_kind_of_act_online_and_offline() -> None:
    found = tables(
        public_case(101, acts=[{"type": "threats", "mode": "online"}]),
        public_case(102, acts=[{"type": "threats", "mode": "offline"}, {"type": "surveillance", "mode": "online"}]),
        public_case(103, acts=[{"type": "travel-ban"}]),
    )["modes"]
    rows = {row[0]: row[1:] for row in found}
    assert rows["Kind of act"] == ["Online", "Online and offline", "Offline", "Not stated", "All"]
    assert rows["Intimidation"] == ["1", "1", "0", "0", "2"]
    assert rows["Movement and status"] == ["0", "0", "0", "1", "1"]
    assert rows["All cases"] == ["1", "1", "0", "1", "3"]


def test_state_and_non_state_actors_are_told_apart() -> None:
    found = tables(
        public_case(101, acts=[{"type": "threats", "actor": {"class": "both"}}]),
        public_case(102, acts=[{"type": "threats", "actor": {"class": "de-facto-authority"}}]),
        public_case(103, acts=[{"type": "threats"}]),
    )["actors"]
    assert found[0][1:] == ["State", "Non-State", "De facto or foreign", "Not stated", "All"]
    assert found[-1][1:] == ["1", "1", "1", "1", "3"]


def test_women_and_indigenous_representatives_are_counted_by_where_they_cooperated() -> None:
    found = tables(
        public_case(
            101,
            persons=[person(gender="female", roles=["indigenous-representative"], **PUBLIC)],
            cooperation=[{"body": "unmiss", "mode": "side-event"}],
        ),
        public_case(102, persons=[person(gender="male", **PUBLIC)], cooperation=[{"body": "cat"}]),
    )["who"]
    assert [row[1:] for row in found[1:]] == [["1", "1", "0", "1"], ["1", "1", "0", "1"], ["1", "1", "1", "2"]]


def test_effects_on_cooperation_are_counted_apart_from_acts() -> None:
    found = tables(public_case(101, effects=["self-censorship", "anonymity-requested"]), public_case(102))["effects"]
    assert [row[1] for row in found[1:]] == ["1", "1", "2"]


def test_cases_that_are_not_public_are_drawn_together_and_the_annex_says_so() -> None:
    cases = [case(f"XXA-2025-{number}", text=TEXT, acts=[{"type": "threats"}]) for number in range(101, 111)]
    cases += [case(f"XXA-2025-{number}", text=TEXT, acts=[{"type": "killing"}]) for number in range(111, 114)]
    report, _ = compiled(cases, editions=[STATISTICS, HRC_63], x="Text.")
    assert "modes" not in tables(*cases)  # three killings can stand in no row
    lines = [text_of(block.inlines) for block in part(report, "statistics").blocks if isinstance(block, Para)]
    assert any("drawn together" in line for line in lines)


def test_replies_are_counted_by_mechanism_with_their_share() -> None:
    def letter(number: int) -> dict[str, Any]:
        return {"ref": f"u{number}", "by": ["sr-defenders"], "kind": "communication", "number": f"XXA {number}/2025"}

    one = public_case(
        101,
        un_actions=[letter(1), letter(2), letter(3)],
        responses=[
            {"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-25"},
            {"ref": "r2", "to": "u2", "state": "XXA", "none_as_of": "hrc-60"},
        ],
    )
    found = tables(one)["replies"]
    assert found[1] == ["Special procedures of the Human Rights Council", "1", "1", "1", "3", "50%"]


def test_trends_count_each_report_and_the_states_that_recur() -> None:
    earlier = {
        **HRC_60,
        "id": "hrc-57",
        "symbol": "A/HRC/57/60",
        "date": "2024-09-01",
        "period": "2023-05-01/2024-04-30",
    }
    one = public_case(
        101,
        persons=[
            person(consent={"level": "already-public", "source": ["A/HRC/60/999", "A/HRC/57/60"]}, name="not-carried")
        ],
        reports=[
            {"edition": "hrc-57", "symbol": "A/HRC/57/60", "part": "annex I", "paras": [1]},
            {"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex II", "paras": [1]},
        ],
        text={**TEXT, "hrc-57": {"annex": "It was reported."}},
    )
    found = tables(one, public_case(101, "XXB"), editions=(earlier, STATISTICS, HRC_63))
    assert found["editions"][1:] == [
        ["A/HRC/57/60", "1", "0", "0", "0", "1"],
        ["A/HRC/60/999", "1", "1", "0", "0", "2"],
    ]
    assert found["recurrent"][1:] == [["One report", "1"], ["Two reports", "1"]]


def test_a_copy_for_the_general_assembly_does_not_tell_by_how_few_it_differs() -> None:
    """Readers have both. With two persons more, one table taken from the other would tell of two."""
    copy = {**STATISTICS, "id": "ga-80", "of": "hrc-60", "session": "80", "symbol": "A/80/999", "date": "2025-09-20"}
    first = [group_of(20, "XXA-2025-101"), group_of(20, "XXB-2025-101")]
    for more, shown in ((2, False), (9, True)):
        late = group_of(more, "XXA-2025-102") | {"text": {"ga-80": TEXT["hrc-60"]}}
        late |= {"status": "approved", "acts": [{"ref": "a1", "type": "threats", "date": "2025-07-10"}]}
        late |= {"received": "2025-07-11"}
        report, found = compiled([*first, late], "ga-80", [STATISTICS, copy], x="Text.")
        assert found == []
        blocks = [block for one in report.parts if one.key == "statistics" for block in one.blocks]
        assert any(isinstance(block, Table) and block.id == "st_gender" for block in blocks) is shown
