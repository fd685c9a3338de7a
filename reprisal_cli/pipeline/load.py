"""A workspace with all its cases in memory: what a build, a list or a search works on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from reprisal_cli.checks.desk import whole_desk_of
from reprisal_cli.checks.engine import check_corpus
from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.review.judge import judge
from reprisal_cli.store.corpus import Corpus, Memory, load_corpus
from reprisal_cli.store.workspace import Workspace, open_workspace


class Loaded(Struct, frozen=True):
    """All cases that could be read, with everything that was found wrong."""

    workspace: Workspace
    corpus: Corpus
    found: list[Diagnostic]

    @property
    def read(self) -> int:
        return self.corpus.read

    @property
    def refused(self) -> int:
        return self.corpus.refused


def load(start: Path, as_of: date) -> Loaded:
    """Reads and checks a workspace. Raises ReprisalError if there is none."""
    workspace, found = open_workspace(start)
    return load_cases(workspace, found, as_of)


def load_cases(workspace: Workspace, found: list[Diagnostic], as_of: date, memory: Memory | None = None) -> Loaded:
    """Reads and checks the cases of an open workspace, in which `found` was wrong. What the files allow and what the
    workspace sets is heard here as in `validate`."""
    corpus, wrong = load_corpus(workspace, memory)
    desk = whole_desk_of(workspace, as_of)
    return Loaded(workspace, corpus, judge([*found, *wrong, *check_corpus(corpus, desk)], workspace.place))
