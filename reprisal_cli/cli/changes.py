"""How commands that change a case end: what stands against it, or what was done and what to commit."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reprisal_cli.diagnostic import Diagnostic
    from reprisal_cli.pipeline.casework import Beside, Change

By = Annotated[
    str,
    typer.Option(
        "--by",
        help="Who does it, as in the case files: desk-1, no name of a person.",
        metavar="WHO",
        envvar="REPRISAL_BY",
    ),
]
On = Annotated[str | None, typer.Option("--date", help="The day, if it is not today: 2025-02-03.", metavar="DATE")]


def answer(question: str, checked: Callable[[str], object], default: str | None = None) -> str:
    """What somebody at a terminal answers; the question is put again until `checked` raises no ReprisalError. Without a
    default an answer has to be given."""
    from reprisal_cli.diagnostic import ReprisalError

    while True:
        given = str(typer.prompt(question, default=default, show_default=False, err=True)).strip()
        try:
            checked(given)
            return given
        except ReprisalError as problem:
            typer.echo(f"  {problem.message}; {problem.hint}", err=True)


def finish(
    change: Change,
    also: Iterable[str] = (),
    form: str = "text",
    how: str = "",
    beside: Beside | None = None,
) -> None:
    """Writes a change and says what to commit; or says what stands against it and `how` that is mended, and ends with
    1, nothing written. `also` are other files that belong to the commit, `beside` new ones that are written with it,
    all or none. `form` is text, or json for programs."""
    from reprisal_cli.cli.output import form_of, say, write_json
    from reprisal_cli.pipeline.casework import save

    form_of(form)
    refuse(change, form, how)
    save(change, beside)
    if form == "json":
        write_json(as_data(change, also))
        return
    for line in change.done:
        say(line, sys.stdout)
    _tell(change, change.beside)
    to_commit(change.root, [*change.files, *also], change.message)


def to_commit(root: Path, paths: Iterable[str], message: str) -> None:
    """Says which files belong to a commit, and proposes its message."""
    from reprisal_cli.cli.output import say

    git = "git" if Path.cwd() == root else f"git -C {shlex.quote(str(root))}"
    say(f"to commit: {git} add {' '.join(shlex.quote(path) for path in paths)}", sys.stdout)
    say(f"           {git} commit -m {shlex.quote(message)}", sys.stdout)


def refuse(change: Change, form: str = "text", how: str = "") -> None:
    """Ends with 1 if something stands against a change, and says what, and `how` that is mended."""
    from reprisal_cli.cli.output import form_of, say, write_json

    if not change.against:
        return
    if form_of(form) == "json":
        write_json(as_data(change))
    else:
        count = len(change.against)
        say(f"{change.message}: refused, nothing was written; {count} thing{'s' * (count != 1)} to mend first:")
        _tell(change, change.against)
        if how:
            say(how)
    raise typer.Exit(1)


def as_data(change: Change, also: Iterable[str] = (), tried: bool = False) -> dict[str, object]:
    """A change for programs: which cases it takes from which status to which, what stands against it with the gate that
    asks for it, and what is to be committed: nothing where it was refused, or only `tried`."""
    written = not change.against and not tried
    paths = [*change.files, *also] if written else []
    return {
        "change": change.message,
        "refused": bool(change.against),
        "cases": [_step(path, change) for path in change.files if path.endswith(".yaml")],
        "against": [_found(change, one) for one in change.against],
        "beside": [_found(change, one) for one in change.beside],
        "commit": {"files": paths, "message": change.message} if written else None,
    }


def _step(path: str, change: Change) -> dict[str, object]:
    was, now = ((_data(raw) or {}) for raw in (change.before[path], change.files[path]))
    return {"id": now.get("id"), "path": path, "from": was.get("status"), "to": now.get("status")}


def _found(change: Change, one: Diagnostic) -> dict[str, object]:
    from reprisal_cli.checks.cycle import GATES

    return {
        "code": one.code,
        "name": one.name,
        "severity": str(one.severity),
        "gate": GATES.get(one.code),
        "path": one.location.path,
        "place": _place(change, one),
        "message": one.message,
        "hint": one.hint,
    }


def _tell(change: Change, found: list[Diagnostic]) -> None:
    from reprisal_cli.cli.output import say

    for one in found:
        say(f"  {one.code} {one.name}  {_place(change, one)}")
        say(f"    {one.message}")
        if one.hint:
            say(f"    help: {one.hint}")


def _place(change: Change, one: Diagnostic) -> str:
    """Where in the case: a person, an act, an action by its reference, since the lines are those of no file yet."""
    data: Any = _data(change.files.get(one.location.path))
    shown: list[str] = []
    for step in one.location.route or ():
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        ref = data.get("ref") if isinstance(step, int) and isinstance(data, dict) else None
        shown.append(f"{ref or step}")
    path = Path(one.location.path)
    stem = path.parent.name if path.name == "edition.yaml" else path.stem
    return f"{stem}: {'.'.join(shown)}" if shown else stem


def _data(raw: bytes | None) -> dict[str, Any] | None:
    from reprisal_cli.parse import parse

    return parse(raw, "").data if raw is not None else None
