"""Speed of `reprisal diff` against the start of the program and what git needs to list and show the changed files.

`python benchmarks/diff.py [--cases 10000] [--changed 20] [--rounds 7]` prints the ratio to 1.5 times the start plus
twice git's time: at most 1.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.cases import make_workspace

START = (sys.executable, "-m", "reprisal_cli", "diff", "--help")


def git(root: Path, *words: str, given: bytes = b"") -> bytes:
    own = ("-c", "user.name=Invented", "-c", "user.email=invented@example.org")
    return subprocess.run(["git", *own, *words], cwd=root, input=given, check=True, capture_output=True).stdout


def timed(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def list_and_show(root: Path) -> float:
    """What git needs: the list of the files that differ, and their contents."""
    start = time.perf_counter()
    listed = git(root, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "HEAD~1", "HEAD").split(b"\0")[:-1:2]
    names = b"".join(one.split(b" ")[2] + b"\n" + one.split(b" ")[3] + b"\n" for one in listed)
    git(root, "cat-file", "--batch", given=names)
    return time.perf_counter() - start


def prepare(root: Path, changed: int) -> None:
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "start")
    paths = sorted((root / "cases").rglob("*.yaml"))
    for path in paths[:: max(1, len(paths) // changed)][:changed]:
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("after a side event (", "also after a side event (", 1) + "# seen\n", encoding="utf-8"
        )
    git(root, "commit", "-q", "-a", "-m", "change")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=10_000)
    options.add_argument("--changed", type=int, default=20)
    options.add_argument("--rounds", type=int, default=7)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = make_workspace(Path(folder), given.cases)
        prepare(root, given.changed)
        ours = (sys.executable, "-m", "reprisal_cli", "-C", str(root), "diff", "HEAD~1", "HEAD")
        rounds = [(timed(*START), list_and_show(root), timed(*ours)) for _ in range(given.rounds)]
        start, shown, taken = (median(side) for side in zip(*rounds, strict=True))
        most = 1.5 * start + 2 * shown
        print(f"start {start * 1000:.0f} ms, git {shown * 1000:.0f} ms, at most {most * 1000:.0f} ms")
        print(f"diff of {given.cases} cases, {given.changed} changed: {taken * 1000:.0f} ms, ratio {taken / most:.2f}")


if __name__ == "__main__":
    main()
