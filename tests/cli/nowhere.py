"""A desk whose every trace can be searched: an invented name lies in its vault, and commands are run on it.

Steps are lines of text: `[CODE] COMMAND…`, the exit code being 0 where none stands; `${KEY}` and the like are places of
this desk; `meant` before a command says that it is asked for the name, so that its standard output is not searched.
"""

from __future__ import annotations

import base64
import io
import logging
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Template
from urllib.parse import quote

import pytest
import typer

from reprisal_cli.cli.app import application
from reprisal_cli.protect.scan.extract import extract
from reprisal_cli.protect.scan.match import Matcher, matcher_of, search
from reprisal_cli.protect.scan.pieces import Budget, Piece
from reprisal_cli.protect.secrets import Identity, Secrets
from tests.cli.run import Ran, git, reprisal

CASE = "XXA-2025-001"
NAME, OTHER_SCRIPT, SPELLING = "Zubelina Qvornikova", "Зубелина Кворникова", "Zubelyna Kvornikoff"  # invented
CONTACT, PHONE = "z.qvorn@mail.example", "+999 22 555 01 99"
SOURCE = "Fictrude Nihilssonova"
RECORD = f"""\
case: {CASE}
persons:
  p1:
    name: {OTHER_SCRIPT}
    latin: {NAME}
    spellings: [{SPELLING}]
    contact: ['{CONTACT}', '{PHONE}']
    evidence: letter of {NAME}
sources:
  s1: {{identity: {SOURCE}}}
"""
FORMS = (NAME, OTHER_SCRIPT, SPELLING, SOURCE)
WORDS = tuple({word for form in FORMS for word in form.split()} | {CONTACT, PHONE})


# --- what is looked for ----------------------------------------------------------------------------------------------


@cache
def matcher() -> Matcher:
    """The search of the leak gate: every spelling that it knows of the name."""
    people = (Identity(CASE, "p1", FORMS[:3], (CONTACT, PHONE)), Identity(CASE, "s1", (SOURCE,)))
    return matcher_of(Secrets(people, places={CASE: ("Exampleland",)}, keyed=True))


@cache
def needles() -> re.Pattern[bytes]:
    """The words of the name as bytes: in the encodings of text, as escapes, as base64 in any position, as hex."""
    found: set[bytes] = set()
    for word in WORDS:
        for text in {word, word.upper(), word.lower()}:
            raw = text.encode()
            found |= {raw, text.encode("utf-16-le"), text.encode("utf-16-be"), raw.hex().encode()}
            found |= {text.encode("ascii", "backslashreplace"), text.encode("ascii", "xmlcharrefreplace")}
            found |= {quote(text).encode(), *_base64(raw)}
    return re.compile(b"|".join(re.escape(one) for one in sorted(found, key=len, reverse=True)))


