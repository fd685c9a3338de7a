"""What a change means, as values: a case at a time, each change with its kind. What a `Meaning` says may be shown."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from reprisal_cli.protect.hidden import Hidden
from reprisal_cli.review.kinds import RISKS, Kind, kinds

Words = tuple[tuple[Literal["=", "-", "+", "…"], str], ...]
"""A text by words: what stayed, what went, what came, and `…` where more stayed than is shown."""


class Detail(Struct, frozen=True):
    """A field of what changed, before and after; None where it was not there. A mask stands for what is not shown."""

    field: str
    before: str | None
    after: str | None


class Meaning(Struct, frozen=True):
    """One thing that an edit means. `place` is where in the file (`p1`, `hrc-60 annex`); `hidden` says why words of a
    text are not shown."""

    kind: str
    place: str = ""
    details: tuple[Detail, ...] = ()
    words: tuple[Words, ...] = ()
    hidden: str = ""

    @property
    def of(self) -> Kind:
        return kinds()[self.kind]


class CaseChange(Hidden, frozen=True):
    """All that changed of one case, the loudest first. `path` is that of today; `before` the one that it had, if that
    is another. `status` is that of today, or the last."""

    id: str
    path: str
    before: str
    state: str
    status: str
    changes: tuple[Meaning, ...]
    about: tuple[Detail, ...] = ()
    """What the case is, and what its references stand for: `case`, `p1`, `u2`."""
    raw: bytes = b""
    """The file as it is now; empty if it is gone. It is for programs: none of it may be shown."""

    @property
    def risk(self) -> str:
        return min((one.of.risk for one in self.changes), key=RISKS.index, default="none")


class FileChange(Struct, frozen=True):
    """What changed of a file that is no case, or of several of one kind (`path` is then their folder)."""

    path: str
    change: Meaning
    count: int = 1


class Diff(Struct, frozen=True):
    """What changed between two states of a workspace. `old` and `new` are what they were called."""

    old: str
    new: str
    cases: tuple[CaseChange, ...]
    files: tuple[FileChange, ...]

    def count(self, risk: str) -> int:
        """How many changes are of a risk."""
        every = [one for case in self.cases for one in case.changes] + [one.change for one in self.files]
        return sum(one.of.risk == risk for one in every)


def ordered(changes: list[Meaning]) -> tuple[Meaning, ...]:
    """The loudest first; those of one kind stay as they came."""
    return tuple(sorted(changes, key=lambda one: one.of.rank))
