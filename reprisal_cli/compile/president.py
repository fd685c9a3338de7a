"""The list of cases brought to the attention of the President of the Council at a session, and the text of the oral
update (operative paragraph 13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from reprisal_cli.compile.actions import subject_of
from reprisal_cli.compile.frame import Frame, frame_of
from reprisal_cli.compile.front import frame_words
from reprisal_cli.compile.number import number
from reprisal_cli.compile.papers import case_origin, listing, made, paper_front, section, words_of
from reprisal_cli.compile.select import Told, select
from reprisal_cli.compile.sentences import Sentences, capital, join_text
from reprisal_cli.compile.tree import Block, Cell, Figure, Inline, Part, Report, Text, Value
from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.model.act import Cooperation
from reprisal_cli.model.action import Response, UnAction
from reprisal_cli.model.values import When
from reprisal_cli.protect.public import PublicCase, PublicCorpus
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.sessions import sessions

PRESIDENT = "hrc-president"
FAMILY = "hrc"


class Window(Struct, frozen=True):
    """The days of a session as the President reports on them: after the session before it, up to its own end (None
    where that is not known)."""

    session: int
    start: date
    end: date | None

    def has(self, when: When) -> bool:
        return any(period.last >= self.start and (self.end is None or period.first <= self.end) for period in when)


def compile_president(corpus: PublicCorpus, window: Window, sentences: Sentences) -> tuple[Report, list[Diagnostic]]:
    """The list and the text, finished. `corpus` is what may be said before the Council, of all editions."""
    frame = frame_of(corpus.edition, corpus.editions, sentences, corpus.user_states)
    told = _ordered([one for one in select(corpus) if _of_session(one.case, window)], frame)
    names = {"session": sessions().running(window.session, frame.language), "window": _said(window, frame)}
    figures = [Figure("k1", f"{len(told)}", "cases of the session", tuple(one.case.id for one in told))] if told else []
    body: list[Block] = [section("list", frame.say.word("president.overview"))]
    if told:
        body.append(made("p_intro", capital(frame.say.counted("president.intro", len(told), **names))))
        body.append(_table(told, window, frame))
    else:
        body.append(made("p_intro", frame.say.say("president.none", **names)))
    body.append(made("p_offices", frame.say.say("president.good-offices")))
    if told:
        body += [section("update", frame.say.word("president.update")), *_update(told, window, names["session"], frame)]
    title = sentences.text("president.title", session=names["session"])
    front = paper_front(frame, title, body=sentences.word("front.human-rights-council"))
    report = Report(sentences.language, front, (Part("main", tuple(body)),), frame_words(sentences), tuple(figures))
    return number(report, frame, elsewhere=sentences.say("place.elsewhere"))


def president_cases(corpus: PublicCorpus, window: Window) -> set[str]:
    """The cases of the session."""
    return {case.id for case in corpus.cases if _of_session(case, window)}


def _of_session(case: PublicCase, window: Window) -> bool:
    """The President acted then; or somebody cooperated with the Council then, or with one of its bodies and an act or
    the receipt falls into these days."""
    if any(PRESIDENT in item.by and window.has(item.date) for item in case.un_actions):
        return True
    council = _council(case)
    if any(window.has(item.date) for item in council):
        return True
    undated = any(not item.date for item in council)
    received = case.received is not None and _on(case.received, window)
    return undated and (received or any(window.has(act.date) for act in case.acts))


def _on(day: date, window: Window) -> bool:
    return day >= window.start and (window.end is None or day <= window.end)


def _council(case: PublicCase) -> list[Cooperation]:
    return [item for item in case.cooperation if bodies().family(item.body) == FAMILY]


def _ordered(told: Iterable[Told], frame: Frame) -> list[Told]:
    by_state: dict[str, list[Told]] = {}
    for one in told:
        by_state.setdefault(one.case.state, []).append(one)
    return [one for state in frame.in_order(by_state) for one in by_state[state]]


def _said(window: Window, frame: Frame) -> str:
    if window.end is None:
        return frame.say.text("president.window.open", start=frame.day(window.start))
    return frame.say.text("president.window.known", start=frame.day(window.start), end=frame.day(window.end))


# --- the list -------------------------------------------------------------------------------------------------------


def _table(told: list[Told], window: Window, frame: Frame) -> Block:
    columns = ("state", "subject", "council", "president", "consulted", "outcome")
    rows = [(_row(one, frame), case_origin(one.case)) for one in told]
    head = words_of(frame.say, "president.column", *columns)
    return listing("p_list", head, rows, (0.14, 0.2, 0.18, 0.15, 0.16, 0.17))


def _row(one: Told, frame: Frame) -> tuple[Cell, ...]:
    say, case = frame.say, one.case
    council = [_with(item, frame) for item in _council(case)]
    taken = [say.dates(item.date) or say.word("mechanism.not-stated") for item in _taken(case)]
    return (
        (Text(frame.state(case.state)),),
        subject_of((one,), frame),
        capital(say.joined(council)) if council else (Text(say.word("mechanism.not-stated")),),
        say.joined(taken) if taken else (Text(say.word("president.no-action")),),
        _consulted(case, frame),
        _outcome(one, frame),
    )


def _with(item: Cooperation, frame: Frame) -> tuple[Inline, ...]:
    """`Human Rights Council, side event, 20 January 2025`."""
    parts = [bodies().name(item.body, frame.language)]
    parts += [frame.label("cooperation-modes", item.mode)] if item.mode else []
    parts += [frame.say.dates(item.date)] if item.date else []
    return (Value(frame.say.word("word.comma").join(parts)),)


def _taken(case: PublicCase) -> list[UnAction]:
    return [item for item in case.un_actions if PRESIDENT in item.by]


def _put(case: PublicCase) -> list[UnAction]:
    return [item for item in case.un_actions if case.state in item.to]


def _replies(one: Told) -> list[Response]:
    return [item for item in (*one.replies, *one.covered) if item.state == one.case.state]


def _consulted(case: PublicCase, frame: Frame) -> Cell:
    put = _put(case)
    if not put:
        return (Text(frame.say.word("president.not-put")),)
    parts = [frame.say.say("president.put", bodies=frame.body(item.by), when=frame.say.tail(item.date)) for item in put]
    return capital(frame.say.joined(parts))


def _outcome(one: Told, frame: Frame) -> Cell:
    """Replies, then measures of the State and developments."""
    say = frame.say
    parts: list[tuple[Inline, ...]] = []
    for item in _replies(one):
        if item.none_as_of is not None:
            parts.append(say.say("president.outcome.no-reply"))
        elif item.date:
            parts.append(say.say("president.outcome.reply", date=say.dates(item.date)))
        else:
            parts.append(say.say("president.outcome.undated"))
    parts += [(Value(kind),) for kind in _since(one.case, frame)]
    return capital(say.joined(parts)) if parts else (Text(say.word("president.no-outcome")),)


def _since(case: PublicCase, frame: Frame) -> list[str]:
    kinds = [("measures", item.type, item.date) for item in case.measures if item.type != "none-reported"]
    kinds += [("development-kinds", item.kind, item.date) for item in case.developments]
    return [f"{frame.label(name, kind)} ({frame.say.dates(when)})" if when else frame.label(name, kind)
            for name, kind, when in kinds]  # fmt: skip


# --- the oral update ------------------------------------------------------------------------------------------------


def _update(told: list[Told], window: Window, session: str, frame: Frame) -> Iterator[Block]:
    say = frame.say
    states = say.listed(frame.state_running(code) for code in frame.in_order(one.case.state for one in told))
    opening = say.counted("president.say.opening", len(told), session=session, states=states)
    asked = sum(bool(_put(one.case)) for one in told)
    replied = sum(any(item.none_as_of is None for item in _replies(one)) for one in told)
    consulted = say.counted("president.say.consulted", asked) if asked else say.say("president.say.not-consulted")
    answered = say.counted("president.say.replied", replied) if replied else say.say("president.say.not-replied")
    yield made(
        "p_update", join_text((*capital(opening), Text(" "), *capital(consulted), Text(" "), *capital(answered)))
    )
    for one in told:
        yield made(
            f"p_{one.case.id}".replace("-", "_"), _spoken(one, frame), case_origin(one.case), cases=(one.case.id,)
        )
    thanks = say.say("president.say.thanks") if replied else ()
    yield made("p_closing", join_text((*say.say("president.say.closing"), *thanks)))


def _spoken(one: Told, frame: Frame) -> tuple[Inline, ...]:
    case, say = one.case, frame.say
    who = say.listed((Value(person.shown),) for person in case.persons) or say.say("history.nobody")
    state = frame.state_running(case.state)
    acts = frame.labels("acts", (act.type for act in case.acts))
    out = say.say("president.say.case-plain", state=state, who=who)
    if acts:
        out = say.say("president.say.case", acts=acts, state=state, who=who)
    if taken := _taken(case):
        out += say.say("president.say.taken", when=say.tail(taken[-1].date))
    if put := _put(case):
        out += say.say("president.say.put", when=say.tail(put[-1].date))
    answers = [item for item in _replies(one) if item.none_as_of is None]
    if answers:
        out += say.say("president.say.answered", when=say.tail(answers[-1].date))
    if kinds := _since(case, frame):
        out += say.say("president.say.developed", kinds=say.listed((Value(kind),) for kind in kinds))
    return join_text(out)


def window_of(number: int) -> Window | None:
    """The days of a session of the Council by the register; None where they cannot be told."""
    register = sessions()
    own = register.get("hrc", number)
    if own is None or own.opens is None:
        return None
    before = next((one for at in range(number - 1, 0, -1) if (one := register.get("hrc", at)) and one.opens), None)
    start = (before.closes or before.opens) if before is not None else own.opens
    after = register.get("hrc", number + 1)
    end = own.closes or (after.opens if after is not None else None)
    return Window(number, start or own.opens, end)
