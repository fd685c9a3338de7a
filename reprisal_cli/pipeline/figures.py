"""`reprisal stats` and `build report --budget`: what the tables of an edition say, and how long it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from reprisal_cli.diagnostic import Diagnostic, has_errors
from reprisal_cli.model.edition import AnnexBlock, Edition
from reprisal_cli.model.membership import in_edition, new_act
from reprisal_cli.pipeline.load import Loaded
from reprisal_cli.pipeline.prepare import disclosed, manuscripts_of, ready, sentences_of
from reprisal_cli.protect.public import PublicCorpus

_LEFT = frozenset({"withheld", "withdrawn", "rejected", "merged", "closed"})
"""Statuses of cases that no edition waits for."""


class Figures(Struct, frozen=True):
    """The tables of an edition (`analyse/statistics.py`), none where its cases are at fault; and whether the edition
    prints them."""

    loaded: Loaded
    edition: Edition
    printed: bool
    statistics: Any = None
    found: tuple[Diagnostic, ...] = ()


def edition_figures(start: Path, edition_id: str | None, as_of: date | None) -> Figures:
    """The tables as the report has them, judged together with the sentences of its manuscripts. An edition without a
    statistical annex is counted as if it had one."""
    from reprisal_cli.analyse.statistics import Statistics, statistics
    from reprisal_cli.compile.report import compile_report

    loaded, edition = ready(start, edition_id, as_of)
    printed = _prints(edition)
    if has_errors(loaded.found):
        return Figures(loaded, edition, printed)
    if not printed:
        edition = edition.model_copy(update={"contents": (*edition.contents, AnnexBlock(annex="statistics"))})
    public, _, _ = disclosed(loaded, edition, None)
    manuscripts, missing = manuscripts_of(loaded.workspace, edition, public)
    if missing:
        return Figures(loaded, edition, printed, found=tuple(missing))
    made: list[Statistics] = []

    def keep(corpus: PublicCorpus, told: Sequence[Any], frame: Any, ledger: Any) -> tuple[list[Any], list[Any]]:
        made.append(statistics(corpus, told, frame, ledger))
        return [], []

    sentences = sentences_of(loaded.workspace, edition)
    _, found = compile_report(public, manuscripts.with_analysis(keep), sentences)
    return Figures(loaded, edition, printed, made[0], tuple(found))


def _prints(edition: Edition) -> bool:
    return any(isinstance(item, AnnexBlock) and item.annex == "statistics" for item in edition.contents)


# --- words ----------------------------------------------------------------------------------------------------------


class Budgeted(Struct, frozen=True):
    """The word budget of an edition (`compile/budget.py`), none where its cases are at fault."""

    loaded: Loaded
    edition: Edition
    budget: Any = None
    found: tuple[Diagnostic, ...] = ()


def word_budget(start: Path, edition_id: str | None, as_of: date | None) -> Budgeted:
    """The words of an edition by section and State, and the forecast; nothing is rendered or written."""
    from reprisal_cli.pipeline.prepare import compiled

    loaded, edition = ready(start, edition_id, as_of)
    done = compiled(loaded, edition)
    if done.report is None or done.public is None:
        return Budgeted(loaded, edition, found=done.found)
    return Budgeted(loaded, edition, budget_in(loaded, edition, done.public, done.report), done.found)


def budget_in(loaded: Loaded, edition: Edition, public: PublicCorpus, report: Any) -> Any:
    """The budget of a report that is compiled."""
    from reprisal_cli.compile.budget import budget_of
    from reprisal_cli.compile.select import select

    return budget_of(report, select(public), waiting(loaded, edition), edition.word_limit)


def waiting(loaded: Loaded, edition: Edition) -> list[str]:
    """The cases that no edition has yet and that this one may still get: received, or with an act, in its period."""
    editions = loaded.workspace.editions
    first, last = edition.period.first, edition.period.last
    return [
        case.id
        for case in loaded.corpus.cases
        if case.status not in _LEFT
        and not any(in_edition(case, one) for one in editions)
        and (new_act(case, edition) or (case.received is not None and first <= case.received <= last))
    ]


def budget_line(budget: Any, edition: Edition) -> str:
    """What a build says of the words: those of the body, the limit, and what is still to come."""
    limit = f" of {budget.limit}" if budget.limit else f" ({edition.id} has no word_limit)"
    line = f"words of the body: {budget.words}{limit}"
    if budget.waiting:
        cases = f"{len(budget.waiting)} case{'s' * (len(budget.waiting) != 1)}"
        line += f"; {cases} not yet drafted, some {budget.each} words each: {budget.forecast} in the end"
    return f"{line}; {budget.over} over the limit" if budget.over else line
