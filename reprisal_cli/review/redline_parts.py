"""What a tracked document needs beside its text: whose change it is, relations, names of bookmarks, comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree
from msgspec import Struct, field

from reprisal_cli.render.docx_reference import W

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_REL = f"{{{_PACKAGE}relationships}}Relationship"
_COMMENTS = "word/comments.xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
INITIALS = "reprisal"
"""By these a comment that the program wrote is known when a document comes back."""


class Credit(Struct, frozen=True):
    """Whose change something is: the author and the moment as Word writes them, and the words of a comment on it (or
    nothing)."""

    author: str
    date: str
    comment: str = ""


class Credits(Struct, frozen=True):
    """Whose change each paragraph is, by its id, in the new document and in the old one; `other` is for the rest."""

    new: Mapping[str, Credit]
    old: Mapping[str, Credit]
    other: Credit

    def of(self, new: str, old: str) -> Credit:
        """The credit of a paragraph that may be in one document only."""
        return self.new.get(new) or self.old.get(old) or self.other


class Relations:
    """The relations of both documents; those of the old one that its deleted text needs are added to the new one."""

    def __init__(self, old: dict[str, bytes], new: dict[str, bytes]) -> None:
        self.old, self.new = old, new
        self.roots: dict[str, Any] = {}
        self.media: dict[str, bytes] = {}

    def adopt(self, old: Any, part: str) -> None:
        """Gives every relation in an element of the old document its name in the new one."""
        path = _rels(part)
        if path not in self.old:
            return
        before = {one.get("Id"): one for one in etree.fromstring(self.old[path]).iter(_REL)}
        root = self.roots.setdefault(path, etree.fromstring(self.new[path]) if path in self.new else _empty())
        known = {_target(one): one.get("Id") for one in root.iter(_REL)}
        names: dict[str, str] = {}
        for element in old.iter():
            for attribute, name in element.attrib.items():
                if attribute.startswith(_R) and name in before:
                    if name not in names:
                        names[name] = self._own(before[name], known, root)
                    element.set(attribute, names[name])

    def _own(self, source: Any, known: dict[Any, str], root: Any) -> str:
        made = deepcopy(source)
        picture = f"word/{source.get('Target')}"
        if source.get("TargetMode") != "External" and self.old.get(picture) != self.new.get(picture):
            made.set("Target", f"media/old-{len(self.media)}-{source.get('Target').rsplit('/', 1)[-1]}")
            self.media[f"word/{made.get('Target')}"] = self.old.get(picture, b"")
        if _target(made) in known:
            return known[_target(made)]
        made.set("Id", f"rIdOld{len(root) + 1}")
        root.append(made)
        known[_target(made)] = made.get("Id")
        return str(made.get("Id"))

    def parts(self) -> dict[str, bytes]:
        """The parts that changed."""
        return {path: _bytes(root) for path, root in self.roots.items()} | self.media


def _rels(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _target(relation: Any) -> tuple[Any, ...]:
    return relation.get("Type"), relation.get("Target"), relation.get("TargetMode")


def _empty() -> Any:
    return etree.fromstring(f'<Relationships xmlns="{_PACKAGE}relationships"/>')


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


# --- bookmarks ------------------------------------------------------------------------------------------------------


def renamed(old: Any, new: Any, pairs: Iterable[tuple[Any, Any]]) -> None:
    """Gives the bookmarks of the old body names that can stand beside those of the new one: a paragraph that is in both
    has its new name, one that is gone keeps its own if nobody else has it. What points to them follows."""
    taken = set(_names(new))
    names: dict[str, str] = {}
    for one, other in pairs:
        if one is None:
            continue
        theirs = _names(other) if other is not None else []
        for at, name in enumerate(_names(one)):
            if at < len(theirs):
                names[name] = theirs[at]
            else:
                names[name] = name if name not in taken else _free(name, taken)
                taken.add(names[name])
    for mark in old.iter(f"{W}bookmarkStart"):
        mark.set(f"{W}name", names.get(mark.get(f"{W}name"), mark.get(f"{W}name")))
    for link in old.iter(f"{W}hyperlink"):
        if link.get(f"{W}anchor") in names:
            link.set(f"{W}anchor", names[link.get(f"{W}anchor")])
    for code in old.iter(f"{W}instrText"):
        words = (code.text or "").split(" ")
        if "REF" in words or "PAGEREF" in words:
            code.text = " ".join(names.get(word, word) for word in words)
    top = max((int(mark.get(f"{W}id")) for mark in new.iter(f"{W}bookmarkStart")), default=0)
    for mark in old.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        mark.set(f"{W}id", f"{int(mark.get(f'{W}id')) + top + 1}")


def _names(block: Any) -> list[str]:
    return [mark.get(f"{W}name") for mark in block.iter(f"{W}bookmarkStart")]


def _free(name: str, taken: set[str]) -> str:
    number = 1
    while f"o{number}_{name}"[:40] in taken:
        number += 1
    return f"o{number}_{name}"[:40]


# --- comments -------------------------------------------------------------------------------------------------------


class Comments(Struct):
    """The comments of the document, each on one paragraph that changed."""

    new: dict[str, bytes]
    written: list[Any] = field(default_factory=list)

    def open(self, paragraph: Any, credit: Credit) -> str | None:
        """Begins the range of a comment, where there is one to make."""
        if not credit.comment:
            return None
        name = f"{len(self.written) + 1}"
        comment = etree.Element(f"{W}comment")
        for key, value in (
            ("id", name), ("author", credit.author), ("date", credit.date), ("initials", INITIALS)
        ):  # fmt: skip
            comment.set(f"{W}{key}", value)
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r"), f"{W}t")
        text.text = credit.comment
        self.written.append(comment)
        etree.SubElement(paragraph, f"{W}commentRangeStart").set(f"{W}id", name)
        return name

    def close(self, paragraph: Any, name: str | None, change: Any = None) -> None:
        """Ends it; the sign of the comment comes or goes with a paragraph that does."""
        if name is None:
            return
        etree.SubElement(paragraph, f"{W}commentRangeEnd").set(f"{W}id", name)
        if change is not None:
            paragraph.append(change)
        run = etree.SubElement(paragraph if change is None else change, f"{W}r")
        etree.SubElement(run, f"{W}commentReference").set(f"{W}id", name)

    def parts(self) -> dict[str, bytes]:
        """The part with the comments."""
        if not self.written:
            return {}
        known = self.new.get(_COMMENTS)
        root = etree.fromstring(known) if known else etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        root.extend(self.written)
        return {_COMMENTS: _bytes(root)}


def declare(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts with the comments among the types of the package and the relations of the document."""
    if _COMMENTS not in parts:
        return parts
    out = dict(parts)
    types = etree.fromstring(parts["[Content_Types].xml"])
    if not any(one.get("PartName") == f"/{_COMMENTS}" for one in types):
        made = etree.SubElement(types, f"{{{_PACKAGE}content-types}}Override")
        made.set("PartName", f"/{_COMMENTS}")
        made.set("ContentType", _COMMENTS_TYPE)
        out["[Content_Types].xml"] = _bytes(types)
    path = "word/_rels/document.xml.rels"
    relations = etree.fromstring(parts[path])
    if not any(one.get("Type") == _COMMENTS_REL for one in relations):
        made = etree.SubElement(relations, _REL)
        for key, value in (("Id", "rIdComments"), ("Type", _COMMENTS_REL), ("Target", "comments.xml")):
            made.set(key, value)
        out[path] = _bytes(relations)
    return out
