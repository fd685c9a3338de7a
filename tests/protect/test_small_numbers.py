"""No table, and no difference of tables, points to fewer than five people who are not publicly known."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from reprisal_cli.compile.statistics import dimensions
from reprisal_cli.model.values import Count
from reprisal_cli.protect.public import Counted
from reprisal_cli.protect.small_numbers import OTHERS, Grid, row_members, safe_grids

STATES = [f"XX{letter}" for letter in "ABCDEF"]
GENDERS = ["female", "male", "other", "mixed", "not-stated"]
ACTS = ["killing", "arbitrary-arrest-or-detention", "travel-ban", "threats", "asset-freeze-or-account-closure"]


def person(state: str = "XXA", gender: str = "female", number: int = 1, **more: object) -> Counted:
    values: dict[str, object] = {
        "case": "XXA-2025-001",
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
    assert row(grid, "XXA") == {"female": 8, "rest": 7, "all": 15}


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


@pytest.mark.slow
@pytest.mark.parametrize("known", ["public", "told"])
def test_linear_programming_over_all_tables_pins_no_cell_below_five(known: str) -> None:
    """The reader takes out of every number the persons whom everybody knows, or all whom the report tells of."""
    attacked = 0
    for seed in range(200):
        persons = random_year(random.Random(seed))
        for grid, dimension in zip(safe_grids(persons, dimensions()), dimensions(), strict=False):
            truth = cells_of(persons, dimension, known)
            for cell in (cell for cell, number in truth.items() if 0 < number < 5):
                attacked += 1
                assert not pinned(grid, persons, dimension, list(truth), cell, known), (seed, dimension.key, cell)
    assert attacked > 1000


def test_the_attack_works_on_a_table_that_is_not_safe() -> None:
    """Otherwise the test above would prove nothing."""
    persons = [person("XXA", number=2), person("XXB", number=40)]
    dimension = dimensions()[0]
    columns = dimension.levels[0]
    cells = tuple(
        tuple(
            sum(one.count.number or 0 for one in persons if code in one.states and one.gender == gender)
            for gender in GENDERS
        )
        for code in ("XXA", "XXB")
    )
    bare = Grid("gender", ("XXA", "XXB"), columns, cells, (2, 40), (), 0)
    assert pinned(bare, persons, dimension, list(cells_of(persons, dimension, "public")), ("XXA", "female"), "public")


def random_year(chance: random.Random) -> list[Counted]:
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


def cells_of(persons: list[Counted], dimension: object, known: str) -> Counter[tuple[str, str]]:
    """The finest cells that a reader would like to know: persons not publicly known, by State and word."""
    found: Counter[tuple[str, str]] = Counter()
    for one in persons:
        for code in one.states or ("",):
            for word in dimension.of(one):  # type: ignore[attr-defined]
                found[code, word] += 0 if getattr(one, known) else one.count.number or 0
    return found


def pinned(
    grid: Grid, persons: list[Counted], dimension: object, cells: list, target: tuple[str, str], known: str
) -> bool:
    """Whether the tables leave one value only for a cell: its least and its greatest value by linear programming.

    The reader takes the persons who are `known` out of every number. Unknown are the finest cells and,
    where one person may stand in several columns, how many stand outside each.
    """
    from scipy.optimize import linprog

    words = sorted({word for _, word in cells})
    codes = sorted({code for code, _ in cells})
    names = [(code, word) for code in codes for word in words]
    outside = [(code, f"not {word}") for code, word in names] if dimension.key == "acts" else []  # type: ignore[attr-defined]
    variables = {name: index for index, name in enumerate([*names, *outside])}
    equations, values = [], []

    def equate(members: list[tuple[str, str]], value: float) -> None:
        line = [0.0] * len(variables)
        for name in members:
            line[variables[name]] += 1
        equations.append(line)
        values.append(value)

    for index, name in enumerate(grid.rows):
        inside = [*grid.merged, ""] if name == OTHERS else [name]
        inside = [code for code in inside if code in codes]
        public = [one for one in row_members(persons, name, grid.merged) if getattr(one, known)]
        total = grid.totals[index] - sum(one.count.number or 0 for one in public)
        for column, number in zip(grid.columns, grid.cells[index], strict=True):
            given = sum(one.count.number or 0 for one in public if dimension.of(one) & column.holds)  # type: ignore[attr-defined]
            held = [word for word in words if word in column.holds]
            if len(held) == 1 or not outside:
                equate([(code, word) for code in inside for word in held], number - given)
        for word in words if outside else []:
            equate([pair for code in inside for pair in ((code, word), (code, f"not {word}"))], total)
        if not outside:
            equate([(code, word) for code in inside for word in words], total)
    goal = [0.0] * len(variables)
    goal[variables[target]] = 1.0
    least = linprog(goal, A_eq=equations, b_eq=values, method="highs")
    greatest = linprog([-number for number in goal], A_eq=equations, b_eq=values, method="highs")
    assert least.success
    assert greatest.success
    return abs(-greatest.fun - least.fun) < 1e-6
