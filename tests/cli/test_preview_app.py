"""What the preview answers, and to whom: any web page that somebody has open can call the loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from reprisal_cli.cli.editor import arguments, opener
from reprisal_cli.cli.preview_app import Board, link_to, preview_app
from reprisal_cli.diagnostic import ReprisalError
from reprisal_cli.pipeline.preview import Shown, show
from tests.support.builders import HRC_60, published, put, workspace

TOKEN, PORT = "invented-token", 8123
OWN = {"host": f"127.0.0.1:{PORT}"}
PAGE = {**OWN, "origin": f"http://127.0.0.1:{PORT}", "sec-fetch-site": "same-origin"}
JSON = {**PAGE, "content-type": "application/json"}
PARAGRAPH = "c_XXA_2025_101_annex_1"


@dataclass
class Server:
    """The app, asked without a network; what the editor was told to open."""

    board: Board
    link: str | None = None
    opened: list[tuple[Path, int]] = field(default_factory=list)

    def ask(
        self, path: str, headers: Mapping[str, str] = OWN, method: str = "GET", body: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        app = preview_app(
            self.board, TOKEN, PORT, None if self.link else lambda *place: self.opened.append(place), self.link
        )
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        raw = [(key.encode(), value.encode()) for key, value in headers.items()]
        place, _, query = path.partition("?")
        scope = {"type": "http", "method": method, "path": place, "query_string": query.encode(), "headers": raw}
        asyncio.run(app({**scope, "http_version": "1.1", "scheme": "http"}, receive, send))
        answer = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
        return sent[0]["status"], answer, b"".join(one.get("body", b"") for one in sent[1:])

    def post(self, data: Any, headers: Mapping[str, str] = JSON) -> int:
        return self.ask(f"/{TOKEN}/open", headers, "POST", json.dumps(data).encode())[0]


@pytest.fixture
def server(tmp_path: Path) -> Server:
    folder = workspace(tmp_path, [published()], [{**HRC_60, "contents": [{"annex": "new"}]}])
    return Server(Board(folder, show(folder, "hrc-60", Shown(), {})))


# --- who may ask ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/page", "/state", "/events", "/invented-toke/", "//page", "/x/page", "/%69/page"]
)
def test_without_the_token_nothing_is_told(server: Server, path: str) -> None:
    assert server.ask(path)[0] == 403
    assert server.ask(path)[2] == b"403"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": f"evil.example:{PORT}"},  # a name that was made to point to this machine
        {"host": "127.0.0.1"},
        {"host": "127.0.0.1:9999"},
        {},
        {**OWN, "origin": "https://evil.example"},
        {**OWN, "origin": "null"},
        {**OWN, "origin": f"http://localhost:{PORT}"},  # not the name by which it was asked
        {**OWN, "sec-fetch-site": "cross-site"},
        {**OWN, "sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_with_it_no_other_page_and_no_other_name_is_answered(server: Server, headers: dict[str, str]) -> None:
    for path in ("", "page", "state", "place/x"):
        assert server.ask(f"/{TOKEN}/{path}", headers)[0] == 403
    assert server.post({"paragraph": PARAGRAPH}, {**headers, "content-type": "application/json"}) == 403
    assert server.opened == []


def test_its_own_page_is_answered_and_told_to_nobody_else(server: Server) -> None:
    for path in ("", "page", "state", "preview.js", "preview.css", "place/x", "nonsense"):
        status, headers, _ = server.ask(f"/{TOKEN}/{path}", PAGE)
        assert status == (404 if path == "nonsense" else 200)
        assert not [key for key in headers if key.startswith("access-control")]
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"


def test_a_question_before_a_foreign_request_is_refused(server: Server) -> None:
    asked = {"host": OWN["host"], "origin": "https://evil.example", "access-control-request-method": "POST"}
    status, headers, _ = server.ask(f"/{TOKEN}/open", asked, "OPTIONS")
    assert status == 403
    assert not [key for key in headers if key.startswith("access-control")]


# --- the document and what was found --------------------------------------------------------------------------------


def test_the_page_is_served_as_it_was_built_and_only_in_its_own_frame(server: Server) -> None:
    status, headers, body = server.ask(f"/{TOKEN}/page")
    assert (status, body) == (200, server.board.shown.page)
    assert headers["content-security-policy"] == "frame-ancestors 'self'"


def test_findings_have_rule_place_and_what_to_do_and_no_value(server: Server) -> None:
    folder = server.board.root
    text = (folder / "cases/XXA/XXA-2025-101.yaml").read_text(encoding="utf-8")
    put(folder, "cases/XXA/XXA-2025-101.yaml", text.replace("female", "a-secret-word"))
    server.board.put(show(folder, "hrc-60", server.board.shown, {}))
    body = server.ask(f"/{TOKEN}/state")[2]
    state = json.loads(body)
    assert (state["revision"], state["fresh"], state["page"]) == (2, False, True)
    assert any(one["file"] == "cases/XXA/XXA-2025-101.yaml" and one["line"] > 1 for one in state["findings"])
    assert b"a-secret-word" not in body


def test_what_is_held_back_is_nowhere_in_what_is_served(server: Server) -> None:
    folder = server.board.root
    held = published("XXA-2025-102", title="Invented, an unprinted title", notes="an unprinted note")
    held["persons"][0]["consent"] = {"level": "pending"}
    put(folder, "cases/XXA/XXA-2025-102.yaml", json.dumps(held))
    server.board.put(show(folder, "hrc-60", server.board.shown, {}))
    told = b"".join(server.ask(f"/{TOKEN}/{path}")[2] for path in ("page", "state", "place/c_XXA_2025_102_annex_1"))
    assert b"unprinted" not in told


# --- the editor -----------------------------------------------------------------------------------------------------


def test_a_paragraph_opens_in_the_editor_at_its_line(server: Server) -> None:
    place = json.loads(server.ask(f"/{TOKEN}/place/{PARAGRAPH}")[2])
    assert place["file"] == "cases/XXA/XXA-2025-101.yaml"
    assert server.post({"paragraph": PARAGRAPH}) == 200
    assert server.opened == [(server.board.root / place["file"], place["line"])]


@pytest.mark.parametrize(
    "wanted",
    [
        {"paragraph": "../../etc/passwd"},
        {"paragraph": "cases/XXA/XXA-2025-101.yaml"},
        {"path": "/etc/passwd"},
        {"paragraph": 3},
        {"finding": 0, "revision": 7},
        {"finding": -1, "revision": 1},
        {"finding": 99, "revision": 1},
        ["paragraph"],
        None,
    ],
    ids=str,
)
def test_nothing_else_opens_anything(server: Server, wanted: Any) -> None:
    assert server.post(wanted) == 404
    assert server.opened == []


def test_the_editor_is_started_by_a_post_of_json_alone(server: Server) -> None:
    assert server.ask(f"/{TOKEN}/open", PAGE, "GET")[0] == 405
    assert server.post({"paragraph": PARAGRAPH}, {**PAGE, "content-type": "text/plain"}) == 415
    assert (
        server.post({"paragraph": PARAGRAPH}, {**OWN, "content-type": "application/json"}) == 403
    )  # without an origin
    assert server.opened == []


def test_a_pattern_of_an_address_starts_no_program(server: Server) -> None:
    server.link = "vscode://file/{file}:{line}"
    link = json.loads(server.ask(f"/{TOKEN}/place/{PARAGRAPH}")[2])["link"]
    assert link.startswith("vscode://file/")
    assert "/cases/XXA/XXA-2025-101.yaml:" in link
    assert server.post({"paragraph": PARAGRAPH}) == 404


def test_an_address_holds_a_path_with_odd_signs() -> None:
    assert link_to("vscode://file/{file}:{line}", Path("/a b/#{line}?.yaml"), 3) == (
        "vscode://file/a%20b/%23%7Bline%7D%3F.yaml:3"
    )


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("code --wait", ["code", "--wait", "-g", "/w/c.yaml:7"]),
        ("/usr/bin/vim", ["/usr/bin/vim", "+7", "/w/c.yaml"]),
        ("hx", ["hx", "/w/c.yaml:7"]),
        ("unknown -x", ["unknown", "-x", "/w/c.yaml"]),
        ("kate -l {line} {file}", ["kate", "-l", "7", "/w/c.yaml"]),
    ],
)
def test_editors_are_told_the_line_as_they_want_it(command: str, expected: list[str]) -> None:
    assert arguments(command.split(), Path("/w/c.yaml"), 7) == expected


def test_the_editor_is_the_one_that_was_said_else_visual_else_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    assert opener(None) == (None, None)
    monkeypatch.setenv("EDITOR", "nano")
    assert opener(None)[1].words == ["nano"]  # type: ignore[union-attr]
    monkeypatch.setenv("VISUAL", "code")
    assert opener(None)[1].words == ["code"]  # type: ignore[union-attr]
    assert opener("none") == (None, None)
    assert opener("vscode://file/{file}:{line}") == ("vscode://file/{file}:{line}", None)
    with pytest.raises(ReprisalError):
        opener("javascript://x")


# --- news -----------------------------------------------------------------------------------------------------------


def test_whoever_waits_is_told_of_each_revision(tmp_path: Path) -> None:
    async def told() -> list[int | None]:
        board = Board(tmp_path, Shown())
        news = board.news(0)
        first = await anext(news)
        asyncio.get_running_loop().call_later(0.01, board.put, Shown())
        second = await asyncio.wait_for(anext(news), 5)
        await news.aclose()
        board.put(Shown())
        return [first, second]

    assert asyncio.run(told()) == [1, 2]
