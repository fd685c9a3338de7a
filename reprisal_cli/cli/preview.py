"""`reprisal preview`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from reprisal_cli.cli.options import Edition

if TYPE_CHECKING:
    import threading

    from reprisal_cli.cli.preview_app import Board, Editor
    from reprisal_cli.pipeline.preview import Shown
    from reprisal_cli.store.corpus import Memory

STEP, DEBOUNCE = 25, 200
"""Milliseconds without a change after which a save is taken to be over, and after which it is in any case."""
HOST = "127.0.0.1"


def preview(
    context: typer.Context,
    edition: Edition = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port on this machine; 0: a free one.", metavar="N")
    ] = 0,
    editor: Annotated[
        str | None,
        typer.Option(
            "--editor",
            help="What opens a file: a command (code), one that says where file and line go "
            '("ed +{line} {file}"), or an address (vscode://file/{file}:{line}); "none" for nothing. '
            "Else $VISUAL or $EDITOR.",
            metavar="COMMAND",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show the report in a browser, built anew at each save of a case, manuscript or template.

    What is wrong stands beside the text; where the files are at fault, the last good page stays. A click on a paragraph
    shows its file and line, and opens it there in your editor.

    The address that is printed holds a secret and is good on this machine alone, until Ctrl-C. Nothing is written. No
    key is asked for, so sealed names are never in it.
    """
    from reprisal_cli.cli.editor import opener
    from reprisal_cli.diagnostic import ReprisalError
    from reprisal_cli.pipeline.preview import Shown, show
    from reprisal_cli.store.root import find_root

    link, command = opener(editor)
    root = find_root(context.obj.resolve())
    memory: Memory = {}
    first = show(root, edition, Shown(), memory)
    if first.failure:
        raise ReprisalError(*first.failure.split("; ", 1))
    try:
        from reprisal_cli.cli.preview_app import Board
    except ImportError:
        hint = "pip install starlette uvicorn"
        raise ReprisalError("preview needs the packages starlette and uvicorn", hint) from None
    _serve(Board(root, first), edition, memory, port, command, link)


def _serve(
    board: Board, edition: str | None, memory: Memory, port: int, editor: Editor | None, link: str | None
) -> None:
    """Serves until Ctrl-C, while another thread builds."""
    import secrets
    import threading

    import uvicorn

    from reprisal_cli.cli.output import say
    from reprisal_cli.cli.preview_app import preview_app
    from reprisal_cli.diagnostic import ReprisalError

    # No log: a line of it would hold the token.
    config = uvicorn.Config(
        app="", host=HOST, port=port, log_config=None, access_log=False, lifespan="off", ws="none",
        server_header=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    try:
        bound = config.bind_socket()
    except SystemExit:
        raise ReprisalError("this port is taken", "leave --port out for a free one") from None
    bound.listen()  # before the address is told: who opens it at once waits, and is not refused
    port = bound.getsockname()[1]
    token = secrets.token_urlsafe(24)
    config.app = preview_app(board, token, port, editor, link)
    done = threading.Event()
    builder = threading.Thread(target=_build_on_save, args=(board, edition, memory, done), daemon=True)
    builder.start()
    say(f"http://{HOST}:{port}/{token}/", sys.stdout)
    sys.stdout.flush()
    say("open it in a browser on this machine; Ctrl-C ends it")
    try:
        uvicorn.Server(config).run(sockets=[bound])
    except KeyboardInterrupt:
        pass
    finally:
        done.set()


def _build_on_save(board: Board, edition: str | None, memory: Memory, done: threading.Event) -> None:
    """Builds at each save. A fault of the program ends one build and not the preview; its own words may quote a value,
    so that only its kind is told."""
    from watchfiles import watch

    for _ in watch(*_places(board.root), stop_event=done, debounce=DEBOUNCE, step=STEP, raise_interrupt=False):
        board.put(_again(board, edition, memory))


def _again(board: Board, edition: str | None, memory: Memory) -> Shown:
    from reprisal_cli.pipeline.preview import show

    try:
        return show(board.root, edition, board.shown, memory)
    except Exception as problem:
        failure = f"the program failed ({type(problem).__name__}); please report it"
        return replace(board.shown, fresh=False, failure=failure)


def _places(root: Path) -> list[Path]:
    """What is watched: cases, templates, settings."""
    from reprisal_cli.review.judge import cases_folder, settings_of

    settings = settings_of(root)
    folders = [root / name for name in (cases_folder(settings), str(settings.get("templates", "templates")))]
    return [root / "reprisal.yaml", *(folder for folder in folders if folder.is_dir())]
