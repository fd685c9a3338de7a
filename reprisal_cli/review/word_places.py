"""What a place of a report is called, and what to edit where its words came out of the data."""

from __future__ import annotations

from reprisal_cli.compile.tree import Heading, Para, Report
from reprisal_cli.review.word_sources import Container


def field_to_edit(source: str, container: Container) -> str:
    """What to edit so that a reference prints something else."""
    if source.startswith("{{"):
        return f"edit the cases, or the expression in {container.path}"
    name = source.strip("{}").split(" ")[0]
    kinds = {"p": "persons", "u": "un_actions", "r": "responses"}
    if name[:1] in kinds and name[1:].isdigit():
        what = {"p": "`described` (or the name)", "u": "its number, body or date", "r": "its date"}[name[0]]
        return f"edit {what} of {name} under `{kinds[name[0]]}` in {container.path}"
    if name == "case":
        return "the number follows the paragraph by itself"
    if name == "reports":
        return f"edit `reports` in {container.path}"
    return f"edit the reference in {container.shown}"


# --- names of places ------------------------------------------------------------------------------------------------


def places_of(report: Report) -> tuple[dict[str, str], dict[str, str]]:
    """For each paragraph and heading what it is called in the document, and what to edit where it is generated."""
    places: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for para in report.front.summary:
        places[para.id] = "summary"
    for part in report.parts:
        number = 0
        for block in part.blocks:
            if not isinstance(block, Para | Heading):
                continue
            lead = f"{part.label}, " if part.label else ""
            if isinstance(block, Heading):
                places[block.id] = f"{lead}heading"
            else:
                number = block.number if block.numbered and not block.level else number
                item = f" ({chr(96 + block.number)})" if block.level and 0 < block.number < 27 else ""
                places[block.id] = f"{lead}para. {number}{item}"
            origin = block.origin
            if origin.case or (origin.generated and origin.route):
                reasons[block.id] = f"it is made from `{'.'.join(map(str, origin.route))}` in {origin.file}"
            elif origin.file:
                reasons[block.id] = f"edit {origin.file}:{origin.line}"
            else:
                reasons[block.id] = "it is made from the cases"
    return places, reasons
