"""What a comment takes for printable is printable to `disclose` too."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import yaml

from reprisal_cli.model.case import Case
from reprisal_cli.protect.disclose import NEVER_TOLD, levels_of, why_held
from reprisal_cli.register.words import words
from reprisal_cli.review import told
from tests.support.rulebook import FIRST, WHOLE


def whole() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load((WHOLE / FIRST).read_text(encoding="utf-8"), yaml.BaseLoader)
    return data


@pytest.mark.parametrize("status", words("statuses").slugs)
def test_nothing_counts_as_told_that_disclosure_keeps_back(status: str) -> None:
    data = whole()
    data["status"] = status
    for level, decision, uses, source in product(
        words("consent-levels").slugs,
        (*words("risk-decisions").slugs, ""),
        (["report"], ["press"]),
        ("A/HRC/60/999", "A/HRC/1/1"),
    ):
        for person in data["persons"]:
            person["consent"] = {"level": level, "uses": uses, "source": source}
        data["risk"]["decision"] = decision
        plain = dict(data) if decision else {key: value for key, value in data.items() if key != "risk"}
        case = Case.model_validate(plain)
        levels = levels_of(case, frozenset({"A/HRC/60/999"}))
        assert told.is_told(plain, "hrc-60") <= (not why_held(case, levels))
        for person in data["persons"]:
            assert told.level(plain, person, "hrc-60") <= levels[person["ref"]]


def test_the_lists_are_those_of_disclosure() -> None:
    assert told.NEVER_TOLD == NEVER_TOLD
    assert set(told.RISKS) == set(words("risk-decisions").slugs)
    assert set(told.CONSENTS) < set(words("consent-levels").slugs)


def test_a_text_that_names_one_who_is_kept_back_is_not_printed() -> None:
    assert told.prints(whole(), "hrc-60", "Of {p1}.")
    assert not told.prints(whole(), "hrc-60", "Of {p1} and {p2}.")
    assert not told.prints({"status": "approved"}, "hrc-60", "No decision on the risk.")
