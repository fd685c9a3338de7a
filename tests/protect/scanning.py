"""Documents with something planted in them, and the secrets that are planted. All names are invented."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import Any

import pypdf
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.protect.scan.gate import scan
from reprisal_cli.protect.scan.match import Matcher, matcher_of
from reprisal_cli.protect.secrets import Identity, Secrets
from tests.support.builders import ROOT, case, compiled

SERGIN = "XXA-2025-001"
ALARABILI = "XXA-2025-002"
XIAOYU = "XXA-2025-003"
NINO = "XXA-2025-004"
LUCJA = "XXA-2025-005"

IDENTITIES = (
    Identity(
        SERGIN,
        "p1",
        ("Нинослава Щукинская", "Ninoslava Shchukinskaya"),
        ("ninoshch@mail.example", "+999 22 555 01 99", "Invented Street 5, Zilborough", "@ninoshch_x"),
    ),
    Identity(ALARABILI, "p1", ("محمد العربيلي", "Mohammed Alarabili"), ()),
    Identity(XIAOYU, "p1", ("王小漁", "Wang Xiaoyu"), ()),
    Identity(NINO, "s1", ("ნინო ხარაშვილელი",), ()),
    Identity(LUCJA, "p2", ("Łucja Grünöwska", "Lucja Gruenoewska"), ()),
)
SECRETS = Secrets(IDENTITIES, places={one.case: ("Exampleland",) for one in IDENTITIES}, keyed=True)

SPELLINGS: tuple[tuple[str, str, str], ...] = (
    ("as it is", "Ninoslava Shchukinskaya", SERGIN),
    ("capitals", "NINOSLAVA SHCHUKINSKAYA", SERGIN),
    ("small letters", "ninoslava shchukinskaya", SERGIN),
    ("reversed order", "Shchukinskaya Ninoslava", SERGIN),
    ("reversed with comma", "SHCHUKINSKAYA, Ninoslava", SERGIN),
    ("Cyrillic", "Нинослава Щукинская", SERGIN),
    ("Cyrillic reversed", "ЩУКИНСКАЯ Нинослава", SERGIN),
    ("other transliteration", "Ninoslava Schtschukinskaja", SERGIN),
    ("near spelling", "Ninoslawa Shukinskaya", SERGIN),
    ("hyphen at a line end", "Ninoslava Shchukin-\nskaya", SERGIN),
    ("line end", "Ninoslava\nShchukinskaya", SERGIN),
    ("zero-width space", "Nino\u200bslava Shchu\u200bkinskaya", SERGIN),
    ("zero-width joiner", "Ninoslava\u2060 Shchu\u200dkinskaya", SERGIN),
    ("soft hyphen", "Nino\u00adslava Shchukin\u00adskaya", SERGIN),
    ("Cyrillic lookalikes", "Ninоslаvа Shсhukinskаyа", SERGIN),
    ("Greek lookalikes", "Νinοslava Shchukιnskaya", SERGIN),
    ("digits for letters", "N1n0slava Shchuk1nskaya", SERGIN),
    ("spaced letters", "N i n o s l a v a S h c h u k i n s k a y a", SERGIN),
    ("dotted letters", "N.i.n.o.s.l.a.v.a S.h.c.h.u.k.i.n.s.k.a.y.a", SERGIN),
    ("wide letters", "Ｎｉｎｏｓｌａｖａ　Ｓｈｃｈｕｋｉｎｓｋａｙａ", SERGIN),
    ("mathematical letters", "𝐍𝐢𝐧𝐨𝐬𝐥𝐚𝐯𝐚 𝐒𝐡𝐜𝐡𝐮𝐤𝐢𝐧𝐬𝐤𝐚𝐲𝐚", SERGIN),
    ("no-break space", "Ninoslava\u00a0Shchukinskaya", SERGIN),
    ("hashtag", "#FreeNinoslavaShchukinskaya", SERGIN),
    ("hashtag in small letters", "#freeninoslavashchukinskaya", SERGIN),
    ("underscores", "ninoslava_shchukinskaya", SERGIN),
    ("e-mail of the name", "ninoslava.shchukinskaya@elsewhere.example", SERGIN),
    ("web address", "https://www.example.org/free-ninoslava-shchukinskaya", SERGIN),
    ("e-mail", "ninoshch@mail.example", SERGIN),
    ("e-mail with spaces", "ninoshch @ mail . example", SERGIN),
    ("telephone", "+999 22 555 01 99", SERGIN),
    ("telephone written otherwise", "022/555.01.99", SERGIN),
    ("handle", "@ninoshch_x", SERGIN),
    ("initial and family name", "N. Shchukinskaya", SERGIN),
    ("family name and initial", "Shchukinskaya N.", SERGIN),
    ("initials with the place", "N. S. of Exampleland", SERGIN),
    ("turned by a sign", "\u202eayaksnikuhchS avalsoniN\u202c", SERGIN),
    ("lookalike letters rn", "Moharnrned Alarabili", ALARABILI),
    ("Arabic", "محمد العربيلي", ALARABILI),
    ("Arabic with vowels", "مُحَمَّد العَرَبِيلي", ALARABILI),
    ("Arabic drawn out", "محـمد العـربيلي", ALARABILI),
    ("Arabic forms for print", "ﻣﺤﻤﺪ ﺍﻟﻌﺮﺑﻴﻠﻲ", ALARABILI),
    ("Muhammad", "Muhammad Al-Arabili", ALARABILI),
    ("Mohamed", "Mohamed El Arabili", ALARABILI),
    ("Chinese", "王小漁", XIAOYU),
    ("Chinese with spaces", "王 小 漁", XIAOYU),
    ("pinyin apart", "Wang Xiao Yu", XIAOYU),
    ("pinyin reversed with hyphen", "Xiao-yu WANG", XIAOYU),
    ("Georgian", "ნინო ხარაშვილელი", NINO),
    ("Georgian in Latin", "Nino Kharashvileli", NINO),
    ("Georgian in Cyrillic", "Нино Харашвилели", NINO),
    ("diacritics", "Łucja Grünöwska", LUCJA),
    ("diacritics apart", "Łucja Gru\u0308no\u0308wska", LUCJA),
    ("without diacritics", "Lucja Grunowska", LUCJA),
    ("umlauts spelled out", "Lucja Gruenoewska", LUCJA),
)


@cache
def matcher() -> Matcher:
    return matcher_of(SECRETS)


def found(name: str, content: bytes, thorough: bool = True) -> list[Diagnostic]:
    return scan(name, content, matcher(), thorough)


def names_the_case(findings: list[Diagnostic], case_id: str) -> bool:
    return any(one.code in ("RC901", "RC902") and case_id in one.message for one in findings)


# --- clean outputs of our own writers --------------------------------------------------------------------------------


@cache
def output(fmt: str) -> bytes:
    """A small report, as our writers make it."""
    from reprisal_cli.render.house import load_house
    from reprisal_cli.render.writers import render

    report, _ = compiled([case(text={"hrc-60": {"annex": "It was alleged that {p1} was threatened.^[A note.]"}})])
    return render(report, fmt, load_house(ROOT / "templates" / "house"), 0)


Plant = Callable[[str], bytes]


# --- docx ------------------------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CONTENT = "word/document.xml"


@cache
def docx_parts() -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(output("docx"))) as file:
        return {name: file.read(name) for name in file.namelist()}


def archive(parts: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, data in parts.items():
            file.writestr(name, data)
        file.comment = comment[:60000]
    return out.getvalue()


def with_part(name: str, content: str | bytes) -> bytes:
    return archive({**docx_parts(), name: content.encode() if isinstance(content, str) else content})


def in_body(xml: str) -> bytes:
    body = docx_parts()[CONTENT]
    at = body.index(b"<w:sectPr") if b"<w:sectPr" in body else body.rindex(b"</w:body>")
    start = body.rindex(b"<w:p>", 0, at) if body.rfind(b"<w:p><w:pPr><w:sectPr", 0, at) >= 0 else at
    return archive({**docx_parts(), CONTENT: body[:start] + xml.encode() + body[start:]})


def thirds(text: str) -> tuple[str, str, str]:
    one = max(1, len(text) // 3)
    return escape(text[:one]), escape(text[one : 2 * one]), escape(text[2 * one :])


def runs(text: str, element: str = "t") -> str:
    return "".join(
        f'<w:r><w:rPr/><w:{element} xml:space="preserve">{part}</w:{element}></w:r>' for part in thirds(text)
    )


def in_core(text: str) -> bytes:
    core = docx_parts()["docProps/core.xml"].decode()
    return with_part(
        "docProps/core.xml",
        core.replace("</cp:coreProperties>", f"<cp:keywords>{escape(text)}</cp:keywords></cp:coreProperties>"),
    )


def halves(text: str, between: str, about: str = "") -> bytes:
    """A text in two runs, with something between them that a reader does not see."""
    one, two = escape(text[: len(text) // 2]), escape(text[len(text) // 2 :])
    run = f'<w:r>{about}<w:t xml:space="preserve">'
    return in_body(f"<w:p>{run}{one}</w:t></w:r>{between}{run}{two}</w:t></w:r></w:p>")


PROPERTIES = '<w:rPr><w:rFonts w:ascii="X"/><w:color w:val="FF0000"/><w:sz w:val="22"/><w:lang w:val="fr"/></w:rPr>'

DOCX: Mapping[str, Plant] = {
    "runs with properties": lambda text: halves(text, "", PROPERTIES),
    "around a mark of a comment": lambda text: halves(text, '<w:commentRangeStart w:id="1"/>'),
    "around a reference to a note": lambda text: halves(text, '<w:r><w:footnoteReference w:id="2"/></w:r>'),
    "around a picture": lambda text: halves(text, '<w:r><w:drawing><a><b n="1"/></a></w:drawing></w:r>'),
    "around hidden text": lambda text: halves(text, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>or</w:t></w:r>"),
    "title of a chart": lambda text: with_part(
        "word/charts/chart1.xml",
        '<c:chart xmlns:c="urn:c" xmlns:a="urn:a"><a:p>'
        + "".join(f"<a:r><a:rPr><a:latin/></a:rPr><a:t>{part}</a:t></a:r>" for part in thirds(text))
        + "</a:p></c:chart>",
    ),
    "web extension": lambda text: with_part(
        "word/webextensions/webextension1.xml", f'<we:property xmlns:we="urn:we" value="{escape(_json(text), True)}"/>'
    ),
    "endnote": lambda text: with_part(
        "word/endnotes.xml", f"<w:endnotes {W}><w:endnote><w:p>{runs(text)}</w:p></w:endnote></w:endnotes>"
    ),
    "glossary": lambda text: with_part(
        "word/glossary/document.xml",
        f"<w:glossaryDocument {W}><w:docPart><w:p>{runs(text)}</w:p></w:docPart></w:glossaryDocument>",
    ),
    "letter of e-mail": lambda text: with_part("word/afchunk.mht", letter(text)),
    "runs": lambda text: in_body(f"<w:p>{runs(text)}</w:p>"),
    "runs of a paragraph around": lambda text: in_body(
        f"<w:p><w:r><w:t>Said </w:t></w:r>{runs(text)}<w:r><w:t> then.</w:t></w:r></w:p>"
    ),
    "cell": lambda text: in_body(f"<w:tbl><w:tr><w:tc><w:p>{runs(text)}</w:p></w:tc></w:tr></w:tbl>"),
    "text box": lambda text: in_body(
        f"<w:p><w:r><w:pict><w:txbxContent><w:p>{runs(text)}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    ),
    "hidden text": lambda text: in_body(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>"),
    "deleted text": lambda text: in_body(f'<w:p><w:del w:id="1" w:author="x">{runs(text, "delText")}</w:del></w:p>'),
    "author of a change": lambda text: in_body(
        f'<w:p><w:ins w:id="1" w:author="{escape(text)}"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'
    ),
    "field code": lambda text: in_body(f"<w:p>{runs(text, 'instrText')}</w:p>"),
    "alternative text": lambda text: in_body(
        f'<w:p><w:r><w:drawing><wp:docPr xmlns:wp="urn:wp" descr="{escape(text)}"/></w:drawing></w:r></w:p>'
    ),
    "bookmark": lambda text: in_body(f'<w:p><w:bookmarkStart w:id="7" w:name="{escape(text)}"/></w:p>'),
    "XML comment": lambda text: in_body(f"<!-- {text} -->"),
    "comment": lambda text: with_part(
        "word/comments.xml",
        f'<w:comments {W}><w:comment w:id="0" w:author="x"><w:p>{runs(text)}</w:p></w:comment></w:comments>',
    ),
    "footnote": lambda text: with_part(
        "word/footnotes2.xml", f"<w:footnotes {W}><w:footnote><w:p>{runs(text)}</w:p></w:footnote></w:footnotes>"
    ),
    "header": lambda text: with_part("word/header9.xml", f"<w:hdr {W}><w:p>{runs(text)}</w:p></w:hdr>"),
    "core property": in_core,
    "app property": lambda text: with_part(
        "docProps/app.xml", f"<Properties><Company>{escape(text)}</Company></Properties>"
    ),
    "custom property": lambda text: with_part(
        "docProps/custom.xml", f'<Properties><property name="{escape(text)}"><lpwstr>x</lpwstr></property></Properties>'
    ),
    "custom XML": lambda text: with_part("customXml/item1.xml", f"<root><name>{escape(text)}</name></root>"),
    "document variable": lambda text: with_part(
        "word/settings2.xml",
        f'<w:settings {W}><w:docVars><w:docVar w:name="a" w:val="{escape(text)}"/></w:docVars></w:settings>',
    ),
    "target of a link": lambda text: with_part(
        "word/_rels/header9.xml.rels",
        f'<Relationships><Relationship Id="r1" Target="{escape(text)}" TargetMode="External"/></Relationships>',
    ),
    "embedded Word file": lambda text: with_part("word/embeddings/a.docx", in_body(f"<w:p>{runs(text)}</w:p>")),
    "embedded table": lambda text: with_part(
        "word/embeddings/a.xlsx",
        archive({"xl/sharedStrings.xml": f"<sst><si><t>{escape(text)}</t></si></sst>".encode()}),
    ),
    "embedded text": lambda text: with_part("word/embeddings/a.txt", text),
    "name of a part": lambda text: with_part(f"word/media/{text.replace('/', '_')}.txt", "x"),
    "comment of the archive": lambda text: archive(docx_parts(), text.encode()),
}


def letter(text: str) -> bytes:
    """A letter of e-mail in one of its two ways of writing signs, with the text in its head too."""
    head = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    return head + quopri.encodestring(f"<p>{escape(text)}</p>".encode())


# --- web pages -------------------------------------------------------------------------------------------------------


def page(before: str, planted: str) -> bytes:
    text = output("html").decode()
    at = text.index(before)
    return (text[:at] + planted + text[at:]).encode()


def _svg(text: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{escape(text)}</title></svg>'
    return base64.b64encode(svg.encode()).decode()


def _coded(text: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text)


def _json(text: str) -> str:
    import json

    return json.dumps({"name": text})


HTML: Mapping[str, Plant] = {
    "text in elements": lambda text: page(
        "</body>", "<p>" + "".join(f"<b>{part}</b>" for part in thirds(text)) + "</p>"
    ),
    "coded signs": lambda text: page("</body>", f"<p>{_coded(text)}</p>"),
    "attribute": lambda text: page("</body>", f'<p data-x="{escape(text)}">x</p>'),
    "alternative text": lambda text: page("</body>", f'<img alt="{escape(text)}">'),
    "address": lambda text: page("</body>", f'<a href="mailto:{_percent(text)}">x</a>'),
    "comment": lambda text: page("</body>", f"<!-- {text} -->"),
    "title": lambda text: page("</title>", " " + escape(text)),
    "description": lambda text: page("</head>", f'<meta name="description" content="{escape(text)}">'),
    "style": lambda text: page("</style>", f"/* {text} */"),
    "JSON": lambda text: page("</head>", f'<script type="application/json">{_json(text)}</script>'),
    "hidden": lambda text: page("</body>", f"<div hidden>{escape(text)}</div>"),
    "embedded picture": lambda text: page("</body>", f'<img alt="" src="data:image/svg+xml;base64,{_svg(text)}">'),
    "page in an attribute": lambda text: page("</body>", f'<iframe srcdoc="{escape(_coded(text), True)}"></iframe>'),
    "around a picture": lambda text: page("</body>", f'<p>{escape(text[:4])}<img alt="">{escape(text[4:])}</p>'),
    "pieces of a drawing": lambda text: page(
        "</body>", "<svg><text>" + "".join(f"<tspan>{part}</tspan>" for part in thirds(text)) + "</text></svg>"
    ),
    "after the end": lambda text: output("html") + f"<!-- {text} -->".encode(),
}


def _percent(text: str) -> str:
    from urllib.parse import quote

    return quote(text)


# --- OpenDocument and EPUB -------------------------------------------------------------------------------------------

ODF = (
    'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:draw="urn:d" xmlns:svg="urn:s" xmlns:dc="urn:dc" xmlns:meta="urn:m"'
)


def odt(body: str = "", meta: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    content = f"<office:document-content {ODF}><text:p>It was alleged.</text:p>{body}</office:document-content>"
    about = f"<office:document-meta {ODF}>{meta}</office:document-meta>"
    parts = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()}
    return archive({**parts, "meta.xml": about.encode(), **(more or {})})


def spans(text: str) -> str:
    return "".join(f"<text:span>{part}</text:span>" for part in thirds(text))


def around(text: str, between: str) -> bytes:
    return odt(f"<text:p>{escape(text[:6])}{between}{escape(text[6:])}</text:p>")


ODT: Mapping[str, Plant] = {
    "around a footnote": lambda text: around(
        text,
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>"
        "</text:note-body></text:note>",
    ),
    "around a comment": lambda text: around(
        text, "<office:annotation><dc:creator>x</dc:creator><text:p>A note.</text:p></office:annotation>"
    ),
    "around a frame": lambda text: around(text, '<draw:frame draw:name="q"><draw:text-box/></draw:frame>'),
    "header": lambda text: odt(more={"styles.xml": f"<o {ODF}><text:p>{spans(text)}</text:p></o>".encode()}),
    "setting": lambda text: odt(more={"settings.xml": f"<item>{escape(text)}</item>".encode()}),
    "spans": lambda text: odt(f"<text:p>{spans(text)}</text:p>"),
    "heading": lambda text: odt(f"<text:h>{spans(text)}</text:h>"),
    "note": lambda text: odt(
        f"<text:p>x<office:annotation><text:p>{spans(text)}</text:p></office:annotation></text:p>"
    ),
    "deleted text": lambda text: odt(
        f"<text:tracked-changes><text:deletion><text:p>{spans(text)}</text:p></text:deletion></text:tracked-changes>"
    ),
    "alternative text": lambda text: odt(f"<draw:frame><svg:desc>{escape(text)}</svg:desc></draw:frame>"),
    "name of a frame": lambda text: odt(f'<draw:frame draw:name="{escape(text)}"/>'),
    "property": lambda text: odt(meta=f"<dc:creator>{escape(text)}</dc:creator>"),
    "own property": lambda text: odt(meta=f'<meta:user-defined meta:name="x">{escape(text)}</meta:user-defined>'),
    "object": lambda text: odt(more={"Object 1/content.xml": f"<a>{escape(text)}</a>".encode()}),
    "file in it": lambda text: odt(more={"Object 2": odt(f"<text:p>{spans(text)}</text:p>")}),
    "name of a part": lambda text: odt(more={f"Pictures/{text.replace('/', '_')}.txt": b"x"}),
}


def epub(body: str = "", about: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    page = f'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Text.</p>{body}</body></html>'
    package = f'<package xmlns:dc="urn:dc"><metadata>{about}</metadata></package>'
    parts = {"mimetype": b"application/epub+zip", "EPUB/a.xhtml": page.encode(), "EPUB/content.opf": package.encode()}
    return archive({**parts, **(more or {})})


EPUB: Mapping[str, Plant] = {
    "text in elements": lambda text: epub("<p>" + "".join(f"<i>{part}</i>" for part in thirds(text)) + "</p>"),
    "alternative text": lambda text: epub(f'<img alt="{escape(text)}"/>'),
    "comment": lambda text: epub(f"<!-- {text} -->"),
    "creator": lambda text: epub(about=f"<dc:creator>{escape(text)}</dc:creator>"),
    "contents": lambda text: epub(more={"EPUB/toc.ncx": f"<ncx><text>{escape(text)}</text></ncx>".encode()}),
    "navigation": lambda text: epub(
        more={"EPUB/nav.xhtml": f"<html><nav><ol><li><a>{escape(text)}</a></li></ol></nav></html>".encode()}
    ),
    "cover": lambda text: epub(more={"EPUB/cover.svg": f"<svg><text>{escape(text)}</text></svg>".encode()}),
    "style": lambda text: epub(more={"EPUB/a.css": f"/* {text} */".encode()}),
    "broken page": lambda text: epub(f"<p>&nbsp;{escape(text)}<br></p>"),
    "name of a part": lambda text: epub(more={f"EPUB/{text.replace('/', '_')}.css": b"x"}),
}


# --- PDF -------------------------------------------------------------------------------------------------------------


def _writer() -> pypdf.PdfWriter:
    return pypdf.PdfWriter(clone_from=io.BytesIO(output("pdf")))


def _bytes(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def in_pdf(change: Callable[[pypdf.PdfWriter, str], Any]) -> Plant:
    def plant(text: str) -> bytes:
        writer = _writer()
        change(writer, text)
        return _bytes(writer)

    return plant


def page_text(writer: pypdf.PdfWriter, text: str) -> None:
    """Text on a page, by a font that numbers its signs and brings a table for them, as typst's do; in three pieces."""
    signs = sorted(set(text.replace("\n", " ")))
    pairs = "\n".join(f"<{at + 1:04x}> <{sign.encode('utf-16-be').hex()}>" for at, sign in enumerate(signs))
    cmap = DecodedStreamObject()
    space = "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange"
    cmap.set_data(f"{space}\n{len(signs)} beginbfchar\n{pairs}\nendbfchar".encode())
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/X"),
            NameObject("/DW"): NumberObject(500),
        }
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/X"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([writer._add_object(descendant)]),
            NameObject("/ToUnicode"): writer._add_object(cmap),
        }
    )
    shown = []
    for number, line in enumerate(text.split("\n")):
        codes = ["".join(f"{signs.index(sign) + 1:04x}" for sign in line)]
        codes = [codes[0][:8], codes[0][8:]]
        shown.append(f"BT /F9 10 Tf 1 0 0 1 60 {400 - 14 * number} Tm [<{codes[0]}> 7 <{codes[1]}>] TJ ET")
    content = DecodedStreamObject()
    content.set_data("\n".join(shown).encode())
    page = writer.add_blank_page(500, 500)
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F9"): writer._add_object(font)})}
    )


