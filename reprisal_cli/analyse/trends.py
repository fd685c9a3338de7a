"""Trends over editions (preambular paragraph 5): how many cases each told, of what kind, and which States recur.

Allegations that recur may point to a pattern. A number of cases is safe where it counts none, or at least five that are
not already public, and gives no number of persons away (`protect/case_numbers.py`). How often a State stands in the
reports is no number of persons, and the reports say it themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from reprisal_cli.analyse.persons import merged_notes, sentence_case
from reprisal_cli.analyse.tables import Group, Tabled, group, safe_cells
from reprisal_cli.compile.frame import Frame
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.membership import place_in
from reprisal_cli.protect.case_numbers import CaseLedger
from reprisal_cli.protect.public import PublicCase, PublicCorpus

Told = list[tuple[Edition, Sequence[PublicCase]]]
"""The cases that each edition told, from the first edition on."""

RECURRENT = 3
"""A State recurs if it stands in as many editions."""


def trend_tables(corpus: PublicCorpus, frame: Frame, ledger: CaseLedger) -> Iterator[Tabled]:
    """Cases by edition, and States by the number of editions in which they stand; nothing if this is the first."""
    if not any(corpus.earlier.values()):
        return
    told: Told = [(frame.editions[name], cases) for name, cases in corpus.earlier.items() if cases]
    told.append((corpus.edition, corpus.cases))
    for table in (_by_edition(told, frame, ledger), _recurrent(told, frame)):
        if table is not None:
            yield table


def _by_edition(told: Told, frame: Frame, ledger: CaseLedger) -> Tabled | None:
    """A row for each edition: new cases and follow-up, and cases with an act online or an effect on cooperation."""
    pairs = [(edition, case) for edition, cases in told for case in cases]

    def key(edition: Edition, case: PublicCase) -> Hashable:
        """A case in this edition is what the other tables count; in an earlier one it is another thing to know."""
        return ledger.key(case) if edition.id == frame.edition.id else (edition.id, case.id)

    def those(name: str, holds: Callable[[Edition, PublicCase], bool]) -> Group:
        return group(name, (key(*pair) for pair in pairs if holds(*pair)))

    def column(name: str, holds: Callable[[Edition, PublicCase], bool]) -> Group:
        return those(frame.say.word(f"statistics.editions.{name}"), holds)

    rows = tuple(group(_name(edition), (key(edition, case) for case in cases)) for edition, cases in told)
    earlier = those(frame.say.word("statistics.editions.earlier"), lambda edition, _: edition.id != frame.edition.id)
    columns = (
        column("new", lambda edition, case: place_in(case, edition) != "annex-2"),
        column("follow-up", lambda edition, case: place_in(case, edition) == "annex-2"),
        column("online", lambda _, case: any(act.mode in ("online", "both") for act in case.acts)),
        column("silence", lambda _, case: bool(case.effects)),
    )
    sizes = {key(*pair): 1 for pair in pairs}
    cells = safe_cells(sizes, [rows, (earlier, rows[-1])], [columns, columns[:2]], ledger.numbers)
    if cells is None or not cells.rows:
        return None
    head = (
        frame.say.word("statistics.rows.editions"),
        *(column.name for column in cells.columns),
        frame.say.word("statistics.total"),
    )
    lines = tuple((row.name, tuple(map(str, line))) for row, line in zip(cells.rows, cells.numbers, strict=False))
    notes = (
        frame.say.word("statistics.note.editions"),
        *merged_notes(cells.row_level, cells.column_level, frame, several=False),
    )
    chart = 2 if cells.columns else 0
    return Tabled("editions", "cases", frame.say.word("statistics.caption.editions"), head, lines, notes, chart)


def _name(edition: Edition) -> str:
    return edition.symbol or edition.id


def _recurrent(told: Told, frame: Frame) -> Tabled | None:
    """How many States stand in one edition, in two, and so on, with the names of those that recur."""
    found: dict[str, set[str]] = {}
    for edition, cases in told:
        for case in cases:
            for state in case.states:
                found.setdefault(state, set()).add(edition.id)
    times = [len(editions) for editions in found.values()]
    rows = tuple((_times(number, frame), (f"{times.count(number)}",)) for number in range(1, max(times) + 1))
    often = frame.in_order(state for state, editions in found.items() if len(editions) >= RECURRENT)
    notes = []
    if often:
        names = frame.say.listed(frame.state_running(state) for state in often)
        count = frame.say.number(RECURRENT)
        said = frame.say.say("statistics.note.recurrent", states=names, count=count)
        notes.append("".join(getattr(part, "text", "") for part in said))
    head = (frame.say.word("statistics.rows.recurrent"), frame.say.word("statistics.states"))
    return Tabled("recurrent", "States", frame.say.word("statistics.caption.recurrent"), head, rows, tuple(notes))


def _times(number: int, frame: Frame) -> str:
    form = "one" if number == 1 else "many"
    return sentence_case(frame.say.text(f"statistics.recurrent.{form}", count=frame.say.number(number)))
