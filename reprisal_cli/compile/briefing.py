"""Key figures and trends on two pages, for the oral presentation (operative paragraph 11; preamble: analysis of data).

What may be said aloud is what consent with the use `oral` covers, and what is public already. A figure counts as a cell
(`docs/protection.md`): one that would leave one to four persons who are not publicly known, in it, outside it or
between it and another, is left out, and the document says that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from reprisal_cli.compile.frame import Frame, frame_of
from reprisal_cli.compile.front import frame_words
from reprisal_cli.compile.number import number
from reprisal_cli.compile.papers import GENERATED, case_origin, listing, made, paper_front, section
from reprisal_cli.compile.query import Cases
from reprisal_cli.compile.select import Told, select
from reprisal_cli.compile.sentences import Sentences, capital, join_text
from reprisal_cli.compile.tree import Block, Cell, Figure, Inline, Part, Report, Text, Value
from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.protect.public import Counted, PublicCorpus
from reprisal_cli.protect.small_numbers import is_safe, number_of

Question = Callable[[Cases], Cases]

QUESTIONS: dict[str, Question] = {
    "all": lambda cases: cases,
    "new": lambda cases: cases.new,
    "follow-up": lambda cases: cases.follow_up,
    "answered": lambda cases: cases.answered,
    "online": lambda cases: cases.online,
    "women": lambda cases: cases.women,
    "self-censorship": lambda cases: cases.effect("self-censorship"),
    "anonymity": lambda cases: cases.effect("anonymity-requested"),
    "withheld": lambda cases: cases.withheld,
    "state-actors": lambda cases: cases.actor("state"),
    "non-state-actors": lambda cases: cases.actor("non-state"),
    "liberty": lambda cases: cases.act(
        "arbitrary-arrest-or-detention",
        "incommunicado-detention",
        "house-arrest-or-residential-surveillance",
        "enforced-disappearance",
        "torture-or-ill-treatment",
    ),
    "surveillance": lambda cases: cases.act("surveillance", "digital-attack-or-spyware"),
    "laws": lambda cases: cases.act(
        "restrictive-legislation-or-regulation",
        "deregistration-dissolution-or-forced-closure",
        "denial-of-registration-or-licence",
        "restriction-on-resources-or-funding",
        "asset-freeze-or-account-closure",
    ),
}
"""What is counted, in the order of print."""

TRENDS = ("online", "women", "self-censorship", "anonymity", "answered")
MOST = 12
"""As many rows of recurrent allegations as two pages hold."""


class Column(Struct, frozen=True):
    """One edition's answers: how it is called, its cases, and the persons counted in it."""

    name: str
    cases: Cases
    counted: tuple[Counted, ...]

    def safe(self, chosen: Sequence[str]) -> bool:
        """Whether a count of these cases pins nobody down, nor what is left of all when it is taken away."""
        inside = [person for person in self.counted if person.case in chosen]
        return is_safe(inside) and is_safe([person for person in self.counted if person.case not in chosen])


def compile_briefing(
    corpora: Sequence[PublicCorpus], sentences: Sentences, printed: Sequence[Counted] = ()
) -> tuple[Report, list[Diagnostic]]:
    """The briefing of the last of the corpora's editions, finished. Recurrent allegations are looked for in those
    before it; one of them, which the edition names as `previous`, is what its figures are compared with. `printed` are
    those whom the report of the edition counts: fewer agree to be told of aloud, and readers have both."""
    corpus = corpora[-1]
    before = [one for one in corpora[:-1] if one.edition.id == corpus.edition.previous]
    frame = frame_of(corpus.edition, corpus.editions, sentences, corpus.user_states)
    columns = [_column(one) for one in (*before, corpus)]
    chosen, left_out = _chosen(columns)
    people = _persons(columns, printed)
    figures = tuple(_figures(columns[-1], chosen, people))
    body: list[Block] = [section("figures", sentences.word("briefing.figures"))]
    body += _key_figures(columns, chosen, people, left_out, frame)
    body += [section("trends", sentences.word("briefing.trends")), *_trends(columns, chosen, frame)]
    body += [section("recurrent", sentences.word("briefing.recurrent")), *_recurrent(corpora, frame)]
    title = sentences.text("briefing.title", symbol=_name(corpus))
    report = Report(
        sentences.language, paper_front(frame, title), (Part("main", tuple(body)),), frame_words(sentences), figures
    )
    return number(report, frame, elsewhere=sentences.say("place.elsewhere"))


