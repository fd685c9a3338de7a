"""A name that is sealed in the vault is nowhere after every command has run: no output, log, traceback, file, temporary
file, cache or object of git holds it, in any spelling that the leak gate knows.

Each family of commands is a text of steps (`nowhere.py` says how it is read), run on a copy of a desk on which one case
has lived. A command that no step runs with success fails the first test here, by name.
"""

from __future__ import annotations

import logging
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import pytest

from reprisal_cli.cli.output_formats import FORMATS
from reprisal_cli.protect import recipients, vault_files
from reprisal_cli.protect.memory import in_memory
from reprisal_cli.protect.vault import seal
from tests.cli.nowhere import (
    CASE,
    NAME,
    OTHER_SCRIPT,
    RECORD,
    Desk,
    command_of,
    holds,
    leaves,
    parsed,
    python,
    system_of,
)
from tests.cli.nowhere_steps import APART, FAMILIES, LIFE
from tests.cli.run import committed, git, reprisal
from tests.protect.scanning import archive
from tests.protect.vaults import identity, public
from tests.support.builders import HRC_60, SETTINGS, workspace
from tests.support.built import unchecked

pytestmark = pytest.mark.skipif(not in_memory(Path("/dev/shm")), reason="needs memory-backed storage")
NOTICE = "Invented example; not a United Nations document"
EDITION = {
    **HRC_60,
    "notice": NOTICE,
    "version": "final",
    "note_verbale": {"date": "2025-06-10", "reply_due": "2025-08-01"},
    "contents": [*HRC_60["contents"], {"annex": "statistics"}],
}


# --- what is run -----------------------------------------------------------------------------------------------------


def steps(text: str) -> Iterator[str]:
    """The steps of a family: a line that is indented goes on with the one before."""
    yield from filter(None, re.sub(r"\n +", " ", text).splitlines())


def all_steps() -> Iterator[tuple[int, list[str]]]:
    for text in (LIFE, *FAMILIES.values()):
        for line in steps(text):
            if not line.startswith("@"):
                code, _, words = parsed(line)
                yield code, words


def test_every_command_is_run() -> None:
    run = {command_of(words) for code, words in all_steps() if code == 0} | set(APART)
    missing = [" ".join(words) for words in sorted(leaves().keys() - run)]
    assert not missing, f"add a step for: {', '.join(missing)}"


def test_every_command_that_takes_a_key_is_run_with_it_and_with_a_wrong_one() -> None:
    taking = {words for words, keyed in leaves().items() if keyed}
    for key in ("${KEY}", "${OTHER}"):
        run = {command_of(words) for _, words in all_steps() if key in words}
        small = {("build", name) for name in ("annex", "dossier", "president", "briefing", "redline")}
        missing = taking - run - (small if key == "${OTHER}" else set())  # they open the vault by the report's own call
        assert not missing, f"add a step with {key} for: {sorted(missing)}"


def test_the_search_finds_what_it_looks_for(lived: Path, desk: Desk) -> None:
    """Otherwise the tests below would prove nothing."""
    assert desk.leaks() == []
    put = {
        "plain.txt": NAME.encode(),
        "wide.bin": f"x{NAME}".encode("utf-16-le"),
        "json.json": f'"{OTHER_SCRIPT}"'.encode("ascii", "backslashreplace"),
        "in.zip": archive({"inner.zip": archive({"a.txt": NAME.encode()})}),
        "swapped.md": " ".join(reversed(NAME.upper().split())).encode(),
        f"{NAME.replace(' ', '-')}.txt": b"",
    }
    for name, content in put.items():
        (desk.base / "tmp" / name).write_bytes(content)
    (desk.root / "x.txt").write_text(f"of {OTHER_SCRIPT}")
    git(desk.root, "add", "x.txt")
    (desk.root / "x.txt").unlink()
    logging.getLogger("any").debug("of %s", NAME)
    assert sorted(desk.leaks()) == sorted(
        [*(str(desk.base / "tmp" / name) for name in put), "the log", "an object of git"]
    )


# --- the desk --------------------------------------------------------------------------------------------------------


