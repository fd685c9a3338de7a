"""Random years of invented cases as files would hold them, and what a build prints of them, read back from it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reprisal_cli.compile.briefing import compile_briefing
from reprisal_cli.compile.manuscript import Source
from reprisal_cli.compile.president import compile_president, window_of
from reprisal_cli.compile.proof import report_figures
from reprisal_cli.compile.report import Manuscripts, compile_report
from reprisal_cli.compile.tree import Picture, Report, Table, text_of
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.public import Audience, PublicCorpus, Scope
from reprisal_cli.store.corpus import Corpus
from tests.support.builders import HRC_60, HRC_63, case, corpus, everything, person, sentences, statistics_of

STATES = tuple(f"XX{letter}" for letter in "ABCDEF")
SETTINGS = {"edition": "hrc-60", "states": {code: f"Land {code}" for code in STATES}}
EARLIER = {**HRC_60, "id": "hrc-57", "symbol": "A/HRC/57/60", "date": "2024-08-20", "period": "2023-05-01/2024-04-30"}
ANNEXES = ("new", "follow-up", "communications", "mechanisms", "statistics", "index")
HRC_60_WHOLE = {
    **HRC_60,
    "contents": [{"manuscript": "x.md"}, {"cases": "main"}, *({"annex": name} for name in ANNEXES)],
}
ACTS = {
    "killing": "Life and integrity",
    "arbitrary-arrest-or-detention": "Liberty",
    "travel-ban": "Movement and status",
    "threats": "Intimidation",
    "asset-freeze-or-account-closure": "Work and resources",
}
QUESTIONS = (
    "cases{} | count",
    "cases.new{} | count",
    "cases.women{} | count",
    "cases.online{} | count",
    'cases.by("special-procedures"){} | count',
    'cases.in_state("XXA"){} | count',
    'cases.in_state("XXB"){} | count',
    'cases.act("threats"){} | count',
    'cases.effect("self-censorship"){} | count',
    'cases.actor("non-state"){} | count',
    'cases.in_state("XXA").effect("self-censorship"){} | count',
    'cases.in_state("XXA").online{} | count',
    'cases.in_state("XXB").new{} | count',
)


PLAIN = {**HRC_60_WHOLE, "contents": [one for one in HRC_60_WHOLE["contents"] if one != {"annex": "statistics"}]}
"""The same without statistics."""


@dataclass(frozen=True, slots=True)
class Year:
    """The cases of a year as plain data, and what a build of them prints: its public numbers and its tables."""

    cases: tuple[Mapping[str, Any], ...]
    public: PublicCorpus
    report: Report

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The numbers of its sentences, out of `report.figures.json`."""
        return list(report_figures(self.report)["figures"])

    def tables(self) -> Iterator[tuple[str, list[list[str]]]]:
        """Each table of the document, that of a figure too, by its name."""
        for part in self.report.parts:
            for block in part.blocks:
                table = block.table if isinstance(block, Picture) else block
                if isinstance(table, Table):
                    yield table.id, [[text_of(cell) for cell in line] for line in (table.head, *table.rows)]


def year(seed: int) -> Year:
    """A year of that number: the report with all its annexes, and the questions of a manuscript that are not
    refused."""
    chance = random.Random(seed)
    states = chance.choice([STATES, STATES[:2], (*STATES, *STATES[:1] * 6)])
    alone = chance.random() < 0.4  # a year of cases of one person each: as many persons as cases, and a reader sees it
    many = chance.choice([12, 25, 40, 60])
    cases = tuple(_case(chance, number, states, alone) for number in range(101, 101 + many))
    asked = [chance.choice(QUESTIONS).format(chance.choice(("", ".persons"))) for _ in range(chance.randint(0, 5))]
    return built(cases, asked)


def built(cases: tuple[Mapping[str, Any], ...], asked: list[str]) -> Year:
    """The report of these cases, with these questions in its manuscript."""
    made = corpus(cases, (EARLIER, HRC_60_WHOLE, HRC_63), SETTINGS)
    return Year(cases, *_compiled(made, asked))