def _column(corpus: PublicCorpus) -> Column:
    return Column(_name(corpus), Cases(select(corpus)), corpus.counted)


def _name(corpus: PublicCorpus) -> str:
    return corpus.edition.symbol or corpus.edition.id


# --- key figures ----------------------------------------------------------------------------------------------------


def _chosen(columns: Sequence[Column]) -> tuple[list[str], bool]:
    """The questions whose answers are safe in every edition, each with those before it, and whether one is not. Where
    one answer holds all of another, a reader can subtract them: the difference is a cell too."""
    chosen: list[str] = []
    for key, question in QUESTIONS.items():
        if all(_safe(column, question, chosen) for column in columns):
            chosen.append(key)
    return chosen, len(chosen) < len(QUESTIONS)


def _safe(column: Column, question: Question, before: Sequence[str]) -> bool:
    mine = set(question(column.cases).ids)
    if not column.safe(sorted(mine)):
        return False
    others = [set(QUESTIONS[key](column.cases).ids) for key in before]
    return all(column.safe(sorted(mine ^ other)) for other in others if mine < other or other < mine)


def _figures(column: Column, chosen: Sequence[str], people: Mapping[str, Sequence[Sequence[Counted]]]) -> list[Figure]:
    """What proves the figures of the edition itself."""
    answers = [(key, QUESTIONS[key](column.cases)) for key in chosen]
    out = [Figure(_key(key), f"{len(found.told)}", f"{found.asked} | count", found.ids) for key, found in answers]
    if "all" in chosen:
        states = column.cases.states.codes
        names = tuple(sorted(states))
        out.append(Figure(_key("states"), f"{len(states)}", "cases.states | count", column.cases.ids, names))
    for key, found in people.items():
        cases = tuple(dict.fromkeys(one.case for one in found[-1]))
        out.append(Figure(_key(key), f"{number_of(found[-1])}", f"{key} of known number", cases))
    return out


def _key(name: str) -> str:
    return f"b_{name}".replace("-", "_")


def _key_figures(
    columns: Sequence[Column],
    chosen: Sequence[str],
    people: Mapping[str, Sequence[Sequence[Counted]]],
    left_out: bool,
    frame: Frame,
) -> Iterator[Block]:
    say = frame.say
    yield made("b_intro", say.say("briefing.intro"))
    found = {key: [f"{len(QUESTIONS[key](column.cases).told)}" for column in columns] for key in chosen}
    if "all" in chosen:
        found["states"] = [f"{len(column.cases.states.codes)}" for column in columns]
    found |= {key: [f"{number_of(persons)}" for persons in each] for key, each in people.items()}
    rows: list[tuple[Cell, ...]] = [
        ((Text(say.word(f"briefing.row.{key}")),), *((Value(text),) for text in before), (Value(now, _key(key)),))
        for key, (*before, now) in found.items()
    ]
    head = ((Text(say.word("briefing.column.figure")),), *((Text(column.name),) for column in columns))
    rest = 0.4 / len(columns)
    yield listing("b_table", head, [(row, GENERATED) for row in rows], (0.6, *[rest] * len(columns)))
    if left_out:
        yield made("b_left_out", say.say("briefing.left-out"), numbered=False)


