"""The General Assembly's version: the same cases, another masthead, and what changed since the Council's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reprisal_cli.compile.tree import Report
from tests.support.builders import HRC_60, case, compiled, everything, headings, paragraphs, person, put, workspace
from tests.support.built import build, unchecked
from tests.support.reading import html_text, plain

GA_80 = {
    **{key: value for key, value in HRC_60.items() if key != "symbol"},
    "id": "ga-80",
    "of": "hrc-60",
    "body": "general-assembly",
    "session": "80",
    "date": "2025-10-15",
    "contents": [{"cases": "main"}, {"annex": "new"}, {"annex": "follow-up"}, {"annex": "changes"}],
}
TEXT = {"hrc-60": {"annex": "It was reported that {p1} was threatened."}}


def ga(*cases: dict[str, Any]) -> Report:
    report, found = compiled(cases, "ga-80", (HRC_60, GA_80))
    assert found == []
    return report


def since(**fields: Any) -> list[str]:
    return paragraphs(ga(case(**{"text": TEXT, **fields})), "changes")


def test_the_same_cases_are_told_in_the_same_words_under_another_masthead() -> None:
    one = case(text=TEXT)
    council, _ = compiled([one], "hrc-60", (HRC_60, GA_80))
    report = ga(one)
    assert paragraphs(report, "annex-1") == paragraphs(council, "annex-1")
    assert report.front.session == "Eightieth session"
    assert report.front.body == ""
    assert report.front.organ == "General Assembly"


def test_where_nothing_changed_it_says_so() -> None:
    (said,) = since()
    assert said.startswith("1. Nothing has changed in the cases since the version of A/HRC/60/999")


def test_what_came_after_the_councils_version_is_told_and_what_came_before_is_not() -> None:
    said = since(
        un_actions=[
            {"ref": "u1", "by": ["cat"], "date": "2025-09-20"},
            {"ref": "u2", "by": ["cat"], "date": "2025-03"},
        ],
        responses=[
            {"ref": "r1", "state": "XXA", "date": "2025-09-01", "summary": "the courts were free."},
            {"ref": "r2", "state": "XXA", "date": "2025-05-01", "summary": "nothing was known."},
        ],
        measures=[{"type": "investigation-opened", "date": "2025-09"}],
        developments=[{"date": "2025-10-01", "kind": "release"}, {"date": "2025-11-01", "kind": "hearing"}],
    )
    text = "\n".join(said)
    assert "On 20 September 2025, the Committee against Torture addressed a case (see annex I, para. 1)." in text
    assert "On 1 September 2025, the Government responded to the allegations, stating that the courts were free" in text
    assert "In September 2025, the following measure was reported in a case: investigation opened" in text
    assert "On 1 October 2025, the following was reported in a case: release" in text
    for other in ("March", "nothing was known", "hearing"):
        assert other not in text


def test_words_written_anew_and_cases_added_are_told() -> None:
    anew = since(text={**TEXT, "ga-80": {"annex": "It was reported that {p1} was threatened twice."}})
    assert anew[1] == "2. The text of a case was written anew (see annex I, para. 1)."
    same = since(text={**TEXT, "ga-80": dict(TEXT["hrc-60"])})
    assert same[0].startswith("1. Nothing has changed")
    added = since(text={"ga-80": {"annex": "It was reported that {p1} was threatened."}})
    assert added[1] == "2. A case was added (see annex I, para. 1)."


def test_who_may_not_be_told_of_is_in_no_change() -> None:
    both = [person(), person("p2", consent={"level": "statistics-only"})]
    news = [{"date": "2025-10-01", "kind": "release", "persons": ["p2"]}]
    report = ga(case(persons=both, text=TEXT, developments=news))
    assert "release" not in everything(report)
    assert paragraphs(report, "changes")[0].startswith("1. Nothing has changed")


def test_the_changes_stand_under_their_state() -> None:
    assert headings(ga(case(text=TEXT, measures=[{"type": "training", "date": "2025-09"}])), "changes") == [
        "1. Exampleland"
    ]


def test_a_copy_has_the_manuscripts_of_its_original(tmp_path: Path) -> None:
    contents = [{"manuscript": "opening.md"}, *GA_80["contents"]]  # type: ignore[misc]
    root = workspace(tmp_path, [case(text=TEXT)], (HRC_60, {**GA_80, "contents": contents}))
    put(root, "templates/editions/hrc-60/opening.md", "# Opening\n\nThis is the report {{ edition.symbol }}.\n")
    with unchecked():
        made = build(root, "ga-80", "html")
    assert "This is the report A/HRC/60/999." in plain(html_text(made["report.html"]))
