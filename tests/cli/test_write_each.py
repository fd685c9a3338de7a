"""Each command that writes, on a disk that fails and killed while it writes: at every write, fsync and rename its files
are the old or the new ones, never a mix, and a second run does all of it.

A command is run in a process of its own that came out of this one, so that a run takes as long as the command alone.
"""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import signal
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from string import Template
from typing import Any
from unittest import mock

import pytest

from reprisal_cli.protect.armor import stanzas
from reprisal_cli.protect.memory import in_memory
from reprisal_cli.protect.vault import read_keys, unseal
from reprisal_cli.store import write
from reprisal_cli.store.root import UNDO, find_root
from tests.cli.nowhere import CASE, Desk, command_of, leaves, parsed, system_of
from tests.cli.nowhere_steps import LIFE
from tests.cli.run import Ran, reprisal
from tests.cli.test_nowhere import begin, steps

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not in_memory(Path("/dev/shm")), reason="needs memory-backed storage"),
]
AS_OF = "--as-of 2025-08-06"
OTHER = (
    "case new --state XXB --record individual --title 'Invented, elsewhere' --described 'a defender' --gender female"
)
OTHER += f" --body hrc --act threats --act-date 2025-03-10 --by desk-1 {AS_OF}"
BUILT = "build report --to html --final --identity ${KEY} --sign ${SSH} --out build/hrc-60"

NEXT = "edition new hrc-63 --from hrc-60"
TEXT = (
    f"case set {CASE} 'text.hrc-60.annex=On 20 March 2025, a mandate holder addressed the arrest of {{p1}} ({{u1}}).'"
)
TEXT += f" {AS_OF}"
PUBLISHED = (BUILT, "publish hrc-60 --by editor-1 --as-of 2025-09-20")

WRITING: dict[str, tuple[str, ...]] = {
    f"case new --state XXA --record individual --title 'Invented, more' --described 'a defender' --gender female"
    f" --body hrc --act threats --act-date 2025-03-10 --by desk-1 {AS_OF}": (),
    f"case develop {CASE} --measure investigation-opened --date 2025-07 {AS_OF}": (),
    f"case set {CASE} acts.a1.date=2025-03-11 {AS_OF}": (),
    f"case set-status {CASE} drafted --by drafter-1 --reason again {AS_OF}": (),
    f"case merge XXB-2025-001 --into {CASE} --reason 'the same arrest' --by desk-1 {AS_OF}": (OTHER,),
    f"case respond {CASE} --to u1 --from ${{LETTER_TXT}} --date 2025-07-01 --language en {AS_OF}": (),
    f"case close {CASE} --reason 'wish of the victim' --by desk-1 --as-of 2025-09-21": PUBLISHED,
    f"sign {CASE} --of text --by reviewer-1 --as-of 2025-08-07": (TEXT,),
    f"draft {CASE} --edition hrc-63 {AS_OF}": (NEXT,),
    NEXT: (),
    "edition set hrc-60 symbol=A/HRC/60/998": (),
    PUBLISHED[-1]: PUBLISHED[:-1],
    f"consent withdrawn {CASE} p1 --yes --allow-dirty --note ${{BASE}}/note.txt": (),
    BUILT: (),
    "sign-receipt build/hrc-60/manifest.json --key ${SSH}": (BUILT, "@no-receipt"),
    "template new ${BASE}/ours.docx": (),
    "init ${BASE}/fresh": (),
    "git merge ${BASE_YAML} ${OURS_YAML} ${THEIRS_YAML}": (),
    "vault init ${ONE} ${TWO}": ("@no-vault",),
    f"vault edit {CASE} --identity ${{KEY}}": ("@record",),
    f"vault put {CASE} ${{LETTER_TXT}} --as letter-2.txt": (),
    f"vault get {CASE} XXA-2025-04-25-reply.txt --out ${{BASE}}/opened.txt --identity ${{KEY}} --yes-disk": (),
    "vault recipients add ${THIRD} --comment invented": (),
    "vault recipients remove ${THIRD}": ("vault recipients add ${THIRD}",),
    "import word ${BASE}/sent/report.docx --identity ${KEY}": ("@word",),
    f"validate --fix --allow-dirty {AS_OF}": ("@faulty",),
}
"""A step for each command that writes files, and the steps before it."""

READ = {
    *("case list", "case show", "codeowners", "consent due", "diff", "edition carry-over", "edition list"),
    *("edition show", "git textconv", "guard", "preview", "scan", "stats", "status", "suggest", "template check"),
    *("vault check", "vault recipients list", "vault show", "verify", "words"),
}
"""Commands that write nothing, or nothing but the cache."""

ELSEWHERE = {
    **dict.fromkeys(
        [f"build {name}" for name in ("annex", "briefing", "dossier", "letter", "president", "redline")],
        "written by `pipeline/produce.py` as the report is",
    ),
    "schema": "one set of files in one folder, as a build",
    "rule": "one set of files in one folder, as a build",
    "git setup": "git writes its own settings",
    "vault rekey": "each file by itself, and a mark until all are done: tests/protect/test_vault.py",
}
"""Commands whose writing is tested elsewhere, and why."""


