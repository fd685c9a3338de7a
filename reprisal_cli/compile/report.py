"""A `PublicCorpus` and the manuscripts of its edition -> the finished tree of the annual report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.compile.communications import communication_blocks
from reprisal_cli.compile.facets import facets
from reprisal_cli.compile.frame import Frame, frame_of
from reprisal_cli.compile.front import frame_words, front_matter
from reprisal_cli.compile.index import index_blocks
from reprisal_cli.compile.manuscript import Press, Source
from reprisal_cli.compile.mechanisms import families_of, mechanism_blocks, title
from reprisal_cli.compile.number import number, roman
from reprisal_cli.compile.query import Cases
from reprisal_cli.compile.select import Told, select
from reprisal_cli.compile.sentences import Sentences
from reprisal_cli.compile.since import since_blocks
from reprisal_cli.compile.states import annex_section, body_section
from reprisal_cli.compile.tree import Block, Figure, Origin, Para, Part, Report
from reprisal_cli.diagnostic import Diagnostic, Location
from reprisal_cli.model.edition import AnnexBlock, CaseBlock, Edition, Manuscript
from reprisal_cli.model.practice import NOTHING, Registers
from reprisal_cli.protect.public import PublicCorpus
from reprisal_cli.protect.small_numbers import Ledger, keys_of, ledger_of, ledger_of_copy, people
from reprisal_cli.rule import error

WITHOUT_PLACE = error("RC603", "case-without-place")
RULES = (WITHOUT_PLACE,)


Analysis = Callable[[PublicCorpus, Sequence[Told], Frame, Ledger], tuple[list[Block], list[Figure]]]
"""Makes the statistical annex with the proof of its figures, entering every number of it into the ledger."""


class Manuscripts(Struct, frozen=True):
    """What the drafters wrote for an edition: its sections by name, the openings of States' sections by code, and the
    registers that sections can print, and the analysis that its statistical annex wants, if it has one."""

    sections: Mapping[str, Source]
    states: Mapping[str, Source]
    registers: Registers = NOTHING
    analysis: Analysis | None = None

    def with_analysis(self, analysis: Analysis) -> Manuscripts:
        """The same with another analysis, as one that looks at the numbers and prints none."""
        return replace(self, analysis=analysis)


def compile_report(
    corpus: PublicCorpus, manuscripts: Manuscripts, sentences: Sentences
) -> tuple[Report, list[Diagnostic]]:
    """The annual report of the corpus's edition, finished, with what is wrong in its manuscripts and references."""
    frame = frame_of(corpus.edition, corpus.editions, sentences, corpus.user_states)
    told = select(corpus)
    ledger = _ledger(corpus, told, frame, manuscripts.analysis)
    if manuscripts.analysis is not None:  # its tables have at least this number, so each sentence is judged beside it
        ledger.enter([keys_of(people(corpus.counted))])
    press = Press(frame, Cases(told), ledger, manuscripts.registers)
    summary = _summary(press, manuscripts, corpus)
    own = {state: _paragraphs(press.blocks(source, f"s_{state}")) for state, source in manuscripts.states.items()}
    body: list[Block] = []
    for item in corpus.edition.contents:
        if isinstance(item, Manuscript):
            body += press.blocks(manuscripts.sections[item.manuscript])
        elif isinstance(item, CaseBlock):
            body += body_section(told, frame, own)
    analysis = manuscripts.analysis
    statistics, proof = analysis(corpus, told, frame, ledger) if analysis is not None else ([], [])
    parts = (Part("main", tuple(body)), *_annexes(told, frame, statistics))
    front = front_matter(frame, summary)
    found_by = facets(told, parts, frame)
    report = Report(frame.language, front, parts, frame_words(sentences), (*press.figures, *proof), facets=found_by)
    finished, nowhere = number(report, frame)
    return finished, [*press.found, *nowhere, *_without_place(told, corpus.edition)]


