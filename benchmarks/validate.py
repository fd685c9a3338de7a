"""Speed of `reprisal validate` against floors measured in the same run.

`python benchmarks/validate.py [--cases 10000] [--rounds 5] [--growth 1000,10000,100000]` prints the table of targets;
`benchmarks/validate.md` has one. Ratios of one run are what counts: the two sides of each are measured in turn.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.cases import make_workspace

AS_OF = "2026-02-01"

RAW = """
import os, sys, yaml
files = [entry.path for folder in os.scandir(sys.argv[1]) for entry in os.scandir(folder)]
def parse(share):
    for path in share:
        with open(path, "rb") as file:
            yaml._yaml.CParser(file.read()).raw_parse()
child = os.fork()
parse(files[child != 0 :: 2])
if child == 0:
    os._exit(0)
os.waitpid(child, 0)
"""
STAT = """
import os, sys
for folder in os.scandir(sys.argv[1]):
    for entry in os.scandir(folder):
        entry.stat()
"""
MODEL = "import typer, pydantic, yaml, reprisal_cli.model.case"
TYPER = """
import typer
app = typer.Typer()
@app.command()
def one(): "One."
@app.command()
def two(): "Two."
app()
"""
TO_RC4 = f"""
import sys
from datetime import date
from pathlib import Path
from reprisal_cli.checks import engine
engine.CASE_CHECKS = tuple(one for one in engine.CASE_CHECKS if one.rule.code < "RC5")
engine.INDEX_CHECKS = tuple(one for one in engine.INDEX_CHECKS if one.rule.code < "RC5")
from reprisal_cli.pipeline.validate import validate
print(len(validate(Path(sys.argv[1]), date.fromisoformat("{AS_OF}")).found))
"""


def run(*command: str) -> tuple[float, int]:
    """Seconds, and the most memory of one of its processes in MB."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - start
    if child.returncode:
        raise SystemExit(f"exit code {child.returncode}: {' '.join(command)[:200]}")
    return taken, used.ru_maxrss // 1024


def python(code: str, *words: str) -> tuple[float, int]:
    return run(sys.executable, "-c", code, *words)


def validate(root: Path, *words: str) -> tuple[float, int]:
    return run(sys.executable, "-m", "reprisal_cli", "-C", str(root), "validate", "--as-of", AS_OF, *words)


def forget(root: Path) -> None:
    shutil.rmtree(root / "build" / "cache", ignore_errors=True)


def edit(root: Path) -> Path:
    """Changes one case, as a drafter would: a sentence more."""
    path = sorted((root / "cases" / "XXC").iterdir())[0]
    path.write_text(path.read_text().replace("after a side event (", "also after a side event (", 1))
    return path


def in_turn(rounds: int, *sides: Callable[[], tuple[float, int]]) -> list[tuple[float, int]]:
    """The median time of each side, measured one after the other, and its most memory."""
    found = [[side() for side in sides] for _ in range(rounds)]
    return [(median(taken for taken, _ in side), max(used for _, used in side)) for side in zip(*found, strict=True)]


def cold(root: Path, code: str = "") -> tuple[float, int]:
    forget(root)
    return python(code, str(root)) if code else validate(root)


def edited(root: Path) -> tuple[float, int]:
    edit(root)
    return validate(root)


def line(what: str, target: str, floor: tuple[float, int], ours: tuple[float, int]) -> None:
    ratio = ours[0] / floor[0]
    print(
        f"| {what} | {target} | {floor[0] * 1000:.0f} ms | {ours[0] * 1000:.0f} ms | **{ratio:.2f}** | {ours[1]} MB |"
    )


def targets(root: Path, count: int, rounds: int) -> None:
    cases = str(root / "cases")
    print(f"{count} cases, {rounds} rounds, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    print("| what | target | floor | ours | ratio | memory |\n|---|---|---|---|---|---|")
    floor, everything, to_rc4 = in_turn(
        max(rounds // 2, 1), lambda: python(RAW, cases), lambda: cold(root), lambda: cold(root, TO_RC4)
    )
    line("from nothing, all rules; libyaml's raw parse, 2 processes", "10", floor, everything)
    line("the same, RC0 to RC4", "6", floor, to_rc4)
    validate(root)
    time.sleep(0.2)
    validate(root)
    floor, same = in_turn(rounds, lambda: python(STAT, cases), lambda: validate(root))
    line("nothing changed; start and stat of all", "3", floor, same)
    floor, one = in_turn(rounds, lambda: validate(root), lambda: edited(root))
    line("one file edited; nothing changed", "1.5", floor, one)
    path = str(edit(root))
    validate(root)
    known = in_turn(rounds, lambda: python(MODEL), lambda: validate(root, path))
    line("one FILE, from the cache; import of typer, pydantic, PyYAML and the model", "1.3", *known)
    with tempfile.TemporaryDirectory() as folder:
        small = make_workspace(Path(folder), 1)
        alone = str(next((small / "cases").rglob("*.yaml")))
        line(
            "one FILE, nothing known; the same import",
            "1.3",
            *in_turn(rounds, lambda: python(MODEL), lambda: validate(small, "--no-cache", alone)),
        )
    help_page = in_turn(
        rounds, lambda: python(TYPER, "--help"), lambda: run(sys.executable, "-m", "reprisal_cli", "--help")
    )
    line("`--help`; that of a minimal typer application", "1.2", *help_page)


def growth(counts: list[int]) -> None:
    print("\n| cases | from nothing | a case | memory of the largest process |\n|---|---|---|---|")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            root = make_workspace(Path(folder), count)
            taken, used = cold(root)
            print(f"| {count} | {taken:.1f} s | {taken / count * 1e6:.0f} µs | {used} MB |")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--growth", default="")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        targets(make_workspace(Path(folder), given.cases), given.cases, given.rounds)
    if given.growth:
        growth([int(count) for count in given.growth.split(",")])


if __name__ == "__main__":
    main()
