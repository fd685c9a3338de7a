"""A reader with a linear program and everything that a build prints: tables of persons, of cases and of trends, and the
numbers of its sentences, read back from the document. (A figure has the numbers of its table alone.)

There are two readers. One has the annex of statistics and the numbers of persons in the text, knows what is already
public, and that each case has at least one person. The other has the whole document with every case, person and letter
that it tells of, one by one, and seeks those who are counted and not told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from reprisal_cli.analyse.persons import GRAVE
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.words import words
from tests.analyse.years import Year, all_but_statistics, spoken, year
from tests.analyse.years import built as build
from tests.support.builders import case as case_with
from tests.support.builders import person

YEARS = 200
Key = tuple[str, str]
"""A person by case and ref, or a case by edition and id."""

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the file has it."""

    key: Key
    number: int
    states: frozenset[str]
    gender: str
    families: frozenset[str]
    organization: bool
    told: bool
    public: bool
    case: frozenset[str]

    @property
    def marks(self) -> frozenset[str]:
        """What a reader may ask for."""
        return frozenset({*(self.states or ("nowhere",)), self.gender, *self.families, *self.case, f"{self.key}"})


@dataclass(frozen=True, slots=True)
class Printed:
    """A number, where it stands, and whom or what it counts as a reader understands its row and column."""

    keys: frozenset[Key]
    number: int
    where: str


@dataclass(frozen=True, slots=True)
class Riddle:
    """What a reader does not know (with the truth), the equations that the document gives, and for each case that is
    not known the persons of whom at least one belongs to it."""

    unknown: Mapping[Key, int]
    printed: tuple[tuple[frozenset[Key], int], ...]
    links: Mapping[Key, frozenset[Key]]

    def pinned(self, targets: Sequence[frozenset[Key]]) -> list[frozenset[Key]]:
        """The targets of whose number one value only is left. A linear program finds the cases that must have just one
        person each; the truth lies inside all other bounds, so that nothing but equations is left, and a number is
        pinned if it is a sum of them."""
        at = {key: index for index, key in enumerate(self.unknown)}

        def line(keys: Iterable[Key]) -> Any:
            found = np.zeros(len(at))
            found[[at[key] for key in keys]] = 1.0
            return found

        given = [line(keys) for keys, _ in self.printed]
        bounds = [line(persons) - line([case]) for case, persons in self.links.items()]
        rows = np.array(
            [*given, *(bound for bound, room in zip(bounds, self.rooms(given, bounds), strict=True) if not room)]
        )
        if not len(rows):
            return []
        _, sizes, axes = np.linalg.svd(rows, full_matrices=False)
        axes = axes[sizes > 1e-9]
        asked = np.array([line(keys) for keys in targets])
        rest = np.abs(asked - asked @ axes.T @ axes).max(axis=1)
        return [keys for keys, left in zip(targets, rest, strict=True) if left < 1e-6]

    def rooms(self, given: list[Any], bounds: list[Any]) -> list[bool]:
        """For each case, whether it may have more than one person: as many as can be, all at once."""
        if not bounds:
            return []
        size, many = len(self.unknown), len(bounds)
        done = linprog(
            [*np.zeros(size), *-np.ones(many)],
            A_ub=np.hstack([-np.array(bounds), np.eye(many)]),
            b_ub=np.zeros(many),
            A_eq=np.hstack([np.array(given), np.zeros((len(given), many))]) if given else None,
            b_eq=[number for _, number in self.printed] or None,
            bounds=[*[(0, 10_000)] * size, *[(0, 0.01)] * many],
            method="highs",
        )
        assert done.success
        return [bool(room > 1e-6) for room in done.x[size:]]


@pytest.mark.slow
@pytest.mark.parametrize("first", range(4))
def test_nothing_that_a_build_prints_pins_one_to_four_persons(first: int) -> None:
    tried = {"annex": 0, "document": 0}
    seen: set[str] = set()
    for seed in range(first, YEARS, 4):
        built = year(seed)
        people, printed = persons_of(built), numbers_of(built)
        seen |= {one.where.split()[0] for one in printed}
        for name, riddle in (("annex", of_annex(built, people, printed)), ("document", of_document(people, printed))):
            asked = targets(people, riddle)
            tried[name] += len(asked)
            assert not riddle.pinned(asked), (seed, name)
    assert tried["annex"] > 2000
    assert tried["document"] > 200
    assert seen >= {"sentence", "gender", "acts", "gender_acts", "modes", "actors", "effects", "who", "editions"}


