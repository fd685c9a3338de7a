from __future__ import annotations

from msgspec.structs import replace
from sample import sample

from reprisal_cli.compile.tree import Heading, Para, Part, Table, Text
from reprisal_cli.render.docx_reference import AnnexLabel, annex_label
from reprisal_cli.render.numerals import paragraph_number, roman
from reprisal_cli.render.outline import depths, entries, is_wide, leads, number_columns, running_head


def test_a_line_of_the_contents_has_the_paragraphs_down_to_the_next_heading_of_its_level() -> None:
    lines = {entry.id: (entry.first, entry.last) for entry in entries(sample(), 2, 1)}
    first, last = lines["h_cases"]
    assert first is not None
    assert last is not None
    assert (first.number, last.number) == (5, 8)


def test_unlabelled_headings_are_not_in_the_contents() -> None:
    assert "h_exl" not in {entry.id for entry in entries(sample(), 4, 4)}


def test_depths_skip_no_level() -> None:
    assert depths(sample().parts[1]) == {"a1_h1": 2, "a1_h2": 2}
    assert depths(sample().parts[0])["h_exl"] == 4


def _labels(*labels: str) -> AnnexLabel | None:
    return annex_label(
        replace(sample(), parts=tuple(Part(f"annex-{at}", (), label) for at, label in enumerate(labels)))
    )


def test_headings_of_one_level_are_equally_deep() -> None:
    """A level that is left out is left out for all: the second case of a section is no part of the first."""
    headings = [Heading(f"h{at}", level, (Text("x"),)) for at, level in enumerate((1, 3, 3, 4, 3, 1, 2, 3))]
    assert list(depths(Part("main", tuple(headings))).values()) == [1, 2, 2, 3, 2, 1, 2, 3]


def test_a_line_that_announces_stays_with_what_it_announces() -> None:
    blocks = (
        Para("place", (Text("In A/HRC/98/1, para. 3:"),), numbered=False),
        Para("told", (Text("It was reported:"),)),
        Para("other", (Text("It was reported."),), numbered=False),
        Para("last", (Text("Nothing."),)),
    )
    assert leads(Part("main", blocks)) == {"place"}


def test_a_paper_without_a_symbol_has_its_title_at_the_head_of_its_pages() -> None:
    front = sample().front
    assert running_head(front) == "A/HRC/99/1"
    assert running_head(replace(front, symbol="", title="Key figures")) == "Key figures"


def _table(*rows: tuple[str, ...]) -> Table:
    return Table(
        "t", (), tuple(tuple((Text(cell),) for cell in row) for row in rows), (1 / len(rows[0]),) * len(rows[0])
    )


def test_numbers_stand_under_numbers() -> None:
    """A column of numbers is set at the end of its width; in a table of numbers one of words goes with them."""
    assert number_columns(_table(("Liberty", "1", "20"), ("Life", "15", "3"))) == (False, True, True)
    assert number_columns(_table(("2020", "Not stated", "2019"), ("2021", "x", "y"))) == (False, False, False)
    assert number_columns(_table(("All", "1", "2", "Not stated"))) == (False, True, True, True)
    assert number_columns(_table(("All", "", ""))) == (False, False, False)


def test_many_columns_of_numbers_fit_a_page_that_stands() -> None:
    numbers = _table(("All", *"123456789"))
    words = _table(tuple("abcdefghi"))
    assert not is_wide(Part("annex-1", (numbers,)))
    assert is_wide(Part("annex-1", (words,)))


def test_annex_labels_that_count_are_left_to_word() -> None:
    assert _labels("Annex I", "Annex II", "Annex III") == AnnexLabel("upperRoman", "Annex %1")
    assert _labels("Annexe 1", "Annexe 2") == AnnexLabel("decimal", "Annexe %1")


def test_annex_labels_that_do_not_count_are_typed_out() -> None:
    assert _labels("Annex") is None
    assert _labels("Annex I", "Annex III") is None
    assert _labels() is None


def test_numbers_are_as_word_counts() -> None:
    items = [paragraph_number(Para("x", (), level=1, number=number)) for number in (1, 26, 27)]
    assert items == ["(a)", "(z)", "(aa)"]
    assert [roman(number) for number in (1, 4, 9, 14, 49)] == ["I", "IV", "IX", "XIV", "XLIX"]
