"""The reports of this repository, each built once a test run and only when a test asks for it."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reprisal_cli.pipeline.build import build_report
from tests.support.builders import ROOT

EDITIONS = ("hrc-27", "hrc-30", "hrc-36", "hrc-39", "hrc-42", "hrc-45", "hrc-51")


def build(start: Path, edition: str | None = None, to: str = "docx,html", out: Path | None = None) -> dict[str, bytes]:
    """Builds a report that must have no fault; its files by name."""
    built = build_report(start, edition, to.split(","), out, None)
    assert built.folder is not None, [*built.loaded.found, *built.found]
    return {name: (built.folder / name).read_bytes() for name in built.files}


def unchecked() -> Any:
    """Within it no rule is looked for: for texts and cases that a rule refuses before they could be printed."""
    return patch("reprisal_cli.pipeline.load.check_corpus", return_value=[])


@cache
def edition(name: str) -> dict[str, bytes]:
    """The files of one of this repository's editions. Its PDF is made for hrc-45 alone: it takes longest."""
    folder = Path(tempfile.mkdtemp(prefix="reprisal-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return build(ROOT, name, "docx,html,pdf" if name == "hrc-45" else "docx,html", folder)


def sidecar(files: dict[str, bytes], name: str) -> Any:
    """`map` or `figures` of a built report."""
    return json.loads(files[f"report.{name}.json"])


def parts_by_id(files: dict[str, bytes]) -> dict[str, str]:
    """The part in which each paragraph stands."""
    return {entry["id"]: entry["part"] for entry in sidecar(files, "map")["paragraphs"]}
