"""Nodes of pandoc's tree as plain data. Nothing here knows our own tree."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

Node = dict[str, Any]
Attributes = Sequence[tuple[str, str]]

API_VERSION = [1, 23, 1]


def attr(ident: str = "", classes: Sequence[str] = (), attributes: Attributes = ()) -> list[Any]:
    """What pandoc calls Attr: identifier, classes, key-value pairs."""
    return [ident, list(classes), [list(pair) for pair in attributes]]


def raw(format: str, text: str) -> Node:
    """Text in the output's own language, inside a paragraph."""
    return {"t": "RawInline", "c": [format, text]}


def raw_block(format: str, text: str) -> Node:
    """Text in the output's own language, between paragraphs."""
    return {"t": "RawBlock", "c": [format, text]}


def span(children: list[Node], ident: str = "", classes: Sequence[str] = (), attributes: Attributes = ()) -> Node:
    """Inlines with an identifier, classes or attributes."""
    return {"t": "Span", "c": [attr(ident, classes, attributes), children]}


def anchor(ident: str) -> Node:
    """A place to point to: an empty span, which pandoc turns into a bookmark."""
    return span([], ident)


def emph(children: list[Node]) -> Node:
    """Emphasis."""
    return {"t": "Emph", "c": children}


def strong(children: list[Node]) -> Node:
    """Strong emphasis."""
    return {"t": "Strong", "c": children}


def superscript(children: list[Node]) -> Node:
    """Raised text."""
    return {"t": "Superscript", "c": children}


def link(
    url: str, children: list[Node], ident: str = "", classes: Sequence[str] = (), attributes: Attributes = ()
) -> Node:
    """A link, to an address or to an identifier (`#id`)."""
    return {"t": "Link", "c": [attr(ident, classes, attributes), children, [url, ""]]}


def image(url: str, alternative: str, ident: str = "", attributes: Attributes = ()) -> Node:
    """A picture with what it shows in words."""
    return {"t": "Image", "c": [attr(ident, (), attributes), [{"t": "Str", "c": alternative}], [url, ""]]}


def data_address(kind: str, content: bytes) -> str:
    """An address that is its own content, so that no file is looked for."""
    return f"data:{kind};base64,{b64encode(content).decode()}"


def figure(ident: str, caption: list[Node], children: list[Node]) -> Node:
    """Blocks with a caption that belongs to them."""
    return {"t": "Figure", "c": [attr(ident), [None, caption], children]}


def note(children: list[Node]) -> Node:
    """A footnote of one paragraph."""
    return {"t": "Note", "c": [para(children)]}


def para(children: list[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": children}


def plain(children: list[Node]) -> Node:
    """Inlines as a block that is no paragraph, as in a cell."""
    return {"t": "Plain", "c": children}


def header(level: int, children: list[Node], ident: str = "", classes: Sequence[str] = ()) -> Node:
    """A heading."""
    return {"t": "Header", "c": [level, attr(ident, classes), children]}


def div(children: list[Node], ident: str = "", classes: Sequence[str] = (), attributes: Attributes = ()) -> Node:
    """Blocks with an identifier, classes or attributes."""
    return {"t": "Div", "c": [attr(ident, classes, attributes), children]}


def table(
    ident: str,
    caption: list[Node],
    widths: Sequence[float],
    head: list[list[Node]],
    rows: list[list[list[Node]]],
    right: Sequence[bool] = (),
) -> Node:
    """A table with a head; each cell is a list of blocks. A column of width 0 is as wide as its text needs. `right`
    says of each column whether its text stands at the right."""
    columns = [
        [
            {"t": "AlignRight" if at < len(right) and right[at] else "AlignDefault"},
            {"t": "ColWidth", "c": width} if width else {"t": "ColWidthDefault"},
        ]
        for at, width in enumerate(widths)
    ]
    scope = (("scope", "col"),)
    heads = [_row(head, scope)] if head else []
    body = [attr(), 0, [], [_row(row) for row in rows]]
    return {"t": "Table", "c": [attr(ident), [None, caption], columns, [attr(), heads], [body], [attr(), []]]}


def _row(cells: list[list[Node]], attributes: Attributes = ()) -> list[Any]:
    return [attr(), [[attr(attributes=attributes), {"t": "AlignDefault"}, 1, 1, blocks] for blocks in cells]]


def document(blocks: list[Node], **metadata: str) -> Node:
    """A whole tree, with metadata as literal text."""
    meta = {key: {"t": "MetaString", "c": value} for key, value in metadata.items() if value}
    return {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": blocks}
