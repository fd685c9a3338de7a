"""A State's reply: text and day are taken out, the document is sealed, and no word of it lands anywhere by itself."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import docx
import pyrage
import pytest
import typst

from reprisal_cli.parse import parse
from reprisal_cli.protect.received import read_received
from reprisal_cli.protect.received_dates import dates_in
from reprisal_cli.protect.vault import Keys
from reprisal_cli.protect.vault_files import Vault, document_path, open_file
from tests.cli.run import Ran, reprisal
from tests.protect.vaults import identity, vault
from tests.support.rulebook import FIRST, workspace

SECRET = "Inventa Nemosova"
LETTER = (
    "PERMANENT MISSION OF EXAMPLELAND",
    "With reference to the note verbale of 10 June 2025, the Permanent Mission transmits the following.",
    f"Ms. {SECRET} was tried in public.",
    "Nothing happened.",
    "Exampletown, 15 July 2025",
)
AS_OF = ("--as-of", "2026-02-01")
TRANSMITTED = """
status: transmitted
responses: REMOVE
text: REMOVE
reports: REMOVE
signoffs: REMOVE
history:
  - {date: 2025-02-03, status: received, by: desk-1}
  - {date: 2025-02-05, status: screened, by: desk-1}
  - {date: 2025-02-20, status: verified, by: desk-1}
  - {date: 2025-02-25, status: cleared, by: desk-1}
  - {date: 2025-03-01, status: transmitted, by: desk-1}
"""


def word(*paragraphs: str) -> bytes:
    made, out = docx.Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def pdf(*paragraphs: str) -> bytes:
    return bytes(typst.compile("\n\n".join(paragraphs).encode()))


def text(*paragraphs: str) -> bytes:
    return "\n\n".join(paragraphs).encode()


MAKERS = {"docx": word, "pdf": pdf, "txt": text}


@pytest.fixture
def key() -> pyrage.x25519.Identity:
    return identity()


@pytest.fixture
def root(tmp_path: Path, key: pyrage.x25519.Identity) -> Path:
    """The whole example without its replies to the note verbale, with a vault."""
    made = workspace(tmp_path / "w", TRANSMITTED)
    vault(made, key, identity())
    return made


def respond(root: Path, *arguments: str) -> Ran:
    return reprisal(root, "case", "respond", "XXA-2025-001", *arguments, *AS_OF)


def replies(root: Path) -> list[dict[str, str]]:
    return list((parse((root / FIRST).read_bytes(), "").data or {}).get("responses", []))


def held(root: Path, key: pyrage.x25519.Identity, name: str) -> bytes:
    return open_file(Vault(root / "vault", "vault"), document_path("XXA-2025-001", name), Keys((key,)))


@pytest.mark.parametrize("ending", MAKERS)
def test_the_day_is_taken_out_and_the_document_kept_as_received(
    root: Path, tmp_path: Path, key: pyrage.x25519.Identity, ending: str
) -> None:
    letter = tmp_path / f"letter of {SECRET}.{ending}"
    letter.write_bytes(MAKERS[ending](*LETTER))
    ran = respond(root, "--to", "u2", "--from", f"{letter}", "--kinds", "rejects-allegation", "--language", "en")
    assert ran.code == 0, ran.err
    name = f"XXA-2025-07-15-note.{ending}"
    assert replies(root) == [
        {
            "ref": "r1",
            "to": "u2",
            "state": "XXA",
            "date": "2025-07-15",
            "kinds": ["rejects-allegation"],
            "language": "en",
            "document": name,
        }
    ]
    assert held(root, key, name) == letter.read_bytes()
    assert f"vault/XXA/XXA-2025-001/{name}.age" in ran.out
    everything = (root / FIRST).read_text() + ran.out + ran.err
    assert "Nothing happened" not in everything
    assert "Nemosova" not in everything


def test_only_the_paragraphs_that_are_chosen_become_the_summary(root: Path, tmp_path: Path) -> None:
    letter = tmp_path / "reply.docx"
    letter.write_bytes(word(*LETTER))
    ran = respond(root, "--to", "u2", "--from", f"{letter}", "--summary-paras", "4", "--addresses-reprisal", "no")
    assert ran.code == 0, ran.err
    assert replies(root)[0]["summary"] == "Nothing happened."
    assert SECRET not in (root / FIRST).read_text() + ran.out + ran.err
    wrong = respond(root, "--to", "u2", "--from", f"{letter}", "--summary-paras", "9")
    assert wrong.code == 2
    assert "5" in wrong.err


@pytest.mark.parametrize("ending", ["pdf", "txt"])
def test_a_paragraph_that_is_broken_at_the_margin_is_one(root: Path, tmp_path: Path, ending: str) -> None:
    """A date in it is found, and the summary has no end in the middle."""
    long = (
        "The search of the premises in the capital was carried out under an order that a court had given in public on"
    )
    last = "12 January 2025, and nobody was asked about contacts with the United Nations."
    made = {"pdf": lambda: pdf("A Mission", f"{long} {last}"), "txt": lambda: f"A Mission\n\n{long}\n{last}".encode()}
    letter = tmp_path / f"reply.{ending}"
    letter.write_bytes(made[ending]())
    ran = respond(root, "--to", "u2", "--from", f"{letter}", "--date", "2025-07-15", "--summary-paras", "2")
    assert ran.code == 0, ran.err
    assert replies(root)[0]["summary"] == f"{long} {last}"


def test_the_text_is_shown_on_a_terminal_only(root: Path, tmp_path: Path) -> None:
    letter = tmp_path / "reply.txt"
    letter.write_bytes(text(*LETTER))
    ran = respond(root, "--from", f"{letter}", "--show")
    assert ran.code == 2
    assert SECRET not in ran.out + ran.err


class Terminal(io.StringIO):
    """What somebody types."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_day_is_proposed_and_the_summary_asked_for(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = tmp_path / "reply.txt"
    letter.write_bytes(text(*LETTER))
    monkeypatch.setattr("sys.stdin", Terminal("\nshe had been tried in public.\nperhaps\nno\n"))
    ran = respond(root, "--to", "u2", "--from", f"{letter}")
    assert ran.code == 0, ran.err
    assert (replies(root)[0]["date"], replies(root)[0]["summary"]) == ("2025-07-15", "she had been tried in public.")
    assert replies(root)[0]["addresses_reprisal"] == "no", "asked again until it is a word of the list"
    assert SECRET not in ran.out + ran.err