def _note(writer: pypdf.PdfWriter, text: str) -> None:
    from pypdf.annotations import FreeText

    writer.add_annotation(0, FreeText(text=text, rect=(10, 10, 90, 90)))


def _link(writer: pypdf.PdfWriter, text: str) -> None:
    from pypdf.annotations import Link

    writer.add_annotation(0, Link(rect=(10, 10, 90, 90), url=text))


def _field(writer: pypdf.PdfWriter, text: str) -> None:
    writer._add_object(
        DictionaryObject({NameObject("/FT"): NameObject("/Tx"), NameObject("/V"): TextStringObject(text)})
    )


def _other_text(writer: pypdf.PdfWriter, text: str) -> None:
    writer._add_object(
        DictionaryObject({NameObject("/S"): NameObject("/Figure"), NameObject("/Alt"): TextStringObject(text)})
    )


def _script(writer: pypdf.PdfWriter, text: str) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(f"var a = '{text}';")}
    writer._add_object(DictionaryObject(script))


def _metadata(writer: pypdf.PdfWriter, text: str) -> None:
    stream = DecodedStreamObject()
    stream.set_data(
        f"<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{escape(text)}</a></x:xmpmeta>".encode()
    )
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)


def _mark(writer: pypdf.PdfWriter, text: str) -> None:
    content = DecodedStreamObject()
    content.set_data(b"/Span <</ActualText <feff" + text.encode("utf-16-be").hex().encode() + b">>> BDC EMC")
    page = writer.add_blank_page(500, 500)
    page[NameObject("/Contents")] = writer._add_object(content)


