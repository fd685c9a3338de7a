"""What commands print: findings on the data, and a line that accounts for every case."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from reprisal_cli.diagnostic import Diagnostic
    from reprisal_cli.pipeline.load import Loaded
    from reprisal_cli.pipeline.produce import Built
    from reprisal_cli.pipeline.validate import Checked


def say(text: str, to: TextIO | None = None) -> None:
    """One line for people, on standard error unless told."""
    sys.stdout.flush()  # where both go to one log, they stand in the order in which they were said
    stream = to or sys.stderr
    stream.write(printable(text) + "\n")


def printable(text: str) -> str:
    """Text without signs that would steer a terminal: names of files come from strangers too."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)


def print_findings(
    found: Iterable[Diagnostic], root: Path, form: str, to: TextIO, read: int = 0, refused: int = 0
) -> None:
    """Findings in one of the forms of `output_formats.FORMATS`, in order of place; colours only on a terminal."""
    listed = list(found)
    if form == "text" and not listed:
        return
    from reprisal_cli.cli.output_formats import FORMATS
    from reprisal_cli.cli.output_text import show
    from reprisal_cli.cli.placed import results

    placed = results(listed, root, read, refused)
    if form == "text":
        show(placed, to)
    else:
        to.write(FORMATS[form](placed))


def form_of(given: str) -> str:
    """text or json, for commands that have these two. Raises ReprisalError for any other."""
    from reprisal_cli.diagnostic import ReprisalError

    if given not in ("text", "json"):
        raise ReprisalError("there is no such output format here", "choose text or json")
    return given


def write_json(data: dict[str, object]) -> None:
    """Data for programs on standard output, with the version of its form."""
    import json

    sys.stdout.write(json.dumps({"version": 1, **data}, ensure_ascii=False, indent=1) + "\n")


# --- accounts -------------------------------------------------------------------------------------------------------


def account_checked(checked: Checked | Loaded) -> str:
    """What `validate` ends with: every file is accounted for."""
    errors = sum(one.severity == "error" for one in checked.found)
    warnings = sum(one.severity == "warning" for one in checked.found)
    return account_of(checked.read, checked.refused, errors, warnings)


def account_of(read: int, refused: int, errors: int, warnings: int) -> str:
    """The same from the numbers: `read 66 = 66 checked + 0 refused; 0 errors, 1 warning`."""
    found = f"{plural(errors, 'error')}, {plural(warnings, 'warning')}"
    return f"read {read} = {read - refused} checked + {refused} refused; {found}"


def plural(count: int, word: str) -> str:
    """A number with its word."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def account_built(built: Built) -> str:
    """What a build ends with: where each case that was read is, and why one was held back."""
    if built.public is None or built.folder is None:
        return f"{account_checked(built.loaded)}; nothing was written"
    return f"{account_cases(built)}\n{built.folder}: {', '.join(built.files)}"


def account_cases(built: Built) -> str:
    """Where each case that was read is in a document that was compiled."""
    public = built.public
    assert public is not None
    told, other, held = len(public.cases), len(public.elsewhere), len(public.held_back)
    if public.scope == "all":
        line = f"read {built.loaded.read} = {told} in this document + {other} not in it + {held} held back"
    else:
        line = f"read {built.loaded.read} = {told} in this edition + {other} in other editions + {held} held back"
    if public.of_others:
        line += f" + {len(public.of_others)} of other States"
    if public.nowhere:
        line += f" + {len(public.nowhere)} in no edition"
    if public.held_back:
        line += f" ({'; '.join(f'{one.id}: {one.reason}' for one in public.held_back)})"
    partly = [case.id for case in public.cases if not case.complete]
    if partly and public.audience == "state":
        line += f"; told in part: {', '.join(partly)}"
    return line
