"""How long a whole build takes, against the bare programs on the same documents.

`python benchmarks/build.py [--cases 300] [--runs 3]`. Bare are pandoc and typst, each as a process of its own, on the
very trees and sources that our build hands them, captured first. Both are run in turn, so that the machine's load meets
both; medians are compared.
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

TARGET = 1.35
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


def measure(workspace: Path, bare: dict[str, list[Command]], runs: int) -> dict[str, tuple[Result, Result]]:
    """For each format and for all: ours, and the bare programs one after the other."""
    kinds = {name: name for name in FORMATS} | {"all": ",".join(FORMATS)}
    ours: dict[str, list[Result]] = {name: [] for name in kinds}
    others: dict[str, list[Result]] = {name: [] for name in FORMATS}
    for _ in range(runs):
        for name, formats in kinds.items():
            ours[name].append(_build(workspace, formats))
        for name, commands in bare.items():
            others[name].append(_together([run(command) for command in commands]))
    bare_middle = {name: _middle(results) for name, results in others.items()}
    bare_middle["all"] = _together(list(bare_middle.values()))
    return {name: (_middle(ours[name]), bare_middle[name]) for name in kinds}


def _together(results: list[Result]) -> Result:
    return sum(one[0] for one in results), sum(one[1] for one in results), max(one[2] for one in results)


def _middle(results: list[Result]) -> Result:
    return median(one[0] for one in results), median(one[1] for one in results), max(one[2] for one in results)


def _build(workspace: Path, formats: str) -> Result:
    shutil.rmtree(workspace / "build", ignore_errors=True)
    return run([sys.executable, "-c", START, "-C", str(workspace), "build", "report", "--to", formats])


def table(results: dict[str, tuple[Result, Result]], say: Callable[[str], object] = print) -> None:
    """The results as a table in Markdown."""
    say("| format | whole build | bare programs | ratio (target) | processor time, both | ratio | peak memory, both |")
    say("|---|---|---|---|---|---|---|")
    for name, (mine, bare) in results.items():
        clock = f"{mine[0]:.2f} s | {bare[0]:.2f} s | {mine[0] / bare[0]:.2f} ({TARGET})"
        processor = f"{mine[1]:.2f} s, {bare[1]:.2f} s | {mine[1] / bare[1]:.2f}"
        say(f"| {name} | {clock} | {processor} | {mine[2]:.0f} MiB, {bare[2]:.0f} MiB |")


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
