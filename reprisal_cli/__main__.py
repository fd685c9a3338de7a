"""The entry point, and the one place where a `ReprisalError` becomes exit code 2."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from contextlib import suppress
from typing import NoReturn

from reprisal_cli.diagnostic import ReprisalError


def main() -> None:
    """Runs the command line. Exit codes: 0 clean or warnings only, 1 an error in the data, 2 it could not work.

    A fault that nobody thought of is told by its kind and place: a traceback, or the words of a library, could quote
    what stands in a case.
    """
    # what is imported and read stays: looking through it again and again would take a tenth of a run
    gc.set_threshold(50_000)
    atexit.register(gc.freeze)  # nor is there anything to be found in it when the program ends
    _streams()
    from reprisal_cli.cli.swift import validate

    # no package that happens to be installed may look into the records, and no time is spent in looking for one
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        code = validate(sys.argv[1:])
        if code is None:
            from reprisal_cli.cli.app import application

            application(sys.argv[1:])()
        sys.exit(code)
    except ReprisalError as problem:
        _fail(problem)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe went away: nobody is left to be told
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)  # as shells have it; a traceback would say no more
    except Exception as problem:
        from reprisal_cli.cli.identity import unexpected

        _fail(_gone() or unexpected(problem))


def _streams() -> None:
    """A terminal that knows no `…` shows a question mark for it; where output was closed, the exit code is left."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 -- a door that no file goes through
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")


def _gone() -> ReprisalError | None:
    """Whether the folder that the terminal is in is there no more: a build puts a new one in the place of the old."""
    try:
        os.getcwd()  # noqa: PTH109 -- asked for its fault alone
    except FileNotFoundError:
        return ReprisalError("the folder that this terminal is in is gone", 'a build makes its own anew: cd "$PWD"')
    return None


def _fail(problem: ReprisalError) -> NoReturn:
    hint = f"\n  help: {problem.hint}" if problem.hint else ""
    with suppress(OSError):  # a log on a full disk
        sys.stderr.write(f"reprisal: {problem.message}{hint}\n")
    sys.exit(2)


if __name__ == "__main__":
    main()
