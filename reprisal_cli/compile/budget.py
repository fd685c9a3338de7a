"""The words of the body by section and State against the limit, and what is still to come.

Words are those that are printed, footnotes left out, as the document services count them; the annexes have no limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from msgspec import Struct

from reprisal_cli.compile.select import Told
from reprisal_cli.compile.tree import Block, Heading, Para, Report, cells, text_of


class Share(Struct, frozen=True):
    """The words of one section of the body. `state` is the code where it is that of a State; `depth` is 1 for the
    sections, 2 for those within them, 3 for States."""

    name: str
    words: int
    depth: int
    state: str = ""


class Move(Struct, frozen=True):
    """A case whose words in the body could stand in the annex alone."""

    case: str
    state: str
    words: int


class Budget(Struct, frozen=True):
    """`words` of the body and of its sections; `waiting` are the cases that are not yet drafted, `each` the words that
    one has in the body at the median, `moves` what would bring the forecast under the limit, longest first."""

    limit: int | None
    words: int
    shares: tuple[Share, ...]
    waiting: tuple[str, ...]
    each: int
    moves: tuple[Move, ...]

    @property
    def forecast(self) -> int:
        """The words of the body once all that is waiting is drafted at the present pace."""
        return self.words + self.each * len(self.waiting)

    @property
    def over(self) -> int:
        """How many words the forecast is over the limit; 0 if it is not, or if there is none."""
        return max(0, self.forecast - self.limit) if self.limit else 0


def budget_of(report: Report, told: Sequence[Told], waiting: Iterable[str], limit: int | None) -> Budget:
    """The budget of a finished report. `waiting` are cases of the edition that no document tells yet; those that are
    told without drafted words are added."""
    blocks = [block for part in report.parts if part.key == "main" for block in part.blocks]
    shares = tuple(_shares(blocks))
    own = _by_case(blocks)
    undrafted = [one.case.id for one in told if one.text is None]
    drafted = [words for case, words in own.items() if case not in undrafted]
    late = tuple(dict.fromkeys([*undrafted, *waiting]))
    bare = Budget(limit, sum(map(_words, blocks)), shares, late, round(median(drafted)) if drafted else 0, ())
    states = {one.case.id: one.case.state for one in told}
    moves = tuple(_moves(bare.over, own, states))
    return Budget(limit, bare.words, shares, late, bare.each, moves)


def _shares(blocks: Iterable[Block]) -> Iterator[Share]:
    """A share for each heading down to the sections of States, with the words under it; a section's own words stand
    apart from those of the sections in it."""
    name, depth, state, words = "", 1, "", 0
    for block in blocks:
        if isinstance(block, Heading) and (block.level <= 2 or block.state):
            if words:
                yield Share(name, words, depth, state)
            label = f"{block.label} " if block.label else ""
            name, depth = f"{label}{text_of(block.inlines)}", 3 if block.state else min(block.level, 2)
            state, words = block.state, 0
        words += _words(block)
    if words:
        yield Share(name, words, depth, state)


def _words(block: Block) -> int:
    return sum(len(text_of(cell).split()) for cell in cells(block))


def _by_case(blocks: Iterable[Block]) -> dict[str, int]:
    """The words of each case in the body."""
    found: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Para):
            for case in block.cases:
                found[case] = found.get(case, 0) + _words(block)
    return found


def _moves(over: int, own: dict[str, int], states: dict[str, str]) -> Iterator[Move]:
    """The longest texts first, until enough words are gone."""
    for case, words in sorted(own.items(), key=lambda item: (-item[1], item[0])):
        if over <= 0:
            return
        yield Move(case, states.get(case, ""), words)
        over -= words
