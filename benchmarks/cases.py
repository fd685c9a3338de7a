"""Workspaces for measurements: `python benchmarks/cases.py DIR COUNT` writes one.

Each case has all parts of the whole example of the case format, without its comments, under an id of its own. States
are those codes that ISO leaves to its users, so that nothing is said of a real one.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

WHOLE = Path(__file__).parents[1] / "tests" / "examples" / "whole"
STATES = tuple(f"XX{letter}" for letter in "CDEFGHIJKLMNOPQRSTUVWXYZ")
PATH = "XXA/XXA-2025-001.yaml"


def make_workspace(root: Path, count: int) -> Path:
    """A workspace with `count` cases."""
    for source in sorted((WHOLE / "templates").rglob("*.yaml")):
        target = root / source.relative_to(WHOLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    names = ", ".join(f"{code}: Land {code[-1]}" for code in ("XXA", "XXB", *STATES))
    (root / "reprisal.yaml").write_text(f"edition: hrc-60\nstates: {{{names}}}\n")
    (root / "build").mkdir(exist_ok=True)
    (root / "build" / ".gitignore").write_text("*\n")
    for state in STATES:
        (root / "cases" / state).mkdir(parents=True, exist_ok=True)
    whole = _without_comments((WHOLE / "cases" / PATH).read_text())
    for number in range(count):
        state, case = one_case(whole, number)
        (root / "cases" / state / f"{state}-2025-{serial(number)}.yaml").write_text(case)
    return root


def one_case(whole: str, number: int) -> tuple[str, str]:
    """The State and the text of one case."""
    state = STATES[number % len(STATES)]
    case = whole.replace("XXA-2025-001", f"{state}-2025-{serial(number)}")
    case = case.replace("XXA 1/2025", f"{state} {number % 900 + 1}/2025").replace("XXA", state)
    case = case.replace("2025-07-15-note.pdf", f"{serial(number)}-note.pdf")
    for day in ("2025-04-25", "2025-07-15"):  # no reply is told in two cases
        case = case.replace(f"date: {day}", f"date: {day[:7]}")
    return state, case.replace("desk-1", f"desk-{number % 17 + 1}")


def serial(number: int) -> str:
    return f"{number // len(STATES) + 1:03}"


def _without_comments(text: str) -> str:
    lines = (re.sub(r"\s+#.*$", "", line) for line in text.splitlines() if not line.lstrip().startswith("#"))
    return "\n".join(line for line in lines if line.strip()) + "\n"


if __name__ == "__main__":
    make_workspace(Path(sys.argv[1]), int(sys.argv[2]))
