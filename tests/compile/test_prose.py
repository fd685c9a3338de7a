"""The contract's section "Text", sentence by sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprisal_cli.model.prose import inline, paragraphs, references
from reprisal_cli.model.prose_nodes import Emphasis, Footnote, Hyperlink, Node, Reference, Words

HOSTILE = r"C & A <b>x</b> $y$ {{ z }} \input{a} [^1] #set ```{=openxml}"


def one(text: str) -> tuple[Node, ...]:
    return inline(text)


def test_paragraphs_stand_between_blank_lines_and_a_single_line_end_is_a_space() -> None:
    assert paragraphs("one\ntwo\n\nthree\n  \n\t\n\nfour\n") == (
        (Words("one two"),),
        (Words("three"),),
        (Words("four"),),
    )
    assert paragraphs("one  \r\n  two\r\n\r\nthree") == ((Words("one two"),), (Words("three"),))
    assert paragraphs(" \n\n ") == ()


def test_emphasis_links_and_footnotes() -> None:
    assert one("a *b c* d") == (Words("a "), Emphasis((Words("b c"),)), Words(" d"))
    assert one("see [the report](https://docs.un.org/en/A/HRC/45/36).") == (
        Words("see "),
        Hyperlink("https://docs.un.org/en/A/HRC/45/36", (Words("the report"),)),
        Words("."),
    )
    assert one("a^[See *b* and {p1}.] c") == (
        Words("a"),
        Footnote((Words("See "), Emphasis((Words("b"),)), Words(" and "), Reference("item", "p1"), Words("."))),
        Words(" c"),
    )
    assert one("a^[one [two] three]b") == (Words("a"), Footnote((Words("one [two] three"),)), Words("b"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{p1}", Reference("item", "p1")),
        ("{u12}", Reference("item", "u12")),
        ("{r1}", Reference("item", "r1")),
        ("{case}", Reference("case", "")),
        ("{case XXA-2025-001}", Reference("case", "XXA-2025-001")),
        ("{reports}", Reference("reports")),
        ("{ref A/HRC/58/999}", Reference("ref", "A/HRC/58/999")),
        ("{ref A/HRC/58/999, para. 12}", Reference("ref", "A/HRC/58/999", "para. 12")),
        ("{ref A/HRC/58/999, annex I, paras. 12-13}", Reference("ref", "A/HRC/58/999", "annex I, paras. 12-13")),
    ],
)
def test_each_reference(text: str, meant: Reference) -> None:
    assert one(text) == (meant,)
    assert one(f"a {text}.") == (Words("a "), meant, Words("."))
    assert list(references(f"x\n\n*a {text}* ^[{text}] [{text}](https://a.b)")) == [meant, meant, meant]


@pytest.mark.parametrize(
    "text",
    [
        "{p}",
        "{p1 }",
        "{ p1}",
        "{P1}",
        "{a1}",
        "{s1}",
        "{p1",
        "p1}",
        "{case XXA}",
        "{cases}",
        "{case xxa-2025-001}",
        "{ref}",
        "{ref }",
        "{reports 1}",
        "{{p}}",
        "{}",
        "{x}",
        "{p٣}",
        "{ref , para. 1}",
    ],
)
def test_all_other_braces_are_text_as_typed(text: str) -> None:
    assert one(text) == (Words(text),)


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "# not a heading",
        "- no list",
        "1. no list",
        "> no quote",
        "| a | b |",
        "    no code",
        "`code`",
        "~~x~~",
        "_x_ __y__",
        "x_1_2",
        "a * b * c",
        "2*3",
        "[a](ftp://b)",
        "[a](javascript:x)",
        "[a](file:///etc/passwd)",
        "[a][b]",
        "[a]",
        "[a]: b",
        "<https://a.b>",
        "https://a.b",
        "![a](https://a.b/c.png)",
        "![a]",
        "![*a*](b)",
        "&amp; &#35;",
        "a  b",
        "x^2^",
        "^[open",
        "---",
        "===",
        "...",
        "'q' \"q\"",
        "\\a \\n \\$ \\}",
        "!",
        "a!",
        "\u00a0x\u00a0",
        "@import",
        "#include x",
        "= x",
        "%",
        "$$",
        "\\",
        "[",
        "{",
        "^",
        "![",
        "^[",
        "*",
    ],
)
def test_everything_else_is_text_as_typed(text: str) -> None:
    assert one(text) == (Words(text),)


@pytest.mark.parametrize("sign", "*{[^\\")
def test_a_backslash_makes_a_sign_literal(sign: str) -> None:
    assert one(f"\\{sign}") == (Words(sign),)
    assert one("\\*a\\* \\{p1} \\[a](https://b.c) \\^[x] \\\\") == (Words("*a* {p1} [a](https://b.c) ^[x] \\"),)


def test_an_exclamation_mark_before_a_bracket_makes_the_whole_literal() -> None:
    assert one("![a *b* {p1}](https://c.d/e.png) *f*") == (
        Words("![a *b* {p1}](https://c.d/e.png) "),
        Emphasis((Words("f"),)),
    )


def test_a_footnote_in_a_footnote_and_a_link_in_a_link_stay_text() -> None:
    assert one("a^[b^[c]]") == (Words("a"), Footnote((Words("b^[c]"),)))
    assert one("[a [b](https://c.d)](https://e.f)") in (
        (Hyperlink("https://e.f", (Words("a [b](https://c.d)"),)),),
        (Words("[a "), Hyperlink("https://c.d", (Words("b"),)), Words("](https://e.f)")),
    )


def text_of(nodes: tuple[Node, ...]) -> str:
    return "".join(node.text if isinstance(node, Words) else "?" for node in nodes)


PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="*{[^\\\n\r\ue000", exclude_categories=("Cc", "Cs")))


@given(PLAIN)
def test_text_without_marks_comes_back_as_typed(text: str) -> None:
    assert text_of(one(text)) == text


SIGNS = st.text(st.sampled_from("*{[^\\]}()!_`<>#$&~|ab p1\t.https://"), max_size=40)


@settings(max_examples=300)
@given(SIGNS)
def test_any_text_can_be_written_with_backslashes(text: str) -> None:
    assert text_of(one(re.sub(r"[*{\[^\\]", r"\\\g<0>", text.replace("!", "! ")))) == text.replace("!", "! ")


@settings(max_examples=300)
@given(st.lists(st.sampled_from(["*", "^[", "]", "[", "](https://c.d)", "{p1}", "\\", "![", "a", " "]), max_size=25))
def test_no_word_is_lost_whatever_the_signs(parts: list[str]) -> None:
    """All words come out again, in footnotes and links too; no text raises."""
    words = "".join(f"{part}{number}" if part == "a" else part for number, part in enumerate(parts))
    shown = "".join(_letters(one(words)))
    assert re.findall(r"a\d+", shown) == re.findall(r"a\d+", words)


def _letters(nodes: tuple[Node, ...]) -> list[str]:
    out: list[str] = []
    for node in nodes:
        if isinstance(node, Words):
            out.append(node.text)
        elif not isinstance(node, Reference):
            out += _letters(node.children)
    return out


@pytest.mark.parametrize(
    "bomb", ["[" * 30_000, "^[" * 15_000, "*" * 30_000, "*a " * 10_000, "{" * 30_000, "![" * 15_000, "^[a](" * 6000]
)
def test_a_long_row_of_marks_is_read_in_time(bomb: str) -> None:
    import time

    start = time.process_time()
    one(bomb)
    assert time.process_time() - start < 2