@pytest.mark.slow
def test_nor_do_the_numbers_of_the_briefing_beside_them() -> None:
    """Fewer agree to be told of aloud: the silent ones must not follow from the two."""
    heard = 0
    for seed in range(0, YEARS, 3):
        built = year(seed)
        aloud = {(one["id"], who["ref"]): is_aloud(who) for one in built.cases for who in one["persons"]}
        people = {
            key: replace(one, case=one.case | {"aloud" if aloud[key] else "silent"})
            for key, one in persons_of(built).items()
        }
        said = []
        for name, number in spoken(built.cases).items():
            counted = (one for key, one in people.items() if one.number and not one.organization and aloud[key])
            keys = frozenset(one.key for one in counted if name == "b_persons" or one.gender == "female")
            said.append(Printed(keys, number, "briefing"))
            assert sum(people[key].number for key in keys) == number
        heard += len(said)
        printed = [*numbers_of(built), *said]
        for riddle in (of_annex(built, people, printed), of_document(people, printed)):
            assert not riddle.pinned(targets(people, riddle)), seed
    assert heard > 15


def is_aloud(person: Mapping[str, Any]) -> bool:
    return "oral" in person["consent"].get("uses", ()) or person["consent"]["level"] == "already-public"


def test_a_table_of_cases_is_left_out_where_a_number_of_persons_would_turn_it_into_one_of_two_persons() -> None:
    """Twenty persons in twenty cases: each has one. Five of them stand in a sentence; seven cases of the same kind in a
    table would leave two persons."""
    silent, spoke = ["self-censorship"], None
    cases = tuple(
        case_with(
            f"{state}-2025-{number}",
            persons=[person(count=1, roles=["lawyer-or-legal-representative"])],
            acts=[ACT],
            effects=effects,
            text=TOLD,
        )
        for state, first, last, effects in (
            ("XXA", 101, 105, silent),
            ("XXA", 106, 110, spoke),
            ("XXB", 101, 102, silent),
            ("XXB", 103, 110, spoke),
        )
        for number in range(first, last + 1)
    )
    asked = 'cases.in_state("XXA").effect("self-censorship").persons | count'
    assert "st_effects" in dict(build(cases, []).tables())
    assert "st_effects" not in dict(build(cases, [asked]).tables())
    told = build(cases, [asked])
    people, printed = persons_of(told), numbers_of(told)
    riddle = of_annex(told, people, printed)
    assert not riddle.pinned(targets(people, riddle))
    rows = {"Self-censorship": 7, "All cases": 20}
    left_out = [Printed(cases_in(told, "effects", row, "Cases"), number, "effects") for row, number in rows.items()]
    riddle = of_annex(told, people, [*printed, *left_out])
    assert riddle.pinned(targets(people, riddle)), "otherwise the tests here would prove nothing"


TOLD = {"hrc-60": {"annex": "It was reported."}}
ACT = {"ref": "a1", "type": "threats", "date": "2025-01-10"}


@pytest.mark.slow
def test_no_other_number_or_word_depends_on_anyone_who_is_not_told_of() -> None:
    """Communications, annexes by mechanism, index, letters, trends, sentences, the list for the President: without all
    who are counted and not told of they are the same, so that nothing can be worked out from them."""
    taken = 0
    for seed in range(0, YEARS, 5):
        built = year(seed)
        told = tuple(only_told(one) for one in built.cases if any(map(is_told, one["persons"])))
        taken += sum(len(one["persons"]) for one in built.cases) - sum(len(one["persons"]) for one in told)
        assert all_but_statistics(built.cases) == all_but_statistics(told), seed
    assert taken > 100


def only_told(case: Case) -> dict[str, Any]:
    """A case without the persons who are not told of, and without what concerns them alone."""
    refs = {one["ref"] for one in case["persons"] if is_told(one)}
    acts = [act for act in case["acts"] if refs & set(act.get("persons", refs))]
    left = {**case, "persons": [one for one in case["persons"] if one["ref"] in refs], "acts": acts}
    return {key: value for key, value in left.items() if value}


# --- what the reader reads ------------------------------------------------------------------------------------------


def persons_of(built: Year) -> dict[Key, Person]:
    """All who are counted, by what the files say."""
    found = {}
    for case in built.cases:
        public = all(one["consent"]["level"] == "already-public" for one in case["persons"])
        for one in case["persons"]:
            level = one["consent"]["level"]
            acts = [act for act in case["acts"] if one["ref"] in act.get("persons", [one["ref"]])]
            found[case["id"], one["ref"]] = Person(
                key=(case["id"], one["ref"]),
                number=0 if one["count"] == "unknown" else one["count"],
                states=frozenset() if level == "statistics-only" else frozenset({case["state"]}),
                gender=one["gender"],
                families=frozenset(family(act["type"]) for act in acts),
                organization=one["kind"] == "organization",
                told=is_told(one),
                public=public,
                case=marks_of(case),
            )
    return found


