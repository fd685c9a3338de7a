"""Report -> one self-contained web page: no request leaves it, and no script runs in it.

pandoc writes the text; the house's template says what stands around it.
"""

from __future__ import annotations

from markupsafe import Markup

from reprisal_cli.compile.tree import Report
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.fill import fill
from reprisal_cli.render.house import House
from reprisal_cli.render.literal import clean
from reprisal_cli.render.nodes import Node, document, raw_block
from reprisal_cli.render.outline import entries, front_texts
from reprisal_cli.render.pandoc import convert
from reprisal_cli.render.web_tree import author, body, endnotes, stars, summary

DEEPEST = 3
"""The web contents go deeper than the printed ones: States are found by them."""


def html(report: Report, house: House, epoch: int) -> bytes:
    """The document as a web page in UTF-8."""
    author_line, starred, summed, main, notes = _written(
        [author(report), stars(report), summary(report), body(report), endnotes(report)]
    )
    page = fill(
        house.folder,
        "report.html.j2",
        report=report,
        front=front_texts(report.front),
        words=report.words,
        css=Markup(_css(house)),  # noqa: S704  # the house's own file, which a value cannot reach
        symbol_string=css_string(report.front.symbol),
        notice_string=css_string(report.front.notice),
        author=author_line,
        stars=starred,
        summary=summed,
        body=main,
        notes=notes,
        entries=entries(report, DEEPEST, DEEPEST) if report.front.contents else (),
    )
    return page.encode()


def _written(pieces: list[list[Node]]) -> list[Markup]:
    """The pieces as HTML, by one call of pandoc, which takes longer to start than to write most of them."""
    blocks = [node for piece in pieces for node in (*piece, raw_block("html", CUT))]
    text = convert(document(blocks), "html5").decode()
    return [Markup(piece.strip()) for piece in text.split(CUT)[: len(pieces)]]  # noqa: S704  # pandoc has escaped it


CUT = "<!--cut-->"
"""Stands between the pieces. Text of a document cannot look like it, as pandoc escapes `<` in text."""


def css_string(text: str) -> Markup:
    """Text as a string of CSS, for the margins of printed pages. All but letters and digits is escaped, so that it can
    end neither the string nor the style element."""
    escaped = "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in clean(text))
    return Markup(f'"{escaped}"')  # noqa: S704  # only letters, digits, and escapes are left


def _css(house: House) -> str:
    try:
        return (house.folder / "report.css").read_text(encoding="utf-8")
    except OSError as problem:
        raise ReprisalError("the house style has no report.css", "restore it from `reprisal init`") from problem