@pytest.fixture
def memory() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="reprisal-nowhere-", dir="/dev/shm"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A desk on which a case has lived until its approval; all that was said on the way is searched."""
    base = tmp_path_factory.mktemp("nowhere")
    memory = Path(tempfile.mkdtemp(prefix="reprisal-nowhere-", dir="/dev/shm"))
    desk = Desk(base, memory)
    with pytest.MonkeyPatch.context() as patch:
        begin(desk)
        system_of(desk, patch)
        desk.does("\n".join(steps(LIFE)))
        assert desk.leaks() == []
    yield base
    shutil.rmtree(memory)


def begin(desk: Desk) -> None:
    """A new workspace in git with a vault, two keys, one that opens nothing, and the papers that came in."""
    root = workspace(
        desk.root, [], [EDITION], {**SETTINGS, "owners": {"all": ["@desk"]}}, files={".gitignore": "build/\n"}
    )
    key, *others = identity(), identity(), identity()
    papers = desk.base / "desk"
    papers.mkdir()
    (papers / "key").write_text(f"{key}\n")
    (papers / "other").write_text(f"{identity()}\n")
    (papers / "record").write_text(RECORD)
    (papers / "editor").write_text(f"#!/bin/sh\ncp '{papers / 'record'}' \"$1\"\n")
    (papers / "editor").chmod(0o755)
    (papers / "letter.txt").write_text(f"25 April 2025\nThe arrest of {NAME} ({OTHER_SCRIPT}) had other reasons.\n")
    (papers / f"{NAME}.txt").write_text(f"From {NAME}.")
    (papers / "bare.docx").write_bytes(docx("It was alleged that somebody was arrested."))
    (papers / "named.docx").write_bytes(docx(f"It was alleged that {NAME} was arrested."))
    for name, line in zip(("one", "two", "third"), public(key, *others), strict=True):
        (papers / f"{name}.line").write_text(line)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", papers / "ssh"], check=True)
    kind, blob = (papers / "ssh.pub").read_text().split()[:2]
    (papers / "signers").write_text(f"editor@example.org {kind} {blob}\n")
    committed(root)


def docx(text: str) -> bytes:
    body = f'<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    return archive({"word/document.xml": body.encode()})


@pytest.fixture
def desk(lived: Path, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A copy of that desk, and the places that steps name."""
    shutil.copytree(lived, tmp_path / "d", symlinks=True)
    made = Desk(tmp_path / "d", memory)
    system_of(made, monkeypatch)
    papers = made.base / "desk"
    (papers / "editor").write_text(f"#!/bin/sh\ncp '{papers / 'record'}' \"$1\"\n")
    for name in ("base", "ours", "theirs"):
        shutil.copy(made.root / f"cases/XXA/{CASE}.yaml", papers / f"{name}.yaml")
    return made


# --- the families ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
def test_the_name_is_nowhere(desk: Desk, family: str) -> None:
    desk.does("\n".join(steps(FAMILIES[family])))
    git(desk.root, "add", "-A")
    git(desk.root, "commit", "-q", "--allow-empty", "-m", "all")
    assert desk.leaks() == []
    assert not list(Path("/dev/shm").glob(f"reprisal-clear-*/*{CASE}*"))


def test_the_person_is_told_of_all_the_same(desk: Desk) -> None:
    """Documents in which nobody is told of would hold no name either."""
    for words in ("report", "letter XXA", "president --session 58"):
        desk.does(f"build {words} --to html --identity ${{KEY}} --out {desk.base}/told")
    pages = list((desk.base / "told").glob("*.html"))
    assert len(pages) == 3
    assert all("woman defender" in page.read_text() for page in pages)


# --- what goes wrong -------------------------------------------------------------------------------------------------

BUILDS = (
    "build report --to docx,html,odt,epub,md,akn",
    "build annex --mechanism special-procedures --to md",
    "build letter XXA --to html",
    "build president --session 58 --to odt",
)
KEYED = {
    command_of(parsed(line)[2]): line
    for family in FAMILIES.values()
    for line in steps(family)
    if "${KEY}" in line and not line[0].isdigit() and not line.startswith("import word")
}
"""A step for each command that opens the vault; one that brings a document back needs the document first."""


