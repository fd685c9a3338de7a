"""What is typed in any field that is printed comes out as typed in every format, and opens no foreign file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.builders import HRC_60, HRC_63, case, dump, person, published, workspace
from tests.support.built import build, unchecked
from tests.support.reading import (
    akn_text,
    docx_parts,
    docx_text,
    epub_text,
    html_text,
    markdown_text,
    odt_text,
    page,
    pdf_text,
    squeeze,
)

HOSTILE = r"C & A <b>x</b> $y$ {{ z }} \input{a} [^1] #set ```{=openxml}"
OTHERS = [
    r"![a](/etc/passwd) <img src=x onerror=y> <script>1</script> <w:p/> ]]> <!-- -->",
    r"#include(\"/etc/passwd\") #read(\"x\") = a @ref *s* _e_ \ // /* */ `c` ~ --- ...",
    r"{% for x in y %} {# c #} ${1} %{a} \\ \begin{x} \% &amp; &#35; \u0041 [/x] :smile: 'q' \"d\"",
]
CANARY = "CANARY-OF-A-FOREIGN-FILE"


def field(name: str, text: str) -> str:
    """The text with the name of its field around it, so that each place is found by itself."""
    return f"«{name}» {text} «/{name}»"


def hostile_workspace(folder: Path, text: str) -> dict[str, str]:
    """A workspace with the text in every field that is printed; gives what must come out."""
    names = (
        "described",
        "annex",
        "main",
        "summary",
        "number",
        "symbol",
        "title",
        "author",
        "title_note",
        "distribution",
        "original",
        "session_dates",
        "agenda",
        "job",
        "notice",
        "annex_title",
        "state",
        "edition_symbol",
        "ref_place",
        "manuscript",
    )
    said = {name: field(name, text) for name in names}
    typed = "".join(f"\\{sign}" if sign in "*{[^\\" else sign for sign in text).replace("!", "! ")
    said["annex"] = said["annex"].replace("!", "! ")
    consent = {"level": "already-public", "source": said["edition_symbol"]}
    one = published(
        annex=f"Of {{p1}}: {field('annex', typed)} ({{u1}}).^["
        f"{field('annex', typed)}] {{ref A/HRC/1/1, {'{ref_place}'}}}",
        persons=[person(name="not-stated", described=said["described"], consent=consent)],
        un_actions=[{"ref": "u1", "by": ["cat"], "number": said["number"], "date": "2025-03-01"}],
        responses=[{"ref": "r1", "to": "u1", "state": "XXA", "date": "2025-04-01", "summary": said["summary"]}],
        reports=[
            {"edition": "hrc-60", "symbol": said["edition_symbol"], "part": "annex II"},
            {"edition": "hrc-45", "symbol": said["symbol"], "part": "annex I", "paras": ["1"]},
        ],
    )
    place = said["ref_place"].replace("{", "(").replace("}", ")")
    one["text"]["hrc-60"]["annex"] = one["text"]["hrc-60"]["annex"].replace("{ref_place}", place)
    one["text"]["hrc-60"]["main"] = field("main", typed)
    said["main"] = said["main"].replace("!", "! ")
    said["ref_place"] = place
    edition: dict[str, Any] = {
        **HRC_60,
        "symbol": said["edition_symbol"],
        "title": said["title"],
        "author": said["author"],
        "title_notes": [said["title_note"]],
        "distribution": said["distribution"],
        "original_language": said["original"],
        "session_dates": said["session_dates"],
        "agenda": [{"number": "2", "title": said["agenda"]}],
        "job_number": said["job"],
        "notice": said["notice"],
        "contents": [
            {"manuscript": "x.md"},
            {"cases": "main"},
            {"annex": "new"},
            {"annex": "follow-up", "title": said["annex_title"]},
            {"annex": "mechanisms", "form": "long"},
        ],
    }
    manuscript = field("manuscript", typed)
    if "{{" in manuscript or "{%" in manuscript or "{#" in manuscript:  # Jinja's own, as a drafter writes them
        manuscript = "{% raw %}" + manuscript + "{% endraw %}"
    said["manuscript"] = said["manuscript"].replace("!", "! ")
    settings = {"edition": "hrc-60", "states": {"XXA": said["state"], "XXB": "Otherland"}}
    workspace(folder, [one], [edition, HRC_63], settings, {"templates/manuscript/x.md": manuscript})
    for name in ("a", "a.tex", "x", "passwd"):
        (folder / name).write_text(CANARY)
    return said


@cache
def outputs(text: str) -> tuple[dict[str, str], dict[str, bytes]]:
    with tempfile.TemporaryDirectory() as name:
        said = hostile_workspace(Path(name), text)
        with unchecked():  # rules know the form of symbols and numbers; what they miss must be harmless
            return said, build(Path(name), "hrc-60", "docx,pdf,html,odt,epub,md,akn")


def missing(said: dict[str, str], shown: str) -> Iterator[str]:
    whole = squeeze(shown)
    for name, text in said.items():
        if squeeze(text) not in whole:
            yield name


@pytest.mark.parametrize("text", [HOSTILE, *OTHERS], ids=["issue", "html", "typst", "jinja"])
def test_every_printed_field_comes_out_as_typed_in_word(text: str) -> None:
    said, files = outputs(text)
    assert list(missing(said, docx_text(files["report.docx"]))) == []


@pytest.mark.parametrize("text", [HOSTILE, *OTHERS], ids=["issue", "html", "typst", "jinja"])
def test_every_printed_field_comes_out_as_typed_on_the_web(text: str) -> None:
    said, files = outputs(text)
    assert list(missing(said, html_text(files["report.html"]))) == []
    root = page(files["report.html"])
    assert [node.tag for node in root.iter("img", "iframe", "object", "embed")] == []
    assert [node for node in root.iter("script") if node.get("src") or (node.text or "").strip() == "1"] == []
    assert [node for node in root.iter() if any(name.startswith("on") for name in node.attrib)] == []


@pytest.mark.parametrize("text", [HOSTILE, *OTHERS], ids=["issue", "html", "typst", "jinja"])
def test_every_printed_field_comes_out_as_typed_in_the_pdf(text: str) -> None:
    said, files = outputs(text)
    assert list(missing(said, pdf_text(files["report.pdf"]))) == []


@pytest.mark.parametrize("read", [odt_text, epub_text, markdown_text, akn_text], ids=["odt", "epub", "md", "akn"])
@pytest.mark.parametrize("text", [HOSTILE, *OTHERS], ids=["issue", "html", "typst", "jinja"])
def test_every_printed_field_comes_out_as_typed_in_the_small_formats(text: str, read: Callable[[bytes], str]) -> None:
    said, files = outputs(text)
    assert (
        list(missing(said, read(files[f"report.{read.__name__.removesuffix('_text').replace('markdown', 'md')}"])))
        == []
    )


@pytest.mark.parametrize("text", [HOSTILE, *OTHERS], ids=["issue", "html", "typst", "jinja"])
def test_no_foreign_file_is_opened(text: str) -> None:
    _, files = outputs(text)
    for name, data in files.items():
        assert b"root:x:0:0" not in data
        assert CANARY.encode() not in data, name
    parts = docx_parts(files["report.docx"])
    assert not [name for name in parts if "media" in name or "embed" in name]
    links = [
        node.get("Target")
        for name, root in parts.items()
        if name.endswith(".rels")
        for node in root
        if node.get("TargetMode")
    ]
    assert all(link.startswith("https://docs.un.org/") for link in links)


def test_a_description_at_the_start_of_a_sentence_is_changed_in_its_first_letter_alone() -> None:
    from tests.support.builders import compiled, paragraphs

    one = case(persons=[person(described="*a* lawyer & <b>")], text={"hrc-60": {"annex": "{p1} was threatened."}})
    assert paragraphs(compiled([one])[0], "annex-1") == ["1. *a* lawyer & <b> was threatened."]
    assert "described" in dump(one)
