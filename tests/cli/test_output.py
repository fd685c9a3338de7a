"""The output formats: each is what its reader takes, and none loses a finding."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reprisal_cli.cli import output_ci, output_json
from reprisal_cli.cli.excerpts import Excerpts
from reprisal_cli.cli.output_formats import FORMATS
from reprisal_cli.cli.output_text import show
from reprisal_cli.cli.placed import Placed, Results
from reprisal_cli.diagnostic import Applicability, Diagnostic, Edit, Fix, Location, Related, Severity, Span
from tests.cli.run import validate
from tests.support.rulebook import FIRST, workspace

HOSTILE = "cases/XXA/::stop,%0A\x1b[31m<b>&|`@octocat` #1.yaml"
FOUND = (
    Diagnostic("RC013", "unknown-word", Severity.ERROR, "this word is not in the list `genders`",
               Location(FIRST, ("persons",)), "did you mean `female`?", (Related(Location(FIRST), "the first one"),),
               Fix("write `female`", Applicability.UNSAFE, (Edit(("persons",), "female"),))),
    Diagnostic("RC201", "some-rule", Severity.WARNING, "a | b, <c> ::error:: 100%\r\nnext", Location(HOSTILE)),
    Diagnostic("RC201", "some-rule", Severity.WARNING, "a | b, <c> ::error:: 100%\r\nnext", Location(HOSTILE)),
    Diagnostic("RC202", "other-rule", Severity.NOTE, "a note", Location("x.yaml")),
)  # fmt: skip


def results(root: Path = Path()) -> Results:
    spans = (Span(14, 13, 14, 19), Span(), Span(2, 1, 4, 1), Span())
    return Results(
        tuple(
            Placed(one, span, tuple((also, Span()) for also in one.related))
            for one, span in zip(FOUND, spans, strict=True)
        ),
        root,
        5,
        2,
    )


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_steers_a_terminal_or_loses_a_finding(form: str, tmp_path: Path) -> None:
    said = FORMATS[form](results(tmp_path))
    assert "\x1b" not in said
    assert "\r" not in said
    assert sum(said.count(one) for one in ("RC013", "RC201", "RC202")) >= 4


def test_concise_is_one_line_a_finding(tmp_path: Path) -> None:
    lines = FORMATS["concise"](results(tmp_path)).splitlines()
    assert len(lines) == 4
    assert lines[0] == f"{FIRST}:14:13: RC013 this word is not in the list `genders`"
    assert lines[-1] == "x.yaml:1:1: RC202 a note"


def test_json_has_a_version_and_an_account(tmp_path: Path) -> None:
    data = json.loads(output_json.as_json(results(tmp_path)))
    assert data["version"] == 1
    assert data["summary"] == {"read": 5, "checked": 3, "refused": 2, "errors": 1, "warnings": 2, "notes": 1}
    assert data["diagnostics"][0]["fix"] == {"message": "write `female`", "applicability": "unsafe"}
    assert data["diagnostics"][0]["related"][0]["message"] == "the first one"
    page = (Path(__file__).parents[2] / "docs" / "ci" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in page for key in (*data, *data["summary"], *data["diagnostics"][0]))


# --- sarif ----------------------------------------------------------------------------------------------------------


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


_MESSAGE = _object(["text"], text={"type": "string", "minLength": 1}, markdown={"type": "string", "minLength": 1})
_REGION = _object(
    ["startLine"],
    **{key: {"type": "integer", "minimum": 1} for key in ("startLine", "startColumn", "endLine", "endColumn")},
)
_ARTIFACT = _object(["uri"], uri={"type": "string", "pattern": "^[A-Za-z0-9_.~/%-]+$"}, uriBaseId={"type": "string"})
_PHYSICAL = _object(["artifactLocation"], artifactLocation=_ARTIFACT, region=_REGION)
_LOCATION = _object(
    ["physicalLocation"], physicalLocation=_PHYSICAL, message=_MESSAGE, id={"type": "integer", "minimum": 0}
)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = _object(
    ["id"], id={"type": "string"}, name={"type": "string"}, shortDescription=_MESSAGE, help=_MESSAGE,
    defaultConfiguration=_object([], level=_LEVEL),
)  # fmt: skip
_RESULT = _object(
    ["message"], ruleId={"type": "string"}, ruleIndex={"type": "integer"}, level=_LEVEL, message=_MESSAGE,
    locations={"type": "array", "items": _LOCATION}, relatedLocations={"type": "array", "items": _LOCATION},
    partialFingerprints={"type": "object"},
)  # fmt: skip
_DRIVER = _object(
    ["name"], name={"type": "string"}, version={"type": "string"}, rules={"type": "array", "items": _RULE}
)
_RUN = _object(
    ["tool"], tool=_object(["driver"], driver=_DRIVER), columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    originalUriBaseIds={"type": "object"}, results={"type": "array", "items": _RESULT},
)  # fmt: skip
SARIF = _object(
    ["version", "runs"],
    **{"$schema": {"type": "string"}, "version": {"const": "2.1.0"}, "runs": {"type": "array", "items": _RUN}},
)
"""The part of SARIF 2.1.0 that is used, after the standard: sections 3.13, 3.14, 3.19, 3.27-3.30, 3.49."""


def test_sarif_is_of_the_shape_that_the_standard_gives_it(tmp_path: Path) -> None:
    data = json.loads(output_json.sarif(results(tmp_path)))
    jsonschema.validate(data, SARIF)
    run = data["runs"][0]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == ["RC013", "RC201", "RC202"]
    assert [ids[one["ruleIndex"]] for one in run["results"]] == [one["ruleId"] for one in run["results"]]
    assert "What it does" in run["tool"]["driver"]["rules"][0]["help"]["text"]


def test_sarif_of_a_real_run_has_the_place_of_the_value(tmp_path: Path) -> None:
    workspace(tmp_path, "gendre: x\n")
    data = json.loads(validate(tmp_path, "--output-format", "sarif").out)
    jsonschema.validate(data, SARIF)
    assert data["runs"][0]["results"][0]["ruleId"] == "RC010"


# --- others ---------------------------------------------------------------------------------------------------------


def test_github_gets_one_command_a_finding_and_none_of_anybody_else(tmp_path: Path) -> None:
    lines = output_ci.github(results(tmp_path)).splitlines()
    assert len(lines) == 4
    for line in lines:
        assert re.fullmatch(r"::(error|warning|notice) file=[^,:\r\n]+,(?:[a-zA-Z]+=[^,:\r\n]*,?)+::[^\r\n]*", line), (
            line
        )
    assert lines[0].startswith(
        f"::error file={FIRST},line=14,endLine=14,title=RC013 unknown-word,col=13,endColumn=19::"
    )


def test_gitlab_tells_equal_findings_apart_and_the_same_again(tmp_path: Path) -> None:
    first, second = (json.loads(output_json.gitlab(results(tmp_path))) for _ in range(2))
    assert first == second
    assert len({one["fingerprint"] for one in first}) == 4
    for one in first:
        assert one.keys() == {"description", "check_name", "fingerprint", "severity", "location"}


def test_junit_is_xml_that_counts_right(tmp_path: Path) -> None:
    top = ET.fromstring(output_ci.junit(results(tmp_path)))
    assert top.attrib == {"name": "reprisal validate", "tests": "5", "failures": "1", "errors": "0"}
    for suite in top:  # what the schema of Jenkins asks for, and all that it knows
        assert suite.keys() == ["name", "tests", "failures", "errors", "skipped"]
    assert sum(int(suite.attrib["skipped"]) for suite in top) == 3
    assert len(top.findall(".//testcase")) == 5
    assert len(top.findall(".//failure")) == 1


def test_a_comment_has_its_marker_and_no_markup_of_others(tmp_path: Path) -> None:
    said = output_ci.markdown(results(tmp_path))
    assert said.startswith(output_ci.MARKER + "\n")
    rows = [line for line in said.splitlines() if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)
    assert "<b>" not in said
    assert "<c>" not in said
    assert re.search(r"(?<!`)@octocat", said) is None


def test_a_comment_is_capped(tmp_path: Path) -> None:
    many = Results(tuple(Placed(FOUND[0], Span()) for _ in range(1000)), tmp_path)
    said = output_ci.markdown(many)
    assert "800 more are not shown here" in said
    assert len(said.encode()) < 65_536


def test_a_comment_of_long_findings_is_capped_by_its_size(tmp_path: Path) -> None:
    long = FOUND[0]._replace(message="w & " * 120, hint="h " * 100)
    said = output_ci.markdown(Results(tuple(Placed(long, Span()) for _ in range(150)), tmp_path))
    assert len(said.encode()) < 65_536
    assert "more are not shown here" in said


# --- text -----------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal, pipe = Terminal(), io.StringIO()
    show(results(tmp_path), terminal)
    show(results(tmp_path), pipe)
    assert "\x1b[" in terminal.getvalue()
    assert "\x1b" not in pipe.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue()) == pipe.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    show(results(tmp_path), plain)
    assert plain.getvalue() == pipe.getvalue()


@pytest.mark.parametrize(
    ("raw", "span", "text", "carets"),
    [
        ("state: XXA\n", Span(1, 8, 1, 11), "state: XXA", "       ^^^"),
        ("title: Jane Doe\n", Span(1, 8, 1, 16), "title: •••", "       ^^^"),
        ("title: 中文 名\n", Span(1, 1, 1, 6), "title: •••", "^^^^^"),
        ("acts:\n\t- x\n", Span(2, 1, 2, 2), " - •••", "^"),
        (
            "cooperation:\n  - {body: upr, persons: [p1]}  # Jane\n",
            Span(2, 27, 2, 29),
            "  - {body: upr, persons: [p1]}",
            "                          ^^",
        ),
        ("status: Jane\n", Span(1, 9, 1, 13), "status: •••", "        ^^^"),
        ("Jane: x\n", Span(1, 1, 1, 5), "•••: •••", "^^^"),
    ],
    ids=range(7),
)
def test_carets_stand_under_what_is_shown(raw: str, span: Span, text: str, carets: str) -> None:
    found = Excerpts(raw.encode(), FIRST).at(span)
    assert found is not None
    assert found.text == text
    assert " " * found.start + "^" * found.length == carets


def test_a_long_line_is_cut_around_its_carets() -> None:
    line = "effects: [" + ", ".join(["self-censorship"] * 40) + "]\n"
    column = line.rindex("self") + 1
    found = Excerpts(line.encode(), FIRST).at(Span(1, column, 1, column + 15))
    assert found is not None
    assert len(found.text) <= 101
    assert found.text.startswith("…")
    assert found.text[found.start : found.start + found.length] == "self-censorship"


@pytest.mark.slow
def test_watching_checks_at_each_save_and_ends_at_once(tmp_path: Path) -> None:
    workspace(tmp_path)
    command = [sys.executable, "-m", "reprisal_cli", "validate", "--watch", "--as-of", "2026-02-01"]
    # a shell that starts the tests in the background has them ignore SIGINT, and what they start with them
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=heeds
    ) as running:
        try:
            assert running.stdout
            lines: list[str] = []
            while "watching" not in "".join(lines):
                lines.append(running.stdout.readline())
            assert "0 errors" in "".join(lines)
            time.sleep(1)  # the watcher has said that it starts; the system needs a moment to do so
            (tmp_path / FIRST).write_text("id: x\n", encoding="utf-8")
            while "1 refused" not in lines[-1]:
                lines.append(running.stdout.readline())
            time.sleep(1)  # the check has said what it found, and ends
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == 1
            assert "Traceback" not in running.stdout.read()
        finally:
            running.kill()
