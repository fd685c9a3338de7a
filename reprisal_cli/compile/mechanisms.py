"""An annex for each family of mechanisms: what it did, and what the States answered (operative paragraph 14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from reprisal_cli.compile.actions import dated, not_stated, reference, reply, subject_of
from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.narrate import cited, long_paragraphs, main_paragraphs
from reprisal_cli.compile.responses import response_paragraphs
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.sentences import capital, join_text
from reprisal_cli.compile.states import heading
from reprisal_cli.compile.tree import Block, Cell, Inline, Origin, Para, Places, Table, Text
from reprisal_cli.register.bodies import bodies, families, family_name

_COLUMNS = ("state", "reference", "date", "subject", "reply", "paragraphs")
_WIDTHS = (0.13, 0.18, 0.12, 0.28, 0.11, 0.18)


def families_of(told: Iterable[Told]) -> list[str]:
    """The families that have a case, in the order of the register."""
    found = {family for one in told for family in _families(one)}
    return [family for family in families() if family in found]


def in_family(told: Iterable[Told], family: str) -> list[Told]:
    """The cases that cooperated with a body of the family or about which one acted."""
    return [one for one in told if family in _families(one)]


def mechanism_blocks(
    told: Sequence[Told], family: str, frame: Frame, *, long: bool, alone: bool = False
) -> list[Block]:
    """The family's annex: a line of introduction, a row for each action, and in the long form the cases' text. Where it
    stands `alone`, as a document of its own, the text is the place of its cases."""
    cases = in_family(told, family)
    key = f"m_{family}".replace("-", "_")
    name = frame.say.word(f"mechanism.family.{family}")
    if not cases:
        return [Para(f"{key}_intro", frame.say.say("mechanism.intro.none", family=name), origin=Origin(generated=True))]
    intro = capital(frame.say.counted("mechanism.intro", len(cases), family=name))
    if any(reply.to is None and reply.none_as_of is None for one in cases for reply in one.replies):
        place = "elsewhere" if alone and not long else "here"
        intro = join_text((*intro, *frame.say.say(f"mechanism.apart.{place}")))
    blocks: list[Block] = [
        Para(f"{key}_intro", intro, origin=Origin(generated=True)),
        _table(key, cases, family, frame, alone),
    ]
    return [*blocks, *_texts(key, cases, frame, alone)] if long else blocks


def title(family: str, frame: Frame) -> str:
    """What the annex is called."""
    return frame.say.text("annex.mechanism", family=family_name(family, frame.language))


def _families(one: Told) -> set[str]:
    register = bodies()
    found = {register.family(item.body) for item in one.case.cooperation}
    return found | {register.family(name) for action in one.known for name in action.by}


# --- the table ------------------------------------------------------------------------------------------------------


def _table(key: str, cases: Sequence[Told], family: str, frame: Frame, alone: bool) -> Table:
    head = tuple((Text(frame.say.word(f"mechanism.column.{name}")),) for name in _COLUMNS)
    by_state = {state: [one for one in cases if one.case.state == state] for state in {one.case.state for one in cases}}
    rows = [
        row for state in frame.in_order(by_state) for one in by_state[state] for row in _rows(one, family, frame, alone)
    ]
    return Table(f"{key}_table", head, tuple(rows), _WIDTHS, origin=Origin(generated=True))


def _rows(one: Told, family: str, frame: Frame, alone: bool) -> Iterator[tuple[Cell, ...]]:
    register = bodies()
    actions = [item for item in one.known if any(register.family(name) == family for name in item.by)]
    state: Cell = (Text(frame.state(one.case.state)),)
    subject = subject_of((one,), frame)
    places: Cell = (Places((one.case.id,), _in_the_report(one, frame) if alone else ()),)
    none = not_stated(frame)
    for action in actions:
        yield state, reference(action, frame), dated(action, frame), subject, reply(one, action, frame), places
    if not actions:
        yield state, (Text(frame.say.word("mechanism.no-action")),), (), subject, none, places


def _in_the_report(one: Told, frame: Frame) -> tuple[Inline, ...]:
    """Where the report itself tells the case: an extract without its text points there."""
    editions = (frame.edition.id, frame.edition.of)
    return cited((entry for entry in one.case.reports if entry.edition in editions), frame)


# --- the long form --------------------------------------------------------------------------------------------------


def _texts(key: str, cases: Sequence[Told], frame: Frame, alone: bool) -> Iterator[Block]:
    """The cases' own words once more, and what their State replied. In the report they are no place of a case:
    references go to annexes I and II."""
    for state in frame.in_order(one.case.state for one in cases):
        mine = [one for one in cases if one.case.state == state]
        paras = [para for one in mine for para in long_paragraphs(one, frame) or main_paragraphs(one, frame)]
        yield replace(heading(state, "annex", 2, frame), id=f"{key}_h_{state}")
        for para in (*paras, *response_paragraphs(state, mine, frame)):
            yield para if alone else replace(para, id=_short(f"{key}_{para.id}"), cases=())


def _short(name: str) -> str:
    """At most the 40 characters of a bookmark; the case's id and the number stand at the end."""
    return name if len(name) <= 40 else f"m_{name[-38:]}"
