"""Report -> Markdown (CommonMark with footnotes and pipe tables), written here and not by pandoc: its writer changes
some signs, and a text has to come out as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from reprisal_cli.compile.tree import (
    Blank,
    Block,
    Cell,
    Cross,
    Emph,
    Foreign,
    Heading,
    Inline,
    Link,
    Note,
    Para,
    Part,
    Picture,
    Places,
    Report,
    Table,
    Text,
    Value,
    cells,
    text_of,
    walk_inlines,
)
from reprisal_cli.render.house import House
from reprisal_cli.render.inlines import WEB, dots
from reprisal_cli.render.literal import clean
from reprisal_cli.render.numerals import paragraph_number
from reprisal_cli.render.outline import (
    depths,
    entries,
    entry_line,
    front_texts,
    heading_line,
    is_annex,
    number_columns,
    part_id,
)

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!^$@])")
_START = re.compile(r"^(\s*)(?:([-+=:])|(\d+)([.)]))")


def markdown(report: Report, house: House, epoch: int) -> bytes:
    """The document as Markdown in UTF-8: a paragraph a line."""
    lines = [*_front(report), *_contents(report)]
    for part in report.parts:
        lines += _part(part, report.words)
    lines += _notes(report)
    return ("\n\n".join(line for line in lines if line) + "\n").encode()


def escaped(text: str) -> str:
    """Text whose signs mean nothing in Markdown."""
    return _MARKUP.sub(r"\\\1", clean(text))


def _line(text: str) -> str:
    """A paragraph of its own, which starts no list and is no rule under a heading."""
    return _START.sub(lambda found: f"\\{found[2]}" if found[2] else f"{found[3]}\\{found[4]}", text.strip())


# --- inlines --------------------------------------------------------------------------------------------------------


def _inlines(children: tuple[Inline, ...]) -> str:
    out = ""
    following = [text_of(children[at + 1 :])[:1] for at in range(len(children))]
    for child, after in zip(children, following, strict=True):
        out += _emphasis(_inlines(child.children), out[-1:], after) if isinstance(child, Emph) else _inline(child)
    return out


def _emphasis(inside: str, before: str, after: str) -> str:
    """Stars where they mean emphasis to every reader: beside a sign they do so only next to a space."""
    starts = re.match(r"\w", inside) or (re.match(r"\S", inside) and not before.strip())
    ends = re.search(r"\w\Z", inside) or (re.search(r"\S\Z", inside) and not after.strip())
    plain = starts and ends and "*" not in inside and not re.match(r"\w", after) and not re.search(r"\w\Z", before)
    return f"*{inside}*" if plain else f"<em>{inside}</em>"


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text) | Value(text):
            return escaped(text)
        case Emph():
            return _inlines((inline,))
        case Foreign(language, children):
            return f'<span lang="{language}">{_inlines(children)}</span>'
        case Link(url, children):
            inside = _inlines(children)
            return f"[{inside}](<{_address(url)}>)" if url.startswith(WEB) else inside
        case Cross(target, text):
            return f"[{escaped(text)}](#{target})"
        case Note():
            return _sign(inline)
        case Blank():
            return dots(inline)
        case Places():
            raise AssertionError("the tree is not finished")


def _address(url: str) -> str:
    return "".join(f"%{ord(sign):02X}" if sign in "<>|\\ \n" else sign for sign in clean(url))


def _sign(note: Note) -> str:
    return escaped(note.mark) if note.mark else f"[^{note.number}]"


# --- blocks ---------------------------------------------------------------------------------------------------------


def _front(report: Report) -> Iterator[str]:
    front = front_texts(report.front)
    names = ("notice", "organization", "organ", "symbol", "version", "distribution", "date", "original", "body")
    lines = [front[name] for name in (*names, "session", "session_dates", "agenda")] + front["agenda_titles"]
    yield from (_line(escaped(text)) for text in lines if text)
    yield f"# {escaped(front['title'])}" if front["title"] else ""
    yield _line(escaped(front["author"]) + escaped(", ".join(one.mark for one in report.front.title_notes)))
    yield from (f"{_sign(one)} {_inlines(one.children)}" for one in report.front.title_notes)
    yield escaped(front["job_number"])
    if report.front.summary:
        yield f"## {escaped(report.words['summary'])}"
        yield from (_paragraph(one) for one in report.front.summary)


def _contents(report: Report) -> Iterator[str]:
    lines = entries(report, 2, 1) if report.front.contents else ()
    if lines:
        yield f"## {escaped(report.words['contents'])}"
        yield "\n".join(
            f"{'  ' * (line.depth - 1)}- [{escaped(entry_line(line, report.words))}](#{line.id})" for line in lines
        )


def _part(part: Part, words: Mapping[str, str]) -> Iterator[str]:
    levels = depths(part)
    if is_annex(part):
        yield f'## <a id="{part_id(part)}"></a>{escaped(heading_line(part, words))}'
    for block in part.blocks:
        yield from _block(block, levels)


def _block(block: Block, levels: dict[str, int]) -> Iterator[str]:
    match block:
        case Para():
            yield _paragraph(block)
        case Heading():
            label = escaped(f"{block.label} ") if block.label else ""
            marks = "#" * min(levels[block.id] + 1, 6)
            yield f'{marks} <a id="{block.id}"></a>{label}{_inlines(block.inlines)}'
        case Table():
            yield from _table(block)
        case Picture():
            yield f'<a id="{block.id}"></a>{_inlines(block.caption)}'
            yield _line(escaped(block.alternative))
            yield from _table(block.numbers)


def _paragraph(para: Para) -> str:
    number = paragraph_number(para)
    text = f"{number} {_inlines(para.inlines)}" if number else _inlines(para.inlines)
    return f'<a id="{para.id}"></a>{_line(text)}'


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield _line(_inlines(table.caption))
    yield "\n".join(
        (
            _row(table.head),
            _row_of("--:" if number else "---" for number in number_columns(table)),
            *(_row(row) for row in table.rows),
        )
    )


def _row(row: Iterable[Cell]) -> str:
    return _row_of(_inlines(cell) for cell in row)


def _row_of(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _notes(report: Report) -> Iterator[str]:
    blocks = chain(report.front.summary, *(part.blocks for part in report.parts))
    for cell in (cell for block in blocks for cell in cells(block)):
        for node in walk_inlines(cell):
            if isinstance(node, Note) and not node.mark:
                yield f"[^{node.number}]: {_line(_inlines(node.children))}"
