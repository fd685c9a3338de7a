"""A workspace's own Word template: what is in it, what it lacks, and one to begin with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from msgspec import Struct

from reprisal_cli.compile.tree import Front, Report
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.docx_reference import AnnexLabel, W, reference
from reprisal_cli.render.house import House

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SYMBOL, NOTICE, JOB = "{{symbol}}", "{{notice}}", "{{job_number}}"
"""Stand in the heads and feet of a template for what is known of each document."""

CHARACTER = ("footnote_sign", "page_number")
OUTLINE = {
    "heading_1": 0, "heading_2": 1, "heading_3": 2, "heading_4": 3, "heading_1_plain": 0, "heading_2_plain": 1,
    "heading_3_plain": 2, "annex_title": 0, "annex_heading_1": 1, "annex_heading_2": 1, "annex_heading_2_number": 1,
    "annex_heading_3": 2,
}  # fmt: skip
FORMATS = {
    "paragraph": "decimal", "item": "lowerLetter", "heading_1": "upperRoman", "heading_2": "upperLetter",
    "heading_3": "decimal", "annex_paragraph": "decimal", "annex_item": "lowerLetter", "annex_heading_1": "upperRoman",
    "annex_heading_2": "upperLetter", "annex_heading_2_number": "decimal", "annex_heading_3": "decimal",
}  # fmt: skip
SHOWN = {"decimal": "1, 2, 3", "lowerLetter": "a, b, c", "upperRoman": "I, II, III", "upperLetter": "A, B, C"}


class Lack(Struct, frozen=True):
    """What a template lacks, and what to do, in words for who made it."""

    what: str
    hint: str


class Template(Struct, frozen=True):
    """The parts of a Word template that matter, parsed. `styles` is by name in small letters and kind."""

    document: Any
    styles: Mapping[tuple[str, str], Any]
    by_id: Mapping[str, Any]
    numbering: Any
    settings: Any
    parts: Mapping[str, Any]
    relations: Mapping[str, str]

    def property(self, style: Any, path: str) -> Any:
        """A property of a paragraph style, its own or inherited."""
        seen: set[str] = set()
        while style is not None and style.get(f"{W}styleId") not in seen:
            found = style.find(f"{W}pPr/{path}")
            if found is not None:
                return found
            seen.add(style.get(f"{W}styleId"))
            based = style.find(f"{W}basedOn")
            style = None if based is None else self.by_id.get(based.get(f"{W}val"))
        return None

    def level(self, style: Any) -> tuple[str, int] | None:
        """The list of a style and the level in it, from 0; None if it is not numbered."""
        properties = self.property(style, f"{W}numPr")
        number = None if properties is None else properties.find(f"{W}numId")
        if number is None or number.get(f"{W}val") == "0":
            return None
        at = properties.find(f"{W}ilvl")
        return str(number.get(f"{W}val")), int(at.get(f"{W}val")) if at is not None else 0

    def definition(self, place: tuple[str, int]) -> Any:
        """What the numbering says of a level of a list, or None."""
        if self.numbering is None:
            return None
        for number in self.numbering.iter(f"{W}num"):
            if number.get(f"{W}numId") == place[0]:
                wanted = number.find(f"{W}abstractNumId").get(f"{W}val")
                for abstract in self.numbering.iter(f"{W}abstractNum"):
                    if abstract.get(f"{W}abstractNumId") == wanted:
                        levels = abstract.iter(f"{W}lvl")
                        return next((one for one in levels if one.get(f"{W}ilvl") == str(place[1])), None)
        return None


def read_template(content: bytes) -> Template:
    """Reads a template. Raises ReprisalError where it is no Word document."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = [name for name in file.namelist() if name.endswith((".xml", ".rels"))]
            parts = {name: etree.fromstring(file.read(name), parser) for name in names}
        document, styles = parts["word/document.xml"], parts["word/styles.xml"]
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        raise ReprisalError("the template is no Word document", "save it as .docx") from None
    kinds = [
        node.get("ContentType") for node in parts["[Content_Types].xml"] if node.get("PartName") == "/word/document.xml"
    ]
    if kinds and kinds[0] != WORD:
        raise ReprisalError("the template is a .dotx, or has macros", "save it as a Word document (.docx)")
    relations = parts.get("word/_rels/document.xml.rels", ())
    named = {_named(style): style for style in styles.iter(f"{W}style")}
    return Template(
        document,
        named,
        {str(style.get(f"{W}styleId")): style for style in styles.iter(f"{W}style")},
        parts.get("word/numbering.xml"),
        parts.get("word/settings.xml"),
        parts,
        {str(node.get("Id")): f"word/{node.get('Target')}" for node in relations},
    )


def _named(style: Any) -> tuple[str, str]:
    name = style.find(f"{W}name")
    return ("" if name is None else str(name.get(f"{W}val")).lower(), str(style.get(f"{W}type")))


# --- what it lacks --------------------------------------------------------------------------------------------------


def lacks(content: bytes, house: House) -> tuple[Lack, ...]:
    """All that a template lacks to dress our documents: styles, levels, numbers, heads and feet."""
    template = read_template(content)
    found = {
        part: template.styles[key]
        for part, name in house.styles.items()
        if (key := (name.lower(), _kind(part))) in template.styles
    }
    return (
        *_styles(template, found, house),
        *_levels(template, found, house),
        *_numbers(template, found, house),
        *_annexes(template, found),
        *_pages(template),
    )


