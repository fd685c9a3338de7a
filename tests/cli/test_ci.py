"""What is ready to copy for CI: it is YAML, and its commands run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from reprisal_cli.store.starter import make_workspace
from tests.cli.run import committed, reprisal
from tests.support.rulebook import workspace

ROOT = Path(__file__).parents[2]
FILES = (".pre-commit-hooks.yaml", "docs/ci/github.yml", "docs/ci/gitlab.yml")


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from strings(item)
    elif isinstance(data, str):
        yield data


def commands() -> list[str]:
    """Every `reprisal …` that stands in the files, without what a shell does with its output."""
    found: list[str] = []
    for name in FILES:
        for text in strings(yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))):
            found += re.findall(r"^reprisal validate[^|>\n]*", text, re.MULTILINE)
    return found


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_yaml(name: str) -> None:
    assert yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_hooks_have_what_pre_commit_asks_for() -> None:
    for hook in yaml.safe_load((ROOT / FILES[0]).read_text(encoding="utf-8")):
        assert {"id", "name", "entry", "language"} <= hook.keys()
        assert hook["entry"].split()[:2] == ["reprisal", "validate"]


@pytest.mark.parametrize("command", sorted({*commands()}))
def test_every_command_runs(command: str, tmp_path: Path) -> None:
    folder = committed(workspace(tmp_path))
    words = shlex.split(command.replace("origin/$BASE", "main"))
    ran = reprisal(folder, *words[1:], "--as-of", "2026-02-01")
    assert ran.code == 0, ran
    assert "read 2 = 2 checked + 0 refused" in ran.err


def test_no_value_of_an_event_is_written_into_a_command() -> None:
    """`${{ … }}` in a script is filled in before the shell reads it: a branch can be named `$(anything)`."""
    jobs = yaml.safe_load((ROOT / "docs/ci/github.yml").read_text(encoding="utf-8"))["jobs"]
    for step in jobs["validate"]["steps"]:
        assert "${{" not in step.get("run", "")


# --- the comment: made once, then updated ----------------------------------------------------------------------------

COMMENT = "<!-- reprisal diff -->\n## What this change means\n\nwith `code`, \"quotes\" and 'more'\n"


def script(name: str, job: str, holds: str) -> str:
    """The one step of a job that holds some words."""
    data = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    steps = data["jobs"][job]["steps"] if "jobs" in data else data[job]["script"]
    texts = [step.get("run", "") if isinstance(step, dict) else step for step in steps]
    (found,) = (text for text in texts if holds in text)
    return str(found)


def test_github_updates_its_comments_and_does_not_repeat_them(tmp_path: Path) -> None:
    (tmp_path / "meaning.md").write_text(COMMENT)
    (tmp_path / "comment.md").write_text("<!-- reprisal validate -->\nall is well\n")
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    text = script("docs/ci/github.yml", "validate", "gh api")
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_REPOSITORY": "o/r", "NUMBER": "7"}
    for _ in range(2):
        subprocess.run(["bash", "-e", "-c", text], cwd=tmp_path, env=env, check=True)
    calls = [line.split("|") for line in (tmp_path / "calls").read_text().splitlines()]
    assert calls == [
        ["POST", "repos/o/r/issues/7/comments", "@comment.md"],
        ["POST", "repos/o/r/issues/7/comments", "@meaning.md"],
        ["PATCH", "repos/o/r/issues/comments/1", "@comment.md"],
        ["PATCH", "repos/o/r/issues/comments/2", "@meaning.md"],
    ]


GH = """#!/bin/sh
# what gh answers: the numbers of our comments by their marks, once they were made
if [ "$2" = --paginate ]; then
  case "$*" in *"github-actions[bot]"*) ;; *) exit 3;; esac
  case "$*" in *"reprisal validate"*) number=1;; *) number=2;; esac
  [ -f made ] && echo $number
  exit 0
