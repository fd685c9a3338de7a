"""Two documents of Word -> one with tracked changes: accepting all gives the new one, rejecting all the old one.

Both documents come out of the same writer (`render/docx.py`), so that what it makes of a tree (numbers, fields, notes,
tables, the first page) is compared as it will be read, and nothing has to be written a second time. Blocks stand for
each other as in `align.py`; within a paragraph words are compared, in a table rows, then cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree
from msgspec import Struct, field

from reprisal_cli.render.docx_reference import W
from reprisal_cli.render.zip import pack, unpack
from reprisal_cli.review.align import align
from reprisal_cli.review.redline_atoms import NOTE, Atom, Row, atoms, parts_of_field
from reprisal_cli.review.redline_blocks import (
    atom_ops,
    content_of,
    face_of,
    id_of,
    insert_block,
    item,
    last_together,
    look,
    mark_of,
    note_pairs,
    numbered,
    row_face,
    same_cells,
)
from reprisal_cli.review.redline_parts import Comments, Credit, Credits, Relations, declare, renamed

BODY = "word/document.xml"
NOTES = "word/footnotes.xml"


def redline(old: bytes, new: bytes, credits: Credits) -> bytes:
    """The new document with all that differs from the old one as tracked changes."""
    before, after = unpack(old), unpack(new)
    merge = _Merge(
        credits,
        Relations(before, after),
        etree.fromstring(before[NOTES]),
        etree.fromstring(after[NOTES]),
        Comments(after),
    )
    body = etree.fromstring(after[BODY])
    merge.document(etree.fromstring(before[BODY])[0], body[0])
    numbered(body, merge.new_notes)
    parts = dict(after)
    parts[BODY], parts[NOTES] = _bytes(body), _bytes(merge.new_notes)
    for name in sorted(after):
        if name.startswith(("word/header", "word/footer")) and name in before and before[name] != after[name]:
            root = etree.fromstring(after[name])
            merge.blocks(etree.fromstring(before[name]), root)
            parts[name] = _bytes(root)
    parts |= merge.relations.parts() | merge.comments.parts()
    return pack(declare(parts))


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


class _Merge(Struct):
    """What a merge has used so far: numbers of changes, notes, relations, comments."""

    credits: Credits
    relations: Relations
    old_notes: Any
    new_notes: Any
    comments: Comments
    count: int = 9000
    credit: Credit = Credit("", "")
    notes_of: tuple[dict[str, Any], dict[str, Any]] = field(default_factory=lambda: ({}, {}))

    # --- the whole ---

    def document(self, old: Any, new: Any) -> None:
        """Merges the bodies; what the old one points to is renamed first, where both have the name for different
        paragraphs."""
        self.credit = self.credits.other
        for side, root in enumerate((self.old_notes, self.new_notes)):
            self.notes_of[side].update({one.get(f"{W}id"): one for one in root.iter(f"{W}footnote")})
        self.relations.adopt(old, BODY)
        self.relations.adopt(self.old_notes, NOTES)
        pairs = align([face_of(one) for one in content_of(old)], [face_of(one) for one in content_of(new)])
        renamed(old, new, [(item(content_of(old), a), item(content_of(new), b)) for a, b in pairs])
        self.blocks(old, new)

    def blocks(self, old: Any, new: Any) -> None:
        """Merges the blocks of a body, a cell, a note or a running head into those of the new one."""
        before, after = content_of(old), content_of(new)
        pairs = align([face_of(one) for one in before], [face_of(one) for one in after])
        if new.tag == f"{W}tc":
            pairs = last_together(pairs, before, after)
        place = None
        for a, b in pairs:
            if b is None:
                assert a is not None
                gone = self._gone(deepcopy(before[a]))
                insert_block(new, place, gone)
                place = gone
                continue
            block = after[b]
            place = self._kept(before[a], block) if a is not None else self._come(block)

    def _kept(self, old: Any, new: Any) -> Any:
        if new.tag == f"{W}tbl":
            self._table(old, new)
        elif new.tag == f"{W}p":
            self._credited(id_of(new), id_of(old))
            self._paragraph(old, new)
        return new

    def _come(self, block: Any) -> Any:
        if block.tag == f"{W}tbl":
            for row in block.iter(f"{W}tr"):
                self._row(row, "ins")
        elif block.tag == f"{W}p":
            self._credited(id_of(block), "")
            self._whole(block, "ins", self.notes_of[1])
        return block

    def _gone(self, block: Any) -> Any:
        if block.tag == f"{W}tbl":
            for row in block.iter(f"{W}tr"):
                self._row(row, "del")
        elif block.tag == f"{W}p":
            self._credited("", id_of(block))
            self._whole(block, "del", self.notes_of[0])
        return block

    def _credited(self, new: str, old: str) -> None:
        self.credit = self.credits.of(new, old)

    def change(self, kind: str) -> Any:
        """A tracked change of a kind (`ins`, `del`, `pPrChange`), with its author and moment."""
        self.count += 1
        element = etree.Element(f"{W}{kind}")
        element.set(f"{W}id", f"{self.count}")
        element.set(f"{W}author", self.credit.author)
        element.set(f"{W}date", self.credit.date)
        return element

    # --- paragraphs ---

    def _whole(self, paragraph: Any, kind: str, notes: Mapping[str, Any]) -> None:
        """A paragraph that is new, or gone: its mark and all that is in it."""
        content = atoms(paragraph, {})
        properties = paragraph.find(f"{W}pPr")
        if properties is not None and kind == "del":
            for section in properties.findall(f"{W}sectPr"):
                properties.remove(section)
        mark_of(paragraph).insert(0, self.change(kind))
        row = self._emptied(paragraph)
        comment = self.comments.open(paragraph, self.credit) if content else None
        for atom in content:
            row.put(self._noted(atom, kind, notes), kind)
        self.comments.close(paragraph, comment, self.change(kind))

    def _paragraph(self, old: Any, new: Any) -> None:
        """A paragraph that is in both, with the words that differ tracked."""
        pairs = note_pairs(old, new, self.notes_of)
        before, after = atoms(old, pairs[0]), atoms(new, pairs[1])
        look(old, new, self.change)
        if [(atom.key, atom.text) for atom in before] == [(atom.key, atom.text) for atom in after]:
            for one, other in zip(before, after, strict=True):
                if one.note:
                    self._note(one.note, other.note)
            return
        row = self._emptied(new)
        comment = self.comments.open(new, self.credit)
        for op, a, b, c, d in atom_ops(before, after):
            if op == "equal":
                for one, other in zip(before[a:b], after[c:d], strict=True):
                    self._same(one, other, row)
                continue
            for atom in before[a:b]:
                if not atom.loose:
                    row.put(self._noted(atom, "del", self.notes_of[0]), "del")
            for atom in after[c:d]:
                row.put(self._noted(atom, "ins", self.notes_of[1]), "" if atom.loose else "ins")
        self.comments.close(new, comment)

    def _same(self, old: Atom, new: Atom, row: Row) -> None:
        if new.note:
            self._note(old.note, new.note)
        if new.key[0] != "field" or old.text == new.text:
            row.put(new)
            return
        head, result, tail = parts_of_field(new)
        _, was, _ = parts_of_field(old)
        row.put(Atom((), tuple(head), new.link))
        row.put(Atom((), tuple(was), new.link), "del")
        row.put(Atom((), tuple(result), new.link), "ins")
        row.put(Atom((), tuple(tail), new.link))

    def _emptied(self, paragraph: Any) -> Row:
        for child in list(paragraph):
            if child.tag != f"{W}pPr":
                paragraph.remove(child)
        return Row(paragraph, self.change)

    # --- notes ---

    def _note(self, old: str, new: str) -> None:
        """The footnote itself, which is in both documents."""
        one, other = self.notes_of[0].get(old), self.notes_of[1].get(new)
        if one is not None and other is not None:
            for was, now in zip(one.findall(f"{W}p"), other.findall(f"{W}p"), strict=False):
                self._inside(was, now)

    def _inside(self, old: Any, new: Any) -> None:
        before, after = atoms(old, {}), atoms(new, {})
        if [(atom.key, atom.text) for atom in before] == [(atom.key, atom.text) for atom in after]:
            return
        row = self._emptied(new)
        for op, a, b, c, d in atom_ops(before, after):
            if op == "equal":
                for one, other in zip(before[a:b], after[c:d], strict=True):
                    self._same(one, other, row)
            else:
                for atom in before[a:b]:
                    row.put(atom, "" if atom.loose else "del")
                for atom in after[c:d]:
                    row.put(atom, "" if atom.loose else "ins")

    def _noted(self, atom: Atom, kind: str, notes: Mapping[str, Any]) -> Atom:
        """A piece that comes or goes with its footnote, whose words come or go too; one that goes gets a number of its
        own among the new notes."""
        note = notes.get(atom.note)
        if note is None:
            return atom
        run = deepcopy(atom.runs[0])
        if kind == "del":
            note = deepcopy(note)
            name = f"{1 + max(int(one.get(f'{W}id')) for one in self.new_notes)}"
            note.set(f"{W}id", name)
            self.new_notes.append(note)
            run.find(NOTE).set(f"{W}id", name)
        for paragraph in note.findall(f"{W}p"):
            content = atoms(paragraph, {})
            row = self._emptied(paragraph)
            for at, one in enumerate(content):
                own = at < 2 and not one.text  # the sign of the note and its tab stay with it
                row.put(one, "" if own else kind)
        return Atom(atom.key, (run,), atom.link, atom.note, atom.text)

    # --- tables ---

    def _table(self, old: Any, new: Any) -> None:
        before, after = old.findall(f"{W}tr"), new.findall(f"{W}tr")
        place = None
        for a, b in align([row_face(row) for row in before], [row_face(row) for row in after]):
            if a is not None and (b is None or not same_cells(before[a], after[b])):
                gone = deepcopy(before[a])
                self._row(gone, "del")
                insert_block(new, place, gone, after[0])
                place = gone
            if b is not None:
                place = after[b]
                if a is None or not same_cells(before[a], place):
                    self._row(place, "ins")
                else:
                    for one, other in zip(before[a].findall(f"{W}tc"), place.findall(f"{W}tc"), strict=True):
                        self.credit = self.credits.other
                        self.blocks(one, other)

    def _row(self, row: Any, kind: str) -> None:
        """A row that is new, or gone, with all that is in it."""
        self.credit = self.credits.other
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            row.insert(1 if len(row) and row[0].tag == f"{W}tblPrEx" else 0, properties)
        properties.append(self.change(kind))
        notes = self.notes_of[1 if kind == "ins" else 0]
        for paragraph in row.iter(f"{W}p"):
            content = atoms(paragraph, {})
            made = self._emptied(paragraph)
            for atom in content:
                made.put(self._noted(atom, kind, notes), kind)
