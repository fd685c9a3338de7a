"""What the drafters write (`docs/manuscript.md`) -> blocks.

A file is cut into blocks at its blank lines; each is run through Jinja by itself (so that a fault has its line) and
then read as text of the same marks as a case's. A value that comes out of the data is put back as a node after the
marks have been read: it can neither be read as markup nor lose its proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct, field

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.narrate import Filler
from reprisal_cli.compile.query import Cases, Number, Persons, QueryError, States, count
from reprisal_cli.compile.registers import Items, Listing, items, listings
from reprisal_cli.compile.tree import Block, Figure, Heading, Inline, Origin, Para, Places, Text, Value
from reprisal_cli.diagnostic import Diagnostic, Location, ReprisalError, Span
from reprisal_cli.model.practice import NOTHING, Registers
from reprisal_cli.model.prose import inline
from reprisal_cli.model.prose_nodes import SLOT_CLOSE, SLOT_OPEN
from reprisal_cli.protect.small_numbers import Ledger
from reprisal_cli.rule import error

TEMPLATE = error("RC601", "manuscript-expression")
RULES = (TEMPLATE,)

_HEADING = re.compile(r"(#{1,3}) +(.+)", re.DOTALL)
_ITEM = re.compile(r"- +")


class Source(Struct, frozen=True):
    """A manuscript's file, relative to the workspace, and its text."""

    path: str
    text: str

    @property
    def key(self) -> str:
        """What the ids of its paragraphs start with."""
        stem = self.path.rsplit("/", 1)[-1].removesuffix(".md")
        return re.sub(r"[^A-Za-z0-9]", "_", stem)[:24]


class Press(Struct):
    """Sets manuscripts: holds the figures met so far, since they are numbered through the document."""

    frame: Frame
    cases: Cases
    ledger: Ledger
    registers: Registers = NOTHING
    figures: list[Figure] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def blocks(self, source: Source, prefix: str = "m") -> list[Block]:
        """The blocks of one file, in order. A block at fault is left out and told of in `found`."""
        environment = _Environment(self)
        out: list[Block] = []
        for number, (line, text) in enumerate(blocks_of(source.text), 1):
            origin = Origin(source.path, line)
            try:
                out += self._block(environment, text, f"{prefix}_{source.key}_{number}", origin)
            except ReprisalError as problem:
                place = Location(source.path, span=Span(line, 1, line, 2))
                self.found.append(TEMPLATE.at(place, problem.message, problem.hint))
        return out

    def _block(self, environment: _Environment, text: str, key: str, origin: Origin) -> Iterator[Block]:
        rendered, slots = environment.render(text)
        if environment.listed is not None:
            if rendered.strip():
                raise QueryError(
                    "`items` stands alone, between blank lines", "put the sentence into a block of its own"
                )
            yield from items(environment.listed, key, self.frame)
            return
        filler = Filler(self.frame, slots=slots)
        if match := _HEADING.match(rendered):
            level = len(match.group(1))
            words = filler.fill(inline(match.group(2)))
            yield Heading(f"h_{key}", 1 if level == 1 else 2 if level == 2 else 3, words, origin=origin)
        elif _ITEM.match(rendered):
            for index, item in enumerate(_items(rendered)):
                yield Para(f"{key}_{index + 1}", filler.fill(inline(item)), level=1, origin=origin)
        elif rendered.strip():
            yield Para(key, filler.fill(inline(rendered.strip())), origin=origin)


def blocks_of(text: str) -> Iterator[tuple[int, str]]:
    """Blocks with the line that each starts on. A heading ends at its line, with or without a blank one after it."""
    start, lines = 0, list[str]()
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip() and not (lines and lines[0].startswith("#")):
            start = start if lines else number
            lines.append(line)
            continue
        if lines:
            yield start, "\n".join(lines)
        start, lines = (number, [line]) if line.strip() else (0, [])


def _items(text: str) -> list[str]:
    return [item.strip() for item in re.split(r"(?:^|\n)- +", text) if item.strip()]


# --- Jinja ----------------------------------------------------------------------------------------------------------


