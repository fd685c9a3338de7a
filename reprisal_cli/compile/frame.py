"""What every pass needs beside its input: the language's sentences, the registers, the edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from reprisal_cli.compile.sentences import Sentences
from reprisal_cli.compile.tree import Inline, Link, Text
from reprisal_cli.model.edition import Edition
from reprisal_cli.model.values import PartialDate
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.sessions import sessions
from reprisal_cli.register.states import StateRegister, states
from reprisal_cli.register.words import words


class Frame(Struct, frozen=True):
    """`editions` are all of the workspace by id; `states` has the workspace's own codes in it."""

    say: Sentences
    edition: Edition
    editions: Mapping[str, Edition]
    states: StateRegister

    @property
    def language(self) -> str:
        return self.say.language

    def state(self, code: str) -> str:
        """The State's short name as of the edition's date, for headings and tables."""
        return self.states.name(code, self.language, self.edition.as_of)

    def state_running(self, code: str) -> str:
        """The State's name inside a sentence."""
        return self.states.running(code, self.language, self.edition.as_of)

    def in_order(self, codes: Iterable[str]) -> list[str]:
        """States in the alphabetical order of their names in the language of the edition."""
        return sorted(set(codes), key=lambda code: self.states.sort_key(code, self.language, self.edition.as_of))

    def body(self, ids: Iterable[str]) -> tuple[Inline, ...]:
        """Bodies inside a sentence: `the Committee against Torture and OHCHR`."""
        return self.say.listed(bodies().running(name, self.language) for name in dict.fromkeys(ids))

    def entry(self, ids: Iterable[str]) -> tuple[Inline, ...]:
        """Bodies in a cell of a table, without article: `Committee against Torture; OHCHR`."""
        return self.say.joined(bodies().entry(name, self.language) for name in dict.fromkeys(ids))

    def label(self, word_list: str, slug: str) -> str:
        """A word of a closed list as it is printed inside a sentence."""
        return words(word_list).label(slug, self.language)

    def labels(self, word_list: str, slugs: Iterable[str]) -> tuple[Inline, ...]:
        """Several of them inside a sentence: `a travel ban and surveillance`."""
        return self.say.listed(words(word_list).running(slug, self.language) for slug in dict.fromkeys(slugs))

    def entries(self, word_list: str, slugs: Iterable[str]) -> tuple[Inline, ...]:
        """Several in a cell of a table, as some have an "or" of their own: `raid or search; surveillance`."""
        return self.say.joined(self.label(word_list, slug) for slug in dict.fromkeys(slugs))

    def document(self, symbol: str, place: str = "") -> tuple[Inline, ...]:
        """A symbol of the United Nations, linked, with a place in the document."""
        address = self.say.text("place.address", language=self.language, symbol=symbol.replace(" ", ""))
        return (Link(address, (Text(symbol),)), *((Text(f", {place}"),) if place else ()))

    def day(self, day: date) -> str:
        """An exact day in words."""
        return self.say.date(PartialDate(day.year, day.month, day.day))

    def year(self, edition_id: str) -> int | None:
        """The year of an edition: its date, else that of its session; None if neither is known."""
        known = self.editions.get(edition_id)
        if known is not None and known.date is not None:
            return known.date.year
        series, number = edition_id.split("-")[:2]
        session = sessions().get(series, int(number))
        return session.opens.year if session is not None and session.opens is not None else None


def frame_of(
    edition: Edition, editions: Iterable[Edition], sentences: Sentences, user_states: Mapping[str, str]
) -> Frame:
    """The frame of one edition."""
    return Frame(sentences, edition, {other.id: other for other in editions}, states().with_extra(user_states))


def numbers(values: Iterable[int], say: Sentences) -> str:
    """Paragraph numbers with runs drawn together: `5, 7-9 and 12`."""
    through = say.word("place.through")
    runs: list[list[int]] = []
    for value in sorted(set(values)):
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    shown = [f"{run[0]}{through}{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    return "".join(part.text for part in say.listed(shown) if isinstance(part, Text))