def earlier(text: str) -> bytes:
    """A file that was added to: its first version shows the text, its last does not."""
    writer = _writer()
    page_text(writer, text)
    first = _bytes(writer)
    changed = pypdf.PdfWriter(io.BytesIO(first), incremental=True)
    changed.pages[-1][NameObject("/Contents")] = DecodedStreamObject()
    changed.pages[-1][NameObject("/Rotate")] = NumberObject(0)
    return _bytes(changed)


def _stream(writer: pypdf.PdfWriter, content: bytes, **about: Any) -> None:
    stream = DecodedStreamObject()
    stream.set_data(content)
    stream.update({NameObject(f"/{key}"): value for key, value in about.items()})
    writer._add_object(stream)


def _rows(writer: pypdf.PdfWriter, text: str) -> None:
    """A packed stream in rows of eight bytes, each as its difference from the one above."""
    raw = text.encode()
    raw += b" " * (-len(raw) % 8)
    above, out = bytes(8), b""
    for at in range(0, len(raw), 8):
        row = raw[at : at + 8]
        out += b"\x02" + bytes((one - other) % 256 for one, other in zip(row, above, strict=True))
        above = row
    parms = {NameObject("/Predictor"): NumberObject(12), NameObject("/Columns"): NumberObject(8)}
    _stream(writer, zlib.compress(out), Filter=NameObject("/FlateDecode"), DecodeParms=DictionaryObject(parms))