def marks_of(case: Case) -> frozenset[str]:
    """What is so of a case as a whole."""
    online = any(act.get("mode") in ("online", "both") for act in case["acts"])
    late = case["text"]["hrc-60"].get("place") == "annex-2"
    return frozenset({*case.get("effects", ()), "online" if online else "offline", "follow-up" if late else "new"})


def is_told(person: Mapping[str, Any]) -> bool:
    return person["consent"]["level"] in ("public-no-name", "already-public")


def family(act: str) -> str:
    group = words("acts").group(act)
    assert group is not None
    return words("acts").group_label(group, "en")


def numbers_of(built: Year) -> list[Printed]:
    """Every number of persons or cases that the document prints in a table of its annex or in a sentence."""
    people = persons_of(built)
    found = list(sentences_of(built, people))
    for name, (head, *rows) in built.tables():
        table = name.removeprefix("st_")
        if table in ("replies", "recurrent") or not name.startswith("st_"):
            continue  # letters and States: each stands in the document by itself, none is a person or a case
        names = [line[0] for line in rows]
        for line in rows:
            for column, text in zip(head[1:], line[1:], strict=True):
                if table in ("gender", "acts", "gender_acts"):
                    keys = frozenset(key for key, one in people.items() if holds(table, line[0], column, names, one))
                else:
                    keys = cases_in(built, table, line[0], column)
                found.append(Printed(keys, int(text), f"{table} {line[0]} {column}"))
    truth = {**{key: one.number for key, one in people.items()}, **dict.fromkeys(cases_in(built, "", "", ""), 1)}
    for one in found:
        assert sum(truth[key] for key in one.keys) == one.number, "the reader understands what is counted"
    return found


def sentences_of(built: Year, people: Mapping[Key, Person]) -> Iterator[Printed]:
    for figure in built.figures:
        cases, query = frozenset(figure["cases"]), figure["query"]
        if query == "persons of known number":
            keys = frozenset(key for key, one in people.items() if one.number and not one.organization)
        elif query.endswith(".persons | count"):
            keys = frozenset(key for key, one in people.items() if one.told and key[0] in cases)
        else:
            keys = frozenset(("now", name) for name in cases)
        yield Printed(keys, int(figure["text"]), f"sentence {query}")


def holds(table: str, row: str, column: str, rows: list[str], one: Person) -> bool:
    """Whether a person stands in a cell of a table of persons."""
    if not one.number or one.organization:
        return False
    if table == "gender_acts":
        return (row == "All persons" or marked(row, one)) and marked(column, one)
    states = {name.removeprefix("Land ") for name in rows if name.startswith("Land ")}
    here = row.removeprefix("Land ") in one.states if row.startswith("Land ") else not one.states & states
    return here and marked(column, one)


GENDERS = {
    "Female": {"female"},
    "Male": {"male"},
    "Other": {"other"},
    "Mixed": {"mixed"},
    "Not stated": {"not-stated"},
    "Other or not stated": {"other", "mixed", "not-stated"},
    "Male, other or not stated": {"male", "other", "mixed", "not-stated"},
}
HARDEST = {words("acts").group_label(name, "en") for name in GRAVE}
FAMILIES = {words("acts").group_label(name, "en") for name in words("acts").groups}
ACTS = {
    **{name: {name} for name in FAMILIES},
    "Life, integrity or liberty": HARDEST,
    "Other acts": FAMILIES - HARDEST,
}


def marked(name: str, one: Person) -> bool:
    if name == "All":
        return True
    return bool(ACTS[name] & one.families) if name in ACTS else one.gender in GENDERS[name]


def cases_in(built: Year, table: str, row: str, column: str) -> frozenset[Key]:
    """The cases of a cell; without a table all that the document counts, those of the earlier report too."""
    found = set()
    for case in built.cases:
        if not any(map(is_told, case["persons"])):
            continue
        for edition in ("now", "before")[: 1 + ("hrc-57" in case["text"])]:
            if not table or ((edition == "now" or table == "editions") and in_cell(table, row, column, case, edition)):
                found.add((edition, case["id"]))
    return frozenset(found)


