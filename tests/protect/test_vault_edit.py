"""Editing under seal: clear text is in memory only, goes whatever happens, and is sealed again only if it changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.protect import memory
from reprisal_cli.protect.vault_edit import Desk, edit_case
from reprisal_cli.protect.vault_files import open_file
from tests.protect.vaults import (
    CASE_ID,
    INSIDE,
    NAME,
    identity,
    keys,
    put_record,
    sealed_case,
    vault,
)

PATH = f"XXA/{CASE_ID}.age"
SHM = (Path("/dev/shm"),)
in_memory = pytest.mark.skipif(not memory.in_memory(SHM[0]), reason="no memory-backed storage here")


def desk(editor: object, *identities: object, bases: tuple[Path, ...] = SHM) -> Desk:
    return Desk(bases, editor, lambda: keys(*identities), lambda found: False)  # type: ignore[arg-type]


def left_overs() -> list[Path]:
    return list(SHM[0].glob("reprisal-clear-*"))


def writes(text: str, *others: str) -> object:
    def editor(folder: Path, file: Path) -> int:
        file.write_text(text)
        for name in others:
            (folder / name).write_text(text)
        assert file.stat().st_mode & 0o077 == 0
        assert folder.stat().st_mode & 0o077 == 0
        assert memory.in_memory(folder)
        return 0

    return editor


@in_memory
def test_an_edit_seals_what_changed_and_leaves_nothing_behind(tmp_path: Path) -> None:
    one, two = identity(), identity()
    made = vault(tmp_path, one, two)
    assert edit_case(made, sealed_case(), desk(writes(INSIDE, f"{CASE_ID}.yaml~", ".swp"))).changed
    sealed = (made.root / PATH).read_bytes()
    assert not edit_case(made, sealed_case(), desk(writes(INSIDE), one)).changed
    assert (made.root / PATH).read_bytes() == sealed
    assert edit_case(made, sealed_case(), desk(writes(INSIDE + "# more\n"), two)).changed
    assert (made.root / PATH).read_bytes() != sealed
    assert left_overs() == []


@in_memory
@pytest.mark.parametrize(
    "text",
    [
        "",
        "case: XXA-2025-102\n",
        f"case: {CASE_ID}\npersons: {{p1: {{nme: {NAME}}}}}\n",
        f"{NAME}\n",
        f"case: [{NAME}\n",
        f"case: {CASE_ID}\npersons:\n  {NAME}: {{name: x}}\n",
        f"case: {CASE_ID}\npersons: {{p9: {{name: {NAME}}}}}\n",
    ],
)
def test_a_faulty_edit_is_refused_without_quoting_it(tmp_path: Path, text: str) -> None:
    made = vault(tmp_path, identity(), identity())
    done = edit_case(made, sealed_case(), desk(writes(text)))
    assert done.found
    assert not done.changed
    assert NAME not in repr(done)
    assert not (made.root / PATH).exists()
    assert left_overs() == []


@in_memory
@pytest.mark.parametrize("ending", [OSError(NAME), KeyboardInterrupt(), SystemExit(3)])
def test_clear_text_goes_whatever_ends_the_edit(tmp_path: Path, ending: BaseException) -> None:
    def fails(folder: Path, file: Path) -> int:
        file.write_text(INSIDE)
        raise ending

    made = vault(tmp_path, identity(), identity())
    with pytest.raises(type(ending)):
        edit_case(made, sealed_case(), desk(fails))
    assert left_overs() == []
    assert not (made.root / PATH).exists()


@in_memory
def test_an_editor_that_fails_changes_nothing(tmp_path: Path) -> None:
    made = vault(tmp_path, identity(), identity())
    with pytest.raises(ReprisalError, match="code 1"):
        edit_case(made, sealed_case(), desk(lambda folder, file: file.write_text(INSIDE) and 1))
    assert not (made.root / PATH).exists()


@in_memory
def test_an_editor_that_leaves_a_link_is_refused(tmp_path: Path) -> None:
    def links(folder: Path, file: Path) -> int:
        file.unlink()
        file.symlink_to("/etc/passwd")
        return 0

    made = vault(tmp_path, identity(), identity())
    with pytest.raises(ReprisalError, match="cannot be read"):
        edit_case(made, sealed_case(), desk(links))


def test_storage_that_is_not_memory_is_refused(tmp_path: Path) -> None:
    if memory.in_memory(tmp_path):
        pytest.skip("the temporary folder of the tests is in memory")
    made = vault(tmp_path, identity(), identity())
    with pytest.raises(ReprisalError, match="memory-backed") as caught:
        edit_case(made, sealed_case(), desk(writes(INSIDE), bases=(tmp_path,)))
    assert "/dev/shm" in caught.value.hint
    assert INSIDE not in "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())


@in_memory
def test_a_vault_that_changed_during_the_edit_is_not_written_over(tmp_path: Path) -> None:
    one, two = identity(), identity()
    made = vault(tmp_path, one, two)
    put_record(made)

    def meanwhile(folder: Path, file: Path) -> int:
        file.write_text(INSIDE + "# mine\n")
        put_record(made, INSIDE + "# theirs\n")
        return 0

    with pytest.raises(ReprisalError, match="changed while"):
        edit_case(made, sealed_case(), desk(meanwhile, one))
    assert b"theirs" in open_file(made, PATH, keys(one))


@in_memory
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_clear_text_goes_with_a_command_that_is_stopped(number: signal.Signals) -> None:
    program = (
        "import time; from pathlib import Path\n"
        "from reprisal_cli.protect.memory import clear_folder, write_private\n"
        "with clear_folder([Path('/dev/shm')]) as folder:\n"
        "    write_private(folder / 'x', b'invented'); print(folder, flush=True); time.sleep(30)\n"
    )
    running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    folder = Path(running.stdout.readline().strip())
    assert (folder / "x").exists()
    running.send_signal(number)
    running.wait(10)
    if number == signal.SIGKILL:  # nobody can tidy then: the next command does, and the lock tells it that it may
        past = time.time() - 60
        os.utime(folder.parent, (past, past))
        with memory.clear_folder(SHM):
            pass
    assert not folder.parent.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_a_crash_while_a_key_is_held_leaves_no_memory_on_the_disk(tmp_path: Path) -> None:
    """Neither of this process nor of one that it starts: pandoc has the names that are printed."""
    (tmp_path / "key").write_text("AGE-SECRET-KEY-INVENTED")
    program = (
        "import ctypes, os, resource, subprocess, sys\n"
        "from pathlib import Path\n"
        "hard = resource.getrlimit(resource.RLIMIT_CORE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))\n"
        "from reprisal_cli.protect.memory import read_private\n"
        "read_private(Path(sys.argv[1]), 100)\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)\n"
        "subprocess.run(['sh', '-c', 'ulimit -c; ulimit -H -c'])\n"
    )
    said = subprocess.run([sys.executable, "-c", program, str(tmp_path / "key")], capture_output=True, check=True)
    assert said.stdout.split() == [b"0", b"0", b"0"]