def _strings(key: str, around: str = "{}") -> Plant:
    """A string of an object, whole or with marks between its letters."""
    pieces = "</i><i>" if around != "{}" else ""

    def change(writer: pypdf.PdfWriter, text: str) -> None:
        held = around.format(pieces.join(thirds(text)) if pieces else text)
        writer._add_object(DictionaryObject({NameObject(key): TextStringObject(held)}))

    return in_pdf(change)


PDF: Mapping[str, Plant] = {
    "label of pages": _strings("/P"),
    "name of a layer": _strings("/Name"),
    "name of a field": _strings("/TU"),
    "note with marks": _strings("/RC", "<body><p><i>{}</i></p></body>"),
    "stream in rows": in_pdf(_rows),
    "font": in_pdf(lambda writer, text: _stream(writer, text.encode(), Length1=NumberObject(9))),
    "table of signs": in_pdf(lambda writer, text: _stream(writer, text.encode(), CMapName=NameObject("/X"))),
    "before the file": lambda text: text.encode() + b"\n" + output("pdf"),
    "after the end": lambda text: output("pdf") + b"\n" + text.encode(),
    "page": in_pdf(page_text),
    "page of an earlier version": earlier,
    "title": in_pdf(lambda writer, text: writer.add_metadata({"/Title": text})),
    "own property": in_pdf(lambda writer, text: writer.add_metadata({"/Reviewer": text})),
    "metadata": in_pdf(_metadata),
    "note": in_pdf(_note),
    "link": in_pdf(_link),
    "bookmark": in_pdf(lambda writer, text: writer.add_outline_item(title=text, page_number=0)),
    "attached text": in_pdf(lambda writer, text: writer.add_attachment("a.txt", text.encode())),
    "attached Word file": in_pdf(
        lambda writer, text: writer.add_attachment("a.docx", archive({CONTENT: f"<p>{escape(text)}</p>".encode()}))
    ),
    "name of an attachment": in_pdf(lambda writer, text: writer.add_attachment(text, b"x")),
    "form field": in_pdf(_field),
    "alternative text": in_pdf(_other_text),
    "text of a mark": in_pdf(_mark),
    "script": in_pdf(_script),
}
