"""Findings for people: the line at fault with carets, what is wrong, what to do. No value that may hold an identity."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TextIO

from reprisal_cli.cli.output import printable
from reprisal_cli.cli.placed import Placed, Results
from reprisal_cli.diagnostic import Diagnostic, Span

Styled = list[tuple[str, str]]
"""One line, in pieces: text and the name of its style."""

STYLES = {
    "place": "bold",
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "mark": "blue",
    "help": "green",
}


def text(results: Results) -> str:
    """All findings, a paragraph each."""
    return "".join("".join(piece for piece, _ in line) + "\n" for line in lines(results))


def concise(results: Results) -> str:
    """One line a finding: `path:line:col: CODE message`."""
    return "".join(
        _line(f"{_place(one.finding.location.path, one.span)}: {one.finding.code} {one.finding.message}") + "\n"
        for one in results.placed
    )


def show(results: Results, to: TextIO) -> None:
    """Prints to a stream: with colours on a terminal, plain lines anywhere else."""
    if not to.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        to.write(text(results))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=to, markup=False, highlight=False, emoji=False, soft_wrap=True)
    for line in lines(results):
        console.print(Text.assemble(*((piece, STYLES.get(style, "")) for piece, style in line)))


def lines(results: Results) -> Iterator[Styled]:
    """All findings as styled lines."""
    if not results.placed:
        return
    from reprisal_cli.cli.excerpts import Excerpts  # brings the model along
    from reprisal_cli.store.read import read_bytes

    files: dict[str, Excerpts | None] = {}
    for number, one in enumerate(results.placed):
        path = one.finding.location.path
        if path not in files:
            raw = read_bytes(results.root, path) if path.endswith(".yaml") else b""
            files = {path: Excerpts(raw, path) if raw and not isinstance(raw, Diagnostic) else None}
        if number:
            yield []
        yield from _paragraph(one, files[path])


def _paragraph(one: Placed, excerpts: object) -> Iterator[Styled]:
    finding = one.finding
    yield [
        (_line(_place(finding.location.path, one.span)), "place"),
        (": ", ""),
        (f"{finding.severity} {finding.code}", str(finding.severity)),
        (f" {finding.name}", ""),
    ]
    yield [(f"  {_line(finding.message)}", "")]
    yield from _excerpt(one, excerpts)
    if finding.hint:
        yield [("  help: ", "help"), (_line(finding.hint), "")]
    for also, span in one.related:
        yield [("  also: ", "help"), (_line(f"{_place(also.location.path, span)}: {also.message}"), "")]
    if finding.fix:
        option = "--fix" if finding.fix.applicability == "safe" else "--fix --unsafe-fixes"
        yield [("  fix:  ", "help"), (_line(f"{finding.fix.message} ({option})"), "")]


def _excerpt(one: Placed, excerpts: object) -> Iterator[Styled]:
    from reprisal_cli.cli.excerpts import Excerpts

    location = one.finding.location
    if not isinstance(excerpts, Excerpts) or (location.span is None and location.route is None):
        return
    shown = excerpts.at(one.span)
    if shown is None:
        return
    margin = f"{shown.line:>5}"
    yield [(f"{margin} | ", "mark"), (_line(shown.text), "")]
    yield [
        (f"{'':>5} | ", "mark"),
        (f"{'':>{shown.start}}{'^' * shown.length}" if shown.start else "^" * shown.length, str(one.finding.severity)),
    ]


def _place(path: str, span: Span) -> str:
    return f"{path}:{span.line}:{span.column}"


def _line(text: str) -> str:
    """Text that stays on its line: the name of a file may hold a line break."""
    return printable(text).replace("\n", "\N{REPLACEMENT CHARACTER}")
