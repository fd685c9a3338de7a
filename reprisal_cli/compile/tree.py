"""The numbered tree: what a document is, before any format.

Every pass of `compile` makes or changes values of these types, and every writer of `render` reads them. All values
are frozen. Text in a node is always literal: whatever it holds (`*`, `<b>`, `#set`), a writer prints it as typed.

A tree is *finished* when it has been through `compile/number.py`: every `Para`, `Heading` and `Note` has its number,
and no `Places` is left. Writers take finished trees only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Route = tuple[str | int, ...]


class Origin(Struct, frozen=True):
    """Where a paragraph comes from, for `report.map.json` and for edits that come back from Word.

    `file` is a path relative to the workspace; `line` (1-based) is known for manuscripts; `case` and `route` name
    the field of a case file. `generated` is true where a sentence was made from fields and no one typed it.
    """

    file: str = ""
    line: int = 0
    case: str = ""
    route: Route = ()
    generated: bool = False


# --- inlines --------------------------------------------------------------------------------------------------------


class Text(Struct, frozen=True):
    """Literal text. A line end in it is a space."""

    text: str


class Emph(Struct, frozen=True):
    """Emphasised (italic) text."""

    children: tuple[Inline, ...]


class Foreign(Struct, frozen=True):
    """Words in another language than the document's, printed as received: Word, the PDF and the web page are told, so
    that they are spelt, hyphenated and read aloud rightly. `language` is a tag as `fr` or `zh-Hant`."""

    language: str
    children: tuple[Inline, ...]


class Link(Struct, frozen=True):
    """A link to an http or https address outside the document."""

    url: str
    children: tuple[Inline, ...]


class Note(Struct, frozen=True):
    """A footnote of one paragraph. `number` is 0 until numbered; numbers run through the body, then through the
    annexes. `mark` is set for the starred notes of a title (`*`, `**`), which have no number."""

    children: tuple[Inline, ...]
    number: int = 0
    mark: str = ""


class Value(Struct, frozen=True):
    """Text that came out of the data by a query or a field, with its proof: `figure` is the key of `Report.figures`
    (empty for a plain field, which has no count behind it)."""

    text: str
    figure: str = ""


class Cross(Struct, frozen=True):
    """A cross-reference to a numbered paragraph of this document: `text` is the number as it stands now (`42`), and
    in Word it is a field that follows the paragraph with the bookmark `target`."""

    target: str
    text: str


class Places(Struct, frozen=True):
    """The paragraphs of cases in this document, not yet known: `number` turns it into text and `Cross` nodes, as in
    `annex I, paras. 42-43`. The annex paragraphs of a case stand for it where there are any. `otherwise` is printed
    where no case has a paragraph here. `everywhere`: the paragraphs of the body too, as an index has them."""

    cases: tuple[str, ...]
    otherwise: tuple[Inline, ...] = ()
    everywhere: bool = False


class Blank(Struct, frozen=True):
    """A field for the reader to fill in, `lines` high: in Word a content control with the tag `key` (at most 64
    characters), so that what comes back can be read; on paper an empty place. It has no text."""

    key: str
    lines: int = 3


Inline = Text | Emph | Foreign | Link | Note | Value | Cross | Places | Blank


# --- blocks ---------------------------------------------------------------------------------------------------------


class Para(Struct, frozen=True):
    """A paragraph.

    `id` is stable over edits elsewhere, unique in the document and a valid Word bookmark (`[A-Za-z][A-Za-z0-9_]*`, at
    most 40 characters). Numbered paragraphs have `number` (1, 2, ... again from 1 in each annex; 0 before numbering);
    `level` 1 is an item (a), (b) under the paragraph before it, whose `number` is 1 for (a). `cases` are the ids whose
    place this paragraph is.
    """

    id: str
    inlines: tuple[Inline, ...]
    numbered: bool = True
    level: Literal[0, 1] = 0
    number: int = 0
    origin: Origin = Origin()
    cases: tuple[str, ...] = ()


class Heading(Struct, frozen=True):
    """A heading. `level` 1 is `I.`, 2 is `A.`, 3 is `1.`, 4 has no label; `label` is empty until numbered, and stays
    empty where `labelled` is false (States in the body). `state` is the ISO code of the State whose section opens."""

    id: str
    level: Literal[1, 2, 3, 4]
    inlines: tuple[Inline, ...]
    labelled: bool = True
    label: str = ""
    state: str = ""
    origin: Origin = Origin()


Cell = tuple[Inline, ...]


class Table(Struct, frozen=True):
    """A table with a repeated head. `widths` are shares of the line (they add up to 1), one for each column.
    `row_origins` say for each row where it comes from, where the rows come from several fields or cases."""

    id: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    caption: tuple[Inline, ...] = ()
    origin: Origin = Origin()
    row_origins: tuple[Origin, ...] = ()


class Picture(Struct, frozen=True):
    """A figure with its numbers: `png` for Word, `svg` (UTF-8, text and shapes only: it names no file and no address)
    for the others. `alternative` says in words what it shows, for those who do not see it; it may not be empty.
    `numbers` is printed under it, so that nothing is told by the picture alone. `width` is a share of the line."""

    id: str
    svg: bytes
    png: bytes
    alternative: str
    numbers: Table
    caption: tuple[Inline, ...] = ()
    width: float = 1.0
    origin: Origin = Origin()


Block = Para | Heading | Table | Picture


class Part(Struct, frozen=True):
    """The body (`key` `main`, no label) or one annex (`annex-1`, `Annex I`, its title). Paragraph numbers run within
    one part; `Heading` levels start again at 1 in each (in an annex they are labelled `A.`, `1.` from level 2 on: a
    State's section there is level 2 with the label `1.`, `2.`, as `style` of the house has it)."""

    key: str
    blocks: tuple[Block, ...]
    label: str = ""
    title: str = ""
    id: str = ""


class Front(Struct, frozen=True):
    """The first page: finished strings in the language of the document, empty where not known (a writer leaves out
    what is empty). `title_notes` are the starred footnotes of the author line, in order."""

    organization: str  # United Nations
    organ: str  # General Assembly
    symbol: str
    version: str  # Advance edited version
    distribution: str  # Distr.: General
    date: str  # 25 September 2020
    original: str  # Original: English
    body: str  # Human Rights Council
    session: str  # Forty-fifth session
    session_dates: str  # 14 September-2 October 2020
    agenda: str  # Agenda items 2 and 5
    agenda_titles: tuple[str, ...]
    title: str
    author: str  # Report of the Secretary-General
    title_notes: tuple[Note, ...] = ()
    job_number: str = ""
    notice: str = ""  # on the first page and in every running foot
    summary: tuple[Para, ...] = ()
    contents: bool = True  # a table of contents follows the summary


class Figure(Struct, frozen=True):
    """A number or list that came out of the data: what it says, the query behind it, and the cases that prove it."""

    id: str
    text: str
    query: str
    cases: tuple[str, ...]
    items: tuple[str, ...] = ()


class Choice(Struct, frozen=True):
    """A printed word, and the ids of the cases of this document of which it is true."""

    label: str
    cases: tuple[str, ...]


class Facet(Struct, frozen=True):
    """One way to find cases in a page (`state`, `mechanism`, `act`, `response`), with its choices in order of print."""

    name: str
    choices: tuple[Choice, ...]


class Report(Struct, frozen=True):
    """A whole document. `words` are the frame's own words in its language (`contents`, `summary`, `page`, ...)."""

    language: str
    front: Front
    parts: tuple[Part, ...]
    words: Mapping[str, str]
    figures: tuple[Figure, ...] = ()
    direction: Literal["ltr", "rtl"] = "ltr"
    facets: tuple[Facet, ...] = ()


# --- walking --------------------------------------------------------------------------------------------------------


def map_inlines(inlines: tuple[Inline, ...], change: Callable[[Inline], tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Changes every inline, children first; `change` gives the nodes that stand in its place."""
    out: list[Inline] = []
    for node in inlines:
        if isinstance(node, Emph | Foreign | Link | Note):
            node = replace(node, children=map_inlines(node.children, change))
        out.extend(change(node))
    return tuple(out)


def walk_inlines(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every inline in reading order, parents before their children."""
    for node in inlines:
        yield node
        if isinstance(node, Emph | Foreign | Link | Note):
            yield from walk_inlines(node.children)


def text_of(inlines: tuple[Inline, ...], notes: bool = False) -> str:
    """The words of inlines, without footnotes unless `notes`."""
    out: list[str] = []
    for node in inlines:
        match node:
            case Text(text) | Value(text) | Cross(_, text):
                out.append(text)
            case Emph(children) | Foreign(_, children) | Link(_, children):
                out.append(text_of(children, notes))
            case Note(children):
                out.append(text_of(children) if notes else "")
            case _:
                pass
    return "".join(out)


def cells(block: Block) -> tuple[Cell, ...]:
    """All inlines of a block, a cell at a time (a paragraph and a heading have one)."""
    if isinstance(block, Picture):
        return (block.caption, *cells(block.numbers))
    if isinstance(block, Table):
        return (block.caption, *block.head, *(cell for row in block.rows for cell in row))
    return (block.inlines,)
