"""What libyaml says of a text that it cannot read, in words that a drafter understands."""

from __future__ import annotations

import re

from reprisal_cli.diagnostic import Span

_ADVICE = (
    ("escape", "an escape (\\) in this quoted text has no meaning", "use single quotes, or write \\\\"),
    ("mapping values are not allowed", "a colon stands inside the text", "put the whole value in quotes"),
    (
        "cannot start any token",
        "this sign cannot start a value",
        "indent with spaces, not tabs; put the value in quotes",
    ),
    ("tab character", "a tab is used as indentation", "use spaces"),
    ("quoted scalar", "a quotation mark is opened and never closed", "close it"),
    ("could not find expected ':'", "a colon is missing after the key", "write `key: value`"),
    ("did not find expected key", "the lines do not fit together here", "check the indentation and the quotes above"),
    (
        "expected '-' indicator",
        "this line fits neither the list above nor what it is in",
        "indent it as its neighbours",
    ),
    ("block sequence", "the list is not indented evenly", "check the indentation of its dashes"),
    ("expected ',' or", "a comma or a bracket is missing", "check the brackets of this line"),
    ("undefined alias", "an alias (*) may not be used", "write the value out, or put the text in quotes"),
    ("undefined tag handle", "a tag (!) may not be used", "delete it, or put the text in quotes"),
)


_OURS, _THEIRS = re.compile(r"^<{7} ", re.MULTILINE), re.compile(r"^={7}\r?$", re.MULTILINE)
_RESOLVE = "keep one side, or what belongs of both; delete the lines that begin with <<<<<<<, ======= and >>>>>>>"


def explain(problem: Exception, text: str) -> tuple[Span, str, str]:
    """Where the fault is, what it is and what to do, without the text that libyaml quotes."""
    said = f"{getattr(problem, 'context', '')} {getattr(problem, 'problem', '')}"
    mark = getattr(problem, "problem_mark", None)
    if "cannot start" in said and mark and _line(text, mark.line)[mark.column : mark.column + 1] == "\t":
        said = "tab character"
    if "unexpected end of stream" in said:
        mark = getattr(problem, "context_mark", None) or mark
    ours = _OURS.search(text)
    if ours and _THEIRS.search(text, ours.end()):
        line = text.count("\n", 0, ours.start()) + 1
        return Span(line, 1, line, 8), "git has left both sides of a conflict here", _RESOLVE
    span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2) if mark else Span()
    for words, message, hint in _ADVICE:
        if words in said:
            return span, message, hint
    return span, "this is not valid YAML", "check the indentation, quotes and brackets"


def _line(text: str, index: int) -> str:
    lines = text.splitlines()
    return lines[index] if index < len(lines) else ""