def test_a_program_is_told_of_a_reply_as_of_other_steps(
    root: Path, tmp_path: Path, key: pyrage.x25519.Identity
) -> None:
    letter = tmp_path / "reply.docx"
    letter.write_bytes(word(*LETTER))
    ran = respond(root, "--to", "u2", "--from", f"{letter}", "--output-format", "json")
    assert ran.code == 0, ran.err
    said = json.loads(ran.out)
    assert (said["refused"], said["change"]) == (False, "XXA-2025-001: reply of XXA")
    sealed = "vault/XXA/XXA-2025-001/XXA-2025-07-15-note.docx.age"
    assert said["commit"]["files"] == [FIRST, sealed]
    again = respond(root, "--to", "u2", "--date", "2025-07-15", "--output-format", "json")
    assert again.code == 1
    assert json.loads(again.out)["refused"]
    assert json.loads(again.out)["commit"] is None


def test_one_reply_answers_several_cases(root: Path, tmp_path: Path) -> None:
    letter = tmp_path / "reply.txt"
    letter.write_bytes(text(*LETTER))
    ran = respond(root, "XXA-2025-002", "--to", "XXA 1/2025", "--from", f"{letter}", "--date", "2025-07-16")
    assert ran.code == 0, ran.err
    assert replies(root)[0]["covers"] == ["XXA-2025-002"]
    assert (replies(root)[0]["to"], replies(root)[0]["document"]) == ("u1", "XXA-2025-07-16-reply.txt")


def test_a_document_never_takes_the_place_of_another(root: Path, tmp_path: Path, key: pyrage.x25519.Identity) -> None:
    letter = tmp_path / "reply.txt"
    letter.write_bytes(text("first", "15 July 2025"))
    assert respond(root, "--to", "u2", "--from", f"{letter}").code == 0
    (root / FIRST).write_bytes((root / FIRST).read_bytes().replace(b"document: XXA-2025-07-15", b"document: XXA-other"))
    letter.write_bytes(text("second", "15 July 2025"))
    assert respond(root, "--to", "u1", "--from", f"{letter}", "--as", "XXA-2025-07-15-note.txt").code == 2
    assert held(root, key, "XXA-2025-07-15-note.txt").startswith(b"first")


def test_a_reply_that_stands_there_already_is_not_put_in_twice(root: Path) -> None:
    options = ("--to", "u2", "--date", "2025-07-15", "--summary", "nothing happened.")
    assert respond(root, *options).code == 0
    ran = respond(root, *options)
    assert ran.code == 1
    assert "stands here already" in ran.err


