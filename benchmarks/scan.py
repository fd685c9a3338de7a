"""How long the leak gate takes, against the same build without it.

`python benchmarks/scan.py [--cases 300] [--runs 5]`. A build with a key and one in which the search is left out are run
in turn, in processes of their own, so that the machine's load meets both; medians are compared. 200 invented persons
are searched for. What is searched for is made ready on the searched side alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from generate import make_workspace
from unsearched import UNSEARCHED

TARGET = 1 / 3
SYLLABLES = "ba ko zi mu ter lan vor esh qui dra nol fex pim gur tash vel oni rek sud yam"
BUILD = """
import json, pathlib, sys
from msgspec.structs import replace
from reprisal_cli.cli.app import application
from reprisal_cli.pipeline import build, gate
from reprisal_cli.protect.secrets import Identity, secrets_of

application(["build"])
root, names = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2])
people = tuple(Identity(f"XXA-2024-{at:03}", "p1", (name,), (f"{at}@mail.example",)) for at, name in enumerate(names))
gate.secrets_for = lambda corpus, identity: (replace(secrets_of(corpus), identities=people), [])
built = build.build_report(root, "hrc-60", ["docx", "pdf", "html"], root / "out", None)
assert built.folder, [one.message for one in (*built.loaded.found, *built.found)][:5]
"""


def names() -> list[str]:
    """Two hundred names that nobody has."""
    draw = random.Random(1)
    return [
        " ".join("".join(draw.choices(SYLLABLES.split(), k=draw.randint(2, 3))).capitalize() for _ in range(2))
        for _ in range(200)
    ]


def build(root: Path, searched: bool) -> tuple[float, float]:
    """The seconds of a build by the clock, and of all processors."""
    code = BUILD if searched else UNSEARCHED + BUILD
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", code, str(root), json.dumps(names())])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit("the build failed")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = make_workspace(Path(folder) / "w", asked.cases)
        build(root, True)
        build(root, False)
        runs = [(build(root, False), build(root, True)) for _ in range(asked.runs)]
    plain, searched, plain_work, work = (median(run[side][of] for run in runs) for of in (0, 1) for side in (0, 1))
    share = (searched - plain) / plain
    print(f"build without the search {plain:.2f} s, with it {searched:.2f} s: {share:+.2f} of it (target {TARGET:.2f})")
    print(f"by processor time {(work - plain_work) / plain_work:+.2f}")
    return 0 if share < TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