def in_cell(table: str, row: str, column: str, case: Case, edition: str) -> bool:
    acts = [act for act in case["acts"] if told_act(act, case)]
    if table == "editions":
        here = {"A/HRC/57/60": "before", "Earlier reports": "before", "A/HRC/60/999": "now"}.get(row, edition)
        later = edition == "now" and case["text"]["hrc-60"].get("place") == "annex-2"
        online = any(act.get("mode") in ("online", "both") for act in acts)
        held = {"New": not later, "Follow-up": later, "With an act online": online, "All": True}
        return here == edition and held.get(column, bool(case.get("effects")))
    if table in ("modes", "actors"):
        families = {family(act["type"]) for act in acts}
        marks = modes(acts) if table == "modes" else actors(acts)
        return (row == "All cases" or bool(ACTS[row] & families)) and (column in ALL or column in marks)
    if table == "effects":
        wanted = "anonymity-requested" if row == "Anonymity requested" else "self-censorship"
        return row == "All cases" or wanted in case.get("effects", ())
    told = [one for one in case["persons"] if is_told(one)]
    women = any(one["gender"] == "female" for one in told)
    among = {"Women": women, "All cases": True}
    indigenous = any("indigenous-representative" in one["roles"] for one in told)
    return among.get(row, indigenous) and (column in ALL or column in where(case))


def told_act(act: Mapping[str, Any], case: Case) -> bool:
    return any(is_told(one) and one["ref"] in act.get("persons", [one["ref"]]) for one in case["persons"])


def modes(acts: list[Any]) -> set[str]:
    found = {act["mode"] for act in acts if "mode" in act}
    if "both" in found or found >= {"online", "offline"}:
        return {"Online and offline", "Online or both"}
    return {"Online", "Online or both"} if "online" in found else {"Offline" if found else "Not stated", REST}


REST = "Offline or not stated"
ALL = ("All", "Cases")


def actors(acts: list[Any]) -> set[str]:
    classes = {act["actor"]["class"] for act in acts if "actor" in act}
    found = {"State"} if classes & {"state", "both"} else {"Other or not stated"}
    found |= {"Non-State"} if classes & {"non-state", "both"} else set()
    found |= {"De facto or foreign"} if "foreign-state" in classes else set()
    return found | ({"Not stated"} if not classes - {"unknown"} else set())


def where(case: Case) -> set[str]:
    (item,) = case["cooperation"]
    found = {"A meeting of the United Nations"} if item.get("mode") == "side-event" else set()
    found |= {"Security Council or peace operation"} if bodies().family(item["body"]) == "security-council" else set()
    return found or {"Other or not stated"}


# --- what the reader works out --------------------------------------------------------------------------------------


def of_annex(built: Year, people: Mapping[Key, Person], printed: list[Printed]) -> Riddle:
    """The annex, and the numbers of persons in sentences: unknown are all persons and cases that are not public. A case
    of persons of known number has at least one of them."""
    public = {key[0] for key, one in people.items() if one.public}
    mine = [one for one in printed if not (one.where.startswith("sentence") and any(k[0] == "now" for k in one.keys))]
    unknown = {key: one.number for key, one in people.items() if not one.public and one.number}
    unknown |= {key: 1 for key in cases_in(built, "", "", "") if key[1] not in public}
    links = {}
    for case in built.cases:
        told = frozenset((case["id"], one["ref"]) for one in case["persons"] if is_told(one))
        if ("now", case["id"]) in unknown and all(people[key].number for key in told):
            links["now", case["id"]] = told
    return Riddle(unknown, equations(mine, people, unknown), links)


def of_document(people: Mapping[Key, Person], printed: list[Printed]) -> Riddle:
    """Everything: unknown are those who are counted and not told of."""
    unknown = {key: one.number for key, one in people.items() if not one.told and one.number}
    return Riddle(unknown, equations(printed, people, unknown), {})


def equations(
    printed: list[Printed], people: Mapping[Key, Person], unknown: Mapping[Key, int]
) -> tuple[tuple[frozenset[Key], int], ...]:
    """What each number says of those who are not known."""
    found = {}
    for one in printed:
        known = sum(people[key].number if key in people else 1 for key in one.keys if key not in unknown)
        if left := one.keys.intersection(unknown):
            found[left] = one.number - known
        else:
            assert one.number == known, "a number of which nobody is unknown says nothing new"
    return tuple(found.items())


def targets(people: Mapping[Key, Person], riddle: Riddle) -> list[frozenset[Key]]:
    """What a reader would like to know and may not: by State, gender, act, what is so of the case, any of these
    together, and each person alone."""
    hidden = [one for one in people.values() if one.key in riddle.unknown]
    asked: dict[frozenset[str], None] = {}
    for one in hidden:
        marks = (one.states, {one.gender}, one.families, one.case, {f"{one.key}"})
        for parts in product(*((*sorted(each), None) for each in marks)):
            asked[frozenset(part for part in parts if part is not None)] = None
    marked: dict[str, set[Key]] = {}
    for one in hidden:
        for mark in one.marks:
            marked.setdefault(mark, set()).add(one.key)
    everyone = frozenset(one.key for one in hidden)
    found = {everyone.intersection(*(marked[mark] for mark in wanted)) for wanted in asked}
    return [keys for keys in found if 0 < sum(riddle.unknown[key] for key in keys) < 5]