def _persons(columns: Sequence[Column], printed: Sequence[Counted]) -> dict[str, list[list[Counted]]]:
    """Persons of known number, and women and girls among them, edition by edition, where all of it is safe."""
    people = [[one for one in column.counted if one.kind not in ("organization", "institution")] for column in columns]
    spoken = {one.key for one in people[-1]}
    silent = [one for one in printed if one.key not in spoken and one.kind not in ("organization", "institution")]
    if not all(is_safe([one for one in silent if (one.gender == "female") is female]) for female in (True, False)):
        return {}
    women = [[one for one in found if one.gender == "female"] for found in people]
    others = [[one for one in found if one.gender != "female"] for found in people]
    if not all(is_safe(found) for found in people):
        return {}
    return {"persons": people} | ({"female": women} if all(is_safe(found) for found in (*women, *others)) else {})


# --- trends ---------------------------------------------------------------------------------------------------------


def _trends(columns: Sequence[Column], chosen: Sequence[str], frame: Frame) -> Iterator[Block]:
    """A paragraph for each, with the edition before where there is one."""
    say = frame.say
    if "all" not in chosen:
        yield made("b_no_trend", say.say("briefing.no-trend"))
        return
    for key in (key for key in TRENDS if key in chosen):
        now = QUESTIONS[key](columns[-1].cases)
        text = list(capital(say.say(f"briefing.trend.{key}", part=_part(columns[-1], key, frame, _key(key)))))
        if now:
            states = say.listed(frame.state_running(code) for code in frame.in_order(now.states.codes))
            text += say.say("briefing.in-states", states=states)
        text.append(Text(say.word("briefing.stop")))
        if len(columns) > 1:
            before = _part(columns[0], key, frame)
            text += say.say("briefing.before", symbol=columns[0].name, part=before)
        yield made(_key(f"trend_{key}"), join_text(text))


def _part(column: Column, key: str, frame: Frame, figure: str = "") -> tuple[Inline, ...]:
    """`in 5 of 20 cases`."""
    some, of = len(QUESTIONS[key](column.cases).told), len(column.cases.told)
    if not some:
        return frame.say.say("briefing.part.none", count=frame.say.number(of))
    shown = frame.say.number(some) if of < 10 else f"{some}"  # numbers of one series have one form
    return frame.say.counted("briefing.part", of, some=(Value(shown, figure),))


# --- recurrent allegations ------------------------------------------------------------------------------------------


def _recurrent(corpora: Sequence[PublicCorpus], frame: Frame) -> Iterator[Block]:
    """The same kind of act, alleged in the same State in two editions or more. It says that, never of how many."""
    say = frame.say
    found: dict[tuple[str, str], dict[str, list[Told]]] = {}
    for corpus in corpora:
        for one in select(corpus):
            for act in {act.type for act in one.case.acts}:
                found.setdefault((one.case.state, act), {}).setdefault(_name(corpus), []).append(one)
    now = _name(corpora[-1])
    again = {key: places for key, places in found.items() if len(places) > 1 and now in places}
    if not again:
        yield made("b_no_recurrent", say.say("briefing.no-recurrent"))
        return
    yield made("b_recurrent", say.say("briefing.recurrent-intro"))
    order = {code: at for at, code in enumerate(frame.in_order(state for state, _ in again))}
    keys = sorted(again, key=lambda key: (-len(again[key]), order[key[0]], key[1]))[:MOST]
    rows = []
    for state, act in sorted(keys, key=lambda key: (order[key[0]], key[1])):
        places = again[(state, act)]
        shown = say.listed(places)
        row: tuple[Cell, ...] = ((Text(frame.state(state)),), capital((Value(frame.label("acts", act)),)), shown)
        rows.append((row, case_origin(places[now][0].case, "acts")))
    head: tuple[Cell, ...] = tuple((Text(say.word(f"briefing.column.{name}")),) for name in ("state", "act", "reports"))
    yield listing("b_recurrent_table", head, rows, (0.25, 0.35, 0.4))
    if len(again) > len(keys):
        yield made("b_more", say.counted("briefing.more", len(again) - len(keys)), numbered=False)