def spoken(cases: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The numbers of persons in the briefing of these cases, by the names of its figures."""
    made = corpus(cases, (EARLIER, HRC_60_WHOLE, HRC_63), SETTINGS)
    edition = made.workspace.edition("hrc-60")
    printed = disclose(made, edition).counted
    report, found = compile_briefing([disclose(made, edition, Audience.ORAL)], sentences(), printed)
    assert found == []
    figures = report_figures(report)["figures"]
    return {one["id"]: int(one["text"]) for one in figures if one["id"] in ("b_persons", "b_female")}


def all_but_statistics(cases: Iterable[Mapping[str, Any]]) -> str:
    """Every word of the report without its statistics, with all questions about cases in its manuscript, and of the
    list for the President of the Council."""
    made = corpus(cases, (EARLIER, PLAIN, HRC_63), SETTINGS)
    _, report = _compiled(made, [one.format("") for one in QUESTIONS])
    edition = made.workspace.edition("hrc-60")
    window = window_of(58)
    assert window is not None
    spoken = disclose(made, edition, Audience.ORAL, scope=Scope.ALL)
    president, found = compile_president(spoken, window, sentences())
    assert found == []
    return everything(report) + everything(president)


def _compiled(made: Corpus, asked: list[str]) -> tuple[PublicCorpus, Report]:
    edition = made.workspace.edition("hrc-60")
    public = disclose(made, edition)
    text = "\n\n".join(f"There were {{{{ {one} }}}}." for one in asked) or "Nothing is asked."
    manuscripts = Manuscripts({"x.md": Source("x.md", text)}, {}, analysis=statistics_of(edition))
    report, found = compile_report(public, manuscripts, sentences())
    refused = {(one.location.span.line - 1) // 2 for one in found if one.location.span}
    assert {one.code for one in found} <= {"RC601"}
    if refused:
        return _compiled(made, [one for at, one in enumerate(asked) if at not in refused])
    return public, report


def _case(chance: random.Random, number: int, states: Sequence[str], alone: bool) -> dict[str, Any]:
    state = chance.choice(states)
    public = chance.random() < 0.25
    earlier = chance.random() < 0.3
    symbols = ["A/HRC/60/999", *(["A/HRC/57/60"] if earlier else [])] if public else []
    many = 1 if alone else chance.choice([1, 1, 1, 1, 2, 3])
    people = [_person(chance, f"p{at}", symbols, alone) for at in range(1, many + 1)]
    text = {"annex": "It was reported that something happened.", **({"place": "annex-2"} if earlier else {})}
    reports = [{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex I"}] if public else []
    if earlier:
        reports.append({"edition": "hrc-57", "symbol": "A/HRC/57/60", "part": "annex I"})
    return case(
        f"{state}-2025-{number}",
        record="group" if len(people) > 1 else "individual",
        status="published" if public else "approved",
        persons=people,
        cooperation=[{"body": chance.choice(["hrc", "cat", "unmiss"]), **_maybe(chance, "mode", "side-event")}],
        acts=[_act(chance, f"a{at}", people) for at in range(1, chance.choice([2, 2, 3]))],
        effects=chance.choice([None, None, ["self-censorship"], ["anonymity-requested"]]),
        un_actions=_actions(chance, state, number),
        text={"hrc-60": text, **({"hrc-57": {"annex": "It was reported."}} if earlier else {})},
        reports=reports or None,
    )


def _person(chance: random.Random, ref: str, symbols: list[str], alone: bool) -> dict[str, Any]:
    levels = ["public-no-name"] * 5 + ["public-aggregate", "statistics-only"]
    consent = (
        {"level": "already-public", "source": [*symbols]} if symbols else _given(chance, levels[: 5 if alone else 7])
    )
    kinds = (
        [("individual", 1)] if alone else [*[("individual", 1)] * 6, ("group", 2), ("group", 7), ("organization", 1)]
    )
    kind, count = chance.choice(kinds)
    return person(
        ref,
        kind=kind,
        gender=chance.choice(["female", "male", "female", "male", "other", "mixed", "not-stated"]),
        count=chance.choice([count] * 9 + ["unknown"]) if kind == "group" else count,
        roles=chance.choice([["lawyer-or-legal-representative"], ["indigenous-representative"]]),
        name="not-carried" if symbols else "sealed",
        consent=consent,
    )


def _given(chance: random.Random, levels: list[str]) -> dict[str, Any]:
    return {"level": chance.choice(levels), "uses": chance.choice([["report"], ["report", "oral"]])}


def _act(chance: random.Random, ref: str, people: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "ref": ref,
        "type": chance.choice(tuple(ACTS)),
        "date": "2025-01-10",
        **_maybe(chance, "mode", chance.choice(["online", "offline", "both"])),
        **_maybe(chance, "actor", {"class": chance.choice(["state", "non-state", "both", "foreign-state", "unknown"])}),
        **_maybe(chance, "persons", [chance.choice(people)["ref"]]),
    }


def _actions(chance: random.Random, state: str, number: int) -> list[dict[str, Any]] | None:
    if chance.random() < 0.5:
        return None
    by = chance.choice(["sr-defenders", "cat", "hrc-president"])
    letter = chance.choice([f"{state} {number}/2025", f"{state} 1/2025"])
    return [{"ref": "u1", "by": [by], "kind": "communication", "number": letter, "date": "2025-03-01", "to": [state]}]


def _maybe(chance: random.Random, key: str, value: Any) -> dict[str, Any]:
    return {key: value} if chance.random() < 0.7 else {}
