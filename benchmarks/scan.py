"""How long the leak gate takes, against the same build without it.

`python benchmarks/scan.py [--cases 300] [--runs 5]`. A build with a key and one in which the search is left out are run
in turn, in processes of their own, so that the machine's load meets both; medians are compared. 200 invented persons
are searched for. Also shown: what the search takes by itself, one document after the other.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from generate import make_workspace

TARGET = 1 / 3
SYLLABLES = "ba ko zi mu ter lan vor esh qui dra nol fex pim gur tash vel oni rek sud yam"
BUILD = """
import json, pathlib, random, sys, time
from dataclasses import replace
from reprisal_cli.pipeline import build, gate
from reprisal_cli.protect.scan import gate as scans
from reprisal_cli.protect.secrets import Identity, secrets_of

root, searched, names = pathlib.Path(sys.argv[1]), sys.argv[2] == "yes", json.loads(sys.argv[3])
people = tuple(Identity(f"XXA-2024-{at:03}", "p1", (name,), (f"{at}@mail.example",)) for at, name in enumerate(names))
gate.secrets_for = lambda corpus, identity: (replace(secrets_of(corpus), identities=people), [])
kept, spent = scans.scan, []
def scan(name, content, matcher, thorough=False):
    start = time.thread_time()
    found = kept(name, content, matcher) if searched else []
    spent.append(time.thread_time() - start)
    return found
scans.scan = scan
start = time.perf_counter()
built = build.build_report(root, "hrc-60", ["docx", "pdf", "html"], root / "out", None)
took = time.perf_counter() - start
assert built.folder, [one.message for one in (*built.loaded.found, *built.found)][:5]
print(json.dumps([took, sum(spent)]))
"""


def names() -> list[str]:
    """Two hundred names that nobody has."""
    draw = random.Random(1)
    return [
        " ".join("".join(draw.choices(SYLLABLES.split(), k=draw.randint(2, 3))).capitalize() for _ in range(2))
        for _ in range(200)
    ]


def build(root: Path, searched: bool) -> tuple[float, float]:
    """The seconds of a build, and of the searches in it."""
    command = [sys.executable, "-c", BUILD, str(root), "yes" if searched else "no", json.dumps(names())]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    took, spent = json.loads(done.stdout.splitlines()[-1])
    return took, spent


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = make_workspace(Path(folder) / "w", asked.cases)
        build(root, True)
        without, with_it, alone = [], [], []
        for _ in range(asked.runs):
            without.append(build(root, False)[0])
            took, spent = build(root, True)
            with_it.append(took)
            alone.append(spent)
    plain, searched, spent = median(without), median(with_it), median(alone)
    share = (searched - plain) / plain
    print(f"build without the search {plain:.2f} s, with it {searched:.2f} s: {share:+.2f} of it (target {TARGET:.2f})")
    print(f"the search by itself {spent:.2f} s of one processor: {spent / plain:.2f} of the build without it")
    return 0 if share < TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
