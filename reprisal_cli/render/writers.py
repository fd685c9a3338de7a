"""Which function writes which format. A further format is one more line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reprisal_cli.compile.tree import Report
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.akn import akn
from reprisal_cli.render.book import epub, odt
from reprisal_cli.render.docx import docx
from reprisal_cli.render.house import House
from reprisal_cli.render.html import html
from reprisal_cli.render.markdown import markdown
from reprisal_cli.render.pdf import pdf

Writer = Callable[[Report, House, int], bytes]

WRITERS: Mapping[str, Writer] = MappingProxyType(
    {"docx": docx, "pdf": pdf, "html": html, "odt": odt, "epub": epub, "md": markdown, "akn": akn}
)
"""Format -> function from a finished report, the house style and an epoch to the file."""


WORDS = ("contents", "footnotes", "page", "paragraphs", "skip", "summary")
"""What the frame of every document says, in its language: the keys that `Report.words` must have."""


def render(report: Report, format: str, house: House, epoch: int) -> bytes:
    """A finished report as a file. The same report, house and epoch give the same bytes, anywhere and at any time."""
    writer = WRITERS.get(format)
    if writer is None:
        raise ReprisalError(f"no document can be written as {format}", f"choose from {', '.join(WRITERS)}")
    lacking = [word for word in WORDS if word not in report.words]
    if lacking:
        raise ReprisalError(f"the sentences of this language have no {', '.join(lacking)}", "add them")
    return writer(report, house, epoch)