fi
echo "$3|$4|${6#body=}" >> calls
[ $(wc -l < calls) -lt 2 ] || touch made
"""


class Notes(BaseHTTPRequestHandler):
    """A merge request with very many notes, others' among them that begin as ours does."""

    kept: ClassVar[list[dict[str, Any]]] = []
    calls: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        page = 0 if self.path.endswith("/user") else int(self.path.rsplit("page=", 1)[1])
        last = len(self.kept) <= 100 * page
        listed = self.kept[100 * page - 100 : 100 * page] if page else {"id": 5}
        self.answer(listed, "" if last or not page else f"{page + 1}")

    def do_POST(self) -> None:
        self.calls.append(f"{self.command} {self.path}")
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        if self.command == "POST":
            self.kept.append({"id": len(self.kept), "author": {"id": 5}, "body": body})
        else:
            self.kept[int(self.path.rsplit("/", 1)[1])]["body"] = body
        self.answer({})

    do_PUT = do_POST  # noqa: N815

    def answer(self, data: Any, following: str = "") -> None:
        self.send_response(200)
        self.send_header("X-Next-Page", following)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def log_message(self, *_: Any) -> None:
        pass


def test_gitlab_updates_its_note_and_does_not_repeat_it(tmp_path: Path) -> None:
    Notes.kept = [{"id": at, "author": {"id": 6}, "body": COMMENT} for at in range(150)]
    server = HTTPServer(("127.0.0.1", 0), Notes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    text = script("docs/ci/gitlab.yml", "reprisal-review", "urllib")
    env = {
        "PATH": os.environ["PATH"],
        "CI_API_V4_URL": f"http://127.0.0.1:{server.server_port}",
        "CI_PROJECT_ID": "3",
        "CI_MERGE_REQUEST_IID": "7",
        "REPRISAL_TOKEN": "invented",
    }
    for said in (COMMENT, COMMENT + "more\n"):
        (tmp_path / "meaning.md").write_text(said)
        subprocess.run(["sh", "-e", "-c", text], cwd=tmp_path, env=env, check=True)
    server.shutdown()
    notes = "/projects/3/merge_requests/7/notes"
    assert Notes.calls == [f"POST {notes}", f"PUT {notes}/150"]
    assert Notes.kept[150]["body"].endswith("more\n")
    assert len(Notes.kept) == 151
    subprocess.run(["sh", "-e", "-c", text], cwd=tmp_path, env={**env, "REPRISAL_TOKEN": ""}, check=True)
    assert len(Notes.calls) == 2, "without a token it is left out"


def test_a_job_may_read_the_repository_and_write_comments() -> None:
    """What a job is permitted replaces what the workflow is."""
    job = yaml.safe_load((ROOT / "docs/ci/github.yml").read_text(encoding="utf-8"))["jobs"]["validate"]
    assert job["permissions"] == {"contents": "read", "security-events": "write", "pull-requests": "write"}


@pytest.mark.parametrize("name", ["docs/ci/github.yml", "docs/ci/gitlab.yml"])
def test_the_commands_of_a_review_work(name: str, tmp_path: Path) -> None:
    make_workspace(tmp_path / "w", date(2025, 9, 1))
    folder = committed(tmp_path / "w")
    text = (ROOT / name).read_text(encoding="utf-8")
    found = set(re.findall(r"\breprisal (?:diff|guard|build|codeowners)\b[^|>;\n]*", text))
    assert len(found) == 6
    (folder / "reprisal.yaml").open("a").write("owners: {all: ['@office/desk']}\n")
    for one in (".github/CODEOWNERS", "CODEOWNERS"):
        (folder / one).parent.mkdir(exist_ok=True)
        (folder / one).write_text(reprisal(folder, "codeowners").out)
    for command in found:
        words = shlex.split(command.replace("origin/$BASE", "main").replace("$base", "main"))
        ran = reprisal(folder, *words[1:])
        assert ran.code == 0, (command, ran)
    assert {path.name for path in (folder / "documents").iterdir()} >= {"report.docx", "report.pdf", "redline.docx"}
