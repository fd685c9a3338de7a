"""What to do when a program could not write its file."""

from __future__ import annotations

import shutil
import tempfile

LITTLE = 16 * 1024 * 1024
"""Bytes that a report of some hundred cases may need beside its own, in the folder for temporary files."""


def what_to_do(otherwise: str) -> str:
    """The hint for a program that failed: to make room where there is little, else `otherwise`."""
    try:
        little = shutil.disk_usage(tempfile.gettempdir()).free < LITTLE
    except OSError:
        little = False
    return "the disk with temporary files is nearly full: make room there, or set TMPDIR" if little else otherwise