def _base64(raw: bytes) -> set[bytes]:
    """What base64 makes of these bytes wherever they stand in a file: the signs that do not depend on the others."""
    whole = (base64.b64encode(b"\0" * shift + raw)[-(-shift * 8 // 6) :] for shift in range(3))
    return {one.rstrip(b"=")[:-1] for one in whole}


def said(text: str) -> bool:
    """Whether a text holds the name, however it is written."""
    by_bytes = needles().search(text.encode("utf-8", "replace"))
    return bool(by_bytes) or any(hit.case for hit in search(matcher(), Piece("", text, words=False)))


def holds(name: str, content: bytes) -> bool:
    """Whether a file holds the name: in its bytes, in those of what is packed in it, in its texts."""
    if any(needles().search(one) for one in _unpacked(content)) or said(name):
        return True
    pieces = (one for one in extract(name, content, budget=Budget(thorough=True)) if isinstance(one, Piece))
    if any(hit.case for piece in pieces for hit in search(matcher(), piece)):
        return True
    return any(hit.case for hit in search(matcher(), Piece("", content.decode("utf-8", "replace"), words=False)))


def _unpacked(content: bytes) -> Iterator[bytes]:
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _unpacked(archive.read(name))


# --- the desk --------------------------------------------------------------------------------------------------------


@dataclass
class Desk:
    """A workspace below `base`, with keys and papers beside it that nobody searches (`desk/`), and with the folders of
    the system (temporary, cache, runtime, home) for itself. `memory` is in memory-backed storage."""

    base: Path
    memory: Path
    ran: list[tuple[str, Ran]] = field(default_factory=list)
    log: io.StringIO = field(default_factory=io.StringIO)

    @property
    def root(self) -> Path:
        return self.base / "ws"

    @property
    def places(self) -> dict[str, str]:
        """What stands for `${…}`: a paper by its name, as `${LETTER_TXT}`; the line in a paper `x.line`, as `${X}`."""
        papers = {path.name.upper().replace(".", "_"): path for path in (self.base / "desk").iterdir()}
        lines = {name[:-5]: path.read_text() for name, path in papers.items() if name.endswith("_LINE")}
        own = {"BASE": str(self.base), "MEMORY": str(self.memory), "NAMED_FILE": f"{NAME}.txt"}
        return {name: str(path) for name, path in papers.items()} | lines | own

    def does(self, steps: str) -> None:
        """Runs steps, a line each, and looks at their exit codes. `@commit` commits all that there is."""
        wrong = []
        for line in filter(None, (line.strip() for line in steps.splitlines())):
            if line == "@commit":
                git(self.root, "add", "-A")
                git(self.root, "commit", "-q", "--allow-empty", "-m", "step")
                continue
            code, meant, words = parsed(line)
            ran = reprisal(self.root, *(Template(word).substitute(self.places) for word in words))
            self.ran.append((line, Ran("", ran.err, ran.code) if meant else ran))
            if ran.code != code:
                wrong.append(f"{line}\nended with {ran.code}:\n{ran.out}{ran.err}")
        assert not wrong, "\n".join(wrong)

    def shell(self, *command: str, code: int = 0) -> Ran:
        """A program of its own, in the workspace: what the command line is when nothing of it runs here."""
        done = subprocess.run(command, cwd=self.root, capture_output=True, check=False, timeout=120)
        ran = Ran(done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"), done.returncode)
        self.ran.append((shlex.join(command), ran))
        assert ran.code == code, f"{command}\n{ran.out}{ran.err}"
        return ran

    def leaks(self, but: Iterable[str] = ()) -> list[str]:
        """Where the name is: which command said it, which file and which object of git holds it; `but` are files below
        the workspace in which it was put on purpose."""
        meant = {self.root / path for path in but}
        found = [line for line, ran in self.ran if said(ran.out) or said(ran.err)]
        found += ["the log"] * said(self.log.getvalue())
        for path in self.files():
            if path not in meant and holds(path.name, path.read_bytes()):
                found.append(str(path))
        objects = ("git", "cat-file", "--batch-all-objects", "--batch", "--unordered")
        done = subprocess.run(objects, cwd=self.root, capture_output=True, check=True)
        return found + ["an object of git"] * holds("objects.txt", done.stdout)

    def files(self) -> list[Path]:
        """Every file that is there, but for the papers on the desk."""
        roots = [path for path in self.base.iterdir() if path.name != "desk"]
        return [
            path
            for root in (*roots, self.memory)
            for path in ([root] if root.is_file() else root.rglob("*"))
            if path.is_file() and not path.is_symlink()
        ]


def parsed(line: str) -> tuple[int, bool, list[str]]:
    """The exit code of a step, whether the name may be in its output, and its words."""
    words = shlex.split(line)
    code = int(words.pop(0)) if words[0].isdigit() else 0
    meant = words[0] == "meant"
    return code, meant, words[meant:]


def system_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on whatever programs keep for themselves goes below the desk."""
    import tempfile

    for name, folder in (("TMPDIR", "tmp"), ("XDG_CACHE_HOME", "cache"), ("HOME", "home")):
        (desk.base / folder).mkdir(exist_ok=True)
        monkeypatch.setenv(name, str(desk.base / folder))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(desk.memory))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for name in ("VISUAL", "REPRISAL_IDENTITY", "REPRISAL_BY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EDITOR", str(desk.base / "desk" / "editor"))
    handler = logging.StreamHandler(desk.log)
    monkeypatch.setattr(logging.getLogger(), "handlers", [*logging.getLogger().handlers, handler])
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    logging.captureWarnings(True)


# --- all commands ----------------------------------------------------------------------------------------------------


@cache
def leaves() -> dict[tuple[str, ...], bool]:
    """Every command that runs something, and whether it takes the key of the vault."""
    return _leaves(typer.main.get_command(application()), ())


def _leaves(here: object, before: tuple[str, ...]) -> dict[tuple[str, ...], bool]:
    below = getattr(here, "commands", None)
    if below is None:
        return {before: any(one.envvar == "REPRISAL_IDENTITY" for one in getattr(here, "params", ()))}
    return {words: keyed for name, one in below.items() for words, keyed in _leaves(one, (*before, name)).items()}


def command_of(words: list[str]) -> tuple[str, ...]:
    """The command that a step runs."""
    return next((tuple(words[:size]) for size in (3, 2, 1) if tuple(words[:size]) in leaves()), ())


def python(*arguments: str) -> tuple[str, ...]:
    """The program as a shell starts it."""
    return (sys.executable, "-m", "reprisal_cli", *arguments)
