"""RC1, continued: what would be printed as it was typed, and was meant as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reprisal_cli.checks.desk import Desk, Entry, Index
from reprisal_cli.diagnostic import Route, Severity
from reprisal_cli.model.case import Case
from reprisal_cli.model.prose import paragraphs
from reprisal_cli.model.prose_nodes import IN_BRACES, Footnote, Node
from reprisal_cli.protect.disclose import NEVER_TOLD
from reprisal_cli.rule import Finding, check
from reprisal_cli.store.corpus import CaseFile

_FORM = "write exactly {p1}, {u1}, {r1}, {case}, {case ID}, {reports} or {ref SYMBOL}"
_NEARLY = re.compile(
    rf"\{{(?<!\\\{{)(?!{re.sub('[?]P<[a-z]+>', '?:', IN_BRACES)})"
    r"\s*(?:[purasPURAS]\s?[0-9]+(?![0-9A-Za-z])|(?:[Cc]ase|[Rr]eports?|[Rr]ef)(?![A-Za-z]))",
    re.ASCII,
)
_OPENED = re.compile(r"(?<!\\)\^\[")
_CLOSED = re.compile(r"\^\[[^][\\\n{}]*(?:\{[^][\\\n{}]*\}[^][\\\n{}]*)*\]")
"""A footnote on one line with nothing in it but references: nearly every one, and then the text need not be read."""
_REFERENCE = re.compile(r"\{(?:[pur][0-9]{1,4}|case|reports)\}|\{(?:case|ref) [^{}]+\}", re.ASCII)


@check("RC136", Severity.WARNING)
def reference_as_typed(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """What looks like a reference is one.

    What it does: finds, in texts, what nearly is a reference or a footnote: `{P1}`, `{ p1 }`, `{p1` without its end,
    `{a1}`, `{report}`, `{case}` with what is no id, `^[` that is never closed; and references in summaries and
    descriptions, where all is literal.

    Why it is bad: it is printed as it was typed, braces and all (case format: "references: exactly …"; "in every
    other field everything is literal"). Where the signs are meant, `\\` before them says so.

    Example:
    ```yaml
    text:
      hrc-60:
        annex: Special procedures mandate holders addressed the alleged arrest of {P1}.
    ```
    Use instead:
    ```yaml
    text:
      hrc-60:
        annex: Special procedures mandate holders addressed the alleged arrest of {p1}.
    ```
    """
    for edition, words in file.case.text.items():
        for field, text in (("main", words.main), ("annex", words.annex)):
            if text is not None:
                for message, hint in _in_text(text):
                    yield Finding(("text", edition, field), message, hint)
    for route, text in _printed(file.case):
        if "{" in text and _REFERENCE.search(text):
            message = "a reference is printed as it was typed here"
            yield Finding(route, message, "write the words for which it stands; only `text` has references")


def _in_text(text: str) -> Iterator[tuple[str, str]]:
    if "{" in text and _NEARLY.search(text):
        yield "what looks like a reference is none, and is printed as it was typed", _FORM
    if text.count("^[") > len(_CLOSED.findall(text)) and _opened(text):
        yield "a footnote is opened and not closed in its paragraph, or stands in another", "close it with ]"


def _opened(text: str) -> bool:
    return len(_OPENED.findall(text)) > sum(_notes(nodes) for nodes in paragraphs(text))


def _notes(nodes: tuple[Node, ...]) -> int:
    return sum(isinstance(node, Footnote) + _notes(getattr(node, "children", ())) for node in nodes)


def _printed(case: Case) -> Iterator[tuple[Route, str]]:
    for index, person in enumerate(case.persons):
        yield ("persons", index, "described"), person.described
    for index, response in enumerate(case.responses):
        if response.summary is not None:
            yield ("responses", index, "summary"), response.summary


_FOR_UNKNOWN = frozenset(
    word
    for small in ("not-stated", "not stated", "unknown", "not known", "n/a", "none", "nil", "tbc", "tbd", "?", "-")
    for word in (small, small.upper(), small.capitalize())
)


@check("RC137", Severity.WARNING)
def unknown_in_words(file: CaseFile, desk: Desk) -> Iterator[Finding]:
    """What is unknown is left out.

    What it does: finds `not-stated`, `unknown`, `n/a` and the like as the whole of a field that takes words of one's
    own: a desk, a number, a document, a note, a summary, a reason, a description.

    Why it is bad: it is counted and printed as if it were known (case format: "Unknown is left out; the word
    `not-stated` stands only where something is required").

    Example:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    assignee: not-stated
    ```
    Use instead:
    ```yaml
    # file: cases/XXA/XXA-2025-002.yaml
    assignee: desk-1
    ```
    """
    case = file.case
    words: list[str | None] = [item.described for item in case.persons]
    words += [item.summary for item in case.responses]
    words += [item.number for item in case.un_actions]
    words += [item.reason for item in case.history]
    words += [item.public for item in case.sources]
    words += [item.with_.reference for item in case.acts if item.with_ is not None]
    known = case.corroboration
    if _FOR_UNKNOWN.isdisjoint([*words, case.assignee, known and known.by, known and known.note]):
        return
    for route, text in _own_words(case):
        if text in _FOR_UNKNOWN:
            hint = "describe the person, or say `a person`" if route[-1] == "described" else "leave the key out"
            yield Finding(route, "this says that it is not known", hint)


def _own_words(case: Case) -> Iterator[tuple[Route, str | None]]:
    yield from _printed(case)
    yield ("assignee",), case.assignee
    for index, act in enumerate(case.acts):
        if act.with_ is not None:
            yield ("acts", index, "with", "reference"), act.with_.reference
    for index, source in enumerate(case.sources):
        yield ("sources", index, "public"), source.public
    if case.corroboration is not None:
        yield ("corroboration", "by"), case.corroboration.by
        yield ("corroboration", "note"), case.corroboration.note
    for index, action in enumerate(case.un_actions):
        yield ("un_actions", index, "number"), action.number if action.kind != "communication" else None
    for index, event in enumerate(case.history):
        yield ("history", index, "reason"), event.reason


@check("RC138")
def case_not_told_there(index: Index, desk: Desk) -> Iterator[Finding]:
    """A text refers to cases that its edition tells.

    What it does: looks up each `{case ID}` of the text of a case that may be told: the other case has a text for the
    same edition, or is drafted or approved, and its status lets it be told.

    Why it is bad: `{case ID}` prints the paragraphs of that case in this edition, and there are none; a build then ends
    with case-not-in-edition (RC602) (case format, "Text": "its paragraphs in this edition"; "a reference that points
    nowhere is an error").

    Example:
    ```yaml
    text:
      hrc-63:
        annex: On 10 January 2026, {p1} was reportedly released (see {case XXA-2025-002}).
    ```
    Use instead:
    ```yaml
    text:
      hrc-63:
        annex: On 10 January 2026, {p1} was reportedly released (see {reports}).
    ```
    """
    for entry in index.entries:
        for edition, field, name in entry.mentions if entry.status not in NEVER_TOLD else ():
            other = index.by_id.get(name)  # one that there is not, RC106 tells
            if other is not None and not _may_be_in(other, edition):
                message = f"{{case {name}}}: {edition} does not tell that case; it is {other.status}"
                hint = "take the reference out, or write the text of that case"
                yield Finding(("text", edition, field), message, hint, entry.path)


def _may_be_in(entry: Entry, edition: str) -> bool:
    return entry.status not in NEVER_TOLD and (edition in entry.editions or entry.status in ("drafted", "approved"))


CASE = (reference_as_typed, unknown_in_words)
INDEX = (case_not_told_there,)
