"""The strict reader: what it takes, what it refuses, and where it says that the fault is."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprisal_cli.diagnostic import Span
from reprisal_cli.dialect import FORBIDDEN, MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_VALUE
from reprisal_cli.parse import Parsed, locate, parse

ALLOWED = st.text(st.characters(codec="utf-8")).filter(lambda text: not FORBIDDEN.search(text))
VALUES = ALLOWED.filter(lambda text: bool(text.strip()))


def read(text: str | bytes) -> Parsed:
    return parse(text if isinstance(text, bytes) else text.encode(), "a.yaml")


def faults(text: str | bytes) -> list[tuple[str, int, int]]:
    """Code, line and column of each fault."""
    out = []
    for one in read(text).diagnostics:
        assert one.location.path == "a.yaml"
        span = one.location.span or Span()
        out.append((one.code, span.line, span.column))
    return out


# --- what it takes --------------------------------------------------------------------------------------------------


@given(VALUES)
def test_any_quoted_text_comes_back_as_typed(text: str) -> None:
    assert read(f"key: {json.dumps(text, ensure_ascii=False)}").data == {"key": text}


@given(VALUES.filter(lambda text: not set(text) & set("\n\r\t")))
def test_any_line_in_single_quotes_comes_back_as_typed(text: str) -> None:
    quoted = text.replace("'", "''")
    assert read(f"list:\n  - '{quoted}'\n").data == {"list": [text]}


@pytest.mark.parametrize(
    "text", ["NO", "no", "yes", "1.10", "0x1F", "012", "1e3", "2025-01-28", "12:30:00", ".inf", "=", "[x]"]
)
def test_every_scalar_is_text(text: str) -> None:
    quoted = f"'{text}'" if text == "[x]" else text
    assert read(f"key: {quoted}").data == {"key": text}


@pytest.mark.parametrize("text", ["~", "null", "Null", ""])
def test_a_quoted_word_for_nothing_is_text_or_empty(text: str) -> None:
    assert read(f"key: '{text}'").data == {"key": text or None}
    assert faults(f"key: '{text}'") == ([] if text else [("RC007", 1, 6)])


def test_a_file_from_windows_is_the_same_file() -> None:
    unix = "id: x\ntext: |\n  one\n  two\n"
    assert (
        read(b"\xef\xbb\xbf" + unix.replace("\n", "\r\n").encode()).data
        == read(unix).data
        == {"id": "x", "text": "one\ntwo\n"}
    )


def test_other_scripts_stand_as_they_are() -> None:
    text = "السلام عليكم \u200c نیم‌فاصله क्षि 漢字 👩‍⚖️ e\u0301"
    assert read(f"key: {text}").data == {"key": text}


# --- what it refuses ------------------------------------------------------------------------------------------------

REFUSED = {
    "latin-1": (b"id: x\ntitle: caf\xe9\n", "RC001", 2, 11),
    "utf-16": ("id: x".encode("utf-16"), "RC001", 1, 1),
    "utf-16 without its mark": ("id: x".encode("utf-16-le"), "RC001", 1, 1),
    "nul": (b"id: x\na: b\x00c\n", "RC002", 2, 5),
    "escape": ("id: a\x1b[31m", "RC002", 1, 6),
    "bidi": ("id: x\ntitle: a\u202eb", "RC002", 2, 9),
    "zero-width": ("title: an\u200bna", "RC002", 1, 10),
    "tag-character": ("title: a\U000e0041", "RC002", 1, 9),
    "soft hyphen": ("title: Tri\u00adlinka", "RC002", 1, 11),
    "grapheme joiner": ("title: Tri\u034flinka", "RC002", 1, 11),
    "blank of Braille": ("title: a\u2800b", "RC002", 1, 9),
    "variation selector": ("title: a\ufe01", "RC002", 1, 9),
    "a letter that was lost": ("title: caf\ufffd", "RC002", 1, 11),
    "joiner between Latin letters": ("title: Tri\u200dlinka", "RC002", 1, 11),
    "selector between Latin letters": ("title: Tri\ufe0flinka", "RC002", 1, 11),
    "mark between Latin letters": ("title: دار\ndescribed: Tri\u200flinka", "RC002", 2, 15),
    "joiner in an escape": ('title: "Tri\\u200Clinka"', "RC002", 1, 8),
    "private-use": ("title: a\ue000", "RC002", 1, 9),
    "hidden in an escape": ('id: x\ntitle: "a\\u202Eb"', "RC002", 2, 8),
    "control in an escape": ('title: "a\\x07"', "RC002", 1, 8),
    "tab": ("a:\n\tb: c\n", "RC003", 2, 1),
    "unclosed quote": ("id: x\ntitle: 'open\nmore: 1\n", "RC003", 2, 8),
    "colon": ("id: x\ntitle: one: two\n", "RC003", 2, 11),
    "conflict": ("id: x\n<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> other\n", "RC003", 2, 1),
    "conflict in a text": ("t: |\n  one\n<<<<<<< HEAD\n  two\n=======\n  three\n>>>>>>> b\n", "RC003", 3, 1),
    "unclosed bracket": ("id: [a, b\n", "RC003", 2, 1),
    "anchor": ("id: x\na: &one b\n", "RC004", 2, 4),
    "alias": ("a: &x b\nc: *x\n", "RC004", 1, 4),
    "tag": ("a: !!python/object:os.system b", "RC004", 1, 4),
    "binary": ("a: !!binary aGk=", "RC004", 1, 4),
    "merge key": ("<<: {a: b}", "RC004", 1, 1),
    "directive": ("%YAML 1.1\n---\na: b\n", "RC004", 1, 1),
    "second document": ("a: b\n---\nc: d\n", "RC004", 2, 1),
    "duplicate key": ("a: b\nc: d\na: e\n", "RC005", 3, 1),
    "duplicate deep": ("x:\n  - {a: b, a: c}\n", "RC005", 2, 12),
    "null": ("a: b\nc: null\n", "RC007", 2, 4),
    "tilde": ("a: ~", "RC007", 1, 4),
    "nothing": ("a:\nb: c\n", "RC007", 1, 3),
    "white space": ("a: '  '", "RC007", 1, 4),
    "empty list": ("a: []", "RC007", 1, 4),
    "empty mapping": ("a: {}", "RC007", 1, 4),
    "empty file": (b"", "RC008", 1, 1),
    "only comments": ("# nothing\n", "RC008", 2, 1),
    "a list": ("- a\n- b\n", "RC008", 1, 1),
    "a scalar": ("hello\n", "RC008", 1, 1),
    "number as key": ("1: a", "RC009", 1, 1),
    "yes as key": ("a: b\nyes: a", "RC009", 2, 1),
    "list as key": ("? [a]\n: b", "RC009", 1, 3),
    "key of another script": ("сase: b", "RC009", 1, 1),
}


@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_told_with_its_place(text: str | bytes, code: str, line: int, column: int) -> None:
    found = faults(text)
    assert found[0] == (code, line, column)
    assert all(one.hint for one in read(text).diagnostics)


def test_a_conflict_that_git_left_is_called_by_its_name() -> None:
    [one] = read(REFUSED["conflict"][0]).diagnostics
    assert "both sides of a conflict" in one.message
    assert read("t: |\n  <<<<<<< a\n  =======\n").data is not None


def test_faults_do_not_hide_one_another() -> None:
    found = faults("a: ~\nb: &x y\nc: {}\na: d\ne: *x\n1: f\n")
    assert [(code, line) for code, line, _ in found] == [
        ("RC007", 1),
        ("RC004", 2),
        ("RC007", 3),
        ("RC005", 4),
        ("RC004", 5),
        ("RC009", 6),
    ]


def test_no_message_quotes_the_file() -> None:
    secret = "Zarathustra"
    for template in (
        "{0}",
        "- {0}",
        "a: !{0} b",
        "a: *{0}",
        "a: &{0} b",
        "%{0} x\n---\na: b",
        "{0}: b: c",
        '"{0}',
        "a: b\n{0}",
        "{0}: ~",
        "? [{0}]",
        "a: '{0}",
        "\t{0}",
        "a: [{0}",
        "a: {{{0}",
        "a: b\na: {0}",
        'a: "\\{0}"',
        "a: b\x07{0}",
    ):
        for one in read(template.format(secret)).diagnostics:
            assert secret.lower() not in f"{one.message} {one.hint}".lower()


# --- limits ---------------------------------------------------------------------------------------------------------


def test_a_file_may_have_1_mib() -> None:
    line = "k{}: " + "x" * 60_000 + "\n"
    text = "".join(line.format(number) for number in range(17))
    assert faults(text + "#" * (MAX_BYTES - len(text))) == []
    assert faults(text + "#" * (MAX_BYTES - len(text) + 1)) == [("RC006", 1, 1)]


@pytest.mark.parametrize("sign", ["x", "é", "漢"])
def test_a_value_may_have_64_kib_of_bytes(sign: str) -> None:
    most = MAX_VALUE // len(sign.encode())
    assert faults(f"a: b\nc: {sign * most}") == []
    assert faults(f"a: b\nc: {sign * (most + 1)}") == [("RC006", 2, 4)]


def test_values_may_lie_20_deep() -> None:
    deepest = MAX_DEPTH - 2  # the file itself is the first level, the value of `a` the last
    assert faults("a: " + "[" * deepest + "b" + "]" * deepest) == []
    assert [code for code, _, _ in faults("a: " + "[" * (deepest + 1) + "b" + "]" * (deepest + 1))] == ["RC006"]


def test_a_file_may_hold_20_000_values() -> None:
    most = MAX_NODES - 2  # the file and the list are values too
    assert faults("a: [" + "b," * most + "]") == []
    assert [code for code, _, _ in faults("a: [" + "b," * (most + 1) + "]")] == ["RC006"]


@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 500_000,
        "a: " + "{a: " * 200_000,
        "- " * 400_000,
        "? " * 400_000,
        "a: " + "!" * 900_000,
        "a:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 1400)),
    ],
)
def test_a_bomb_is_refused_at_once(bomb: str) -> None:
    start = time.process_time()
    assert faults(bomb)
    assert time.process_time() - start < 2


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_raise(raw: bytes) -> None:
    parsed = read(raw)
    assert parsed.diagnostics or parsed.data is not None
    assert locate(raw, {(("a", 0, "b"), "value"), ((), "key")})


PIECES = st.sampled_from(
    [
        "a",
        "b",
        ": ",
        "- ",
        "\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "&x",
        "*x",
        "!t",
        "|",
        ">",
        "#",
        "%",
        "---",
        "...",
        "? ",
        "<<",
        "~",
        "\\",
        "\t",
        "é",
        "\r",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_mixture_of_yaml_signs_raises(text: str) -> None:
    parsed = read(text)
    lines = text.split("\n")
    for one in parsed.diagnostics:
        span = one.location.span or Span()
        assert 1 <= span.line <= len(lines) + text.count("\r") + 1
        assert span.column >= 1
    if parsed.data is not None and not parsed.diagnostics:
        assert all(isinstance(key, str) and value for key, value in parsed.data.items())


# --- places ---------------------------------------------------------------------------------------------------------

SAMPLE = """\
id: XXA-2025-001
persons:
  - ref: p1
    described: ein Löwe {x}
    consent: {level: pending, uses: [report, state]}
