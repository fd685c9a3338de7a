"""Which function writes which format. A further format is one more line here.

A writer of ours that hands its tree to another program works in two steps: what it does by itself, and what it returns
to be called, in which that program is waited for. So a build makes its trees one after the other, the one that takes
longest first, while programs are at work: threads that make trees at the same time only hold each other up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from types import MappingProxyType

from reprisal_cli.compile.tree import Report
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.house import House

Rest = Callable[[], bytes]
Writer = Callable[[Report, House, int], Rest]


def _begun(module: str) -> Writer:
    """A writer in two steps. It is imported when it writes: a build brings in what its formats need."""

    def write(report: Report, house: House, epoch: int) -> Rest:
        rest: Rest = import_module(f"reprisal_cli.render.{module}").begin(report, house, epoch)
        return rest

    return write


def _in(module: str, name: str) -> Writer:
    """A small writer, all of which comes second."""

    def write(report: Report, house: House, epoch: int) -> Rest:
        return partial(getattr(import_module(f"reprisal_cli.render.{module}"), name), report, house, epoch)

    return write


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "docx": _begun("docx"),
        "pdf": _begun("pdf"),
        "html": _begun("html"),
        "odt": _in("book", "odt"),
        "epub": _in("book", "epub"),
        "md": _in("markdown", "markdown"),
        "akn": _in("akn", "akn"),
    }
)
"""Format -> function from a finished report, the house style and an epoch to the rest of the work, which gives the
file."""

WORDS = ("contents", "footnotes", "page", "paragraphs", "skip", "summary")
"""What the frame of every document says, in its language: the keys that `Report.words` must have."""


def begin(report: Report, format: str, house: House, epoch: int) -> Rest:
    """The first step towards a file; the second is what is returned. Raises ReprisalError, as the second may."""
    writer = WRITERS.get(format)
    if writer is None:
        raise ReprisalError(f"no document can be written as {format}", f"choose from {', '.join(WRITERS)}")
    lacking = [word for word in WORDS if word not in report.words]
    if lacking:
        raise ReprisalError(f"the sentences of this language have no {', '.join(lacking)}", "add them")
    return writer(report, house, epoch)


def render(report: Report, format: str, house: House, epoch: int) -> bytes:
    """A finished report as a file. The same report, house and epoch give the same bytes, anywhere and at any time."""
    return begin(report, format, house, epoch)()
