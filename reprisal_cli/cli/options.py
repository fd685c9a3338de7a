"""Options that several commands share, and how their text becomes values."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

Edition = Annotated[
    str | None, typer.Option("--edition", "-e", help="The edition, as hrc-45; else the workspace's own.", metavar="ID")
]
To = Annotated[str, typer.Option("--to", help="Formats with commas between: docx, pdf, html.", metavar="FORMATS")]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Folder for the documents; else build/EDITION/.", metavar="DIR")
]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", help="The day from which things are judged.", formats=["%Y-%m-%d"], metavar="DATE"),
]


def formats(text: str) -> list[str]:
    """`docx,pdf` as a list, each once."""
    return list(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))


def day(given: datetime | None) -> date | None:
    """The day that was given."""
    return given.date() if given else None


def today() -> date:
    """Today: the one place where the clock is read."""
    return datetime.now().astimezone().date()
