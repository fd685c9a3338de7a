"""Seeds faults in the whole example and in real cases, and says which rules find them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from reprisal_cli.diagnostic import Diagnostic
from reprisal_cli.pipeline.validate import validate
from tests.support.rulebook import AS_OF, FIRST, WHOLE

ROOT = Path(__file__).parents[2]
GONE = object()
"""Takes a key or an entry out."""
Seeds = Mapping[str, Any]
"""What is changed in a case: `un_actions.0.number` -> a value as the file has it, or `GONE`; `acts.+` adds an entry."""


def seeded(folder: Path, seeds: Seeds, path: str = FIRST, as_of: date = AS_OF) -> list[Diagnostic]:
    """What is found in a case of the whole example, or in a real one alone, after a change."""
    real = not (WHOLE / path).exists()
    if real:
        shutil.copytree(ROOT / "templates" / "editions", folder / "templates" / "editions")
        shutil.copy(ROOT / "reprisal.yaml", folder)
        (folder / path).parent.mkdir(parents=True)
        shutil.copy(ROOT / path, folder / path)
    else:
        shutil.copytree(WHOLE, folder, dirs_exist_ok=True)
    data = yaml.load((folder / path).read_text(encoding="utf-8"), yaml.BaseLoader)
    for route, value in seeds.items():
        _seed(data, route.split("."), value)
    (folder / path).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return validate(folder, as_of).found


def codes(found: list[Diagnostic], family: str = "RC") -> set[str]:
    """The codes of what was found, of one family; not that a seed stands last in its mapping (RC134)."""
    return {one.code for one in found if one.code.startswith(family) and one.code != "RC134"}


def _seed(data: Any, steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        data = data[int(step)] if isinstance(data, list) else data[step]
    last: Any = steps[-1]
    if isinstance(data, list):
        if last == "+":
            data.append(value)
            return
        last = int(last)
    if value is GONE:
        del data[last]
    else:
        data[last] = value
