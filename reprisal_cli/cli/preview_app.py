"""What `preview` serves: to this machine alone, and only to whoever has the token.

Any web page that somebody has open can call the loopback. So every address begins with a secret of this run; a request
whose `Host` or `Origin` is not this server's own (a name that was made to point here) or that another page started is
refused; nothing is answered for other origins; and what opens an editor is a POST that names a paragraph, never a path.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from reprisal_cli.cli.output import account_cases
from reprisal_cli.cli.placed import Placed, Results, results
from reprisal_cli.diagnostic import ReprisalError, Severity
from reprisal_cli.pipeline.preview import Shown, line_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ASSETS = Path(__file__).with_name("assets")
KEEP_ALIVE = 15.0
"""Seconds after which a connection that waits for news is told that it stands."""

SHELL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),  # the token is in the address
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

Editor = Callable[[Path, int], None]
"""Opens a file at a line. Raises ReprisalError where that cannot be done."""


class Board:
    """What is shown now. A class, since the thread that builds changes it while requests read it and wait for it."""

    def __init__(self, root: Path, shown: Shown) -> None:
        self.root = root
        self.shown = shown
        self.revision = 1
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def put(self, shown: Shown) -> None:
        """Shows something else, and wakes whoever waits for it."""
        self.shown = shown
        self.revision += 1
        for loop, event in tuple(self._waiting):
            loop.call_soon_threadsafe(event.set)

    async def news(self, since: int) -> AsyncIterator[int | None]:
        """The number of each revision after `since`, and None now and then where there is none."""
        waiting = (asyncio.get_running_loop(), asyncio.Event())
        self._waiting.add(waiting)
        try:
            while True:
                if self.revision != since:
                    since = self.revision
                    yield since
                    continue
                try:
                    await asyncio.wait_for(waiting[1].wait(), KEEP_ALIVE)
                except TimeoutError:
                    yield None
                waiting[1].clear()
        finally:
            self._waiting.discard(waiting)


def preview_app(board: Board, token: str, port: int, editor: Editor | None, link: str | None) -> ASGIApp:
    """The whole server. `editor` opens files at a line; `link` is the pattern of an address that does it instead."""
    own = Pages(board, editor, link)
    routes = [
        Route("/", own.shell),
        Route("/preview.css", own.style),
        Route("/preview.js", own.script),
        Route("/page", own.page),
        Route("/state", own.state),
        Route("/events", own.events),
        Route("/place/{ident}", own.place),
        Route("/open", own.open, methods=["POST"]),
    ]
    return guarded(Starlette(routes=routes), token, port)


# --- who may ask ----------------------------------------------------------------------------------------------------


def guarded(app: ASGIApp, token: str, port: int) -> ASGIApp:
    """The app behind its token: 403 for all else, whatever it asks for."""
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError("nothing but HTTP is served")
        given, _, rest = scope["path"].lstrip("/").partition("/")
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        known = secrets.compare_digest(given.encode("utf-8", "replace"), token.encode())
        if not (known and _from_here(headers, hosts, scope["method"])):
            await PlainTextResponse("403", 403)(scope, receive, _with_headers(send))
            return
        inner = {**scope, "path": f"/{rest}", "raw_path": f"/{rest}".encode(), "root_path": ""}
        await app(inner, receive, _with_headers(send))

    return guard


def _with_headers(send: Send) -> Send:
    """Each answer says that it is kept nowhere, passed on to nobody and read by no other page."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *HEADERS]}
        await send(message)

    return sent


def _from_here(headers: Mapping[str, str], hosts: set[str], method: str) -> bool:
    """Whether a request is meant for this server under its own name, and was started by its own page or by nobody."""
    host, origin = headers.get("host", ""), headers.get("origin")
    if host not in hosts or headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    if origin is None:
        return method in ("GET", "HEAD")
    return origin == f"http://{host}"


# --- what is answered -----------------------------------------------------------------------------------------------


