"""Report -> one self-contained web page: no request leaves it, and the only script that runs is the house's own.

pandoc writes the text; the house's template says what stands around it. The page is whole without its script, which
opens footnotes in place, copies references and filters the cases (`templates/house/report.js`).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable

from markupsafe import Markup

from reprisal_cli.compile.tree import Report
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.fill import fill
from reprisal_cli.render.house import House
from reprisal_cli.render.literal import clean
from reprisal_cli.render.nodes import document, raw_block
from reprisal_cli.render.outline import entries, front_texts, running_head
from reprisal_cli.render.pandoc import as_json, convert
from reprisal_cli.render.web_tree import author, body, endnotes, stars, summary, widths

DEEPEST = 3
"""The web contents go deeper than the printed ones: States are found by them."""


def begin(report: Report, house: House, epoch: int) -> Callable[[], bytes]:
    """The document as a web page in UTF-8, in two steps: the tree, and what pandoc makes of it."""
    pieces = [author(report), stars(report), summary(report), body(report), endnotes(report)]
    tree = as_json(document([node for piece in pieces for node in (*piece, raw_block("html", CUT))]))
    return lambda: _page(_cut(convert(tree, "html5"), len(pieces)), report, house)


def _cut(written: bytes, count: int) -> list[Markup]:
    """The pieces as HTML, by one call of pandoc, which takes longer to start than to write most of them."""
    return [Markup(piece.strip()) for piece in written.decode().split(CUT)[:count]]  # noqa: S704  # pandoc has escaped it


CUT = "<!--cut-->"
"""Stands between the pieces. Text of a document cannot look like it, as pandoc escapes `<` in text."""


def _page(pieces: list[Markup], report: Report, house: House) -> bytes:
    author_line, starred, summed, main, notes = pieces
    script = _script(house)
    page = fill(
        house.folder,
        "report.html.j2",
        report=report,
        front=front_texts(report.front),
        words=report.words,
        css=Markup(f"{_css(house)}\n{widths(report)}"),  # noqa: S704  # the house's own file, and numbers
        symbol_string=css_string(running_head(report.front)),
        notice_string=css_string(report.front.notice),
        author=author_line,
        stars=starred,
        summary=summed,
        body=main,
        notes=notes,
        entries=entries(report, DEEPEST, DEEPEST) if report.front.contents else (),
        findable=bool(script and report.facets and report.front.contents),
        script=Markup(script),  # noqa: S704  # the house's own file too
        reading=_reading(report),
        style_hash=STYLE_HASH,
        script_hash=SCRIPT_HASH,
    )
    return _with_hashes(page).encode()


def css_string(text: str) -> Markup:
    """Text as a string of CSS, for the margins of printed pages. All but letters and digits is escaped, so that it can
    end neither the string nor the style element."""
    escaped = "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in clean(text))
    return Markup(f'"{escaped}"')  # noqa: S704  # only letters, digits, and escapes are left


# --- style and script -----------------------------------------------------------------------------------------------

STYLE_HASH, SCRIPT_HASH = "style-hash", "script-hash"
"""Stand in the page's policy until the page is whole. The policy comes before any text of the document."""

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def _with_hashes(page: str) -> str:
    """The page's policy with the digests of its one style and its one script: no other can run, wherever it came from.
    Neither tag can come from text, in which `<` is escaped."""
    for mark, found in ((STYLE_HASH, _STYLE.search(page)), (SCRIPT_HASH, _SCRIPT.search(page))):
        page = page.replace(mark, _source(found[1]) if found else "'none'", 1)
    return page


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _reading(report: Report) -> Markup:
    """What the script needs to know: words of the page, and for each choice of a filter its cases."""
    data = {
        "symbol": clean(report.front.symbol),
        "words": {key: word for key, word in report.words.items() if key.startswith(("web.", "place"))},
        "facets": [
            {"name": facet.name, "choices": [list(choice.cases) for choice in facet.choices]} for facet in report.facets
        ],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  # with no sign in it that could end the element


def _css(house: House) -> str:
    try:
        return (house.folder / "report.css").read_text(encoding="utf-8")
    except OSError as problem:
        raise ReprisalError("the house style has no report.css", "restore it from `reprisal init`") from problem


def _script(house: House) -> str:
    """The house's script. A house may leave it out: the page then has no search and no filters."""
    try:
        return (house.folder / "report.js").read_text(encoding="utf-8")
    except OSError:
        return ""
