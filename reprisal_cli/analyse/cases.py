"""The cases of an edition by what was done, by whom, how, with what effect (preambular paragraphs 5 to 7).

A case is counted as the edition tells it. A number of cases is safe where it counts none, or at least five that are not
already public, and gives no number of persons away (`protect/case_numbers.py`). The tables are of the whole world, so
that no State stands in them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from reprisal_cli.analyse.persons import act_rows, merged_notes
from reprisal_cli.analyse.tables import Level, Tabled, groups_by, safe_cells
from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.select import Told
from reprisal_cli.protect.case_numbers import CaseLedger
from reprisal_cli.protect.public import PublicCase
from reprisal_cli.protect.small_numbers import Ledger
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.words import words

Marks = Callable[[PublicCase], frozenset[str]]

MEETING_MODES = frozenset(
    {
        "participation-in-a-un-meeting",
        "statement-delivered",
        "side-event",
        "online-meeting",
        "briefing-of-the-security-council",
    }
)


def case_tables(told: Sequence[Told], frame: Frame, ledger: CaseLedger) -> Iterator[Tabled]:
    """The tables of cases, from the commonest question to the rarest: what is merged first is what is asked least."""
    cases = [one.case for one in told]
    if not cases:
        return
    keyed = {ledger.key(case): case for case in cases}
    acts = {name: _act_families(case) for name, case in keyed.items()}
    by_act = [act_rows(acts, frame, level) for level in (0, 1)]
    modes = (("online", "both", "offline", "none"), ("any-online", "no-online"))
    actors = (("state", "non-state", "other", "unknown"), ("state", "not-state"))
    places = (("meeting", "security", "elsewhere"),)
    effects = _level(keyed, "effects", ("self-censorship", "anonymity-requested"), _effects, frame)
    makers: tuple[tuple[str, list[Level], list[Level]], ...] = (
        ("modes", by_act, _levels(keyed, "modes", modes, _modes, frame)),
        ("actors", by_act, _levels(keyed, "actors", actors, _actors, frame)),
        ("effects", [effects], []),
        (
            "who",
            [_level(keyed, "who", ("women", "indigenous"), _who, frame)],
            _levels(keyed, "where", places, _where, frame),
        ),
    )
    for key, rows, columns in makers:
        if table := _table(key, keyed, rows, columns, frame, ledger.numbers):
            yield table


def _table(
    key: str,
    cases: Iterable[Hashable],
    rows: Sequence[Level],
    columns: Sequence[Level],
    frame: Frame,
    ledger: Ledger,
) -> Tabled | None:
    cells = safe_cells(dict.fromkeys(cases, 1), rows, columns, ledger)
    if cells is None or not cells.rows:
        return None
    total = frame.say.word("statistics.total" if cells.columns else "statistics.cases")
    head = (frame.say.word(f"statistics.rows.{key}"), *(one.name for one in cells.columns), total)
    names = [*(row.name for row in cells.rows), frame.say.word("statistics.all-cases")]
    lines = tuple((name, tuple(map(str, line))) for name, line in zip(names, cells.numbers, strict=True))
    notes = tuple(merged_notes(cells.row_level, cells.column_level, frame, several=True))
    chart = len(cells.columns) if key == "modes" else 0
    return Tabled(key, "cases", frame.say.word(f"statistics.caption.{key}"), head, lines, notes, chart)


def _levels(
    cases: Mapping[Hashable, PublicCase], key: str, levels: Iterable[Sequence[str]], marks: Marks, frame: Frame
) -> list[Level]:
    return [_level(cases, key, names, marks, frame) for names in levels]


def _level(cases: Mapping[Hashable, PublicCase], key: str, names: Sequence[str], marks: Marks, frame: Frame) -> Level:
    found = {name: marks(case) for name, case in cases.items()}
    labels = {name: frame.say.word(f"statistics.{key}.{name}") for name in names}
    return groups_by(labels, lambda name: (case for case, own in found.items() if name in own))


# --- what a case is counted under -----------------------------------------------------------------------------------


def _act_families(case: PublicCase) -> frozenset[str]:
    listed = words("acts")
    return frozenset(found for act in case.acts if (found := listed.group(act.type)) is not None)


def _modes(case: PublicCase) -> frozenset[str]:
    """Whether acts were online, offline or both, under one word; and whether any was online."""
    modes = {act.mode for act in case.acts} - {None}
    both = "both" in modes or {"online", "offline"} <= modes
    word = "both" if both else str(min(modes)) if modes else "none"  # type: ignore[type-var]
    return frozenset({word, "any-online" if word in ("online", "both") else "no-online"})


def _actors(case: PublicCase) -> frozenset[str]:
    """The classes of actors named, State and non-State apart (operative paragraph 2)."""
    classes = {act.actor.class_ if act.actor else "unknown" for act in case.acts}
    found = {"state", "non-state"} if "both" in classes else set[str]()
    found |= classes & {"state", "non-state"}
    if classes & {"de-facto-authority", "foreign-state"}:
        found.add("other")
    return frozenset(found or {"unknown"}) | ({"not-state"} if "state" not in found else set())


def _effects(case: PublicCase) -> frozenset[str]:
    return frozenset(case.effects)


def _who(case: PublicCase) -> frozenset[str]:
    """Women and Indigenous Peoples among those affected (preambular paragraph 7)."""
    found = set()
    for person in case.persons:
        if person.gender == "female" or {"woman-human-rights-defender", "womens-organization"} & set(person.roles):
            found.add("women")
        if "indigenous-representative" in person.roles:
            found.add("indigenous")
    return frozenset(found)


def _where(case: PublicCase) -> frozenset[str]:
    """A meeting of the United Nations; the Security Council or a peace operation; neither."""
    found = set()
    if any(item.mode in MEETING_MODES for item in case.cooperation):
        found.add("meeting")
    if any(bodies().family(item.body) == "security-council" for item in case.cooperation):
        found.add("security")
    return frozenset(found or {"elsewhere"})
