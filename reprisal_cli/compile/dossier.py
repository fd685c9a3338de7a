"""All that the reports ever said of a State, its replies and measures, and what is open (operative paragraphs 3, 6, 8).

Measures and improvements come before the cases: they have the same prominence (operative paragraph 3). What each report
said is what its readers could see, judged by that edition's consents; facts are those that the State may see of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.compile.actions import answers_to, dated, reference, reply_of, subject_of
from reprisal_cli.compile.checklist import checklist, open_questions
from reprisal_cli.compile.frame import Frame, frame_of
from reprisal_cli.compile.front import frame_words
from reprisal_cli.compile.letters import about_table, act_table
from reprisal_cli.compile.narrate import cited, long_paragraphs, main_paragraphs, paragraph_id
from reprisal_cli.compile.number import number
from reprisal_cli.compile.papers import case_origin, listing, made, paper_front, section, words_of
from reprisal_cli.compile.responses import response_paragraphs
from reprisal_cli.compile.select import Told, select
from reprisal_cli.compile.sentences import Sentences, capital
from reprisal_cli.compile.tree import Block, Cell, Heading, Inline, Origin, Para, Part, Report, Table, Text, Value
from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.model.case import ReportPlace
from reprisal_cli.protect.public import PublicCorpus


class Chapter(Struct, frozen=True):
    """What one edition told of the State, with its frame: names are those of its day."""

    frame: Frame
    told: Mapping[str, Told]


def compile_dossier(
    facts: PublicCorpus, editions: Sequence[PublicCorpus], state: str, sentences: Sentences, form: Sentences
) -> tuple[Report, list[Diagnostic]]:
    """The dossier of a State, finished. `facts` are its cases of all editions, `editions` the same edition by edition,
    in their order; `form` has the sentences of the form for the reply."""
    frame = frame_of(facts.edition, facts.editions, sentences, facts.user_states)
    names = {public.edition.id for public in editions}
    told = [_of_the_state(one, state) for one in select(facts) if _places(one, names)]
    told.sort(key=lambda one: (_places(one, names)[0].edition, one.case.id))
    chapters = [_chapter(public, sentences) for public in editions]
    title = sentences.text("dossier.title", state=frame.state(state))
    body = [
        *_overview(told, names, state, frame),
        *_measures(told, frame),
        *_cases(told, chapters, state, frame, names),
    ]
    parts = [Part("main", tuple(body))]
    if told:
        label = sentences.word("word.annex")  # the only one has no number
        blocks = (about_table(form), *(act_table(one, frame, form) for one in told))
        parts.append(Part("annex-1", blocks, label, form.word("letter.reply.title"), "h_reply"))
    report = Report(sentences.language, paper_front(frame, title), tuple(parts), frame_words(sentences))
    return number(report, frame, elsewhere=sentences.say("place.elsewhere"))


def _of_the_state(one: Told, state: str) -> Told:
    """The case with the State's own replies and the actions that were put to it, or to nobody that is known."""
    replies = tuple(item for item in one.replies if item.state == state)
    covered = tuple(item for item in one.covered if item.state == state)
    known = tuple(action for action in one.known if not action.to or state in action.to)
    return replace(one, responses=replies, replies=replies, covered=covered, known=known)


def dossier_cases(facts: PublicCorpus, editions: Sequence[PublicCorpus]) -> set[str]:
    """The cases that the dossier tells: those that a report told before."""
    names = {public.edition.id for public in editions}
    return {one.case.id for one in select(facts) if _places(one, names)}


def _chapter(public: PublicCorpus, sentences: Sentences) -> Chapter:
    frame = frame_of(public.edition, public.editions, sentences, public.user_states)
    return Chapter(frame, {one.case.id: one for one in select(public)})


def _places(one: Told, names: set[str]) -> list[ReportPlace]:
    """Where the case was told, as far as its editions are taken in; earlier ones of which there is no edition too."""
    known = [entry for entry in one.case.reports if entry.edition in names]
    numbers = [_session(entry) for entry in known]
    latest = max(numbers, default=0)
    return sorted((entry for entry in one.case.reports if _session(entry) <= latest), key=_session)


def _session(entry: ReportPlace) -> int:
    return int(entry.edition.split("-")[1])


# --- where the State was told of ------------------------------------------------------------------------------------


def _overview(told: list[Told], names: set[str], state: str, frame: Frame) -> Iterator[Block]:
    say = frame.say
    yield section("overview", say.word("dossier.overview"))
    if not told:
        yield made("d_none", say.say("dossier.none", state=frame.state_running(state)))
        return
    symbols = {entry.symbol for one in told for entry in _places(one, names)}
    reports = say.counted("dossier.reports", len(symbols))
    yield made(
        "d_intro", capital(say.counted("dossier.intro", len(told), state=frame.state_running(state), reports=reports))
    )
    places = sorted(
        ((_session(entry), entry, one) for one in told for entry in _places(one, names)), key=lambda at: at[0]
    )
    rows = [
        ((cited([entry], frame), (Value(one.case.id),), subject_of((one,), frame)), case_origin(one.case, "reports"))
        for _, entry, one in places
    ]
    yield listing("d_places", words_of(say, "dossier.column", "report", "case", "subject"), rows, (0.4, 0.2, 0.4))


# --- measures and improvements --------------------------------------------------------------------------------------


