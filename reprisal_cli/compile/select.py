"""Which cases a document tells, where, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.model.action import Response, UnAction
from reprisal_cli.model.case import EditionText
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.membership import Place, place_in
from reprisal_cli.model.values import PartialDate, Period, When
from reprisal_cli.protect.public import PublicCase, PublicCorpus


class Told(Struct, frozen=True):
    """A case in an edition: its place, the drafted words (none: sentences are generated), and what is new in it.

    `actions` and `responses` are what came since the case was last told, `known` and `replies` all up to this edition.
    `covered` are replies that are written in another case and answer this one too; `to` is this case's own action."""

    case: PublicCase
    place: Place
    text: EditionText | None
    actions: tuple[UnAction, ...]
    responses: tuple[Response, ...]
    known: tuple[UnAction, ...]
    replies: tuple[Response, ...]
    covered: tuple[Response, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether a State has replied."""
        return any(item.none_as_of is None for item in (*self.responses, *self.covered))


def select(corpus: PublicCorpus) -> tuple[Told, ...]:
    """The cases of the edition in the order of the report: within a State by date of receipt, then id, unless the
    edition's `order` says otherwise."""
    edition = corpus.edition
    told = [_told(case, edition, corpus.editions) for case in _ordered(corpus.cases, edition)]
    covered: dict[str, list[tuple[Response, UnAction | None]]] = {}
    for one in told:
        actions = {action.ref: action for action in one.case.un_actions}
        for response in one.replies:
            for case_id in response.covers:
                covered.setdefault(case_id, []).append((response, actions.get(response.to or "")))
    return tuple(replace(one, covered=_own(one, covered.get(one.case.id, ()))) for one in told)


def _own(one: Told, covered: Iterable[tuple[Response, UnAction | None]]) -> tuple[Response, ...]:
    """Replies from other cases, each to this case's own action: the same letter stands in each file under a ref of its
    own."""
    return tuple(response.model_copy(update={"to": _same(action, one.known)}) for response, action in covered)


def _same(action: UnAction | None, actions: tuple[UnAction, ...]) -> str | None:
    """The ref of the action that is the same one: by number, else by who, what and when."""
    if action is None:
        return None
    if action.number:
        return next((other.ref for other in actions if other.number == action.number), None)
    mark = (action.by, action.kind, action.date)
    return next((other.ref for other in actions if (other.by, other.kind, other.date) == mark and action.by), None)


def _told(case: PublicCase, edition: Edition, editions: tuple[Edition, ...]) -> Told:
    text = case.text.get(edition.id) or (case.text.get(edition.of) if edition.of else None)
    window = _window(case, edition, editions)
    return Told(
        case,
        place_in(case, edition),
        text,
        tuple(action for action in case.un_actions if _in_window(action.date, window)),
        tuple(response for response in case.responses if _answered_in(response, edition, window)),
        tuple(action for action in case.un_actions if _in_window(action.date, (None, window[1]))),
        tuple(response for response in case.responses if _answered_in(response, edition, (None, window[1]))),
    )


def _ordered(cases: Iterable[PublicCase], edition: Edition) -> list[PublicCase]:
    def rank(case: PublicCase) -> tuple[str, int, date, str]:
        order = edition.order.get(case.state, ())
        place = order.index(case.id) if case.id in order else len(order)
        received = case.received or date(int(case.id.split("-")[1]), 1, 1)
        return case.state, place, received, case.id

    return sorted(cases, key=rank)


# --- what is new since the case was last told -----------------------------------------------------------------------

Window = tuple[date | None, date | None]
"""After the first day, up to the second; None is open."""


def _window(case: PublicCase, edition: Edition, editions: tuple[Edition, ...]) -> Window:
    """A case told in one edition has everything in it; one told in several has in each what came since the last."""
    known = [other for other in editions if other.id in case.text and other.id != edition.of]
    before = [other.as_of for other in known if other.as_of < edition.as_of]
    after = [other.as_of for other in known if other.as_of > edition.as_of]
    return max(before) if before else None, edition.as_of if after else None


def _in_window(when: When, window: Window) -> bool:
    """An undated item belongs to the first edition that tells the case."""
    start, end = window
    if not when:
        return start is None
    return any((start is None or period.last > start) and (end is None or period.first <= end) for period in when)


def _answered_in(response: Response, edition: Edition, window: Window) -> bool:
    if isinstance(response.none_as_of, str):
        return response.none_as_of in (edition.id, edition.of)
    if response.none_as_of is not None:
        return _in_window((_period(response.none_as_of),), window)
    return _in_window(response.date, window)


def _period(day: date) -> Period:
    exact = PartialDate(day.year, day.month, day.day)
    return Period(exact, exact)
