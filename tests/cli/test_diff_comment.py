"""The comment on a change, as values: it fits where it goes, and shows the worst first."""

from __future__ import annotations

import pytest

from reprisal_cli.cli.diff_comment import markdown
from reprisal_cli.pipeline.diff import Effect, Need, Told
from reprisal_cli.review.meaning import CaseChange, Diff, Meaning

GITHUB = 65_536
TEXT = "It was reported that somebody was summoned, and asked about a side event. " * 4


def told(count: int, words: str = TEXT) -> Told:
    """A change of so many published texts, each with its two sign-offs and a line of effect."""
    change = Meaning("published-text", "hrc-60 annex", (), ((("=", words), ("-", "old"), ("+", "new")),))
    cases = tuple(
        CaseChange(f"XXA-2025-{at:04}", f"cases/XXA/XXA-2025-{at:04}.yaml", "", "XXA", "published", (change,))
        for at in range(count)
    )
    needs = tuple(Need(case.id, f"{of} for hrc-60", False, "reprisal sign") for case in cases for of in ("text", "x"))
    lines = tuple(f"count of cases, act threats: {at} becomes {at + 1} (body, para. {at})" for at in range(count))
    return Told(Diff("main", "HEAD", cases, ()), needs, Effect("hrc-60", lines))


@pytest.mark.parametrize("count", [1, 30, 150, 600, 3000])
def test_a_comment_fits_into_github(count: int) -> None:
    text = markdown(told(count))
    assert len(text) < GITHUB
    assert f"{2 * count} sign-offs are missing" in text
    shown = text.count("### 🔴")
    assert shown == count or f"{count - shown} more cases are not shown here" in text


def test_a_case_that_is_too_long_is_named() -> None:
    text = markdown(told(1, TEXT * 400))
    assert len(text) < GITHUB
    assert "1 more cases are not shown here" not in text
    assert "XXA-2025-0000" in text


def test_what_is_missing_stands_before_what_is_there() -> None:
    many = told(150)
    needs = (*(Need(one.case, one.said, True) for one in many.needs or ()), Need("XXA-2025-0149", "safety", False))
    text = markdown(Told(many.diff, needs))
    assert text.index("- [ ] XXA-2025-0149: safety") < text.index("- [x] ")
    assert "1 sign-off is missing" in text
