"""A finished report about Exampleland and its neighbours, all invented: what every writer has to be able to print."""

from __future__ import annotations

import struct
import zlib

from msgspec.structs import replace

from reprisal_cli.compile.tree import (
    Block,
    Choice,
    Cross,
    Emph,
    Facet,
    Front,
    Heading,
    Inline,
    Link,
    Note,
    Para,
    Part,
    Picture,
    Report,
    Table,
    Text,
    Value,
)

WORDS = {
    "contents": "Contents",
    "summary": "Summary",
    "paragraphs": "Paragraphs",
    "page": "Page",
    "annex-line": "{label}. {title}",
    "footnotes": "Footnotes",
    "skip": "Skip to the report",
    "place": "para. {number}",
    "place.annex": "annex {annex}, para. {number}",
    "web.find": "Find cases",
    "web.text": "Words in the text",
    "web.state": "State",
    "web.response": "Response of the State",
    "web.all": "All",
    "web.clear": "Show the whole document",
    "web.shown": "{count} of {all} cases are shown.",
    "web.nothing": "No case is found by this.",
    "web.go": "Go to the text",
    "web.copy": "Copy a reference to this paragraph",
    "web.copied": "Copied: {text}",
    "web.note": "Footnote {number}",
    "web.close": "Close",
    "web.table": "Table",
    "web.top": "Start of the page",
}
NOTICE = "Demonstration compiled from invented summaries; not a United Nations document"
HOSTILE = (
    r'C & A <b>x</b> $y$ {{ z }} \input{a} [^1] #set ```{=openxml} --- ... "a" \'b\' -? C:\new\table '
    '![a](/etc/passwd) =HYPERLINK("x") <script>alert(1)</script> ~ ^ _under_ *star* @ref <p5> // /* */ '
    "]] ]>> &amp; 1. - + سلام می‌خواهم \u200f العربية Ελλάδα Привет"
)


def text(*words: str) -> tuple[Inline, ...]:
    return tuple(Text(word) for word in words)


def front() -> Front:
    return Front(
        organization="United Nations",
        organ="General Assembly",
        symbol="A/HRC/99/1",
        version="Advance edited version",
        distribution="Distr.: General",
        date="25 September 2040",
        original="Original: English",
        body="Human Rights Council",
        session="Ninety-ninth session",
        session_dates="14 September–2 October 2040",
        agenda="Agenda items 2 and 5",
        agenda_titles=(
            "Annual report of the United Nations High Commissioner for Human Rights and reports of the Office of the "
            "High Commissioner and the Secretary-General",
            "Human rights bodies and mechanisms",
        ),
        title="Cooperation with the United Nations, its representatives and mechanisms in the field of human rights",
        author="Report of the Secretary-General",
        title_notes=(
            Note(
                text(
                    "The present report was submitted after the deadline so as to include the most recent information."
                ),
                mark="*",
            ),
            Note(
                text(
                    "The annexes to the present report are circulated as received, in the language of submission only."
                ),
                mark="**",
            ),
        ),
        job_number="GE.40-12345 (E)",
        notice=NOTICE,
        summary=(
            Para(
                "summary_1",
                text(
                    "The present report is submitted pursuant to Human Rights Council resolution 12/2. "
                    "It holds information on alleged acts of intimidation and reprisal in Exampleland "
                    "and elsewhere, including follow-up to cases in the previous report."
                ),
                False,
            ),
            Para(
                "summary_2",
                text("Owing to the word limit, more on selected cases is in annex I; follow-up is in annex II."),
                False,
            ),
        ),
    )


LONG = (
    "It was reported to OHCHR that a member of the Exampleland Association for Open Archives had allegedly been "
    "questioned for three hours on returning from a session of the Council, and that her travel document had been "
    "taken and not given back. The mandate holders addressed the allegations and asked for the legal basis of the "
    "measure."
)


