"""The reading of a PDF's pages by tokens: rows of signs with their gaps, lines, and either way to write a string."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from reprisal_cli.protect.scan.pdf_text import page_text

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def font(wide: bool) -> DictionaryObject:
    """A font whose first codes are the small letters, of one byte each or of two."""
    size = 4 if wide else 2
    rows = "".join(f"<{at:0{size}x}> <{ord(sign):04x}>\n" for at, sign in enumerate(LETTERS, 1))
    table = DecodedStreamObject()
    span = f"1 begincodespacerange <{'0' * size}> <{'f' * size}> endcodespacerange\n"
    table.set_data(f"{span}{len(LETTERS)} beginbfchar\n{rows}endbfchar\n".encode())
    kind = "/Type0" if wide else "/TrueType"
    return DictionaryObject({NameObject("/Subtype"): NameObject(kind), NameObject("/ToUnicode"): table})


def codes(text: str, wide: bool) -> bytes:
    return b"".join((b"\0" if wide else b"") + bytes([LETTERS.index(sign) + 1]) for sign in text)


def escaped(text: str, wide: bool) -> bytes:
    """A string as programs write it: signs of control as numbers in base eight."""
    return b"".join(b"\\%03o" % code for code in codes(text, wide))


def read(content: bytes, wide: bool) -> str:
    stream = DecodedStreamObject()
    stream.set_data(content)
    fonts = DictionaryObject({NameObject("/F1"): font(wide)})
    resources = DictionaryObject({NameObject("/Font"): fonts})
    found = page_text(
        DictionaryObject({NameObject("/Contents"): stream, NameObject("/Resources"): resources}), {}, set()
    )
    assert found is not None
    return found[0]


@pytest.mark.parametrize("wide", [True, False], ids=["two bytes", "one byte"])
@pytest.mark.parametrize("write", [codes, escaped], ids=["plain", "escaped"])
def test_a_wide_gap_is_a_space_and_a_small_one_is_not(wide: bool, write: Callable[[str, bool], bytes]) -> None:
    one, two, three = (b"(" + write(text, wide) + b")" for text in ("nino", "slava", "x"))
    row = b"/F1 9 Tf [" + one + b"-7.5" + two + b" -250 " + three + b"]TJ"
    assert read(row, wide) == "ninoslava x"


def test_a_row_may_be_written_in_digits() -> None:
    digits = b"<" + codes("nino", True).hex().encode() + b">"
    assert (
        read(b"/F1 9 Tf [" + digits + b"-300(" + escaped("s", True) + b")]TJ " + digits + b"Tj", True) == "nino snino"
    )


def test_a_new_line_is_one() -> None:
    lines = (b"1 0 0 1 0 7%d Tm(%s)Tj" % (at, escaped(text, True)) for at, text in enumerate(("nino", "slava")))
    assert read(b"/F1 9 Tf " + b"\n".join(lines) + b" T*(" + escaped("x", True) + b")'", True) == "\nnino\nslava\nx"