class Pages:
    """The answers. A class, since each needs the board and the editor, and has a request as its only argument."""

    def __init__(self, board: Board, editor: Editor | None, link: str | None) -> None:
        self.board = board
        self.editor = editor
        self.link = link

    async def shell(self, request: Request) -> Response:
        """The page around the page."""
        policy = {"Content-Security-Policy": SHELL_POLICY}
        return Response((ASSETS / "preview.html").read_bytes(), 200, policy, "text/html; charset=utf-8")

    async def style(self, request: Request) -> Response:
        """Its looks."""
        return Response((ASSETS / "preview.css").read_bytes(), media_type="text/css")

    async def script(self, request: Request) -> Response:
        """Its script."""
        return Response((ASSETS / "preview.js").read_bytes(), media_type="text/javascript")

    async def page(self, request: Request) -> Response:
        """The document itself, byte for byte as a build would write it; its policy stands in it."""
        policy = {"Content-Security-Policy": "frame-ancestors 'self'"}
        page = self.board.shown.page
        if page is None:
            return Response(b"", 404, policy)
        return Response(page, 200, policy, "text/html; charset=utf-8")

    async def state(self, request: Request) -> Response:
        """What was found, with its places."""
        revision, shown = self.board.revision, self.board.shown
        return JSONResponse(described(shown, self.board.root, revision, self._opens(), self.link))

    async def events(self, request: Request) -> Response:
        """The number of each revision as it comes (server-sent events)."""
        since = request.query_params.get("since", "")
        number = int(since) if since.isdecimal() and len(since) < 10 else self.board.revision

        async def lines() -> AsyncIterator[str]:
            yield "retry: 500\n\n"
            async for revision in self.board.news(number):
                yield ": still here\n\n" if revision is None else f"data: {revision}\n\n"

        return StreamingResponse(lines(), media_type="text/event-stream")

    async def place(self, request: Request) -> Response:
        """File and line of a paragraph."""
        place = self._place(request.path_params["ident"])
        if place is None:
            return JSONResponse({"file": None})
        file, line, generated = place
        return JSONResponse({"file": file, "line": line, "generated": generated, "link": self._link(file, line)})

    async def open(self, request: Request) -> Response:
        """Opens the editor where a paragraph or a finding stands."""
        if request.headers.get("content-type") != "application/json":
            return PlainTextResponse("415", 415)
        try:
            wanted = await request.json()
        except ValueError:
            wanted = None
        place = self._wanted(wanted)
        if place is None or self.editor is None:
            return JSONResponse({"said": "there is nothing to open"}, 404)
        try:
            await asyncio.to_thread(self.editor, self.board.root / place[0], place[1])
        except ReprisalError as problem:
            return JSONResponse({"said": f"{problem.message}; {problem.hint}"}, 409)
        return JSONResponse({"said": ""})

    def _opens(self) -> str:
        return "link" if self.link else "editor" if self.editor else ""

    def _wanted(self, wanted: Any) -> tuple[str, int] | None:
        """The place of `{"paragraph": id}` or of `{"finding": number, "revision": number}`."""
        match wanted:
            case {"paragraph": str(ident)}:
                place = self._place(ident)
                return place[:2] if place else None
            case {"finding": int(number), "revision": self.board.revision}:
                placed = listed(self.board.shown, self.board.root).placed
                if 0 <= number < len(placed) and placed[number].finding.location.path:
                    return placed[number].finding.location.path, placed[number].span.line
        return None

    def _place(self, ident: str) -> tuple[str, int, bool] | None:
        source = self.board.shown.sources.get(ident)
        if source is None or not source.origin.file:
            return None
        return source.origin.file, line_of(self.board.root, source), source.origin.generated

    def _link(self, file: str, line: int) -> str | None:
        return link_to(self.link, self.board.root / file, line) if self.link else None


def link_to(pattern: str, path: Path, line: int) -> str:
    """An address that opens a file in an editor: `vscode://file/{file}:{line}` with its slots filled."""
    from urllib.parse import quote

    return pattern.replace("{file}", quote(str(path).lstrip("/"), safe="/")).replace("{line}", str(line))


def listed(shown: Shown, root: Path) -> Results:
    """The findings, placed: errors first, each kind in order of file."""
    placed = results(shown.found, root)
    return Results(tuple(sorted(placed.placed, key=lambda one: _RANK[one.finding.severity])), root)


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def described(shown: Shown, root: Path, revision: int, opens: str, link: str | None = None) -> dict[str, Any]:
    """What the shell says beside the page. No value of a case is in it: findings quote none."""
    built = shown.built
    return {
        "revision": revision,
        "edition": built.edition.id if built else "",
        "page": shown.page is not None,
        "fresh": shown.fresh,
        "failure": shown.failure,
        "opens": opens,
        "account": account_cases(built) if built and built.public and shown.fresh else "",
        "findings": [_finding(one, root, link) for one in listed(shown, root).placed],
    }


def _finding(placed: Placed, root: Path, link: str | None) -> dict[str, Any]:
    one = placed.finding
    path = one.location.path
    return {
        "code": one.code,
        "name": one.name,
        "severity": str(one.severity),
        "message": one.message,
        "hint": one.hint,
        "file": path,
        "line": placed.span.line,
        "link": link_to(link, root / path, placed.span.line) if link and path else None,
    }
