"""What the States replied: letters by the mechanism that sent them, and the share that was answered (operative 14).

These numbers are not merged: they count letters, not persons, and each letter stands in the table of communications or
in the annex of its mechanism with its reply.
"""

from __future__ import annotations

from collections.abc import Sequence

from reprisal_cli.analyse.tables import Tabled
from reprisal_cli.compile.actions import answers_to
from reprisal_cli.compile.communications import Letter, letters_of
from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.select import Told
from reprisal_cli.register.bodies import bodies, families, family_name

_OUTCOMES = ("replied", "none", "not-stated")


def reply_table(told: Sequence[Told], frame: Frame) -> Tabled | None:
    """Letters by family of mechanism: answered, without a reply by a known day, not stated, all, and the share that was
    answered of those of which it is known; None where no letter is on record. A letter sent by several families counts
    under each."""
    letters = letters_of(told, frame)
    if not letters:
        return None
    outcomes = [(_senders(letter), _outcome(letter)) for letter in letters]
    rows = []
    for family in families():
        mine = [outcome for senders, outcome in outcomes if family in senders]
        if mine:
            rows.append(_row(family_name(family, frame.language), mine, frame))
    unsigned = [outcome for senders, outcome in outcomes if not senders]
    if unsigned:
        rows.append(_row(frame.say.word("statistics.replies.no-sender"), unsigned, frame))
    rows.append(_row(frame.say.word("statistics.replies.all"), [outcome for _, outcome in outcomes], frame))
    head = [frame.say.word(f"statistics.replies.{name}") for name in ("family", *_OUTCOMES, "letters", "rate")]
    note = frame.say.word("statistics.note.replies")
    return Tabled(
        "replies", "letters", frame.say.word("statistics.caption.replies"), tuple(head), tuple(rows), (note,), 3
    )


def _row(name: str, outcomes: Sequence[str], frame: Frame) -> tuple[str, tuple[str, ...]]:
    numbers = [outcomes.count(outcome) for outcome in _OUTCOMES]
    known = numbers[0] + numbers[1]
    rate = f"{round(100 * numbers[0] / known)}%" if known else frame.say.word("statistics.replies.not-stated")
    return name, (*(f"{number}" for number in numbers), f"{len(outcomes)}", rate)


def _senders(letter: Letter) -> frozenset[str]:
    return frozenset(bodies().family(name) for action in letter.actions for name in action.by)


def _outcome(letter: Letter) -> str:
    answers = [
        answer
        for one, action in zip(letter.cases, letter.actions, strict=True)
        for answer in answers_to(one, action)
        if answer.state == letter.state
    ]
    if any(answer.none_as_of is None for answer in answers):
        return "replied"
    return "none" if answers else "not-stated"