def test_a_name_that_was_written_into_a_text_stops_every_build_and_is_not_quoted(desk: Desk) -> None:
    case = desk.root / f"cases/XXA/{CASE}.yaml"
    written = case.read_text()
    case.write_text(written.replace("the alleged arrest of {p1}", f"the alleged arrest of {{p1}} ({NAME})"))
    before = {path for path in desk.files() if "cache" not in path.parts}
    with unchecked():  # the sign-offs are stale by now, which another test is about
        for line in BUILDS[:2]:
            desk.does(f"1 {line} --identity ${{KEY}}")
    desk.does("\n".join(f"1 validate --output-format {form}" for form in FORMATS))
    desk.does(f"case show {CASE}\nstatus\nguard\n2 consent due --output-format none")
    assert {path for path in desk.files() if "cache" not in path.parts} == before, "nothing is written"
    assert desk.leaks(but=[f"cases/XXA/{CASE}.yaml"]) == []
    said = "".join(ran.out + ran.err for _, ran in desk.ran)
    assert "RC901" in said


@pytest.mark.parametrize("options", ["", "--dry-run", "--commit"])
def test_a_name_that_an_editor_wrote_in_word_does_not_come_into_a_file(desk: Desk, options: str) -> None:
    """The editor knows it, the text reads better with it, and the document comes back."""
    desk.does("build report --to docx --identity ${KEY} --out ${BASE}/desk/sent")
    sent = desk.base / "desk/sent/report.docx"
    parts = parts_of(sent)
    known = b"addressed the alleged arrest of a woman defender"
    assert known in parts["word/document.xml"]
    written = known.replace(b"a woman defender", NAME.encode())
    sent.write_bytes(archive({name: content.replace(known, written) for name, content in parts.items()}))
    git(desk.root, "add", "-A")
    git(desk.root, "commit", "-q", "--allow-empty", "-m", "all")
    desk.does(f"1 import word ${{BASE}}/desk/sent/report.docx --identity ${{KEY}} {options}")
    assert "RC901" in desk.ran[-1][1].err
    assert git(desk.root, "status", "--short") == ""
    shutil.rmtree(sent.parent)
    assert desk.leaks() == []


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as held:
        return {name: held.read(name) for name in held.namelist()}


@pytest.mark.parametrize("line", KEYED.values(), ids=map(" ".join, KEYED))
def test_an_unexpected_fault_while_the_vault_is_open_tells_its_place_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError(RECORD)

    monkeypatch.setattr(vault_files, "unseal", broken)
    monkeypatch.setattr(recipients, "unseal", broken, raising=False)
    desk.does(f"2 {line}")
    assert "unexpected fault (ValueError) at reprisal_cli" in desk.ran[-1][1].err
    assert desk.leaks() == []


FAULTY = {
    "no age file": "nothing",
    "not as it should be": RECORD.replace("latin:", "lattin:"),
    "of another case": RECORD.replace(CASE, "XXA-2025-009"),
}


@pytest.mark.parametrize("content", FAULTY.values(), ids=FAULTY)
def test_a_vault_at_fault_is_told_by_its_place(desk: Desk, content: str) -> None:
    sealed = vault_files.Vault(desk.root / "vault", "vault")
    raw = seal(content.encode(), recipients.sealing_recipients(sealed)) if "case:" in content else content.encode()
    (desk.root / f"vault/XXA/{CASE}.age").write_bytes(raw)
    for words in (("build", "report", "--to", "html"), ("vault", "check"), ("scan", desk.places["BARE_DOCX"])):
        ran = reprisal(desk.root, *words, "--identity", desk.places["KEY"])
        desk.ran.append((" ".join(words), ran))
        assert ran.code in (1, 2), words
    assert desk.leaks() == []
    assert not (desk.root / "build/hrc-60").exists()


