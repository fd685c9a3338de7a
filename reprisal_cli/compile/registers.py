"""The registers of practices and focal points, as a manuscript asks for them (operative paragraph 12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.query import Number, QueryError
from reprisal_cli.compile.sentences import capital, join_text
from reprisal_cli.compile.tree import Inline, Origin, Para, Text, Value
from reprisal_cli.model.practice import FocalPoint, Practice, Registers
from reprisal_cli.register.bodies import bodies
from reprisal_cli.register.words import words


class Listing(Struct, frozen=True):
    """Entries of a register with their places in its file, and the question (`asked`) whose answer they are."""

    entries: tuple[tuple[int, Practice | FocalPoint], ...]
    path: str
    key: str
    asked: str

    def __bool__(self) -> bool:
        return bool(self.entries)

    def of(self, kind: str) -> Listing:
        """Practices of one kind."""
        if kind not in words("practice-kinds"):
            near = words("practice-kinds").suggest(kind)
            hint = f"did you mean `{near}`?" if near else "`reprisal words practice-kinds` lists them"
            raise QueryError("there is no such kind of practice", hint)
        kept = tuple(one for one in self.entries if isinstance(one[1], Practice) and one[1].kind == kind)
        return replace(self, entries=kept, asked=f'{self.asked}.of("{kind}")')

    @property
    def number(self) -> Number:
        """How many."""
        return Number(len(self.entries), f"{self.asked} | count", ())


class Items(Struct, frozen=True):
    """A listing that is to be printed as items."""

    of: Listing


def listings(registers: Registers, frame: Frame) -> dict[str, Listing]:
    """What a manuscript can ask for: entries that are not later than its edition, in the order of the bodies' names."""
    return {
        "practices": _listing(registers.practices, registers.practices_path, "practices", frame),
        "focal_points": _listing(registers.focal_points, registers.focal_points_path, "focal_points", frame),
    }


def _listing(entries: Sequence[Practice | FocalPoint], path: str, key: str, frame: Frame) -> Listing:
    known = [(at, one) for at, one in enumerate(entries) if not one.date or one.date[0].first <= frame.edition.as_of]
    order = {body: at for at, body in enumerate(bodies().ids)}
    known.sort(key=lambda entry: (order[entry[1].entity], entry[1].date, entry[0]))
    return Listing(tuple(known), path, key, key)


def items(listing: Listing, key: str, frame: Frame) -> Iterator[Para]:
    """An item (a), (b) for each entry, with where it stands in its register."""
    several = len(listing.entries) > 1  # nobody prints an (a) without a (b)
    for number, (at, entry) in enumerate(listing.entries, 1):
        origin = Origin(listing.path, route=(listing.key, at), generated=True)
        end = frame.say.word("practice.last" if number == len(listing.entries) else "practice.next")
        yield Para(f"{key}_{at + 1}", _item(entry, frame, end), level=1, numbered=several, origin=origin)


def _item(entry: Practice | FocalPoint, frame: Frame, end: str) -> tuple[Inline, ...]:
    """`The human rights treaty bodies: common guidelines against reprisals, 2015 (HRI/MC/2015/6);`."""
    say = frame.say
    what = entry.what if isinstance(entry, Practice) else entry.function
    parts: list[Inline] = [*capital(frame.body([entry.entity])), Text(say.word("practice.colon"))]
    parts.append(Value(" ".join(what.split())))
    if isinstance(entry, Practice) and entry.function:
        parts += say.say("practice.function", function=(Value(entry.function),))
    if entry.date:
        parts += say.say("practice.date", date=(Value(say.dates(entry.date)),))
    if entry.reference:
        symbol, _, place = entry.reference.partition(", ")
        parts += say.say("practice.reference", document=frame.document(symbol, place))
    return join_text([*parts, Text(end)])
