"""A Word file that was opened, as lines of text, with every tracked change taken or undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from reprisal_cli.review.word_open import W, WordFile

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a picture, a formula or a sign of a font: what is no text cannot be drafted, and is told."""
_PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Bit(Struct, frozen=True):
    """A stretch of text in one dress. `field` is the target of the cross-reference whose number it is; `note` holds the
    bits of a footnote, which stands here."""

    text: str
    emphasis: bool = False
    link: str = ""
    field: str = ""
    note: tuple[Bit, ...] | None = None


class Line(Struct, frozen=True):
    """A paragraph. `kind` is `body`, `cell`, `contents`, `head` (running heads and feet) or `box`; `names` are its
    bookmarks; `authors` are those of its tracked changes; `said` are comments on it, with their authors."""

    bits: tuple[Bit, ...]
    kind: str = "body"
    style: str = ""
    names: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    whole: bool = True  # whether its mark stays; it runs on into the next one otherwise

    @property
    def text(self) -> str:
        """The words, each note in brackets."""
        return "".join(f"[{plain(bit.note)}]" if bit.note is not None else bit.text for bit in self.bits)


def plain(bits: tuple[Bit, ...]) -> str:
    """The words of bits without their notes."""
    return "".join(bit.text for bit in bits)


# --- reading ---


class _Reading(Struct):
    """How a file is being read: whose tracked changes count, and where in a field the reading is."""

    file: WordFile
    accepted: frozenset[str] | None
    part: str = "document.xml"
    fields: list[list[str]] = field(default_factory=list)  # of each open field its code, and "result" once it is past
    authors: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)

    def takes(self, change: Any) -> bool:
        """Whether a tracked change counts as made."""
        author = change.get(f"{W}author") or ""
        if author not in self.authors:
            self.authors.append(author)
        return self.accepted is None or author in self.accepted


def lines(file: WordFile, accepted: frozenset[str] | None = None) -> list[Line]:
    """All lines of a document. `accepted` are the authors whose tracked changes are taken, all of them if None; the
    changes of others are undone."""
    reading = _Reading(file, accepted)
    out = list(_joined(_blocks(file.body, reading, "body")))
    reading.part = ""
    for head in file.heads:
        out += [line for line in _joined(_blocks(head, reading, "head")) if line.text.strip()]
    return out


def _joined(found: Iterator[Line]) -> Iterator[Line]:
    """A paragraph whose mark is gone runs on into the next one."""
    open_line: Line | None = None
    for line in found:
        if open_line is not None and line.kind == open_line.kind:
            line = replace(
                line,
                bits=(*open_line.bits, *line.bits),
                names=(*open_line.names, *line.names),
                authors=tuple(dict.fromkeys((*open_line.authors, *line.authors))),
                said=(*open_line.said, *line.said),
            )
        elif open_line is not None:
            yield replace(open_line, whole=True)
        open_line = None if line.whole else line
        if line.whole:
            yield line
    if open_line is not None and open_line.text.strip():
        yield open_line


def _blocks(parent: Any, reading: _Reading, kind: str) -> Iterator[Line]:
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(child, reading, kind)
        elif child.tag == f"{W}tr" and _row_goes(child, reading):
            continue
        elif child.tag in (f"{W}tbl", f"{W}tr", f"{W}tc"):
            yield from _blocks(child, reading, "cell" if kind == "body" else kind)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _blocks(child, reading, kind)


def _row_goes(row: Any, reading: _Reading) -> bool:
    come, gone = row.find(f"{W}trPr/{W}ins"), row.find(f"{W}trPr/{W}del")
    return (gone is not None and reading.takes(gone)) or (come is not None and not reading.takes(come))


def _paragraph(paragraph: Any, reading: _Reading, kind: str) -> Iterator[Line]:
    reading.authors, reading.names, reading.said, boxes = [], [], [], reading.boxes
    reading.boxes = []
    contents = any("TOC" in code[0].split()[:1] for code in reading.fields)
    bits = _merged(list(_inline(paragraph, reading, "")))
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = reading.file.styles.get(style.get(f"{W}val", ""), "") if style is not None else ""
    contents = contents or name.lower().startswith(("toc ", "contents"))
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    whole = True
    if mark is not None:
        gone = next((one for one in mark if one.tag in (f"{W}del", f"{W}moveFrom")), None)
        come = next((one for one in mark if one.tag in (f"{W}ins", f"{W}moveTo")), None)
        whole = not ((gone is not None and reading.takes(gone)) or (come is not None and not reading.takes(come)))
    yield Line(
        bits,
        "contents" if contents else kind,
        name,
        tuple(reading.names),
        tuple(reading.authors),
        tuple(reading.said),
        whole,
    )
    inner, reading.boxes = reading.boxes, boxes
    for box in inner:
        yield from _blocks(box, reading, "box")


_PASS = frozenset(f"{W}{name}" for name in ("smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo"))
_SPACES = {f"{W}tab": "\t", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}


