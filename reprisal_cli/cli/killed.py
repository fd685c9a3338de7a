"""What a command says where an earlier one was killed while it wrote."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reprisal_cli.store.root import UNDO, nearest

if TYPE_CHECKING:
    from reprisal_cli.store.undo import Back


def taken_back(start: Path) -> None:
    """Takes back what a killed command left half done in the workspace, and says so on stderr. It costs a look for one
    file where there is nothing."""
    root = nearest(start.resolve())
    if root is not None:
        taken_back_in(root)


def taken_back_in(root: Path) -> None:
    """The same for a folder that may have such a thing: a workspace, or a vault."""
    if not os.path.lexists(root / UNDO):
        return
    from reprisal_cli.store.undo import put_back

    _say(put_back(root))


def _say(back: Back) -> None:
    from reprisal_cli.cli.output import say

    for path in back.before:
        say(f"{path}: a command was killed while it wrote, and the file is as it was before")
    for path in back.after:
        say(f"{path}: a command was killed while it wrote, and the file is now as that command made it")
    for path in back.left:
        say(f"{path}: changed since a command was killed while it wrote: left as it is")
    if back.after:
        say("  help: the files that it wrote belong together; so that no edit is lost, it was finished: see `git diff`")
    elif back.before:
        say("  help: run that command again; what git holds of it may be half of it: see `git status`")
    if back.left and back.before:
        say("  help: look whether the files that were left go with those that are as before: see `git diff`")
