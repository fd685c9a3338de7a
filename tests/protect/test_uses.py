"""Who may be in which document: persons of every level and every use, and all that the program makes of their cases."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from reprisal_cli.pipeline.preview import Shown, show
from tests.cli.nowhere import leaves
from tests.cli.run import committed, git, reprisal
from tests.protect.scanning import archive
from tests.support.builders import HRC_60, SETTINGS, case, person, workspace
from tests.support.built import unchecked

USES = ("report", "state", "oral", "press")
GA_80 = {
    **HRC_60,
    "id": "ga-80",
    "of": "hrc-60",
    "body": "general-assembly",
    "session": "80",
    "symbol": "A/80/999",
    "date": "2025-09-20",
}
KINDS = ("new", "follow-up", "mechanisms", "communications", "statistics", "index")
EDITIONS = [
    {**one, "notice": "Invented", "contents": [{"cases": "main"}, *({"annex": kind} for kind in KINDS)]}
    for one in (HRC_60, GA_80)
]

CONSENTS: dict[str, dict[str, Any]] = {
    **{use: {"level": "public-no-name", "uses": [use]} for use in USES},
    "every": {"level": "public-no-name", "uses": list(USES)},
    "nothing-said": {"level": "public-no-name"},
    **{
        level: {"level": level, "uses": list(USES)}
        for level in ("pending", "public-aggregate", "statistics-only", "internal-only", "none", "withdrawn")
    },
    "named": {"level": "public-name", "uses": list(USES)},
    "named-report": {"level": "public-name", "uses": ["report"]},
    "named-state": {"level": "public-name", "uses": ["state"]},
    "kept-by-risk": {"level": "public-name", "uses": list(USES)},
    "withheld-by-risk": {"level": "public-name", "uses": list(USES)},
    "told-before": {"level": "already-public", "source": "A/HRC/60/999"},
    "told-elsewhere": {"level": "already-public", "source": "A/HRC/42/999"},
}
NAMED = ("named", "named-report", "named-state", "kept-by-risk", "withheld-by-risk")

REPORT = {"report", "every", "nothing-said", "named", "named-report", "withheld-by-risk", "told-before"}
STATE = {"state", "every", "named", "named-state", "withheld-by-risk", "told-before"}
ORAL = {"oral", "every", "named", "withheld-by-risk", "told-before"}
NAMED_IN = {"report": {"named", "named-report"}, "state": {"named", "named-state"}, "oral": {"named"}}

DOCUMENTS: dict[str, tuple[str, set[str]]] = {
    "report": ("report", REPORT),
    "report --edition ga-80": ("report", REPORT),
    "annex --mechanism special-procedures": ("report", REPORT),
    "annex --mechanism special-procedures --form table": ("report", set()),
    "letter XXA": ("state", STATE),
    "dossier XXA": ("state", STATE),
    "president --session 58": ("oral", ORAL),
    "briefing": ("oral", set()),
    "redline HEAD~1 HEAD": ("report", REPORT),
}
"""Each document: for what use its readers may see somebody, and whom it must tell of (a table tells of nobody)."""

DESK = {
    "status --all --as-of 2025-08-06": set[str](),
    "status --all --as-of 2025-08-06 --output-format ics": set(),
    "status --all --as-of 2025-08-06 --output-format json": set(),
    "status --all --as-of 2025-08-06 --output-format markdown": set(),
    "consent due --within 9999": set(),
    "consent due --within 9999 --output-format json": set(),
    "case list": set(),
    "case list --output-format json": set(),
    "stats": set(),
    "stats --output-format json": set(),
    "validate --as-of 2025-08-06": set(),
    "validate --as-of 2025-08-06 --output-format sarif": set(),
    "validate --as-of 2025-08-06 --output-format github": set(),
    "guard": set(),
    "suggest XXA-2025-111 --as-of 2025-05-01": set(),
}
"""What the desk sees on a screen, in a calendar, in a log or a comment: nobody is described or named there."""


def mark(kind: str) -> str:
    return f"defender Q{list(CONSENTS).index(kind):02}Z"


def name(kind: str) -> str:
    """Invented: no name of anybody."""
    return f"Inventa Nemosova-{chr(ord('a') + list(CONSENTS).index(kind)) * 3}"


def of(kind: str) -> dict[str, Any]:
    decisions = {"kept-by-risk": "do-not-publish", "withheld-by-risk": "publish-withheld"}
    own = person(described=f"a {mark(kind)}", name=name(kind) if kind in NAMED else "withheld", consent=CONSENTS[kind])
    return case(
        f"XXA-2025-{101 + list(CONSENTS).index(kind)}",
        persons=[own],
        cooperation=[{"body": "hrc", "date": "2025-03-10"}],
        acts=[{"ref": "a1", "type": "threats", "date": "2025-03-11", "persons": ["p1"]}],
        risk={"date": "2025-02-25", "by": "desk-1", "decision": decisions.get(kind, "publish")},
        un_actions=[
            {"ref": "u1", "by": ["sr-defenders"], "kind": "communication", "letter": "AL", "date": "2025-03-20"}
            | {"number": f"XXA {1 + list(CONSENTS).index(kind)}/2025", "to": ["XXA"], "persons": ["p1"]}
        ],
        reports=[{"edition": "hrc-60", "symbol": "A/HRC/60/999", "part": "annex I", "state": "XXA"}],
        text={"hrc-60": {"main": "It was alleged that {p1} was threatened.", "annex": "Threats against {p1} ({u1})."}},
    )


@cache
def desk() -> Path:
    root = workspace(Path(mkdtemp(prefix="reprisal-uses-")), map(of, CONSENTS), EDITIONS, SETTINGS)
    committed(root)
    for path in root.glob("cases/*/*.yaml"):
        path.write_text(path.read_text().replace("was threatened", "was gravely threatened"))
    git(root, "commit", "-qam", "second")
    return root


@cache
def texts_of(words: str) -> str:
    """All that a command writes and says."""
    out = Path(mkdtemp(prefix="reprisal-uses-out-"))
    form = "html" if words.startswith("redline") else "md"
    with unchecked():
        ran = reprisal(desk(), "build", *words.split(), "--to", form, "--out", str(out))
    assert ran.code == 0, ran.err
    return "\n".join([plain(path) for path in sorted(out.iterdir())] + [ran.out, ran.err])


def plain(path: Path) -> str:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(part).decode("utf-8", "replace") for part in archive.namelist())
    return re.sub(r"<[^>]*>|\\(?=[^\w\s])", "", path.read_text())


def told(text: str) -> set[str]:
    return {kind for kind in CONSENTS if mark(kind) in text or name(kind) in text}


@pytest.mark.parametrize("words", DOCUMENTS)
def test_a_document_tells_of_those_whose_consent_is_for_it(words: str) -> None:
    use, expected = DOCUMENTS[words]
    text = texts_of(words)
    allowed = {"report": REPORT, "state": STATE, "oral": ORAL}[use]
    assert told(text) <= allowed
    assert told(text) >= expected
    assert {kind for kind in CONSENTS if name(kind) in text} <= NAMED_IN[use]
    if expected:
        assert {kind for kind in CONSENTS if name(kind) in text} == NAMED_IN[use]


def test_the_preview_shows_what_the_report_does() -> None:
    with unchecked():
        made = show(desk(), None, Shown(), {})
    assert made.page is not None, made
    text = re.sub(r"<[^>]*>", "", made.page.decode())
    assert told(text) == REPORT
    assert {kind for kind in CONSENTS if name(kind) in text} == NAMED_IN["report"]


@pytest.mark.parametrize("words", DESK)
def test_what_is_said_to_the_desk_describes_and_names_nobody(words: str) -> None:
    with unchecked():
        ran = reprisal(desk(), *words.split())
    assert ran.code in (0, 1), ran.err
    assert told(ran.out + ran.err) == set()


def test_every_document_is_here() -> None:
    """A new kind of document has to say here whom it tells of."""
    made = {words[1] for words in leaves() if words[0] == "build"}
    assert made == {words.split()[0] for words in DOCUMENTS}


def test_a_document_with_names_by_consent_comes_back(tmp_path: Path) -> None:
    """What was printed may be in it; a name whose consent is for another use may not."""
    with unchecked():
        assert reprisal(desk(), "build", "report", "--to", "docx", "--out", str(tmp_path)).code == 0
        document = tmp_path / "report.docx"
        ran = reprisal(desk(), "import", "word", str(document), "--dry-run")
        assert (ran.code, ran.err) == (0, ""), ran.err
        with zipfile.ZipFile(document) as held:
            parts = {part: held.read(part) for part in held.namelist()}
        body = parts["word/document.xml"]
        assert f"a {mark('every')}".encode() in body
        parts["word/document.xml"] = body.replace(f"a {mark('every')}".encode(), name("named-state").encode(), 1)
        document.write_bytes(archive(parts))
        ran = reprisal(desk(), "import", "word", str(document), "--dry-run")
    assert ran.code == 1
    assert "RC901" in ran.err
    assert name("named-state") not in ran.err + ran.out
