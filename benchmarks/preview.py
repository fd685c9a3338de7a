"""How long it takes from a saved file to the new page in the preview.

`python benchmarks/preview.py [--cases N] [--runs 9]`. Without `--cases` the cases of this repository are used, copied
to a temporary folder. The preview runs as a process of its own; the clock runs from the save of one case to the last
byte of the new page, which holds the words that were put in.
"""

from __future__ import annotations

import argparse
import http.client
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from generate import make_workspace

ROOT = Path(__file__).parents[1]
TARGET = 1.0


def real_workspace(folder: Path) -> Path:
    """A copy of the cases and templates of this repository."""
    for name in ("cases", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "reprisal.yaml", folder)
    return folder


def a_case(folder: Path) -> tuple[Path, str, str]:
    """A case file that the edition tells at length, its text, and the line after which words can be put."""
    for path in sorted((folder / "cases").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for edition in ("hrc-45", "hrc-60"):
            mark = f"  {edition}:\n    annex: |\n      "
            if mark in text:
                return path, text, mark
    raise SystemExit("no case is told at length")


def measure(folder: Path, runs: int) -> list[float]:
    """Seconds from each save to the page that shows it."""
    command = [sys.executable, "-m", "reprisal_cli", "preview", "--editor", "none"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        address = urlsplit(process.stdout.readline().strip())
        assert address.hostname is not None
        news = http.client.HTTPConnection(address.hostname, address.port)
        news.request("GET", f"{address.path}events?since=1")
        stream = news.getresponse()
        path, text, mark = a_case(folder)
        times = []
        for run in range(runs + 1):
            words = f"Invented words {run}."
            start = time.perf_counter()
            path.write_text(text.replace(mark, f"{mark}{words} ", 1), encoding="utf-8")
            while words.encode() not in page(address.hostname, address.port, address.path, stream):
                pass
            times.append(time.perf_counter() - start)
            time.sleep(0.3)
        return times[1:]  # the first after the start warms what the start did not need
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


def page(host: str, port: int | None, path: str, stream: http.client.HTTPResponse) -> bytes:
    """The page, after the next news."""
    while not stream.readline().startswith(b"data:"):
        pass
    own = http.client.HTTPConnection(host, port)
    own.request("GET", f"{path}page")
    return own.getresponse().read()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reprisal-bench-") as temporary:
        folder = Path(temporary)
        if options.cases:
            make_workspace(folder, options.cases)
        else:
            real_workspace(folder)
        times = measure(folder, options.runs)
    print(f"from save to page: median {median(times):.2f} s, longest {max(times):.2f} s (target {TARGET} s)")


if __name__ == "__main__":
    main()
