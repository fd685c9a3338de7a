"""No table, and no difference of tables, points to fewer than five people who are not publicly known."""

from __future__ import annotations

import itertools
import random

from reprisal_cli.analyse.persons import dimensions
from reprisal_cli.model.values import Count
from reprisal_cli.protect.public import Counted
from reprisal_cli.protect.small_numbers import OTHERS, Grid, keys_of, ledger_of, safe_grids

STATES = [f"XX{letter}" for letter in "ABCDEF"]
_REFS = itertools.count(1)
GENDERS = ["female", "male", "other", "mixed", "not-stated"]
ACTS = ["killing", "arbitrary-arrest-or-detention", "travel-ban", "threats", "asset-freeze-or-account-closure"]


def person(state: str = "XXA", gender: str = "female", number: int = 1, **more: object) -> Counted:
    values: dict[str, object] = {
        "case": "XXA-2025-001",
        "ref": f"p{next(_REFS)}",
        "states": (state,) if state else (),
        "kind": "individual",
        "gender": gender,
        "count": Count(number),
        "acts": frozenset({"threats"}),
        "told": False,
        "public": False,
    }
    return Counted(**{**values, **more})  # type: ignore[arg-type]


def gender_grid(persons: list[Counted]) -> Grid:
    return safe_grids(persons, dimensions())[0]


def row(grid: Grid, name: str) -> dict[str, int]:
    index = grid.rows.index(name)
    cells = {column.key: number for column, number in zip(grid.columns, grid.cells[index], strict=True)}
    return {**cells, "all": grid.totals[index]}


def test_a_world_of_fewer_than_five_has_no_table() -> None:
    assert safe_grids([person(number=4)], dimensions()) == ()


def test_a_state_of_fewer_than_five_never_stands_alone_nor_is_it_alone_in_the_last_row() -> None:
    grid = gender_grid([person("XXA", number=3), person("XXB", number=9), person("XXC", number=20)])
    assert grid.merged == ("XXA", "XXB")
    assert row(grid, OTHERS)["all"] == 12
    assert row(grid, "XXC")["all"] == 20


def test_numbers_of_cases_that_are_public_in_full_are_shown_as_they_are() -> None:
    grid = gender_grid([person("XXA", public=True, told=True), person("XXB", "male", public=True, told=True)])
    assert row(grid, "XXA") == {"female": 1, "male": 0, "other": 0, "mixed": 0, "not-stated": 0, "all": 1}


def test_columns_are_merged_before_states_are() -> None:
    persons = [person("XXA", "female", 8), person("XXA", "male", 3), person("XXA", "not-stated", 4)]
    grid = gender_grid([*persons, person("XXB", "female", 30), person("XXB", "not-stated", 30)])
    assert grid.merged == ()
    assert row(grid, "XXA") == {"female": 8, "others": 7, "all": 15}


def test_persons_whom_the_report_tells_of_do_not_hide_one_who_is_only_counted() -> None:
    told = [person("XXA", told=True) for _ in range(9)]
    grid = gender_grid([*told, person("XXA"), person("XXB", number=50), person("XXC", number=50)])
    assert "XXA" in grid.merged


def test_a_person_for_world_figures_only_is_in_no_row_of_a_state() -> None:
    grid = gender_grid([person("XXA", number=10), person("", number=6)])
    assert row(grid, "XXA")["all"] == 10
    assert row(grid, OTHERS)["all"] == 6


def test_all_tables_of_an_edition_have_the_same_rows() -> None:
    for seed in range(20):
        grids = safe_grids(random_year(random.Random(seed)), dimensions())
        assert len({grid.rows for grid in grids}) <= 1


# --- sentences and tables together ----------------------------------------------------------------------------------


def test_a_sentence_and_a_table_are_judged_together() -> None:
    """Ten in all, and a sentence of eight: a reader takes one from the other."""
    persons = [person("XXA", number=8, told=True), person("XXB", number=2, told=True)]
    ledger = ledger_of(persons)
    assert ledger.enter([keys_of(persons)])
    assert not ledger.enter([keys_of(persons[:1])])
    assert ledger_of(persons).enter([keys_of(persons[:1])])


def test_a_number_that_is_refused_is_not_entered() -> None:
    persons = [person("XXA", number=2), person("XXB", number=9)]
    ledger = ledger_of(persons)
    assert not ledger.enter([keys_of(persons[:1])])
    assert ledger.entered == []


def test_what_is_told_does_not_hide_one_who_is_only_counted_in_a_sentence() -> None:
    """The table has eleven, the sentence ten of whom the report tells: one is left."""
    told = [person("XXA", told=True) for _ in range(10)]
    ledger = ledger_of([*told, person("XXA")])
    assert ledger.enter([keys_of(told)])
    assert safe_grids([*told, person("XXA")], dimensions(), ledger) == ()


def test_tables_are_merged_further_where_a_sentence_would_give_them_away() -> None:
    persons = [
        person("XXA", "female", 6),
        person("XXA", "male", 6),
        person("XXB", "female", 20),
        person("XXB", "male", 20),
    ]
    alone = gender_grid(persons)
    assert (len(alone.columns), alone.merged) == (5, ())
    ledger = ledger_of(persons)
    more = [person("XXA", "male", 3), person("XXB", "male", 5)]
    ledger = ledger_of([*persons, *more])
    # with this sentence, the men of XXA in the table would leave three
    assert ledger.enter([keys_of(persons[1:2])])
    grid = safe_grids([*persons, *more], dimensions(), ledger)[0]
    assert "male" not in [column.key for column in grid.columns] or grid.merged


def random_year(chance: random.Random) -> list[Counted]:
    """Some persons as a year may have them: told or not, public or not, some for world figures only."""
    persons = []
    for _ in range(chance.randint(5, 90)):
        public = chance.random() < 0.3
        state = chance.choice([*STATES, STATES[0], STATES[1], ""])
        persons.append(
            person(
                state,
                chance.choice(GENDERS),
                chance.choice([1, 1, 1, 2, 7]),
                acts=frozenset(chance.sample(ACTS, chance.randint(1, 2))),
                public=public,
                told=public or chance.random() < 0.4,
            )
        )
    return persons
