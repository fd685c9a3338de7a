"""The one door to pandoc: a tree goes in, a file comes out.

pandoc runs with `--sandbox` (it opens no file that the tree names) and with an empty data folder, so that nothing a
user keeps for pandoc changes a document.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec import json

from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.nodes import Node
from reprisal_cli.render.room import what_to_do


def as_json(document: Node) -> str:
    """A tree as pandoc reads it. Also brings in what runs pandoc, so that a thread in which that is waited for does
    nothing but wait."""
    import pypandoc  # noqa: F401

    return json.encode(document).decode()


def convert(document: str, to: str, options: Sequence[str] = ()) -> bytes:
    """Turns a tree of pandoc's, as JSON, into a file of the format `to`."""
    import pypandoc  # heavy, and not needed by commands that build nothing

    # pypandoc takes the newest pandoc that it finds on the machine; the same tool must give the same bytes.
    pypandoc.__dict__["__pandoc_path"] = str(bundled())
    with tempfile.TemporaryDirectory(prefix="reprisal-") as folder:
        target = Path(folder) / "out"
        data = Path(folder) / "data"
        data.mkdir()
        try:
            pypandoc.convert_text(
                document,
                to,
                format="json",
                outputfile=str(target),
                extra_args=[f"--data-dir={data}", "--wrap=preserve", "--quiet", "--syntax-highlighting=none", *options],
                sandbox=True,
                verify_format=False,
            )
            return target.read_bytes()
        except (OSError, RuntimeError):
            # What pandoc says may quote the text of a case.
            hint = what_to_do("look for signs of a damaged installation")
            raise ReprisalError(f"pandoc could not write {to}", hint) from None


def bundled() -> Path:
    """The pandoc that came with pypandoc-binary."""
    import pypandoc

    path = Path(pypandoc.__file__).parent / "files" / "pandoc"
    if not path.is_file():
        raise ReprisalError("pypandoc has no pandoc of its own", "install the package pypandoc-binary")
    return path