def _inline(parent: Any, reading: _Reading, link: str) -> Iterator[Bit]:
    for child in parent:
        tag = child.tag
        if tag == f"{W}r":
            yield from _run(child, reading, link)
        elif tag == f"{W}hyperlink":
            target = reading.file.links.get(reading.part, {}).get(child.get(f"{_R}id", ""), "")
            yield from _inline(child, reading, target)
        elif tag in (f"{W}ins", f"{W}moveTo"):
            if reading.takes(child):
                yield from _inline(child, reading, link)
        elif tag in (f"{W}del", f"{W}moveFrom"):
            if not reading.takes(child):
                yield from _inline(child, reading, link)
        elif tag.endswith(("}oMath", "}oMathPara")):
            yield Bit(OBJECT)
        elif tag == f"{W}fldSimple" and _is_page(child.get(f"{W}instr", "")):
            continue
        elif tag in _PASS:
            yield from _inline(child, reading, link)
        elif tag == f"{W}bookmarkStart":
            reading.names.append(child.get(f"{W}name", ""))
        elif tag == f"{W}commentRangeStart" and child.get(f"{W}id") in reading.file.comments:
            reading.said.append(reading.file.comments[child.get(f"{W}id")])


def _run(run: Any, reading: _Reading, link: str) -> Iterator[Bit]:
    slant = run.find(f"{W}rPr/{W}i")
    emphasis = slant is not None and slant.get(f"{W}val", "1") not in ("0", "false", "off")
    for child in run:
        tag = child.tag
        if tag == f"{W}fldChar":
            _field(child, reading)
        elif tag in (f"{W}instrText", f"{W}delInstrText"):
            if reading.fields:
                reading.fields[-1][0] += child.text or ""
        elif reading.fields and len(reading.fields[-1]) == 1:
            continue  # between the code of a field and its result
        elif reading.fields and _is_page(reading.fields[-1][0]):
            continue  # a number of a page is made anew by whoever opens the file
        elif tag in (f"{W}t", f"{W}delText"):
            yield Bit(child.text or "", emphasis, link, _target(reading))
        elif tag in _SPACES:
            yield Bit(_SPACES[tag], emphasis, link)
        elif tag == f"{W}sym":
            yield Bit(OBJECT)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            note = reading.file.notes.get(f"{tag[len(W) :].removesuffix('Reference')}{child.get(f'{W}id')}")
            yield Bit("", note=_note(note, reading) if note is not None else ())
        elif tag == f"{W}commentReference" and child.get(f"{W}id") in reading.file.comments:
            said = reading.file.comments[child.get(f"{W}id")]
            if said not in reading.said:
                reading.said.append(said)
        elif tag in (f"{W}pict", f"{W}drawing", f"{W}object") or tag.endswith("}AlternateContent"):
            chosen = next(iter(child), child) if tag.endswith("}AlternateContent") else child
            reading.boxes.extend(chosen.iter(f"{W}txbxContent"))
            if any(one.tag.endswith(("}blip", "}imagedata", "}OLEObject", "}chart")) for one in chosen.iter("*")):
                yield Bit(OBJECT)


def _field(sign: Any, reading: _Reading) -> None:
    kind = sign.get(f"{W}fldCharType")
    if kind == "begin":
        reading.fields.append([""])
    elif kind == "separate" and reading.fields:
        reading.fields[-1].append("result")
    elif kind == "end" and reading.fields:
        reading.fields.pop()


def _is_page(code: str) -> bool:
    return bool(_PAGES.intersection(code.split()[:1]))


def _target(reading: _Reading) -> str:
    """The target of the innermost cross-reference that is open."""
    code = reading.fields[-1][0].split() if reading.fields else []
    return code[1] if len(code) > 1 and code[0] in ("REF", "PAGEREF", "NOTEREF") else ""


def _note(note: Any, reading: _Reading) -> tuple[Bit, ...]:
    """The bits of a footnote, its paragraphs with a space between; its own sign is no text."""
    part, reading.part, fields = reading.part, f"{note.tag[len(W) :]}s.xml", reading.fields
    reading.fields = []
    names = list(reading.names)
    out: list[Bit] = []
    for number, paragraph in enumerate(note.iter(f"{W}p")):
        out += [Bit(" ")] * bool(number) + [bit for bit in _inline(paragraph, reading, "") if bit.note is None]
    reading.part, reading.fields, reading.names = part, fields, names
    return _merged(_without_lead(out))


def _without_lead(bits: list[Bit]) -> list[Bit]:
    """Without the tab or blank after the sign."""
    while bits and not bits[0].text.strip():
        bits = bits[1:]
    return [replace(bits[0], text=bits[0].text.lstrip()), *bits[1:]] if bits else []


def _merged(bits: list[Bit]) -> tuple[Bit, ...]:
    out: list[Bit] = []
    for bit in bits:
        last = out[-1] if out else None
        dress = (bit.emphasis, bit.link, bit.field, bit.note)
        if last is not None and last.note is None and (last.emphasis, last.link, last.field, last.note) == dress:
            out[-1] = replace(last, text=last.text + bit.text)
        elif bit.text or bit.note is not None:
            out.append(bit)
    return tuple(out)
