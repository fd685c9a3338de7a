"""Report -> PDF. The one door to typst.

typst reads nothing but a temporary folder and the fonts of installed packages, so that the same report gives the same
file on every machine. The frame's texts reach the template as JSON: no value is ever read as typst's language.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reprisal_cli.compile.tree import Report
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.render.glyphs import missing, replace_missing
from reprisal_cli.render.house import House
from reprisal_cli.render.outline import Entry, entries, front_texts, running_head
from reprisal_cli.render.pandoc import as_json, convert
from reprisal_cli.render.room import what_to_do
from reprisal_cli.render.typst_tree import string, svgs, tree

FONT_PACKAGES = ("fontpkg_amiri",)
OWN = "Libertinus Serif"
"""The family of serifs inside of typst."""


def begin(report: Report, house: House, epoch: int) -> Callable[[], bytes]:
    """The document as a tagged PDF (PDF/A-2a, PDF/UA-1), in two steps: the tree, and what pandoc and typst make of it.
    Signs that no font has are shown as U+FFFD."""
    document = as_json(tree(report))

    def rest() -> bytes:
        with ThreadPoolExecutor(max_workers=1) as pool:
            body = pool.submit(convert, document, "typst")
            frame = _json(_frame(report, house))  # while pandoc is at work
            lost = _lost(document + frame, house)
            source = f'#import "report.typ": *\n#show: report\n\n{replace_missing(body.result().decode(), lost)}'
        return _compile(source, house, epoch, {"report": replace_missing(frame, lost)})

    return rest


def missing_signs(report: Report, house: House) -> tuple[str, ...]:
    """The signs of a document that its PDF cannot show, as `U+6F22`, for a warning: no font at hand has them."""
    lost = _lost(as_json(tree(report)) + _json(_frame(report, house)), house)
    return tuple(f"U+{ord(sign):04X}" for sign in sorted(lost))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _lost(text: str, house: House) -> frozenset[str]:
    fonts = _json(families(house))[1:-1]

    def prints(signs: str) -> bool:
        shown = "".join(f"#{string(f'a{sign}a')};" for sign in signs)
        styles = "\n\n".join((shown, f"#strong[{shown}]", f"#emph[{shown}]"))
        source = f'#set document(title: "probe")\n#set text(font: ({fonts},))\n{styles}'
        try:
            _compile(source, house, 0, {})
        except ReprisalError:
            return False
        return True

    return missing(text, prints)


def _compile(source: str, house: House, epoch: int, inputs: dict[str, str]) -> bytes:
    """Runs typst in a folder of its own, which is all that it may read."""
    import typst  # heavy, and not needed by commands that build nothing

    with tempfile.TemporaryDirectory(prefix="reprisal-") as folder:
        main = Path(folder) / "main.typ"
        try:
            main.write_text(source, encoding="utf-8")
            shutil.copyfile(house.folder / "report.typ", main.with_name("report.typ"))
            return typst.compile(
                str(main),
                root=folder,
                font_paths=[str(path) for path in font_folders(house)],
                ignore_system_fonts=True,
                pdf_standards=["1.7", "a-2a", "ua-1"],
                timestamp=epoch,
                sys_inputs=inputs,
            )
        except (typst.TypstError, RuntimeError, OSError):
            # What typst says may quote the text of a case.
            hint = what_to_do("if the house template was changed, undo that")
            raise ReprisalError("typst could not make the PDF", hint) from None


def font_folders(house: House) -> list[Path]:
    """Where typst finds fonts beside its own: the workspace's, then those of installed packages."""
    packages = [
        Path(spec.origin).parent / "files" for name in FONT_PACKAGES if (spec := find_spec(name)) and spec.origin
    ]
    return [*house.font_paths, *packages]


def _frame(report: Report, house: House) -> dict[str, Any]:
    lines = entries(report, house.contents_body, house.contents_annex)
    return {
        "language": report.language,
        "direction": report.direction,
        "fonts": families(house),
        "front": {**front_texts(report.front), "head": running_head(report.front)},
        "words": dict(report.words),
        "pictures": svgs(report),
        "contents": [_line(entry) for entry in lines],
    }


def _line(entry: Entry) -> dict[str, Any]:
    ends = dict.fromkeys(para.number for para in (entry.first, entry.last) if para)
    return {"id": entry.id, "paragraphs": list(ends)}


def families(house: House) -> list[str]:
    """The house's families that are there, in order; typst's own where none is."""
    import typst

    known = set(typst.Fonts(False, True, [str(path) for path in font_folders(house)]).families())
    return [family for family in house.fonts if family in known] or [OWN]
