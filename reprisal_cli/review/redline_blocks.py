"""Blocks of a Word document as a redline sees them: what they are known by, their styles, their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from reprisal_cli.render.docx_reference import W
from reprisal_cli.review.align import Face, Op, Pair, align, word_ops
from reprisal_cli.review.redline_atoms import NOTE, Atom


def content_of(parent: Any) -> list[Any]:
    """The paragraphs and tables of a body, a cell or a running head."""
    return [child for child in parent if child.tag in (f"{W}p", f"{W}tbl")]


def face_of(block: Any) -> Face:
    """What a paragraph or table is known by."""
    if block.tag == f"{W}tbl":
        return Face(f"table of {columns(block)}", "", " ".join(words_of(row) for row in block.iter(f"{W}tr")))
    return Face("paragraph", id_of(block), words_of(block))


def columns(block: Any) -> int:
    """How many cells the widest row of a table has."""
    return max((len(row.findall(f"{W}tc")) for row in block.iter(f"{W}tr")), default=0)


def row_face(row: Any) -> Face:
    """What a row is known by."""
    return Face("row", "", " | ".join(words_of(cell) for cell in row.findall(f"{W}tc")))


def same_cells(one: Any, other: Any) -> bool:
    """Whether two rows can be compared cell by cell."""
    return len(one.findall(f"{W}tc")) == len(other.findall(f"{W}tc"))


def words_of(element: Any) -> str:
    """The words of a block, without codes of fields, notes standing as a sign each."""
    if element is None:
        return ""
    return "".join(
        (part.text or "") if part.tag == f"{W}t" else "\t" if part.tag == f"{W}tab" else "\N{DAGGER}"
        for part in element.iter(f"{W}t", f"{W}tab", NOTE)
    )


def id_of(paragraph: Any) -> str:
    """The stable id of a paragraph: its first bookmark."""
    mark = paragraph.find(f"{W}bookmarkStart")
    return "" if mark is None else str(mark.get(f"{W}name", ""))


def item(items: Sequence[Any], index: int | None) -> Any:
    """An item, or None."""
    return None if index is None else items[index]


def atom_ops(before: Sequence[Atom], after: Sequence[Atom]) -> list[Op]:
    """What differs between the pieces of two paragraphs."""
    return word_ops(
        [atom.key for atom in before],
        [atom.key for atom in after],
        lambda key: isinstance(key, tuple) and key[:2] == ("text", " "),
    )


def style_of(properties: Any) -> bytes:
    """The look of a paragraph, as far as it can be compared."""
    if properties is None:
        return b""
    kept = deepcopy(properties)
    for child in list(kept):
        if child.tag in (f"{W}rPr", f"{W}sectPr", f"{W}pPrChange"):
            kept.remove(child)
    return b"".join(etree.tostring(child) for child in kept)


def properties_of(paragraph: Any) -> Any:
    """The properties of a paragraph, made if there are none."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties


def mark_of(paragraph: Any) -> Any:
    """The properties of the paragraph's mark."""
    properties = properties_of(paragraph)
    mark = properties.find(f"{W}rPr")
    if mark is None:
        mark = etree.Element(f"{W}rPr")
        after = [child for child in properties if child.tag in (f"{W}sectPr", f"{W}pPrChange")]
        if after:
            after[0].addprevious(mark)
        else:
            properties.append(mark)
    return mark


def last_together(pairs: list[Pair], before: list[Any], after: list[Any]) -> list[Pair]:
    """The last paragraphs of two cells stand for each other: the last mark of a cell can neither come nor go."""
    if not before or not after or (len(before) - 1, len(after) - 1) in pairs:
        return pairs
    rest = align([face_of(one) for one in before[:-1]], [face_of(one) for one in after[:-1]])
    return [*rest, (len(before) - 1, len(after) - 1)]


def insert_block(parent: Any, place: Any, block: Any, first: Any = None) -> None:
    """Puts a block after `place`, or before the first content."""
    if place is not None:
        place.addnext(block)
    elif first is not None:
        first.addprevious(block)
    else:
        content = content_of(parent)
        if content:
            content[0].addprevious(block)
        else:
            parent.append(block)


def look(old: Any, new: Any, change: Callable[[str], Any]) -> None:
    """Tracks the style that a paragraph had, where it has another now; `change` makes a tracked change of a kind."""
    was, now = (one.find(f"{W}pPr") for one in (old, new))
    if style_of(was) == style_of(now):
        return
    properties = properties_of(new)
    tracked = change("pPrChange")
    held = etree.SubElement(tracked, f"{W}pPr")
    for child in was if was is not None else ():
        if child.tag not in (f"{W}rPr", f"{W}sectPr", f"{W}pPrChange"):
            held.append(deepcopy(child))
    properties.append(tracked)


# --- notes ----------------------------------------------------------------------------------------------------------

Known = dict[str, Any]


def note_pairs(old: Any, new: Any, notes: tuple[Known, Known]) -> tuple[Known, Known]:
    """What each footnote of two paragraphs is compared by: those that stand for each other by the same. `notes` are the
    footnotes of the two documents by their ids."""
    sides = [[one.get(f"{W}id") for one in paragraph.iter(NOTE)] for paragraph in (old, new)]
    faces = [[Face("note", "", words_of(notes[at].get(name))) for name in side] for at, side in enumerate(sides)]
    known: tuple[Known, Known] = ({}, {})
    for number, (a, b) in enumerate(align(faces[0], faces[1])):
        if a is not None:
            known[0][sides[0][a]] = number
        if b is not None:
            known[1][sides[1][b]] = number
    return known


def numbered(body: Any, notes: Any) -> None:
    """Gives the footnotes the order and the numbers of their references: LibreOffice takes the note with the lowest
    number for the first reference, whatever number that names."""
    known = {one.get(f"{W}id"): one for one in notes}
    kept = [one for one in notes if one.get(f"{W}type")]
    first = 1 + max((int(one.get(f"{W}id")) for one in kept), default=0)
    for number, reference in enumerate(body.iter(NOTE), first):
        note = known[reference.get(f"{W}id")]
        for one in (note, reference):
            one.set(f"{W}id", f"{number}")
        kept.append(note)
    notes[:] = kept
