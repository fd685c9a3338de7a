"""The note verbale to one State with its own cases, and the form for its reply (operative paragraph 14).

The frame is in the language in which the State is written to; the account of the cases is in that of the edition. The
words of a case are the drafted ones only where the State may be told of everybody in it: else they are made from the
fields that it may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.compile.frame import Frame, frame_of
from reprisal_cli.compile.front import frame_words
from reprisal_cli.compile.narrate import cited, long_paragraphs, main_paragraphs, paragraph_id
from reprisal_cli.compile.number import number
from reprisal_cli.compile.responses import response_paragraphs
from reprisal_cli.compile.select import Told, select
from reprisal_cli.compile.sentences import Sentences, capital
from reprisal_cli.compile.tree import (
    Blank,
    Block,
    Cell,
    Front,
    Heading,
    Inline,
    Origin,
    Para,
    Part,
    Report,
    Table,
    Text,
    Value,
)
from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.model.act import Act
from reprisal_cli.model.case import ReportPlace
from reprisal_cli.model.membership import earlier_reports
from reprisal_cli.protect.public import PublicCase, PublicCorpus

ASKED = ("accuracy", "basis", "investigation", "remedies", "general")
FIELDS = ("information", "measures", "investigation", "remedies")
"""What the form asks about each act: the last part of the tags of its fields in Word (`XXA-2025-001.a1.measures`)."""
ABOUT = ("reference", "date", "authority", "general", "challenges")
_WIDTHS = (0.24, 0.19, 0.19, 0.19, 0.19)


class Correspondence(Struct, frozen=True):
    """How one State is written to: the sentences of the letter in its language, the State's name after "of", and
    whether it is an observer, which has another kind of mission."""

    say: Sentences
    state: str
    observer: bool = False


def compile_letter(
    corpus: PublicCorpus, state: str, sentences: Sentences, letter: Correspondence
) -> tuple[Report, list[Diagnostic]]:
    """The letter to a State for an edition, finished. `corpus` is what that State may see."""
    frame = frame_of(corpus.edition, corpus.editions, sentences, corpus.user_states)
    told = [_for_the_state(one, state) for one in select(corpus)]
    say = letter.say
    parts = [Part("main", tuple(_note(told, frame, letter)))]
    if told:
        allegations = [block for one in told for block in _case(one, state, frame, say)]
        parts += [_annex("I", "allegations", allegations, say), _annex("II", "reply", _form(told, frame, say), say)]
    report = Report(say.language, _front(frame, letter), tuple(parts), frame_words(say))
    return number(report, frame, elsewhere=sentences.say("place.elsewhere"))


def own_words(one: Told) -> Told:
    """The case with its drafted words only where its readers may be told of everybody in it."""
    return one if one.case.complete else replace(one, text=None)


def _for_the_state(one: Told, state: str) -> Told:
    """The case as its State may see it: with its own responses alone, all that are known."""
    mine = tuple(response for response in one.replies if response.state == state)
    return replace(own_words(one), responses=mine)


def _annex(numeral: str, name: str, blocks: Iterable[Block], say: Sentences) -> Part:
    key = f"annex-{len(numeral)}"
    label = say.text("annex.label", number=numeral)
    return Part(key, tuple(blocks), label, say.word(f"letter.{name}.title"), f"h_{name}")


def _front(frame: Frame, letter: Correspondence) -> Front:
    edition, say = frame.edition, letter.say
    note = edition.note_verbale
    return Front(
        organization=say.word("front.organization"),
        organ=say.word("letter.organ"),
        symbol=say.text("letter.reference", edition=edition.of or edition.id),
        version="",
        distribution="",
        date=_day(frame, say) if note is not None and note.date is not None else "",
        original="",
        body="",
        session="",
        session_dates="",
        agenda="",
        agenda_titles=(),
        title=say.word("letter.title"),
        author="",
        notice=edition.notice or "",
        contents=False,
    )


def _day(frame: Frame, say: Sentences) -> str:
    note = frame.edition.note_verbale
    return replace(frame, say=say).day(note.date) if note is not None and note.date is not None else ""


# --- the note -------------------------------------------------------------------------------------------------------


def _note(told: list[Told], frame: Frame, letter: Correspondence) -> Iterator[Para]:
    """The formulas, the legal basis, what is put and asked, and until when."""
    say, edition = letter.say, frame.edition
    own = replace(frame, say=say)
    mandates = say.listed(edition.mandates)
    basis = "known" if len(edition.mandates) > 1 else "unknown"
    start, end = edition.period.start, edition.period.end
    period = say.text("when.span", start=say.date(start), end=say.date(end))
    mission = say.word(f"letter.mission.{'observer' if letter.observer else 'member'}")
    yield _plain("greeting", say.say("letter.greeting", mission=mission, state=letter.state))
    yield _made("basis", say.say(f"letter.basis.{basis}", **({"mandates": mandates} if basis == "known" else {})))
    if not told:
        yield _made("put", say.say("letter.put.none", period=period))
    else:
        yield _made("put", say.counted("letter.put", len(told), period=period))
        if frame.language != say.language:
            yield _made("account", say.say("letter.account"))
        yield _made("asked", say.counted("letter.asked.opening", len(told)))
        for item in ASKED:
            yield replace(_made(f"asked_{item}", say.say(f"letter.asked.items.{item}")), level=1)
        due = edition.note_verbale.reply_due if edition.note_verbale is not None else None
        yield _made("due", say.say("letter.due.known", date=own.day(due)) if due else say.say("letter.due.unknown"))
        yield _made("form", say.say("letter.form"))
        yield _made("protection", say.say("letter.protection"))
    yield _plain("closing", say.say("letter.closing", mission=mission, state=letter.state))
    if day := _day(frame, say):
        yield _plain("place", say.say("letter.place", date=day))


# --- the allegations ------------------------------------------------------------------------------------------------


def _case(one: Told, state: str, frame: Frame, say: Sentences) -> Iterator[Block]:
    case = one.case
    yield _heading(case, "l", say)
    yield from long_paragraphs(one, frame) or main_paragraphs(one, frame)
    if places := _places(one, frame):
        line = say.say("letter.allegations.places", places=cited(places, replace(frame, say=say)))
        yield Para(paragraph_id(case.id, "places"), line, origin=_origin(case, "reports"), cases=(case.id,))
    yield from response_paragraphs(state, [one], frame)


def _places(one: Told, frame: Frame) -> tuple[ReportPlace, ...]:
    """Where the case stands already; annex II opens with its earlier places by itself."""
    own = tuple(entry for entry in one.case.reports if entry.edition in (frame.edition.id, frame.edition.of))
    return own if one.place == "annex-2" else (*earlier_reports(one.case, frame.edition), *own)


def _heading(case: PublicCase, prefix: str, say: Sentences) -> Heading:
    key = f"{prefix}_{case.id}".replace("-", "_")
    return Heading(key, 2, say.say("letter.allegations.case", id=(Value(case.id),)), origin=_origin(case))


# --- the form for the reply -----------------------------------------------------------------------------------------


def _form(told: list[Told], frame: Frame, say: Sentences) -> Iterator[Block]:
    yield _plain("reply", say.say("letter.reply.intro"))
    yield about_table(say)
    for one in told:
        yield act_table(one, frame, say)


def about_table(say: Sentences) -> Table:
    """The fields that belong to no case: who replies, and what the State does in general (operative paragraph 8)."""
    word = "letter.reply.about"
    head: tuple[Cell, ...] = ((Text(say.word(f"{word}.item")),), (Text(say.word(f"{word}.entry")),))
    lines = {"general": 6, "challenges": 6}
    rows = tuple(((Text(say.word(f"{word}.{key}")),), (Blank(f"reply.{key}", lines.get(key, 1)),)) for key in ABOUT)
    caption = (Text(say.word(f"{word}.caption")),)
    return Table("reply_about", head, rows, (0.35, 0.65), caption, Origin(generated=True))


def act_table(one: Told, frame: Frame, say: Sentences) -> Table:
    """A row for each act of a case; a case that tells of none has one row for itself."""
    case = one.case
    columns = ("act", *FIELDS)
    head: tuple[Cell, ...] = tuple((Text(say.word(f"letter.reply.column.{name}")),) for name in columns)
    acts = [
        (_act(act, case, frame), act.ref or f"a{at}", _origin(case, "acts", at)) for at, act in enumerate(case.acts)
    ]
    rows = acts or [((Text(say.word("letter.reply.whole")),), "case", _origin(case))]
    return Table(
        f"reply_{case.id}".replace("-", "_"),
        head,
        tuple((cell, *((Blank(f"{case.id}.{ref}.{name}", 5),) for name in FIELDS)) for cell, ref, _ in rows),
        _WIDTHS,
        say.say("letter.reply.caption", id=(Value(case.id),)),
        _origin(case),
        tuple(origin for _, _, origin in rows),
    )


def _act(act: Act, case: PublicCase, frame: Frame) -> Cell:
    """`Travel ban (a lawyer), 10 January 2025`."""
    chosen = [person for person in case.persons if not act.persons or person.ref in act.persons]
    out: list[Inline] = [*capital((Value(frame.label("acts", act.type)),))]
    if chosen:
        who = frame.say.listed((Value(person.shown),) for person in chosen)
        out += [Text(" ("), *who, Text(")")]
    if act.date:
        out += [Text(frame.say.word("word.comma")), Value(frame.say.dates(act.date))]
    return tuple(out)


# --- blocks ---------------------------------------------------------------------------------------------------------


def _origin(case: PublicCase, name: str = "", index: int | None = None) -> Origin:
    route = () if not name else (name,) if index is None else case.route(name, index)
    return Origin(case.path, case=case.id, route=route, generated=True)


def _made(name: str, inlines: tuple[Inline, ...]) -> Para:
    return Para(f"n_{name}", inlines, origin=Origin(generated=True))


def _plain(name: str, inlines: tuple[Inline, ...]) -> Para:
    return replace(_made(name, inlines), numbered=False)
