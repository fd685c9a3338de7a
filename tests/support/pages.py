"""A PDF as its pages are seen: the lines of the text, without heads, feet, footnotes and tables, which are smaller."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf

BODY = 9.8
"""Text of the body and its headings is at least of this size, in points; all else is smaller."""


def lines_of_pages(data: bytes) -> list[list[str]]:
    """The lines of each page from top to bottom."""
    return [_lines(page) for page in pypdf.PdfReader(BytesIO(data)).pages]


def _lines(page: Any) -> list[str]:
    found: dict[int, list[tuple[float, str]]] = {}

    def see(text: str, matrix: Any, at: Any, font: Any, size: float) -> None:
        x = at[4] * matrix[0] + at[5] * matrix[2] + matrix[4]
        y = at[4] * matrix[1] + at[5] * matrix[3] + matrix[5]
        seen = abs(size * at[3] * matrix[3]) if at[3] else size
        if text.strip() and seen >= BODY:
            found.setdefault(round(y), []).append((x, text.strip("\n")))

    page.extract_text(visitor_text=see)
    return ["".join(text for _, text in found[y]) for y in sorted(found, reverse=True)]
