"""How long `reprisal --help` takes, against the smallest typer application: `python benchmarks/help.py [--runs 15]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

TARGET = 1.2
MINIMAL = """\
import typer
app = typer.Typer()
@app.command()
def one(name: str = "x") -> None:
    "Does one thing."
@app.command()
def two(name: str = "x") -> None:
    "Does another."
app()
"""


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=15)
    runs = options.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        minimal = Path(folder) / "minimal.py"
        minimal.write_text(MINIMAL, encoding="utf-8")
        commands = {
            "reprisal --help": [sys.executable, "-m", "reprisal_cli", "--help"],
            "minimal typer": [sys.executable, str(minimal), "--help"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                times[name].append(seconds(command))
    mine, bare = (median(times[name]) for name in commands)
    print("| command | time | minimal typer | ratio | target |")
    print("|---|---|---|---|---|")
    print(f"| `reprisal --help` | {mine * 1000:.0f} ms | {bare * 1000:.0f} ms | {mine / bare:.2f} | {TARGET} |")


if __name__ == "__main__":
    main()
