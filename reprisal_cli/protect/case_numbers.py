"""Numbers of cases beside numbers of persons (`docs/protection.md`, "Small numbers").

A case is no person, but it has at least one. Where a report counts as many persons as cases, a reader knows that each
case has just one, and from then on a number of cases is a number of persons: taken from one in a table of persons it
can leave one to four. So numbers of cases are entered where those of persons are, and a case of which one person is
told counts as that person.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from msgspec import Struct

from reprisal_cli.protect.public import PublicCase, PublicCorpus
from reprisal_cli.protect.small_numbers import Ledger


class CaseLedger(Struct, frozen=True):
    """A ledger that numbers of cases are entered into. `alone` are the persons who are the only ones of their case."""

    numbers: Ledger
    alone: Mapping[str, Hashable]

    def key(self, case: PublicCase) -> Hashable:
        """What a case is in the numbers: its one person, else itself."""
        return self.alone.get(case.id, case.id)


def ledger_of_cases(corpus: PublicCorpus, persons: Ledger) -> CaseLedger:
    """The ledger of numbers of cases, those of this edition and of the earlier ones: it begins with the numbers of
    persons. Who knows all of whom the report tells knows its cases too, so the cases are a secret to the others alone.
    """
    alone = {case.id: key for case in corpus.cases if (key := _alone(case)) is not None}
    cases: dict[Hashable, int] = {case.id: 1 for case in corpus.cases if not case.public and case.id not in alone}
    for edition, told in corpus.earlier.items():
        cases |= {(edition, case.id): 1 for case in told if not case.public}
    everyone, *others = persons.unknown
    return CaseLedger(Ledger(({**everyone, **cases}, *others), list(persons.entered)), alone)


def _alone(case: PublicCase) -> Hashable | None:
    """The one person who is told of in a case that is not public in full; None where there are more, or nobody knows
    how many."""
    numbers = [person.count.number for person in case.persons]
    return (case.id, case.persons[0].ref) if numbers == [1] and not case.public else None
