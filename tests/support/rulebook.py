"""Runs the examples that stand in the pages of rules.

An example is the first (at fault) or second (sound) fenced `yaml` block of the docstring of a rule. It is laid over the
whole example of the case format (`tests/examples/whole`): a top-level key of the block replaces the file's, and
`key: REMOVE` takes it out. A line `# file: PATH` starts the overlay of another file; a file that the example workspace
lacks is made from the smallest case. The block of a reading rule (RC0) is the file itself: it starts with
`# file: PATH raw`.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.pipeline.validate import validate

WHOLE = Path(__file__).parents[1] / "examples" / "whole"
FIRST = "cases/XXA/XXA-2025-001.yaml"
SMALLEST = "cases/XXA/XXA-2025-002.yaml"
AS_OF = date(2026, 2, 1)
_BLOCK = re.compile(r"^ *```yaml\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"^# file: (\S+)( raw)?\n", re.MULTILINE)


def examples(doc: str) -> list[str]:
    """The YAML blocks of a rule's page."""
    return [textwrap.dedent(block) for block in _BLOCK.findall(doc)]


def workspace(folder: Path, block: str = "") -> Path:
    """The whole example with a block laid over it, as a workspace of its own."""
    shutil.copytree(WHOLE, folder, dirs_exist_ok=True)
    parts = _FILE.split(block)
    overlays = [(FIRST, "", parts[0]), *zip(parts[1::3], parts[2::3], parts[3::3], strict=True)]
    for path, raw, text in overlays:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if raw:
            target.write_text(text, encoding="utf-8", newline="")
        elif text.strip():
            target.write_text(_laid_over(target if target.exists() else folder / SMALLEST, text), encoding="utf-8")
    return folder


def _laid_over(base: Path, text: str) -> str:
    data: dict[str, Any] = yaml.load(base.read_text(encoding="utf-8"), yaml.BaseLoader)
    for key, value in yaml.load(text, yaml.BaseLoader).items():
        if value == "REMOVE":
            data.pop(key, None)
        else:
            data[key] = value
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def found(folder: Path, block: str = "", as_of: date = AS_OF) -> list[Diagnostic]:
    """What `validate` finds in the whole example with a block laid over it."""
    return validate(workspace(folder, block), as_of).found
