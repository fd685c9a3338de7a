"""What cannot be read is a finding: encrypted and broken files, bombs, hidden bytes, unknown parts."""

from __future__ import annotations

import base64
import gzip
import io
import time
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


def with_picture() -> bytes:
    """A page with a line of text and a picture."""
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    page = b"BT /F1 12 Tf 72 720 Td (Hello) Tj ET /I Do"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R"
        b"/Resources<</Font<</F1 6 0 R>>/XObject<</I 4 0 R>>>>>>",
        picture + b"\nstream\n\x00\nendstream",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 7\n0000000000 65535 f \n%strailer\n<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (table, len(out))


PNG = b"\x89PNG\r\n\x1a\n" + bytes(600)
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
        ("a.png", PNG),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(600)),
        ("a.gz", gzip.compress(b"Ninoslava Shchukinskaya", mtime=0)),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100)),
        ("a.zip", archive({"inner.zip": archive({"a.gz": gzip.compress(b"x", mtime=0)})})),
        ("a.age", b"age-encryption.org/v1\n-> X25519 x\n" + bytes(range(256))),
        ("a.txt", b"Dear all,\n-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n"),
        ("a.txt", b"-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n"),
    ],
)
def test_a_part_that_cannot_be_read_is_a_finding(name: str, content: bytes) -> None:
    assert "RC906" in codes(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", with_part("word/media/image1.png", PNG)),
        ("a.html", b'<html><body><img src="data:image/png;base64,' + base64.b64encode(PNG) + b'"></body></html>'),
        ("a.pdf", with_picture()),
    ],
)
def test_a_picture_in_a_document_from_elsewhere_is_never_called_clean(name: str, content: bytes) -> None:
    """Nearly every letter has one, so it is a warning; a name in what it shows is for people to see."""
    findings = scan(name, content, matcher(), thorough=True)
    assert [(one.code, one.severity.value) for one in findings] == [("RC907", "warning")]
    assert not scan(name, content, matcher()), "the pictures of a build are its own"


def test_errors_are_shown_before_any_number_of_pictures() -> None:
    parts = {f"word/media/image{number}.png": PNG for number in range(300)}
    body = b'<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>Ninoslava Shchukinskaya</w:t></w:r></w:p></w:body>'
    made = archive({**parts, CONTENT: body + b"</w:document>"})
    assert scan("a.docx", made, matcher(), thorough=True)[0].code == "RC901"


@pytest.mark.parametrize("width", [24, 76, 10_000])
def test_what_is_packed_in_a_letter_of_email_is_read(width: int) -> None:
    for inner in (b"Dear Ninoslava Shchukinskaya, hello.", with_part("x.xml", "<a>Ninoslava Shchukinskaya</a>")):
        packed = base64.b64encode(inner).decode()
        lines = "\r\n".join(packed[at : at + width] for at in range(0, len(packed), width))
        letter = f"Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n{lines}\r\n\r\n--end".encode()
        assert "RC901" in {one.code for one in scan("a.eml", letter, matcher(), thorough=True)}


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


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n" + b"1 0 obj " * 200_000),
        ("a.pdf", b"%PDF-1.7\n1" + b" " * 800_000 + b"x"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj (" + b"<a" * 300_000 + b") endobj"),
        ("a.eml", b"quoted-printable\n" + b"=?utf-8?q?" * 100_000),
        ("a.eml", b"quoted-printable charset=x\n" + b"=C3" * 300_000),
        ("a.xml", b"<a>" + b"<b/>" * 300_000 + b"</a>"),
    ],
    ids=["objects without end", "a long line", "marks without end", "heads without end", "signs", "empty elements"],
)
def test_no_document_keeps_the_scan_busy(name: str, content: bytes) -> None:
    began = time.process_time()
    found(name, content)
    assert time.process_time() - began < 5
