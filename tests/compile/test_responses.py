"""The State's own account, in each of its forms; and who addressed the State's cases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.builders import HRC_60, case, compiled, everything, headings, paragraphs, person, rows

SENT = "sent in connection with the present report"
LETTER = {
    "ref": "u1",
    "by": ["sr-defenders"],
    "kind": "communication",
    "number": "XXA 1/2025",
    "date": "2025-03-01",
    "to": ["XXA"],
}
NOTE = {
    "ref": "u2",
    "by": ["ohchr"],
    "kind": "note-verbale",
    "number": "note-verbale:hrc-60",
    "date": "2025-06-10",
    "to": ["XXA", "XXB"],
}
TEXT = {"hrc-60": {"annex": "It was reported."}}


def closing(*responses: dict[str, Any], **fields: Any) -> list[str]:
    """What closes the State's section in annex I."""
    one = case(
        text=TEXT,
        un_actions=[LETTER, NOTE, {"ref": "u3", "by": ["asg"], "kind": "letter", "date": "2025-02"}, {"ref": "u4"}],
        responses=[{"ref": f"r{at}", "state": "XXA", **item} for at, item in enumerate(responses, 1)],
        **fields,
    )
    report, found = compiled([one])
    assert found == []
    return [line.split(". ", 1)[1] for line in paragraphs(report, "annex-1")][1:]


@pytest.mark.parametrize(
    ("response", "printed"),
    [
        (
            {"to": "u2", "date": "2025-07-15", "summary": "all had been tried in public."},
            f"On 15 July 2025, the Government responded to the note verbale {SENT}, stating that all had been "
            "tried in public.",
        ),
        (
            {"to": "u1", "date": "2025-04-25", "summary": "the arrest had no\nlink with the side event"},
            "On 25 April 2025, the Government responded to the communication XXA 1/2025 dated 1 March 2025, "
            "stating that the arrest had no link with the side event.",
        ),
        (
            {"to": "u3", "date": "2025-04"},
            "In April 2025, the Government responded to the letter of the Assistant Secretary-General for Human "
            "Rights dated February 2025.",
        ),
        (
            {"to": "u4", "date": "2025-04"},
            "In April 2025, the Government responded to the allegations addressed by the United Nations.",
        ),
        ({"date": "2025-07-15"}, "On 15 July 2025, the Government responded to the allegations."),
        ({"summary": "it was so"}, "The Government responded to the allegations, stating that it was so."),
        (
            {"to": "u2", "date": "2025-07-15", "addresses_reprisal": "no"},
            f"On 15 July 2025, the Government responded to the note verbale {SENT}. The response did not "
            "address the allegations of reprisals.",
        ),
        (
            {"date": "2025-07-15", "addresses_reprisal": "partly"},
            "On 15 July 2025, the Government responded to the allegations. "
            "The response addressed the allegations of reprisals in part.",
        ),
        (
            {"date": "2025-07-15", "addresses_reprisal": "yes"},
            "On 15 July 2025, the Government responded to the allegations.",
        ),
        (
            {"to": "u2", "none_as_of": "2025-08-01"},
            f"By 1 August 2025, the Government had not responded to the note verbale {SENT}.",
        ),
        (
            {"to": "u1", "none_as_of": "hrc-60"},
            "At the time of writing, the Government had not responded to the communication "
            "XXA 1/2025 dated 1 March 2025.",
        ),
        ({"none_as_of": "2025-08-01"}, "By 1 August 2025, the Government had not responded."),
    ],
)
def test_each_form_of_a_response(response: dict[str, Any], printed: str) -> None:
    assert closing(response) == [printed]


def test_several_replies_close_the_section_in_the_order_of_the_file() -> None:
    found = closing({"to": "u1", "date": "2025-04-25"}, {"to": "u2", "none_as_of": "2025-08-01"})
    assert [text.split(",")[0] for text in found] == ["On 25 April 2025", "By 1 August 2025"]


