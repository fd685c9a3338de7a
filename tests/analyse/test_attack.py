"""A reader with a linear program: all numbers of persons that an edition prints, tables and sentences together."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product

import pytest

from reprisal_cli.analyse.persons import GRAVE, act_groups, person_tables
from reprisal_cli.analyse.tables import Tabled
from reprisal_cli.compile.frame import Frame, frame_of
from reprisal_cli.protect.public import Counted
from reprisal_cli.protect.small_numbers import Ledger, keys_of, ledger_of, ledger_of_copy, number_of, people
from reprisal_cli.register.words import words
from tests.protect.test_small_numbers import ACTS, GENDERS, STATES, person, random_year
from tests.support.builders import sentences, shown

Printed = tuple[list[Counted], int]
"""Whom a number counts, as a reader understands its row and column, and the number."""

Test = Callable[[Counted], bool]


def frame() -> Frame:
    public = shown([])
    return frame_of(public.edition, public.editions, sentences(), {code: code for code in STATES})


FRAME = frame()
FAMILIES = {words("acts").group_label(family, "en"): family for family in words("acts").groups}
GENDER_NAMES = {name: name.replace("-", " ").capitalize() for name in GENDERS}


@pytest.mark.slow
@pytest.mark.parametrize("known", ["public", "told"])
def test_linear_programming_over_all_numbers_of_an_edition_pins_none_below_five(known: str) -> None:
    """The reader takes out of every number the persons whom everybody knows, or all whom the report tells of."""
    attacked = refused = 0
    for seed in range(200):
        chance = random.Random(seed)
        persons = random_year(chance)
        said, ledger = sentences_of(persons, chance)
        refused += 4 - len(said)
        tables = list(person_tables(persons, FRAME, ledger))
        printed = [*said, *(number for table in tables for number in numbers_of(table, persons))]
        for target in chance.sample(targets := small_targets(persons, known), min(6, len(targets))):
            attacked += 1
            assert not pinned(printed, persons, target, known), (seed, sorted(one.key for one in target))
    assert attacked > 500
    assert 0 < refused < 600


@pytest.mark.slow
def test_nor_over_an_edition_and_its_copy_for_the_general_assembly() -> None:
    """The copy comes some weeks later, with a few persons more, or a few less."""
    attacked = pinned_without = shown = 0
    for seed in range(200):
        chance = random.Random(seed)
        everybody = random_year(chance)
        late = chance.randint(0, min(8, len(everybody) - 1))
        gone = chance.randint(0, 1) * chance.randint(0, 3)
        first, second = everybody[late:], everybody[: len(everybody) - gone]
        published = ledger_of(first)
        tables = list(person_tables(first, FRAME, published))
        printed = [number for table in tables for number in numbers_of(table, first)]
        ledger = ledger_of_copy(second, first, published)
        copied = list(person_tables(second, FRAME, ledger))
        shown += bool(copied)
        both = [*printed, *(number for table in copied for number in numbers_of(table, second))]
        alone = [n for table in person_tables(second, FRAME, ledger_of(second)) for n in numbers_of(table, second)]
        for target in chance.sample(targets := small_targets(everybody, "public"), min(3, len(targets))):
            attacked += 1
            assert not pinned(both, everybody, target, "public"), (seed, sorted(one.key for one in target))
            pinned_without += pinned([*printed, *alone], everybody, target, "public")
    assert attacked > 300
    assert pinned_without > 0, "otherwise this would prove nothing"
    assert shown > 20, "a copy with nobody new has its tables"


def test_the_attack_works_on_numbers_that_are_not_safe() -> None:
    """Otherwise the test above would prove nothing."""
    persons = [person("XXA", number=2), person("XXB", number=40)]
    printed = [(persons, 42), (persons[1:], 40)]
    assert pinned(printed, persons, persons[:1], "public")
    assert not pinned(printed[:1], persons, persons[:1], "public")


def test_the_tables_print_what_they_count() -> None:
    """The reader of this test understands rows and columns as they were meant: sums are right in every cell."""
    for seed in range(30):
        persons = random_year(random.Random(seed))
        ledger = ledger_of(persons)
        for table in person_tables(persons, FRAME, ledger):
            for members, number in numbers_of(table, persons):
                assert number_of(members) == number, (seed, table)


def sentences_of(persons: list[Counted], chance: random.Random) -> tuple[list[Printed], Ledger]:
    """Up to four numbers of persons told of, as a manuscript may ask for them, entered after the whole as a build does;
    one that is refused is not printed."""
    ledger = ledger_of(persons)
    ledger.enter([keys_of(people(persons))])
    state, act = chance.choice(STATES), chance.choice(ACTS)
    asked: list[Test] = [
        lambda one: True,
        lambda one: state in one.states,
        lambda one: one.gender == "female",
        lambda one: act in one.acts,
    ]
    said = []
    for test in chance.sample(asked, 4):
        members = [one for one in persons if one.told and test(one)]
        if ledger.enter([keys_of(members)]):
            said.append((members, number_of(members)))
    return said, ledger


def numbers_of(table: Tabled, persons: list[Counted]) -> Iterator[Printed]:
    """Each number of a printed table with those whom its row and its column name."""
    states = [name for name, _ in table.rows if name in STATES]
    for name, numbers in table.rows:
        row = [one for one in persons if in_row(table, name, states, one)]
        for column, number in zip(table.head[1:], numbers, strict=True):
            yield [one for one in row if in_column(column, one)], int(number)


def in_row(table: Tabled, name: str, states: list[str], one: Counted) -> bool:
    if table.key == "gender-acts":
        return name == "All persons" or in_column(name, one)
    if name in states:
        return name in one.states
    return not one.states or bool(set(one.states) - set(states))


def in_column(name: str, one: Counted) -> bool:
    if name == "All":
        return True
    if name in FAMILIES:
        return FAMILIES[name] in act_groups(one)
    if name == "Life, integrity or liberty":
        return bool(set(GRAVE) & act_groups(one))
    if name == "Other acts":
        return bool(act_groups(one) - set(GRAVE))
    return one.gender in REST[name] if name in REST else GENDER_NAMES[one.gender] == name


REST = {
    "Other or not stated": ("other", "mixed", "not-stated"),
    "Male, other or not stated": ("male", "other", "mixed", "not-stated"),
}


def small_targets(persons: list[Counted], known: str) -> list[list[Counted]]:
    """What a reader would like to know: by State, gender, act, and any two or three of them, and each person alone."""
    marks: list[frozenset[object]] = []
    for one in persons:
        places = one.states or ("nowhere",)
        for parts in product((*places, None), (one.gender, None), (*sorted(one.acts), None), (one.key, None)):
            marks.append(frozenset(part for part in parts if part is not None))
    found = []
    for wanted in dict.fromkeys(marks):
        held = [one for one in persons if not getattr(one, known) and wanted <= marks_of(one)]
        found.append(held)
    return [members for members in found if 0 < number_of(members) < 5]


def marks_of(one: Counted) -> frozenset[object]:
    return frozenset({*(one.states or ("nowhere",)), one.gender, *one.acts, one.key})


def pinned(printed: list[Printed], persons: list[Counted], target: list[Counted], known: str) -> bool:
    """Whether one value only is left for the number of the target: its least and its greatest by linear programming.

    The reader knows which persons there may be, and takes those who are `known` out of every number.
    """
    from scipy.optimize import linprog

    if not printed:
        return False
    hidden = [one for one in persons if not getattr(one, known)]
    at = {one.key: index for index, one in enumerate(hidden)}
    equations, values = [], []
    for members, number in printed:
        line = [0.0] * len(hidden)
        for one in members:
            if one.key in at:
                line[at[one.key]] = 1.0
        equations.append(line)
        values.append(number - number_of(one for one in members if one.key not in at))
    goal = [0.0] * len(hidden)
    for one in target:
        goal[at[one.key]] = 1.0
    least = linprog(goal, A_eq=equations, b_eq=values, bounds=(0, 10_000), method="highs")
    greatest = linprog([-number for number in goal], A_eq=equations, b_eq=values, bounds=(0, 10_000), method="highs")
    assert least.success
    assert greatest.success
    return abs(-greatest.fun - least.fun) < 1e-6