def _kind(part: str) -> str:
    return "character" if part in CHARACTER else "paragraph"


def _words(part: str) -> str:
    return part.replace("_", " ")


def _styles(template: Template, found: dict[str, Any], house: House) -> Iterator[Lack]:
    for part, name in house.styles.items():
        if part in found:
            continue
        other = "paragraph" if part in CHARACTER else "character"
        if (name.lower(), other) in template.styles:
            yield Lack(f"the style `{name}` is a {other} style", f"make it a {_kind(part)} style")
        else:
            yield Lack(
                f"there is no {_kind(part)} style named `{name}`, which dresses: {_words(part)}",
                "add it, or change the name in templates/house/styles.yaml",
            )


def _levels(template: Template, found: dict[str, Any], house: House) -> Iterator[Lack]:
    for part, wanted in OUTLINE.items():
        outline = template.property(found.get(part), f"{W}outlineLvl")
        if part in found and (outline is None or outline.get(f"{W}val") != str(wanted)):
            yield Lack(
                f"the style `{house.style(part)}` ({_words(part)}) has not the outline level {wanted + 1}",
                f"set Paragraph, Outline level, to Level {wanted + 1}: the contents and screen readers go by it",
            )


def _numbers(template: Template, found: dict[str, Any], house: House) -> Iterator[Lack]:
    for part, wanted in FORMATS.items():
        if part not in found:
            continue
        place = template.level(found[part])
        level = template.definition(place) if place else None
        if level is None:
            yield Lack(
                f"the style `{house.style(part)}` ({_words(part)}) is not numbered",
                f"link a list level that counts {SHOWN[wanted]} to it",
            )
            continue
        form = level.find(f"{W}numFmt")
        if form is None or form.get(f"{W}val") != wanted:
            yield Lack(
                f"the style `{house.style(part)}` ({_words(part)}) does not count {SHOWN[wanted]}",
                "change the number format of its list level",
            )
        linked = level.find(f"{W}pStyle")
        if linked is None or linked.get(f"{W}val") != found[part].get(f"{W}styleId"):
            yield Lack(
                f"the list level of the style `{house.style(part)}` ({_words(part)}) is not linked to it",
                "link the level to the style, so that a paragraph in the style takes its number",
            )


def _annexes(template: Template, found: dict[str, Any]) -> Iterator[Lack]:
    """An annex starts its numbers anew, as they stand below its label or its title in one list."""
    for head, parts in (("annex_label", ("annex_paragraph",)), ("annex_title", ("annex_heading_2_number",))):
        above = template.level(found.get(head))
        for part in parts:
            below = template.level(found.get(part))
            if part in found and below and (above is None or above[0] != below[0] or above[1] >= below[1]):
                yield Lack(
                    f"numbers of the {_words(part)} would run on from one annex to the next",
                    f"make it a level below the style of the {_words(head)} in the same list",
                )


def _pages(template: Template) -> Iterator[Lack]:
    sections = list(template.document.iter(f"{W}sectPr"))
    if not sections:
        yield Lack("the template has no section with paper and margins", "save it again from Word")
        return
    last = sections[-1]
    if template.settings is None or template.settings.find(f"{W}evenAndOddHeaders") is None:
        yield Lack("even and odd pages have the same head", "turn on Different odd and even pages")
    if last.find(f"{W}titlePg") is None:
        yield Lack("the first page has the running head of the others", "turn on Different first page")
    for kind, sign, what in (("header", SYMBOL, "the symbol"), ("footer", " PAGE ", "the page number")):
        for page in ("even", "default"):
            text = _page_text(template, last, kind, page)
            shown = "odd" if page == "default" else page
            if sign.strip() not in text:
                hint = f"write {SYMBOL} there" if sign == SYMBOL else "insert the field PAGE there"
                yield Lack(f"the {kind} of {shown} pages lacks {what}", hint)
            if kind == "footer" and NOTICE not in text:
                yield Lack(
                    f"the footer of {shown} pages lacks the place of a notice",
                    f"write {NOTICE} there: a document that was not checked against the vault says so on each page",
                )


def _page_text(template: Template, section: Any, kind: str, page: str) -> str:
    for node in section.iter(f"{W}{kind}Reference"):
        if node.get(f"{W}type") == page:
            root = template.parts.get(template.relations.get(node.get(f"{R}id"), ""))
            names = (f"{W}t", f"{W}instrText")
            shown = "".join(one.text or "" for one in root.iter(*names)) if root is not None else ""
            simple = [one.get(f"{W}instr", "") for one in root.iter(f"{W}fldSimple")] if root is not None else []
            return " ".join([shown, *simple])
    return ""


# --- one to begin with ----------------------------------------------------------------------------------------------


def first_template(house: House) -> bytes:
    """The house's own template with places for symbol, notice and job number: change its looks, keep its styles."""
    empty = Front(
        organization="", organ="", symbol=SYMBOL, version="", distribution="", date="", original="", body="",
        session="", session_dates="", agenda="", agenda_titles=(), title="", author="", job_number=JOB, notice=NOTICE,
    )  # fmt: skip
    return reference(Report("en", empty, (), {}), house, AnnexLabel("upperRoman", "Annex %1"))
