"""`reprisal build report --budget`: the words of the body as a table."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import typer


def show_budget(start: Path, edition_id: str | None, as_of: date | None) -> None:
    """Prints the words by section and State, the forecast, and what would have to move; writes no file."""
    from reprisal_cli.cli.output import print_findings, say
    from reprisal_cli.cli.stats import columns
    from reprisal_cli.pipeline.figures import budget_line, word_budget

    done = word_budget(start, edition_id, as_of)
    found = [*done.loaded.found, *done.found]
    wrong = [one for one in found if one.severity == "error"]
    print_findings(wrong, done.loaded.workspace.root, "text", sys.stderr)
    if done.budget is not None:
        budget = done.budget
        rows = [("section", "words"), *((_name(one.name, one.depth), f"{one.words}") for one in budget.shares)]
        say("\n".join(columns([*rows, ("all", f"{budget.words}")])), sys.stdout)
        say(budget_line(budget, done.edition), sys.stdout)
        if budget.waiting:
            say(f"not yet drafted: {', '.join(budget.waiting)}", sys.stdout)
        if budget.moves:
            say("to keep to the limit, these texts of the body would have to stand in an annex alone:", sys.stdout)
            say("\n".join(columns([(one.case, f"{one.words}") for one in budget.moves])), sys.stdout)
    if wrong:
        raise typer.Exit(1)


_WIDTH = 72
"""Signs of a section's name: a title can be longer than a line."""


def _name(text: str, depth: int) -> str:
    name = f"{'  ' * (depth - 1)}{text}"
    return name if len(name) <= _WIDTH else f"{name[: _WIDTH - 1]}\N{HORIZONTAL ELLIPSIS}"
