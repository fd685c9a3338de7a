"""What cannot be read is a finding: encrypted and broken files, bombs, hidden bytes, unknown parts."""

from __future__ import annotations

import io
import zipfile

import pypdf
import pytest

from reprisal_cli.protect.scan.gate import scan
from tests.protect.scanning import CONTENT, archive, docx_parts, found, matcher, odt, output, with_part


def codes(name: str, content: bytes) -> set[str]:
    return {one.code for one in found(name, content)}


def bomb() -> bytes:
    return archive({CONTENT: b"<a>" + b" " * 64 * 1024 * 1024 + b"</a>"})


def deep(levels: int) -> bytes:
    made = b"x"
    for _ in range(levels):
        made = archive({"a.zip": made})
    return made


def deleted_part() -> bytes:
    """An archive with a part that its directory does not have."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.xml", "<a/>")
        file.writestr("b.xml", "<b>Ninoslava Shchukinskaya</b>")
        file.filelist.pop()
        del file.NameToInfo["b.xml"]
    return out.getvalue()


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(output("pdf")))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
FOREIGN = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"PK\x03\x04 and no more"),
        ("a.docx", archive(docx_parts())[:-200]),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.docx", with_part("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))),
        ("a.docx", with_part("word/broken.xml", "<a><b></a>")),
        ("a.docx", with_part("word/entities.xml", ENTITIES)),
        ("a.docx", with_part("word/foreign.xml", FOREIGN)),
        ("a.docx", with_part("word/unknown.bin", bytes(range(256)))),
        ("a.docx", bomb()),
        ("a.docx", deleted_part()),
        ("a.docx", archive(docx_parts()) + b"more behind the end"),
        ("a.docx", b"before" * 20 + archive(docx_parts())),
        ("a.odt", odt(more={"Object 1": deep(9)})),
        ("a.pdf", encrypted()),
        ("a.pdf", output("pdf")[:3000]),
        ("a.pdf", b"%PDF-1.7\nnothing"),
        ("a.txt", b"\xff\xfe\x00\xd8broken"),
        ("a.txt", "é".encode("latin-1")),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(600)),
        ("a.rtf", b"{\\rtf1 x}"),
    ],
)
def test_a_part_that_cannot_be_read_is_a_finding(name: str, content: bytes) -> None:
    assert "RC906" in codes(name, content)


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt", "a.csv", "a.json", "a.xml"])
@pytest.mark.parametrize(
    "content", [b"", b"<", b"\x00", b"{", b"[" * 100_000, b"<a>" * 50_000, b"%PDF-", b"PK\x03\x04"]
)
def test_no_bytes_stop_the_scan(name: str, content: bytes) -> None:
    assert isinstance(found(name, content), list)


def test_names_of_files_and_parts_are_not_shown_if_they_hold_a_name() -> None:
    findings = scan("Ninoslava Shchukinskaya.txt", b"x", matcher())
    assert [one.code for one in findings] == ["RC901"]
    assert "shchukin" not in repr(findings).lower()


def test_the_place_of_a_finding_is_named() -> None:
    body = b"<w:p><w:r><w:t>One.</w:t></w:r></w:p><w:p><w:r><w:t>Ninoslava Shchukinskaya</w:t></w:r></w:p>"
    made = archive({CONTENT: b'<w:document xmlns:w="urn:w"><w:body>' + body + b"</w:body></w:document>"})
    assert [one.message.partition(":")[0] for one in found("a.docx", made)] == [f"{CONTENT}, paragraph 2"]
    text = b"one\ntwo\nNinoslava Shchukinskaya\n"
    assert [one.message.partition(":")[0] for one in found("a.md", text)] == ["text, line 3"]
