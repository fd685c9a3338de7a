"""The statistical annex: tables and figures as blocks of the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from reprisal_cli.analyse.charts import Pictured, spec_of, values_of
from reprisal_cli.analyse.statistics import Statistics, statistics
from reprisal_cli.analyse.tables import Tabled
from reprisal_cli.compile.frame import Frame
from reprisal_cli.compile.report import Analysis
from reprisal_cli.compile.select import Told
from reprisal_cli.compile.tree import Block, Cell, Figure, Heading, Inline, Origin, Para, Picture, Table, Text, Value
from reprisal_cli.protect.public import PublicCorpus
from reprisal_cli.protect.small_numbers import Ledger

Draw = Callable[[Mapping[str, object], str], Pictured]
"""Draws a figure from its specification; the second is the path of its file, for what is wrong with it."""

_MADE = Origin(generated=True)
_GROUPS = {"persons": "persons", "cases": "cases", "letters": "replies", "States": "trends"}
_NAME_WIDTH = 0.2
"""The least share of a line for the names of a table's rows."""
_SIGN = 0.0095
"""The share of a line that a sign of a table's head takes."""
_LEAST, _SHORT = 5, 12
"""The signs of the narrowest column, and of a head that stands in one line."""
_SHARE = 0.75  # of a line that stands: a figure and its numbers fit one page


def analysis(files: Mapping[str, bytes], folder: str, draw: Draw) -> Analysis:
    """What makes the annex of an edition. `files` are the figures' files by the key of their table, from `folder`."""

    def make(
        corpus: PublicCorpus, told: Sequence[Told], frame: Frame, ledger: Ledger
    ) -> tuple[list[Block], list[Figure]]:
        found = statistics(corpus, told, frame, ledger)
        if not found.tables:
            return [], []
        blocks: list[Block] = []
        opening, proof = _opening(found, frame)
        blocks += opening
        section = ""
        for table in found.tables:
            group = "trends" if table.key == "editions" else _GROUPS[table.unit]
            if group != section:
                section = group
                title = (Text(frame.say.word(f"statistics.section.{group}")),)
                blocks.append(Heading(f"h_st_{group}", 2, title, labelled=False, origin=_MADE))
            blocks += _blocks(table, frame, files, folder, draw)
        return blocks, proof

    return make


def _opening(found: Statistics, frame: Frame) -> tuple[list[Block], list[Figure]]:
    sentences: list[Inline] = []
    proof: list[Figure] = []
    if found.persons:
        proof.append(Figure("s1", f"{found.persons}", "persons of known number", found.cases))
        sentences += frame.say.say("statistics.intro", number=(Value(f"{found.persons}", "s1"),))
        sentences.append(Text(" "))
    sentences += frame.say.say("statistics.rule")
    return [Para("st_intro", tuple(sentences), origin=_MADE)], proof


def _blocks(table: Tabled, frame: Frame, files: Mapping[str, bytes], folder: str, draw: Draw) -> list[Block]:
    """A table, as a figure with its numbers where there is a file for it, and what a reader must know of it."""
    block: Block = _table(table, table.caption)
    values = values_of(table) if table.key in files else []
    if len({value["row"] for value in values}) > 1:  # one bar alone says less than its table
        path = f"{folder}/{table.key}.json"
        unit = frame.say.word(f"statistics.unit.{table.unit}")
        svg, png = draw(spec_of(table, unit, files[table.key], path), path)
        shown = frame.say.text(f"statistics.alternative.{table.key}", numbers=_in_words(table, frame))
        caption = (Text(table.caption),)
        block = Picture(
            f"fig_{table.key}",
            svg,
            png,
            shown,
            _table(table, frame.say.word("statistics.figure")),
            caption,
            _SHARE,
            origin=_MADE,
        )
    if not table.notes:
        return [block]
    note = (Text(" ".join(table.notes)),)
    return [block, Para(f"st_{table.key}_note".replace("-", "_"), note, numbered=False, origin=_MADE)]


def _in_words(table: Tabled, frame: Frame) -> str:
    """The numbers of a figure in words, for those who do not see it."""
    lines: dict[str, list[str]] = {}
    for value in values_of(table):
        if value["number"]:
            lines.setdefault(value["row"], []).append(f"{value['column']} {value['number']}")
    comma, semicolon = frame.say.word("word.comma"), frame.say.word("word.semicolon")
    return semicolon.join(f"{row}{comma}{comma.join(parts)}" for row, parts in lines.items())


def _table(table: Tabled, caption: str) -> Table:
    head = tuple(_text(name) for name in table.head)
    rows = tuple((_text(name), *(_text(number) for number in numbers)) for name, numbers in table.rows)
    name = f"st_{table.key}".replace("-", "_")
    return Table(name, head, rows, _widths(table), (Text(caption),), _MADE)


def _widths(table: Tabled) -> tuple[float, ...]:
    """A column of numbers is as wide as its head if that is short, else as its longest word; the names have what is
    left of the line."""
    longest = [
        max(_LEAST, len(name) if len(name) <= _SHORT else max(map(len, re.split(r"[ -]", name)))) + 2
        for name in table.head[1:]
    ]
    sign = min(_SIGN, (1 - _NAME_WIDTH) / sum(longest))
    rest = [round(signs * sign, 3) for signs in longest]
    return (round(1 - sum(rest), 3), *rest)


def _text(text: str) -> Cell:
    return (Text(text),)