"""


@pytest.mark.parametrize(
    ("route", "at", "span"),
    [
        (("id",), "key", Span(1, 1, 1, 3)),
        (("id",), "value", Span(1, 5, 1, 17)),
        (("persons", 0, "described"), "value", Span(4, 16, 4, 28)),
        (("persons", 0, "consent", "uses", 1), "value", Span(5, 46, 5, 51)),
        (("persons", 0, "consent", "uses"), "key", Span(5, 31, 5, 35)),
        (("persons", 0, "consent", "uses", 7), "value", Span(5, 31, 5, 35)),
        (("persons", 0, "name"), "value", Span(3, 5, 6, 1)),
        (("nothing",), "value", Span(1, 1, 1, 1)),
    ],
)
def test_a_route_is_found_in_its_file(route: tuple[str | int, ...], at: str, span: Span) -> None:
    assert locate(SAMPLE.encode(), {(route, at)}) == {(route, at): span}  # type: ignore[arg-type]
    assert locate(b"\xef\xbb\xbf" + SAMPLE.encode(), {(route, at)})[route, at].line == span.line  # type: ignore[arg-type]


@given(st.lists(VALUES, min_size=1, max_size=5))
def test_a_span_holds_just_its_value(values: list[str]) -> None:
    text = "".join(f"k{index}: {json.dumps(value, ensure_ascii=False)}\n" for index, value in enumerate(values))
    lines = text.split("\n")
    for index, value in enumerate(values):
        span = locate(text.encode(), {((f"k{index}",), "value")})[(f"k{index}",), "value"]
        assert json.loads(lines[span.line - 1][span.column - 1 : span.end_column - 1], strict=False) == value


def test_the_limits_are_those_of_the_contract() -> None:
    assert (MAX_BYTES, MAX_VALUE, MAX_DEPTH, MAX_NODES) == (1_048_576, 65_536, 20, 20_000)
