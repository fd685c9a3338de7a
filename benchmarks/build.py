"""How long a whole build takes, against the bare programs on the same documents.

`python benchmarks/build.py [--cases 300] [--runs 3]`. Bare are pandoc and typst, each as a process of its own, on the
very trees and sources that our build hands them, captured first. Both are run in turn, so that the machine's load meets
both; the middle one of the ratios counts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from generate import make_workspace
from unsearched import UNSEARCHED

TARGET = 1.25
FORMATS = ("docx", "html", "pdf")
TYPST = """
import json, pathlib, sys, typst
options = json.loads(pathlib.Path(sys.argv[2]).read_text())
pathlib.Path(sys.argv[3]).write_bytes(typst.compile(sys.argv[1], **options))
"""
Command = list[str]

START = f"{UNSEARCHED}from reprisal_cli.__main__ import main; main()"


def capture(workspace: Path, folder: Path) -> dict[str, list[Command]]:
    """Builds once, keeping what goes to pandoc and typst; gives the bare commands of each format."""
    import pypandoc
    import typst

    from reprisal_cli.pipeline.build import build_report
    from reprisal_cli.render.pandoc import bundled

    real_pandoc, real_typst = pypandoc.convert_text, typst.compile
    commands: dict[str, list[Command]] = {}

    def keep_pandoc(source: str, to: str, **options: Any) -> str:
        place = folder / f"pandoc-{len(list(folder.iterdir()))}"
        place.mkdir()
        (place / "in.json").write_text(source, encoding="utf-8")
        arguments = [_kept(argument, place) for argument in options["extra_args"]]
        name = {"docx": "docx", "html5": "html", "typst": "pdf"}[to]
        files = [str(place / "in.json"), "-o", str(place / "out")]
        command = [str(bundled()), "--sandbox", "-f", "json", "-t", to, *arguments, *files]
        commands.setdefault(name, []).append(command)
        return str(real_pandoc(source, to, **options))

    def keep_typst(main: str, **options: Any) -> bytes:
        place = folder / f"typst-{len(list(folder.iterdir()))}"
        shutil.copytree(options["root"], place)
        kept = {**options, "root": str(place)}
        (place / "options.json").write_text(json.dumps(kept), encoding="utf-8")
        run = [
            sys.executable,
            "-c",
            TYPST,
            str(place / Path(main).name),
            str(place / "options.json"),
            str(place / "out"),
        ]
        if "report.typ" in Path(main).read_text(encoding="utf-8"):  # and not the probe for missing letters
            commands.setdefault("pdf", []).append(run)
        return bytes(real_typst(main, **options))

    with patch.object(pypandoc, "convert_text", keep_pandoc), patch.object(typst, "compile", keep_typst):
        for name in FORMATS:
            built = build_report(workspace, None, [name], folder.parent / "captured", None)
            assert built.files, [*built.loaded.found, *built.found][:3]
    return commands


def _kept(argument: str, place: Path) -> str:
    """An option whose file lies in a folder that the build deletes, with a copy of that file."""
    name, _, path = argument.partition("=")
    if name == "--reference-doc":
        return f"{name}={shutil.copy(path, place)}"
    if name == "--data-dir":
        (place / "data").mkdir()
        return f"{name}={place / 'data'}"
    return argument


def run(command: Command) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of all processors, and the most memory in MiB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[:4]} failed")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


Result = tuple[float, float, float]


Round = tuple[Result, Result]
"""Ours and the bare programs', one right after the other."""


def measure(workspace: Path, bare: dict[str, list[Command]], runs: int) -> dict[str, list[Round]]:
    """For each format and for all: ours, and the bare programs one after the other."""
    rounds: dict[str, list[Round]] = {name: [] for name in (*FORMATS, "all")}
    for _ in range(runs):
        ours = {name: _build(workspace, name) for name in FORMATS}
        together = _build(workspace, ",".join(FORMATS))
        alone = {name: _together([run(command) for command in bare[name]]) for name in FORMATS}
        for name in FORMATS:
            rounds[name].append((ours[name], alone[name]))
        rounds["all"].append((together, _together(list(alone.values()))))
    return rounds


def _together(results: list[Result]) -> Result:
    return sum(one[0] for one in results), sum(one[1] for one in results), max(one[2] for one in results)


def _middle(results: list[Result]) -> Result:
    return median(one[0] for one in results), median(one[1] for one in results), max(one[2] for one in results)


def _build(workspace: Path, formats: str) -> Result:
    shutil.rmtree(workspace / "build", ignore_errors=True)
    return run([sys.executable, "-c", START, "-C", str(workspace), "build", "report", "--to", formats])


def table(rounds: dict[str, list[Round]], say: Callable[[str], object] = print) -> None:
    """The results as a table in Markdown. A ratio is the middle one of the rounds', since a machine that others use is
    slow for minutes."""
    say("| format | whole build | bare programs | ratio (target) | processor time, both | ratio | peak memory, both |")
    say("|---|---|---|---|---|---|---|")
    for name, sides in rounds.items():
        mine, bare = (_middle([side[which] for side in sides]) for which in (0, 1))
        clock, processor = (median(ours[of] / alone[of] for ours, alone in sides) for of in (0, 1))
        say(
            f"| {name} | {mine[0]:.2f} s | {bare[0]:.2f} s | {clock:.2f} ({TARGET}) "
            f"| {mine[1]:.2f} s, {bare[1]:.2f} s | {processor:.2f} | {mine[2]:.0f} MiB, {bare[2]:.0f} MiB |"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("--cases", type=int, default=300)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="reprisal-benchmark-") as name:
        folder = Path(name)
        workspace = make_workspace(folder / "workspace", given.cases)
        (folder / "bare").mkdir()
        # in a process of its own: a child's peak memory counts from that of its parent
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            bare = pool.submit(capture, workspace, folder / "bare").result()
        table(measure(workspace, bare, given.runs))


if __name__ == "__main__":
    main()
