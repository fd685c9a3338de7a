"""The table of communications: each letter to a State, what it was about, and what the State answered (operative
paragraph 14). Some mandates publish such a list of their own; here it has the letters of all bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from reprisal_cli.compile.actions import answers_to, dated, not_stated, reference, reply_of, subject_of
from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.sentences import capital
from reprisal_cli.compile.tree import Block, Cell, Origin, Para, Places, Table, Text, Value
from reprisal_cli.model.action import UnAction

KIND = "communication"
_COLUMNS = ("state", "reference", "letter", "date", "mandates", "subject", "due", "reply", "paragraphs")
_WIDTHS = (0.1, 0.1, 0.09, 0.09, 0.15, 0.17, 0.08, 0.09, 0.13)


class Letter(Struct, frozen=True):
    """One communication to one State, with the cases that it concerns; `actions[n]` is its record in `cases[n]`."""

    state: str
    cases: tuple[Told, ...]
    actions: tuple[UnAction, ...]


def communication_blocks(told: Sequence[Told], frame: Frame) -> list[Block]:
    """The annex: a line of introduction and the table; nothing else where there was no communication."""
    letters = letters_of(told, frame)
    origin = Origin(generated=True)
    if not letters:
        return [Para("k_intro", frame.say.say("communications.none"), origin=origin)]
    intro = capital(frame.say.counted("communications.intro", len(letters)))
    head = tuple((Text(frame.say.word(f"communications.column.{name}")),) for name in _COLUMNS)
    rows = tuple(_row(letter, frame) for letter in letters)
    return [Para("k_intro", intro, origin=origin), Table("k_table", head, rows, _WIDTHS, origin=origin)]


def letters_of(told: Iterable[Told], frame: Frame) -> list[Letter]:
    """The communications, a State at a time and by date. One that stands in several cases is one letter: it is known
    by its number, else by who sent what when. One to two States is a letter to each."""
    found: dict[tuple[object, ...], list[tuple[Told, UnAction]]] = {}
    for one in told:
        for action in one.known:
            if action.kind == KIND or action.letter is not None:
                for state in action.to or (one.case.state,):
                    found.setdefault((state, _mark(one, action)), []).append((one, action))
    letters = [
        Letter(str(key[0]), tuple(one for one, _ in pairs), tuple(action for _, action in pairs))
        for key, pairs in found.items()
    ]
    order = {state: at for at, state in enumerate(frame.in_order(letter.state for letter in letters))}
    return sorted(letters, key=lambda letter: (order[letter.state], *_when(letter)))


def _mark(one: Told, action: UnAction) -> object:
    if action.number:
        return action.number
    known = action.by and action.date
    return (action.by, action.date, action.letter) if known else (one.case.id, action.ref)


def _when(letter: Letter) -> tuple[bool, str, str]:
    """By day, those without one last, then by number as it counts (2/2020 before 10/2020)."""
    days = sorted(period.first.isoformat() for action in letter.actions for period in action.date)
    number = letter.actions[0].number or ""
    return not days, days[0] if days else "", "".join(f"{part:0>6}" for part in _parts(number))


def _parts(number: str) -> Iterator[str]:
    """The year first, then the serial: `XXA 7/2020`."""
    code, _, rest = number.partition(" ")
    serial, _, year = rest.partition("/")
    yield from (code, year, serial)


def _row(letter: Letter, frame: Frame) -> tuple[Cell, ...]:
    first = letter.actions[0]
    answers = [
        answer
        for one, action in zip(letter.cases, letter.actions, strict=True)
        for answer in answers_to(one, action)
        if answer.state == letter.state
    ]
    kind = next((action.letter for action in letter.actions if action.letter), None)
    due = sorted({action.reply_due for action in letter.actions if action.reply_due})
    bodies = [name for action in letter.actions for name in action.by]
    return (
        (Text(frame.state(letter.state)),),
        reference(first, frame),
        capital((Text(frame.label("letters", kind)),)) if kind else not_stated(frame),
        next((dated(action, frame) for action in letter.actions if action.date), not_stated(frame)),
        capital(frame.entry(bodies)) if bodies else not_stated(frame),
        subject_of(letter.cases, frame),
        frame.say.joined((Value(frame.day(day)),) for day in due) if due else not_stated(frame),
        reply_of(answers, frame),
        (Places(tuple(dict.fromkeys(one.case.id for one in letter.cases))),),
    )
