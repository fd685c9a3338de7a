"""What a command says where an earlier one was killed while it wrote: its files are put back, and git may have half of
them staged."""

from __future__ import annotations

import os
from pathlib import Path

from reprisal_cli.store.root import UNDO, nearest


def taken_back(start: Path) -> bool:
    """Takes back what a killed command left half done, and says so on stderr; whether there was something. It costs a
    look for one file where there is nothing."""
    root = nearest(start.resolve())
    if root is None or not os.path.lexists(root / UNDO):
        return False
    from reprisal_cli.cli.output import say
    from reprisal_cli.store.together import put_back

    back = put_back(root)
    for path in back:
        say(f"{path}: a command was killed while it wrote, and the file is as it was before")
    if back:
        say("  help: run that command again; what git has staged of it may be half of it: see `git status`")
    return bool(back)