def body() -> tuple[Block, ...]:
    return (
        Heading("h_intro", 1, text("Introduction"), label="I."),
        Para(
            "p_1",
            (
                *text("The present report is the "),
                Value("thirty-first", "f1"),
                *text(" report on the subject."),
                Note(text("Invented resolution 1/1, para. 2."), 1),
            ),
            number=1,
        ),
        Heading("h_activities", 1, text("Activities in response to acts of intimidation and reprisal"), label="II."),
        Para(
            "p_2",
            (
                *text("Mandate holders raised "),
                Emph(text("new")),
                *text(" cases concerning "),
                Value("three"),
                *text(" States; see paragraph "),
                Cross("p_5", "5"),
                *text(" and annex I, paras. "),
                Cross("a1_p1", "1"),
                *text("–"),
                Cross("a1_p3", "3"),
                *text("."),
            ),
            number=2,
        ),
        Para("p_3", (*text("The following steps were taken:"),), number=3),
        Para("p_3a", text("Letters were sent to two Governments;"), level=1, number=1),
        Para(
            "p_3b",
            (*text("A page was opened at "), Link("https://example.org/a?b=1&c=2#d", text("example.org")), *text(".")),
            level=1,
            number=2,
        ),
        Para(
            "p_4",
            (
                *text(LONG),
                Note(
                    (
                        *text("A/HRC/98/1, para. 4; see "),
                        Link("https://example.org/n", text("note")),
                        *text(" and para. "),
                        Cross("p_2", "2"),
                        *text("."),
                    ),
                    2,
                ),
            ),
            number=4,
        ),
        Heading(
            "h_cases",
            1,
            text(
                "Information received on cases of intimidation and reprisal for cooperation with "
                "the United Nations on human rights"
            ),
            label="III.",
        ),
        Heading("h_general", 2, text("General observations"), label="A."),
        Para("p_5", (*text(HOSTILE), Note(text(HOSTILE), 3)), number=5),
        Para("p_plain", text("An unnumbered paragraph stands between two numbered ones."), numbered=False),
        Table(
            "t_1",
            (text("Body"), text("Cases"), text("Paragraphs")),
            (
                (text("Special procedures"), (Value("12"),), (Cross("p_6", "6"),)),
                (text("Treaty bodies"), (Value("3"),), (*text("annex II, para. "), Cross("a2_p1", "1"))),
                (text(HOSTILE), (*text("1"), Note(text("Estimate."), 4)), text("-")),
            ),
            (0.5, 0.2, 0.3),
            text("Table 1. Cases by body"),
        ),
        picture(),
        Heading("h_summary", 2, text("Summary of cases"), label="B."),
        Heading("h_1st", 3, text("First group"), label="1."),
        Heading("h_exl", 4, text("Exampleland"), labelled=False, state="EXL"),
        Para("p_6", text(LONG), number=6, cases=("EXL-2039-001",)),
        Heading("h_nev", 4, text("Neverland (Republic of)"), labelled=False, state="NEV"),
        Para("p_7", (*text(LONG), Note(text("EXL 1/2040."), 6)), number=7, cases=("NEV-2040-001",)),
        Heading("h_2nd", 3, text("Second group"), label="2."),
        Para("p_8", text(LONG), number=8),
        Heading("h_end", 1, text("Conclusions and recommendations"), label="IV."),
        *(Para(f"p_{n}", text(LONG), number=n) for n in range(9, 21)),
    )


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120" viewBox="0 0 300 120">'
    b'<rect x="20" y="20" width="60" height="80" fill="#1f5fa8"/><rect x="120" y="60" width="60" height="40"/>'
    b'<text x="20" y="115" font-family="Times New Roman" font-size="12">Exampleland</text></svg>'
)
ALTERNATIVE = 'Bars: 12 cases in Exampleland, 3 in "Neverland" & <b>elsewhere</b>'


def png(width: int, height: int) -> bytes:
    """A picture of one grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def picture() -> Picture:
    return Picture(
        "fig_1",
        SVG,
        png(300, 120),
        ALTERNATIVE,
        Table(
            "fig_1_numbers",
            (text("State"), text("Cases")),
            ((text("Exampleland"), (Value("12"),)), (text("Neverland"), (*text("3"), Note(text("Estimate."), 5)))),
            (0.7, 0.3),
        ),
        text("Figure I. Cases by State"),
        0.6,
    )


def annex(key: str, label: str, title: str, note: int, second: str) -> Part:
    return Part(
        key=key,
        id=key.replace("-", "_"),
        label=label,
        title=title,
        blocks=(
            Heading(f"{second}_h1", 2, text("Exampleland"), label="1.", state="EXL"),
            Para(
                f"{second}_p1",
                (*text(LONG), Note(text("A/HRC/98/1, annex I, para. 4."), note)),
                number=1,
                cases=("EXL-2039-001",),
            ),
            Para(f"{second}_p2", text("Ärger: a second case."), number=2, cases=("EXL-2039-002",)),
            Para(f"{second}_p2a", text("First item;"), level=1, number=1),
            Para(f"{second}_p2b", text("Second item."), level=1, number=2),
            Heading(f"{second}_h2", 2, text("Neverland (Republic of)"), label="2.", state="NEV"),
            Para(
                f"{second}_p3",
                (
                    *text("See paragraph "),
                    Cross("p_7", "7"),
                    *text(" and annex paragraph "),
                    Cross(f"{second}_p1", "1"),
                    *text("."),
                ),
                number=3,
            ),
            Para(f"{second}_p4", (*text(LONG), Note(text("NEV 2/2040."), note + 1)), number=4, cases=("NEV-2040-001",)),
        ),
    )


def sample() -> Report:
    """The whole report."""
    return Report(
        language="en",
        front=front(),
        parts=(
            Part("main", body()),
            annex(
                "annex-1",
                "Annex I",
                "Comprehensive information on alleged cases of reprisals and intimidation",
                7,
                "a1",
            ),
            annex(
                "annex-2", "Annex II", "Information on alleged cases included in follow-up to previous reports", 9, "a2"
            ),
        ),
        words=WORDS,
        facets=(
            Facet(
                "state",
                (Choice("Exampleland", ("EXL-2039-001", "EXL-2039-002")), Choice("Neverland", ("NEV-2040-001",))),
            ),
            Facet("response", (Choice("Reply received", ("EXL-2039-002",)), Choice(HOSTILE, ("NEV-2040-001",)))),
        ),
    )


def one(*inlines: Inline) -> Report:
    """A report of one numbered paragraph."""
    report = sample()
    part = Part("main", (Heading("h_1", 1, text("Introduction"), label="I."), Para("p_1", inlines, number=1)))
    return replace(report, parts=(part,), facets=(), front=replace(report.front, summary=(), title_notes=()))