def test_a_fault_of_the_program_quotes_nothing_whatever_it_was_doing(desk: Desk) -> None:
    """Without a key too: the message of a library quotes what it was given, and a traceback shows lines."""
    program = (
        "import sys\nfrom reprisal_cli.store import corpus\n"
        f"def broken(*given): raise ValueError({NAME!r})\n"
        "corpus.load_corpus = broken\nsys.argv = ['reprisal', *sys.argv[1:]]\n"
        "from reprisal_cli.__main__ import main\nmain()\n"
    )
    for command in (("consent", "due"), ("case", "list"), ("status",)):
        desk.shell(sys.executable, "-c", program, *command, code=2)
        assert "unexpected fault (ValueError) at reprisal_cli" in desk.ran[-1][1].err
    assert not [line for line, ran in desk.ran if "Traceback" in ran.err or NAME in ran.err + ran.out]


def test_the_program_itself_tells_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a shell starts it, with the key in the environment."""
    monkeypatch.setenv("REPRISAL_IDENTITY", desk.places["KEY"])
    desk.shell(*python("validate", "--as-of", "2025-08-06"))
    desk.shell(*python("build", "report", "--to", "html,md"))
    desk.shell(*python("scan", desk.places["NAMED_DOCX"]), code=1)
    desk.shell(*python("vault", "show", CASE), code=2)
    monkeypatch.setenv("REPRISAL_IDENTITY", desk.places["OTHER"])
    desk.shell(*python("build", "report", "--to", "html"), code=2)
    assert desk.leaks() == []


# --- commands that last, and git -------------------------------------------------------------------------------------


def test_the_preview_shows_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPRISAL_IDENTITY", desk.places["KEY"])
    with lasting(desk, "preview") as (address, stop):
        page = urlopen(f"{address}page", timeout=30).read() + urlopen(address, timeout=30).read()
        assert b"woman defender" in page
        assert not holds("page.html", page)
        stop()
    assert desk.leaks() == []


def test_a_check_that_lasts_keeps_nothing(desk: Desk) -> None:
    with lasting(desk, "validate", "--watch", "--as-of", "2025-08-06") as (line, stop):
        assert "RC6" in line or "read 1" in line
        stop()
    assert desk.leaks() == []


@contextmanager
def lasting(desk: Desk, *arguments: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """A command that runs until it is stopped: its first line, and what stops it."""
    place = desk.base / "said.txt"
    # a shell that starts the tests in the background has them ignore SIGINT, and what they start with them
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with place.open("wb") as said:
        running = subprocess.Popen(python(*arguments), cwd=desk.root, stdout=said, stderr=said, preexec_fn=heeds)

    def stop() -> None:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=30)

    try:
        for _ in range(600):
            if place.read_bytes().endswith(b"\n"):
                break
            time.sleep(0.05)
        yield place.read_text().splitlines()[0], stop
    finally:
        if running.poll() is None:
            running.kill()
            running.wait()


def test_git_shows_and_merges_without_it(desk: Desk) -> None:
    desk.does("git setup")
    settings = (desk.root / ".git/config").read_text()
    assert "reprisal" in settings
    (desk.root / ".gitattributes").write_text("cases/**/*.yaml diff=reprisal merge=reprisal\n")
    desk.does(f"@commit\ncase develop {CASE} --measure investigation-opened --date 2025-07 --as-of 2025-08-06\n@commit")
    git(desk.root, "checkout", "-q", "-b", "other", "HEAD~1")
    desk.does(f"case develop {CASE} --measure investigation-opened --date 2025-06 --as-of 2025-08-06\n@commit")
    program = f"{sys.executable} -m reprisal_cli git"
    own = ("-c", f"diff.reprisal.textconv={program} textconv", "-c", f"merge.reprisal.driver={program} merge %O %A %B")
    name = ("-c", "user.name=Invented", "-c", "user.email=invented@example.org", "-c", "commit.gpgsign=false")
    desk.shell("git", *own, *name, "merge", "-q", "-m", "merge", "main")
    shown = desk.shell("git", *own, "log", "-p", "--textconv", "-m", "--", "cases")
    assert "investigation" in shown.out
    assert desk.leaks() == []
