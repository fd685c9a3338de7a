"""The Word template of one document: styles, numbering, running heads and paper, made anew for each build.

It is made per build because the symbol stands in the running heads, the notice in the running feet, and the wording
of annex labels in the numbering.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree
from msgspec import Struct

from reprisal_cli.compile.tree import Report
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.fill import fill
from reprisal_cli.render.house import House
from reprisal_cli.render.literal import clean
from reprisal_cli.render.numerals import roman
from reprisal_cli.render.outline import is_annex, running_head
from reprisal_cli.render.zip import pack

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BUILTIN = ("contents_1", "contents_2", "footnote", "head", "foot")
"""Parts whose style is one of Word's own; the others are marked as custom."""

_PARTS = {
    "[Content_Types].xml": "content-types.xml.j2",
    "_rels/.rels": "package-rels.xml.j2",
    "word/document.xml": "document.xml.j2",
    "word/_rels/document.xml.rels": "document-rels.xml.j2",
    "word/styles.xml": "styles.xml.j2",
    "word/numbering.xml": "numbering.xml.j2",
    "word/settings.xml": "settings.xml.j2",
    "word/footnotes.xml": "footnotes.xml.j2",
    "word/fontTable.xml": "fontTable.xml.j2",
}


class AnnexLabel(Struct, frozen=True):
    """How Word writes the labels of annexes by itself: `Annex %1` with a number format."""

    format: str = "none"
    text: str = ""


def reference(report: Report, house: House, label: AnnexLabel) -> bytes:
    """The template as a file: the workspace's own, or one made of the house's parts."""
    if house.reference is not None:
        return _own(house)
    values = _values(report, house, label)
    parts = {name: fill(house.folder, f"docx/{source}", **values) for name, source in _PARTS.items()}
    for kind in ("header", "footer"):
        for page in ("even", "odd", "first"):
            parts[f"word/{kind}-{page}.xml"] = fill(house.folder, f"docx/{kind}.xml.j2", page=page, **values)
    return pack({name: text.encode() for name, text in parts.items()})


def style_ids(template: bytes, house: House) -> Mapping[str, str]:
    """The ids that the styles have in a template, by part of the document. A part without its style is an error."""
    with zipfile.ZipFile(io.BytesIO(template)) as file:
        root = etree.fromstring(file.read("word/styles.xml"))
    known = {name: style.get(f"{W}styleId", "") for style in root.iter(f"{W}style") if (name := _name(style))}
    missing = sorted({name for name in house.styles.values() if name.lower() not in known})
    if missing:
        raise ReprisalError(
            f"the Word template has no style named {', '.join(missing)}", "add it, or change the name in styles.yaml"
        )
    return {part: known[name.lower()] for part, name in house.styles.items()}


def annex_label(report: Report) -> AnnexLabel | None:
    """How the labels of this document's annexes are counted, or None if they are no run of numbers (`Annexe unique`,
    or ordinals in words)."""
    labels = [clean(part.label) for part in report.parts if is_annex(part)]
    for format, numeral in (("upperRoman", roman), ("decimal", str), ("upperLetter", lambda n: chr(64 + n))):
        numerals = [numeral(at + 1) for at in range(len(labels))]
        heads = {label.removesuffix(sign) for label, sign in zip(labels, numerals, strict=True) if label.endswith(sign)}
        if len(heads) == 1 and labels == [next(iter(heads)) + sign for sign in numerals]:
            return AnnexLabel(format, next(iter(heads)).replace("%", "%%") + "%1")
    return None


def _own(house: House) -> bytes:
    assert house.reference is not None
    try:
        return house.reference.read_bytes()
    except OSError as problem:
        raise ReprisalError("the workspace's own Word template cannot be read", "correct its path") from problem


def _name(style: Any) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else str(name.get(f"{W}val", "")).lower()


def _values(report: Report, house: House, label: AnnexLabel) -> dict[str, object]:
    return {
        "ids": {part: re.sub(r"[^A-Za-z0-9]", "", name) for part, name in house.styles.items()},
        "names": house.styles,
        "builtin": BUILTIN,
        "locale": house.locale(report.language),
        "rtl": report.direction == "rtl",
        "symbol": running_head(report.front),
        "notice": clean(report.front.notice),
        "job_number": clean(report.front.job_number),
        "annex_format": label.format,
        "annex_text": label.text,
    }
