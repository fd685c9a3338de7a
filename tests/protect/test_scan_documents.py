"""The gate on documents as our writers make them from cases. All names are invented."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from reprisal_cli.compile.report import Manuscripts, compile_report
from reprisal_cli.dialect import FORBIDDEN
from reprisal_cli.pipeline.gate import of_document
from reprisal_cli.protect.disclose import disclose
from reprisal_cli.protect.scan.gate import scan
from reprisal_cli.protect.scan.match import matcher_of
from reprisal_cli.protect.secrets import Identity, Secrets
from reprisal_cli.render.house import load_house
from reprisal_cli.render.writers import render
from tests.protect.scanning import SPELLINGS, found, names_the_case
from tests.support.builders import ROOT, case, compiled, corpus, person, sentences

CASE, OTHER = "XXA-2025-101", "XXA-2025-102"
NAME = "Inventa Nemosova"
SECRETS = Secrets(
    (
        Identity(CASE, "p1", ("Инвента Немосова", NAME), ("inventa@mail.example",)),
        Identity(OTHER, "p1", ("Fictus Nihilson",)),
    ),
    places={CASE: ("Exampleland",), OTHER: ("Exampleland",)},
    keyed=True,
)
NAMED = person(consent={"level": "public-name"})


def findings(texts: Mapping[str, str], fmt: str) -> set[tuple[str, bool]]:
    """The codes found in a document that prints the name of the first case's person, each with whether it names it."""
    persons = {CASE: [NAMED], OTHER: [person()]}
    made = corpus(
        case(name, persons=persons[name], text={"hrc-60": {"annex": text, "main": "See {case}."}})
        for name, text in texts.items()
    )
    public = disclose(made, made.workspace.edition("hrc-60"), names={(CASE, "p1"): NAME})
    report, _ = compile_report(public, Manuscripts({}, {}), sentences())
    by = matcher_of(of_document(SECRETS, public, report))
    content = render(report, fmt, load_house(ROOT / "templates" / "house"), 0)
    assert fmt != "html" or NAME in content.decode()
    return {(one.code, CASE in one.message) for one in scan(f"report.{fmt}", content, by)}


@pytest.mark.parametrize("fmt", ["docx", "html", "pdf"])
def test_a_name_printed_by_consent_passes_in_its_own_case(fmt: str) -> None:
    own = "{p1} was reportedly threatened by police.^[See what {p1} said.]\n\nThe lawyer of {p1} was told of it."
    assert findings({CASE: own, OTHER: "It was alleged that {p1} was threatened."}, fmt) == set()


@pytest.mark.parametrize("fmt", ["docx", "html", "pdf"])
def test_the_same_name_in_another_case_is_found(fmt: str) -> None:
    own = "It was reported that {p1} was threatened by police."
    other = f"It was alleged that {{p1}}, who knows {NAME} from before, was threatened."
    assert findings({CASE: own, OTHER: other}, fmt) == {("RC901", True)}


@pytest.mark.parametrize("fmt", ["docx", "html", "pdf"])
def test_another_name_in_the_same_case_is_found(fmt: str) -> None:
    text = "It was reported that {p1} was threatened with Fictus Nihilson."
    assert findings({CASE: text, OTHER: "It was alleged that {p1} was threatened."}, fmt) == {("RC901", False)}


PRINTABLE = [one for one in SPELLINGS if not any(sign >= "\u2e80" for sign in one[1]) and not FORBIDDEN.search(one[1])]
"""All but Chinese, for which the PDF has no font and shows replacement signs, and what no case file may hold."""


@pytest.mark.slow
@pytest.mark.parametrize(("text", "owner"), [one[1:] for one in PRINTABLE], ids=[one[0] for one in PRINTABLE])
def test_spellings_set_by_typst_are_found(text: str, owner: str) -> None:
    """On pages as typst sets them: Arabic from right to left, lines broken, letters joined."""
    line = " ".join(text.split()).replace("- ", "-")
    escaped = "".join(f"\\{sign}" if sign in "*{[^\\" else sign for sign in line)
    report, _ = compiled(
        [case(text={"hrc-60": {"annex": f"It was alleged that somebody, {escaped}, was threatened."}})]
    )
    content = render(report, "pdf", load_house(ROOT / "templates" / "house"), 0)
    assert names_the_case(found("report.pdf", content, thorough=False), owner)
