"""Which function writes which format. A further format is one more line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from reprisal_cli.compile.tree import Report
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.house import House

Writer = Callable[[Report, House, int], bytes]


def _in(module: str, name: str) -> Writer:
    """A writer that is imported when it writes: a build brings in what its formats need."""

    def write(report: Report, house: House, epoch: int) -> bytes:
        return bytes(getattr(import_module(f"reprisal_cli.render.{module}"), name)(report, house, epoch))

    return write


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "docx": _in("docx", "docx"),
        "pdf": _in("pdf", "pdf"),
        "html": _in("html", "html"),
        "odt": _in("book", "odt"),
        "epub": _in("book", "epub"),
        "md": _in("markdown", "markdown"),
        "akn": _in("akn", "akn"),
    }
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