def test_which_of_several_is_answered_is_asked(root: Path) -> None:
    ran = respond(root, "--date", "2025-07-15")
    assert ran.code == 2
    assert "--to u1 (communication XXA 1/2025); --to u2 (note-verbale note-verbale:hrc-60)" in ran.err


def test_none_by_the_date_is_said_of_everything_that_is_open(root: Path) -> None:
    assert respond(root, "--none-as-of", "2025-08-01").code == 0
    assert [(one["to"], one["none_as_of"]) for one in replies(root)] == [("u1", "2025-08-01"), ("u2", "2025-08-01")]
    assert respond(root, "--none-as-of", "hrc-60", "--state", "XXB").code == 0
    assert replies(root)[2] == {"ref": "r3", "to": "u2", "state": "XXB", "none_as_of": "hrc-60"}


def test_that_there_was_none_cannot_be_said_too_early(root: Path) -> None:
    before = (root / FIRST).read_bytes()
    ran = respond(root, "--to", "u2", "--none-as-of", "2025-06-20")
    assert ran.code == 1
    assert (root / FIRST).read_bytes() == before


def test_what_a_vault_lacks_is_said(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w", TRANSMITTED)
    assert reprisal(root, "vault", "init").code == 0
    (tmp_path / "reply.txt").write_bytes(text(*LETTER))
    ran = respond(root, "--to", "u2", "--from", f"{tmp_path / 'reply.txt'}")
    assert ran.code == 2
    assert "`reprisal vault recipients add KEY`" in ran.err
    assert not replies(root)


def test_without_a_vault_nothing_is_done(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    before = (root / FIRST).read_bytes()
    (tmp_path / "reply.txt").write_bytes(text(*LETTER))
    ran = respond(root, "--to", "u2", "--from", f"{tmp_path / 'reply.txt'}")
    assert ran.code == 2
    assert "vault init" in ran.err
    assert (root / FIRST).read_bytes() == before


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", b"<w:document xmlns:w='w'>" + b" " * (300 * 1024 * 1024) + b"</w:document>"
        )
    return out.getvalue()


ENTITIES = b"<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><w:document xmlns:w='w'><w:p>&f;</w:p></w:document>"


def with_part(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.docx", bomb()),
        ("entities.docx", with_part(ENTITIES)),
        ("broken.docx", word("x")[:300]),
        ("broken.pdf", pdf("x")[:400]),
        ("old.doc", b"\xd0\xcf\x11\xe0" + bytes(500)),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_document_is_kept_and_harms_nothing(
    root: Path, tmp_path: Path, key: pyrage.x25519.Identity, name: str, content: bytes
) -> None:
    """What cannot be read is said; with a day of its own it is kept as it was received."""
    (tmp_path / name).write_bytes(content)
    ran = respond(root, "--to", "u2", "--from", f"{tmp_path / name}")
    assert ran.code == 2
    assert "say --date" in ran.err
    ran = respond(root, "--to", "u2", "--from", f"{tmp_path / name}", "--date", "2025-07-15")
    assert ran.code == 0, ran.err
    assert held(root, key, replies(root)[0]["document"]) == content
    assert "root:" not in ran.out + ran.err + (root / FIRST).read_text()


def test_what_is_deleted_or_invisible_is_no_text_of_the_letter() -> None:
    body = (
        b"<w:document xmlns:w='w'><w:p><w:r><w:t>Shown\xe2\x80\x8b text</w:t></w:r>"
        b"<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p></w:document>"
    )
    assert read_received("x.docx", with_part(body)).paragraphs == ("Shown text",)


@pytest.mark.parametrize(
    ("letter", "days"),
    [
        ("Geneva, 25 April 2025. Your letter of March 1, 2025", ["2025-04-25", "2025-03-01"]),
        ("Genève, le 1er avril 2025", ["2025-04-01"]),
        ("Ginebra, 5 de mayo de 2025", ["2025-05-05"]),
        ("12 июля 2025 года", ["2025-07-12"]),
        ("٥ كانون الثاني/يناير ٢٠٢٥", ["2025-01-05"]),
        ("2025年7月15日", ["2025-07-15"]),
        ("15.07.2025, 2025-07-16, 31/02/2025, no. 12/2025", ["2025-07-15", "2025-07-16"]),
        ("article 5, May they", []),
    ],
)
def test_days_are_found_in_the_six_languages(letter: str, days: list[str]) -> None:
    assert dates_in([letter]) == [date.fromisoformat(day) for day in days]
