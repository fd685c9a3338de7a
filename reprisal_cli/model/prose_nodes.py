"""What drafted words are made of, and how a reference is written (`prose.py` reads both)."""

from __future__ import annotations

import re

from msgspec import Struct


class Words(Struct, frozen=True):
    """Literal text."""

    text: str


class Emphasis(Struct, frozen=True):
    """Emphasised text."""

    children: tuple[Node, ...]


class Hyperlink(Struct, frozen=True):
    """A link to an http or https address."""

    url: str
    children: tuple[Node, ...]


class Footnote(Struct, frozen=True):
    """A footnote of one paragraph."""

    children: tuple[Node, ...]


class Reference(Struct, frozen=True):
    """A reference. `kind` is `item` (`target` is `p1`, `u1`, `r1`), `case` (`target` is an id, or empty for this case),
    `reports`, `ref` (`target` is a symbol, `place` what follows its comma), or `slot` (a value of a manuscript)."""

    kind: str
    target: str = ""
    place: str = ""


Node = Words | Emphasis | Hyperlink | Footnote | Reference

SLOT_OPEN, SLOT_CLOSE = "\ue000", "\ue001"
"""Around the number of a manuscript's value; no file can hold these signs (`dialect.FORBIDDEN`)."""

IN_BRACES = (
    r"(?:(?P<item>[pur][0-9]{1,4})|(?P<case>case)(?: (?P<id>[A-Z]{3}-[0-9]{4}-[0-9]{3,6}))?|(?P<reports>reports)"
    r"|ref (?P<symbol>[^{},\s][^{},]*?)(?:, (?P<place>[^{}]+))?)\}"
)
REFERENCE = re.compile(r"\{" + IN_BRACES, re.ASCII)


def meaning(match: re.Match[str]) -> tuple[str, str, str]:
    """The fields of the reference that a pattern with `IN_BRACES` found."""
    if match["item"]:
        return "item", match["item"], ""
    if match["case"]:
        return "case", match["id"] or "", ""
    if match["reports"]:
        return "reports", "", ""
    return "ref", match["symbol"], match["place"] or ""