def _ledger(corpus: PublicCorpus, told: Sequence[Told], frame: Frame, analysis: Analysis | None) -> Ledger:
    """The ledger of a report; that of a copy begins with the numbers of the edition of which it is the copy."""
    if analysis is None or not corpus.copied:
        return ledger_of(corpus.counted)
    published = ledger_of(corpus.copied)
    analysis(replace(corpus, counted=corpus.copied), told, frame, published)
    return ledger_of_copy(corpus.counted, corpus.copied, published)


def compile_annex(
    corpus: PublicCorpus, family: str, sentences: Sentences, long: bool = True
) -> tuple[Report, list[Diagnostic]]:
    """One mechanism's own extract: the table of its actions and, in the long form, the text of its cases (operative
    paragraph 14)."""
    frame = frame_of(corpus.edition, corpus.editions, sentences, corpus.user_states)
    told = select(corpus)
    blocks = mechanism_blocks(told, family, frame, long=long, alone=True)
    front = front_matter(frame, ())
    author = sentences.word("mechanism.extract") if front.author else ""
    front = replace(front, title=title(family, frame), author=author, title_notes=(), contents=False)
    parts = (Part("main", tuple(blocks)),)
    report = Report(frame.language, front, parts, frame_words(sentences), facets=facets(told, parts, frame))
    return number(report, frame, elsewhere=sentences.say("place.elsewhere"))


def _summary(press: Press, manuscripts: Manuscripts, corpus: PublicCorpus) -> tuple[Para, ...]:
    name = corpus.edition.summary
    if name is None:
        return ()
    return tuple(replace(para, numbered=False) for para in _paragraphs(press.blocks(manuscripts.sections[name])))


def _paragraphs(blocks: list[Block]) -> tuple[Para, ...]:
    return tuple(block for block in blocks if isinstance(block, Para))


def _annexes(told: tuple[Told, ...], frame: Frame, statistics: list[Block]) -> list[Part]:
    """The annexes in the order of the contents. One that would be empty is left out, and the next takes its number."""
    parts: list[Part] = []

    def add(key: str, name: str, blocks: list[Block]) -> None:
        if blocks:
            label = frame.say.text("annex.label", number=roman(len(parts) + 1))
            parts.append(Part(key, tuple(blocks), label, name, f"h_{key}".replace("-", "_")))

    lists: dict[str, Callable[[], list[Block]]] = {
        "communications": lambda: communication_blocks(told, frame),
        "changes": lambda: since_blocks(told, frame),
        "statistics": lambda: statistics,
        "index": lambda: index_blocks(told, frame),
    }
    for item in frame.edition.contents:
        if not isinstance(item, AnnexBlock):
            continue
        if item.annex == "mechanisms":
            for family in item.families or families_of(told):
                blocks = mechanism_blocks(told, family, frame, long=item.form == "long")
                add(f"mechanism-{family}", title(family, frame), blocks)
        elif item.annex in lists:
            add(item.annex, item.title or frame.say.word(f"annex.{item.annex}"), lists[item.annex]())
        else:
            place = "annex-1" if item.annex == "new" else "annex-2"
            blocks = annex_section(told, place, frame) or [_empty(place, frame)]
            add(place, item.title or frame.say.word(f"annex.{item.annex}"), blocks)
    return parts


def _empty(place: str, frame: Frame) -> Para:
    """An annex keeps its number when it has no cases, since cases are cited by it."""
    key = f"empty_{place}".replace("-", "_")
    return Para(key, frame.say.say("annex.empty"), numbered=False, origin=Origin(generated=True))


def _without_place(told: tuple[Told, ...], edition: Edition) -> Iterator[Diagnostic]:
    """No case may vanish because the contents lack its place."""
    blocks = {item.annex for item in edition.contents if isinstance(item, AnnexBlock)}
    places = {"annex-1": "new" in blocks, "annex-2": "follow-up" in blocks}
    places["main"] = any(isinstance(item, CaseBlock) for item in edition.contents)
    for one in told:
        if not places[one.place]:
            place = Location(one.case.path, ("text", edition.id) if edition.id in one.case.text else None)
            yield WITHOUT_PLACE.at(
                place,
                f"the contents of {edition.id} have no block for {one.place}, where this case belongs",
                "add the block to edition.yaml, or give the text another place",
            )
