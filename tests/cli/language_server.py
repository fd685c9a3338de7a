"""A small client of yaml-language-server, as an editor would be one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CACHE = Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "reprisal-tests" / "yaml-language-server"
PACKAGE = "yaml-language-server@^1"


def server() -> list[str] | None:
    """The command that starts the server, installed outside of git if it is not there; None without node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    found = shutil.which("yaml-language-server")
    if found:
        return [found, "--stdio"]
    program = CACHE / "node_modules" / ".bin" / "yaml-language-server"
    if not program.exists() and node and npm:
        CACHE.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [npm, "install", "--prefix", str(CACHE), "--no-audit", "--no-fund", PACKAGE],
            capture_output=True,
            timeout=300,
        )
        if done.returncode:
            return None
    return [str(program), "--stdio"] if node and program.exists() else None


class Client:
    """One conversation. Messages of the server that nobody asked for are kept in `told`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.number = 0
        self.told: list[dict[str, Any]] = []
        self.settings: dict[str, Any] = {}

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "id" in message and "method" in message:
            self.send({"id": message["id"], "result": self.answer(message)})
        return message

    def answer(self, message: dict[str, Any]) -> Any:
        if message["method"] == "workspace/configuration":
            return [self.settings.get(item.get("section", ""), {}) for item in message["params"]["items"]]
        return None

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.number += 1
        wanted = self.number
        self.send({"id": wanted, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == wanted and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self.told.append(message)

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Opens a file, and gives what the server finds wrong in it."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while True:
            message = self.receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found


@contextmanager
def conversation(command: list[str], root: Path, settings: dict[str, Any]) -> Iterator[Client]:
    """A running server that knows the folder and its settings."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        client = Client(process)
        client.settings = {"yaml": settings}
        folder = {"uri": root.as_uri(), "name": "w"}
        client.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [folder],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}},
                },
            },
        )
        client.send({"method": "initialized", "params": {}})
        client.send({"method": "workspace/didChangeConfiguration", "params": {"settings": {"yaml": settings}}})
        try:
            yield client
        finally:
            process.kill()
