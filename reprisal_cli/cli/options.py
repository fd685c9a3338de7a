"""Options that several commands share, and how their text becomes values."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

Edition = Annotated[
    str | None, typer.Option("--edition", "-e", help="The edition, as hrc-45; else the workspace's own.", metavar="ID")
]
ALL = "docx,pdf,html"
"""The formats of a document where none is named."""
To = Annotated[
    str,
    typer.Option("--to", help="Formats with commas between: docx, pdf, html, odt, epub, md, akn.", metavar="FORMATS"),
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Folder for the documents; else build/EDITION/.", metavar="DIR")
]
ReferenceDoc = Annotated[
    Path | None,
    typer.Option(
        "--reference-doc",
        help="Your own Word template; `template check` says what it lacks.",
        metavar="FILE",
        exists=True,
        dir_okay=False,
    ),
]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", help="The day from which things are judged.", formats=["%Y-%m-%d"], metavar="DATE"),
]
TextOrJson = Annotated[str, typer.Option("--output-format", help="text or json.", metavar="FORM")]
OutputFormat = Annotated[
    str,
    typer.Option(
        "--output-format",
        help="text, concise, json, sarif, github, gitlab, junit or markdown.",
        metavar="FORM",
        autocompletion=lambda: ["text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"],
    ),
]
Preset = Annotated[
    str,
    typer.Option(
        "--preset",
        help="Which rules: draft (a case may still be unfinished), clearance (what a reviewer needs), or publish: "
        "all of them, since what is left out should be left out on purpose; a case is asked for what its status needs.",
        metavar="STAGE",
        autocompletion=lambda: ["draft", "clearance", "publish"],
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", help="Rules, or families: RC5, RC201,RC3.", metavar="CODES", show_default=False),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        help="All but these; reading, errors of consent and gates stay.",
        metavar="CODES",
        show_default=False,
    ),
]


def codes(given: list[str] | None) -> tuple[str, ...]:
    """`RC1,RC201` as codes or beginnings of codes, in capitals."""
    return tuple(part.strip().upper() for text in given or () for part in text.split(",") if part.strip())


def formats(text: str) -> list[str]:
    """`docx,pdf` as a list, each once."""
    return list(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))


def day(given: datetime | None) -> date | None:
    """The day that was given."""
    return given.date() if given else None
