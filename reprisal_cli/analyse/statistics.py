"""All tables of an edition, with the reasons of what was merged (operative paragraph 11, preambular paragraphs 5-7)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reprisal_cli.analyse.cases import case_tables
from reprisal_cli.analyse.persons import person_tables
from reprisal_cli.analyse.replies import reply_table
from reprisal_cli.analyse.tables import Tabled
from reprisal_cli.analyse.trends import trend_tables
from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.select import Told
from reprisal_cli.protect.case_numbers import ledger_of_cases
from reprisal_cli.protect.public import PublicCorpus
from reprisal_cli.protect.small_numbers import Ledger, number_of, people


class Statistics(Struct, frozen=True):
    """The tables in the order of the annex. `persons` is the number of those whom the tables of persons count, `cases`
    are the cases that they stand in."""

    tables: tuple[Tabled, ...]
    persons: int
    cases: tuple[str, ...]


def statistics(corpus: PublicCorpus, told: Sequence[Told], frame: Frame, ledger: Ledger) -> Statistics:
    """The tables of an edition. `ledger` has what its sentences say of persons; the tables' numbers are entered too."""
    counted = people(corpus.counted)
    persons = tuple(person_tables(corpus.counted, frame, ledger))
    of_cases = ledger_of_cases(corpus, ledger)
    replies = reply_table(told, frame)
    tables = (
        *persons,
        *case_tables(told, frame, of_cases),
        *((replies,) if replies else ()),
        *trend_tables(corpus, frame, of_cases),
    )
    cases = tuple(dict.fromkeys(person.case for person in counted)) if persons else ()
    return Statistics(tables, number_of(counted) if persons else 0, cases)
