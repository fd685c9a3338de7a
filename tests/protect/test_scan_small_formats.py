"""A name is found in every format that a build writes, plain, emphasised in part, in a note, a table and a heading."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reprisal_cli.compile.tree import Emph, Foreign, Front, Heading, Link, Note, Para, Part, Report, Table, Text
from reprisal_cli.render.house import load_house
from reprisal_cli.render.writers import WORDS, WRITERS, render
from tests.protect.scanning import SERGIN, found, names_the_case
from tests.support.builders import ROOT

NAME = "Ninoslava Shchukinskaya"
PLACES = {
    "paragraph": (Para("p_1", (Text(f"It concerned {NAME}."),), number=1),),
    "emphasis": (Para("p_1", (Text("It concerned Ninoslava "), Emph((Text("Shchukinskaya"),)), Text(".")), number=1),),
    "language": (Para("p_1", (Text("It concerned Ninoslava "), Foreign("fr", (Text("Shchukinskaya"),))), number=1),),
    "link": (Para("p_1", (Text("Of Ninoslava "), Link("https://e.example/", (Text("Shchukinskaya"),))), number=1),),
    "note": (Para("p_1", (Text("See"), Note((Text(NAME),), 1)), number=1),),
    "table": (Table("t_1", ((Text("Who"),),), (((Text(NAME),),),), (1.0,)),),
    "heading": (Heading("h_1", 1, (Text(NAME),), label="I."),),
    "hyphen": (Para("p_1", (Text("It concerned Ninoslava-Shchukinskaya."),), number=1),),
}
FRONT = Front(**dict.fromkeys((
    "organization", "organ", "symbol", "version", "distribution", "date", "original", "body", "session",
    "session_dates", "agenda", "title", "author",
), "X"), agenda_titles=())  # fmt: skip
EMPTY = Report("en", FRONT, (), dict.fromkeys(WORDS, "word"))


@pytest.mark.parametrize("format", [name for name in WRITERS if name not in ("docx", "pdf", "html")])
@pytest.mark.parametrize("place", PLACES)
def test_a_name_is_found_in_every_place_of_every_small_format(place: str, format: str) -> None:
    report = replace(EMPTY, parts=(Part("main", PLACES[place]),))
    file = render(report, format, load_house(ROOT / "templates" / "house"), 0)
    assert names_the_case(found(f"report.{format}", file, thorough=False), SERGIN)


@pytest.mark.parametrize("format", [name for name in WRITERS if name not in ("docx", "pdf", "html")])
def test_nothing_is_found_where_nothing_is(format: str) -> None:
    file = render(EMPTY, format, load_house(ROOT / "templates" / "house"), 0)
    assert found(f"report.{format}", file, thorough=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "N&#105;noslava\nShchukin\\skaya",
        "**Ninoslava** [Shchukinskaya](https://e.example/a)",
        "<b>Ninoslava</b> Shchukinskaya",
        "Ninoslava[^1] Shchukinskaya",
    ],
)
def test_a_markdown_file_from_elsewhere_is_read_as_it_is_shown(text: str) -> None:
    assert names_the_case(found("a.md", text.encode()), SERGIN)