def test_one_reply_to_several_cases_is_printed_once_and_answers_each() -> None:
    reply = {
        "ref": "r1",
        "to": "u2",
        "state": "XXA",
        "date": "2025-07-15",
        "summary": "x",
        "covers": ["XXA-2025-102", "XXA-2025-103"],
    }
    letter = {**LETTER, "ref": "u2"}  # the same ref, another action: it has no reply
    cases = [
        case(text=TEXT, un_actions=[NOTE], responses=[reply]),
        case("XXA-2025-102", text=TEXT, un_actions=[{**NOTE, "ref": "u7"}]),
        case("XXA-2025-103", text=TEXT, un_actions=[letter]),
    ]
    edition = {**HRC_60, "contents": [{"manuscript": "x.md"}, *HRC_60["contents"]]}
    report, found = compiled(cases, editions=[edition], x="{{ cases.answered | count }}")
    assert found == []
    printed = [text for text in paragraphs(report, "annex-1") if "the Government" in text]
    assert printed == [
        f"4. On 15 July 2025, the Government responded to the note verbale {SENT}, stating that x. "
        "The response also concerned other cases of the present report (see annex I, paras. 2-3)."
    ]
    assert paragraphs(report, "main")[0] == "1. 3"
    assert [row[4] for row in rows(report, "ohchr-and-sg")] == ["15 July 2025", "15 July 2025"]
    assert [row[4] for row in rows(report, "special-procedures")] == ["Not stated"]
    cases[0]["responses"][0]["covers"] = ["XXA-2025-102"]
    other, _ = compiled(cases[:2])
    assert "also concerned another case of the present report (see annex I, para. 2)." in everything(other)


def test_a_reply_stands_under_its_own_state() -> None:
    one = case(
        also_states=["XXB"],
        text=TEXT,
        un_actions=[NOTE],
        responses=[
            {"ref": "r1", "to": "u2", "state": "XXA", "date": "2025-07-15"},
            {"ref": "r2", "to": "u2", "state": "XXB", "none_as_of": "2025-08-01"},
        ],
    )
    report, _ = compiled([one])
    assert headings(report, "annex-1") == ["1. Exampleland", "2. Otherland"]
    texts = [text.split(". ", 1)[1] for text in paragraphs(report, "annex-1")]
    assert texts[1].startswith("On 15 July 2025")
    assert texts[2] == "A case set out under Exampleland also concerns Otherland (see annex I, para. 1)."
    assert texts[3].startswith("By 1 August 2025")


def test_a_reply_closes_the_section_where_the_case_is_told() -> None:
    for place, key in (("main", "main"), ("annex-1", "annex-1"), ("annex-2", "annex-2")):
        one = case(
            text={"hrc-60": {"place": place, "annex": "Told."}},
            responses=[{"ref": "r1", "state": "XXA", "date": "2025-07-15"}],
        )
        report, _ = compiled([one])
        for part in ("main", "annex-1", "annex-2"):
            assert any("the Government responded" in text for text in paragraphs(report, part)) is (part == key)


# --- the opening of a State's section -------------------------------------------------------------------------------


def opening(*cases: dict[str, Any], **more: str) -> str:
    return paragraphs(compiled(cases, **more)[0], "main")[0].removeprefix("1. ")  # type: ignore[arg-type]


def test_the_opening_says_who_addressed_the_cases_and_where_they_are_told() -> None:
    plain = person(name="not-stated")
    cases = [
        case(f"XXA-2025-10{at}", text=TEXT, persons=[plain], un_actions=actions)
        for at, actions in enumerate(([LETTER], [{"ref": "u1", "by": ["asg"]}], None, [{"ref": "u1"}]), 1)
    ]
    assert opening(*cases) == (
        "The Special Rapporteur on the situation of human rights defenders and the Assistant Secretary-General "
        "for Human Rights addressed "
        "allegations in two cases (see annex I, paras. 1-2). Two further cases are set out at length "
        "(annex I, paras. 3-4)."
    )


def test_a_drafter_may_write_the_opening() -> None:
    assert opening(case(text=TEXT), states_XXA="Our *own* words, {{ cases.states | cite }}.") == (
        "Our own words, Exampleland, annex I, para. 1."
    )


def test_names_withheld_are_mentioned_once_a_state() -> None:
    cases = [case(f"XXA-2025-10{at}", text=TEXT) for at in (1, 2)]
    assert opening(*cases).count("Names and details") == 1
