"""One run of `reprisal validate`: options -> one pipeline call -> what was asked for -> output -> exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from reprisal_cli.checks.asked import wanted
from reprisal_cli.cli.output import account_checked, print_findings, say
from reprisal_cli.cli.output_formats import FORMATS
from reprisal_cli.diagnostic import Diagnostic, ReprisalError
from reprisal_cli.pipeline.validate import Checked, validate
from reprisal_cli.rule import Stage
from reprisal_cli.store.root import find_root

ROUNDS = 10


class Ask(NamedTuple):
    """What was asked for: the options of the command."""

    start: Path
    as_of: date
    form: str = "text"
    strict: bool = False
    paths: tuple[Path, ...] = ()
    preset: str = "publish"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    since: str | None = None
    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    allow_dirty: bool = False
    cached: bool = True


def run(ask: Ask) -> int:
    """Checks, mends if told to, prints, and gives the exit code."""
    _options(ask)
    checked, found = _found(ask)
    if ask.diff or ask.fix:
        checked, found = _fixed(ask, checked, found)
    print_findings(found, checked.root, ask.form, sys.stdout, checked.read, checked.refused)
    say(account(checked, found))
    return 1 if any(one.severity == "error" or (ask.strict and one.severity == "warning") for one in found) else 0


def _fixed(ask: Ask, checked: Checked, found: list[Diagnostic]) -> tuple[Checked, list[Diagnostic]]:
    """Shows the fixes, or makes them; again while that brings others to light, since two may write one value."""
    from reprisal_cli.cli.validate_fix import mend, show

    if ask.diff:
        show(checked.root, found, ask.unsafe)
        return checked, found
    ours: frozenset[str] = frozenset()
    for _ in range(ROUNDS):
        changed = mend(checked.root, found, ask.unsafe, ask.allow_dirty, ours)
        if not changed:
            break
        ours |= changed
        checked, found = _found(ask)
    return checked, found


def account(checked: Checked, shown: list[Diagnostic]) -> str:
    """The last line: where every file is, what is shown, and what was found and not asked for."""
    line = account_checked(checked._replace(found=shown))
    left = len(checked.found) - len(shown)
    line += f"; {left} more found, not asked for" if left > 0 else ""
    line += "; without the rules between cases, which need all files" if checked.alone else ""
    fixes = sum(one.fix is not None for one in shown)
    return f"{line}; {fixes} can be mended (--fix, --unsafe-fixes)" if fixes else line


def _found(ask: Ask) -> tuple[Checked, list[Diagnostic]]:
    """Everything that is wrong, and of it what was asked for."""
    root = find_root(ask.start.resolve())
    only, gone = _scope(ask, root)
    whole = ask.since is not None or only is None
    checked = validate(root, ask.as_of, ask.cached, frozenset() if whole or only is None else only)
    if gone:
        checked = checked._replace(found=[*checked.found, *gone])
    shown = [one for one in checked.found if _asked(one, checked, ask)]
    return checked, [one for one in shown if only is None or _within(one.location.path, only)]


def _asked(one: Diagnostic, checked: Checked, ask: Ask) -> bool:
    return wanted(one, checked.rules.get(one.code), Stage(ask.preset), ask.select, ask.ignore)


def _scope(ask: Ask, root: Path) -> tuple[frozenset[str] | None, list[Diagnostic]]:
    """The paths that are looked at (None: all), and findings about files that are gone."""
    only = _asked_paths(ask, root) if ask.paths else None
    if ask.since is None:
        return only, []
    from reprisal_cli.review.affected import affected, deleted_cases
    from reprisal_cli.review.judge import cases_folder, editions_folder, records, settings_of
    from reprisal_cli.review.revision import changes_since

    settings = settings_of(root)
    changes = changes_since(root, ask.since)
    listed = list(records(root, settings))
    touched = affected(changes, listed, editions_folder(settings))
    gone = deleted_cases(changes, cases_folder(settings), (path for path, _ in listed))
    if only is not None and touched is not None:
        touched = frozenset(path for path in touched if _within(path, only))
    return (only if touched is None else touched), gone


def _asked_paths(ask: Ask, root: Path) -> frozenset[str]:
    """Paths as given, relative to the folder that the command works in, made relative to the workspace."""
    found = set()
    for path in ask.paths:
        whole = (ask.start / path).absolute()
        places = (whole if ".." not in whole.parts else whole.parent.resolve() / whole.name, whole.resolve())
        near = next((place for place in places if place.is_relative_to(root) and ".." not in place.parts), None)
        if near is None or not (whole.exists() or whole.is_symlink()):
            raise ReprisalError(
                "a path that was given is not in this workspace", "name files or folders below reprisal.yaml"
            )
        found.add(near.relative_to(root).as_posix())
    return frozenset(found)


def _within(path: str, only: Iterable[str]) -> bool:
    return any(path == one or one == "." or path.startswith(f"{one}/") for one in only)


def _options(ask: Ask) -> None:
    """Raises ReprisalError for an option that has no such value."""
    _one_of("output format", ask.form, FORMATS)
    _one_of("preset", ask.preset, list(Stage))
    for code in (*ask.select, *ask.ignore):
        from reprisal_cli.review.rulebook import rules

        if not any(known.startswith(code) for known in rules()):
            raise ReprisalError(
                "no rule has a code that begins like this", "write RC5 or RC201; `reprisal rule` lists all"
            )
    if ask.unsafe and not (ask.fix or ask.diff):
        raise ReprisalError("--unsafe-fixes changes nothing by itself", "add --fix, or --diff to see what it would do")


def _one_of(what: str, given: str, known: Iterable[str]) -> None:
    listed = [str(one) for one in known]
    if given not in listed:
        from reprisal_cli.register.suggest import suggest

        near = suggest(given, listed)
        raise ReprisalError(
            f"there is no such {what}", f"did you mean {near}?" if near else f"choose {', '.join(listed)}"
        )


# --- again at each save ---------------------------------------------------------------------------------------------


def watch_and_run(ask: Ask) -> int:
    """Runs at once and at each save, until Ctrl-C; the exit code is that of the last run."""
    try:
        from watchfiles import watch
    except ImportError:
        raise ReprisalError("--watch needs the package watchfiles", "pip install watchfiles") from None

    from reprisal_cli.review.judge import cases_folder, settings_of

    root = find_root(ask.start.resolve())
    settings = settings_of(root)
    folders = [root / name for name in (cases_folder(settings), str(settings.get("templates", "templates")))]
    places = [root / "reprisal.yaml", *(folder for folder in folders if folder.is_dir())]
    code = run(ask)
    say("watching; Ctrl-C ends it")
    with suppress(KeyboardInterrupt):  # it may come while a check runs, too
        for _ in watch(*places, raise_interrupt=False, debounce=200):
            if sys.stdout.isatty():
                sys.stdout.write("\x1b[2J\x1b[H")
            try:
                code = run(ask)
            except ReprisalError as problem:  # half-saved settings: say so, and go on
                say(f"reprisal: {problem.message}; {problem.hint}")
            sys.stdout.flush()
    return code
