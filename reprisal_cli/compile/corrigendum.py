"""The draft of a corrigendum after a consent was withdrawn. It names nobody, and gives no reason that would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reprisal_cli.compile.frame import numbers
from reprisal_cli.compile.sentences import Sentences
from reprisal_cli.compile.trace import Printed

_PART = {"annex I": "annex-1", "annex II": "annex-2"}


def corrigendum(places: Iterable[Printed], symbols: Mapping[str, str], say: Sentences) -> str:
    """A note in Markdown for each edition: what is to be taken out, where, and which figures are counted anew."""
    listed = _as_published(list(places))
    notes = [_note([one for one in listed if one.edition == name], symbols.get(name, name), say)
             for name in dict.fromkeys(one.edition for one in listed)]  # fmt: skip
    return "\n".join(notes)


def _as_published(places: list[Printed]) -> list[Printed]:
    """Without the paragraphs of a build where those of the published document are known: the numbers may differ."""
    known = {(one.edition, _PART.get(one.part, one.part)) for one in places if one.where == "published" and one.numbers}
    return [one for one in places if one.where == "published" or (one.edition, one.part) not in known]


def _note(places: list[Printed], symbol: str, say: Sentences) -> str:
    lines = [f"# {say.word('corrigendum.title')}", "", say.text("corrigendum.opening", symbol=symbol), ""]
    lines += [f"- {line}" for line in dict.fromkeys(_lines(places, say))]
    return "\n".join([*lines, "", say.word("corrigendum.reason"), ""])


def _lines(places: list[Printed], say: Sentences) -> Iterator[str]:
    for one in places:
        runs = numbers(one.numbers, say)
        if one.kind == "paragraphs":
            yield say.text("corrigendum.text", place=_place(one, runs, say))
        elif one.kind == "rows":
            form = "one" if len(one.numbers) == 1 else "many"
            yield say.text(f"corrigendum.row.{form}", annex=one.part, numbers=runs)
    figures = {name for one in places if one.kind == "figures" for name in one.names}
    if figures:
        form = "one" if len(figures) == 1 else "many"
        yield say.text(f"corrigendum.figures.{form}", count=say.number(len(figures)))


def _place(one: Printed, runs: str, say: Sentences) -> str:
    """`annex I, paras. 7-8`; as much of it as is known."""
    part = _PART.get(one.part, one.part)
    name = say.word(f"place.part.{part}") if part in ("annex-1", "annex-2") else ""
    if part.startswith("mechanism-"):
        from reprisal_cli.register.bodies import family_name

        name = say.text("corrigendum.mechanism", family=family_name(part.removeprefix("mechanism-"), say.language))
    form = "one" if len(one.numbers) == 1 else "many"
    paras = say.text(f"place.paragraph.{form}", numbers=runs) if one.numbers else ""
    return ", ".join(word for word in (name, paras) if word) or say.word("corrigendum.body")