def test_every_command_that_writes_is_here() -> None:
    here = {" ".join(command_of(parsed(line)[2])) for line in WRITING}
    assert {" ".join(words) for words in leaves()} == here | READ | ELSEWHERE.keys()
    assert not here & (READ | ELSEWHERE.keys())


SYSTEM = ("desk", "tmp", "cache", "home")
FEW = 12


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(number: int) -> Callable[[], None]:
    def act() -> None:
        raise OSError(number, os.strerror(number))

    return act


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    base = tmp_path_factory.mktemp("each")
    memory = Path(tempfile.mkdtemp(prefix="reprisal-each-", dir="/dev/shm"))
    desk = Desk(base, memory)
    with pytest.MonkeyPatch.context() as patch:
        begin(desk)
        system_of(desk, patch)
        desk.does("\n".join(steps(LIFE)))
    yield base
    shutil.rmtree(memory)


@pytest.fixture
def memory() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="reprisal-each-", dir="/dev/shm"))
    yield folder
    shutil.rmtree(folder)


class Fault:
    """Counts what reaches the disk, and at one of these steps fails, or ends this process."""

    def __init__(self, at: int, act: Callable[[], None]) -> None:
        self.at, self.act, self.kinds = at, act, list[str]()

    def step(self, kind: str) -> None:
        self.kinds.append(kind)
        if len(self.kinds) == self.at:
            self.act()

    def wrap(self, kind: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.step(kind)
            return real(*arguments, **named)

        return call

    def opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """A file of which half is written when the disk is full or the process ends."""

        def call(handle: int, *arguments: Any, **named: Any) -> Any:
            stream = real(handle, *arguments, **named)
            if "w" not in (arguments[0] if arguments else named.get("mode", "r")):
                return stream
            fault = self

            class Half(io.RawIOBase):
                def write(self, content: bytes) -> int:
                    os.write(handle, content[: len(content) // 2])
                    fault.step("write")
                    os.write(handle, content[len(content) // 2 :])
                    return len(content)

                def flush(self) -> None:
                    pass

                def close(self) -> None:
                    stream.close()

            return Half()

        return call


def faulty(desk: Desk, line: str, at: int, act: Callable[[], None]) -> tuple[str, list[str], str]:
    """Runs a step in a process of its own, with a fault at one of its writes, fsyncs and renames (counted from 1): how
    it ended (`done`, `failed`, `killed`), its steps up to there, what it said."""
    place = desk.base / "desk" / "said.txt"
    child = os.fork()
    if child == 0:
        fault = Fault(at, act)
        with ExitStack() as stack:
            for name in ("replace", "rename"):
                stack.enter_context(mock.patch.object(Path, name, fault.wrap("rename", getattr(Path, name))))
            stack.enter_context(mock.patch.object(os, "fsync", fault.wrap("fsync", os.fsync)))
            stack.enter_context(mock.patch.object(os, "fdopen", fault.opened(os.fdopen)))
            if write._SWAP is not None:
                stack.enter_context(mock.patch.object(write, "_SWAP", fault.wrap("rename", write._SWAP)))
            try:
                ran = here(desk, line)
            except BaseException as problem:
                ran = Ran("", repr(problem), 99)
        place.write_text(f"{ran.code}\n{' '.join(fault.kinds)}\n{ran.out}{ran.err}")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status != 0:
        return "killed", [], ""
    code, kinds, said = place.read_text().split("\n", 2)
    return "done" if code == "0" else f"failed with {code}", kinds.split(), said


def run(desk: Desk, line: str) -> list[str]:
    """Runs a step, which must do what it is for, and gives its steps on the disk. Not in this process: its threads
    would be in the way of a fork."""
    end, kinds, said = faulty(desk, line, 0, kill)
    assert end == "done", f"{line}\n{end}\n{said}"
    return kinds


def points(kinds: list[str]) -> list[int]:
    """Where a fault is tried: everywhere, and in a set of many files at the first and last writing of each kind and at
    every rename (`tests/store/test_write_faults.py` goes through all steps of writing a set)."""
    every = range(1, len(kinds) + 1)
    if len(kinds) <= FEW:
        return [*every]
    at = [number for number in every if kinds[number - 1] == "rename"]
    return sorted({1, 2, len(kinds) // 2, len(kinds) - 1, len(kinds), *at, *(number + 1 for number in at)} & {*every})


def here(desk: Desk, line: str) -> Ran:
    _, _, words = parsed(line)
    return reprisal(desk.root, *(Template(word).substitute(desk.places) for word in words))


def files(desk: Desk) -> dict[str, Any]:
    """What a reader sees below the desk. A sealed file is what is in it, and for how many: age makes no two alike."""
    found: dict[str, Any] = {}
    for path in sorted(desk.base.rglob("*")):
        parts = path.relative_to(desk.base).parts
        if (
            (parts[0] in SYSTEM and parts != ("desk", "ours.yaml"))
            or {".git", "cache"} & {*parts}
            or any(map(is_left, parts))
        ):
            continue
        if path.is_file():
            raw = re.sub(rb"; mark [0-9a-f]{12}:", b"", path.read_bytes())
            found["/".join(parts)] = unsealed(desk, raw) if path.suffix == ".age" else raw
    return found


def unsealed(desk: Desk, raw: bytes) -> tuple[bytes, int]:
    keys = read_keys(Path(desk.places["KEY"]).read_bytes(), str)
    return unseal(raw, keys, "x"), len(stanzas(raw) or ())


def before(desk: Desk, line: str) -> None:
    if line == "@no-vault":
        shutil.rmtree(desk.root / "vault")
    elif line == "@record":
        record = desk.base / "desk/record"
        record.write_text(record.read_text() + "# more\n")
    elif line == "@word":
        run(desk, "build report --to docx --identity ${KEY} --out ${BASE}/sent")
        edited(desk.base / "sent/report.docx")
    elif line == "@no-receipt":
        (desk.root / "build/hrc-60/manifest.json.sig").unlink()
    elif line == "@faulty":
        run(desk, OTHER)
        for name in (f"XXA/{CASE}", "XXB/XXB-2025-001"):
            path = desk.root / f"cases/{name}.yaml"
            path.write_text(path.read_text().replace("received: 2025-0", "received: 2025-", 1))
    else:
        run(desk, line)


def edited(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for one, content in parts.items():
            archive.writestr(one, content.replace(b"addressed the alleged", b"raised the alleged"))


def prepared(lived: Path, folder: Path, memory: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> tuple[Desk, Desk]:
    """A desk on which a step can be run, and a copy of it for the next time."""
    start, desk = Desk(folder / "start", memory), Desk(folder / "d", memory)
    shutil.copytree(lived, desk.base, symlinks=True)
    system_of(desk, monkeypatch)
    papers = desk.base / "desk"
    (papers / "editor").write_text(f"#!/bin/sh\ncp '{papers / 'record'}' \"$1\"\n")
    for number, name in enumerate(("base", "ours", "theirs")):
        text = (desk.root / f"cases/XXA/{CASE}.yaml").read_text()
        (papers / f"{name}.yaml").write_text(text.replace("2025-03-10", f"2025-03-1{number // 2}"))
    for step in WRITING[line]:
        before(desk, step)
    (desk.root / ".git").rename(folder / "git")
    (desk.root / ".git").symlink_to(folder / "git")
    shutil.copytree(desk.base, start.base, symlinks=True)
    return start, desk


@pytest.mark.parametrize("line", WRITING, ids=lambda line: " ".join(command_of(parsed(line)[2])))
def test_old_or_new_and_a_second_run_finishes(
    lived: Path, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    start, desk = prepared(lived, tmp_path, memory, monkeypatch, line)
    old = files(desk)
    kinds = run(desk, line)
    new = files(desk)
    assert new != old
    wrong: list[str] = []
    tried: set[tuple[str, ...]] = set()
    for at in points(kinds):
        for act in (kill, fail(errno.EIO if at % 2 else errno.ENOSPC)):
            shutil.rmtree(desk.base)
            shutil.copytree(start.base, desk.base, symlinks=True)
            end, _, said = faulty(desk, line, at, act)
            where = f"{end} at {at}, {kinds[at - 1]}, of {len(kinds)}"
            if end != "killed" and files(desk) not in (old, new):
                wrong.append(f"{where}: left a mix: {differing(files(desk), old)}\n{said}")
            if end.startswith("failed") and left(desk):
                wrong.append(f"{where}: left behind: {left(desk)}")
            find_root(desk.root)  # what every command does before it reads anything
            now, known = files(desk), (*left(desk), str(files(desk) == new))
            if now not in (old, new):
                wrong.append(f"{where}: a mix: {differing(now, old)}\n{said}")
            if now == new or not left(desk) or known in tried:
                continue  # where nothing is left, a second run is the first one again
            tried.add(known)
            end, _, said = faulty(desk, line, 0, kill)
            if end != "done" or files(desk) != new:
                wrong.append(f"{where}: a second run {end}, {differing(files(desk), new)}\n{said}")
            wrong += [f"{where}: still left: {name}" for name in left(desk)]
    assert not wrong, "\n".join(wrong)


def left(desk: Desk) -> tuple[str, ...]:
    """What a writer keeps beside the files while it writes, without the part of a name that is always another."""
    found = (path.relative_to(desk.base).as_posix() for path in desk.base.rglob("*") if is_left(path.name))
    return tuple(sorted(re.sub(r"(writing|kept)-\w+", r"\1", name) for name in found))


def is_left(name: str) -> bool:
    return ".writing-" in name or name.startswith(".kept-") or name == UNDO


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