class _Environment:
    """One sandbox a file. It is a class because Jinja's `finalize` hands over values one by one."""

    def __init__(self, press: Press) -> None:
        from jinja2 import StrictUndefined

        self.press = press
        self.slots: list[tuple[Inline, ...]] = []
        self.listed: Listing | None = None
        self.jinja = _sandbox()(undefined=StrictUndefined, finalize=self._take, autoescape=False)
        self.jinja.globals = {
            "cases": press.cases,
            "edition": _edition(press.frame),
            **listings(press.registers, press.frame),
        }
        self.jinja.filters = {
            "count": self._count,
            "words": self._words,
            "noun": self._noun,
            "list": self._list,
            "cite": self._cite,
            "items": _items_of,
        }

    def render(self, text: str) -> tuple[str, tuple[tuple[Inline, ...], ...]]:
        """The block with a mark where each value stands, and the values."""
        from jinja2 import TemplateError

        self.slots = []
        self.listed = None
        if "{{" not in text and "{%" not in text and "{#" not in text:
            return text, ()
        try:
            rendered = self.jinja.from_string(text).render()
        except ReprisalError:
            raise
        except TemplateError as problem:
            raise QueryError(f"the expression cannot be read: {problem.message}", "see docs/manuscript.md") from None
        except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, AssertionError):
            raise QueryError("the expression cannot be worked out", "see docs/manuscript.md") from None
        return rendered, tuple(self.slots)

    def _take(self, value: object) -> str:
        if isinstance(value, Items):
            self.listed = value.of
            return ""
        self.slots.append(self._inlines(value))
        return f"{SLOT_OPEN}{len(self.slots) - 1}{SLOT_CLOSE}"

    def _inlines(self, value: object) -> tuple[Inline, ...]:
        from jinja2 import Undefined

        if isinstance(value, tuple) and all(isinstance(part, Inline) for part in value):
            return value
        if isinstance(value, Number):
            return self._figure(f"{value.value}", value)
        if isinstance(value, str):
            return (Value(f"{value}"),)  # an undefined name raises here
        if isinstance(value, Undefined):
            raise QueryError("there is nothing of that name", "see docs/manuscript.md")
        raise QueryError("this is no text yet", "end the expression with `| count`, `| words`, `| list` or `| cite`")

    def _figure(self, text: str, number: Number, items: tuple[str, ...] = ()) -> tuple[Inline, ...]:
        key = f"f{len(self.press.figures) + 1}"
        self.press.figures.append(Figure(key, text, number.asked, number.cases, items))
        return (Value(text, key),)

    def _count(self, value: object) -> Number:
        """The filter `count`. A number of persons is judged together with all that the edition prints."""
        if isinstance(value, Persons) and not self.press.ledger.enter([value.keys]):
            hint = "leave the number out, or count the cases"
            raise QueryError(
                "this number, alone or with the others of the edition, tells of fewer than five persons who are not "
                "publicly known",
                hint,
            )
        return count(value)

    def _words(self, value: object) -> tuple[Inline, ...]:
        number = self._number(value)
        return self._figure(self.press.frame.say.number(number.value), number)

    def _number(self, value: object) -> Number:
        return value if isinstance(value, Number) else self._count(value)

    def _noun(self, value: object, one: str, many: str) -> tuple[Inline, ...]:
        number = self._number(value)
        text = self.press.frame.say.number(number.value)
        return (*self._figure(text, number), Text(f" {one if number.value == 1 else many}"))

    def _list(self, value: object) -> tuple[Inline, ...]:
        if not isinstance(value, States):
            raise QueryError("`list` names States", "write `cases.new.states | list`")
        frame = self.press.frame
        names = tuple(frame.state_running(code) for code in frame.in_order(value.codes))
        text = "".join(part.text for part in frame.say.listed(names) if isinstance(part, Text))
        return self._figure(text, Number(len(names), f"{value.asked} | list", value.of.ids), names)

    def _cite(self, value: object) -> tuple[Inline, ...]:
        if not isinstance(value, States):
            raise QueryError("`cite` cites the paragraphs of States", "write `cases.new.states | cite`")
        frame = self.press.frame
        parts = [
            frame.say.say("place.cited", state=frame.state(code), places=(Places(_ids(value, code)),))
            for code in frame.in_order(value.codes)
        ]
        return frame.say.joined(parts)


@cache
def _sandbox() -> Any:
    """Jinja's sandbox without sums and without the methods of texts: a short expression of either can ask for more
    memory or time than there is (`9**9**9`, `"{:>9999999999}".format(1)`)."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            raise QueryError("a manuscript does not calculate", "ask for the figure: `cases.new | count`")

        def wrap_str_format(self, value: Any) -> None:
            """`format` is a method of texts like the others."""

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            asked = isinstance(obj, Cases | States | Listing | dict) and not attr.startswith("_")
            return asked and not (isinstance(obj, dict) and callable(value))

    return Sandbox


def _items_of(value: object) -> Items:
    if not isinstance(value, Listing):
        raise QueryError("`items` prints a register", "write `practices | items`, or `focal_points | items`")
    return Items(value)


def _ids(value: States, code: str) -> tuple[str, ...]:
    return tuple(one.case.id for one in value.of if code in one.case.states)


def _edition(frame: Frame) -> dict[str, Any]:
    """What a manuscript may say of its edition; what is not known is not there, and using it is an error."""
    edition = frame.edition
    previous = frame.editions.get(edition.previous) if edition.previous else None
    original = frame.editions.get(edition.of) if edition.of else None
    first, last = edition.period.start, edition.period.end
    known = {
        "id": edition.id,
        "symbol": edition.symbol or (original.symbol if original else None),
        "period": frame.say.text("when.span", start=frame.say.date(first), end=frame.say.date(last)),
        "previous_symbol": previous.symbol if previous else None,
        "ordinal_words": _ordinal(edition.ordinal, frame) if edition.ordinal else None,
    }
    return {name: value for name, value in known.items() if value}


def _ordinal(number: int, frame: Frame) -> str:
    from num2words import num2words

    return str(num2words(number, to="ordinal", lang=frame.language))
