"""A paragraph of Word as a row of small pieces, and back: words, notes, fields, pictures.

Each piece is one run or, for a field, all of its runs. What it is compared by is its `key`; pieces of both documents
with the same key are the same to a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree
from msgspec import Struct, field

from reprisal_cli.render.docx import XML_SPACE
from reprisal_cli.render.docx_reference import W
from reprisal_cli.review.align import WORD

NOTE = f"{W}footnoteReference"
_CHAR = f"{W}fldChar"
_TYPE = f"{W}fldCharType"


class Atom(Struct, frozen=True):
    """One piece. `runs` are its runs; `link` is the hyperlink around it, by its attributes; `note` is the id of the
    footnote that it refers to; `text` is what is read; `loose` marks what stands outside of runs (bookmarks)."""

    key: tuple[Any, ...]
    runs: tuple[Any, ...]
    link: tuple[tuple[str, str], ...] = ()
    note: str = ""
    text: str = ""
    loose: bool = False


def atoms(paragraph: Any, notes: Mapping[str, Any]) -> list[Atom]:
    """The pieces of a paragraph in order; `notes` gives what a footnote is compared by, by its id."""
    return _fields(list(_pieces(paragraph, (), notes)))


def _pieces(parent: Any, link: tuple[tuple[str, str], ...], notes: Mapping[str, Any]) -> Iterator[Atom]:
    for child in parent:
        if child.tag == f"{W}r":
            yield from _run(child, link, notes)
        elif child.tag == f"{W}hyperlink":
            yield from _pieces(child, tuple(sorted(child.attrib.items())), notes)
        elif child.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            yield Atom(("mark", child.tag, child.get(f"{W}name")), (child,), link, loose=True)
        elif child.tag != f"{W}pPr":
            yield Atom(("other", etree.tostring(child)), (child,), link, loose=True)


def _run(run: Any, link: tuple[tuple[str, str], ...], notes: Mapping[str, Any]) -> Iterator[Atom]:
    properties = run.find(f"{W}rPr")
    look = b"" if properties is None else etree.tostring(properties)
    reference = run.find(NOTE)
    if reference is not None:  # the sign of a starred note stands in the run of its reference
        name = reference.get(f"{W}id", "")
        yield Atom(("note", notes.get(name, name), "".join(run.itertext())), (run,), link, note=name)
        return
    for child in run:
        if child.tag == f"{W}t":
            for word in WORD.findall(child.text or ""):
                text = " " if word.isspace() and word != "\N{EN SPACE}" else word
                yield Atom(("text", word, look, link), (_made(run, _text(word)),), link, text=text)
        elif child.tag != f"{W}rPr":
            kind = (child.tag, tuple(sorted(child.attrib.items())), child.text)
            inside = etree.tostring(child) if len(child) else b""
            yield Atom(("sign", kind, inside, look, link), (_made(run, child),), link)


def _made(run: Any, child: Any) -> Any:
    made = etree.Element(f"{W}r", nsmap=run.nsmap)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        made.append(deepcopy(properties))
    made.append(deepcopy(child))
    return made


def _text(word: str) -> Any:
    element = etree.Element(f"{W}t")
    element.set(XML_SPACE, "preserve")
    element.text = word
    return element


# --- fields ---------------------------------------------------------------------------------------------------------


def _fields(found: list[Atom]) -> list[Atom]:
    """The same with each field that begins and ends here as one piece; one that goes on stays as it is."""
    out: list[Atom] = []
    opened: list[int] = []
    for atom in found:
        out.append(atom)
        kind = _kind(atom)
        if kind == "begin":
            opened.append(len(out) - 1)
        elif kind == "end" and opened:
            start = opened.pop()
            inside = out[start:]
            if not any(_kind(one) == "field" or one.note or one.loose for one in inside[1:]):
                out[start:] = [_field(inside)]
    return out


def _kind(atom: Atom) -> str:
    if atom.key[0] == "field":
        return "field"
    if atom.loose or len(atom.runs) != 1:
        return ""
    sign = atom.runs[0].find(_CHAR)
    return "" if sign is None else str(sign.get(_TYPE))


def _field(inside: list[Atom]) -> Atom:
    runs = tuple(run for atom in inside for run in atom.runs)
    code = "".join("".join(part.itertext()) for run in runs for part in run.iter(f"{W}instrText")).strip()
    shown = "".join(atom.text for atom in inside)
    return Atom(("field", code, inside[0].link), runs, inside[0].link, text=shown)


# --- back to runs ---------------------------------------------------------------------------------------------------


class Row(Struct):
    """The content of a paragraph as it grows: neighbours of one kind share a tracked change, words a run."""

    paragraph: Any
    wrap: Any
    last: tuple[Any, ...] = ()
    into: Any = None
    links: dict[tuple[tuple[str, str], ...], Any] = field(default_factory=dict)

    def put(self, atom: Atom, change: str = "") -> None:
        """Adds a piece; `change` is `ins`, `del`, or nothing."""
        place = (atom.link, change)
        if atom.loose:
            self.paragraph.append(deepcopy(atom.runs[0]))
            self.last = ()
            return
        if place != self.last or self.into is None:
            parent = self.paragraph
            if atom.link:
                same = bool(self.last) and self.last[0] == atom.link
                parent = self.links[atom.link] if same else self._link(atom.link)
            self.into = parent
            if change:
                self.into = self.wrap(change)
                parent.append(self.into)
            self.last = place
        for run in atom.runs:
            self._run(deleted(deepcopy(run)) if change == "del" else deepcopy(run))

    def _link(self, link: tuple[tuple[str, str], ...]) -> Any:
        element = etree.SubElement(self.paragraph, f"{W}hyperlink")
        for name, value in link:
            element.set(name, value)
        self.links[link] = element
        return element

    def _run(self, run: Any) -> None:
        before = self.into[-1] if len(self.into) else None
        if (
            before is not None
            and before.tag == f"{W}r"
            and _words(before)
            and _words(run)
            and _look(before) == _look(run)
        ):
            before[-1].text = (before[-1].text or "") + (run[-1].text or "")
        else:
            self.into.append(run)


def _words(run: Any) -> bool:
    content = [one for one in run if one.tag != f"{W}rPr"]
    return len(content) == 1 and content[0].tag in (f"{W}t", f"{W}delText")


def _look(run: Any) -> bytes:
    properties = run.find(f"{W}rPr")
    return b"" if properties is None else bytes(etree.tostring(properties))


def deleted(run: Any) -> Any:
    """A run as it stands in a deletion: its words and the codes of its fields have names of their own."""
    for part in run.iter(f"{W}t", f"{W}instrText"):
        part.tag = f"{W}delText" if part.tag == f"{W}t" else f"{W}delInstrText"
        part.set(XML_SPACE, "preserve")
    return run


def parts_of_field(atom: Atom) -> tuple[Iterable[Any], list[Any], Iterable[Any]]:
    """The runs of a field up to its result, the runs of the result, and its end."""
    kinds = [None if run.find(_CHAR) is None else run.find(_CHAR).get(_TYPE) for run in atom.runs]
    middle = kinds.index("separate") + 1 if "separate" in kinds else len(kinds) - 1
    return atom.runs[:middle], list(atom.runs[middle:-1]), atom.runs[-1:]
