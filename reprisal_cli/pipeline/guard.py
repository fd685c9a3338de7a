"""`reprisal guard`: what must not be committed, in what is staged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reprisal_cli.checks.comments import about_persons
from reprisal_cli.checks.desk import desk_of
from reprisal_cli.checks.engine import check_case
from reprisal_cli.diagnostic import Diagnostic, Location, ReprisalError
from reprisal_cli.model.case import Case
from reprisal_cli.parse import locate
from reprisal_cli.review.guard import guard
from reprisal_cli.review.revision import half_held, staged, tracked
from reprisal_cli.store.corpus import CaseFile
from reprisal_cli.store.undo import undone
from reprisal_cli.store.workspace import Workspace, load_record, open_workspace

_ABOUT_PERSONS = "RC3"


def guard_workspace(start: Path, as_of: date, everything: bool = False) -> tuple[Path, int, list[Diagnostic]]:
    """The workspace's root, the number of files looked at, and what must not be committed of them: of what is staged,
    or of all that git holds. Raises ReprisalError outside a git repository, and where git holds half of a writing."""
    workspace, _ = open_workspace(start)
    if half := half_held(workspace.root, undone(workspace.root)):
        message = f"git holds half of what a killed command wrote: {', '.join(half)}"
        raise ReprisalError(message, "`git add` these files as they are now, then commit")
    folders = (workspace.settings.vault.rstrip("/"), workspace.settings.cases)
    found: list[Diagnostic] = []
    count = 0
    for path, content in (tracked if everything else staged)(workspace.root):
        count += 1
        found += guard(path, content, *folders)
        if path.startswith(f"{workspace.settings.cases}/") and path.endswith(".yaml"):
            found += _about_persons(path, content, workspace, as_of)
    return workspace.root, count, found


def _about_persons(path: str, content: bytes, workspace: Workspace, as_of: date) -> Iterator[Diagnostic]:
    """What the rules of consent find in the staged content, which may differ from the file in the folder. A file that
    cannot be read is refused: nobody can say what it holds."""
    yield from about_persons(content, path)
    case, wrong = load_record(content, path, Case)
    if case is None:
        yield from (_placed(one, content) for one in wrong)
        return
    desk = desk_of(workspace, as_of)
    for one in check_case(CaseFile(path, case), desk):
        if one.code.startswith(_ABOUT_PERSONS) and one.severity == "error":
            yield _placed(one, content)


def _placed(one: Diagnostic, content: bytes) -> Diagnostic:
    if one.location.span is not None or one.location.route is None:
        return one
    key = (one.location.route, one.location.at)
    return one._replace(location=Location(one.location.path, span=locate(content, {key})[key]), fix=None)
