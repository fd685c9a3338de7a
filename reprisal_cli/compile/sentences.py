"""The sentences of the frame, in the language of the document (`templates/sentences/<language>.yaml`).

No sentence that can be printed stands in Python: a pass asks for one by name and fills its slots with inlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from reprisal_cli.compile.tree import Emph, Foreign, Inline, Link, Note, Text, Value
from reprisal_cli.diagnostic import Diagnostic, Location, ReprisalError
from reprisal_cli.model.values import PartialDate, Period, When
from reprisal_cli.parse import parse
from reprisal_cli.rule import warning

MISSING = warning("RC604", "sentence-missing")
RULES = (MISSING,)
_NAMED = 8
_SLOT = re.compile(r"\{([a-z]+)\}")
Slot = str | tuple[Inline, ...]


class Sentences(Struct, frozen=True):
    """The sentences of one language, by name. `borrowed` are those that the workspace's file lacks: they are the ones
    that came with the program."""

    language: str
    texts: Mapping[str, str]
    borrowed: tuple[str, ...] = ()
    path: str = ""

    def word(self, name: str) -> str:
        """A sentence without slots, as text. Raises ReprisalError if the file lacks it."""
        try:
            return self.texts[name]
        except KeyError:
            raise ReprisalError(
                f"templates/sentences/{self.language}.yaml has no `{name}`",
                "add it, as in the file that `reprisal init DIR` makes",
            ) from None

    def say(self, name: str, **slots: Slot) -> tuple[Inline, ...]:
        """A sentence with its slots filled."""
        out: list[Inline] = []
        position = 0
        template = self.word(name)
        for match in _SLOT.finditer(template):
            out.append(Text(template[position : match.start()]))
            out.extend(as_inlines(self._slot(name, match.group(1), slots)))
            position = match.end()
        out.append(Text(template[position:]))
        return join_text(out)

    def text(self, name: str, **slots: str) -> str:
        """The same as plain text."""
        return "".join(part.text for part in self.say(name, **slots) if isinstance(part, Text))

    def counted(self, name: str, count: int, **slots: Slot) -> tuple[Inline, ...]:
        """The form for one or for several, with `{count}` in words up to nine; at the start of a sentence in words."""
        form = f"{name}.{'one' if count == 1 else 'many'}"
        opens = self.word(form).startswith("{count}") and count
        number = _in_words(count, self.language) if opens else self.number(count)
        return self.say(form, count=number, **slots)

    def number(self, number: int) -> str:
        """A number as the Organization writes it: in words up to nine, then in digits; none is "no"."""
        if number == 0:
            return self.word("word.none")
        return _in_words(number, self.language) if number < 10 else f"{number}"

    def listed(self, parts: Iterable[Slot]) -> tuple[Inline, ...]:
        """`a`, `a and b`, `a, b and c`."""
        items = [as_inlines(part) for part in parts]
        comma, last = self.word("word.comma"), self.word("word.and")
        out: list[Inline] = []
        for index, item in enumerate(items):
            if index:
                out.append(Text(last if index == len(items) - 1 else comma))
            out.extend(item)
        return join_text(out)

    def joined(self, parts: Iterable[Slot], separator: str = "word.semicolon") -> tuple[Inline, ...]:
        """The parts with a separator between them."""
        out: list[Inline] = []
        for index, part in enumerate(parts):
            out += [Text(self.word(separator))] * bool(index)
            out.extend(as_inlines(part))
        return join_text(out)

    # --- dates ---

    def date(self, day: PartialDate) -> str:
        """`10 March 2020`, `March 2020` or `2020`."""
        pattern = "date.day" if day.day else "date.month" if day.month else "date.year"
        return _formatted(day, self.word(pattern), self.language)

    def dates(self, when: When) -> str:
        """All dates of an item, a period as `March 2020 to May 2020`."""
        return "".join(
            part.text for part in self.listed(self._plain(period) for period in when) if isinstance(part, Text)
        )

    def when(self, when: When) -> str:
        """Dates as a sentence says them: `on 10 March 2020`, `in March 2020 and in May 2020`; empty if unknown."""
        return "".join(
            part.text for part in self.listed(self._said(period) for period in when) if isinstance(part, Text)
        )

    def opening(self, when: When) -> str:
        """Dates at the start of a sentence, with their comma; empty if unknown."""
        return self.text("when.opening", when=self.when(when)) if when else ""

    def tail(self, when: When) -> str:
        """Dates at the end of a clause; empty if unknown."""
        return self.text("when.tail", when=self.when(when)) if when else ""

    def _plain(self, period: Period) -> str:
        if period.start == period.end:
            return self.date(period.start)
        return self.text("when.span", start=self.date(period.start), end=self.date(period.end))

    def _said(self, period: Period) -> str:
        if period.start != period.end:
            return self.text("when.period", start=self.date(period.start), end=self.date(period.end))
        return self.text("when.day" if period.start.day else "when.month", date=self.date(period.start))

    def _slot(self, name: str, slot: str, slots: Mapping[str, Slot]) -> Slot:
        if slot not in slots:
            raise ReprisalError(
                f"templates/sentences/{self.language}.yaml: `{name}` has a slot {{{slot}}} that nothing fills",
                f"it may have: {', '.join(sorted(slots)) or 'none'}",
            )
        return slots[slot]


def load_sentences(raw: bytes, path: str, language: str, shipped: bytes = b"") -> Sentences:
    """Reads a file of sentences; what an older file lacks is taken from `shipped`, the program's own of that language.
    Raises ReprisalError at its first fault: without them nothing can be printed."""
    own = _texts(raw, path)
    if not shipped or shipped == raw:
        return Sentences(language, own, path=path)
    others = _texts(shipped, path)
    lacking = tuple(name for name in others if name not in own)
    return Sentences(language, {**others, **own}, lacking, path)


def lacking(sentences: Sentences) -> tuple[Diagnostic, ...]:
    """What a file of sentences of an older workspace lacks, as one finding."""
    if not sentences.borrowed:
        return ()
    count, names = len(sentences.borrowed), sentences.borrowed[:_NAMED]
    more = f" and {count - len(names)} more" if count > len(names) else ""
    said = f"{', '.join(f'`{name}`' for name in names)}{more}"
    message = f"has no {said}: what came with the program is printed"
    hint = "copy them from templates/sentences in the folder that `reprisal init DIR` makes, and read them"
    return (MISSING.at(Location(sentences.path), message, hint),)


def _texts(raw: bytes, path: str) -> dict[str, str]:
    parsed = parse(raw, path)
    for fault in parsed.diagnostics:
        span = fault.location.span
        raise ReprisalError(f"{path}:{span.line if span else 1}: {fault.message}", fault.hint)
    return dict(_flat(parsed.data or {}, ""))


def _flat(data: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    """Nested sections as dotted names."""
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


# --- inlines --------------------------------------------------------------------------------------------------------


def as_inlines(slot: Slot) -> tuple[Inline, ...]:
    """Text as inlines; inlines as they are."""
    return ((Text(slot),) if slot else ()) if isinstance(slot, str) else slot


def join_text(parts: Iterable[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts as one, empty ones left out."""
    out: list[Inline] = []
    text = ""
    for part in parts:
        if isinstance(part, Text):
            text += part.text
            continue
        if text:
            out.append(Text(text))
            text = ""
        out.append(part)
    return (*out, Text(text)) if text else tuple(out)


def capital(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The same with its first letter a capital: the start of a sentence."""
    if not inlines:
        return inlines
    first, rest = inlines[0], inlines[1:]
    match first:
        case Text(text):
            return (Text(text[:1].upper() + text[1:]), *rest)
        case Value(text, figure):
            return (Value(text[:1].upper() + text[1:], figure), *rest)
        case Emph(children):
            return (Emph(capital(children)), *rest)
        case Foreign(language, children):
            return (Foreign(language, capital(children)), *rest)
        case Link(url, children):
            return (Link(url, capital(children)), *rest)
        case Note():
            return (first, *capital(rest))
        case _:
            return inlines


@lru_cache(maxsize=64)
def _in_words(number: int, language: str) -> str:
    from num2words import num2words

    return str(num2words(number, lang=language))


@lru_cache(maxsize=1024)
def _formatted(day: PartialDate, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return str(format_date(day.first, pattern, locale=language))
