"""The leak gate as an attacker meets it: every spelling in every place of every kind of document is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from tests.protect.scanning import (
    DOCX,
    EPUB,
    HTML,
    IDENTITIES,
    ODT,
    PDF,
    SPELLINGS,
    Plant,
    found,
    names_the_case,
    output,
)

KINDS: Mapping[str, Mapping[str, Plant]] = {"docx": DOCX, "html": HTML, "odt": ODT, "epub": EPUB, "pdf": PDF}
PLACES = [(kind, place) for kind, places in KINDS.items() for place in places]
every_place = pytest.mark.parametrize(("kind", "place"), PLACES, ids=lambda value: value.replace(" ", "-"))


def test_there_are_fifty_spellings() -> None:
    assert len({text for _, text, _ in SPELLINGS}) >= 50


@every_place
def test_spellings_are_found_in_this_place(kind: str, place: str) -> None:
    """Every sixth spelling, another sixth in each place: all of them in each kind of document."""
    first = PLACES.index((kind, place)) % 6
    assert _missed(kind, place, SPELLINGS[first::6]) == []


@pytest.mark.slow
@every_place
def test_every_spelling_is_found_in_this_place(kind: str, place: str) -> None:
    assert _missed(kind, place, SPELLINGS) == []


def _missed(kind: str, place: str, spellings: Iterable[tuple[str, str, str]]) -> list[str]:
    return [name for name, text, case in spellings if not _found(kind, place, text, case)]


def _found(kind: str, place: str, text: str, case: str) -> bool:
    return names_the_case(found(f"report.{kind}", KINDS[kind][place](text)), case)


@every_place
def test_a_finding_never_holds_the_name(kind: str, place: str) -> None:
    secret = {word.lower() for one in IDENTITIES for name in one.names for word in name.split()}
    for _, text, _ in SPELLINGS[::20]:
        for finding in found(f"report.{kind}", KINDS[kind][place](text)):
            said = f"{finding.message} {finding.hint} {finding.location} {finding!r}".lower()
            assert text.lower() not in said
            assert not any(word in said for word in secret)


@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
@pytest.mark.parametrize("thorough", [False, True])
def test_a_clean_document_of_our_writers_has_no_finding(kind: str, thorough: bool) -> None:
    assert found(f"report.{kind}", output(kind), thorough) == []


@pytest.mark.parametrize(("kind", "plant"), [("odt", ODT), ("epub", EPUB)])
def test_a_clean_document_from_elsewhere_has_no_finding(kind: str, plant: Mapping[str, Plant]) -> None:
    for place in plant.values():
        assert found(f"report.{kind}", place("nobody")) == []