def _measures(told: list[Told], frame: Frame) -> Iterator[Block]:
    say = frame.say
    yield section("measures", say.word("dossier.measures"))
    rows = [row for one in told for row in _good_news(one, frame)]
    if not rows:
        yield made("d_no_measure", say.say("dossier.no-measure"))
        return
    yield made("d_measures", say.say("dossier.measures-intro"))
    head = words_of(say, "dossier.column", "date", "measure", "stage", "case")
    yield listing("d_measures_table", head, rows, (0.2, 0.4, 0.2, 0.2))


def _good_news(one: Told, frame: Frame) -> Iterator[tuple[tuple[Cell, ...], Origin]]:
    case = one.case
    for at, item in enumerate(case.measures):
        if item.type != "none-reported":
            stage = capital((Value(frame.label("measure-statuses", item.status)),)) if item.status else ()
            what = capital((Value(frame.label("measures", item.type)),))
            yield (_date(item.date, frame), what, stage, (Value(case.id),)), case_origin(case, "measures", at)
    for at, news in enumerate(case.developments):
        if news.effect == "improved":
            what = capital((Value(frame.label("development-kinds", news.kind)),))
            row = (_date(news.date, frame), what, (), (Value(case.id),))
            yield row, case_origin(case, "developments", at)


def _date(when: object, frame: Frame) -> Cell:
    shown = frame.say.dates(when)  # type: ignore[arg-type]
    return (Value(shown),) if shown else (Text(frame.say.word("mechanism.not-stated")),)


# --- the cases ------------------------------------------------------------------------------------------------------


def _cases(told: list[Told], chapters: list[Chapter], state: str, frame: Frame, names: set[str]) -> Iterator[Block]:
    if told:
        yield section("cases", frame.say.word("dossier.cases"))
    for one in told:
        case, say = one.case, frame.say
        key = f"d_{case.id}".replace("-", "_")
        yield Heading(f"{key}_h", 3, say.say("dossier.case", id=(Value(case.id),)), origin=case_origin(case))
        yield from _texts(one, chapters, frame, names)
        if actions := _actions(one, key, frame):
            yield actions
        yield from response_paragraphs(state, [one], frame)
        yield from _since(one, frame)
        yield _checklist(one, key, frame)
        questions = open_questions(one, state, frame)
        if questions:
            yield made(f"{key}_open", say.say("dossier.open"), case_origin(case), numbered=False)
        for at, (question, origin) in enumerate(questions, 1):
            yield made(f"{key}_q{at}", question, origin, level=1, numbered=False)


def _texts(one: Told, chapters: list[Chapter], frame: Frame, names: set[str]) -> Iterator[Block]:
    """What each report said, after its place."""
    for entry in _places(one, names):
        found = next((chapter for chapter in chapters if chapter.frame.edition.id == entry.edition), None)
        then = found.told.get(one.case.id) if found else None
        key = paragraph_id(one.case.id, "in", entry.edition)
        place = cited([entry], frame)
        origin = case_origin(one.case, "reports")
        if found is None or then is None or then.text is None:
            yield made(key, frame.say.say("dossier.text.none", place=place), origin, numbered=False)
        elif not then.case.complete:
            yield made(key, frame.say.say("dossier.text.held", place=place), origin, numbered=False)
        else:
            yield made(key, frame.say.say("dossier.text.in", place=place), origin, numbered=False)
            long = () if then.place == "main" else long_paragraphs(then, found.frame)  # there they are among the others
            for para in (*main_paragraphs(then, found.frame), *long):
                if para.id.rpartition("_")[2] != "history":
                    yield para


def _actions(one: Told, key: str, frame: Frame) -> Table | None:
    rows = [
        (
            (reference(action, frame), dated(action, frame), reply_of(answers_to(one, action), frame)),
            case_origin(one.case, "un_actions", at),
        )
        for at, action in enumerate(one.case.un_actions)
        if action in one.known
    ]
    head = words_of(frame.say, "dossier.column", "action", "date", "reply")
    return listing(f"{key}_actions", head, rows, (0.5, 0.25, 0.25)) if rows else None


def _since(one: Told, frame: Frame) -> Iterator[Para]:
    case = one.case
    for at, item in enumerate(case.developments):
        chosen = [person for person in case.persons if not item.persons or person.ref in item.persons]
        who = frame.say.listed((Value(person.shown),) for person in chosen) or frame.say.say("history.nobody")
        kind = frame.label("development-kinds", item.kind)
        line = frame.say.say("drafted.development", when=frame.say.opening(item.date), who=who, kind=kind)
        yield made(paragraph_id(case.id, "dev", at), capital(line), case_origin(case, "developments", at))


def _checklist(one: Told, key: str, frame: Frame) -> Table:
    """What paragraph 6 asks for, point by point, and what is on record."""
    say = frame.say
    rows: list[tuple[tuple[Cell, ...], Origin]] = []
    for point, found in checklist(one.case):
        shown: tuple[Inline, ...] = say.say("dossier.nothing-recorded")
        if found:
            shown = capital(say.listed(_measure(one, at, frame) for at in found))
        origin = case_origin(one.case, "measures", found[0]) if found else case_origin(one.case)
        rows.append((((Text(say.word(f"dossier.point.{point}")),), shown), origin))
    head = words_of(say, "dossier.column", "point", "recorded")
    return listing(f"{key}_points", head, rows, (0.5, 0.5))


def _measure(one: Told, at: int, frame: Frame) -> tuple[Inline, ...]:
    item = one.case.measures[at]
    name = frame.label("measures", item.type)
    return (Value(f"{name} ({frame.say.dates(item.date)})" if item.date else name),)
