"""`reprisal stats`."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reprisal_cli.cli.options import AsOf, Edition, day

if TYPE_CHECKING:
    from reprisal_cli.analyse.statistics import Statistics
    from reprisal_cli.analyse.tables import Tabled

FORMS = ("text", "json", "markdown", "csv")


def stats(
    context: typer.Context,
    edition: Edition = None,
    as_of: AsOf = None,
    output_format: Annotated[
        str,
        typer.Option(
            "--output-format",
            help="text, json, markdown or csv.",
            metavar="FORM",
            autocompletion=lambda: list(FORMS),
        ),
    ] = "text",
) -> None:
    """Show the statistics of an edition: the tables of its statistical annex, with what was merged and why.

    The numbers are those of the report, under the same rule for small numbers (docs/statistics.md): no number, alone or
    taken from another, tells of one to four persons who are not already public. csv has a line for each number.
    """
    from reprisal_cli.cli.output import print_findings, say, write_json
    from reprisal_cli.diagnostic import ReprisalError, has_errors
    from reprisal_cli.pipeline.figures import edition_figures

    if output_format not in FORMS:
        raise ReprisalError("there is no such output format here", f"choose {', '.join(FORMS[:-1])} or {FORMS[-1]}")
    figures = edition_figures(context.obj, edition, day(as_of))
    found = [*figures.loaded.found, *figures.found]
    wrong = [one for one in found if one.severity == "error"]
    print_findings(wrong, figures.loaded.workspace.root, "text", sys.stderr)
    if figures.statistics is not None and not has_errors(found):
        if output_format == "json":
            write_json({"edition": figures.edition.id, "printed": figures.printed, **_data(figures.statistics)})
        else:
            lines = {"text": _text, "markdown": _markdown, "csv": _csv}[output_format](figures.statistics)
            say("\n".join(lines), sys.stdout)
        if not figures.printed:
            say(f"{figures.edition.id} prints none of these: its contents have no `annex: statistics`")
    if wrong:
        raise typer.Exit(1)


def _data(found: Statistics) -> dict[str, Any]:
    return {
        "persons": found.persons,
        "tables": [
            {
                "key": one.key,
                "unit": one.unit,
                "caption": one.caption,
                "head": list(one.head),
                "rows": [[name, *numbers] for name, numbers in one.rows],
                "notes": list(one.notes),
            }
            for one in found.tables
        ],
    }


def _text(found: Statistics) -> Iterator[str]:
    for index, table in enumerate(found.tables):
        yield from [""] * bool(index)
        yield table.caption
        yield from columns(_grid(table))
        yield from table.notes
    units = {table.unit for table in found.tables}
    for unit in ("persons", "cases"):
        if unit not in units:
            yield f"No table of {unit}: there are none, or too few to be counted in safety."


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines with the first column to the left and numbers to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(row[at].rjust(widths[at]) for at in range(1, len(row)))]
        yield "  " + "  ".join(cells).rstrip()


def _markdown(found: Statistics) -> Iterator[str]:
    for index, table in enumerate(found.tables):
        yield from [""] * bool(index)
        yield from (f"### {_cell(table.caption)}", "")
        head, *rows = _grid(table)
        yield from (_row(head), _row(["---", *["---:"] * (len(head) - 1)]), *map(_row, rows))
        for note in table.notes:
            yield from ("", _cell(note))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """A text as it is, whatever stands in it: a workspace names its own States."""
    return "".join(f"\\{sign}" if sign in "\\|*_`<>[]#" else sign for sign in text)


def _csv(found: Statistics) -> Iterator[str]:
    """A line for each number: table, unit, row, column, number."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("table", "unit", "row", "column", "number"))
    for table in found.tables:
        for name, numbers in table.rows:
            for column, number in zip(table.head[1:], numbers, strict=True):
                writer.writerow([_no_formula(text) for text in (table.key, table.unit, name, column, number)])
    yield out.getvalue().rstrip("\n")


def _no_formula(text: str) -> str:
    """A spreadsheet would work out what starts with one of these signs."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _grid(table: Tabled) -> list[tuple[str, ...]]:
    return [table.head, *((name, *numbers) for name, numbers in table.rows)]
