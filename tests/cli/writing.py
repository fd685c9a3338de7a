"""Every command that writes: a step for each, a desk to run it on, and what a reader sees there before and after.

`test_write_each.py` makes the writes fail by patched calls, `test_write_kernel.py` has the kernel make them fail.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from reprisal_cli.protect.armor import stanzas
from reprisal_cli.protect.memory import in_memory
from reprisal_cli.protect.vault import read_keys, unseal
from reprisal_cli.store.root import find_root
from reprisal_cli.store.undo import put_back
from tests.cli.faulty import run
from tests.cli.nowhere import CASE, Desk, command_of, parsed, system_of
from tests.cli.nowhere_steps import LIFE
from tests.cli.test_nowhere import begin, steps
from tests.store.killed import is_beside

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not in_memory(Path("/dev/shm")), reason="needs memory-backed storage"),
]


class Writing(NamedTuple):
    """A step that writes, and the steps before it. With `elsewhere` the vault is a folder beside the workspace."""

    line: str
    before: tuple[str, ...] = ()
    elsewhere: bool = False

    @property
    def command(self) -> str:
        return " ".join(command_of(parsed(self.line)[2]))

    @property
    def name(self) -> str:
        return self.command + " elsewhere" * self.elsewhere


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
RESPOND = f"case respond {CASE} --to u1 --from ${{LETTER_TXT}} --date 2025-07-01 --language en {AS_OF}"
REKEY = Writing("vault rekey --identity ${KEY}", ("vault recipients add ${THIRD}",))
PUBLISHED = (BUILT, "publish hrc-60 --by editor-1 --as-of 2025-09-20")

_LISTED = (
    Writing(
        f"case new --state XXA --record individual --title 'Invented, more' --described 'a defender' --gender female"
        f" --body hrc --act threats --act-date 2025-03-10 --by desk-1 {AS_OF}"
    ),
    Writing(f"case develop {CASE} --measure investigation-opened --date 2025-07 {AS_OF}"),
    Writing(f"case set {CASE} acts.a1.date=2025-03-11 {AS_OF}"),
    Writing(f"case set-status {CASE} drafted --by drafter-1 --reason again {AS_OF}"),
    Writing(f"case merge XXB-2025-001 --into {CASE} --reason 'the same arrest' --by desk-1 {AS_OF}", (OTHER,)),
    Writing(RESPOND),
    Writing(RESPOND, elsewhere=True),
    Writing(f"case close {CASE} --reason 'wish of the victim' --by desk-1 --as-of 2025-09-21", PUBLISHED),
    Writing(f"sign {CASE} --of text --by reviewer-1 --as-of 2025-08-07", (TEXT,)),
    Writing(f"draft {CASE} --edition hrc-63 {AS_OF}", (NEXT,)),
    Writing(NEXT),
    Writing("edition set hrc-60 symbol=A/HRC/60/998"),
    Writing(PUBLISHED[-1], PUBLISHED[:-1]),
    Writing(f"consent withdrawn {CASE} p1 --yes --allow-dirty --note ${{BASE}}/note.txt", PUBLISHED),
    Writing(BUILT),
    Writing("build annex --mechanism special-procedures --to md --identity ${KEY} --out build/annex"),
    Writing("build letter XXA --to md --identity ${KEY} --out build/letter"),
    Writing("build dossier XXA --to md --identity ${KEY} --out build/dossier"),
    Writing("build president --session 58 --to md --identity ${KEY} --out build/president"),
    Writing("build briefing --to md --identity ${KEY} --out build/briefing"),
    Writing("build redline HEAD~1 HEAD --to html --identity ${KEY} --out build/redline"),
    Writing("sign-receipt build/hrc-60/manifest.json --key ${SSH}", (BUILT, "@no-receipt")),
    Writing("template new ${BASE}/ours.docx"),
    Writing("init ${BASE}/fresh"),
    Writing("git setup"),
    Writing("git merge ${BASE_YAML} ${OURS_YAML} ${THEIRS_YAML}"),
    Writing("schema --write ${BASE}/schema"),
    Writing("rule --write ${BASE}/rules"),
    Writing("vault init ${ONE} ${TWO}", ("@no-vault",)),
    Writing(f"vault edit {CASE} --identity ${{KEY}}", ("@record",)),
    Writing(f"vault put {CASE} ${{LETTER_TXT}} --as letter-2.txt"),
    Writing(f"vault get {CASE} XXA-2025-04-25-reply.txt --out ${{BASE}}/opened.txt --identity ${{KEY}} --yes-disk"),
    Writing("vault recipients add ${THIRD} --comment invented"),
    Writing("vault recipients remove ${THIRD}", REKEY.before),
    REKEY,
    REKEY._replace(elsewhere=True),
    Writing("import word ${BASE}/sent/report.docx --identity ${KEY}", ("@word",)),
    Writing(f"validate --fix --allow-dirty {AS_OF}", ("@faulty",)),
)
WRITING = {one.name: one for one in _LISTED}
"""A step for each command that writes files."""

READ = {
    *("case list", "case show", "codeowners", "consent due", "diff", "edition carry-over", "edition list"),
    *("edition show", "git textconv", "guard", "preview", "scan", "stats", "status", "suggest", "template check"),
    *("vault check", "vault recipients list", "vault show", "verify", "words"),
}
"""Commands that write nothing, or nothing but the cache."""

_SYSTEM = ("desk", "tmp", "cache", "home")
_ROOM = 2**30


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    base = tmp_path_factory.mktemp("each")
    with _in_memory() as memory, pytest.MonkeyPatch.context() as patch:
        desk = Desk(base, memory)
        begin(desk)
        system_of(desk, patch)
        desk.does("\n".join(steps(LIFE)))
        yield base


@pytest.fixture
def memory() -> Iterator[Path]:
    with _in_memory() as folder:
        yield folder


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """Where desks stand: in memory if there is enough of it, since each is made anew hundreds of times."""
    if shutil.disk_usage("/dev/shm").free < _ROOM:
        yield tmp_path
        return
    with _in_memory() as folder:
        yield folder


@contextmanager
def _in_memory() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="reprisal-each-", dir="/dev/shm"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def prepared(lived: Path, folder: Path, memory: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> tuple[Desk, Desk]:
    """A desk on which a step can be run, and a copy of it for the next time."""
    one = WRITING[name]
    start, desk = Desk(folder / "start", memory), Desk(folder / "d", memory)
    shutil.copytree(lived, desk.base, symlinks=True)
    system_of(desk, monkeypatch)
    papers = desk.base / "desk"
    (papers / "editor").write_text(f"#!/bin/sh\ncp '{papers / 'record'}' \"$1\"\n")
    for number, paper in enumerate(("base", "ours", "theirs")):
        text = (desk.root / f"cases/XXA/{CASE}.yaml").read_text()
        (papers / f"{paper}.yaml").write_text(text.replace("2025-03-10", f"2025-03-1{number // 2}"))
    if one.elsewhere:
        (desk.root / "vault").rename(desk.base / "sealed")
        with (desk.root / "reprisal.yaml").open("a") as settings:
            settings.write("vault: ../sealed\n")
    for step in one.before:
        _before(desk, step)
    if one.command != "git setup":  # nothing else writes there
        (desk.root / ".git").rename(folder / "git")
        (desk.root / ".git").symlink_to(folder / "git")
    shutil.copytree(desk.base, start.base, symlinks=True)
    return start, desk


def begun_again(start: Desk, desk: Desk) -> None:
    """The desk as it was before the step."""
    shutil.rmtree(desk.base)
    shutil.copytree(start.base, desk.base, symlinks=True)


def _before(desk: Desk, line: str) -> None:
    if line == "@no-vault":
        shutil.rmtree(desk.root / "vault")
    elif line == "@record":
        record = desk.base / "desk/record"
        record.write_text(record.read_text() + "# more\n")
    elif line == "@word":
        run(desk, "build report --to docx --identity ${KEY} --out ${BASE}/sent")
        _edited(desk.base / "sent/report.docx")
    elif line == "@no-receipt":
        (desk.root / "build/hrc-60/manifest.json.sig").unlink()
    elif line == "@faulty":
        run(desk, OTHER)
        for name in (f"XXA/{CASE}", "XXB/XXB-2025-001"):
            path = desk.root / f"cases/{name}.yaml"
            path.write_text(path.read_text().replace("received: 2025-0", "received: 2025-", 1))
    else:
        run(desk, line)


def _edited(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for one, content in parts.items():
            archive.writestr(one, content.replace(b"addressed the alleged", b"raised the alleged"))


# --- what is there --------------------------------------------------------------------------------------------------


def files(desk: Desk) -> dict[str, Any]:
    """What a reader sees below the desk. A sealed file is what is in it, and for how many: age makes no two alike."""
    found: dict[str, Any] = {}
    for path in sorted(desk.base.rglob("*")):
        parts = path.relative_to(desk.base).parts
        if not path.is_file() or not _is_shown(parts):
            continue
        raw = re.sub(rb"; mark [0-9a-f]{12}:", b"", path.read_bytes())
        found["/".join(parts)] = unsealed(desk, raw) if path.suffix == ".age" else raw
    return found


def _is_shown(parts: tuple[str, ...]) -> bool:
    if parts[-2:] == (".git", "config"):
        return True
    ours = parts[0] not in _SYSTEM or parts == ("desk", "ours.yaml")
    return ours and not {".git", "cache"} & {*parts} and not any(map(is_left, parts))


def unsealed(desk: Desk, raw: bytes) -> tuple[bytes, int]:
    keys = read_keys(Path(desk.places["KEY"]).read_bytes(), str)
    return unseal(raw, keys, "x"), len(stanzas(raw) or ())


def next_command(desk: Desk) -> None:
    """What every command does before it reads anything, and one of the vault where that lies elsewhere."""
    find_root(desk.root)
    if (desk.base / "sealed").is_dir():
        put_back(desk.base / "sealed")


def left(desk: Desk) -> tuple[str, ...]:
    """What a writer keeps beside the files while it writes, without the part of a name that is always another."""
    found = (path.relative_to(desk.base).as_posix() for path in desk.base.rglob("*") if is_left(path.name))
    return tuple(sorted(re.sub(r"(writing|kept)-\w+", r"\1", name) for name in found))


def is_left(name: str) -> bool:
    return ".writing-" in name or is_beside(name)


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
