"""The table of communications and the index: each letter once, and each State, body and act with its paragraphs."""

from __future__ import annotations

from typing import Any

from reprisal_cli.compile.tree import Cross, Table, text_of, walk_inlines
from tests.support.builders import HRC_60, case, compiled, paragraphs, part

TEXT = {"hrc-60": {"main": "A short word.", "annex": "It was reported that {p1} was threatened."}}
EDITION = {**HRC_60, "contents": [*HRC_60["contents"][:3], {"annex": "communications"}, {"annex": "index"}]}


def letter(ref: str = "u1", number: str = "XXA 1/2025", **more: Any) -> dict[str, Any]:
    return {"ref": ref, "by": ["sr-defenders"], "kind": "communication", "number": number, **more}


def table(*cases: dict[str, Any]) -> list[list[str]]:
    report, found = compiled(cases, editions=[EDITION])
    assert found == []
    tables = [block for block in part(report, "communications").blocks if isinstance(block, Table)]
    return [[text_of(cell) for cell in row] for table in tables for row in table.rows]


def test_a_letter_says_state_number_type_date_senders_subject_due_reply_and_paragraphs() -> None:
    one = case(
        text=TEXT,
        un_actions=[
            letter(letter="JUA", date="2025-03-01", to=["XXA"], reply_due="2025-05-01", by=["sr-defenders", "wgad"])
        ],
        responses=[{"ref": "r1", "to": "u1", "state": "XXA", "none_as_of": "2025-06-01"}],
    )
    [row] = table(one)
    assert row[:4] == ["Exampleland", "XXA 1/2025", "Joint urgent appeal", "1 March 2025"]
    assert "human rights defenders" in row[4]
    assert "; " in row[4]
    assert row[5:] == ["Threats", "1 May 2025", "None to date", "annex I, para. 1"]


def test_what_the_file_does_not_say_is_not_stated() -> None:
    assert table(case(text=TEXT, un_actions=[{"ref": "u1", "kind": "communication", "number": "XXA 1/2025"}])) == [
        [
            "Exampleland",
            "XXA 1/2025",
            *["Not stated"] * 3,
            "Threats",
            *["Not stated"] * 2,
            "annex I, para. 1",
        ]
    ]


def test_a_letter_about_several_cases_is_one_row_with_all_their_acts_and_paragraphs() -> None:
    first = case(text=TEXT, un_actions=[letter()])
    other = case("XXA-2025-102", text=TEXT, acts=[{"type": "travel-ban"}], un_actions=[letter("u7")])
    [row] = table(first, other)
    assert (row[5], row[8]) == ("Threats; travel ban", "annex I, paras. 1-2")


def test_a_letter_to_two_states_is_a_row_for_each_with_its_own_reply() -> None:
    one = case(
        text=TEXT,
        also_states=["XXB"],
        un_actions=[letter(to=["XXB", "XXA"])],
        responses=[
            {"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-25"},
            {"ref": "r2", "to": "u1", "state": "XXB", "none_as_of": "2025-06-01"},
        ],
    )
    assert [(row[0], row[7]) for row in table(one)] == [
        ("Exampleland", "25 April 2025"),
        ("Otherland", "None to date"),
    ]


def test_letters_of_a_state_stand_by_day_and_then_by_number() -> None:
    actions = [
        letter("u1", "XXA 10/2025"),
        letter("u2", "XXA 9/2025"),
        letter("u3", "XXA 11/2024", date="2024-12-01"),
        letter("u4", "XXA 1/2025", date="2024-11-30"),
    ]
    found = [row[1] for row in table(case(text=TEXT, un_actions=actions))]
    assert found == ["XXA 1/2025", "XXA 11/2024", "XXA 9/2025", "XXA 10/2025"]


def test_a_press_release_and_a_confidential_letter_are_no_communications() -> None:
    actions = [letter(confidential="yes"), {"ref": "u2", "by": ["asg"], "kind": "press-release", "number": "X"}]
    report, _ = compiled([case(text=TEXT, un_actions=actions)], editions=[EDITION])
    assert paragraphs(report, "communications") == [
        "1. No communication is on record for the cases of the present report."
    ]


def test_the_index_names_states_bodies_and_acts_with_all_their_paragraphs() -> None:
    one = case(text=TEXT, also_states=["XXB"], cooperation=[{"body": "cat"}], un_actions=[letter()])
    report, found = compiled([one], editions=[EDITION])
    assert found == []
    lines = [line.removeprefix("0. ") for line in paragraphs(report, "index")]
    assert [line.split(":")[0] for line in lines] == [
        "Exampleland",
        "Otherland",
        "Committee against Torture",
        "Special Rapporteur on the situation of human rights defenders",
        "Threats",
    ]
    body = next(line for line in paragraphs(report, "main") if "A short word." in line).split(".")[0]
    assert all(f"para. {body}" in line and "annex I, para. 1" in line for line in lines)


def test_the_acts_of_the_index_stand_in_the_order_of_the_alphabet() -> None:
    one = case(text=TEXT, acts=[{"type": word} for word in ("surveillance", "travel-ban", "killing", "death-threats")])
    report, _ = compiled([one], editions=[EDITION])
    lines = [line.removeprefix("0. ").split(":")[0] for line in paragraphs(report, "index")]
    assert lines[-4:] == ["Death threats", "Killing", "Surveillance", "Travel ban"]


def test_the_index_holds_references_that_follow_an_edit() -> None:
    report, _ = compiled([case(text=TEXT)], editions=[EDITION])
    bookmarks = {block.id for one in report.parts for block in one.blocks}
    for block in part(report, "index").blocks:
        targets = [node.target for node in walk_inlines(getattr(block, "inlines", ())) if isinstance(node, Cross)]
        assert set(targets) <= bookmarks
        assert targets or block.id.startswith("h_")


def test_a_reply_of_another_state_has_its_name_in_the_table_of_a_mechanism() -> None:
    contents = [*HRC_60["contents"][:3], {"annex": "mechanisms", "families": ["special-procedures"]}]
    one = case(
        text=TEXT,
        also_states=["XXB"],
        un_actions=[letter(to=["XXA", "XXB"])],
        responses=[{"ref": "r1", "to": "u1", "state": "XXB", "date": "2025-04-25"}],
    )
    report, _ = compiled([one], editions=[{**HRC_60, "contents": contents}])
    [row] = next(block for block in report.parts[-1].blocks if isinstance(block, Table)).rows
    assert text_of(row[4]) == "Exampleland: Not stated; Otherland: 25 April 2025"
